"""Numbers that say how a word stands to a cue: what the role head knows besides the words themselves."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

_EDGES = np.array([0, 1, 2, 3, 4, 6, 9, 13, 19, 28, 40, 60, 90, 140])
DISTANCES = 2 * len(_EDGES) + 1


def distances(first: int, stop: int, low: int, high: int) -> NDArray[np.int64]:
    """A bucket for each word of `low:high`: how far before or behind the cue `first:stop` it stands (0: in it)."""
    at = np.arange(low, high)
    before = np.searchsorted(_EDGES, np.maximum(first - at, 0), side="left")
    behind = np.searchsorted(_EDGES, np.maximum(at - stop + 1, 0), side="left")
    return np.where(at < first, before, np.where(at >= stop, len(_EDGES) + behind, 0))


def numbered(labels: Sequence[str], numbers: Mapping[str, int]) -> NDArray[np.int64]:
    """The labels' numbers; 0 for none and for the unknown."""
    return np.array([numbers.get(label, 0) for label in labels], dtype=np.int64)
