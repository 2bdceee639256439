"""Runs the package's graphs: the only module that knows onnxruntime."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from reportedly.errors import ResourceError, SettingsError

CPU = "CPUExecutionProvider"


class Embeddings:
    """The word pieces' vectors, which all graphs share: int8 rows with a scale each."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as stored:
            self._table: NDArray[np.int8] = stored["table"]
            self._scale: NDArray[np.float32] = stored["scale"]

    def __call__(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """(T,) piece numbers -> (T, width)."""
        vectors: NDArray[np.float32] = self._table[ids].astype(np.float32) * self._scale[ids]
        return vectors


class Graph:
    """One ONNX graph on one core.

    Texts are packed into windows and each window runs by itself: the activations' int8 scales are taken over all that
    runs together, so that neighbours in a batch would change a text's result.

    Raises SettingsError for an execution provider that the installed onnxruntime lacks, ResourceError for a bad file.
    """

    def __init__(self, path: Path, provider: str = CPU) -> None:
        known = onnxruntime.get_available_providers()
        if provider not in known:
            raise SettingsError(f"provider = {provider!r}: the installed onnxruntime has {', '.join(known)}")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        chosen = [provider] if provider == CPU else [provider, CPU]
        try:
            self._session = onnxruntime.InferenceSession(str(path), options, providers=chosen)
        except Exception as error:  # onnxruntime's own exceptions share no base class
            raise ResourceError(f"{path}: onnxruntime cannot load it: {error}") from error

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> list[NDArray[np.float32]]:
        """The outputs in the graph's order."""
        outputs: list[NDArray[np.float32]] = self._session.run(None, dict(inputs))
        return outputs
