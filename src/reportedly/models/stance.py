"""The stance heads: small linear ones on the reading encoder's early states.

One says how each word looks as the cue of a position (denies, declines …, none of them); the other which stance a cue,
its content and its sentence together make.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from reportedly.models.package import Package
from reportedly.models.products import product

Floats = NDArray[np.float32]
Extent = tuple[int, int]

# The share from which a stance other than asserting is taken for the source's: of .5 to .9 the one with the highest
# mean F1 on our own sentences (benchmarks/stances.py); the curve is flat.
SURE = 0.6


class StanceHeads:
    """The heads of a package. `labels` are the stances in the heads' order; the first one is asserting."""

    def __init__(self, package: Package) -> None:
        told = package.manifest["stances"]
        self.labels: tuple[str, ...] = tuple(told["labels"])
        with np.load(package.path("stances.npz")) as stored:
            self._heads: dict[str, Floats] = {name: stored[name] for name in stored.files}

    def words(self, early: Floats) -> Floats:
        """(W, 1152) states -> (W, labels) shares; asserting stands for every word that is no cue of a position."""
        return _shares(product(early, self._heads["word"]) + self._heads["word_bias"])

    def kinds(self, pooled: Floats) -> Mapping[str, float]:
        """The share of each stance, together 1, for what `pooled` gives."""
        shares = _shares(product(pooled[None], self._heads["kind"])[0] + self._heads["kind_bias"])
        return dict(zip(self.labels, shares.tolist(), strict=True))


def pooled(early: Floats, sentence: Extent, cue: Extent | None, content: Sequence[Extent]) -> Floats:
    """(3456,) means of the states of a sentence, of a cue and of what it is on; noughts where there is none."""
    blank = np.zeros(early.shape[1], dtype=np.float32)

    def mean(spans: Sequence[Extent]) -> Floats:
        rows = [early[max(a, 0) : b] for a, b in spans if b > max(a, 0)]
        found = np.concatenate(rows) if rows else blank[None]
        average: Floats = found.mean(0) if len(found) else blank
        return average

    return np.concatenate([mean([sentence]), mean([cue] if cue else []), mean(content)])


def _shares(scores: Floats) -> Floats:
    exact = np.exp(scores - scores.max(-1, keepdims=True))
    shares: Floats = exact / exact.sum(-1, keepdims=True)
    return shares
