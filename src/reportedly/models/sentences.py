"""Vectors of sentences, for comparing what two articles say: the encoder's early states, averaged and whitened."""

import base64

import numpy as np
from numpy.typing import NDArray

from reportedly.models.package import Package

Floats = NDArray[np.float32]
STATES, VECTOR = 384, 64


class SentenceHead:
    """The head of a package."""

    def __init__(self, package: Package) -> None:
        with np.load(package.path("sentences.npz")) as stored:
            self._mean = stored["mean"].astype(np.float32)
            self._projection = stored["projection"].astype(np.float32)

    def vector(self, mean: Floats) -> str:
        """A sentence's vector as base 64 of VECTOR bytes: numbers from -127 to 127, in 127ths of a vector of length 1;
        `mean` (STATES,) is the mean of its words' early states."""
        found = (mean - self._mean) @ self._projection
        length = float(np.linalg.norm(found)) or 1.0
        numbers = np.clip(np.rint(found / length * 127), -127, 127).astype(np.int8)
        return base64.b64encode(numbers.tobytes()).decode("ascii")
