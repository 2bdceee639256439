"""Finds the outlets, agencies, documents and monitoring groups that an article credits for what it reports."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportedly.directory import site_label
from reportedly.extract.origins.asides import Relevance
from reportedly.extract.origins.bodies import body_word, credited_body
from reportedly.extract.origins.lines import credit_lines
from reportedly.extract.origins.names import Outlets, is_presented, name_runs, outlet_name
from reportedly.extract.origins.unnamed import documents, released, unnamed_outlets
from reportedly.extract.origins.ways import How, is_posted, way
from reportedly.language import Language, load_language
from reportedly.parsing import Parse
from reportedly.records import Article, Origin, Statement


@dataclass(frozen=True, slots=True)
class Credit:
    """One mention of whom an article may credit. `token` is where it stands in the parse, None in a credit line.

    `presented` says that readers are told what it is ("Northland's Coast TV", "the daily Coast").
    """

    name: str
    start: int
    end: int
    how: How
    token: int | None = None
    presented: bool = False


def find_origins(
    article: Article,
    parse: Parse,
    statements: Sequence[Statement],
    directory: Outlets,
    language: Language | None = None,
) -> tuple[Origin, ...]:
    """One origin a name, at its first mention, in the order of the text; the publisher itself is none.

    Outlets count where they speak, are told, or stand after a crediting preposition or in a credit line; documents and
    monitoring groups where they are the source of a statement. What is credited for an aside only is left out.
    """
    pack = language or load_language("en")
    signed = list(_lines(article, directory, pack))
    lines = [Credit(name, start, end, "line") for kind, name, start, end in signed if kind not in ("own", "signed")]
    lines += [
        Credit(name, start, end, "line") for kind, name, start, end in signed if kind == "signed" and article.publisher
    ]
    mentions = list(_mentions(parse, statements, directory, pack))
    publisher = [article.publisher] if article.publisher else []
    full = _Full([*publisher, *(credit.name for credit in (*lines, *mentions))])
    own = _own(article, signed, mentions, directory, pack, full)
    relevance = Relevance(parse, pack)
    found: dict[str, Credit] = {}
    held: dict[str, list[Credit]] = defaultdict(list)
    for credit in sorted((*lines, *_dateline(article, directory), *mentions), key=lambda c: (c.start, -c.end)):
        if credit.how != "absent":
            held[key_of(full(credit.name))].append(credit)
    bodies = {c.token for each in held.values() for c in each if c.how == "group" and c.token is not None}
    for key, each in held.items():
        if key.replace(" ", "") in own:
            continue
        kept = [c for c in each if c.token is None or relevance.bears(c.how, c.token)]
        if bodies:
            kept = [c for c in kept if c.how != "posted" or not relevance.is_of(c.token or 0, bodies)]
        if kept:
            found[key] = kept[0]
    return tuple(
        Origin(name=full(c.name), start=c.start, end=c.end, text=article.text[c.start : c.end])
        for c in sorted(found.values(), key=lambda c: c.start)
    )


def key_of(name: str) -> str:
    """A name for comparison."""
    return re.sub(r"^the\s+|\.(?:com|org|net|co\.uk)$", "", name, flags=re.IGNORECASE).casefold().replace("-", " ")


class _Full:
    """The fullest of an article's names for one outlet or body: "the Observatory" is that of Hill Rights."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_words: dict[str, str] = {}
        for name in names:
            words = key_of(name).split()
            for at in range(len(words)):
                for stop in range(at + 1, len(words) + 1):
                    part = " ".join(words[at:stop])
                    if part != " ".join(words) and (stop == len(words) or at > 0 or stop - at > 1):
                        self._by_words.setdefault(part, name)

    def __call__(self, name: str) -> str:
        longer = self._by_words.get(key_of(name))
        return self(longer) if longer is not None and len(longer) > len(name) else name


def _lines(article: Article, directory: Outlets, language: Language) -> Iterator[tuple[str, str, int, int]]:
    """(kind, canonical name, start, end) of the names in credit lines: known outlets, or any where the line is sure."""
    for kind, name, start, end in credit_lines(article, language.code):
        known = directory.outlet(name) or directory.outlet(f"The {name}")
        if known in language.words["platform"] or (kind == "agency" and known not in language.words["agency"]):
            continue
        formed = name.split()[-1] in language.words["outlet-word"] - language.words["outlet-weak"]
        if known is not None or formed or kind in ("named", "own", "first"):
            yield kind, known or name, start, end


def _dateline(article: Article, directory: Outlets) -> Iterator[Credit]:
    """The outlet of the dateline: the publisher where no other is known, credited in another's pages."""
    dateline = article.dateline
    if dateline is not None and dateline.outlet and article.publisher:
        at = article.text.find(dateline.outlet, dateline.start, dateline.end)
        if at >= 0:
            name = directory.outlet(dateline.outlet) or dateline.outlet
            yield Credit(name, at, at + len(dateline.outlet), "line")


def _own(
    article: Article,
    signed: Sequence[tuple[str, str, int, int]],
    mentions: Sequence[Credit],
    directory: Outlets,
    language: Language,
    full: "_Full",
) -> set[str]:
    """Keys, without spaces, of the names of the article's own publisher, given or shown by the text."""
    line = article.dateline.outlet if article.dateline else None
    publisher = article.publisher or line
    own = {name for name in (publisher, directory.outlet(publisher) if publisher else None) if name}
    own |= {label for label in (site_label(publisher) if publisher else None,) if label}
    if all(kind != "first" for kind, _, _, _ in signed):  # else these lines are those of the page that had it first
        own |= {name for kind, name, _, _ in signed if kind == "own" or (kind == "signed" and not article.publisher)}
    if publisher is None and not own:
        ways: dict[str, list[How]] = defaultdict(list)
        for credit in mentions:
            ways[full(credit.name)].append(credit.how)
        foreign = {full(credit.name) for credit in mentions if credit.presented}
        own |= {
            name
            for name, how in ways.items()
            if name not in foreign
            and name not in language.words["agency"]
            and name not in language.words["platform"]
            and (heard := how.count("told") + how.count("staff")) > 1
            and heard > how.count("said") + how.count("named")
        }
    return {key_of(spelling).replace(" ", "") for name in own for spelling in (name, full(name))}


def _mentions(
    parse: Parse, statements: Sequence[Statement], directory: Outlets, language: Language
) -> Iterator[Credit]:
    speaking = {
        token
        for statement in statements
        if statement.source is not None and statement.source.start is not None and statement.source.end is not None
        for token in parse.tokens_in(statement.source.start, statement.source.end)
    }
    strangers: set[str] = set()  # names that were looked up in vain: most names of a text come again and again
    taken: set[int] = set()
    past = 0
    for first, stop in name_runs(parse):
        words = parse.text[parse.start[first] : parse.end[stop - 1]]
        if words in strangers:
            continue
        found = outlet_name(parse, first, stop, directory, language)
        if found is None:
            group = body_word(parse, first, stop, language)
            if group is None:
                strangers.add(words)
            elif group >= past and (body := credited_body(parse, group, speaking, directory, language)):
                name, low, past, how = body
                yield Credit(name, parse.start[low], parse.end[past - 1], how, low)
            continue
        canonical, low, high = found
        how = way(parse, low, high, speaking, language)
        if canonical in language.words["platform"]:
            how = "posted" if is_posted(parse, low, high, language) else "absent"
        taken.update(range(low, high))
        presented = is_presented(parse, low, high, language)
        yield Credit(canonical, parse.start[low], parse.end[high - 1], how, low, presented)
    for name, low, noun in unnamed_outlets(parse, taken, language):
        if way(parse, noun, noun + 1, speaking, language) in ("said", "told", "named"):
            yield Credit(name, parse.start[low], parse.end[noun], "document", noun)
    shown = documents(parse, statements, taken, directory, language)
    for name, low, noun in (*shown, *released(parse, directory, language)):
        yield Credit(name, parse.start[low], parse.end[noun], "document", noun)
