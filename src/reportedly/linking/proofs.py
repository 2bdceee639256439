"""Whether texts share sentences, for many pairs at once: first by bits that may lie, then by the hashes themselves."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from reportedly.linking.candidates import Pairs
from reportedly.linking.rules import Rules
from reportedly.linking.sketches import Body, Flags, Hashes

__all__ = ["Pile", "Shared", "pile", "prove", "stand"]

_Ints = npt.NDArray[np.int64]
_Threes = npt.NDArray[np.uint32]
# (hashes, the text that each is looked for in) -> whether it stands there
_There = Callable[[_Threes, _Ints], Flags]

# Bits by which most hashes that do not stand in a text are told: a text of 600 words sets one in seven of them.
_BITS = 4096
_BODIES_AT_ONCE = 500
_HASHES_AT_ONCE = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Pile:
    """The bodies of many texts, one after the other: about 1 KB for a text of 100 words, 4 KB for one of 600.

    Text t has the sentences `sentences[t]` to `sentences[t + 1]`, sentence s the hashes `firsts[s]` to
    `firsts[s + 1]`; the rest is as in Body. `bits` tells for each text which hashes cannot stand in it.
    """

    names: tuple[str, ...]
    lengths: _Ints
    sentences: _Ints
    spans: npt.NDArray[np.int32]
    firsts: _Ints
    threes: _Threes
    own: Flags
    marks: Hashes
    bits: npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """What one text of a pair shares with the other: the numbers of its sentences that stand there (`found`), and how
    many words of each of those stand there in its own voice, outside quotation marks (`proof`). `whole`: these are
    enough for a copy of the whole text."""

    found: tuple[int, ...]
    proof: tuple[int, ...]
    whole: bool


def pile(bodies: Iterable[Body]) -> Pile:
    """The bodies as one, in the order given."""
    names: list[str] = []
    parts: list[tuple[npt.NDArray[np.generic], ...]] = []
    some: list[Body] = []

    def put() -> None:
        names.extend(body.article for body in some)
        firsts = np.concatenate([np.diff(body.firsts) for body in some])
        threes = np.concatenate([body.threes for body in some])
        flags = np.zeros((len(some), _BITS), np.bool_)
        flags[np.repeat(np.arange(len(some)), [len(body.threes) for body in some]), threes % _BITS] = True
        lengths = np.array([body.length for body in some], np.int64)
        counts = np.array([len(body.spans) for body in some], np.int64)
        spans, own, marks = (
            np.concatenate([getattr(body, name) for body in some]) for name in ("spans", "own", "marks")
        )
        bits = np.packbits(flags, axis=1, bitorder="little")
        parts.append((lengths, counts, spans, firsts, threes, own, marks, bits))
        some.clear()

    for body in bodies:
        some.append(body)
        if len(some) == _BODIES_AT_ONCE:
            put()
    if some:
        put()
    if not parts:
        return _EMPTY
    columns: list[Any] = []
    for number in range(len(parts[0])):
        columns.append(np.concatenate([part[number] for part in parts]))
    lengths, counts, spans, firsts, threes, own, marks, bits = columns
    return Pile(tuple(names), lengths, _offsets(counts), spans, _offsets(firsts), threes, own, marks, bits)


_EMPTY = Pile(
    names=(),
    lengths=np.empty(0, np.int64),
    sentences=np.zeros(1, np.int64),
    spans=np.empty((0, 2), np.int32),
    firsts=np.zeros(1, np.int64),
    threes=np.empty(0, np.uint32),
    own=np.empty(0, np.bool_),
    marks=np.empty((0, 0), np.uint64),
    bits=np.empty((0, _BITS // 8), np.uint8),
)


def prove(pairs: Pairs, texts: Pile, share: float, rules: Rules) -> Iterator[tuple[int, int, Shared, Shared]]:
    """Of pairs of texts those that share enough for a copy, whole or in part: (left, right, what of each stands in
    the other). `pairs` are rows of numbers of texts, `share` is settings.copy_share."""
    work = np.cumsum(np.diff(texts.firsts[texts.sentences])[pairs].sum(axis=1))
    cuts = np.flatnonzero(np.diff(work // _HASHES_AT_ONCE, prepend=-1)).tolist()
    for at, stop in itertools.pairwise([*cuts, len(pairs)]):
        left, right = pairs[at:stop].T
        maybe = _Half(left, right, texts, rules, _by_bits(texts)).enough(share)
        maybe |= _Half(right, left, texts, rules, _by_bits(texts)).enough(share)
        left, right = left[maybe], right[maybe]
        if not len(left):
            continue
        halves = [_Half(*way, texts, rules, _by_hashes(texts, way[1])) for way in ((left, right), (right, left))]
        for place in np.flatnonzero(halves[0].enough(share) | halves[1].enough(share)).tolist():
            first, second = (half.shared(place, share) for half in halves)
            yield int(left[place]), int(right[place]), first, second


def stand(asked: Sequence[tuple[int, int, int]], texts: Pile, rules: Rules) -> Flags:
    """Whether a sentence stands in another text; each is asked for as (text, number of its sentence, other text)."""
    this, number, other = np.array(asked, np.int64).reshape(-1, 3).T
    at, which = _flat(texts.firsts, texts.sentences[this] + number)
    flags = _by_hashes(texts, other)(texts.threes[at], other[which])
    counts = np.bincount(which, minlength=len(other))
    enough: Flags = np.bincount(which[flags], minlength=len(other)) >= rules.copies["sentence_share"] * counts
    return enough & (counts > 0)


def _by_bits(texts: Pile) -> _There:
    """May call a hash there that is not, never the other way round."""

    def there(hashes: _Threes, other: _Ints) -> Flags:
        found: Flags = (texts.bits[other, (hashes % _BITS) >> 3] >> (hashes & 7).astype(np.uint8) & 1).astype(np.bool_)
        return found

    return there


def _by_hashes(texts: Pile, others: _Ints) -> _There:
    wanted = np.unique(others)
    at, numbers = _flat(texts.firsts[texts.sentences], wanted)
    table = np.sort(numbers << 32 | texts.threes[at])

    def there(hashes: _Threes, other: _Ints) -> Flags:
        asked = np.searchsorted(wanted, other) << 32 | hashes
        places = np.searchsorted(table, asked)
        found: Flags = table[np.minimum(places, len(table) - 1)] == asked if len(table) else asked < 0
        return found

    return there


class _Half:
    """What of `this` texts stands in the `other` texts, pair by pair."""

    def __init__(self, this: _Ints, other: _Ints, texts: Pile, rules: Rules, there: _There) -> None:
        self._rules = rules
        start = texts.firsts[texts.sentences]
        at, pair = _flat(start, this)
        flags = there(texts.threes[at], other[pair])
        self.counts = np.diff(texts.sentences)[this]
        sentence, self._pair = _flat(texts.sentences, this)
        shift = _offsets(np.diff(start)[this])[:-1] - start[this]  # from places in the pile to places here
        ends = np.stack((texts.firsts[sentence], texts.firsts[sentence + 1])) + shift[self._pair]
        least = rules.copies["sentence_share"]
        own = texts.own[at]
        lengths, sums, owns, both = (
            np.diff(numbers, axis=0)[0]
            for numbers in (ends, *(_offsets(kind)[ends] for kind in (flags, own, flags & own)))
        )
        self.found = (sums >= least * lengths) & (lengths > 0)
        # So many sequences of three words in a row.
        self.proof = np.where(self.found & (both > 0) & (both >= least * owns), both + 2, 0)
        self._firsts = _offsets(self.counts)

    def whole(self, share: float) -> Flags:
        """Whether enough for a copy of the whole text stands in the other; by pair."""
        found = np.bincount(self._pair[self.found], minlength=len(self.counts))
        least = np.minimum(self._rules.copies["least_sentences"], self.counts)
        enough: Flags = (self.counts > 0) & (found >= least) & (found / np.maximum(self.counts, 1) >= share)
        return enough

    def enough(self, share: float) -> Flags:
        """Whether that, or a sentence that proves a part; by pair."""
        proved = np.bincount(self._pair[self.proof >= self._rules.copies["part_words"]], minlength=len(self.counts))
        return self.whole(share) | (proved > 0)

    def shared(self, place: int, share: float) -> Shared:
        """The same of one pair."""
        mine = slice(self._firsts[place], self._firsts[place + 1])
        numbers = np.flatnonzero(self.found[mine])
        total, count = int(self.counts[place]), len(numbers)
        whole = total > 0 and count / total >= share and count >= min(self._rules.copies["least_sentences"], total)
        return Shared(tuple(numbers.tolist()), tuple(self.proof[mine][numbers].tolist()), whole)


def _offsets(counts: npt.NDArray[np.generic]) -> _Ints:
    found = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=found[1:])
    return found


def _flat(starts: _Ints, wanted: _Ints) -> tuple[_Ints, _Ints]:
    """(places, which of the wanted each belongs to) of what `starts` has for each of the wanted."""
    counts = starts[wanted + 1] - starts[wanted]
    which = np.repeat(np.arange(len(wanted)), counts)
    return np.arange(len(which)) + (starts[wanted] - _offsets(counts)[:-1])[which], which
