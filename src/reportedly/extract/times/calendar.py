"""Periods of the calendar with their TimeML values, and steps between them. Knows no words."""

import calendar
import datetime as dt
from dataclasses import dataclass

from reportedly.extract.times import feasts

# From the finest to the coarsest; a period may anchor a step of its own grain or a coarser one.
GRAINS = ("hour", "day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century")
FINENESS = {grain: rank for rank, grain in enumerate(GRAINS)}
LETTERS = {
    "second": "TS",
    "minute": "TM",
    "hour": "TH",
    "day": "D",
    "weekend": "WE",
    "week": "W",
    "month": "M",
    "quarter": "Q",
    "season": "SN",
    "year": "Y",
    "decade": "DE",
    "century": "CE",
}
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar: days `first` to `last`, both included (None: open or unknown), grain, TimeML value."""

    first: dt.date | None
    last: dt.date | None
    grain: str | None
    value: str | None


def day(date: dt.date, part: str = "") -> Period:
    """A day, or a part of one (`TNI`, `T22:00`). A night reaches into the next morning's date only in its words."""
    return Period(date, date, "hour" if part else "day", date.isoformat() + part)


def month(year: int, number: int) -> Period:
    """A month of a year. Raises ValueError outside 1-12."""
    last = calendar.monthrange(year, number)[1]
    return Period(dt.date(year, number, 1), dt.date(year, number, last), "month", f"{year:04}-{number:02}")


def year(number: int) -> Period:
    """A year of our era. Raises ValueError outside 1-9999."""
    return Period(dt.date(number, 1, 1), dt.date(number, 12, 31), "year", f"{number:04}")


def years(first: int, count: int) -> Period:
    """A decade (10) or a century (100) by its first year: values of three and two digits."""
    grain, digits = ("decade", 3) if count == 10 else ("century", 2)
    last = dt.date(min(first + count - 1, 9999), 12, 31)
    return Period(dt.date(max(first, 1), 1, 1), last, grain, f"{first:04}"[:digits])


def quarter(year_: int, number: int) -> Period:
    """A calendar quarter."""
    start, end = month(year_, 3 * number - 2), month(year_, 3 * number)
    return Period(start.first, end.last, "quarter", f"{year_:04}-Q{number}")


def season(year_: int, code: str) -> Period:
    """A season of the northern half by whole months; the winter of a year begins in its December."""
    start = SEASONS[code]
    end = start + 2
    stop = month(year_ + (end > 12), (end - 1) % 12 + 1)
    return Period(dt.date(year_, start, 1), stop.last, "season", f"{year_:04}-{code}")


def half(year_: int, number: int) -> Period:
    """The first or second half of a year."""
    start, end = month(year_, 6 * number - 5), month(year_, 6 * number)
    return Period(start.first, end.last, "half", f"{year_:04}-H{number}")


def week(date: dt.date) -> Period:
    """The ISO week (Monday to Sunday) of a day."""
    monday = date - dt.timedelta(days=date.weekday())
    number = monday.isocalendar()
    return Period(monday, monday + 6 * _DAY, "week", f"{number.year:04}-W{number.week:02}")


def weekend(date: dt.date) -> Period:
    """Saturday and Sunday of a day's ISO week."""
    whole = week(date)
    assert whole.last is not None
    return Period(whole.last - _DAY, whole.last, "weekend", f"{whole.value}-WE")


def around(date: dt.date, grain: str) -> Period:
    """The period of `grain` that holds the day. Raises KeyError for a grain that the calendar does not have."""
    makers = {
        "hour": lambda: day(date),
        "day": lambda: day(date),
        "weekend": lambda: weekend(date),
        "week": lambda: week(date),
        "month": lambda: month(date.year, date.month),
        "quarter": lambda: quarter(date.year, (date.month + 2) // 3),
        "year": lambda: year(date.year),
        "decade": lambda: years(date.year // 10 * 10, 10),
        "century": lambda: years(date.year // 100 * 100, 100),
    }
    return makers[grain]()


def step(date: dt.date, unit: str, count: float) -> dt.date:
    """The day `count` units on (back when negative); the 31st becomes the last day of a shorter month.

    Raises OverflowError or ValueError past the calendar's ends.
    """
    if unit in ("second", "minute", "hour"):
        seconds = count * {"second": 1, "minute": 60, "hour": 3600}[unit]
        return (dt.datetime.combine(date, dt.time(12)) + dt.timedelta(seconds=seconds)).date()
    if unit in ("day", "week", "weekend"):
        return date + dt.timedelta(days=round(count * (1 if unit == "day" else 7)))
    months = round(count * {"month": 1, "quarter": 3, "season": 3, "year": 12, "decade": 120, "century": 1200}[unit])
    index = date.year * 12 + date.month - 1 + months
    year_, month_ = divmod(index, 12)
    return dt.date(year_, month_ + 1, min(date.day, calendar.monthrange(year_, month_ + 1)[1]))


def third(period: Period, part: str) -> Period:
    """The early, mid or late third of a period longer than a week; the value stays (TimeML marks it with `mod`).

    Early, mid and late June are days 1-10, 11-20 and 21-30; of a year four months each.
    """
    first, last = period.first, period.last
    if first is None or last is None or period.grain in ("hour", "day", "weekend", "week"):
        return period
    if period.grain == "month":
        cuts = [first, first + 10 * _DAY, first + 20 * _DAY, last + _DAY]
    else:
        size = (last.year - first.year) * 12 + last.month - first.month + 1
        cuts = [first, step(first, "month", size // 3), step(first, "month", size * 2 // 3), last + _DAY]
    at = ("early", "mid", "late").index(part)
    return Period(cuts[at], cuts[at + 1] - _DAY, period.grain, period.value)


def duration(count: float | None, unit: str) -> str:
    """The TimeML value of a length of time: P3D, PT2H, P2Y6M; an unknown count is X."""
    letters = LETTERS[unit]
    prefix, letter = ("PT", letters[1]) if letters[0] == "T" else ("P", letters)
    if unit == "quarter":
        return f"P{count * 3:g}M" if count is not None else "PXM"
    if count is None:
        return f"{prefix}X{letter}"
    lower = {"year": (12, "M"), "hour": (60, "M"), "minute": (60, "S")}.get(unit)
    if count != int(count) and lower:
        rest = f"{round((count - int(count)) * lower[0])}{lower[1]}"
        return f"{prefix}{int(count)}{letter}{rest}" if count > 1 else f"{prefix}{rest}"
    return f"{prefix}{count:g}{letter}"


def easter(year_: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (Oudin's arithmetic)."""
    golden, cent = year_ % 19, year_ // 100
    epact = (cent - cent // 4 - (8 * cent + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - epact // 28 * (1 - epact // 28 * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year_ + year_ // 4 + moon + 2 - cent + cent // 4) % 7
    ahead = moon - weekday
    month_ = 3 + (ahead + 40) // 44
    return dt.date(year_, month_, ahead + 28 - 31 * (month_ // 4))


def holiday(rule: str, year_: int) -> Period:
    """A holiday of a year; raises ValueError where a fixed one is of another year.

    `12-25`, `2001-09-11` (once), `easter-2` (days from Easter), `11/4/3+1` (month/nth/weekday, -1 last, Monday 0; days
    from it), `islamic-10-1` and `islamic-9` (a whole month), `hebrew-7-10` of feasts.py.
    """
    if rule.startswith("easter"):
        return day(easter(year_) + dt.timedelta(days=int(rule[6:] or 0)))
    if rule.startswith(("islamic", "hebrew")):
        return _feast(rule, year_)
    if "/" not in rule:
        *fixed, month_, day_ = map(int, rule.split("-"))
        if fixed and fixed[0] != year_:
            raise ValueError(f"{rule} is not of {year_}")
        return day(dt.date(year_, month_, day_))
    where, _, ahead = rule.partition("+")
    month_, nth, number = map(int, where.split("/"))
    return day(weekday_of(year_, month_, nth, number) + dt.timedelta(days=int(ahead or 0)))


def weekday_of(year_: int, month_: int, nth: int, number: int) -> dt.date:
    """The nth weekday (Monday 0) of a month, -1 the last. Raises ValueError where the month has no such day."""
    days = [
        dt.date(year_, month_, one)
        for one in range(1, calendar.monthrange(year_, month_)[1] + 1)
        if dt.date(year_, month_, one).weekday() == number
    ]
    if nth > len(days):
        raise ValueError(f"{year_}-{month_} has no {nth} of that weekday")
    return days[nth - 1] if nth > 0 else days[nth]


def _feast(rule: str, year_: int) -> Period:
    """A feast of the Islamic or Hebrew calendar; a whole month has the value `first/last` of ISO 8601."""
    first, last = feasts.days(rule, year_)
    if first == last:
        return day(first)
    return Period(first, last, "month", f"{first}/{last}")
