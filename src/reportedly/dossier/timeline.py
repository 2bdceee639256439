"""When who reported what: a drawing that keeps its letters readable at any width, since it places all in per cent."""

import datetime as dt
from collections.abc import Sequence

from reportedly.dossier.markup import Html, join, tag
from reportedly.dossier.wording import HEADINGS, count, day, interval, moment, outlet
from reportedly.records import STANCES, Event, EventReport

_DAY = 86400.0
_EDGE = 4.0  # per cent kept free on either side
_APART = 3.4  # per cent: closer marks are stacked, so that they stay apart on a telephone
_MARK, _HEAD, _TAIL = 15, 22, 10  # pixels: a row of marks, a lane's heading, space below
_TICKS = 5
_HOURS = (1, 2, 3, 6, 12, 24, 48, 72, 168, 336, 730, 1461, 2922, 8766)  # steps of the scale; the last a year
_FAR = 3.0  # times the span of reporting: a happening longer ago is told in words only


class Scale:
    """Moments to per cent of the width."""

    def __init__(self, first: float, last: float) -> None:
        wanting = max(0.0, _DAY - (last - first)) / 2
        self.first, self.last = first - wanting, last + wanting

    def x(self, at: float) -> float:
        """From the left, within the edges."""
        inner = 100 - 2 * _EDGE
        return round(_EDGE + inner * min(1.0, max(0.0, (at - self.first) / (self.last - self.first))), 2)

    def ticks(self) -> list[tuple[float, str]]:
        """Where the scale has a mark, and its words."""
        hours = (self.last - self.first) / 3600
        step = next((step for step in _HOURS if hours / step <= _TICKS), _HOURS[-1] * round(hours / 8766 / _TICKS + 1))
        at = self.first - self.first % (step * 3600) + step * 3600
        if self.first % (step * 3600) == 0:
            at = self.first
        found = []
        while at <= self.last:
            when = dt.datetime.fromtimestamp(at, dt.UTC)
            if step < 24 and when.hour:
                words = f"{when:%H:%M}"
            else:
                words = day(when) if hours > 8766 else day(when)[: -len(" 2031")]
            found.append((self.x(at), words))
            at += step * 3600
        return found


def stamp(when: dt.datetime | dt.date) -> float:
    """Seconds since 1970; a day without a clock time counts from its noon, a clock time without a zone as UTC."""
    if not isinstance(when, dt.datetime):
        when = dt.datetime.combine(when, dt.time(12))
    return (when if when.tzinfo else when.replace(tzinfo=dt.UTC)).timestamp()


def draw_timeline(event: Event) -> Html | None:
    """Publications by stance over time, the days of the happening, the turns of the story; None without dates."""
    dated = [line for line in event.reports if line.published is not None]
    if not dated:
        return None
    moments = [stamp(line.published) for line in dated if line.published]
    happened = _happened(event, min(moments), max(moments))
    scale = Scale(min([*moments, *(happened or ())]), max([*moments, *(happened or ())]))
    parts: list[object] = []
    y = 8
    if happened:
        y = 34
    top = y
    y += 18 if turns(event) else 0
    for stance in STANCES:
        lane = _published([line for line in dated if line.stance == stance])
        if lane:
            drawn, y = _lane(stance, lane, scale, y)
            parts.append(drawn)
    parts.append(_turns(event, scale, top, y))
    axis = [
        (
            tag("line", x1=f"{x}%", x2=f"{x}%", y1=0, y2=y, class_="tick"),
            tag("text", words, x=f"{x}%", y=y + 16, text_anchor="middle", class_="tick-words"),
        )
        for x, words in scale.ticks()
    ]
    base = tag("line", x1="0%", x2="100%", y1=y, y2=y, class_="axis")
    return tag(
        "svg",
        tag("title", "When who reported what", id="time-title"),
        tag("desc", _said(event, dated), id="time-desc"),
        axis,
        base,
        _band(scale, happened, interval(event.first, event.last) or "", y) if happened else None,
        parts,
        height=y + 24,
        width="100%",
        role="img",
        aria_labelledby="time-title time-desc",
        class_="timeline",
    )


def turns(event: Event) -> list[tuple[int, float]]:
    """The reversals of the history that have a date: their numbers in it, from 1, and when."""
    found = []
    for number, entry in enumerate(event.history, 1):
        at = entry.get("at")
        if entry.get("what") == "reversal" and at:
            when = at if isinstance(at, dt.date) else _read(str(at))
            if when is not None:
                found.append((number, stamp(when)))
    return found


def _turns(event: Event, scale: Scale, top: int, bottom: int) -> Html:
    drawn = []
    for number, at in turns(event):
        x = f"{scale.x(at)}%"
        drawn.append(tag("line", x1=x, x2=x, y1=top + 8, y2=bottom, class_="turn"))
        drawn.append(tag("text", str(number), x=x, y=top + 4, text_anchor="middle", class_="turn-number"))
    return join(drawn)


def _read(text: str) -> dt.datetime | dt.date | None:
    try:
        return dt.date.fromisoformat(text) if len(text) == 10 else dt.datetime.fromisoformat(text)
    except ValueError:
        return None


def is_far(event: Event) -> bool:
    """Whether the happening is too long before its reports to stand on one scale with them."""
    moments = [stamp(line.published) for line in event.reports if line.published]
    days = event.first or event.last
    return bool(moments and days) and _happened(event, min(moments), max(moments)) is None


def _happened(event: Event, first: float, last: float) -> tuple[float, float] | None:
    if event.first is None and event.last is None:
        return None
    begin = stamp(event.first) - _DAY / 2 if event.first else min(first, stamp(event.last or dt.date.min))
    end = stamp(event.last) + _DAY / 2 if event.last else max(last, begin)
    room = max(_FAR * (last - first), 30 * _DAY)
    return None if first - begin > room or end - last > room else (begin, end)


def _band(scale: Scale, happened: tuple[float, float], words: str, bottom: int) -> Html:
    left, right = scale.x(happened[0]), scale.x(happened[1])
    anchor, x = ("start", left) if left < 50 else ("end", right)
    across = {"x": f"{left}%", "width": f"{max(0.6, right - left):.2f}%"}
    return join(
        tag("rect", **across, y=20, height=bottom - 20, class_="happened-days"),
        tag("rect", **across, y=20, height=4, class_="happened"),
        tag("text", f"it happened {words}", x=f"{x}%", y=14, text_anchor=anchor, class_="happened-words"),
    )


def _published(lines: Sequence[EventReport]) -> list[EventReport]:
    """One line an article."""
    found: dict[str, EventReport] = {}
    for line in lines:
        found.setdefault(line.article, line)
    return sorted(found.values(), key=lambda line: stamp(line.published) if line.published else 0.0)


def _lane(stance: str, lane: Sequence[EventReport], scale: Scale, y: int) -> tuple[Html, int]:
    rows: list[float] = []
    marks = []
    for line in lane:
        assert line.published is not None
        x = scale.x(stamp(line.published))
        row = next((number for number, last in enumerate(rows) if x - last >= _APART), len(rows))
        rows[row : row + 1] = [x]
        said = f"{outlet(line)}, {moment(line.published)}{' (copy)' if line.copy_of else ''}"
        at = y + _HEAD + _MARK * row + 8
        shape = tag("use", href=f"#g-{stance}", transform="scale(.6)" if line.copy_of else None)
        marks.append(tag("svg", tag("title", said), shape, x=f"{x}%", y=at, class_="mark"))
    heading = tag("text", f"{HEADINGS[stance]} ", x="0", y=y + 15, class_="lane")  # type: ignore[index]
    return tag("g", heading, marks, class_=f"s-{stance}"), y + _HEAD + _MARK * len(rows) + _TAIL


def _said(event: Event, dated: Sequence[EventReport]) -> str:
    parts = []
    for stance in STANCES:
        lane = _published([line for line in dated if line.stance == stance])
        if lane:
            first, last = lane[0].published, lane[-1].published
            span = moment(first) if first == last else f"{moment(first)} to {moment(last)}"
            parts.append(f"{HEADINGS[stance]}: {count(len(lane), 'article')}, {span}.")
    when = interval(event.first, event.last)
    return " ".join([f"It happened {when}." if when else "No report says when it happened.", *parts])
