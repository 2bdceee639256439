"""Land for maps: in the window, plain, on both sides of the date line."""

import pytest
import shapely

from reportedly.gazetteer import Gazetteer, open_gazetteer
from reportedly.gazetteer.drawing import draw_land, draw_seas, draw_world, towns_in

IRAQ = (42.0, 30.0, 48.0, 35.0)
FIJI = (176.0, -20.0, 184.0, -15.0)


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return open_gazetteer()


def test_land_stays_in_its_window_and_bears_its_name(places: Gazetteer) -> None:
    land = {country.name: country for country in draw_land(places, IRAQ, 0.01)}
    assert {"Iraq", "Iran", "Saudi Arabia"} <= land.keys()
    for country in land.values():
        points = [point for ring in country.rings for point in ring]
        assert all(41.99 <= x <= 48.01 and 29.99 <= y <= 35.01 for x, y in points)
    rings = [shapely.Polygon(ring) for ring in land["Iraq"].rings]
    assert any(ring.contains(shapely.Point(44.4, 33.3)) for ring in rings)
    assert any(ring.contains(shapely.Point(land["Iraq"].label)) for ring in rings)


def test_a_coarser_step_has_fewer_points(places: Gazetteer) -> None:
    fine, coarse = (sum(len(ring) for c in draw_land(places, IRAQ, step) for ring in c.rings) for step in (0.005, 0.2))
    assert coarse < fine / 2


def test_a_window_may_reach_over_the_date_line(places: Gazetteer) -> None:
    (fiji,) = (country for country in draw_land(places, FIJI, 0.01) if country.code == "FJI")
    east = [x for ring in fiji.rings for x, _ in ring]
    assert min(east) < 179 < 180 < max(east) < 184.01
    assert "Suva" in [town.name for town in towns_in(places, FIJI)]


def test_seas_are_named_where_they_show(places: Gazetteer) -> None:
    seas = draw_seas(places, (-90.0, 13.0, -82.0, 19.0))
    assert "Caribbean Sea" in [sea.name for sea in seas]
    assert draw_seas(places, (60.0, 40.0, 61.0, 41.0)) == []


def test_capitals_come_before_larger_towns(places: Gazetteer) -> None:
    towns = towns_in(places, (-90.0, 13.0, -82.0, 17.0))
    assert towns[0].kind == "capital"
    assert [town.kind for town in towns].index("city") > 0


def test_the_world_is_small(places: Gazetteer) -> None:
    world = draw_world(places)
    assert 100 < len(world) < 200
    assert sum(map(len, world)) < 2500
