"""A model package (`reportedly-en`): where it lies, what it holds, and whether it is whole."""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportedly.errors import ResourceError
from reportedly.resources import model_folder, sha256_of

SCHEMA = 1
_REMEDY = "run `make setup`, or pip install models/en"


@dataclass(frozen=True, slots=True)
class Package:
    """An installed model package: its folder and manifest. `digest` stands for all its files."""

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """The first twelve hex digits of the SHA-256 of the manifest, which holds those of all files."""
        return sha256_of(self.folder / "manifest.json")[:12]

    @property
    def label(self) -> str:
        """Name, version and digest, as a run records them."""
        return f"{self.manifest['name']} {self.manifest['version']} ({self.digest})"

    def path(self, name: str) -> Path:
        """A file of the package."""
        return self.folder / name

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(int(entry["bytes"]) for entry in self.manifest["files"].values())


@functools.lru_cache(maxsize=8)
def find_package(language: str) -> Package | None:
    """The model package of a language; None where none is installed.

    Every file is checked against the manifest once a process. Raises ResourceError when one is missing or damaged, or
    the package was made for another version of reportedly.
    """
    folder = model_folder(language)
    if folder is None:
        return None
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ResourceError(f"{folder / 'manifest.json'}: cannot be read ({error}); {_REMEDY}") from error
    if manifest.get("schema") != SCHEMA:
        raise ResourceError(f"{folder}: model package of schema {manifest.get('schema')}, not {SCHEMA}; {_REMEDY}")
    if not manifest.get("files"):
        raise ResourceError(f"{folder / 'manifest.json'}: names no files, so none could be checked; {_REMEDY}")
    for name, entry in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            raise ResourceError(f"{path}: missing from the model package; {_REMEDY}")
        if sha256_of(path) != entry["sha256"]:
            raise ResourceError(f"{path}: damaged (its SHA-256 is not the manifest's); {_REMEDY}")
    return Package(folder, manifest)
