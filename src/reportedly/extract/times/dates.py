"""What dates mean: days, months, years, seasons, quarters, weekdays, holidays, as named in a text."""

import datetime as dt
from collections.abc import Callable

from reportedly.extract.times import calendar
from reportedly.extract.times.calendar import Period
from reportedly.extract.times.scene import Meaning, Parts, Scene, day_of, possible

_BC = "BC"


def iso(parts: Parts, scene: Scene) -> Meaning | None:
    """2014-12-02, 2014-12-02T10:30, 2014-12-02 10:30, 2014/12/02."""
    text = parts.groups["iso"][0].upper()
    if "/" in text:
        return day_of(_date(*map(int, text.split("/"))))
    time = text[10:16].replace(" ", "T")
    return day_of(_date(*map(int, text[:10].split("-"))), time)


def slash(parts: Parts, scene: Scene) -> Meaning | None:
    """6/10/2014: month first, unless that cannot be; 10.6.2014: day first."""
    if "dotted" in parts:
        return day_of(_date(*map(int, reversed(parts.groups["dotted"][0].split(".")))))
    first, second, year = (int(number) for number in parts.groups["slash"][0].split("/"))
    if year < 100:
        year += 2000 if year < 50 else 1900
    for month, day in ((first, second), (second, first)):
        try:
            return day_of(dt.date(year, month, day))
        except ValueError:
            continue
    return None


def date(parts: Parts, scene: Scene) -> Meaning | None:
    """June 10; Tuesday, 10 June 2014; December 25 last year; the 20th (in a story)."""
    day, month = parts.day(), parts.month()
    if day is None:
        return None
    if month is None:
        return _day_alone(scene, day)
    if "era" in parts:
        return _before_christ(scene, f"{parts.year() or 0:04}-{month:02}-{day:02}")
    year = full_year(parts, scene) or relative_year(parts, scene)
    part = parts.get("part") or ""
    if year is not None:
        return day_of(_date(year, month, day), part)
    found = scene.choose(lambda number: calendar.day(dt.date(number, month, day), part), steady=False)
    return Meaning(found) if found else _open(f"XXXX-{month:02}-{day:02}", "day")


def _day_alone(scene: Scene, number: int) -> Meaning | None:
    """The 20th: the month goes on from the last date, else the verb's tense finds the one before or after."""
    last = scene.anchor
    if last and last.first and last.grain in ("hour", "day", "month"):
        return day_of(_date(last.first.year, last.first.month, number))
    base = scene.published
    if base is None or scene.narrative:
        return None
    months = (calendar.step(base.replace(day=1), "month", count) for count in (-1, 0, 1))
    found = [day for one in months if (day := _date(one.year, one.month, number))]
    if (tense := scene.tense()) == "past":
        found = [day for day in found if day <= base] or found
    elif tense == "future":
        found = [day for day in found if day >= base] or found
    return day_of(min(found, key=lambda day: abs((day - base).days), default=None))


def nth_weekday(parts: Parts, scene: Scene) -> Meaning | None:
    """The first Monday of May; the last Friday in November 2013."""
    number, weekday_, month_ = parts.get("nth", "ordinal", "last"), parts.get("weekday"), parts.month()
    if month_ is None or number > 5:
        return None

    def make(year_: int) -> Period:
        return calendar.day(calendar.weekday_of(year_, month_, number, weekday_))

    year_ = full_year(parts, scene) or relative_year(parts, scene)
    found = possible(make, year_) if year_ is not None else scene.choose(make, steady=False)
    return Meaning(found) if found else None


def month(parts: Parts, scene: Scene) -> Meaning | None:
    """June; June 2014; mid-November; last June; June last year; the end of the month is `unit`'s."""
    number = parts.month()
    if number is None:
        return None
    return _of_year(parts, scene, f"{number:02}", "month", lambda value: calendar.month(value, number))


def season(parts: Parts, scene: Scene) -> Meaning | None:
    """The summer of 2006; last summer; this spring."""
    code = parts.get("season", "season", "clearseason")
    return _of_year(parts, scene, code, "season", lambda value: calendar.season(value, code))


def _of_year(parts: Parts, scene: Scene, code: str, grain: str, make: Callable[[int], Period]) -> Meaning | None:
    """A part of a year: of the year named, of last or next year, or of the one that fits the scene."""
    if "era" in parts:
        return _before_christ(scene, f"{parts.year() or 0:04}-{code}")
    year = full_year(parts, scene) or relative_year(parts, scene)
    if year is not None:
        found: Period | None = possible(make, year)
    elif (way := _way(parts)) is not None:
        found = _recurring(scene, way, make)
    else:
        found = scene.choose(make)
    return modified(parts, found) if found else _open(f"XXXX-{code}", grain)


def year(parts: Parts, scene: Scene) -> Meaning | None:
    """2008; early 1990; '99; fiscal 1989; nineteen ninety-six; 490 BC; the 17 of 1916-17."""
    number = parts.year()
    if number is None:
        return None
    if "era" in parts:
        return _before_christ(scene, f"{number:04}")
    whole = full_year(parts, scene)
    if whole is None:
        return _open(f"XX{number:02}", "year")
    found = possible(calendar.year, whole)
    return modified(parts, found) if found else None


def old_year(parts: Parts, scene: Scene) -> Meaning | None:
    """490, in a text whose years are before Christ."""
    if scene.era != _BC and "era" not in parts:
        return None
    return _before_christ(scene, f"{parts.year() or 0:04}")


def decade(parts: Parts, scene: Scene) -> Meaning | None:
    """The 1970s; the late '80s; the nineties."""
    word = parts.groups["decade"][0].strip("'’‘").rstrip("s").rstrip("'’")
    first = int(word) if word.isdigit() else parts.get("decade", "decadeword")
    if "era" in parts:
        return _before_christ(scene, f"{first:04}"[:3])
    if first < 100:
        now = scene.published.year if scene.published else 2000
        first += now // 100 * 100
        if first > now:
            first -= 100
    return modified(parts, calendar.years(first, 10))


def century(parts: Parts, scene: Scene) -> Meaning | None:
    """The 20th century; the early eighteenth century."""
    word = parts.groups["nth"][0]
    digits = word.rstrip("stndrh")
    number = int(digits) if digits.isdigit() else parts.get("nth", "ordinal")
    if "era" in parts:
        return _before_christ(scene, f"{number - 1:02}")
    return modified(parts, calendar.years((number - 1) * 100, 100)) if 0 < number < 100 else None


def quarter(parts: Parts, scene: Scene) -> Meaning | None:
    """The third quarter; fourth-quarter; the second quarter of 1988; the year-earlier quarter."""
    number = parts.get("nth", "ordinal", "quartername", "lastquarter")
    if number is None or number > 4:
        return None
    year_ = full_year(parts, scene) or relative_year(parts, scene)
    if year_ is not None:
        found: Period | None = possible(lambda value: calendar.quarter(value, number), year_)
    else:
        found = scene.choose(lambda value: calendar.quarter(value, number), steady=False)
    return modified(parts, found) if found else _open(f"XXXX-Q{number}", "quarter")


def half(parts: Parts, scene: Scene) -> Meaning | None:
    """The first half of 2014; the second half of the year; H1 2014."""
    number = parts.get("half", "half", "halfname")
    year_ = full_year(parts, scene) or relative_year(parts, scene)
    if year_ is None:
        base = scene.story.first if scene.narrative and scene.story else scene.published
        year_ = base.year if base else None
    return Meaning(calendar.half(year_, number)) if year_ else _open(f"XXXX-H{number}", "half")


def weekday(parts: Parts, scene: Scene) -> Meaning | None:
    """Tuesday; Tuesday night; last Friday; next Monday; Friday of last week."""
    number, part = parts.get("weekday"), parts.get("part") or ""
    base = scene.published
    if (scene.narrative or base is None) and scene.anchor and scene.anchor.grain in ("hour", "day"):
        return _weekday_in_story(parts, number, part, scene.anchor.first)
    if base is None:
        return _open(f"XXXX-WXX-{number + 1}{part}", "day")
    back = (base.weekday() - number) % 7
    if "wrel" in parts:
        week = (
            base - dt.timedelta(days=base.weekday()) + dt.timedelta(days=7 * parts.get("wrel", "last", "next", "this"))
        )
        return day_of(week + dt.timedelta(days=number), part)
    way = _way(parts)
    if way == -1:
        return day_of(base - dt.timedelta(days=back or 7), part)
    if way == 1:
        return day_of(base + dt.timedelta(days=(7 - back) % 7 or 7), part)
    ahead = dt.timedelta(days=(7 - back) % 7)
    return day_of(base + ahead if _points_ahead(scene) else base - dt.timedelta(days=back), part)


def _weekday_in_story(parts: Parts, number: int, part: str, last: dt.date | None) -> Meaning | None:
    if last is None:
        return None
    ahead = (number - last.weekday()) % 7
    if _way(parts) == -1:
        return day_of(last - dt.timedelta(days=(7 - ahead)), part)
    return day_of(last + dt.timedelta(days=ahead), part)


def _points_ahead(scene: Scene) -> bool:
    return scene.tense() in ("future", "present")


def holiday(parts: Parts, scene: Scene) -> Meaning | None:
    """Christmas Day last year; Easter 2015; New Year's Eve."""
    rule = scene.words.holidays[" ".join(parts.groups["holiday"])]

    def make(value: int) -> Period:
        return calendar.holiday(rule, value)

    year_ = full_year(parts, scene) or relative_year(parts, scene)
    if year_ is None and rule[:4].isdigit():
        year_ = int(rule[:4])
    if year_ is not None:
        found: Period | None = possible(make, year_) if 1 <= year_ <= 9998 else None
        return Meaning(found) if found else None
    way = _way(parts)
    found = _recurring(scene, way, make) if way is not None else scene.choose(make)
    if found and found.first and "part" in parts:
        return day_of(found.first, parts.get("part"))
    return Meaning(found) if found else _open("XXXX-XX-XX", "day")


def week_of(parts: Parts, scene: Scene) -> Meaning | None:
    """The week of Nov. 24; the seven days ending 6 December or beginning 1 December."""
    inner = date(parts, scene)
    if inner is None or inner.period.first is None:
        return inner
    day, six = inner.period.first, dt.timedelta(days=6)
    whole = calendar.week(day)
    if "ending" in parts:
        return Meaning(Period(day - six, day, "week", whole.value))
    return Meaning(Period(day, day + six, "week", whole.value) if "beginning" in parts else whole)


def week_number(parts: Parts, scene: Scene) -> Meaning | None:
    """Week 48; epidemiological week 3 of 2014: ISO weeks."""
    number = int(parts.groups["weekno"][0]) if parts.groups["weekno"][0].isdigit() else 0

    def make(year_: int) -> Period:
        return calendar.week(dt.date.fromisocalendar(year_, number, 1))

    year_ = full_year(parts, scene) or relative_year(parts, scene)
    found = possible(make, year_) if year_ is not None else scene.choose(make, steady=False)
    return Meaning(found) if found else None


def anno(parts: Parts, scene: Scene) -> Meaning | None:
    """A.D. 79; 410 AD."""
    found = possible(calendar.year, parts.year() or 0)
    return Meaning(found) if found else None


def full_year(parts: Parts, scene: Scene) -> int | None:
    """The year with its century: '99 is of the story's or publication's century, ten years ahead at most."""
    number = parts.year()
    if number is None or number >= 100:
        return number
    near = parts.year("prior")
    last = scene.anchor.first.year if scene.anchor and scene.anchor.first else None
    base = near or (last if scene.narrative else None) or (scene.published.year if scene.published else None)
    if base is None:
        return None
    number += base // 100 * 100
    return number - 100 if not near and number > base + 10 else number


def relative_year(parts: Parts, scene: Scene) -> int | None:
    """The year of "last year", "that year", "the following year" beside a month, quarter or holiday."""
    if "yrel" not in parts:
        return None
    for name in ("last", "next", "this", "yearago"):
        step = parts.get("yrel", name)
        if step is not None and not (name == "next" and parts.groups.get("the")):
            return scene.published.year + int(step) if scene.published else None
    last = scene.anchor.first if scene.anchor else scene.published
    return last.year + int(parts.get("yrel", "that", "following", "prior")) if last else None


def modified(parts: Parts, period: Period) -> Meaning:
    """The period, narrowed to its early, mid or late third where the words say so."""
    part = parts.get("mod") or parts.get("edge")
    return Meaning(calendar.third(period, part) if part else period)


def _way(parts: Parts) -> int | None:
    """-1 for last, 1 for next, 0 for this, None where nothing is said."""
    found: int | None = parts.get("rel", "last", "next", "this", "prior", "following")
    return found


def _recurring(scene: Scene, way: int, make: Callable[[int], Period]) -> Period | None:
    """Last June, next spring, this September: from publication, in a story from the last date."""
    base = scene.published
    if (scene.narrative or base is None) and scene.anchor:
        base = scene.anchor.first
    if base is None:
        return None
    found = [made for value in range(base.year - 2, base.year + 3) if (made := possible(make, value))]
    if way == -1:
        return max((p for p in found if p.last and p.last < base), key=lambda p: p.last or base, default=None)
    if way == 1:
        return min((p for p in found if p.first and p.first > base), key=lambda p: p.first or base, default=None)
    return next((p for p in found if p.first and p.first.year == base.year), None)


def _date(year_: int, month_: int, day_: int) -> dt.date | None:
    try:
        return dt.date(year_, month_, day_)
    except ValueError:
        return None


def _before_christ(scene: Scene, value: str) -> Meaning:
    """A date that Python's calendar does not reach: the value stands, the interval is not given."""
    scene.era = _BC
    grain = {2: "century", 3: "decade", 4: "year", 7: "month", 10: "day"}.get(len(value), "year")
    return Meaning(Period(None, None, grain, _BC + value))


def _open(value: str, grain: str) -> Meaning:
    """A date whose year (or week) nothing in the article gives."""
    return Meaning(Period(None, None, grain, value))
