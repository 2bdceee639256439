"""Finds package data and user data, and reads CSV, YAML and TOML with the file and line in every complaint."""

import csv
import hashlib
import importlib.resources
import importlib.util
import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from reportedly.errors import ResourceError

_DATA = Path(str(importlib.resources.files("reportedly"))) / "data"


def data_path(relative: str) -> Path:
    """The path of a file that comes with the package, e.g. `languages/en/cues.csv`.

    Raises ResourceError when it is not there.
    """
    path = _DATA / relative
    if not path.exists():
        raise ResourceError(f"{relative}: not in the installed package ({_DATA}); install reportedly again")
    return path


def state_path(name: str) -> Path:
    """Where a file that setup builds (the gazetteer) lies: $REPORTEDLY_HOME, or the installed package's data folder."""
    home = os.environ.get("REPORTEDLY_HOME")
    return (Path(home) if home else _DATA) / name


def model_folder(language: str) -> Path | None:
    """The folder of a language's installed model package (`reportedly-en` is the module `reportedly_en`), or None."""
    spec = importlib.util.find_spec(f"reportedly_{language}") if language.isidentifier() else None
    return Path(spec.origin).parent if spec is not None and spec.origin is not None else None


def read_csv(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a UTF-8 CSV file as (line number, values by column), blank lines and lines that start with # left out.

    A byte order mark, as spreadsheets write it, is passed over.
    Raises ResourceError with file and line when the header is not exactly `columns` or a row has another width.
    """
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(handle)
        header = next(reader, [])
        if tuple(header) != columns:
            raise ResourceError(f"{path}:1: the header is {','.join(header)}; it must be {','.join(columns)}")
        for row in reader:
            if not row or row[0].startswith("#"):
                continue
            if len(row) != len(columns):
                raise ResourceError(f"{path}:{reader.line_num}: {len(row)} values for {len(columns)} columns: {row}")
            yield reader.line_num, dict(zip(columns, (cell.strip() for cell in row), strict=True))


def read_yaml(path: Path) -> Any:
    """The content of a YAML file. Raises ResourceError with file and line when it does not parse."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ResourceError(f"{path}: {error}") from error


def read_toml(path: Path) -> Mapping[str, Any]:
    """The content of a TOML file. Raises ResourceError with file and line when it does not parse or is not there."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ResourceError(f"{path}: no such file") from error
    except tomllib.TOMLDecodeError as error:
        raise ResourceError(f"{path}: {error}") from error


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file as hex."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
