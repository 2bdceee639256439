"""Outlines: how regions are cut from countries, what is read of the package's file, what the built file holds."""

import io
import pickle
import statistics
import time
import tracemalloc
from collections.abc import Iterator

import pytest
import shapely

from reportedly.gazetteer import Gazetteer, open_gazetteer, outlines
from reportedly.gazetteer.outlines import centre_and_radius, packed, regions, unpacked

SQUARE = shapely.box(0, 0, 4, 4)
TOWNS = [
    *((x, y, "west") for x in (0.5, 1.0, 1.5) for y in (0.5, 2.0, 3.5)),
    *((x, y, "east") for x in (2.5, 3.0, 3.5) for y in (0.5, 2.0, 3.5)),
]


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return open_gazetteer()


def cut(towns: list[tuple[float, float, str]]) -> dict[str, shapely.Geometry]:
    return dict(regions(SQUARE, towns))


def test_a_square_is_cut_among_its_towns() -> None:
    assert list(cut(TOWNS)) == ["east", "west"]


def test_every_towns_region_holds_it() -> None:
    parts = cut(TOWNS)
    assert all(parts[code].contains(shapely.Point(lon, lat)) for lon, lat, code in TOWNS)


def test_together_they_fill_the_square_and_none_overlaps() -> None:
    west, east = cut(TOWNS)["west"], cut(TOWNS)["east"]
    assert shapely.union(west, east).area == pytest.approx(16, rel=0.01)
    assert west.intersection(east).area == pytest.approx(0, abs=0.01)
    assert west.area == pytest.approx(east.area, rel=0.02)


def test_no_region_leaves_the_country() -> None:
    for part in cut([*TOWNS, (6.0, 2.0, "east")]).values():
        assert part.difference(SQUARE.buffer(0.01)).is_empty


def test_a_country_of_one_region_is_not_cut() -> None:
    assert cut([(1.0, 1.0, "all"), (3.0, 3.0, "all")]) == {}


def test_land_far_from_all_towns_of_a_region_is_no_part_of_it() -> None:
    far = shapely.box(40, 0, 44, 4)
    parts = dict(regions(shapely.union(SQUARE, far), TOWNS))
    assert all(part.intersection(far).is_empty for part in parts.values())


def test_a_stray_town_takes_no_land() -> None:
    spots = [(x / 4, y / 4, "west" if x < 8 else "east") for x in range(1, 16) for y in range(1, 16) if x != 8]
    stray = (0.625, 2.125, "east")
    part = cut([*spots, stray])["east"]
    assert not part.contains(shapely.Point(stray[:2]))


def test_the_order_of_the_towns_does_not_matter() -> None:
    first, again = cut(TOWNS), cut(TOWNS[::-1])
    assert all(first[code].equals(again[code]) for code in first)


def test_a_packed_area_is_the_same_unpacked() -> None:
    assert unpacked(packed(SQUARE)).equals(SQUARE)
    assert len(packed(SQUARE.buffer(1))) < len(shapely.to_wkb(SQUARE.buffer(1)))


def test_the_centre_and_radius_of_a_square() -> None:
    lat, lon, radius = centre_and_radius(SQUARE)
    assert (lat, lon) == (2, 2)
    assert radius == pytest.approx(314, abs=2)  # from the middle to a corner


def test_the_centre_of_a_ring_lies_on_it() -> None:
    ring = SQUARE.difference(shapely.box(0.5, 0.5, 3.5, 3.5))
    lat, lon, _ = centre_and_radius(ring)
    assert ring.contains(shapely.Point(lon, lat))


def test_a_ring_inside_a_ring_is_a_hole_and_an_island_in_it_is_land() -> None:
    rings = [list(shapely.box(a, a, 10 - a, 10 - a).exterior.coords) for a in (3, 0, 1)]
    area = outlines._filled(rings)
    held = [area.contains(shapely.Point(x, 5)) for x in (0.5, 2, 5)]
    assert held == [True, False, True]


# --- the package's file


def test_numbers_strings_and_lists_are_read() -> None:
    table = {"version": 3, "countries": [["a", (1.5, 2)]], "none": None}
    assert outlines._Plain(io.BytesIO(pickle.dumps(table))).load() == table


@pytest.mark.parametrize("thing", [print, shapely.Point(0, 0), ValueError("x"), complex(1, 2)])
def test_objects_are_refused(thing: object) -> None:
    with pytest.raises(pickle.UnpicklingError, match="unexpected"):
        outlines._Plain(io.BytesIO(pickle.dumps(thing))).load()


# --- the built file


def outline(places: Gazetteer, name: str, kind: str) -> shapely.Geometry:
    place = next(p for p in places.find(name) if p.kind == kind)
    wkb = places.outline(place.id)
    assert wkb is not None
    return shapely.from_wkb(wkb)


@pytest.mark.parametrize(
    ("name", "kind", "inside", "outside"),
    [
        ("Iraq", "country", (33.3, 44.4), (35.7, 51.4)),
        ("Kosovo", "country", (42.6, 20.9), (44.8, 20.5)),
        ("Anbar", "admin1", (33.4, 42.5), (36.3, 43.1)),
        ("Crete", "admin1", (35.2, 24.9), (38.0, 23.7)),
        ("Black Sea", "sea", (43.0, 34.0), (41.0, 29.0)),
    ],
)
def test_outlines_hold_what_lies_in_them(
    places: Gazetteer, name: str, kind: str, inside: tuple[float, float], outside: tuple[float, float]
) -> None:
    area = outline(places, name, kind)
    assert area.is_valid
    assert [area.contains(shapely.Point(lon, lat)) for lat, lon in (inside, outside)] == [True, False]


def test_towns_have_no_outline(places: Gazetteer) -> None:
    assert places.outline(next(p.id for p in places.find("Mosul") if p.kind == "city")) is None
    assert places.outline(9_000_000_001) is None


def test_the_countries_of_a_box_are_those_that_may_reach_into_it(places: Gazetteer) -> None:
    found = dict(places.countries_in(44.0, 33.0, 45.0, 34.0))
    assert "IRQ" in found
    assert "BRA" not in found
    assert shapely.from_wkb(found["IRQ"]).contains(shapely.Point(44.4, 33.3))


def test_no_country_lies_in_the_open_sea(places: Gazetteer) -> None:
    box = shapely.box(-30.0, -35.0, -29.0, -34.0)
    assert not any(shapely.from_wkb(wkb).intersects(box) for _, wkb in places.countries_in(*box.bounds))


def test_every_country_with_a_code_has_an_outline_around_its_capital(places: Gazetteer) -> None:
    missing = []
    for name, capital in (("Chad", "N'Djamena"), ("Peru", "Lima"), ("Nepal", "Kathmandu"), ("Fiji", "Suva")):
        seat = next(p for p in places.find(capital) if p.kind == "capital")
        if not outline(places, name, "country").buffer(0.05).contains(shapely.Point(seat.lon, seat.lat)):
            missing.append(name)
    assert missing == []


def test_the_file_is_small() -> None:
    assert open_gazetteer().path.stat().st_size < 40_000_000


def test_it_opens_in_a_few_milliseconds() -> None:
    path = open_gazetteer().path

    def seconds() -> Iterator[float]:
        for _ in range(9):
            begin = time.perf_counter()
            Gazetteer(path)
            yield time.perf_counter() - begin

    assert statistics.median(seconds()) < 0.010


def test_looking_names_up_takes_little_memory() -> None:
    places = Gazetteer(open_gazetteer().path)
    names = [
        f"{head}{tail}" for head in ("San ", "Saint ", "New ", "") for tail in ("Maria", "Springfield", "York", "Mosul")
    ]
    tracemalloc.start()
    try:
        for name in names:
            places.find(name)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2_000_000
