"""Where an expression stands: publication, what was dated before it, which way its verb points; and its numbers."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from reportedly.extract.times import calendar
from reportedly.extract.times.calendar import FINENESS, Period
from reportedly.extract.times.words import Words

_TURN = 200  # days back after which a story's year has turned; chosen on the first half of WikiWars
_FAR = 270  # days

Tense = Literal["past", "future", "present"]
Kind = Literal["date", "duration", "set", "ref"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression comes to. Only dates anchor the expressions after them."""

    period: Period
    kind: Kind = "date"


@dataclass(slots=True)
class Scene:
    """The context in which a text's expressions are resolved, one after the other.

    `narrative`: the text tells of years gone by, so months without a year follow the last date, not publication.
    """

    words: Words
    published: dt.date | None
    narrative: bool = False
    tense: Callable[[], Tense | None] = lambda: None
    trail: list[Period] = field(default_factory=list)
    story: Period | None = None  # the last date of the story's own course, without glances at other times
    topic: Period | None = None  # the last quarter that was named, not counted back from another
    era: str | None = None

    @property
    def anchor(self) -> Period | None:
        """The last date that the text gave."""
        return self.trail[-1] if self.trail else None

    def anchor_for(self, unit: str) -> dt.date | None:
        """The day from which "two weeks later" counts: the last date at least as fine as the unit, else publication.

        None when a coarser date came in between that does not hold it: then the day is not known.
        """
        rank = FINENESS.get("week" if unit == "weekend" else unit, 1)
        coarse: Period | None = None
        for period in reversed(self.trail[-8:]):
            if period.first is None or period.last is None:
                return None
            if FINENESS[period.grain or "century"] <= max(rank, FINENESS["day"]):
                if coarse and coarse.first and coarse.last and not coarse.first <= period.first <= coarse.last:
                    return None
                return period.first
            coarse = coarse or period
        return None if coarse and self.narrative else self.published

    def choose(self, make: Callable[[int], Period], steady: bool = True) -> Period | None:
        """The right year for a date that comes round every year; `make` gives a year's or raises ValueError.

        The verb's tense decides; not `steady` (days, quarters), only up to nine months away: beyond, the nearer one
        is meant whatever the verb says ("was extended to Nov. 20").
        """
        last = self.anchor
        if last and last.first is None and (last.value or "").startswith("BC"):
            return _in_old_year(make(4), last.value or "")
        if self.narrative and self.story and self.story.first:
            return self._from_story(make, self.story.first)
        if (self.narrative or self.published is None) and last and last.first:
            return self._from_story(make, last.first)
        if self.published is None:
            return None
        tense, day = self.tense(), self.published
        found = [period for year in range(day.year - 4, day.year + 5) if (period := possible(make, year))]
        nearest = min(found, key=lambda period: abs((middle(period) - day).days), default=None)
        chosen: Period | None = None
        if tense == "past":
            chosen = max((p for p in found if p.first and p.first <= day), key=middle, default=None)
        elif tense == "future":
            chosen = min((p for p in found if p.last and p.last >= day), key=middle, default=None)
        # A quarter that is over stays the one that is over: what is reported of it comes late.
        far = 365 if chosen and chosen.grain == "quarter" and tense == "past" else _FAR
        if chosen and not steady and abs((middle(chosen) - day).days) > far:
            return nearest
        return chosen or nearest

    def tell(self, period: Period) -> None:
        """Goes on with the story; a mere year that the story stands in already says nothing new."""
        here = self.story
        if here and here.first and period.grain == "year" and period.first and here.first.year == period.first.year:
            return
        self.story = period

    def _from_story(self, make: Callable[[int], Period], last: dt.date) -> Period | None:
        """In a story the year stays, unless that would jump back by more than half of it: then it has turned."""
        same = possible(make, last.year)
        if same and same.last and (last - same.last).days > _TURN:
            return possible(make, last.year + 1)
        return same


def _in_old_year(sample: Period, old: str) -> Period | None:
    """A month or day of a year before Christ: `sample` is the same in a leap year of ours, `old` the last date."""
    if not old[2:6].isdigit():
        return None
    return Period(None, None, sample.grain, f"{old[:6]}{(sample.value or '')[4:]}")


def possible(make: Callable[[int], Period], year: int) -> Period | None:
    """`make(year)`, or None where the calendar has no such day."""
    try:
        return make(year)
    except ValueError:
        return None


def middle(period: Period) -> dt.date:
    """The middle day of a period with both ends."""
    assert period.first is not None
    assert period.last is not None
    return period.first + (period.last - period.first) / 2


@dataclass(frozen=True, slots=True)
class Parts:
    """The kept words of a match, with their meanings."""

    words: Words
    groups: Mapping[str, tuple[str, ...]]

    def __contains__(self, name: str) -> bool:
        return name in self.groups

    def get(self, name: str, *classes: str) -> Any:
        """The meaning of the group's word in the first of the classes (default: the group's own name) that has it."""
        if name not in self.groups:
            return None
        word = self.groups[name][0]
        for key in classes or (name,):
            if word in self.words.classes[key]:
                return self.words.classes[key][word]
        return None

    def day(self) -> int | None:
        """The day of the month: 5, 5th, fifth."""
        if "day" not in self.groups:
            return None
        word = self.groups["day"][0]
        digits = word.rstrip("stndrh")
        return int(digits) if digits.isdigit() else self.get("day", "ordinal")

    def month(self) -> int | None:
        """The month's number."""
        found: int | None = self.get("month", "month", "short", "doubtful")
        return found

    def year(self, name: str = "year") -> int | None:
        """The year, in digits or in words ("nineteen ninety-six", "two thousand")."""
        if name not in self.groups:
            return None
        words = [word.removeprefix("fy") for word in self.groups[name] if word not in ("-", "and")]
        if words[0].isdigit():
            return int(words[0])
        if words[0].lstrip("'’‘").isdigit():
            return int(words[0].lstrip("'’‘"))
        values = [self.words.classes["n"][word] for word in words]
        if len(values) > 1 and values[1] == 1000:
            return int(values[0] * 1000 + sum(values[2:]))
        return int(values[0] * 100 + sum(values[1:]))

    def count(self) -> tuple[float | None, float]:
        """How many, and at most how many: (3, 3); a vague count is (None, the widest that the word covers)."""
        words = self.groups.get("count", ())
        values = self.words.classes
        for word in words:
            if word in values["vague"] and not any(w in values["n"] or w[0].isdigit() for w in words):
                return None, float(values["vague"][word])
        if "couple" in words:
            return 2.0, 2.0
        total = current = 0.0
        for word in words:
            if word in values["fraction"]:
                current += values["fraction"][word]
            elif word[0].isdigit():
                current += float(word.replace(",", ""))
            elif word in values["n"]:
                number = values["n"][word]
                if number >= 100 or word == "dozen":
                    total, current = total + max(current, 1) * number, 0.0
                else:
                    current += number
        total += current
        return (total, total) if total else (1.0, 1.0)


def day_of(date: dt.date | None, part: str = "") -> Meaning | None:
    """A day as a meaning, or None without a day."""
    return Meaning(calendar.day(date, part)) if date else None
