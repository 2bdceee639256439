"""Loads the set: each `<name>.txt` with its `<name>.gold.json`. Every string in the gold stands in the text, exactly.

A reference to words is the string itself where it occurs once, else `{"text": …, "occurrence": n}` (the first is 1).
Where a list stands for one value, any of its members is right; None in it means that nothing is right too.
A key that a report of the gold lacks (`actors`, `place`, `dates` …) is not judged; an empty list or null says
that the text gives none. `optional` entries are neither required nor wrong.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
Extent = tuple[int, int]
Reference = str | Mapping[str, Any]
_WORD = re.compile(r"\w+")
_ARTICLES = frozenset({"the", "a", "an", "s"})


class GoldError(Exception):
    """The gold file does not fit its text."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One article of the set: its text and what a careful reader finds in it."""

    name: str
    path: Path
    text: str
    notes: Mapping[str, Any]

    @property
    def day(self) -> dt.date:
        """The day of publication."""
        return dt.date.fromisoformat(self.notes["published"])

    def locate(self, reference: Reference) -> Extent:
        """Where the words stand. Raises GoldError when they do not, or it is not said which of several is meant."""
        words = reference if isinstance(reference, str) else reference["text"]
        found = [match.start() for match in re.finditer(f"(?={re.escape(words)})", self.text)]
        if isinstance(reference, str):
            if len(found) != 1:
                raise GoldError(f"{self.name}: {words!r} occurs {len(found)} times: say which")
            start = found[0]
        else:
            if not 1 <= reference["occurrence"] <= len(found):
                raise GoldError(f"{self.name}: {words!r} occurs {len(found)} times, not {reference['occurrence']}")
            start = found[reference["occurrence"] - 1]
        return start, start + len(words)

    def references(self) -> Iterator[Reference]:
        """All that must stand in the text."""
        for statement in self.notes["statements"]:
            yield from [statement["source"]] if statement["source"] else []
            yield from statement["cue"]
            yield from statement["content"]
        for part in ("positions", "reports"):
            yield from (entry["trigger"] for entry in self.notes[part])
        yield from (time["text"] for time in self.notes["times"])
        yield from self.notes["skipped"]


def load(folder: Path = FOLDER) -> list[Gold]:
    """The set, in the order of the names. Raises GoldError when a text or a gold file is missing."""
    texts = {path.stem: path for path in sorted(folder.glob("*.txt"))}
    golds = {path.name.removesuffix(".gold.json"): path for path in sorted(folder.glob("*.gold.json"))}
    if texts.keys() != golds.keys() or not texts:
        raise GoldError(f"texts and gold files in {folder} do not pair: {sorted(texts.keys() ^ golds.keys())}")
    return [
        Gold(name, path, path.read_bytes().decode("utf-8"), json.loads(golds[name].read_text(encoding="utf-8")))
        for name, path in texts.items()
    ]


def options(value: Any) -> list[Any]:
    """The right values: the members of a list, or the value alone."""
    return value if isinstance(value, list) else [value]


def words_of(text: str) -> set[str]:
    """Words for comparing names: no case, no articles, no plural s."""
    return {w.removesuffix("s") if len(w) > 3 else w for w in _WORD.findall(text.casefold())} - _ARTICLES


def names_one(right: str, *given: str | None) -> bool:
    """Whether one of the given forms holds all words of the right name."""
    wanted = words_of(right)
    return any(wanted <= words_of(form) for form in given if form)
