"""The model that weighs what two reports share, and what weighing gives.

It is a file in Splink's own format, data/linking/model.json: for each comparison its levels as SQL, with the shares
among pairs of one happening and of two (m and u). It is made by training/linking.py.
"""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportedly.errors import ResourceError
from reportedly.resources import data_path

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Pairs of reports by their rows, each with its score from 0 to 1 and what each comparison of the model says for it
    (below 0: against it) in bits."""

    left: Ints
    right: Ints
    score: Floats
    weights: Floats


@functools.cache
def load_model() -> Mapping[str, Any]:
    """The model's settings, in Splink's format. Raises ResourceError where it is none."""
    path = data_path("linking/model.json")
    try:
        model: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        names = [comparison["output_column_name"] for comparison in model["comparisons"]]
    except (ValueError, KeyError) as error:
        raise ResourceError(f"{path}: no model of Splink: {error!r}") from error
    if len(set(names)) != len(names):
        raise ResourceError(f"{path}: two comparisons have one name: {names}")
    return model


def comparisons(model: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the comparisons, in the order of `Scored.weights`."""
    return tuple(comparison["output_column_name"] for comparison in model["comparisons"])
