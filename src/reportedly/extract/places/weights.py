"""The learned numbers of places: data/places/weights.json, written by training/places.py."""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass

from reportedly.errors import ResourceError
from reportedly.resources import data_path


@dataclass(frozen=True, slots=True)
class Weights:
    """`alone`, `finding`: of a name by itself, and with the article's others; `ranking`: of a sense.

    `calibration` (`slope`, `offset`): of how sure a share is.
    """

    alone: Mapping[str, float]
    finding: Mapping[str, float]
    ranking: Mapping[str, float]
    calibration: Mapping[str, float]


@functools.lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The weights. Raises ResourceError when the file is damaged or a part is missing."""
    path = data_path("places/weights.json")
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return Weights(*({str(k): float(v) for k, v in table[part].items()} for part in Weights.__slots__))
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise ResourceError(f"{path}: {error!r}; it is written by `python -m training.places`") from error
