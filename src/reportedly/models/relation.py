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
        self.columns = tuple(told["columns"])
        self.labels: tuple[str, ...] = tuple(told["labels"])
        self._inputs = Inputs(tokenizer, Marks(told["columns"]), told["limit"])
        self._temperature = float(told["temperature"])

    def shares(self, words: Words, at: tuple[int, int]) -> Mapping[str, float] | None:
        """The calibrated share of each event type and of NONE, together 1; `at` are the words where the spans begin.

        None where the two do not fit in one window.
        """
        row = self._inputs.rows(words)[0]
        if max(at) >= len(row.at):
            return None
        places = row.at[list(at)]
        (scores,) = self._graph.run({"embedded": self._embed(row.ids), "marks": row.marks, "at": places})
        shares = np.exp(log_softmax(scores / self._temperature))
        return dict(zip(self.labels, shares.tolist(), strict=True))
