"""Loads a package's models, which share the word pieces and their vectors."""

from dataclasses import dataclass

from tokenizers import Tokenizer

from reportedly.errors import ResourceError
from reportedly.models.package import Package
from reportedly.models.reading import ReadingModel
from reportedly.models.relation import RelationModel
from reportedly.models.runtime import CPU, Embeddings


@dataclass(frozen=True, slots=True)
class Models:
    """The learned parts of one language."""

    package: Package
    reading: ReadingModel
    relation: RelationModel


def load_models(package: Package, provider: str = CPU) -> Models:
    """The models of a package. Raises ResourceError for a bad file, SettingsError for an unknown provider."""
    try:
        embed = Embeddings(package.path("embeddings.npz"))
        tokenizer = Tokenizer.from_file(str(package.path("tokenizer.json")))
        return Models(
            package,
            ReadingModel(package, embed, tokenizer, provider),
            RelationModel(package, embed, tokenizer, provider),
        )
    except (OSError, ValueError, KeyError) as error:
        raise ResourceError(f"{package.folder}: a model file cannot be used ({error}); run `make setup`") from error
