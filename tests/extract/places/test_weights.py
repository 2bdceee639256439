"""The learned numbers, and what they make of a name: its sense, how sure that is, what else it may mean."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from reportedly.errors import ResourceError
from reportedly.extract.places import resolve_spans, weights
from reportedly.extract.places.ranking import FEATURES, Asked, Hints, rank, weights_in_order
from reportedly.extract.places.resolving import calibrated, choose, same_spot
from reportedly.extract.places.weights import load_weights
from reportedly.gazetteer import Gazetteer
from reportedly.records import Place
from reportedly.resources import data_path
from tests.extract.places.making import candidate

TABLE = json.loads(data_path("places/weights.json").read_text("utf-8"))


def load_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    path = tmp_path / "weights.json"
    path.write_text(text, "utf-8")
    monkeypatch.setattr(weights, "data_path", lambda name: path)
    load_weights.cache_clear()
    try:
        load_weights()
    finally:
        load_weights.cache_clear()


def without(part: str) -> dict[str, Any]:
    return {key: value for key, value in TABLE.items() if key != part}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        *(json.dumps(without(part)) for part in TABLE),
        json.dumps({**TABLE, "alone": []}),
        json.dumps({**TABLE, "alone": {"bias": "much"}}),
        json.dumps({**TABLE, "alone": {"bias": None}}),
    ],
)
def test_a_damaged_file_says_what_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    with pytest.raises(ResourceError, match=r"weights\.json.*training\.places"):
        load_changed(tmp_path, monkeypatch, text)


def test_bytes_that_are_no_text_are_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "weights.json"
    path.write_bytes(b"\xff\xfe")
    monkeypatch.setattr(weights, "data_path", lambda name: path)
    load_weights.cache_clear()
    with pytest.raises(ResourceError, match=r"training\.places"):
        load_weights()
    load_weights.cache_clear()


def test_a_missing_weight_is_an_error() -> None:
    table = dict.fromkeys(FEATURES, 1.0)
    del table["population"]
    with pytest.raises(ResourceError, match="population"):
        weights_in_order(table)


def test_an_unknown_weight_is_an_error() -> None:
    with pytest.raises(ResourceError, match="must have exactly"):
        weights_in_order({**dict.fromkeys(FEATURES, 1.0), "weather": 1.0})


def test_the_weights_stand_in_the_order_of_the_features() -> None:
    table = {name: float(at) for at, name in enumerate(FEATURES)}
    assert weights_in_order(dict(reversed(table.items()))) == tuple(map(float, range(len(FEATURES))))


def test_how_sure_a_share_is_grows_with_it_and_stays_a_chance() -> None:
    values = [calibrated(at / 200) for at in range(201)]
    assert all(a <= b for a, b in pairwise(values))
    assert all(0 < value < 1 for value in values)
    assert values[0] < 0.2 < 0.8 < values[-1]


def test_shares_of_a_name_sum_to_one(gazetteer: Gazetteer) -> None:
    asked = [Asked(name, gazetteer.find(name), 1, Hints()) for name in ("Springfield", "Paris", "Mosul")]
    for row in rank(asked, None, weights_in_order(load_weights().ranking)):
        assert sum(row) == pytest.approx(1.0)


# --- what else a name may mean


def place_of(text: str, name: str, gazetteer: Gazetteer) -> Place:
    (place,) = resolve_spans(text, [(text.index(name), text.index(name) + len(name))], gazetteer)
    assert place is not None
    return place


def test_a_name_of_many_towns_tells_the_runners_up(gazetteer: Gazetteer) -> None:
    place = place_of("Springfield burned.", "Springfield", gazetteer)
    regions = [place.admin1, *(other["admin1"] for other in place.runners_up)]
    assert 2 <= len(regions) <= 4
    assert len(set(regions)) == len(regions)


def test_no_spot_stands_twice_among_them(gazetteer: Gazetteer) -> None:
    for name in ("Springfield", "Columbus", "Georgia", "Victoria", "San José", "Birmingham"):
        place = place_of(f"{name} burned.", name, gazetteer)
        spots = [(place.lat, place.lon), *((other["lat"], other["lon"]) for other in place.runners_up)]
        assert all(
            abs(a[0] - b[0]) >= 1 or abs(a[1] - b[1]) >= 1
            for at, a in enumerate(spots)
            for b in spots[:at]
            if None not in a
        ), name


def test_runners_up_come_the_likeliest_first_and_below_one(gazetteer: Gazetteer) -> None:
    shares = [other["score"] for other in place_of("Springfield burned.", "Springfield", gazetteer).runners_up]
    assert shares == sorted(shares, reverse=True)
    assert all(0.05 <= share < 1 for share in shares)


def test_a_runner_up_says_what_and_where_it_is(gazetteer: Gazetteer) -> None:
    (other, *_) = place_of("Springfield burned.", "Springfield", gazetteer).runners_up
    assert list(other) == ["name", "country", "admin1", "lat", "lon", "geonameid", "kind", "score"]
    assert (other["name"], other["country"], other["kind"]) == ("Springfield", "USA", "city")


def test_what_the_words_tell_leaves_no_runner_up(gazetteer: Gazetteer) -> None:
    assert place_of("A bomb exploded in Kirkuk, Iraq.", "Kirkuk", gazetteer).runners_up == ()


def test_namesakes_at_one_spot_count_as_one_sense() -> None:
    town, district, far = (
        candidate("Alpha"),
        candidate("Alpha", "admin2", lat=40.4, lon=20.4, id=9_000_000_002),
        candidate("Alpha", lat=10.0, id=9_000_000_003),
    )
    assert same_spot(town, district)
    assert not same_spot(town, far)
    asked = Asked("Alpha", (far, town, district), 1, Hints())
    assert choose(asked, (0.4, 0.35, 0.25)) == (1, pytest.approx(0.6))
