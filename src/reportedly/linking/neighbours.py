"""Which articles to compare: those that share enough of what they are about, near enough in time.

An article is compared with the most alike of those before it (by day of publication, then by id), so that one that
comes later changes nothing among the earlier ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from reportedly.linking.rules import Rules
from reportedly.linking.terms import Terms

Numbers = NDArray[np.int64]
_PIECE = 512


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """Pairs of articles, by their places in the lists given: the later one, the earlier one, and what they share."""

    later: Numbers
    earlier: Numbers
    shared: NDArray[np.float32]


def find_near(days: Sequence[int | None], terms: Sequence[Terms], ids: Sequence[str], rules: Rules) -> Near:
    """The pairs of articles to compare; `shared` is the cosine of their terms, at least `least` of the rules. They share
    one of the `keys` weightiest terms.

    Articles without a day are near all others in time, and come before them.
    """
    if not ids:
        return Near(*(np.empty(0, dtype=kind) for kind in (np.int64, np.int64, np.float32)))
    order = sorted(range(len(ids)), key=lambda n: (days[n] or 0, ids[n]))
    matrix = _matrix([terms[n] for n in order])
    keys = _matrix([terms[n][: rules.context["keys"]] for n in order])
    when = np.array([days[n] or 0 for n in order], dtype=np.int64)
    undated = int(np.searchsorted(when, 1))
    window, least, most = rules.context["window"], rules.context["least"], rules.context["most"]
    found: list[tuple[Numbers, Numbers, NDArray[np.float32]]] = []
    for first in range(0, len(ids), _PIECE):
        stop = min(first + _PIECE, len(ids))
        begin = int(np.searchsorted(when, when[first] - window)) if when[first] else 0
        ranges = [(0, min(undated, stop)), (max(begin, undated), stop)] if when[first] else [(0, stop)]
        for low, high in ranges:
            if low < high:
                found.append(_between(matrix, keys, first, stop, low, high, least))
    later, earlier, shared = (np.concatenate(part) for part in zip(*found, strict=True))
    dated = (when[later] > 0) & (when[earlier] > 0)
    kept = ~dated | (when[later] - when[earlier] <= window)
    later, earlier, shared = later[kept], earlier[kept], shared[kept]
    chosen = _most_alike(later, earlier, shared, int(most))
    places = np.array(order, dtype=np.int64)
    return Near(places[later[chosen]], places[earlier[chosen]], shared[chosen])


def _matrix(terms: Sequence[Terms]) -> sparse.csr_matrix:
    numbers = np.fromiter((term for row in terms for term, _ in row), dtype=np.int64)
    weights = np.fromiter((weight for row in terms for _, weight in row), dtype=np.float32)
    _, columns = np.unique(numbers, return_inverse=True)
    ends = np.cumsum([0, *(len(row) for row in terms)])
    shape = (len(terms), int(columns.max()) + 1 if len(columns) else 1)
    return sparse.csr_matrix((weights, columns, ends), shape=shape)


def _between(
    matrix: sparse.csr_matrix, keys: sparse.csr_matrix, first: int, stop: int, low: int, high: int, least: float
) -> tuple[Numbers, Numbers, NDArray[np.float32]]:
    """Pairs of a row of `first:stop` and an earlier one of `low:high` that share at least `least`."""
    product = matrix[first:stop] @ matrix[low:high].T
    product.data[product.data < least] = 0
    meeting = keys[first:stop] @ keys[low:high].T
    meeting.data[:] = 1
    product = product.multiply(meeting).tocoo()
    rows, columns = product.row.astype(np.int64) + first, product.col.astype(np.int64) + low
    kept = (columns < rows) & (product.data > 0)
    return rows[kept], columns[kept], product.data[kept].astype(np.float32)


def _most_alike(later: Numbers, earlier: Numbers, shared: NDArray[np.float32], most: int) -> Numbers:
    """The places of each later one's most alike pairs, at most so many."""
    order = np.lexsort((earlier, -shared, later))
    groups = later[order]
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]]) if len(groups) else np.empty(0, dtype=np.int64)
    rank = np.arange(len(groups)) - np.repeat(starts, np.diff(np.r_[starts, len(groups)]))
    return np.sort(order[rank < most])
