"""One article of the set with its gold and its reading, and the counts that all parts fill."""

import collections
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.own.gold import Extent, Gold


@dataclass
class Tally:
    """Counts for precision and recall; for a plain share `found` and `gold` are the same."""

    matched_found: int = 0
    found: int = 0
    matched_gold: int = 0
    gold: int = 0

    def share(self, right: bool) -> bool:
        """Counts one judged item."""
        self.gold += 1
        self.found += 1
        self.matched_gold += right
        self.matched_found += right
        return right


@dataclass
class Marks:
    """Tallies by figure, and what went wrong: (part, article, words)."""

    tallies: dict[str, Tally] = field(default_factory=lambda: collections.defaultdict(Tally))
    misses: list[tuple[str, str, str]] = field(default_factory=list)

    def miss(self, part: str, gold: Gold, words: str) -> None:
        """Keeps one error for the list of `--errors`."""
        self.misses.append((part, gold.name, " ".join(words.split())))


@dataclass(frozen=True)
class Case:
    """One article with its gold and its reading; only what stands below the headline."""

    gold: Gold
    reading: Any
    body: int

    @property
    def statements(self) -> list[Any]:
        """The system's statements, the narrator's left out."""
        inside = [
            (s, [*(c.start for c in s.content), *([s.cue.start] if s.cue else [])]) for s in self.reading.statements
        ]
        return [s for s, starts in inside if not s.is_narrator and starts and min(starts) >= self.body]

    @property
    def reports(self) -> list[Any]:
        """The system's reports."""
        return [r for r in self.reading.reports if r.trigger.start >= self.body]


def overlap(a: Extent | None, b: Extent | None) -> bool:
    """Whether two spans share a character."""
    return a is not None and b is not None and a[0] < b[1] and b[0] < a[1]


def extent(span: Any) -> Extent | None:
    """A record's offsets."""
    return None if span is None or span.start is None else (span.start, span.end)


def touches(span: Extent | None, others: Iterable[Extent | None]) -> bool:
    """Whether a span shares a character with one of the others."""
    return any(overlap(span, other) for other in others)


def context(text: str, at: Extent) -> str:
    """The words with a little of what stands around them."""
    return f"{text[max(0, at[0] - 30) : at[0]]}[{text[at[0] : at[1]][:70]}]{text[at[1] : at[1] + 30]}"
