"""Who says what about an event, with the quote in its place, told once: copies folded under their original."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reportedly.linking.text import sentence_spans, words
from reportedly.records import STANCES, Article, Event, EventReport, Stance

_LONGEST = 320  # characters of a sentence around a quote; longer ones are cut at a word, with three points
_ALIKE = 0.5  # of the words of the shorter quote: what a copy may have edited


@dataclass(frozen=True, slots=True)
class Context:
    """The words around a quote: the sentence before, what its own sentence has before and after it, the next one."""

    before: str = ""
    lead: str = ""
    rest: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One source's words on an event in one article: a quote, all reports made of it, and its copies elsewhere."""

    line: EventReport
    quote: str
    context: Context
    reports: tuple[str, ...]
    copies: tuple["Told", ...] = ()
    language: str | None = None
    headline: bool = False


def told_by_stance(event: Event, articles: Mapping[str, Article]) -> dict[Stance, list[Told]]:
    """The lines of an event by stance, in the order of `STANCES` and of publication; stances that nobody takes are left
    out. `articles` by id; where one is missing the quote stands without context."""
    spans: dict[str, list[tuple[int, int]]] = {}
    found: dict[Stance, list[Told]] = {}
    for stance in STANCES:
        lines = [line for line in event.reports if line.stance == stance]
        if lines:
            told = [_told(group, articles, spans) for group in _same_words(lines)]
            found[stance] = _fold_copies(told)
    return found


def titled(event: Event, articles: Mapping[str, Article]) -> Event:
    """The event with the file's name for a title where an article has neither publisher nor title."""

    def title(line: EventReport) -> str | None:
        article = articles.get(line.article)
        if line.title or line.publisher or article is None:
            return line.title
        return article.title or (Path(article.path).name if article.path else None)

    return replace(event, reports=tuple(replace(line, title=title(line)) for line in event.reports))


def _same_words(lines: Sequence[EventReport]) -> list[list[EventReport]]:
    groups: dict[tuple[object, ...], list[EventReport]] = {}
    for line in lines:
        at = line.quote if line.start is None else line.start
        groups.setdefault((line.article, line.source, line.source_kind, line.relayed_by, at), []).append(line)
    return list(groups.values())


def _told(group: list[EventReport], articles: Mapping[str, Article], spans: dict[str, list[tuple[int, int]]]) -> Told:
    line = group[0]
    article = articles.get(line.article)
    ids = tuple(one.report for one in group)
    if article is None:
        return Told(line, _flat(line.quote), Context(), ids)
    if line.article not in spans:
        spans[line.article] = _sentences(article)
    at = _place(line, article)
    headline = at is not None and article.title_span is not None and at[0] < article.title_span.end
    context = Context() if at is None or headline else _context(article, at, spans[line.article])
    return Told(line, _flat(line.quote), context, ids, language=article.language, headline=headline)


def _place(line: EventReport, article: Article) -> tuple[int, int] | None:
    """Where the quote stands; found by its words where the line does not say, if they stand in one place only."""
    if line.start is not None and line.end is not None and article.text[line.start : line.end] == line.quote:
        return line.start, line.end
    if line.quote and article.text.count(line.quote) == 1:
        start = article.text.index(line.quote)
        return start, start + len(line.quote)
    return None


def _sentences(article: Article) -> list[tuple[int, int]]:
    """The sentences of the report itself: neither its title nor what is no part of it."""
    holes = [(part.start, part.end) for part in article.skipped]
    if article.title_span:
        holes.append((article.title_span.start, article.title_span.end))
    return [
        span
        for span in sentence_spans(article.text)
        if not any(span[0] < end and start < span[1] for start, end in holes)
    ]


def _context(article: Article, at: tuple[int, int], spans: list[tuple[int, int]]) -> Context:
    start, end = at
    touching = [number for number, span in enumerate(spans) if span[0] < end and start < span[1]]
    if not touching:
        return Context()
    first, last = touching[0], touching[-1]
    text = article.text
    return Context(
        before=_end_of(text[slice(*spans[first - 1])]) if first else "",
        lead=_end_of(text[min(spans[first][0], start) : start]),
        rest=_start_of(text[end : max(spans[last][1], end)]),
        after=_start_of(text[slice(*spans[last + 1])]) if last + 1 < len(spans) else "",
    )


def _flat(text: str) -> str:
    return " ".join(text.split())


def _start_of(text: str) -> str:
    """The text on one line; a long one only as far as it is shown. A space at its start is kept."""
    flat = (" " if text[:1].isspace() else "") + _flat(text)
    return flat if len(flat) <= _LONGEST else flat[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _end_of(text: str) -> str:
    flat = _flat(text) + (" " if text[-1:].isspace() and text.strip() else "")
    return flat if len(flat) <= _LONGEST else "… " + flat[-_LONGEST:].split(" ", 1)[-1]


def _fold_copies(told: list[Told]) -> list[Told]:
    """Copies under the same words in their original; where the event has no such, under the earliest copy of it."""
    heads: list[Told] = []
    folded: dict[int, list[Told]] = {}
    for one in sorted(told, key=lambda t: t.line.copy_of is not None):  # stable: in the order of publication
        home = None if one.line.copy_of is None else _home(one, heads)
        if home is None:
            heads.append(one)
        else:
            folded.setdefault(home, []).append(one)
    order = {id(one): number for number, one in enumerate(told)}
    kept = sorted(enumerate(heads), key=lambda item: order[id(item[1])])
    return [replace(head, copies=tuple(folded.get(number, ()))) for number, head in kept]


def _home(copy: Told, heads: list[Told]) -> int | None:
    """The place among heads of the words that a copy repeats."""
    root = copy.line.copy_of
    near = [
        (number, head)
        for number, head in enumerate(heads)
        if root in (head.line.article, head.line.copy_of) and head.line.source_kind == copy.line.source_kind
    ]
    alike = [(number, _overlap(head.quote, copy.quote)) for number, head in near]
    best = max(alike, key=lambda item: item[1], default=None)
    return best[0] if best is not None and best[1] >= _ALIKE else None


def _overlap(left: str, right: str) -> float:
    one, other = set(words(left)), set(words(right))
    return len(one & other) / (min(len(one), len(other)) or 1)
