"""Days of the Islamic and the Hebrew calendar in a year of ours.

The Islamic months are those of the arithmetical calendar (30-year cycle, leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26
and 29, epoch of 16 July 622): where a month begins with the sighted moon it may be a day off. The Hebrew calendar is
arithmetical itself. Both as in Reingold and Dershowitz, Calendrical Calculations (Cambridge 2018).
"""

import datetime as dt

_ISLAMIC_EPOCH = dt.date(622, 7, 19).toordinal()  # 16 July 622 of the Julian calendar
_HEBREW_EPOCH = -1373427  # the day before 1 Tishri of year 1, as an ordinal of Python's


def days(rule: str, year: int) -> tuple[dt.date, dt.date]:
    """First and last day of `islamic-MONTH[-DAY]` or `hebrew-MONTH-DAY` in a year of ours.

    Where an Islamic feast comes twice in a year, the first; raises ValueError where it does not come at all.
    """
    name, *numbers = rule.split("-")
    month, day = int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else None
    if name == "hebrew":
        found = [_hebrew(each, month, day or 1) for each in (year + 3760, year + 3761)]
        date = next(one for one in found if one.year == year)
        return date, date
    about = (year - 622) * 33 // 32
    for each in range(max(1, about - 1), about + 4):
        first = _islamic(each, month, day or 1)
        if first.year == year:
            last = first if day else _islamic(each + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
            return first, last
    raise ValueError(f"{rule} does not come in {year}")


def _islamic(year: int, month: int, day: int) -> dt.date:
    before = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2
    return dt.date.fromordinal(_ISLAMIC_EPOCH + before + day - 1)


def _new_year(year: int) -> int:
    """Days from the epoch to 1 Tishri, with the postponements that keep feasts off certain weekdays."""
    months = (235 * year - 234) // 19
    parts = 12084 + 13753 * months
    days_ = 29 * months + parts // 25920
    return days_ + 1 if 3 * (days_ + 1) % 7 < 3 else days_


def _start(year: int) -> int:
    """As _new_year, with the two postponements that depend on the years beside it."""
    here, after, before = _new_year(year), _new_year(year + 1), _new_year(year - 1)
    if after - here == 356:
        return here + 2
    return here + 1 if here - before == 382 else here


def _hebrew(year: int, month: int, day: int) -> dt.date:
    """A day of a Hebrew year that begins with month 7 (Tishri); Purim's month 12 is the last Adar."""
    long = _start(year + 1) - _start(year)
    leap = long > 380
    lengths = {7: 30, 8: 30 if long % 10 == 5 else 29, 9: 29 if long % 10 == 3 else 30, 10: 29, 11: 30}
    order = [7, 8, 9, 10, 11, *([-12] if leap else []), 12, 1, 2, 3, 4, 5, 6]
    lengths |= {-12: 30, 12: 29, 1: 30, 2: 29, 3: 30, 4: 29, 5: 30, 6: 29}
    before = sum(lengths[one] for one in order[: order.index(month)])
    return dt.date.fromordinal(_HEBREW_EPOCH + _start(year) + before + day - 1)
