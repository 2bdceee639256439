"""Matrix products on one core."""

import numpy as np
from numpy.typing import NDArray

# OpenBLAS starts threads from this many multiplications on; for the small heads here they cost more than they save,
# and where processes read side by side they fight for the cores.
_MOST = 200_000


def product(left: NDArray[np.float32], right: NDArray[np.float32]) -> NDArray[np.float32]:
    """(…, n) times (n, m), computed in pieces too small for threads."""
    rows = left.reshape(-1, left.shape[-1])
    step = max(1, _MOST // right.size)
    found = np.empty((len(rows), right.shape[1]), dtype=np.float32)
    for first in range(0, len(rows), step):
        np.matmul(rows[first : first + step], right, out=found[first : first + step])
    return found.reshape(*left.shape[:-1], right.shape[1])
