"""The ground that expressions mean: where each shape lies, what it leaves out, and what its GeoJSON promises."""

import math
import time
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.places import kilometres
from reportedly.extract.places.shapes import Area, covers, draw
from reportedly.extract.places.spatial import Expression
from reportedly.gazetteer import Candidate, Gazetteer, open_gazetteer
from tests.extract.places.making import candidate, named, said

TOWN = candidate("Alpha", lat=40.0, lon=20.0)


def drawn(
    expression: Expression, places: Sequence[Candidate], sides: Sequence[Candidate] = (), strict: bool = False
) -> Area:
    area = draw(expression, tuple(places), tuple(sides), open_gazetteer(), strict)
    assert area is not None
    return area


def holds(area: Area, *points: tuple[float, float]) -> list[bool]:
    """Whether the shape holds points of (latitude, longitude)."""
    return covers(area.geometry, points)


def moved(km: float, bearing: float, lat: float = TOWN.lat, lon: float = TOWN.lon) -> tuple[float, float]:
    """A point so far from another, on the globe."""
    arc, towards, phi = km / 6371, math.radians(bearing), math.radians(lat)
    there = math.asin(math.sin(phi) * math.cos(arc) + math.cos(phi) * math.sin(arc) * math.cos(towards))
    east = math.atan2(
        math.sin(towards) * math.sin(arc) * math.cos(phi), math.cos(arc) - math.sin(phi) * math.sin(there)
    )
    return math.degrees(there), (lon + math.degrees(east) + 180) % 360 - 180


# --- distances


@pytest.mark.parametrize("bearing", [0.0, 45.0, 135.0, 270.0])
def test_a_distance_with_direction_is_a_wedge_of_34_degrees(bearing: float) -> None:
    area = drawn(said("distance", 60, bearing), [TOWN])
    inside = [moved(60, bearing + turn) for turn in (-32, 0, 32)]
    outside = [moved(60, bearing + turn) for turn in (-37, 37, 180)]
    assert (holds(area, *inside), holds(area, *outside)) == ([True] * 3, [False] * 3)


def test_a_wedge_reaches_from_seven_tenths_to_thirteen_tenths() -> None:
    area = drawn(said("distance", 100, 90.0), [TOWN])
    reaches = [holds(area, moved(km, 90.0))[0] for km in (67, 73, 127, 133)]
    assert reaches == [False, True, True, False]


@settings(max_examples=60, deadline=None)
@given(
    km=st.floats(2, 400),
    bearing=st.floats(0, 360, exclude_max=True),
    lat=st.floats(-50, 50),
    lon=st.floats(-180, 180),
)
def test_the_best_point_lies_in_the_wedge_at_the_distance_said(
    km: float, bearing: float, lat: float, lon: float
) -> None:
    place = candidate("Alpha", lat=lat, lon=lon)
    area = drawn(said("distance", km, bearing), [place])
    away = kilometres((lat, lon), (area.lat, area.lon))
    assert away == pytest.approx(km, rel=0.03, abs=0.02)
    near = [(area.lat, area.lon + turn) for turn in (-360, 0, 360)]  # a shape over the date line is drawn through it
    assert any(holds(area, *near))


def test_a_distance_without_direction_is_a_ring() -> None:
    area = drawn(said("distance", 60), [TOWN])
    around = [moved(60, bearing) for bearing in range(0, 360, 30)]
    assert all(holds(area, *around))
    assert holds(area, moved(30, 90), (TOWN.lat, TOWN.lon)) == [False, False]
    assert (area.lat, area.lon) == (TOWN.lat, TOWN.lon)


def test_a_direction_alone_starts_at_the_edge_of_a_town() -> None:
    area = drawn(said("distance", None, 0.0, "open"), [TOWN])
    assert holds(area, moved(20, 0), moved(50, 0), moved(60, 0), moved(20, 90)) == [True, True, False, False]


def test_just_north_is_nearer_than_north() -> None:
    far = drawn(said("distance", None, 0.0, "open"), [TOWN])
    just = drawn(said("distance", None, 0.0, "open", "just"), [TOWN])
    assert just.radius_km < far.radius_km


def test_a_country_has_no_outside_north() -> None:
    country = candidate("Aland", "country", radius_km=200.0)
    assert draw(said("distance", None, 0.0, "open"), (country,), (), open_gazetteer()) is None


# --- around a town


def test_near_is_a_disc_around_the_town() -> None:
    area = drawn(said("near"), [TOWN])
    assert holds(area, (TOWN.lat, TOWN.lon), moved(28, 45), moved(32, 45)) == [True, True, False]


def test_outside_leaves_out_the_middle() -> None:
    area = drawn(said("near", None, None, "outside"), [TOWN])
    assert holds(area, (TOWN.lat, TOWN.lon), moved(10, 45), moved(22, 45)) == [False, True, False]


def test_just_outside_reaches_less_far_than_outside() -> None:
    few = drawn(said("near", None, None, "outside", "few"), [TOWN])
    assert holds(few, moved(16, 45), moved(18, 45)) == [True, False]


def test_near_a_country_is_beside_it(gazetteer: Gazetteer) -> None:
    area = drawn(said("near"), [named(gazetteer, "Lesotho", "country")])
    assert holds(area, (-29.5, 28.3), (-29.1, 27.1)) == [False, True]


# --- countries


def test_into_is_inside_so_far_from_the_border_with_the_side_named(gazetteer: Gazetteer) -> None:
    iraq, iran = (named(gazetteer, name, "country") for name in ("Iraq", "Iran"))
    area = drawn(said("into", 40), [iraq], [iran])
    # Khanaqin lies 8 km from Iran, Jalawla 33, Baghdad over 100; Qasr-e Shirin lies in Iran; Rutba near Jordan.
    assert holds(area, (34.27, 45.17), (33.34, 44.4), (34.51, 45.58), (33.04, 40.29)) == [True, False, False, False]
    assert holds(area, (area.lat, area.lon)) == [True]


def test_into_without_a_side_is_along_every_border(gazetteer: Gazetteer) -> None:
    iraq = named(gazetteer, "Iraq", "country")
    area = drawn(said("into", 40), [iraq])
    assert holds(area, (34.27, 45.17), (32.6, 39.4), (33.34, 44.4)) == [True, True, False]


def test_nobody_drives_into_an_island(gazetteer: Gazetteer) -> None:
    assert draw(said("into", 40), (named(gazetteer, "Iceland", "country"),), (), gazetteer) is None


def test_strict_wants_a_border_with_a_country_named(gazetteer: Gazetteer) -> None:
    iraq, chad = (named(gazetteer, name, "country") for name in ("Iraq", "Chad"))
    assert draw(said("into", 40), (iraq,), (chad,), gazetteer, True) is None
    assert draw(said("into", 40), (iraq,), (chad,), gazetteer, False) is not None
    assert draw(said("border", None, None, "on"), (iraq,), (chad,), gazetteer, True) is None


# Adre (Chad) and Geneina (Sudan) lie on the line between them; Abeche 150 km inside Chad.
ADRE, GENEINA, ABECHE = (13.467, 22.2), (13.45, 22.44), (13.83, 20.83)


def test_a_border_of_two_is_the_ground_on_both_sides(gazetteer: Gazetteer) -> None:
    chad, sudan = (named(gazetteer, name, "country") for name in ("Chad", "Sudan"))
    area = drawn(said("border", None, None, "on"), [chad, sudan])
    assert holds(area, (13.467, 22.15), (13.45, 22.3), ABECHE, (13.5, 13.4)) == [True, True, False, False]


def test_a_side_of_a_border_is_that_of_the_country_named(gazetteer: Gazetteer) -> None:
    chad, sudan = (named(gazetteer, name, "country") for name in ("Chad", "Sudan"))
    west = drawn(said("border", None, None, "on", "side"), [chad, sudan])
    east = drawn(said("border", None, None, "on", "side"), [sudan, chad])
    assert (holds(west, (13.467, 22.1), (13.45, 22.3)), holds(east, (13.467, 22.1), (13.45, 22.3))) == (
        [True, False],
        [False, True],
    )


def test_the_border_of_one_lies_in_the_country_that_the_sentence_names(gazetteer: Gazetteer) -> None:
    chad, sudan = (named(gazetteer, name, "country") for name in ("Chad", "Sudan"))
    area = drawn(said("border", None, None, "near_it"), [chad], [sudan])
    assert holds(area, (13.45, 22.3), (13.467, 22.1), (12.1, 15.1)) == [True, False, False]


def test_the_border_of_one_alone_runs_around_it(gazetteer: Gazetteer) -> None:
    area = drawn(said("border", None, None, "near_it"), [named(gazetteer, "Chad", "country")])
    assert holds(area, (13.45, 22.3), (12.0, 14.9), (15.5, 19.0)) == [True, True, False]


def test_a_part_lies_on_the_side_named(gazetteer: Gazetteer) -> None:
    chad = named(gazetteer, "Chad", "country")
    north, far = (drawn(said("part", None, 0.0, *words), [chad]) for words in ((), ("far",)))
    assert holds(north, (20.0, 17.0), (9.0, 17.0), (20.0, 25.5)) == [True, False, False]
    assert shapely.geometry.shape(dict(far.geometry)).area < shapely.geometry.shape(dict(north.geometry)).area


def test_the_middle_of_a_country_leaves_out_its_ends(gazetteer: Gazetteer) -> None:
    area = drawn(said("part", None, None, "middle"), [named(gazetteer, "Chad", "country")])
    assert holds(area, (15.4, 18.7), (22.5, 17.0), (8.5, 16.0)) == [True, False, False]


def test_half_of_a_town_is_half_of_its_disc() -> None:
    area = drawn(said("part", None, 90.0), [TOWN])
    assert holds(area, moved(2, 90), moved(2, 270)) == [True, False]


def test_downtown_is_the_middle_of_a_town() -> None:
    area = drawn(said("part", None, None, "middle"), [TOWN])
    assert holds(area, (TOWN.lat, TOWN.lon), moved(4, 90)) == [True, False]


# --- between two


def test_between_two_towns_is_a_corridor() -> None:
    other = candidate("Beta", lat=40.0, lon=21.2)  # 102 km to the east
    area = drawn(said("between"), [TOWN, other])
    assert holds(area, moved(20, 90), moved(51, 90), moved(80, 90)) == [True] * 3
    assert holds(area, (40.15, 20.6), (40.0, 19.9), (40.0, 21.3)) == [False] * 3


def test_halfway_leaves_out_both_ends() -> None:
    area = drawn(said("between", None, None, "halfway"), [TOWN, candidate("Beta", lat=40.0, lon=21.2)])
    assert holds(area, moved(51, 90), moved(20, 90), moved(80, 90)) == [True, False, False]
    assert kilometres((area.lat, area.lon), moved(51, 90)) < 2


@pytest.mark.parametrize(
    "other", [TOWN, candidate("Beta", lat=40.0, lon=40.0), candidate("Aland", "country", lon=21.2)]
)
def test_no_road_joins_what_is_one_too_far_or_no_town(other: Candidate) -> None:
    assert draw(said("between"), (TOWN, other), (), open_gazetteer()) is None


def test_a_strait_is_water(gazetteer: Gazetteer) -> None:
    djibouti, yemen = (named(gazetteer, name, "country") for name in ("Djibouti", "Yemen"))
    area = drawn(said("between", None, None, "waters"), [djibouti, yemen])
    assert holds(area, (12.6, 43.33), (11.6, 42.5), (13.5, 44.0)) == [True, False, False]


def test_no_strait_parts_continents(gazetteer: Gazetteer) -> None:
    places = tuple(named(gazetteer, name, "country") for name in ("Brazil", "Yemen"))
    assert draw(said("between", None, None, "waters"), places, (), gazetteer) is None


# --- coasts


def test_a_coast_is_sea(gazetteer: Gazetteer) -> None:
    area = drawn(said("coast"), [named(gazetteer, "Somalia", "country")])
    assert holds(area, (3.0, 47.5), (3.1, 44.0), (3.0, 60.0)) == [True, False, False]


def test_a_coast_is_on_the_side_named(gazetteer: Gazetteer) -> None:
    area = drawn(said("coast", None, 90.0), [named(gazetteer, "Sri Lanka", "country")])
    assert holds(area, (7.5, 82.1), (7.5, 79.5)) == [True, False]


def test_so_far_off_a_coast_leaves_out_what_is_nearer(gazetteer: Gazetteer) -> None:
    area = drawn(said("coast", 100), [named(gazetteer, "Portugal", "country")])
    assert holds(area, (40.0, -10.0), (40.0, -9.1)) == [True, False]


def test_the_sea_named_is_kept_to(gazetteer: Gazetteer) -> None:
    mexico, ocean = named(gazetteer, "Mexico", "country"), named(gazetteer, "Pacific Ocean", "sea")
    area = drawn(said("coast"), [mexico, ocean])
    assert holds(area, (16.0, -100.5), (22.5, -97.2)) == [True, False]


def test_an_inland_country_has_no_coast(gazetteer: Gazetteer) -> None:
    assert draw(said("coast"), (named(gazetteer, "Chad", "country"),), (), gazetteer) is None


# --- what every shape promises


def rings(area: Area) -> Iterator[tuple[int, Any]]:
    """The rings with their place in their polygon: 0 the outer one."""
    many = area.geometry["type"] == "MultiPolygon"
    for polygon in area.geometry["coordinates"] if many else [area.geometry["coordinates"]]:
        yield from enumerate(polygon)


def samples(gazetteer: Gazetteer) -> list[Area]:
    """A shape or more of each kind, round, torn and with holes."""
    iraq, iran, syria, djibouti, yemen, crete = (
        named(gazetteer, name, kind)
        for name, kind in (("Iraq", "country"), ("Iran", "country"), ("Syria", "country"), ("Djibouti", "country"), ("Yemen", "country"), ("Crete", "admin1"))
    )  # fmt: skip
    return [
        drawn(said("distance", 60, 45.0), [TOWN]),
        drawn(said("distance", 60), [TOWN]),
        drawn(said("into", 40), [iraq], [iran]),
        drawn(said("border", None, None, "on"), [iraq, syria]),
        drawn(said("border", None, None, "near_it"), [syria]),
        drawn(said("between"), [TOWN, candidate("Beta", lat=41.0)]),
        drawn(said("between", None, None, "waters"), [djibouti, yemen]),
        drawn(said("coast"), [crete]),
        drawn(said("coast", 20), [yemen]),
        drawn(said("near", None, None, "outside"), [TOWN]),
        drawn(said("part", None, 315.0), [syria]),
    ]


def test_rings_are_closed_of_four_decimals_and_anticlockwise_outside(gazetteer: Gazetteer) -> None:
    for area in samples(gazetteer):
        for at, ring in rings(area):
            assert ring[0] == ring[-1]
            assert len(ring) >= 4
            assert all(round(x, 4) == x and round(y, 4) == y for x, y in ring)
            assert shapely.LinearRing(ring).is_ccw == (at == 0)


def test_no_ring_crosses_itself(gazetteer: Gazetteer) -> None:
    for area in samples(gazetteer):
        shape = shapely.geometry.shape(dict(area.geometry))
        assert shape.is_valid, shapely.is_valid_reason(shape)
        assert not shape.is_empty


def test_geojson_is_plain_lists_and_numbers(gazetteer: Gazetteer) -> None:
    for area in samples(gazetteer):
        assert set(area.geometry) == {"type", "coordinates"}
        assert all(type(number) is float for _, ring in rings(area) for point in ring for number in point)


def test_the_radius_holds_nine_tenths_of_the_shape(gazetteer: Gazetteer) -> None:
    for area in samples(gazetteer):
        shape = shapely.geometry.shape(dict(area.geometry))
        west, south, east, north = shape.bounds
        x, y = (axis.ravel() for axis in np.meshgrid(np.linspace(west, east, 80), np.linspace(south, north, 80)))
        inside = shapely.contains_xy(shape, x, y)
        away = [kilometres((area.lat, area.lon), (b, a)) for a, b in zip(x[inside], y[inside], strict=True)]
        held = sum(km <= area.radius_km for km in away) / len(away)
        assert 0.85 < held < 0.95


# --- edges of the map


@pytest.mark.parametrize(
    "expression",
    [
        said("distance", 200, 90.0), said("distance", 200, 270.0), said("distance", 200), said("near"),
        said("part", None, 90.0), said("part", None, None, "middle"), said("coast"), said("border", None, None, "on"),
    ],
    ids=lambda one: one.kind,
)  # fmt: skip
@pytest.mark.parametrize(
    ("name", "kind"),
    [("Fiji", "country"), ("Suva", "capital"), ("Longyearbyen", "city"), ("South Pole", "island"), ("Antarctica", "country")],
)  # fmt: skip
def test_the_date_line_and_the_poles_do_not_break_it(
    gazetteer: Gazetteer, expression: Expression, name: str, kind: str
) -> None:
    area = draw(expression, (named(gazetteer, name, kind),), (), gazetteer)
    if area is not None:
        assert -180 <= area.lon <= 180
        assert -90 <= area.lat <= 90
        assert all(math.isfinite(x) and -90 <= y <= 90 for _, ring in rings(area) for x, y in ring)


def test_east_of_fiji_lies_beyond_the_date_line(gazetteer: Gazetteer) -> None:
    area = drawn(said("distance", 300, 90.0), [named(gazetteer, "Suva", "capital")])
    assert -179 < area.lon < -178


def test_nothing_lies_beyond_a_pole() -> None:
    assert draw(said("distance", 6000, 0.0), (candidate("Alpha", lat=55.0),), (), open_gazetteer()) is None


@pytest.mark.parametrize("km", [0.0, 0.003])
def test_what_is_too_small_to_print_is_not_drawn(km: float) -> None:
    assert draw(said("distance", km, 0.0), (TOWN,), (), open_gazetteer()) is None


def test_a_long_coast_is_drawn_in_good_time(gazetteer: Gazetteer) -> None:
    begin = time.process_time()
    draw(said("coast", None, 180.0), (named(gazetteer, "Indonesia", "country"),), (), gazetteer)
    assert time.process_time() - begin < 1.5
