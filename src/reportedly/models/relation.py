"""The relation model: the event type of what one span of a sentence does to another, or that there is none."""

from collections.abc import Mapping

import numpy as np
from tokenizers import Tokenizer

from reportedly.models.decoding import log_softmax
from reportedly.models.inputs import Inputs, Marks
from reportedly.models.package import Package
from reportedly.models.runtime import CPU, Embeddings, Graph
from reportedly.models.windows import Words

NONE = "NONE"


class RelationModel:
    """Types pairs with the package's second graph. Loads once."""

    def __init__(self, package: Package, embed: Embeddings, tokenizer: Tokenizer, provider: str = CPU) -> None:
        told = package.manifest["relation"]
        self._graph = Graph(package.path("relation.onnx"), provider)
        self._embed = embed
        self._inputs = Inputs(tokenizer, Marks(told["columns"]), told["limit"])
        self._labels: tuple[str, ...] = tuple(told["labels"])
        self._temperature = float(told["temperature"])

    def shares(self, words: Words, at: tuple[int, int]) -> Mapping[str, float]:
        """The calibrated share of each event type and of NONE, together 1; `at` are the words where the spans begin."""
        row = self._inputs.rows(words)[0]
        places = row.at[np.minimum(at, len(row.at) - 1)]
        (scores,) = self._graph.run({"embedded": self._embed(row.ids), "marks": row.marks, "at": places})
        shares = np.exp(log_softmax(scores / self._temperature))
        return dict(zip(self._labels, shares.tolist(), strict=True))
