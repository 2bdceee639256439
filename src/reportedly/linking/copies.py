"""The same text published again, whole or in part: candidates by shared keys, proof by sentences."""

import dataclasses
import itertools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from reportedly.linking.candidates import Pairs, candidates
from reportedly.linking.directions import Direction, Signed, direction
from reportedly.linking.originals import judged_copies, original_of, original_of_report, originals_of_reports
from reportedly.linking.proofs import Pile, Shared, pile, prove, stand
from reportedly.linking.rules import Rules, load_rules
from reportedly.linking.sketches import Flags, Hashes, moment, sketch
from reportedly.records import Article, Copy, Span

__all__ = [
    "Match",
    "choose",
    "compared",
    "find_copies",
    "judged_copies",
    "matches",
    "original_of",
    "original_of_report",
    "originals_of_reports",
    "standing",
    "worded",
]

Load = Callable[[Sequence[str]], Iterable[Article]]  # the articles with these ids
Standing = Mapping[str, Mapping[int, Set[str]]]  # texts that a sentence stands in, by article and its number
First = Callable[[int], Collection[str]]  # of a common key the first texts that have it, of others none
Asked = Sequence[tuple[str, int, str]]  # (article, number of a sentence of it, another article)
Look = Callable[[Asked], Flags]  # whether the sentence stands in the other, for each

_CHUNK = 500  # pairs whose texts are loaded at once
_SENTENCES = 20_000  # looked for in other texts at once
_HELD = 20_000  # texts kept with the names in them between chunks, some 10 KB each


@dataclass(frozen=True, slots=True, eq=False)
class Half:
    """One article of a matching pair: where its sentences stand, with their keys (`marks`), which of them stand in the
    other text (`found`), and how many words of each of those stand there in its own voice, outside quotation marks
    (`proof`)."""

    article: str
    spans: npt.NDArray[np.int32]
    marks: Hashes
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
    keys, bodies = zip(*(sketch(by_id[name], rules) for name in names), strict=True) if names else ((), ())
    near = candidates(keys, rules)
    pairs = near.pairs
    if touching is not None:
        pairs = pairs[np.array([name in touching for name in names], np.bool_)[pairs].any(axis=1)]

    def load(wanted: Sequence[str]) -> list[Article]:
        return [by_id[name] for name in wanted]

    texts, place = pile(bodies), {name: number for number, name in enumerate(names)}
    found = list(matches(pairs, texts, load, share, rules))

    def first(key: int) -> list[str]:
        return [names[number] for number in near.first.get(key, ())]

    often = standing(found, first, lambda asked: stand([(place[a], n, place[b]) for a, n, b in asked], texts, rules))
    return worded(choose(found, rules, often), load)


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


def matches(pairs: Pairs, texts: Pile, load: Load, share: float, rules: Rules) -> Iterator[Match]:
    """The pairs that share sentences. `pairs` are rows of numbers of texts, `load` gives the articles of the few that
    do, by id; some thousand of them are kept."""
    held: dict[str, Signed] = {}
    proved = prove(pairs, texts, share, rules)
    while some := list(itertools.islice(proved, _CHUNK)):
        wanted = {texts.names[number] for left, right, *_ in some for number in (left, right)}
        if len(held) > _HELD:
            held = {name: signed for name, signed in held.items() if name in wanted}
        held.update((article.id, Signed(article)) for article in load(sorted(wanted - held.keys())))
        for left, right, *halves in some:
            signed = held[texts.names[left]], held[texts.names[right]]
            yield _match((left, right), texts, (halves[0], halves[1]), signed)


def _match(pair: tuple[int, int], texts: Pile, shared: tuple[Shared, Shared], signed: tuple[Signed, Signed]) -> Match:
    lengths = [int(texts.lengths[number]) for number in pair]
    way = direction(*signed, lengths[0] - lengths[1])
    enough = any(half.whole for half in shared)
    if enough:
        left, right = (one.article for one in signed)
        way, enough = _whole(way, [half.whole for half in shared], left, right)
    copy, original = (0, 1) if way.left_copies else (1, 0)
    halves = [_half(number, texts, half) for number, half in zip(pair, shared, strict=True)]
    first = signed[original].article
    return Match(halves[copy], halves[original], enough, way.reason, (moment(first), -lengths[original], first.id))


def _half(number: int, texts: Pile, shared: Shared) -> Half:
    mine = slice(texts.sentences[number], texts.sentences[number + 1])
    return Half(texts.names[number], texts.spans[mine], texts.marks[mine], shared.found, shared.proof)


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


def standing(found: Iterable[Match], first: First, look: Look) -> Standing:
    """Where the sentences that may be parts stand, of those that stand so often that not all texts are compared."""
    told: dict[str, dict[int, Set[str]]] = defaultdict(dict)
    heads = cache(
        lambda keys: [] if not all(map(first, keys)) else sorted({text for key in keys for text in first(key)})
    )
    halves = (one.copy for one in found if not one.whole and one.copy.marks.size)
    sentences = ((half, number) for half in halves for number in half.found)
    while some := list(itertools.islice(sentences, _SENTENCES)):
        asked: list[tuple[str, int, str]] = []
        for half, number in some:
            if number not in told[half.article]:
                told[half.article][number] = frozenset()
                texts = heads(tuple(half.marks[number].tolist()))
                asked += ((half.article, number, text) for text in texts if text != half.article)
        for (article, number, text), stands in zip(asked, look(asked).tolist(), strict=True):
            if stands:
                told[article][number] |= {text}
    return told


def choose(
    found: Sequence[Match],
    rules: Rules,
    often: Standing,
    only: Collection[str] | None = None,
    known: Iterable[Copy] = (),
) -> list[Copy]:
    """Of all matches the copies, by article: the whole copy with the largest share, else the parts.

    `often` is what `standing` tells. With `only`, the copies of these articles; `found` has all their matches, `known`
    the whole copies of the others. The words of their sentences are left empty, see `worded`.
    """
    best: dict[str, Match] = {}
    for one in found:
        held = best.get(one.copy.article)
        if one.whole and (held is None or (-one.share, one.original.article) < (-held.share, held.original.article)):
            best[one.copy.article] = one
    copies = [_copy(one, range(len(one.copy.found))) for name, one in best.items() if only is None or name in only]
    originals = original_of([*copies, *known])
    common = _common(found, often, originals, rules)
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
    common = _common(found, {}, original_of(wholes), rules)
    parts = (one for one in found if not one.whole)
    copies = wholes + [copy for one in parts for copy in _parts([one], common[one.copy.article], {}, rules)]
    return sorted(copies, key=lambda copy: (copy.article, copy.copy_of))


def _common(
    found: Iterable[Match], often: Standing, originals: Mapping[str, str], rules: Rules
) -> Mapping[str, set[int]]:
    """The sentences of each article that stand in many other texts; a text and its whole copies are one."""
    holders: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in found:
        for half, other in ((one.copy, one.original), (one.original, one.copy)):
            text = originals.get(other.article, other.article)
            for number in half.found if text != half.article else ():
                holders[half.article][number].add(text)
    for name, numbers in often.items():
        for number, texts in numbers.items():
            holders[name][number] |= {originals.get(text, text) for text in texts} - {name}
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
    numbers = [one.copy.found[at] for at in kept]
    return Copy(
        article=one.copy.article,
        copy_of=one.original.article,
        share=round(count / total, 3),
        evidence=f"{count} of {total} sentences; {one.reason}",
        kind="whole" if one.whole else "part",
        sentences=tuple(Span(start=a, end=b, text="") for a, b in one.copy.spans[numbers].tolist()),
    )
