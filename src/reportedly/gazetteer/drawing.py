"""Land for a map: outlines of countries in a window, cut to it and plain enough to print, and towns to find one's way.

Windows and points are in degrees (west, south, east, north; longitude, latitude); a window may reach over the date line
(170 to 190).
"""

import functools
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from reportedly.gazetteer.store import Gazetteer

Box = tuple[float, float, float, float]
Point = tuple[float, float]

_SPECK = 12.0  # square steps: what is smaller does not show
_LABEL_SHARE = 0.006  # of the window: land that gets its name
_WORLD_SPECK = 8.0  # square degrees
_WORLD_STEP = 1.2


@dataclass(frozen=True, slots=True)
class Land:
    """A country's (or sea's) part in a window: its rings, its name, and where that is best written.

    Outer rings and holes alike, to be filled by the even-odd rule. `label` is None where too little of it shows.
    """

    code: str
    name: str
    rings: tuple[tuple[Point, ...], ...]
    label: Point | None


@dataclass(frozen=True, slots=True)
class Town:
    """A capital or a larger town."""

    name: str
    kind: str
    at: Point
    population: int


def draw_land(gazetteer: Gazetteer, window: Box, step: float) -> list[Land]:
    """The countries in a window. `step`: the least that shows, in degrees; lines move by no more than that."""
    frame = shapely.box(*window)
    names = gazetteer.country_names()
    parts: dict[str, list[BaseGeometry]] = {}
    for shift, box in _turned(window):
        for code, wkb in gazetteer.countries_in(*box):
            area = shapely.clip_by_rect(shapely.from_wkb(wkb), *box)
            if not area.is_empty:
                parts.setdefault(code, []).append(_moved(area, shift))
    found = []
    for code, areas in sorted(parts.items()):
        area = _plain(shapely.union_all([_sound(part) for part in areas]), step)
        if not area.is_empty:
            found.append(Land(code, names.get(code, code), _rings(area), _label(area, frame)))
    return found


def draw_seas(gazetteer: Gazetteer, window: Box) -> list[Land]:
    """The seas of a window that are large enough in it to be named, the larger first: names and labels, no rings."""
    frame = shapely.box(*window)
    found = []
    for shift, box in _turned(window):
        for name, wkb in gazetteer.seas_in(*box):
            parts = shapely.get_parts(_moved(shapely.clip_by_rect(shapely.from_wkb(wkb), *box), shift))
            largest = max((part for part in parts if part.geom_type == "Polygon"), key=lambda p: p.area, default=None)
            if largest is not None and (label := _label(largest, frame)):
                found.append((largest.area, Land("", name, (), label)))
    return [sea for _, sea in sorted(found, key=lambda item: (-item[0], item[1].name))]


@functools.lru_cache(maxsize=2)
def draw_world(gazetteer: Gazetteer) -> tuple[tuple[Point, ...], ...]:
    """The rings of the world's land, country by country, as coarse as a thumbnail asks for; without Antarctica."""
    world = (-180.0, -60.0, 180.0, 84.0)
    rings = []
    for code, wkb in gazetteer.countries_in(*world):
        if code != "ATA":
            parts = shapely.get_parts(shapely.from_wkb(wkb))
            large = shapely.simplify(parts[shapely.area(parts) > _WORLD_SPECK], _WORLD_STEP)
            rings += [tuple((x, y) for x, y in ring.coords) for ring in shapely.get_exterior_ring(large) if ring]
    return tuple(ring for ring in rings if len(ring) > 3)


def towns_in(gazetteer: Gazetteer, window: Box) -> list[Town]:
    """The capitals of a window, then its largest towns."""
    found = []
    for shift, box in _turned(window):
        found += [
            Town(name, kind, (lon + shift, lat), people) for name, kind, lat, lon, people in gazetteer.places_in(*box)
        ]
    return sorted(found, key=lambda town: (town.kind != "capital", -town.population, town.name))


def _turned(window: Box) -> Iterator[tuple[float, Box]]:
    """The window as boxes within ±180°, each with the degrees to be added to what is found there."""
    west, south, east, north = window
    for shift in (-360.0, 0.0, 360.0):
        left, right = max(west - shift, -180.0), min(east - shift, 180.0)
        if left < right:
            yield shift, (left, south, right, north)


def _moved(area: BaseGeometry, shift: float) -> BaseGeometry:
    return shapely.transform(area, lambda points: np.add(points, (shift, 0.0))) if shift else area


def _sound(area: BaseGeometry) -> BaseGeometry:
    return area if shapely.is_valid(area) else shapely.make_valid(area, method="structure", keep_collapsed=False)


def _plain(area: BaseGeometry, step: float) -> BaseGeometry:
    simple = _sound(shapely.simplify(area, step))
    parts = [part for part in shapely.get_parts(simple) if part.geom_type == "Polygon"]
    kept = [part for part in parts if part.area > _SPECK * step * step]
    return shapely.MultiPolygon(kept)


def _rings(area: BaseGeometry) -> tuple[tuple[Point, ...], ...]:
    return tuple(
        tuple((x, y) for x, y in ring.coords)
        for part in shapely.get_parts(area)
        for ring in (part.exterior, *part.interiors)
    )


def _label(area: BaseGeometry, frame: BaseGeometry) -> Point | None:
    """A spot well inside the country's largest part in the window."""
    largest = max(shapely.get_parts(area), key=lambda part: part.area)
    if largest.area < _LABEL_SHARE * frame.area:
        return None
    tolerance = max(0.02, math.sqrt(largest.area) / 20)
    spine = shapely.maximum_inscribed_circle(largest, tolerance)
    x, y = shapely.get_coordinates(spine)[0]
    return float(x), float(y)
