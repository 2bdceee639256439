"""The same text published again, whole or in part: candidates by shared keys, proof by sentences."""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reportedly.linking.directions import Direction, direction
from reportedly.linking.originals import judged_copies, original_of, original_of_report, originals_of_reports
from reportedly.linking.rules import Rules, load_rules
from reportedly.linking.sketches import Body, Pairs, body, candidates, moment, sketch
from reportedly.records import Article, Copy, Span

__all__ = [
    "Match",
    "choose",
    "compared",
    "find_copies",
    "judged_copies",
    "matches",
    "named",
    "original_of",
    "original_of_report",
    "originals_of_reports",
    "worded",
]

Load = Callable[[Sequence[str]], Iterable[Article]]  # the articles with these ids

_CHUNK = 500  # pairs whose texts are loaded at once
_BODIES = 8_000  # texts kept as hashes between chunks, some 10 KB each


@dataclass(frozen=True, slots=True, eq=False)
class Half:
    """One article of a matching pair: where its sentences stand, which of them stand in the other text (`found`), and
    how many words of each of those stand there in its own voice, outside quotation marks (`proof`)."""

    article: str
    spans: tuple[tuple[int, int], ...]
    found: tuple[int, ...]
    proof: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """Two articles that share sentences, and which of them is the copy. `whole`: its text stands nearly whole in the
    original. `rank` orders originals: the earlier, then the longer first."""

    copy: Half
    original: Half
    whole: bool
    reason: str
    rank: tuple[int, int, str]

    @property
    def share(self) -> float:
        """The share of the copy's sentences that stand in the original."""
        return round(len(self.copy.found) / len(self.copy.spans), 3)


def find_copies(
    articles: Iterable[Article],
    share: float = 0.6,
    touching: Collection[str] | None = None,
    rules: Rules | None = None,
) -> list[Copy]:
    """Copies among articles, by article: for each the one whole copy, else the parts taken from others.

    `share` (settings.copy_share) is the least share of the copy's sentences that must stand in the original for a
    whole copy; a sentence stands there when most of its three-word sequences do, so light editing does not hide it.
    An article that is no whole copy but has sentences of another in its own voice is a copy in part; sentences that
    stand in many texts are nobody's. The original is the one that the other credits, else the one published earlier,
    else the longer. With `touching`, only pairs with one of these articles. Skipped parts, titles and datelines are
    not compared.
    """
    rules = rules or load_rules()
    by_id = {article.id: article for article in articles}
    names = sorted(by_id, key=lambda name: (moment(by_id[name]), name))
    pairs = named(candidates([sketch(by_id[name], rules) for name in names], rules), names)
    if touching is not None:
        pairs = ((a, b) for a, b in pairs if a in touching or b in touching)

    def load(wanted: Sequence[str]) -> list[Article]:
        return [by_id[name] for name in wanted]

    return worded(choose(list(matches(pairs, load, share, rules)), rules), load)


def named(pairs: Pairs, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of numbers as pairs of names, made a few at a time."""
    for at in range(0, len(pairs), _CHUNK):
        yield from ((names[left], names[right]) for left, right in pairs[at : at + _CHUNK].tolist())


def worded(copies: Iterable[Copy], load: Load) -> list[Copy]:
    """The copies with the words of their sentences, which `choose` leaves empty."""
    copies = list(copies)
    done = []
    for at in range(0, len(copies), _CHUNK):
        some = copies[at : at + _CHUNK]
        texts = {article.id: article.text for article in load(sorted({copy.article for copy in some}))}
        for copy in some:
            spans = ((span.start, span.end) for span in copy.sentences)
            words = tuple(Span(start=a, end=b, text=texts[copy.article][a:b]) for a, b in spans)
            done.append(dataclasses.replace(copy, sentences=words))
    return done


def matches(pairs: Iterable[tuple[str, str]], load: Load, share: float, rules: Rules) -> Iterator[Match]:
    """The pairs that share sentences. `load` gives the articles of these ids; the texts of a few thousand are kept."""
    held: dict[str, Body] = {}
    waiting: list[tuple[str, str]] = []

    def done() -> Iterator[Match]:
        wanted = {name for pair in waiting for name in pair}
        if len(held) > _BODIES:
            for name in [name for name in held if name not in wanted]:
                del held[name]
        for article in load(sorted(wanted - held.keys())):
            held[article.id] = body(article, rules)
        for left, right in waiting:
            found = match(held[left], held[right], share, rules)
            if found is not None:
                yield found
        waiting.clear()

    for pair in pairs:
        waiting.append(pair)
        if len(waiting) >= _CHUNK:
            yield from done()
    yield from done()


def match(left: Body, right: Body, share: float, rules: Rules) -> Match | None:
    """Whether two texts share sentences: enough for a whole copy, or one that a part may be proved by."""
    halves = _half(left, right, rules), _half(right, left, rules)
    if not any(half.found for half in halves):
        return None
    way = direction(left.article, right.article, left.length - right.length)
    whole = [_stands(half, share, rules) for half in halves]
    if any(whole):
        way, enough = _whole(way, whole, left.article, right.article)
    elif any(n >= rules.copies["part_words"] for half in halves for n in half.proof):
        enough = False
    else:
        return None
    copy, original = halves if way.left_copies else halves[::-1]
    second = right if way.left_copies else left
    rank = moment(second.article), -second.length, second.article.id
    return Match(copy, original, enough, way.reason, rank)


def _whole(way: Direction, whole: list[bool], left: Article, right: Article) -> tuple[Direction, bool]:
    """(which is the copy, whether it is one whole) where at least one text stands nearly whole in the other."""
    copy = 0 if way.left_copies else 1
    if whole[copy]:
        return way, True
    # The earlier text stands in the later one, which adds much of its own: a copy in part, unless one outlet wrote
    # both (an update of its own text) or nothing firm says which came first.
    if way.firm and not (left.publisher and left.publisher == right.publisher):
        return way, False
    return Direction(not way.left_copies, "its text stands in the longer one", False), True


def _half(this: Body, other: Body, rules: Rules) -> Half:
    starts, least = this.firsts[:-1], rules.copies["sentence_share"]
    if not len(starts):
        return Half(this.article.id, (), (), ())
    there = np.isin(this.threes, other.threes)
    found = np.add.reduceat(there, starts, dtype=np.int64) >= least * np.diff(this.firsts)
    own, both = (np.add.reduceat(flags, starts, dtype=np.int64) for flags in (this.own, this.own & there))
    proof = np.where((both > 0) & (both >= least * own), both + 2, 0)  # so many sequences of three words in a row
    numbers = np.flatnonzero(found)
    return Half(this.article.id, this.spans, tuple(numbers.tolist()), tuple(proof[numbers].tolist()))


def _stands(half: Half, share: float, rules: Rules) -> bool:
    found, total = len(half.found), len(half.spans)
    return total > 0 and found / total >= share and found >= min(rules.copies["least_sentences"], total)


def choose(
    found: Sequence[Match], rules: Rules, only: Collection[str] | None = None, known: Iterable[Copy] = ()
) -> list[Copy]:
    """Of all matches the copies, by article: the whole copy with the largest share, else the parts.

    With `only`, the copies of these articles; `found` has all their matches, `known` the whole copies of the others.
    The words of their sentences are left empty, see `worded`.
    """
    best: dict[str, Match] = {}
    for one in found:
        held = best.get(one.copy.article)
        if one.whole and (held is None or (-one.share, one.original.article) < (-held.share, held.original.article)):
            best[one.copy.article] = one
    copies = [_copy(one, range(len(one.copy.found))) for name, one in best.items() if only is None or name in only]
    originals = original_of([*copies, *known])
    common = _common(found, originals, rules)
    parts: dict[str, list[Match]] = defaultdict(list)
    for one in found:
        if not one.whole and one.copy.article not in best and (only is None or one.copy.article in only):
            parts[one.copy.article].append(one)
    for name, others in parts.items():
        copies += _parts(others, common[name], originals, rules)
    return sorted(copies, key=lambda copy: (copy.article, copy.copy_of))


def compared(found: Sequence[Match], rules: Rules) -> list[Copy]:
    """Every pair that is a copy, before one original of each text or sentence is chosen; by article."""
    wholes = [_copy(one, range(len(one.copy.found))) for one in found if one.whole]
    common = _common(found, original_of(wholes), rules)
    parts = (one for one in found if not one.whole)
    copies = wholes + [copy for one in parts for copy in _parts([one], common[one.copy.article], {}, rules)]
    return sorted(copies, key=lambda copy: (copy.article, copy.copy_of))


def _common(found: Iterable[Match], originals: Mapping[str, str], rules: Rules) -> Mapping[str, set[int]]:
    """The sentences of each article that stand in many other texts; a text and its whole copies are one."""
    holders: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in found:
        for half, other in ((one.copy, one.original), (one.original, one.copy)):
            text = originals.get(other.article, other.article)
            for number in half.found if text != half.article else ():
                holders[half.article][number].add(text)
    return defaultdict(
        set,
        {
            name: {number for number, texts in sentences.items() if len(texts) > rules.copies["common"]}
            for name, sentences in holders.items()
        },
    )


def _parts(found: list[Match], common: set[int], originals: Mapping[str, str], rules: Rules) -> Iterator[Copy]:
    """The parts of one article that were taken from others, each sentence counted for one of them."""
    taken = set(common)

    def left(one: Match) -> list[int]:
        return [at for at, number in enumerate(one.copy.found) if number not in taken]

    def order(one: Match) -> tuple[int, bool, tuple[int, int, str]]:
        return -sum(one.copy.proof[at] for at in left(one)), one.original.article in originals, one.rank

    waiting = list(found)
    while waiting:
        one = min(waiting, key=order)
        waiting.remove(one)
        kept = left(one)
        if max((one.copy.proof[at] for at in kept), default=0) >= rules.copies["part_words"]:
            yield _copy(one, kept)
            taken.update(one.copy.found[at] for at in kept)


def _copy(one: Match, kept: Sequence[int]) -> Copy:
    count, total = len(kept), len(one.copy.spans)
    return Copy(
        article=one.copy.article,
        copy_of=one.original.article,
        share=round(count / total, 3),
        evidence=f"{count} of {total} sentences; {one.reason}",
        kind="whole" if one.whole else "part",
        sentences=tuple(Span(start=a, end=b, text="") for a, b in (one.copy.spans[one.copy.found[at]] for at in kept)),
    )
