"""The window of a map: which ground it shows around an event's places, and how degrees become units of the drawing."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reportedly.gazetteer.drawing import Box
from reportedly.records import Place

WIDTH, HEIGHT = 800, 500
_KM = 111.32  # a degree of latitude
_LEAST_KM = 600.0  # the least width of a window: with less, few outlines would tell the reader where this is
_MARGIN = 0.55  # of the places' extent, on either side
_FAR_KM = 1500.0  # from the first place: what lies further is listed, not drawn; by judgement
_POLE = 89.9
_COUNTRY_KM = 120.0  # a place known no better than this does not widen a window that holds nearer ones


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
        return (lon - west) / (east - west) * WIDTH, (north - point[1]) / (north - south) * HEIGHT

    @property
    def km_wide(self) -> float:
        """How many kilometres the window is wide in the middle."""
        west, south, east, north = self.window
        return (east - west) * _KM * math.cos(math.radians((south + north) / 2))

    def radius(self, km: float) -> float:
        """Kilometres in units."""
        return km / self.km_wide * WIDTH


def located(places: Iterable[Place]) -> list[Place]:
    """The places that have a point."""
    return [place for place in places if place.lat is not None and place.lon is not None]


def window_of(places: Sequence[Place]) -> Box:
    """A sensible window around places that have a point, the best supported first.

    Around those better known than a country, if there are any, and not too far from the first of them: one slip in
    forty reports must not make it a map of the world.
    """
    known = [place for place in places if (place.radius_km or 0) <= _COUNTRY_KM and place.kind != "country"] or places
    near = [place for place in known if _apart_km(place, known[0]) <= _FAR_KM]
    anchor = near[0].lon or 0.0
    boxes = [_box_of(place, anchor) for place in near]
    west, south = min(b[0] for b in boxes), min(b[1] for b in boxes)
    east, north = max(b[2] for b in boxes), max(b[3] for b in boxes)
    lat = max(-75.0, min(75.0, (south + north) / 2))
    shrink = math.cos(math.radians(lat))
    wide = max((east - west) * _KM * shrink * (1 + 2 * _MARGIN), _LEAST_KM)
    high = max((north - south) * _KM * (1 + 2 * _MARGIN), wide * HEIGHT / WIDTH)
    wide = max(wide, high * WIDTH / HEIGHT)
    half_lon = min(180.0, wide / _KM / shrink / 2)
    half_lat = min(80.0, high / _KM / 2)
    middle = min(_POLE - half_lat, max(half_lat - _POLE, (south + north) / 2))
    across = (west + east) / 2
    return across - half_lon, middle - half_lat, across + half_lon, middle + half_lat


def in_window(place: Place, window: Box) -> bool:
    """Whether a place's point lies in a window."""
    if place.lat is None or place.lon is None:
        return False
    x, y = Frame(window).xy((place.lon, place.lat))
    return 0 <= x <= WIDTH and 0 <= y <= HEIGHT


def _apart_km(one: Place, other: Place) -> float:
    a, b = math.radians(one.lat or 0.0), math.radians(other.lat or 0.0)
    east = math.radians((one.lon or 0.0) - (other.lon or 0.0))
    half = math.sin((a - b) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(east / 2) ** 2
    return 2 * math.asin(min(1.0, math.sqrt(half))) * math.degrees(_KM)


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


def rings_of(place: Place) -> list[list[Sequence[float]]]:
    """The rings of a place's shape in degrees; none where it is a point or a circle."""
    geometry: Any = place.geometry or {}
    if geometry.get("type") == "Polygon":
        return list(geometry["coordinates"])
    if geometry.get("type") == "MultiPolygon":
        return [ring for polygon in geometry["coordinates"] for ring in polygon]
    return []


def _points(place: Place) -> list[Sequence[float]]:
    return [point for ring in rings_of(place) for point in ring]
