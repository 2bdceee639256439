"""Dictionaries in PETRARCH's format: what becomes of each kind of line."""

import datetime as dt
from pathlib import Path

import pytest

from reportedly.directory import load_directory, read_directory
from reportedly.directory.petrarch import read_petrarch, write_tables
from reportedly.errors import ResourceError
from reportedly.extract.actors import code_actor
from reportedly.resources import data_path

ACTORS = """
# our own example, not anybody's dictionary
NORLAND_DEFENCE_LEAGUE_ ; a militia
+NDL_
    [NORREB]
JANE_ROE_TESTWORTHY_
+J._TESTWORTHY_
    [GBRGOV 050101-101231]
    [GBRELI >110101]
HARBOUR_COUNCIL_OF_TESTVILLE_ [GBRGOV]
BROKEN_ENTRY_ [GBRGOV 9913xx]
STRANGE_ROLE_ [GBRXYZ]
"""
AGENTS = "HARBOUR_PILOT_ {HARBOUR_PILOTS_} [~CVL]\nFISH_WARDEN_ [~COP]\n"


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    countries = load_directory().country_codes
    for name, text in (("actors.txt", ACTORS.replace("NORREB", "GBRREB")), ("agents.txt", AGENTS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        write_tables(read_petrarch(tmp_path / name, countries), tmp_path / "own")
    return tmp_path / "own"


def test_entries_become_rows_that_are_found_first(tables: Path) -> None:
    directory = read_directory(data_path("actors"), tables)
    league = code_actor("the Norland Defence League", directory)
    assert league is not None
    assert (league.country, league.sectors) == ("GBR", ("REB",))
    wardens = code_actor("two fish wardens", directory)
    assert wardens is not None
    assert wardens.sectors == ("COP",)
    then, later = (code_actor("Jane Roe Testworthy", directory, on=dt.date(year, 6, 1)) for year in (2007, 2015))
    assert then is not None
    assert later is not None
    assert (then.sectors, later.sectors) == (("GOV",), ("ELI",))


def test_what_cannot_be_used_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "actors.txt"
    path.write_text(ACTORS, encoding="utf-8")
    skipped = read_petrarch(path, load_directory().country_codes).skipped
    said = " | ".join(why for _, why in skipped)
    assert "dates not understood" in said
    assert "XYZ unknown" in said
    assert all(ACTORS.splitlines()[line - 1].strip() for line, _ in skipped)


def test_importing_twice_adds_nothing(tables: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in tables.glob("*.csv")}
    write_tables(read_petrarch(tmp_path / "agents.txt", load_directory().country_codes), tables)
    assert {path.name: path.read_bytes() for path in tables.glob("*.csv")} == before


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"just words\n"])
def test_another_kind_of_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "actors.txt"
    path.write_bytes(content)
    if content.startswith(b"just"):
        assert read_petrarch(path, frozenset({"GBR"})).rows["organisations"] == []
    else:
        with pytest.raises(ResourceError, match=r"actors\.txt"):
            read_petrarch(path, frozenset({"GBR"}))
