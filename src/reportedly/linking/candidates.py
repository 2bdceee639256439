"""Which texts are compared with each other: those that share a rare key, or several common ones."""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reportedly.linking.rules import Rules
from reportedly.linking.sketches import Hashes

__all__ = ["Candidates", "Pairs", "candidates"]

Pairs = npt.NDArray[np.int64]

_AT_ONCE = 4_000_000  # pairs made before those that are there already are dropped


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Pairs of texts as rows (first, later), each once; and of each key that is common the first texts that have it."""

    pairs: Pairs
    first: Mapping[int, Sequence[int]]


def candidates(keys: Sequence[Hashes], rules: Rules) -> Candidates:
    """The texts that share a key, by number. `keys` stand in the order of publication.

    A key that many share pairs each only with the first few that have it, and only where the two share more such keys
    than one sentence gives: those few include the original of a text that was printed a thousand times, while the
    standing lines of an outlet need not be compared a million times.
    """
    sizes = [len(found) for found in keys]
    if not sum(sizes):
        return Candidates(np.empty((0, 2), np.int64), {})
    owner = np.repeat(np.arange(len(keys), dtype=np.int32), sizes)
    joined = np.concatenate(keys)
    order = np.argsort(joined, kind="stable")
    joined, owner = joined[order], owner[order]
    starts = np.flatnonzero(np.concatenate(([True], joined[1:] != joined[:-1])))
    counts = np.diff(np.append(starts, len(joined)))
    whole, near, marks = (int(rules.copies[name]) for name in ("whole", "near", "marks"))
    often, times = starts[counts > whole], counts[counts > whole]
    heads = {
        int(joined[start]): owner[start : start + min(near, count)].tolist()
        for start, count in zip(often, times, strict=True)
    }
    found: list[Pairs] = []
    held = 0
    for first, later in itertools.chain(_rare(owner, starts, counts, whole), _common(owner, often, times, near, marks)):
        found.append(first.astype(np.int64) * len(keys) + later)
        held += len(later)
        if held > _AT_ONCE:
            found = [np.unique(np.concatenate(found))]
            held = 0
    codes = np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)
    return Candidates(np.stack(np.divmod(codes, len(keys)), axis=1), heads)


_Texts = npt.NDArray[np.int32]


def _rare(
    owner: _Texts, starts: npt.NDArray[np.int64], counts: npt.NDArray[np.int64], whole: int
) -> Iterator[tuple[_Texts, _Texts]]:
    """All pairs of texts with a key that up to `whole` have, the keys taken together by size."""
    for size in range(2, whole + 1):
        first = starts[counts == size]
        if not len(first):
            continue
        left, right = np.triu_indices(size, 1)
        step = max(1, _AT_ONCE // len(left))
        for at in range(0, len(first), step):
            members = owner[first[at : at + step, None] + np.arange(size)]
            yield members[:, left].ravel(), members[:, right].ravel()


def _common(
    owner: _Texts, starts: npt.NDArray[np.int64], counts: npt.NDArray[np.int64], near: int, marks: int
) -> Iterator[tuple[_Texts, _Texts]]:
    """The pairs of the first `near` with a key and all others, where that is so of more than `marks` keys."""
    later: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for start, count in zip(starts.tolist(), counts.tolist(), strict=True):
        for place in range(start, start + min(near, count)):
            later[int(owner[place])].append((place + 1, start + count))
    for first, groups in later.items():
        if len(groups) > marks:
            others, times = np.unique(np.concatenate([owner[a:b] for a, b in groups]), return_counts=True)
            kept = others[times > marks]
            yield np.full(len(kept), first, np.int32), kept
