"""Finds the development data. It is not part of the repository: a task whose data is absent says so and is skipped."""

import json
import os
from pathlib import Path
from typing import Any

ROOT = Path(os.environ.get("REPORTEDLY_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))


class DataAbsentError(Exception):
    """The set is not on this machine."""


def path(relative: str) -> Path:
    """The path of a development set. Raises DataAbsentError."""
    found = ROOT / relative
    if not found.exists():
        raise DataAbsentError(f"{relative} is not under {ROOT} (set REPORTEDLY_DATA)")
    return found


def lines(relative: str) -> list[dict[str, Any]]:
    """The objects of a JSON lines file. Raises DataAbsentError."""
    with path(relative).open(encoding="utf-8", newline="\n") as handle:
        return [json.loads(line) for line in handle]
