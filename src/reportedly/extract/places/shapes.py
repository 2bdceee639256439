"""The ground that a spatial expression means, as a shape with a best point and the radius that holds nine tenths of it.

Works in kilometres on a plane laid at the place that the expression starts from; outlines are good to some two
kilometres (gazetteer/outlines.py), so bands along a border are never narrower than that.
"""

import functools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
import shapely.ops
from shapely.geometry import LineString, MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry

from reportedly.extract.places.spatial import Expression, Grammar, load_spatial
from reportedly.gazetteer import Candidate, Gazetteer

_KM_PER_DEGREE = 111.32
_SLACK = 5.0  # kilometres: how far apart two simplified outlines of one border may run
_SLIVER = 1.0  # kilometres: half the width of a gap between two simplified outlines
_LINE = 4.0  # kilometres: the least half-width of a band along a border
_SAMPLES = 28  # a grid of so many by so many points
_ENOUGH = 150  # points inside; a thin band gets a finer grid
_HELD = 0.9
_MOST_LENGTH = 900.0  # kilometres between two towns that one road joins, or two shores that one sea parts
_TOWNS = ("city", "capital", "site", "admin2", "region", "island")
_STRAIT = 0.85  # of the distance between two shores: how far from each the water between them reaches
_EDGE = 5.0  # kilometres: of a town's middle, the most that "outside" leaves out and "central" takes in
_POLAR = 0.01  # the least that a degree of longitude shrinks to: at a pole it would be nothing
_WORLD = (-540.0, -90.0, 540.0, 90.0)
_PRINTED = 1e-4  # degrees: four decimals
_CORNERS, _PARTS, _TRIES = 400, 40, 8
_SPECK = 0.0005  # of a shape's area: a part that is not printed
_FINE = 0.002  # of a shape's extent: what simplifying it for print may move


@dataclass(frozen=True, slots=True)
class Area:
    """A shape (GeoJSON geometry), its best point in degrees, and the radius in kilometres around it that holds 90 %."""

    geometry: Mapping[str, Any]
    lat: float
    lon: float
    radius_km: float


class Plane:
    """Kilometres east and north of a point; true to some per cent within a thousand kilometres."""

    def __init__(self, lat: float, lon: float) -> None:
        self.lat, self.lon = lat, lon
        self.scale = max(_POLAR, math.cos(math.radians(lat))) * _KM_PER_DEGREE

    def down(self, area: BaseGeometry) -> BaseGeometry:
        """Degrees to kilometres."""
        return shapely.transform(area, self._down)

    def _down(self, points: Any) -> Any:
        east = (points[:, 0] - self.lon + 180.0) % 360.0 - 180.0
        return np.column_stack((east * self.scale, (points[:, 1] - self.lat) * _KM_PER_DEGREE))

    def up(self, area: BaseGeometry) -> BaseGeometry:
        """Kilometres to degrees."""
        return shapely.transform(
            area, lambda p: np.column_stack((p[:, 0] / self.scale + self.lon, p[:, 1] / _KM_PER_DEGREE + self.lat))
        )

    def at(self, place: Candidate) -> tuple[float, float]:
        """Where a place lies."""
        point = self._down(np.array([[place.lon, place.lat]]))[0]
        return float(point[0]), float(point[1])


@dataclass(frozen=True, slots=True)
class Ground:
    """What an expression is drawn from: the senses of its names, the side it is told from, the gazetteer's outlines."""

    expression: Expression
    places: tuple[Candidate, ...]
    sides: tuple[Candidate, ...]
    gazetteer: Gazetteer
    grammar: Grammar
    plane: Plane
    strict: bool

    def outline(self, place: Candidate) -> BaseGeometry:
        """The place's outline on the plane, or the circle that stands for it."""
        known = _outline(self.gazetteer, place.id)
        if known is not None:
            return _sound(self.plane.down(known))  # Antarctica tears on the far side of the plane
        return shapely.Point(self.plane.at(place)).buffer(max(1.0, place.radius_km))

    def land(self, area: BaseGeometry) -> BaseGeometry:
        """All countries' land in and around an area of the plane."""
        box = self.plane.up(shapely.box(*area.bounds)).bounds
        near = [shapely.from_wkb(wkb) for _, wkb in self.gazetteer.countries_in(*box)]
        return self._joined(near, box)

    def neighbours(self, place: Candidate, outline: BaseGeometry) -> BaseGeometry:
        """The land of other countries around a country or region."""
        box = self.plane.up(shapely.box(*outline.buffer(2 * _SLACK).bounds)).bounds
        others = [shapely.from_wkb(wkb) for code, wkb in self.gazetteer.countries_in(*box) if code != place.country]
        return self._joined(others, box)

    def _joined(self, areas: Sequence[BaseGeometry], box: tuple[float, float, float, float]) -> BaseGeometry:
        """What of the areas lies in a box of degrees, on the plane. A cut may leave a ring that touches itself."""
        return shapely.union_all([_sound(self.plane.down(shapely.clip_by_rect(one, *box))) for one in areas])

    def km(self, key: str) -> float:
        """A reach of the grammar."""
        return self.grammar.kilometres[key]

    def share(self, key: str) -> float:
        """A share of the grammar."""
        return self.grammar.shares[key]


@functools.lru_cache(maxsize=128)
def _outline(gazetteer: Gazetteer, place: int) -> BaseGeometry | None:
    wkb = gazetteer.outline(place)
    return shapely.from_wkb(wkb) if wkb is not None else None


@functools.lru_cache(maxsize=512)
def draw(
    expression: Expression,
    places: tuple[Candidate, ...],
    sides: tuple[Candidate, ...],
    gazetteer: Gazetteer,
    strict: bool = False,
) -> Area | None:
    """The ground of an expression; None where its places do not give one ("25 miles into Iceland").

    Nor where it is too small for four decimals ("3 metres north of Mosul") or lies beyond a pole.

    `places` are the senses of its names in their order, `sides` what its sentence names besides. `strict`: a border
    must be one with a country named there.
    """
    plane = Plane(places[0].lat, places[0].lon)
    ground = Ground(expression, places, sides, gazetteer, load_spatial(), plane, strict)
    drawn = _DRAW[expression.kind](ground)
    if drawn is None:
        return None
    shape, best = drawn
    if shape.is_empty or shape.area <= 0:
        return None
    return _area(shape, best, plane)


def _area(shape: BaseGeometry, best: tuple[float, float] | None, plane: Plane) -> Area | None:
    points = _grid(shape)
    if best is None:
        middle = points.mean(axis=0)
        best = tuple(points[np.argmin(np.hypot(*(points - middle).T))])
    away = np.hypot(points[:, 0] - best[0], points[:, 1] - best[1])
    geometry = _geojson(plane.up(_printable(shape)))
    lon, lat = shapely.get_coordinates(plane.up(shapely.Point(best)))[0]
    if geometry is None or abs(lat) > 90:
        return None
    lon = (lon + 180.0) % 360.0 - 180.0
    return Area(geometry, round(float(lat), 4), round(float(lon), 4), round(float(np.quantile(away, _HELD)), 1))


def _printable(shape: BaseGeometry) -> BaseGeometry:
    """The shape with few enough corners to be read and sent about; specks are left out."""
    west, south, east, north = shape.bounds
    step = _FINE * max(east - west, north - south)
    parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    kept = [part for at, part in enumerate(parts) if at < _PARTS and part.area > _SPECK * shape.area]
    plain = shapely.union_all(kept)
    for _ in range(_TRIES):
        if shapely.get_num_coordinates(plain) <= _CORNERS:
            break
        tried = _sound(shapely.simplify(plain, step))
        if tried.is_empty or tried.area < 0.8 * shape.area:
            break
        plain, step = tried, 1.6 * step
    return plain


def _plainer(area: BaseGeometry, reach: float) -> BaseGeometry:
    """Land without what does not matter to a band so wide: rocks, and bends of a twentieth of it."""
    parts = [part for part in shapely.get_parts(area) if part.area > 0.01 * reach * reach]
    return _sound(shapely.simplify(shapely.union_all(parts), 0.05 * reach)) if parts else area


def _geojson(area: BaseGeometry) -> Mapping[str, Any] | None:
    """RFC 7946: four decimals, outer rings anticlockwise, no ring that crosses itself; None where nothing is left."""
    if area.bounds[1] < _WORLD[1] or area.bounds[3] > _WORLD[3]:
        area = shapely.clip_by_rect(_sound(area), *_WORLD)
    whole = shapely.set_precision(_sound(area), _PRINTED)
    flat = [part for part in shapely.get_parts(whole) if part.geom_type == "Polygon" and part.area > 0]
    if not flat:
        return None
    turned = [shapely.orient_polygons(part) for part in flat]
    joined = turned[0] if len(turned) == 1 else MultiPolygon(turned)
    table = mapping(shapely.transform(joined, lambda points: np.round(points, 4)))
    return {"type": table["type"], "coordinates": _lists(table["coordinates"])}


def _sound(area: BaseGeometry) -> BaseGeometry:
    """The area with its rings taken apart where they cross."""
    return area if shapely.is_valid(area) else shapely.make_valid(area, method="structure", keep_collapsed=False)


def _lists(value: Any) -> Any:
    return [_lists(item) for item in value] if isinstance(value, tuple) else value


def _grid(shape: BaseGeometry) -> Any:
    """Points spread evenly over a shape; at least one."""
    west, south, east, north = shape.bounds
    shapely.prepare(shape)
    for finer in (1, 2, 4):
        xs = np.linspace(west, east, finer * _SAMPLES + 2)[1:-1]
        ys = np.linspace(south, north, finer * _SAMPLES + 2)[1:-1]
        x, y = (axis.ravel() for axis in np.meshgrid(xs, ys))
        inside = shapely.contains_xy(shape, x, y)
        if inside.sum() >= _ENOUGH:
            break
    if inside.any():
        return np.column_stack((x[inside], y[inside]))
    at = shapely.point_on_surface(shape)
    return np.array([[at.x, at.y]])


Drawn = tuple[BaseGeometry, tuple[float, float] | None] | None


def _distance(ground: Ground) -> Drawn:
    """A wedge, or a ring where no direction is said."""
    said, place = ground.expression, ground.places[0]
    centre = ground.plane.at(place)
    if "open" in said.words:  # "north of Mosul": no distance
        if place.kind not in _TOWNS:
            return None
        reach = ground.km("direction") * (0.4 if "just" in said.words else 1.0)
        near, far = 0.5 * place.radius_km, place.radius_km + reach
        best = place.radius_km + 0.35 * reach
    else:
        assert said.km is not None
        near, far, best = ground.share("nearest") * said.km, ground.share("farthest") * said.km, said.km
        if said.bearing is None and place.kind in _TOWNS:
            far += place.radius_km  # from the edge of a town as well as from its middle
        if "reach" in said.words:  # "within five miles of Kut"
            near = 0.0
    if said.bearing is None:
        disc = shapely.Point(centre).buffer(far)
        return (disc.difference(shapely.Point(centre).buffer(near)) if near else disc), centre
    half = ground.share("wedge_degrees")
    angles = np.radians(said.bearing + np.linspace(-half, half, 18))
    outer = [(centre[0] + far * math.sin(a), centre[1] + far * math.cos(a)) for a in angles]
    inner = [(centre[0] + near * math.sin(a), centre[1] + near * math.cos(a)) for a in angles[::-1]]
    towards = math.radians(said.bearing)
    return Polygon(outer + inner), (centre[0] + best * math.sin(towards), centre[1] + best * math.cos(towards))


def _shared(ground: Ground, outline: BaseGeometry, others: BaseGeometry) -> BaseGeometry:
    """The part of an outline's edge that runs along other land."""
    return outline.boundary.intersection(others.buffer(_SLACK))


def _entered_from(ground: Ground, outline: BaseGeometry) -> BaseGeometry:
    """The border of the first place with the second, with the one side that its sentence names, or with all."""
    place = ground.places[0]
    named = [other for other in (*ground.places[1:], *ground.sides) if other.country != place.country]
    lines = []
    for other in {other.id: other for other in named if other.kind == "country"}.values():
        line = _shared(ground, outline, ground.outline(other))
        if line.length > _SLACK:
            lines.append(line)
        if lines and other in ground.places[1:]:
            break
    if len(lines) == 1:
        return lines[0]
    if not lines and named and ground.strict:
        return Polygon()
    return _shared(ground, outline, ground.neighbours(place, outline))


def _middle_of(line: BaseGeometry) -> tuple[float, float] | None:
    """The middle of the longest stretch of a border."""
    merged = shapely.line_merge(shapely.union_all([p for p in shapely.get_parts(line) if p.geom_type == "LineString"]))
    parts = shapely.get_parts(merged)
    if not len(parts):
        return None
    longest = max(parts, key=lambda part: part.length)
    at = shapely.line_interpolate_point(longest, 0.5, normalized=True)
    return float(at.x), float(at.y)


def _into(ground: Ground) -> Drawn:
    """Inside, so far from the border that was crossed."""
    said = ground.expression
    assert said.km is not None
    if ground.places[0].kind not in ("country", "admin1"):
        return None
    outline = ground.outline(ground.places[0])
    line = _entered_from(ground, outline)
    if line.is_empty:
        return None
    far = max(ground.share("farthest") * said.km, said.km + _LINE)
    near = max(0.0, min(ground.share("nearest") * said.km, said.km - _LINE))
    band = line.buffer(far).intersection(outline)
    if near:
        band = band.difference(line.buffer(near))
    return band, _nearest_to(band, _middle_of(line))


def _nearest_to(shape: BaseGeometry, at: tuple[float, float] | None) -> tuple[float, float] | None:
    """The spot of a shape next to a point, a little way in."""
    if at is None or shape.is_empty:
        return None
    points = _grid(shape)
    best = points[np.argmin(np.hypot(points[:, 0] - at[0], points[:, 1] - at[1]))]
    return float(best[0]), float(best[1])


def _border(ground: Ground) -> Drawn:
    """A band along a border: of both sides, or of the one that the words name."""
    said = ground.expression
    reach = ground.km("border_on" if "on" in said.words or len(ground.places) > 1 else "border_near")
    first = ground.places[0]
    outline = ground.outline(first)
    line, over = (_border_of_two if len(ground.places) > 1 else _border_of_one)(ground, outline)
    if line.is_empty or over.is_empty:
        return None
    band = line.buffer(reach).intersection(over)
    return band, _nearest_to(band, _middle_of(line))


Border = tuple[BaseGeometry, BaseGeometry]
_NONE: Border = (Polygon(), Polygon())


def _border_of_two(ground: Ground, outline: BaseGeometry) -> Border:
    """The line between two countries, and the ground on both of its sides or on the one that is named."""
    other = ground.outline(ground.places[1])
    both = shapely.union(outline, other).buffer(_SLACK)
    return _shared(ground, outline, other), outline if "side" in ground.expression.words else both


def _border_of_one(ground: Ground, outline: BaseGeometry) -> Border:
    """The border of a country with the one other that the sentence names, and that one's ground; else all of it."""
    first = ground.places[0]
    named = [side for side in ground.sides if side.kind == "country" and side.country != first.country]
    found: list[Border] = []
    for side in {side.id: side for side in named}.values():
        over = ground.outline(side)
        line = _shared(ground, outline, over)
        if line.length > _SLACK:
            found.append((line, over))
    if len(found) == 1:
        return found[0]
    if named and not found and ground.strict:
        return _NONE
    line = _shared(ground, outline, ground.neighbours(first, outline))
    around = line.buffer(2 * ground.km("border_near")).difference(outline.buffer(-_SLACK))
    return line, around


def _between(ground: Ground) -> Drawn:
    """A corridor; the water, where it is a strait; the middle of it, where "halfway"."""
    one, two = ground.places[:2]
    if "waters" in ground.expression.words:
        a, b = (max(shapely.get_parts(ground.outline(place)), key=shapely.area) for place in (one, two))
        if a.distance(b) > _MOST_LENGTH:
            return None  # the ocean between Brazil and Africa is no strait
        reach = max(_STRAIT * a.distance(b), 15.0)
        area = a.buffer(reach).intersection(b.buffer(reach))
        return _open(area.difference(ground.land(area))), None
    if not all(place.kind in _TOWNS for place in (one, two)):
        return None
    line = LineString([ground.plane.at(one), ground.plane.at(two)])
    if line.length > _MOST_LENGTH or line.length == 0:
        return None
    wide = max(ground.share("corridor") * line.length, ground.share("corridor_least"))
    if "halfway" in ground.expression.words:
        line = LineString(shapely.get_coordinates(shapely.ops.substring(line, 1 / 3, 2 / 3, normalized=True)))
    x, y = shapely.get_coordinates(shapely.line_interpolate_point(line, 0.5, normalized=True))[0]
    return line.buffer(wide, cap_style="flat"), (float(x), float(y))


def _coast(ground: Ground) -> Drawn:
    """The sea along a coast, on the side or in the sea named."""
    said, place = ground.expression, ground.places[0]
    outline = ground.outline(place)
    small = place.kind not in ("country", "continent", "region")
    if said.km is not None:
        near, far = ground.share("nearest") * said.km, max(ground.share("farthest") * said.km, said.km + _LINE)
    else:
        near, far = 0.0, ground.km("coast_just" if "just" in said.words else "coast_small" if small else "coast")
    outline = _plainer(outline, far)
    around = outline.buffer(far, quad_segs=4)
    sea = _open(around.difference(_plainer(ground.land(around), far)))
    if near:
        sea = sea.difference(outline.buffer(near))
    if len(ground.places) > 1:
        named = ground.outline(ground.places[1])
        sea = sea.intersection(named) if ground.places[1].kind in ("sea", "strait") else sea
    if said.bearing is not None:
        x, y = shapely.get_coordinates(shapely.centroid(outline))[0]
        sea = sea.intersection(_sector((x, y), said.bearing, 75.0, 4 * max(1.0, around.length)))
    return (sea, None) if not sea.is_empty else None


def _open(water: BaseGeometry) -> BaseGeometry:
    """The water without the slivers between two countries' outlines, so that none is off the coast of Chad."""
    parts = shapely.get_parts(water)
    return shapely.union_all(parts[shapely.area(parts) > _SLIVER * shapely.length(parts)])


def _sector(at: tuple[float, float], bearing: float, half: float, reach: float) -> BaseGeometry:
    angles = np.radians(bearing + np.linspace(-half, half, 12))
    return Polygon([at, *((at[0] + reach * math.sin(a), at[1] + reach * math.cos(a)) for a in angles)])


def _near(ground: Ground) -> Drawn:
    """A disc around a place; for "outside" without its middle."""
    said, place = ground.expression, ground.places[0]
    centre = ground.plane.at(place)
    outline = ground.outline(place)
    outside = "outside" in said.words
    reach = ground.km("just_outside" if "few" in said.words else "outside" if outside else "near")
    if place.kind not in _TOWNS:
        return None if outside else (outline.buffer(2 * reach).difference(outline), None)
    disc: BaseGeometry = shapely.Point(centre).buffer(place.radius_km + reach)
    if outside:
        disc = disc.difference(shapely.Point(centre).buffer(min(_EDGE, 0.4 * place.radius_km)))
    return disc, centre


def _part(ground: Ground) -> Drawn:
    """The share of a place's ground that lies farthest in the direction named, or its middle."""
    said = ground.expression
    outline = ground.outline(ground.places[0])
    points = _grid(outline)
    if "middle" in said.words and ground.places[0].kind in ("city", "capital"):
        middle = ground.plane.at(ground.places[0])
        return shapely.Point(middle).buffer(min(_EDGE, 0.5 * ground.places[0].radius_km)), middle
    if "middle" in said.words:
        middle = np.median(points, axis=0)
        away = np.hypot(*(points - middle).T)
        disc = shapely.Point(*middle).buffer(float(np.quantile(away, ground.share("middle"))))
        return outline.intersection(disc), None
    assert said.bearing is not None
    towards = np.array([math.sin(math.radians(said.bearing)), math.cos(math.radians(said.bearing))])
    # A long country's north-east is not the end of its east: both ways count alike.
    spread = points.std(axis=0).clip(min=1e-6)
    towards = towards / spread
    along = points @ towards
    slanted = said.bearing % 90 != 0
    half_a_town = ground.places[0].kind in ("city", "capital") and "far" not in said.words
    share = ground.share("far_part" if "far" in said.words else "slanted_part" if slanted else "part")
    share = 0.5 if half_a_town else share
    least = float(np.quantile(along, 1 - share))
    unit = towards / np.linalg.norm(towards)
    reach = float(np.abs(points).max()) * 4 + 100
    across = np.array([unit[1], -unit[0]])
    start = unit * (least / np.linalg.norm(towards))
    corners = [start - across * reach, start + across * reach]
    half = Polygon([*corners, corners[1] + unit * reach * 2, corners[0] + unit * reach * 2])
    return outline.intersection(half), None


_DRAW: Mapping[str, Callable[[Ground], Drawn]] = {
    "distance": _distance,
    "into": _into,
    "border": _border,
    "between": _between,
    "coast": _coast,
    "near": _near,
    "part": _part,
}


def covers(geometry: Mapping[str, Any], points: Sequence[tuple[float, float]]) -> list[bool]:
    """Whether a GeoJSON geometry holds points given as (latitude, longitude)."""
    shape = shapely.geometry.shape(dict(geometry))
    return [bool(shape.covers(shapely.Point(lon, lat))) for lat, lon in points]
