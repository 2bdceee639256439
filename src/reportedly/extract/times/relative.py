"""What relative dates, clock times, durations, sets and vague references mean."""

import datetime as dt

from reportedly.extract.times import calendar, dates
from reportedly.extract.times.calendar import FINENESS, Period
from reportedly.extract.times.scene import Meaning, Parts, Scene, day_of

_X = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX"}


def deictic(parts: Parts, scene: Scene) -> Meaning | None:
    """Today, yesterday afternoon, tomorrow."""
    step, part = parts.get("deictic"), parts.get("part") or ""
    if scene.published is None:
        return _unknown("XXXX-XX-XX" + part, "day")
    return day_of(scene.published + dt.timedelta(days=step), part)


def part_of_day(parts: Parts, scene: Scene) -> Meaning | None:
    """Tonight, last night, this morning, overnight (the night to publication); that evening, at dawn."""
    part = parts.get("part") or "TNI"
    base, step = scene.published, parts.get("rel", "last", "this") or 0
    if not ("rel" in parts or "overnight" in parts or "part" not in parts):
        base = scene.anchor_for("day") if scene.anchor else scene.published
        step = parts.get("following") or parts.get("prior") or 0
    if base is None:
        return _unknown("XXXX-XX-XX" + part, "hour")
    if "overnight" in parts or (part == "TNI" and "the" in parts.groups.get("that", ()) and base == scene.published):
        night = base - dt.timedelta(days=1)
        return Meaning(Period(night, base, "hour", night.isoformat() + "TNI"))
    return day_of(base + dt.timedelta(days=step), part)


def bare_part(parts: Parts, scene: Scene) -> Meaning | None:
    """At night, in daytime: no day is meant."""
    return Meaning(Period(None, None, "hour", "XXXX-XX-XX" + parts.get("part")), "set")


def unit(parts: Parts, scene: Scene) -> Meaning | None:
    """Last week, this year, next month, that day, the following year, the weekend, the end of the month."""
    grain = parts.get("unit", "calunit", "bigunit")
    step: int | None = None
    base = scene.published
    if "yrel" in parts and base:
        base = calendar.step(base, "year", parts.get("yrel", "last", "next"))
    elif "rel" in parts:
        step = parts.get("rel", "last", "next", "this")
    elif "prior" in parts or "following" in parts or "that" in parts:
        step = parts.get("prior") or parts.get("following") or 0
        base = scene.anchor_for(grain) if scene.anchor else scene.published
        if base is None and scene.anchor and step == 0:
            base = scene.anchor.first
    if scene.narrative and scene.anchor and base == scene.published and step in (0, None):
        base = scene.anchor.first
    if base is None:
        return _old(scene, grain, step or 0) or _unknown(_X.get(grain, "XXXX"), grain)
    try:
        if grain == "weekend" and step is None:
            return _weekend(scene, base)
        period = calendar.around(calendar.step(base, grain, step or 0), grain)
    except (ValueError, OverflowError):
        return None
    now, first, last = scene.published, period.first, period.last
    if parts.groups.get("mod") in (("earlier",), ("later",)) and now and first and last and first <= now <= last:
        return Meaning(_so_far(period, now, parts.groups["mod"][0]))
    return dates.modified(parts, period)


def _weekend(scene: Scene, base: dt.date) -> Meaning:
    """The weekend: by tense the last one that has begun, or the next."""
    this = calendar.weekend(base)
    if scene.tense() == "future" or (this.first and this.first <= base):
        return Meaning(this)
    return Meaning(calendar.weekend(base - dt.timedelta(days=7)))


def _so_far(period: Period, now: dt.date, word: str) -> Period:
    """Earlier this year: up to publication; later this year: from it."""
    if word == "earlier":
        return Period(period.first, now, period.grain, period.value)
    return Period(now, period.last, period.grain, period.value)


def offset(parts: Parts, scene: Scene) -> Meaning | None:
    """Three days ago, two weeks later, a year earlier, the day before, ten years from now."""
    grain = parts.get("unit", "unit", "units")
    count, _ = parts.count()
    if grain == "fortnight":
        grain, count = "week", None if count is None else count * 2
    back, deictic_ = "back" in parts or "ago" in parts, "ago" in parts or "hence" in parts
    base = scene.published if deictic_ and not scene.narrative else scene.anchor_for(grain)
    if deictic_ and base is None:
        base = scene.published
    if count is None:
        return Meaning(Period(None, None, None, "PAST_REF" if back else "FUTURE_REF"), "ref")
    if base is None:
        return _old(scene, grain, -count if back else count) or _unknown(_X.get(grain, "XXXX"), grain)
    last = scene.anchor
    if grain == "year" and last and last.grain == "quarter" and not scene.narrative and last.first:
        start = scene.topic.first if back and scene.topic and scene.topic.first else last.first
        return Meaning(calendar.around(calendar.step(start, "year", -count if back else count), "quarter"))
    try:
        day = calendar.step(base, grain, -count if back else count)
        if not deictic_ and not back and scene.published and not scene.trail and scene.tense() == "past":
            return _unknown(_X.get(grain, "XXXX"), grain)  # later than something that has no date
        if grain in ("second", "minute", "hour") or "today" in parts:
            return day_of(day)
        if "weekday" in parts:
            return day_of(day + dt.timedelta(days=parts.get("weekday") - day.weekday()))
        return Meaning(calendar.around(day, _offset_grain(grain, count)))
    except (ValueError, OverflowError):
        return None


def _offset_grain(grain: str, count: float) -> str:
    """The grain that an offset keeps: a decade ago is a year, two and a half years ago a month."""
    if grain in ("decade", "century"):
        return "year"
    if count != int(count):
        return {"year": "month", "month": "day", "week": "day"}.get(grain, grain)
    return "week" if grain == "weekend" else grain


def reach(parts: Parts, scene: Scene) -> Meaning | None:
    """The past three months, the next few days, recent weeks, the first two weeks of June: a length with its place."""
    grain = parts.get("unit", "unit", "units")
    count, most = parts.count() if "count" in parts else (1.0, 1.0) if parts.get("unit", "unit") else (None, 10.0)
    if "vague" in parts:
        count, most = None, float(parts.get("vague"))
    if grain == "fortnight":
        grain, count, most = "week", None if count is None else count * 2, most * 2
    value = calendar.duration(count, grain)
    step = parts.get("rel", "last", "next", "following", "prior") or (-1 if "vague" in parts else 0)
    base = scene.published
    if (scene.narrative or base is None) and scene.anchor:
        base = scene.anchor.first if step < 0 else scene.anchor.last
    if base is None or step == 0:
        return Meaning(Period(None, None, grain, value), "duration")
    try:
        other = calendar.step(base, grain, step * most)
    except (ValueError, OverflowError):
        return None
    return Meaning(Period(min(base, other), max(base, other), grain, value), "duration")


def length(parts: Parts, scene: Scene) -> Meaning | None:
    """Three days, a two-year war, more than four hours, weeks: how long, not when."""
    grain = parts.get("unit", "unit", "units")
    count = parts.count()[0] if "count" in parts else (1.0 if parts.get("unit", "unit") else None)
    if "half" in parts and count is not None:
        count += 0.5
    if "fourths" in parts:
        count = 0.75 if "three" in parts else 0.25
    if grain == "fortnight":
        grain, count = "week", None if count is None else count * 2
    if count == 0:
        return None
    return Meaning(Period(None, None, grain, calendar.duration(count, grain)), "duration")


def head_of(parts: Parts, scene: Scene) -> Meaning | None:
    """The first three months of 2014, the last two weeks of June."""
    found = length(parts, scene)
    whole = dates.month(parts, scene) if parts.month() else dates.year(parts, scene)
    if whole is None and (number := dates.relative_year(parts, scene)):
        whole = Meaning(calendar.year(number))
    if found is None or whole is None or whole.period.first is None or whole.period.last is None:
        return found
    grain, most = parts.get("unit", "unit", "units"), parts.count()[1]
    first, last, one = whole.period.first, whole.period.last, dt.timedelta(days=1)
    try:
        if (nth := parts.get("nth", "ordinal")) is not None:
            first = calendar.step(first, grain, nth - 1)
            last = min(last, calendar.step(first, grain, 1) - one)
        elif parts.get("rel", "last") is not None:
            first = max(first, calendar.step(last + one, grain, -most))
        else:
            last = min(last, calendar.step(first, grain, most) - one)
    except (ValueError, OverflowError):
        return found
    return Meaning(Period(first, last, grain, found.period.value), "duration")


def repeat(parts: Parts, scene: Scene) -> Meaning | None:
    """Every day, each Thursday, Tuesday nights, daily, per month."""
    if "daily" in parts:
        value = parts.get("daily", "daily", "quarterly")
    elif "weekday" in parts:
        value = f"XXXX-WXX-{parts.get('weekday', 'weekday', 'weekdays') + 1}{parts.get('part', 'part', 'parts') or ''}"
    elif "month" in parts:
        value = f"XXXX-{parts.month():02}"
    elif "season" in parts:
        value = f"XXXX-{parts.get('season', 'season', 'seasons')}"
    elif "part" in parts:
        value = "XXXX-XX-XX" + parts.get("part", "part", "parts")
    else:
        grain = parts.get("unit", "unit", "units")
        count = parts.count()[0] if "count" in parts else 2.0 if "other" in parts else 1.0
        value = calendar.duration(count, "day" if grain == "weekend" else grain)
    return Meaning(Period(None, None, None, value), "set")


def reference(parts: Parts, scene: Scene) -> Meaning | None:
    """Now, recently, the future. "Now" is publication's day; the past and the future have no interval."""
    value = parts.get("ref", "present", "pastref", "futureref", "refago", "reflater", "currentword")
    day = scene.published if value == "PRESENT_REF" and not scene.narrative else None
    return Meaning(Period(day, day, "day" if day else None, value), "ref")


def clock(parts: Parts, scene: Scene) -> Meaning | None:
    """10 p.m. Wednesday, noon Thursday, 5 p.m. EST Nov. 9, around 7:15 p.m."""
    time = parts.get("hourname") or _time(parts)
    if time is None:
        return None
    if "weekday" in parts:
        whole = dates.weekday(parts, scene)
    elif "month" in parts:
        whole = dates.date(parts, scene)
    elif "deictic" in parts:
        whole = deictic(parts, scene)
    else:
        anchor = scene.anchor
        fine = anchor and anchor.grain and FINENESS[anchor.grain] <= FINENESS["day"]
        whole = day_of(anchor.first) if anchor and fine else day_of(scene.published)
    if whole is None or whole.period.first is None:
        return _unknown("XXXX-XX-XX" + time, "hour")
    return day_of(whole.period.first, time)


def _time(parts: Parts) -> str | None:
    """10:30, 9.30 with p.m., 10 o'clock at night, 8pm, 0330: as TimeML's T10:30."""
    half = parts.get("meridian")
    if "hourword" in parts:
        text = f"{parts.get('hourword', 'n'):g}"
    else:
        names = ("clock", "hourno", "halfclock", "armyclock")
        text = next((parts.groups[name][0] for name in names if name in parts), "")
    if "halfclock" in parts:
        half, text = (12 if text.endswith("pm") else 0), text[:-2]
    if "armyclock" in parts:
        text = f"{text[:2]}:{text[2:]}"
    hour, _, minute = text.replace(".", ":").partition(":")
    number = int(hour)
    if half is None and (part := parts.get("part")) and 1 <= number <= 12:
        half = 12 if part in ("TAF", "TEV") or (part == "TNI" and number > 5) else 0
    if half is not None and number > 12:
        half = None
    if half is not None:
        number = number % 12 + half
    if number > 24 or (minute and int(minute[:2]) > 59):
        return None
    return f"T{number:02}:{minute[:2] or '00'}"


def same_quarter(parts: Parts, scene: Scene) -> Meaning | None:
    """The latest quarter, the year-earlier period, the same period of 2013: from the quarter at hand, else the last."""
    now = scene.published
    if "yrel" in parts or "yearno" in parts:
        number = parts.year("yearno") or dates.relative_year(parts, scene)
        if number is None:
            return None
        first = scene.topic.first if scene.topic else None
        return Meaning(calendar.quarter(number, (first.month + 2) // 3) if first else calendar.year(number))
    if scene.topic is None and now and "year" in parts and "unit" not in parts:
        return Meaning(calendar.year(now.year - 1))
    day = scene.topic.first if scene.topic else calendar.step(now, "month", -3) if now else None
    if day is None:
        return None
    if "year" in parts:
        day = calendar.step(day, "year", -1)
    return Meaning(calendar.around(day, "quarter"))


def _old(scene: Scene, grain: str, step: float) -> Meaning | None:
    """Years and decades counted from a date before Christ."""
    old = (scene.anchor.value or "") if scene.anchor else ""
    if not (old.startswith("BC") and old[2:6].isdigit() and grain in ("year", "decade", "century")):
        return None
    number = int(old[2:6]) - int(step * {"year": 1, "decade": 10, "century": 100}[grain])
    digits = {"year": 4, "decade": 3, "century": 2}[grain]
    return Meaning(Period(None, None, grain, f"BC{number:04}"[: 2 + digits])) if number > 0 else None


def _unknown(value: str, grain: str) -> Meaning:
    """A relative date with nothing to count from: None where TimeML has no value for it."""
    return Meaning(Period(None, None, grain, None if set(value) <= set("X-W") else value))
