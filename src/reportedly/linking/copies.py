"""Near copies: articles whose text stands nearly whole in another. Candidates by fingerprints, proof by sentences."""

import datetime as dt
import zlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from reportedly.linking.rules import Rules, load_rules
from reportedly.linking.text import outlet_key, sentence_spans, words
from reportedly.records import Article, Copy

# Where a credit line stands: before the first sentence or after the last.
_CREDIT_CHARS = 160
_Three = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Body:
    """What is compared of an article: its sentences as words, and a few fingerprints of each to find candidates by."""

    article: Article
    sentences: tuple[tuple[str, ...], ...]
    marks: frozenset[int]
    length: int


def find_copies(
    articles: Iterable[Article],
    share: float = 0.6,
    touching: Collection[str] | None = None,
    rules: Rules | None = None,
) -> list[Copy]:
    """For each article that is a copy: the article that it copies, the one with the largest share first.

    `share` (settings.copy_share) is the least share of the copy's sentences that must stand in the original; a
    sentence stands there when most of its three-word sequences do, so light editing does not hide a copy. The original
    is the one that the other credits, else the one published earlier, else the longer. With `touching`, only pairs
    with one of these articles. Skipped parts, titles and datelines are not compared.
    """
    rules = rules or load_rules()
    bodies = [body for body in (_body(article, rules) for article in articles) if body.sentences]
    best: dict[str, Copy] = {}
    sequences = _Sequences()
    for left, right in _candidates(bodies, touching, rules):
        found = _copy(left, right, share, sequences, rules)
        if found is None:
            continue
        held = best.get(found.article)
        if held is None or (-found.share, found.copy_of) < (-held.share, held.copy_of):
            best[found.article] = found
    return [best[article] for article in sorted(best)]


def original_of(copies: Iterable[Copy]) -> dict[str, str]:
    """The original at the end of the chain of copies, by article; articles that are no copy are left out."""
    step: dict[str, Copy] = {}
    for copy in copies:
        held = step.get(copy.article)
        if held is None or (-copy.share, copy.copy_of) < (-held.share, held.copy_of):
            step[copy.article] = copy
    found = {}
    for article in step:
        seen = [article]
        while seen[-1] in step and step[seen[-1]].copy_of not in seen:
            seen.append(step[seen[-1]].copy_of)
        # Three texts that each stand mostly in the next can run in a circle: its least id is the original for all.
        circle = step[seen[-1]].copy_of if seen[-1] in step else None
        root = min(seen[seen.index(circle) :]) if circle is not None else seen[-1]
        if root != article:
            found[article] = root
    return found


def _body(article: Article, rules: Rules) -> _Body:
    text = article.text
    holes = [(part.start, part.end) for part in article.skipped]
    holes += [(part.start, part.end) for part in (article.dateline, article.title_span) if part]
    pieces, at = [], 0
    for start, end in sorted(holes):
        pieces.append(text[at:start])
        at = max(at, end)
    pieces.append(text[at:])
    sentences: list[tuple[str, ...]] = []
    marks: set[int] = set()
    length = 0
    for piece in pieces:
        for start, end in sentence_spans(piece):
            found = words(piece[start:end])
            length += len(found)
            if len(found) >= rules.copies["sentence_words"]:
                sentences.append(tuple(found))
                marks.update(_marks(found, rules))
    return _Body(article, tuple(sentences), frozenset(marks), length)


def _marks(found: list[str], rules: Rules) -> list[int]:
    """The sentence's bottom-k MinHash: the lowest checksums of so many words in a row (Broder 1997)."""
    size = rules.copies["shingle"]
    rows = {zlib.crc32(" ".join(found[i : i + size]).encode()) for i in range(max(1, len(found) - size + 1))}
    return sorted(rows)[: rules.copies["marks"]]


def _candidates(bodies: list[_Body], touching: Collection[str] | None, rules: Rules) -> Iterator[tuple[_Body, _Body]]:
    """Pairs of articles that share enough fingerprints, each once.

    A fingerprint that many share pairs each only with the next few in the order of publication: a text printed a
    thousand times is a chain of copies, and its original is at the end of the chain.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    for number in sorted(range(len(bodies)), key=lambda n: (_moment(bodies[n]), bodies[n].article.id)):
        for mark in bodies[number].marks:
            holders[mark].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for holding in holders.values():
        reach = len(holding) if len(holding) <= rules.copies["whole"] else rules.copies["near"]
        for position, left in enumerate(holding):
            shared.update((left, right) for right in holding[position + 1 : position + 1 + reach])
    for (left, right), count in sorted(shared.items()):
        pair = bodies[left], bodies[right]
        least = max(1.0, rules.copies["marks_share"] * min(len(body.marks) for body in pair))
        if count >= least and (touching is None or any(body.article.id in touching for body in pair)):
            yield pair


class _Sequences:
    """The three-word sequences of each sentence and of the whole text, worked out when they are first asked for."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[list[frozenset[_Three]], frozenset[_Three]]] = {}

    def of(self, body: _Body) -> tuple[list[frozenset[_Three]], frozenset[_Three]]:
        """(by sentence, all)"""
        found = self._held.get(body.article.id)
        if found is None:
            each = [frozenset(zip(said, said[1:], said[2:], strict=False)) for said in body.sentences]
            found = self._held[body.article.id] = each, frozenset().union(*each)
        return found


def _shared(body: _Body, other: _Body, sequences: _Sequences, least: float) -> int:
    """How many of the body's sentences stand in the other text."""
    there = sequences.of(other)[1]
    return sum(len(threes & there) >= least * len(threes) for threes in sequences.of(body)[0])


def _copy(left: _Body, right: _Body, share: float, sequences: _Sequences, rules: Rules) -> Copy | None:
    if left.article.id == right.article.id:
        return None
    least = rules.copies["sentence_share"]
    shared = {id(body): _shared(body, other, sequences, least) for body, other in ((left, right), (right, left))}

    def stands(body: _Body) -> bool:
        found, total = shared[id(body)], len(body.sentences)
        return found / total >= share and found >= min(rules.copies["least_sentences"], total)

    if not (stands(left) or stands(right)):
        return None
    copy, original, reason, firm = _direction(left, right)
    if not stands(copy):
        # The earlier text stands in the later one, which adds much of its own: that is no copy, unless one outlet
        # wrote both (an update of its own text) or nothing firm says which came first.
        same = left.article.publisher and left.article.publisher == right.article.publisher
        if firm and not same:
            return None
        copy, original, reason = original, copy, "its text stands in the longer one"
    found, total = shared[id(copy)], len(copy.sentences)
    return Copy(
        article=copy.article.id,
        copy_of=original.article.id,
        share=round(found / total, 3),
        evidence=f"{found} of {total} sentences; {reason}",
    )


def _direction(left: _Body, right: _Body) -> tuple[_Body, _Body, str, bool]:
    """(copy, original, why, whether that is firm)."""
    for copy, original in ((left, right), (right, left)):
        if _credits(copy.article, original.article) and not _credits(original.article, copy.article):
            return copy, original, f"it credits {original.article.publisher}", True
    order = _later(left.article, right.article)
    if order:
        copy, original = (left, right) if order > 0 else (right, left)
        return copy, original, f"published later ({_moment(copy)} after {_moment(original)})", True
    copy, original = sorted((left, right), key=lambda body: (body.length, body.article.id))
    return copy, original, "the shorter of the two" if copy.length < original.length else "of equal length", False


def _moment(body: _Body) -> str:
    published = body.article.published
    return published.isoformat() if published else "no date"


def _credits(copy: Article, original: Article) -> bool:
    """Whether the dateline, byline or a line at either end of one article names the other's publisher."""
    if not original.publisher or original.publisher == copy.publisher:
        return False
    key = outlet_key(original.publisher)
    if copy.dateline and copy.dateline.outlet and outlet_key(copy.dateline.outlet) == key:
        return True
    text = copy.text.strip()
    name = " " + " ".join(words(original.publisher)) + " "
    ends = (copy.byline or "", text[:_CREDIT_CHARS], text[-_CREDIT_CHARS:])
    return any(name in f" {' '.join(words(part))} " for part in ends)


def _later(left: Article, right: Article) -> int:
    """1 when the left was published later, -1 when earlier, 0 when the dates do not say."""
    a, b = left.published, right.published
    if a is None or b is None:
        return 0
    if isinstance(a, dt.datetime) and isinstance(b, dt.datetime) and bool(a.tzinfo) == bool(b.tzinfo):
        return (a > b) - (a < b)
    first, second = (moment.date() if isinstance(moment, dt.datetime) else moment for moment in (a, b))
    return (first > second) - (first < second)
