"""Dates of publication as news pages, feeds and agencies write them."""

import datetime as dt
import re

_MONTH_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTHS = {name[:size]: n for n, name in enumerate(_MONTH_NAMES, 1) for size in range(3, len(name) + 1)}
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<y>(?:1[5-9]|20)\d{2})"
_DATES = tuple(
    re.compile(rf"(?<![\w.]){pattern}(?!\w)", re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}(?P<s>[-/.])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}})",
        rf"{_YEAR}(?P<m>\d{{2}})(?P<d>\d{{2}})",
        rf"(?P<m>{MONTH})\.?\s*{_DAY}(?:\s*,\s*|\s+){_YEAR}",
        rf"{_DAY}(?:\s+of)?[\s./-]*(?P<m>{MONTH})\.?[\s,./-]*{_YEAR}",
        rf"(?P<a>\d{{1,2}})(?P<s>[-/.])(?P<b>\d{{1,2}})(?P=s){_YEAR}",
    )
)
# The form of `date` and of some feeds: Wed Dec 03 10:15:00 +0000 2014.
_CTIME = re.compile(
    rf"(?<!\w)(?P<m>{MONTH})\s+(?P<d>\d{{1,2}})\s+(?P<t>\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:\s+[+-]\d{{4}}|\s+[A-Z]{{2,4}})?)\s+{_YEAR}(?!\w)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\d:.])(?:(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,](?P<f>\d{1,9}))?)?(?:\s*(?P<ap>[ap])\.?m\b\.?)?"
    r"|(?P<H3>\d{1,2})\.(?P<M3>\d{2})(?=\s*(?:GMT|BST|UTC|CET|[ECMP][SD]?T)\b)"
    r"|(?P<H2>\d{1,2})(?:\.(?P<M2>\d{2}))?\s*(?P<ap2>[ap])\.?m\b\.?)"
    r"(?:\s*\(?(?P<z>Z\b|(?:GMT|UTC)?\s?[+-]\d{2}:?\d{2}\b|GMT\b|UTC\b|UT\b|[ECMP][SD]T\b)\)?)?",
    re.IGNORECASE,
)
# RFC 2822 names these and no other zones; others are too ambiguous, and the clock time is then kept without a zone.
_ZONES = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
_FILLER = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|first|last|publi(?:shed|cation)|posted|updated"
    r"|modified|edited|created|released?|date|on|at|by|[ECMP]T|eastern|pacific|central|bst|cet|ist|local|time|of|hrs?"
    r"|o'clock|edition|[\s.,:;|/()\[\]·•@-]|[–—])+",
    re.IGNORECASE,
)
_LATER = re.compile(r"\b(?:last\s+)?(?:updated|modified|edited)\b", re.IGNORECASE)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")


def read_published(raw: str) -> dt.date | dt.datetime | None:
    """The date of publication in `raw`: a datetime when a clock time is given (aware when a zone is), else a date.

    Understands ISO 8601, RFC 2822, Unix time (10 digits, or 13 for milliseconds) and the usual news forms ("Dec. 3,
    2014 4:05 p.m. EST", "Published: 3 December 2014 | Updated: …"). None when the string holds anything else besides,
    no year, or a numeric date that can be read both ways (03/12/2014 but not 13/12/2014).
    """
    words = " ".join(raw.split())
    if _EPOCH.fullmatch(words):
        return dt.datetime.fromtimestamp(int(words[:10]), dt.UTC)
    iso = _iso(words)
    if iso:
        return iso
    later = _LATER.search(words)
    if later and any(character.isdigit() for character in words[: later.start()]):
        words = words[: later.start()]
    ctime = _CTIME.search(words)
    if ctime:
        day = f"{ctime['y']}-{_MONTHS[ctime['m'].lower()]}-{ctime['d']}"
        words = f"{words[: ctime.start()]} {day} {ctime['t']} {words[ctime.end() :]}"
    for pattern in _DATES:
        match = pattern.search(words)
        if match:
            return _joined(match, words)
    return None


def _iso(words: str) -> dt.date | dt.datetime | None:
    if not words[:4].isdigit() or len(words) < 8:
        return None
    try:
        return dt.date.fromisoformat(words)
    except ValueError:
        pass
    try:
        return dt.datetime.fromisoformat(words)
    except ValueError:
        return None


def _joined(match: re.Match[str], words: str) -> dt.date | dt.datetime | None:
    """The date of a match with the clock time beside it; None when something else stands there."""
    day = _day(match)
    rest = f"{words[: match.start()]} {words[match.end() :]}"
    clock = _TIME.search(rest)
    if clock:
        rest = f"{rest[: clock.start()]} {rest[clock.end() :]}"
    if day is None or not _FILLER.fullmatch(f" {rest}"):
        return None
    return _at(day, clock) if clock else day


def _day(match: re.Match[str]) -> dt.date | None:
    found = match.groupdict()
    if found.get("a"):
        a, b = int(found["a"]), int(found["b"])
        # 03.12.2014 is day first wherever dots are used; with slashes it depends on the country.
        if found["s"] != "." and a <= 12 and b <= 12 and a != b:
            return None
        day, month = (a, b) if found["s"] == "." or a > 12 else (b, a)
    else:
        day = int(found["d"])
        month = int(found["m"]) if found["m"].isdigit() else _MONTHS[found["m"].lower()]
    try:
        return dt.date(int(found["y"]), month, day)
    except ValueError:
        return None


def _at(day: dt.date, clock: re.Match[str]) -> dt.datetime | None:
    def number(*names: str) -> int:
        return next((int(clock[name]) for name in names if clock[name]), 0)

    hour = number("H", "H2", "H3")
    half = (clock["ap"] or clock["ap2"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    micro = int((clock["f"] or "0")[:6].ljust(6, "0"))
    try:
        time = dt.time(hour, number("M", "M2", "M3"), number("S"), micro, _zone(clock["z"]))
    except ValueError:
        return None
    return dt.datetime.combine(day, time)


def _zone(raw: str | None) -> dt.tzinfo | None:
    if not raw:
        return None
    name = raw.upper().strip()
    offset = re.search(r"([+-])(\d{2}):?(\d{2})", name)
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3])
        return dt.timezone(dt.timedelta(minutes=-minutes if offset[1] == "-" else minutes))
    return dt.timezone(dt.timedelta(hours=_ZONES[name])) if name in _ZONES else dt.UTC
