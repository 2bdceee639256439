"""The directory: folded keys, look-ups by date, and complaints with file and line."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from reportedly.directory import Directory, Item, key_of, load_directory, read_directory, site_label, site_outlet
from reportedly.directory.files import plurals
from reportedly.errors import ResourceError
from reportedly.extract.actors import code_actor
from reportedly.resources import data_path
from tests.actor_data import FILES, small_directory, write_directory


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    return small_directory(tmp_path_factory.mktemp("actors"))


def names(items: tuple[Item, ...]) -> list[tuple[str, str]]:
    return [(item.kind, item.name) for item in items]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("The U.S.", "us"),
        ("Türkiye", "turkiye"),
        ("Jean-Luc O’Brien", "jean luc obrien"),
        ("People’s Army", "people army"),
        ("the", "the"),
        ("Brown & Sons", "brown and sons"),
    ],
)
def test_keys_are_folded(text: str, key: str) -> None:
    assert key_of(text) == key


def test_case_tells_names_from_words(small: Directory) -> None:
    assert names(small.find("US")) == names(small.find("the U.S.")) == [("country", "United States")]
    assert small.find("us") == ()
    assert small.find("Us") == ()
    assert names(small.find("WHO")) == [("organisation", "World Grain Office")]
    assert small.find("who") == ()
    assert small.country("Turkey").country == "TUR"  # type: ignore[union-attr]
    assert small.country("turkey") is None


def test_a_text_may_name_several(small: Directory) -> None:
    assert {item.country for item in small.find("National Guard")} == {"RUR", "GST"}


def test_countries_by_demonym_and_its_plural(small: Directory) -> None:
    assert small.country("Ruritanians").country == "RUR"  # type: ignore[union-attr]
    assert small.country("Strelsau") is None
    assert names(small.find("STRELSAU")) == [("capital", "Ruritania")]


def test_outlets_have_one_name(small: Directory) -> None:
    assert small.outlet("the Daily Times") == "The Strelsau Daily Times"
    assert small.outlet("Red Palace") is None


def test_roles_in_the_plural(small: Directory) -> None:
    for text, noun in (("thieves", "thief"), ("authorities", "authority"), ("Prime Ministers", "prime minister")):
        role = small.role(text)
        assert role is not None
        assert (role.name, role.plural) == (noun, True)
    assert plurals("commander in chief") == ("commanders in chief",)
    assert plurals("policewoman") == ("policewomen",)


def test_offices_by_day(small: Directory) -> None:
    (holm,) = small.find("Anna Al Holm")
    assert holm.coded_on(dt.date(2014, 12, 3)) == ("RUR", ("GOV",))
    assert holm.coded_on(dt.date(2015, 3, 1)) == ("RUR", ("ELI",))
    assert holm.coded_on(dt.date(2016, 3, 1)) == ("RUR", ("LEG",))
    assert holm.coded_on(dt.date(2011, 1, 1)) == ("RUR", ())
    assert holm.coded_on(None) == ("RUR", ("LEG",))


def test_who_held_an_office(small: Directory) -> None:
    held = small.office_holder("prime minister", "RUR", dt.date(2014, 12, 3))
    assert held is not None
    assert held.name == "Anna al-Holm"
    assert small.office_holder("prime minister", "RUR", dt.date(2015, 1, 1)) is None
    tarn = small.office_holder("foreign minister", "RUR", dt.date(2014, 12, 3))
    assert tarn is not None
    assert tarn.name == "Bruno Tarn"
    assert small.office_holder("minister", "RUR", dt.date(2014, 12, 3)) is None


def test_people_by_surname(small: Directory) -> None:
    assert [p.name for p in small.people("al-Holm")] == [p.name for p in small.people("Holm")] == ["Anna al-Holm"]
    person = small.person("Tarn", dt.date(2014, 1, 1))
    assert person is not None
    assert person.name == "Bruno Tarn"
    assert small.person("Nobody", None) is None


@pytest.mark.parametrize(
    ("file", "row", "complaint"),
    [
        ("countries", "XX,Nowhere,,,", "three capital letters"),
        ("countries", "RUR,Ruritania again,,,", "stands twice"),
        ("organisations", "Somebody,,club,RUR,GOV", "the kind is 'club'"),
        ("organisations", "Somebody,,group,ZZZ,GOV", "ZZZ is neither"),
        ("organisations", "Somebody,,group,RUR,KING", "KING is not a PLOVER sector"),
        ("organisations", "Somebody,…,group,RUR,GOV", "no word in it"),
        ("people", "Dora Elm,,RUR,GOV,Mayor,2014-13-01,", "not a date"),
        ("people", "Dora Elm,,RUR,GOV,Mayor,2014-02-01,2013-01-01", "before it begins"),
        ("people", "Dora Elm,,RUR,GOV,,2014-02-01,", "no office"),
        ("roles", "mayor,GOV,boss,a mayor", "the kind is 'boss'"),
        ("roles", "mayor,GOV,official,", "no example"),
        ("titles", "Baron,ELI,x", "must be f or m"),
        ("genders", "two words,m", "not one word"),
    ],
)
def test_a_bad_row_is_named_with_file_and_line(tmp_path: Path, file: str, row: str, complaint: str) -> None:
    write_directory(tmp_path, **{file: FILES[file] + row + "\n"})
    line = len(FILES[file].splitlines()) + 1
    with pytest.raises(ResourceError, match=complaint) as caught:
        read_directory(tmp_path)
    assert f"{file}.csv:{line}" in str(caught.value)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    write_directory(tmp_path)
    (tmp_path / "people.csv").unlink()
    with pytest.raises(ResourceError, match=r"people\.csv"):
        read_directory(tmp_path)


def test_every_role_has_the_main_sector_of_its_example() -> None:
    directory = load_directory()
    wrong = []
    with data_path("actors/roles.csv").open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if not row["noun"].startswith("#")]
    for row in rows:
        actor = code_actor(row["example"], directory)
        found = actor.sectors[0] if actor and actor.sectors else ""
        wanted = row["sectors"].split(";")[0]
        if found != wanted and wanted != "UNK":
            wrong.append((row["noun"], row["example"], wanted, found))
    assert not wrong
    assert len(rows) >= 400


def test_the_real_directory_knows_the_basics() -> None:
    directory = load_directory()
    assert directory.country("Côte d'Ivoire").country == "CIV"  # type: ignore[union-attr]
    assert {item.name for item in directory.find("ISIL")} == {item.name for item in directory.find("Daesh")}
    assert directory.outlet("Reuters") == "Reuters"


@pytest.mark.parametrize(
    ("address", "outlet", "label"),
    [
        ("www.cnn.com", "CNN", "cnn"),
        ("https://mobile.nytimes.com/2031/03/03/kell.html", "The New York Times", "nytimes"),
        ("www.dailymail.co.uk", "Daily Mail", "dailymail"),
        ("www.coastwire.co.uk", None, "coastwire"),
        ("U.S.", None, None),
        ("Coast Wire", None, None),
    ],
)
def test_an_address_is_its_outlets(address: str, outlet: str | None, label: str | None) -> None:
    assert site_outlet(address) == outlet
    assert load_directory().outlet(address) == outlet
    assert site_label(address) == label
