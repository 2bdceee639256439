"""The places of an event on a map of our own: land from the gazetteer's outlines, places as circles or shapes."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reportedly.dossier.markup import Html, join, tag
from reportedly.dossier.wording import place_name
from reportedly.gazetteer import Gazetteer
from reportedly.gazetteer.drawing import Box, Point, draw_land, draw_seas, draw_world, towns_in
from reportedly.records import Place

_WIDTH, _HEIGHT = 800, 500
_KM = 111.32  # a degree of latitude
_LEAST_KM = 600.0  # the least width of a window: with less, no outline would tell the reader where this is
_MARGIN = 0.55  # of the places' extent, on either side
_COUNTRY_KM = 120.0  # a place known no better than this does not widen a window that holds nearer ones
_MOST_TOWNS = 6
_LETTER = 7.2  # units a letter takes


@dataclass(frozen=True, slots=True)
class Frame:
    """A window and its scale: degrees to units of the drawing, longitudes shrunk by the middle latitude."""

    window: Box

    def xy(self, point: Sequence[float]) -> tuple[float, float]:
        """From the left and from the top; the longitude is taken on the window's side of the date line."""
        west, south, east, north = self.window
        lon = point[0]
        middle = (west + east) / 2
        lon += 360 * round((middle - lon) / 360)
        return (lon - west) / (east - west) * _WIDTH, (north - point[1]) / (north - south) * _HEIGHT

    @property
    def km_wide(self) -> float:
        """How many kilometres the window is wide in the middle."""
        west, south, east, north = self.window
        return (east - west) * _KM * math.cos(math.radians((south + north) / 2))

    def radius(self, km: float) -> float:
        """Kilometres in units."""
        return km / self.km_wide * _WIDTH


def located(places: Iterable[Place]) -> list[Place]:
    """The places that have a point."""
    return [place for place in places if place.lat is not None and place.lon is not None]


def window_of(places: Sequence[Place]) -> Box:
    """A sensible window around places that have a point: around the nearer known ones where some are only countries."""
    near = [place for place in places if (place.radius_km or 0) <= _COUNTRY_KM and place.kind != "country"] or places
    anchor = near[0].lon or 0.0
    boxes = [_box_of(place, anchor) for place in near]
    west, south = min(b[0] for b in boxes), min(b[1] for b in boxes)
    east, north = max(b[2] for b in boxes), max(b[3] for b in boxes)
    lat = max(-75.0, min(75.0, (south + north) / 2))
    shrink = math.cos(math.radians(lat))
    wide = max((east - west) * _KM * shrink * (1 + 2 * _MARGIN), _LEAST_KM)
    high = max((north - south) * _KM * (1 + 2 * _MARGIN), wide * _HEIGHT / _WIDTH)
    wide = max(wide, high * _WIDTH / _HEIGHT)
    half_lon = min(180.0, wide / _KM / shrink / 2)
    half_lat = min(80.0, high / _KM / 2)
    middle = min(83.0 - half_lat, max(-83.0 + half_lat, (south + north) / 2))
    across = (west + east) / 2
    return across - half_lon, middle - half_lat, across + half_lon, middle + half_lat


def _box_of(place: Place, anchor: float) -> Box:
    lat, lon = place.lat or 0.0, place.lon or 0.0
    lon += 360 * round((anchor - lon) / 360)
    reach = (place.radius_km or 1.0) / _KM
    aside = reach / max(0.1, math.cos(math.radians(lat)))
    west, south, east, north = lon - aside, lat - reach, lon + aside, lat + reach
    for point in _points(place):
        x = point[0] + 360 * round((anchor - point[0]) / 360)
        west, east = min(west, x), max(east, x)
        south, north = min(south, point[1]), max(north, point[1])
    return west, south, east, north


def _rings(place: Place) -> list[list[Sequence[float]]]:
    geometry: Any = place.geometry or {}
    if geometry.get("type") == "Polygon":
        return list(geometry["coordinates"])
    if geometry.get("type") == "MultiPolygon":
        return [ring for polygon in geometry["coordinates"] for ring in polygon]
    return []


def _points(place: Place) -> list[Sequence[float]]:
    return [point for ring in _rings(place) for point in ring]


def path_of(rings: Iterable[Sequence[Sequence[float]]], frame: Frame) -> str:
    """Rings as a path in whole units, each point from the one before; what falls together is left out."""
    parts = []
    for ring in rings:
        units = [tuple(round(value) for value in frame.xy(point)) for point in ring]
        at = units[0]
        steps = []
        for point in units[1:]:
            if point != at:
                steps.append(f"{point[0] - at[0]} {point[1] - at[1]}")
                at = point
        if len(steps) > 1:
            parts.append(f"M{units[0][0]} {units[0][1]}l{' '.join(steps)}z")
    return "".join(parts)


def draw_map(places: Sequence[Place], gazetteer: Gazetteer) -> Html | None:
    """The map of the places that have a point, numbered in their order among `places`; None where none has."""
    shown = located(places)
    if not shown:
        return None
    frame = Frame(window_of(shown))
    step = (frame.window[2] - frame.window[0]) / _WIDTH
    land = draw_land(gazetteer, frame.window, step)
    taken = _Taken()
    numbers = {id(place): number for number, place in enumerate(places, 1)}
    # The first place is what the reader looks for: it is drawn last, its name set first.
    areas = [_area(place, frame) for place in reversed(shown)]
    points = [_point(place, numbers[id(place)], frame, taken) for place in shown]
    names = _names(gazetteer, frame, land, taken)
    told = "; ".join(f"{numbers[id(place)]}: {place_name(place)}" for place in shown)
    around = ", ".join(country.name for country in land if country.label) or "open sea"
    return tag(
        "svg",
        tag("title", "Map of where it is said to have happened", id="map-title"),
        tag("desc", f"{told}. Around it: {around}. The list beside it says the same in words.", id="map-desc"),
        tag("rect", width=_WIDTH, height=_HEIGHT, class_="water"),
        tag("path", d="".join(path_of(country.rings, frame) for country in land), class_="land"),
        areas,
        names,
        points[::-1],
        _scale_bar(frame),
        _locator(gazetteer, frame),
        tag("rect", x=0.5, y=0.5, width=_WIDTH - 1, height=_HEIGHT - 1, class_="frame"),
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        role="img",
        aria_labelledby="map-title map-desc",
        class_="map",
    )


class _Taken:
    """Where words stand already: boxes that others keep out of."""

    def __init__(self) -> None:
        self.boxes: list[Box] = [(0, _HEIGHT - 44, 190, _HEIGHT), (_WIDTH - 190, _HEIGHT - 110, _WIDTH, _HEIGHT)]

    def spot(self, x: float, y: float) -> tuple[float, float]:
        """Where the mark of a point stands: on it, or beside it where another mark is there."""
        for aside, down in ((0, 0), (-27, 0), (27, 0), (0, -27), (0, 27), (-27, -27), (27, 27)):
            if self.take((x + aside - 11, y + down - 11, x + aside + 11, y + down + 11)):
                return x + aside, y + down
        return x, y

    def take(self, box: Box) -> bool:
        """Whether there was room; takes it then."""
        inside = box[0] >= 4 and box[1] >= 4 and box[2] <= _WIDTH - 4 and box[3] <= _HEIGHT - 4
        free = inside and not any(
            box[0] < held[2] and held[0] < box[2] and box[1] < held[3] and held[1] < box[3] for held in self.boxes
        )
        if free:
            self.boxes.append(box)
        return free


def _area(place: Place, frame: Frame) -> Html:
    rings = _rings(place)
    if rings:
        return tag("path", d=path_of(rings, frame), class_="area", fill_rule="evenodd")
    x, y = frame.xy((place.lon or 0.0, place.lat or 0.0))
    reach = frame.radius(place.radius_km or 0.0)
    return tag("circle", cx=f"{x:.0f}", cy=f"{y:.0f}", r=f"{reach:.1f}", class_="area") if reach > 8 else Html("")


def _point(place: Place, number: int, frame: Frame, taken: _Taken) -> Html:
    at = frame.xy((place.lon or 0.0, place.lat or 0.0))
    x, y = taken.spot(*at)
    words = place_name(place)
    wide = _LETTER * 1.25 * len(words)
    sides = (
        (x + 16, "start", (x + 14, y - 12, x + 16 + wide, y + 10)),
        (x - 16, "end", (x - 16 - wide, y - 12, x - 14, y + 10)),
    )
    side = next((side for side in sides if taken.take(side[2])), None)
    label = tag("text", words, x=f"{side[0]:.0f}", y=f"{y + 5:.0f}", text_anchor=side[1], class_="spot") if side else None
    mark = tag("circle", cx=f"{x:.0f}", cy=f"{y:.0f}", r=11, class_="spot")
    inside = tag("text", str(number), x=f"{x:.0f}", y=f"{y + 4.5:.0f}", text_anchor="middle", class_="number")
    leader = None
    if (x, y) != at:
        leader = tag("path", d=f"M{at[0]:.0f} {at[1]:.0f}L{x:.0f} {y:.0f}", class_="leader")
    return join(leader, mark, inside, label)


def _names(gazetteer: Gazetteer, frame: Frame, land: Sequence[Any], taken: _Taken) -> Html:
    drawn = []
    for kind, named in (("country", land), ("sea", draw_seas(gazetteer, frame.window))):
        for area in named:
            if area.label:
                drawn.append(_name(area.name, area.label, frame, kind, taken, 1.45 if kind == "country" else 1.0))
    shown = 0
    for town in towns_in(gazetteer, frame.window):
        x, y = frame.xy(town.at)
        wide = _LETTER * len(town.name)
        if shown < _MOST_TOWNS and taken.take((x - 4, y - 9, x + 8 + wide, y + 8)):
            shown += 1
            dot = tag("circle", cx=f"{x:.0f}", cy=f"{y:.0f}", r=2.5)
            drawn.append(tag("g", dot, tag("text", town.name, x=f"{x + 7:.0f}", y=f"{y + 4:.0f}"), class_="town"))
    return join(drawn)


def _name(words: str, at: Point, frame: Frame, kind: str, taken: _Taken, wide: float) -> Html | None:
    x, y = frame.xy(at)
    half = _LETTER * wide * len(words) / 2
    if not taken.take((x - half, y - 10, x + half, y + 8)):
        return None
    return tag("text", words, x=f"{x:.0f}", y=f"{y + 4:.0f}", text_anchor="middle", class_=kind)


def _scale_bar(frame: Frame) -> Html:
    aim = frame.km_wide / 6
    power = 10 ** math.floor(math.log10(aim))
    km = max(step * power for step in (1, 2, 5) if step * power <= aim)
    wide = frame.radius(km)
    y = _HEIGHT - 16
    return tag(
        "g",
        tag("path", d=f"M16 {y - 6}v6h{wide:.0f}v-6"),
        tag("text", f"{km:,.0f} km", x=f"{16 + wide + 8:.0f}", y=y),
        class_="scale",
    )


def _locator(gazetteer: Gazetteer, frame: Frame) -> Html:
    """The world in a corner, with the window in it."""
    wide, high = 172, 69
    left, top = _WIDTH - wide - 10, _HEIGHT - high - 10

    def at(lon: float, lat: float) -> tuple[int, int]:
        return round(left + (lon + 180) / 360 * wide), round(top + (84 - lat) / 144 * high)

    parts = []
    for ring in draw_world(gazetteer):
        units = list(dict.fromkeys(at(*point) for point in ring))
        if len(units) > 2:
            parts.append("M" + "L".join(f"{x} {y}" for x, y in units) + "z")
    west, south, east, north = frame.window
    middle = (west + east) / 2
    turned = middle - 360 * round(middle / 360)
    x, y = at(turned, (south + north) / 2)
    half_x, half_y = max(3, (east - west) / 720 * wide), max(3, (north - south) / 288 * high)
    return tag(
        "g",
        tag("rect", x=left, y=top, width=wide, height=high, class_="water"),
        tag("path", d="".join(parts), class_="land"),
        tag(
            "rect",
            x=f"{x - half_x:.0f}",
            y=f"{y - half_y:.0f}",
            width=f"{2 * half_x:.0f}",
            height=f"{2 * half_y:.0f}",
            class_="here",
        ),
        tag("rect", x=left, y=top, width=wide, height=high, class_="frame"),
        class_="locator",
    )
