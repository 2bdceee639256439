"""Which articles to compare: those that share enough of what they are about, near enough in time.

An article is compared with the most alike of those before it (by day of publication, then by id), so that one that
comes later changes nothing among the earlier ones.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from reportedly.linking.averages import Ints
from reportedly.linking.columns import Columns
from reportedly.linking.rules import Rules

_PIECE = 512


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """Pairs of articles, by their places: the later one, the earlier one, and what they share."""

    later: Ints
    earlier: Ints
    shared: NDArray[np.float32]


def find_near(columns: Columns, rules: Rules) -> Near:
    """The pairs of articles to compare; `shared` is the cosine of their terms, at least `least` of the rules. They have
    one of their `keys` weightiest terms in common.

    Articles without a day are near all others in time, and come before them.
    """
    names, days = columns.names, columns.days
    order = np.array(sorted(range(len(names)), key=lambda n: (days[n], names[n])), dtype=np.int64)
    search = _Search(columns.terms[order], columns.keys[order], days[order], rules)
    pieces = ((first, min(first + _PIECE, len(names))) for first in range(0, len(names), _PIECE))
    later, earlier, shared = _joined([search.before(*piece) for piece in pieces])
    return Near(order[later], order[earlier], shared)


# Later ones, earlier ones, what they share.
_Pairs = tuple[Ints, Ints, NDArray[np.float32]]
_NOTHING: _Pairs = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32))


def _joined(parts: Sequence[_Pairs]) -> _Pairs:
    later, earlier, shared = (np.concatenate(column) for column in zip(_NOTHING, *parts, strict=True))
    return later, earlier, shared


class _Search:
    """Looks for the most alike among articles in order of their days, those without a day (0) first."""

    def __init__(self, terms: sparse.csr_matrix, keys: sparse.csr_matrix, days: Ints, rules: Rules) -> None:
        self._terms, self._keys, self._days = terms, keys, days
        self._undated = int(np.searchsorted(days, 1))
        self._window, self._least = rules.context["window"], np.float32(rules.context["least"])
        self._most = int(rules.context["most"])

    def before(self, first: int, stop: int) -> _Pairs:
        """The most alike before each of these rows, by row."""
        oldest = self._days[min(max(first, self._undated), stop - 1)]
        begin = max(self._undated, int(np.searchsorted(self._days, oldest - self._window)))
        ranges = ((0, min(self._undated, stop)), (begin, stop))
        parts = [self._alike((first, stop), part) for part in ranges if part[0] < part[1]]
        later, earlier, shared = _joined(parts)
        found: list[_Pairs] = []
        # Of the most alike nearly all have a key in common: it is asked of as many as it takes only.
        taken = 2 * self._most
        while len(later):
            some = _first(later, shared, taken)
            meeting = some[self._meet(later[some], earlier[some])]
            meeting = meeting[np.lexsort((earlier[meeting], -shared[meeting], later[meeting]))]
            meeting = meeting[_rank(later[meeting]) < self._most]
            sizes, kept = (np.bincount(rows - first, minlength=stop - first) for rows in (later, later[meeting]))
            done = (sizes <= taken) | (kept == self._most)
            meeting = meeting[done[later[meeting] - first]]
            found.append((later[meeting], earlier[meeting], shared[meeting]))
            left = ~done[later - first]
            later, earlier, shared = later[left], earlier[left], shared[left]
            taken *= 4
        return _joined(found)

    def _alike(self, rows: tuple[int, int], columns: tuple[int, int]) -> _Pairs:
        """Pairs of one of the rows and an earlier one of the columns, near in time, that share enough."""
        product = self._terms[slice(*rows)] @ self._terms[slice(*columns)].T
        kept = np.flatnonzero(product.data >= self._least)
        later = np.repeat(np.arange(*rows), np.diff(product.indptr))[kept]
        earlier = product.indices[kept].astype(np.int64) + columns[0]
        days = self._days
        near = (days[earlier] == 0) | (days[later] - days[earlier] <= self._window)
        near &= earlier < later
        return later[near], earlier[near], product.data[kept[near]]

    def _meet(self, later: Ints, earlier: Ints) -> NDArray[np.bool_]:
        """Whether the two of each pair have a key in common."""
        common: NDArray[np.bool_] = self._keys[later].multiply(self._keys[earlier]).getnnz(axis=1) > 0
        return common


def _first(groups: Ints, values: NDArray[np.float32], most: int) -> Ints:
    """The places of the largest values of each group, so many and those that equal the last of them."""
    by = np.argsort(groups, kind="stable")
    bounds = np.flatnonzero(np.r_[True, np.diff(groups[by]) != 0, True])
    found = []
    for first, stop in itertools.pairwise(bounds.tolist()):
        places = by[first:stop]
        if len(places) > most:
            those = values[places]
            places = places[those >= np.partition(those, -most)[-most]]
        found.append(places)
    return np.concatenate(found)


def _rank(groups: Ints) -> Ints:
    """The place of each row in its group; equal ones stand together."""
    starts = np.flatnonzero(np.r_[True, np.diff(groups) != 0])
    return np.arange(len(groups)) - np.repeat(starts, np.diff(np.r_[starts, len(groups)]))
