"""Found expressions, and the stretches that two of them or a preposition make: since, until, between, from … to."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.extract.times.scene import Kind
from reportedly.extract.times.words import Signals
from reportedly.records import TimeSpan

_LOOK_BACK = 20  # characters: the longest signal with its article


@dataclass(frozen=True, slots=True)
class Found:
    """A resolved expression with what the readers of reports need to know of it."""

    span: TimeSpan
    kind: Kind
    rule: str


def stretches(
    found: Sequence[Found], text: str, published: dt.date | None, signals: Signals, floor: int = 0
) -> list[Found]:
    """The expressions with signals and second ends taken in: since X lasts to publication, until X has no beginning.

    A pair becomes one stretch whose value is ISO 8601's `first/last`; the other signals keep their expression's value.
    """
    result: list[Found] = []
    skip = False
    for at, item in enumerate(found):
        if skip:
            skip = False
            continue
        if item.kind != "date":
            result.append(item)
            continue
        signal = signals.before.search(text, max(floor, item.span.start - _LOOK_BACK), item.span.start)
        role = signals.roles[" ".join(signal.group(1).lower().split())] if signal else ""
        start = signal.start() if signal else item.span.start
        following = found[at + 1] if at + 1 < len(found) else None
        if following and following.kind == "date" and _joined(item, following, text, role, signals):
            result.append(_pair(item, following, text, start))
            skip = True
        else:
            result.append(_moved(item, role, start, text, published))
    return result


def _joined(item: Found, following: Found, text: str, role: str, signals: Signals) -> bool:
    join = signals.between if role == "between" else signals.joins
    return join.fullmatch(text, item.span.end, following.span.start) is not None


def _pair(item: Found, following: Found, text: str, start: int) -> Found:
    one, two = item.span, following.span
    first, last = one.first, two.last
    if first and last and first > last:  # "from Friday to Monday" with days of two weeks: keep what was said first
        first, last = one.first, one.last
    span = TimeSpan(
        text=text[start : two.end],
        start=start,
        end=two.end,
        first=first,
        last=last,
        grain=one.grain,
        value=f"{one.value}/{two.value}",
    )
    return Found(span, "date", item.rule)


def _moved(item: Found, role: str, start: int, text: str, published: dt.date | None) -> Found:
    span = item.span
    first, last = span.first, span.last
    one = dt.timedelta(days=1)
    if role in ("before", "after") and span.grain == "hour":
        role = "within"  # "before dawn on Tuesday" is Tuesday
    if role in ("since", "from"):
        last = published if published and first and first <= published else None
    elif role == "after":
        first, last = (last + one if last else None), None
    elif role == "until":
        first = None
    elif role == "before":
        first, last = None, (first - one if first else None)
    elif role != "within":
        return item
    moved = dataclasses.replace(span, start=start, text=text[start : span.end], first=first, last=last)
    return dataclasses.replace(item, span=moved)
