"""The user's own places: GeoNames dumps and tables, what is refused, and how they stand beside the built file."""

import gzip
import io
import pickle
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reportedly.errors import ResourceError
from reportedly.extract.places import resolve_spans
from reportedly.gazetteer import Gazetteer, Tier, dumps, making, open_gazetteer
from reportedly.gazetteer.adding import Added, add_places
from reportedly.gazetteer.dumps import load_features
from reportedly.gazetteer.own import OWN_FILE
from reportedly.gazetteer.store import FILE
from reportedly.resources import state_path

HEADER = "name,kind,country,lat,lon,radius_km,names\n"
TABLE = f"{HEADER}Tel Gharib,site,IRQ,36.1,43.2,4,Gharib Hill;TGH\n# a note\nLong Sound,strait,,10,20,60,\n"


def line(number: object = 900001, name: str = "Ash Shimbar", **cells: object) -> str:
    """A line of a dump; `cells` by short names."""
    row: dict[str, object] = {
        "id": number, "name": name, "ascii": name, "others": "", "lat": 36.5, "lon": 43.5, "class": "P", "code": "PPL",
        "country": "IQ", "cc2": "", "admin1": "15", "admin2": "", "admin3": "", "admin4": "", "people": 0, "elevation": "",
        "dem": 230, "zone": "Asia/Baghdad", "changed": "2024-01-01",
    }  # fmt: skip
    return "\t".join(str(cell) for cell in (row | cells).values()) + "\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home with the gazetteer that setup built and no own places yet."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / FILE).symlink_to(state_path(FILE))
    monkeypatch.setenv("REPORTEDLY_HOME", str(folder))
    open_gazetteer.cache_clear()
    yield folder
    open_gazetteer.cache_clear()


@pytest.fixture
def add(home: Path, tmp_path: Path) -> Callable[..., Added]:
    """Adds a file with the given content."""

    def added(content: str | bytes, name: str = "IQ.txt") -> Added:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return add_places([path])

    return added


Add = Callable[..., Added]


def test_a_town_of_a_dump_is_found_by_its_names(add: Add) -> None:
    town = line(others="Shimbar Town,SHB,Шимбар,S", people=100_000)
    added = add(town)
    assert (added.places, added.changed, added.files[0].skipped) == (1, True, 0)
    places = open_gazetteer()
    (found,) = places.find("ash-Shimbar")
    assert (found.geonameid, found.kind, found.country, found.admin1) == (900001, "city", "IRQ", "IQ.15")
    assert found.population == 100_000
    assert 3 < found.radius_km < 5  # as for the built file's towns
    assert [place.tier for place in places.find("Shimbar Town")] == [Tier.ALTERNATE]
    assert 900001 in {place.id for place in places.find("Shimbar")}  # the article is off
    assert 900001 in {place.id for place in places.find("SHB")}
    assert 900001 not in {place.id for place in places.find("shb")}
    assert places.find("Шимбар") == places.find("S") == ()


@pytest.mark.parametrize(
    ("group", "code", "people", "kind", "radius"),
    [
        ("P", "PPLC", 0, "capital", 10),
        ("P", "PPLX", 0, "city", 3),
        ("A", "ADM1", 0, "admin1", 100),
        ("A", "ADM1", 1_000_000, "admin1", 72.8),
        ("A", "ADM3", 0, "admin2", 15),
        ("A", "PCLI", 0, "country", 200),
        ("H", "STRT", 0, "strait", 40),
        ("H", "LK", 0, "lake", 8),
        ("H", "STM", 0, "river", 15),
        ("T", "MT", 0, "mountain", 5),
        ("T", "ISL", 500, "island", 8),
        ("L", "MILB", 0, "site", 3),
        ("L", "XXXX", 0, "region", 20),
        ("S", "HSP", 0, "site", 1),
    ],
)
def test_what_a_feature_is_and_how_wide(add: Add, group: str, code: str, people: int, kind: str, radius: float) -> None:
    add(line(name="Qwertholm", **{"class": group, "code": code, "people": people}))
    (found,) = open_gazetteer().find("Qwertholm")
    assert (found.kind, found.radius_km) == (kind, radius)


def test_features_that_are_no_places_are_left_out_and_counted(add: Add) -> None:
    road, spring, none = ({"class": "R", "code": "RD"}, {"class": "H", "code": "SPNG"}, {"class": "", "code": ""})
    other = line(5, "Шимбар")
    lines = [line(), *(line(n, **cells) for n, cells in enumerate((road, spring, none), 2)), other]
    (tally,) = add("".join(lines)).files
    assert (tally.places, tally.left_out, tally.skipped) == (1, 4, 0)


def test_a_region_is_found_without_its_generic_word(add: Add) -> None:
    add(line(name="Qwerth Province", others="QW.,Qwer.", code="ADM1", **{"class": "A"}))
    places = open_gazetteer()
    assert [place.tier for place in places.find("Qwerth")] == [Tier.DERIVED]
    assert [place.tier for place in places.find("Qwer.")] == [Tier.POINT]
    assert places.find("Qwer") == ()


BROKEN = {
    "18 values between tabs": line().replace("\t230", ""),
    "can't decode byte": line().replace("Shimbar", "Sh\udcffmbar"),
    "geonameid 'x1' is no whole number": line("x1"),
    "geonameid '99999999999999999999' is no whole": line("9" * 20),
    "no geonameid or no name": line(name=" "),
    "latitude 'north'": line(lat="north"),
    "latitude '91'": line(lat=91),
    "longitude 'nan'": line(lon="nan"),
    "population '-5'": line(people=-5),
    "country 'ZZ' unknown": line(country="ZZ"),
    "feature class 'Q'": line(**{"class": "Q"}),
    "geonameid 900001 stands on an earlier line": line(name="Again"),
}


@pytest.mark.parametrize("why", BROKEN)
def test_a_broken_line_is_named_and_the_rest_is_added(add: Add, why: str) -> None:
    content = line() + "\n" + BROKEN[why] + line(900002, "Shimbar Beg")
    added = add(content.encode("utf-8", "surrogateescape"))
    (tally,) = added.files
    assert (added.places, tally.skipped) == (2, 1)
    ((number, said),) = tally.named
    assert number == 3
    assert why in said
    assert open_gazetteer().find("Shimbar Beg")


def test_a_broken_first_line_does_not_hide_what_the_file_is(add: Add) -> None:
    (tally,) = add("half a line\n" + line()).files
    assert tally.named == [(1, "1 values between tabs, not 19")]


def test_of_many_broken_lines_twenty_are_named(add: Add) -> None:
    (tally,) = add(line() + "broken\n" * 50).files
    assert (tally.skipped, len(tally.named)) == (50, 20)


@pytest.mark.parametrize("packed", ["zip", "renamed zip", "gz", "Windows"])
def test_packed_dumps_are_read_as_they_come(add: Add, tmp_path: Path, packed: str) -> None:
    text = line().encode()
    if packed == "gz":
        content, name = gzip.compress(text), "IQ.txt.gz"
    elif packed == "Windows":
        content, name = text.replace(b"\n", b"\r\n"), "IQ.txt"
    else:
        box = tmp_path / "box"
        with zipfile.ZipFile(box, "w") as archive:
            archive.writestr("readme.txt", "about this file")
            archive.writestr("IQ.txt", text)
        content, name = box.read_bytes(), "IQ.zip" if packed == "zip" else "iraq-new"
    assert add(content, name).places == 1
    assert open_gazetteer().find("Ash Shimbar")


def zipped(*names: str) -> bytes:
    """A zip with a town in each of the named files."""
    handle = io.BytesIO()
    with zipfile.ZipFile(handle, "w") as archive:
        for name in names:
            archive.writestr(name, line())
    return handle.getvalue()


WRONG = {
    "it is empty": b"",
    "IQ.txt:1: 1 values between tabs, where a GeoNames dump has 19": b"The mayor left the town.\n",
    "IQ.txt:1: 4 values between tabs": b"IQ.15\tNinawa\tNinawa\t99072\n",
    "IQ.txt:1: 1 values": b"\x89PNG\r\n\x1a\n\x00\x00",
    "no place in it (1 lines broken, 1 left out": (line(lat="x") + line(2, **{"class": "R"})).encode(),
    "cut off or damaged": gzip.compress(line().encode() * 3000)[:-200],
    "no IQ.txt in it (a.txt, b.txt)": zipped("a.txt", "b.txt"),
    "not a zip file": b"PK\x03\x04 and no more",
    "a line of over": b"x" * 1_000_000,
    "IQ.txt:2: kind 'ocean' is not one of": f"{HEADER}A,ocean,,1,2,3,\n".encode(),
    "IQ.txt:2: radius_km '-3' is not": f"{HEADER}A,sea,,1,2,-3,\n".encode(),
    "IQ.txt:2: 95,2 are outside the globe": f"{HEADER}A,sea,,95,2,3,\n".encode(),
    "IQ.txt:2: country 'IQ' is no alpha-3 code": f"{HEADER}Ab,sea,IQ,1,2,3,\n".encode(),
    "IQ.txt:2: no name of two or more Latin letters": f"{HEADER}Шимбар,site,IRQ,1,2,3,\n".encode(),
    "IQ.txt:3: Ab stands on an earlier line too": f"{HEADER}Ab,sea,,1,2,3,\nAb,sea,,1,2,5,\n".encode(),
    "IQ.txt:2: 2 values for 7 columns": f"{HEADER}A,sea\n".encode(),
    "save it as CSV in UTF-8": f"{HEADER}Ab,sea,,1,2,3,Caf\xe9\n".encode("latin-1"),
    "no place in it": HEADER.encode(),
}


@pytest.mark.parametrize("why", WRONG)
def test_another_file_is_refused_and_nothing_is_added(add: Add, home: Path, why: str) -> None:
    add(line(77, "Kept Town"), "kept.txt")
    before = (home / OWN_FILE).read_bytes()
    with pytest.raises(ResourceError) as caught:
        add(WRONG[why])
    assert why in str(caught.value)
    assert (home / OWN_FILE).read_bytes() == before
    assert not list(home.glob("*.part"))


def test_files_are_added_together_or_not_at_all(home: Path, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(line(), encoding="utf-8")
    with pytest.raises(ResourceError, match=r"missing\.txt: No such file"):
        add_places([tmp_path / "good.txt", tmp_path / "missing.txt"])
    assert not (home / OWN_FILE).exists()
    with pytest.raises(ResourceError, match="Is a directory"):
        add_places([tmp_path])


def test_a_table_with_our_columns_is_added(add: Add) -> None:
    added = add("\ufeff" + TABLE, "places.csv")
    assert (added.places, added.files[0].places) == (2, 2)
    places = open_gazetteer()
    (hill,) = places.find("Gharib Hill")
    assert (hill.name, hill.kind, hill.country, hill.radius_km) == ("Tel Gharib", "site", "IRQ", 4.0)
    assert hill.geonameid is None
    assert hill.id < -1_000_000
    assert hill.notable
    assert places.find("TGH")
    assert places.find("tgh") == ()


def test_adding_again_changes_nothing_and_another_file_adds(add: Add, home: Path) -> None:
    add(line() + line(900002, "Second Shimbar"))
    add(TABLE, "places.csv")
    before, digest = (home / OWN_FILE).read_bytes(), open_gazetteer().digest
    for content, name in ((line() + line(900002, "Second Shimbar"), "IQ.txt"), (TABLE, "places.csv")):
        again = add(content, name)
        assert (again.places, again.changed) == (4, False)
    assert (home / OWN_FILE).read_bytes() == before
    assert open_gazetteer().digest == digest
    assert open_gazetteer().own_places == 4


def test_the_order_of_adding_does_not_matter(add: Add, home: Path) -> None:
    add(line())
    add(TABLE, "places.csv")
    one = open_gazetteer().digest
    (home / OWN_FILE).unlink()
    add(TABLE, "places.csv")
    add(line())
    assert open_gazetteer().digest == one


def test_a_newer_line_replaces_an_older_one_with_its_names(add: Add) -> None:
    add(line(others="Old Shimbar"))
    added = add(line(others="New Shimbar", people=5000))
    assert (added.places, added.changed) == (1, True)
    places = open_gazetteer()
    assert [place.population for place in places.find("New Shimbar")] == [5000]
    assert places.find("Old Shimbar") == ()


def test_the_run_changes_with_the_own_places(add: Add, home: Path) -> None:
    without = open_gazetteer().digest
    add(line())
    one = open_gazetteer().digest
    add(line(900002, "Second Shimbar"))
    two = open_gazetteer().digest
    assert len({without, one, two}) == 3
    assert Gazetteer(home / FILE).digest == without  # a gazetteer opened by its path is that file alone
    (home / OWN_FILE).unlink()
    open_gazetteer.cache_clear()
    assert open_gazetteer().digest == without


def test_a_town_of_both_files_is_one_with_the_own_facts_and_both_names(add: Add) -> None:
    mosul = next(place for place in open_gazetteer().find("Mosul") if place.kind == "city")
    add(line(mosul.id, "Mosul Proper", lat=36.0, people=77))
    places = open_gazetteer()
    (found,) = [place for place in places.find("Mosul") if place.id == mosul.id]
    assert (found.name, found.lat, found.population, found.tier) == ("Mosul Proper", 36.0, 77, Tier.MAIN)
    assert [place.id for place in places.find("Mosul Proper")] == [mosul.id]


def test_a_country_or_region_keeps_the_built_facts_and_gains_names(add: Add) -> None:
    before = {name: open_gazetteer().find(name)[0] for name in ("Iraq", "Anbar")}
    add(
        line(before["Iraq"].id, "Jumhuriyat Qwerth", code="PCLI", **{"class": "A"})
        + line(before["Anbar"].id, "Muhafazat Qwerth", code="ADM1", **{"class": "A"})
    )
    places = open_gazetteer()
    assert {name: places.find(name)[0] for name in before} == before
    assert [place.name for place in places.find("Jumhuriyat Qwerth")] == ["Iraq"]
    assert [place.name for place in places.find("Muhafazat Qwerth")] == ["Anbar"]


def test_own_places_come_first_among_equals(add: Add) -> None:
    built = open_gazetteer().find("Mosul")[0]
    add(line(999_000_001, "Mosul", people=built.population) + line(999_000_002, "Crimea", code="HLL", **{"class": "T"}))
    places = open_gazetteer()
    assert [place.id for place in places.find("Mosul")][:2] == [999_000_001, built.id]
    # Among those without people a table's place comes before a dump's hill, and the user's own table before ours.
    assert [place.id for place in places.find("Crimea")][-1] == 999_000_002
    add(f"{HEADER}Crimea,site,,1,2,3,\n", "places.csv")
    last = [place for place in open_gazetteer().find("Crimea") if place.population == 0]
    assert [place.kind for place in last] == ["site", "region", "mountain"]


def test_hills_and_farms_do_not_hide_towns(add: Add) -> None:
    hills = "".join(line(10_000_000 + n, "Kobani", code="HLL", **{"class": "T"}) for n in range(300))
    add(hills)
    places = open_gazetteer()
    found = places.find("Kobani")
    assert (found[0].kind, found[0].country, len(found)) == ("city", "SYR", 120)
    assert not found[-1].notable


def test_it_travels_to_other_processes(add: Add) -> None:
    add(line())
    places = open_gazetteer()
    copy = pickle.loads(pickle.dumps(places))
    assert copy.find("Ash Shimbar") == places.find("Ash Shimbar") != ()
    assert copy.digest == places.digest
    with pytest.raises(sqlite3.OperationalError):
        copy._open().execute("DELETE FROM own.place")


def test_building_anew_keeps_them(add: Add, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reportedly import gazetteer

    add(line())
    monkeypatch.setattr(making, "make", lambda path: path)
    assert gazetteer.build() == home / FILE
    assert open_gazetteer().find("Ash Shimbar")


def test_a_damaged_own_file_says_what_to_do(add: Add, home: Path) -> None:
    add(line())
    with sqlite3.connect(home / OWN_FILE) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(ResourceError, match=r"version 99, not 1; delete it and add your places again"):
        open_gazetteer()
    (home / OWN_FILE).write_bytes(b"no database" * 500)
    with pytest.raises(ResourceError, match="delete it and add your places again"):
        open_gazetteer()
    places = Gazetteer(home / FILE)
    with pytest.raises(ResourceError, match="unable to open"):
        Gazetteer(places.path, home / "none.sqlite")


def test_one_process_adds_at_a_time(add: Add, home: Path) -> None:
    part = home / f"{OWN_FILE}.part"
    part.touch()
    with pytest.raises(ResourceError, match="being added by another process; if none runs, delete it"):
        add(line())
    assert part.exists()  # it is the other's


def test_a_folder_that_cannot_be_written_says_so(add: Add, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / OWN_FILE).mkdir()
    open_gazetteer.cache_clear()
    monkeypatch.setattr(
        "reportedly.gazetteer.adding.open_gazetteer", lambda: Gazetteer(home / FILE)
    )  # it cannot open such a file either
    with pytest.raises(ResourceError, match="cannot be copied"):
        add(line())


def test_the_own_file_has_the_tables_of_the_built_one(add: Add, home: Path) -> None:
    add(line())

    def columns(path: Path, table: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(path) as db:
            return db.execute(f"PRAGMA table_info({table})").fetchall()

    for table in ("place", "name", "source"):
        assert columns(home / OWN_FILE, table) == columns(home / FILE, table) != []


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("Q.X,site,3,what", "features.csv:2: feature 'Q.X'"),
        ("P,town,3,what", "features.csv:2: kind 'town'"),
        ("P,city,wide,what", "features.csv:2: kind 'city' or radius_km 'wide'"),
    ],
)
def test_a_bad_row_in_the_table_of_features_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str, complaint: str
) -> None:
    path = tmp_path / "features.csv"
    path.write_text(f"feature,kind,radius_km,meaning\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(dumps, "data_path", lambda name: path)
    load_features.cache_clear()
    with pytest.raises(ResourceError) as caught:
        load_features()
    load_features.cache_clear()
    assert complaint in str(caught.value)


def test_a_dumps_hills_and_islands_are_not_taken_for_the_town_of_their_name(add: Add) -> None:
    text = "Troops fought in Tikrit on Monday, and in Samarra."
    start = text.index("Tikrit")
    spans = [(start, start + len("Tikrit"))]
    (before,) = resolve_spans(text, spans, open_gazetteer())
    hill, island = (
        line(1, "Tikrit", code="HLL", **{"class": "T"}),
        line(2, "Tikrit", code="ISL", people=300, country="FR", **{"class": "T"}),
    )
    add(hill + island)
    (after,) = resolve_spans(text, spans, open_gazetteer())
    assert before is not None
    assert after is not None
    assert (after.geonameid, after.country) == (before.geonameid, "IRQ")
