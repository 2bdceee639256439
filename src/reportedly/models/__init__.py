"""The learned parts: onnxruntime, word pieces and numpy; what a text means stays with the extractors."""

from reportedly.models.loading import Models, load_models
from reportedly.models.package import Package, find_package
from reportedly.models.reading import Asked, Read, ReadingModel, Roles
from reportedly.models.relation import NONE, RelationModel
from reportedly.models.stance import SURE
from reportedly.models.windows import Words

__all__ = [
    "NONE",
    "SURE",
    "Asked",
    "Models",
    "Package",
    "Read",
    "ReadingModel",
    "RelationModel",
    "Roles",
    "Words",
    "find_package",
    "load_models",
]
