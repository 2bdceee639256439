"""Which articles to compare: those that share enough of what they are about, near enough in time.

An article is compared with the most alike of those before it (by day of publication, then by id), so that one that
comes later changes nothing among the earlier ones.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from reportedly.linking.columns import Columns, Ints
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
    if not names:
        none = np.empty(0, dtype=np.int64)
        return Near(none, none, np.empty(0, dtype=np.float32))
    order = np.array(sorted(range(len(names)), key=lambda n: (days[n], names[n])), dtype=np.int64)
    terms, keys, when = columns.terms[order], columns.keys[order], days[order]
    undated = int(np.searchsorted(when, 1))
    window, least = rules.context["window"], rules.context["least"]
    found: list[tuple[Ints, Ints, NDArray[np.float32]]] = []
    for first in range(0, len(names), _PIECE):
        stop = min(first + _PIECE, len(names))
        begin = max(undated, int(np.searchsorted(when, when[max(first, min(undated, stop - 1))] - window)))
        ranges = ((low, high) for low, high in ((0, min(undated, stop)), (begin, stop)) if low < high)
        parts = [_in_window(_between((terms, keys), (first, stop), part, least), when, window) for part in ranges]
        later, earlier, shared = (np.concatenate(column) for column in zip(*parts, strict=True))
        # Chosen piece by piece: all that share enough would not fit into memory for a large ledger.
        chosen = _most_alike(later, earlier, shared, int(rules.context["most"]))
        found.append((later[chosen], earlier[chosen], shared[chosen]))
    later, earlier, shared = (np.concatenate(column) for column in zip(*found, strict=True))
    return Near(order[later], order[earlier], shared)


Pairs = tuple[Ints, Ints, NDArray[np.float32]]


def _between(
    matrices: tuple[sparse.csr_matrix, sparse.csr_matrix], rows: tuple[int, int], columns: tuple[int, int], least: float
) -> Pairs:
    """Pairs of one of the rows and an earlier one of the columns that share at least `least`, and a key."""
    product, meeting = (matrix[slice(*rows)] @ matrix[slice(*columns)].T for matrix in matrices)
    product.data[product.data < least] = 0
    meeting.data[:] = 1
    product = product.multiply(meeting).tocoo()
    later, earlier = product.row.astype(np.int64) + rows[0], product.col.astype(np.int64) + columns[0]
    kept = (earlier < later) & (product.data > 0)
    return later[kept], earlier[kept], product.data[kept].astype(np.float32)


def _in_window(pairs: Pairs, when: Ints, window: int) -> Pairs:
    later, earlier, shared = pairs
    kept = (when[later] == 0) | (when[earlier] == 0) | (when[later] - when[earlier] <= window)
    return later[kept], earlier[kept], shared[kept]


def _most_alike(later: Ints, earlier: Ints, shared: NDArray[np.float32], most: int) -> Ints:
    """The places of each later one's most alike pairs, at most so many."""
    order = np.lexsort((earlier, -shared, later))
    groups = later[order]
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]]) if len(groups) else np.empty(0, dtype=np.int64)
    rank = np.arange(len(groups)) - np.repeat(starts, np.diff(np.r_[starts, len(groups)]))
    return np.sort(order[rank < most])
