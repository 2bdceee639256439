"""The files of actors that come with the package: codes, sectors, dates, names that two rows claim, and what must be there."""

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pycountry
import pytest

from reportedly.directory import key_of, load_directory
from reportedly.directory.files import SECTORS, STATELESS
from reportedly.resources import data_path, read_csv

COLUMNS = {
    "countries": ("code", "name", "capital", "demonyms", "aliases"),
    "organisations": ("name", "aliases", "kind", "country", "sectors"),
    "people": ("name", "aliases", "country", "sectors", "office", "since", "until"),
    "roles": ("noun", "sectors", "kind", "example"),
}
MEMBERS = (
    "AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA BRB BRN BTN BWA CAF "
    "CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESP EST ETH FIN FJI "
    "FRA FSM GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM GUY HND HRV HTI HUN IDN IND IRL IRN IRQ ISL ISR ITA JAM JOR JPN "
    "KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT "
    "MMR MNE MNG MOZ MRT MUS MWI MYS NAM NER NGA NIC NLD NOR NPL NRU NZL OMN PAK PAN PER PHL PLW PNG POL PRK PRT PRY QAT "
    "ROU RUS RWA SAU SDN SEN SGP SLB SLE SLV SMR SOM SRB SSD STP SUR SVK SVN SWE SWZ SYC SYR TCD TGO THA TJK TKM TLS TON "
    "TTO TUN TUR TUV TZA UGA UKR URY USA UZB VCT VEN VNM VUT WSM YEM ZAF ZMB ZWE"
)
# "Congolese" and "Dominican" go to the neighbour that is more often in the news.
WITHOUT_DEMONYM = {"COG", "DMA"}
# Two armed groups are known by these letters, and news uses both.
SHARED_NAMES = {("group", "jem")}
# Offices that one person holds at a time; Iraq had three vice presidents, so a vice president is not one of them.
SEATS = {
    "president",
    "prime minister",
    "premier",
    "chancellor",
    "king",
    "queen",
    "emir",
    "sultan",
    "crown prince",
    "supreme leader",
    "pope",
    "foreign minister",
    "external affairs minister",
    "foreign secretary",
    "secretary of state",
    "defense minister",
    "defence minister",
    "defense secretary",
    "defence secretary",
    "treasury secretary",
    "homeland security secretary",
    "attorney general",
    "national security adviser",
    "ambassador to the united nations",
    "secretary-general",
    "foreign policy chief",
    "cia director",
    "fbi director",
    "chairman of the joint chiefs of staff",
    "commander of us central command",
    "speaker of the house",
    "white house press secretary",
    "parliament speaker",
}
HANDOVER = dt.timedelta(days=3)


class Tenure(NamedTuple):
    """One office in the file, with the line it stands on."""

    since: dt.date
    until: dt.date
    name: str
    line: int


def rows(name: str) -> list[tuple[int, dict[str, str]]]:
    return list(read_csv(data_path(f"actors/{name}.csv"), COLUMNS[name]))


def cells(cell: str) -> list[str]:
    return [part for part in map(str.strip, cell.split(";")) if part]


def known_codes() -> set[str]:
    return {country.alpha_3 for country in pycountry.countries} | {"XKX"}


def tenures() -> Iterator[tuple[str, str, Tenure]]:
    """Country, office and tenure of every row of people."""
    for line, row in rows("people"):
        until = dt.date.fromisoformat(row["until"]) if row["until"] else dt.date.max
        since = dt.date.fromisoformat(row["since"])
        yield row["country"], row["office"].lower(), Tenure(since, until, row["name"], line)


def ends_later(one: Tenure, other: Tenure) -> Tenure:
    return other if other.until > one.until else one


def overlaps(held: Iterable[Tenure]) -> Iterator[tuple[Tenure, Tenure]]:
    """Each tenure that shares more days with the longest one before it than a handover takes, after that one."""
    ordered = sorted(held)
    for longest, tenure in zip(itertools.accumulate(ordered, ends_later), ordered[1:], strict=False):
        if min(longest.until, tenure.until) - tenure.since > HANDOVER:
            yield longest, tenure


def test_there_is_enough_of_everything() -> None:
    kinds = [row["kind"] for _, row in rows("organisations")]
    people = rows("people")
    assert len(kinds) - kinds.count("outlet") >= 300
    assert kinds.count("group") >= 100
    assert kinds.count("outlet") >= 100
    assert len(rows("roles")) >= 400
    assert len(people) >= 700
    assert len({row["country"] for _, row in people}) >= 100


def test_every_member_of_the_united_nations_is_there() -> None:
    assert len(MEMBERS.split()) == 193
    countries = {row["code"]: row for _, row in rows("countries")}
    assert not set(MEMBERS.split()) - set(countries)
    assert not set(countries) - known_codes()
    assert {code for code in MEMBERS.split() if not countries[code]["demonyms"]} == WITHOUT_DEMONYM


@pytest.mark.parametrize("name", ["organisations", "people"])
def test_every_row_has_a_code_that_exists(name: str) -> None:
    known = known_codes() | STATELESS
    assert not [(line, row["country"]) for line, row in rows(name) if row["country"] not in known]


@pytest.mark.parametrize("name", ["organisations", "people", "roles"])
def test_sectors_are_those_of_plover_each_once(name: str) -> None:
    wrong = []
    for line, row in rows(name):
        sectors = cells(row["sectors"])
        if set(sectors) - SECTORS or len(set(sectors)) < len(sectors):
            wrong.append((line, row["sectors"]))
    assert not wrong


def test_people_and_roles_have_a_sector() -> None:
    assert not [line for name in ("people", "roles") for line, row in rows(name) if not row["sectors"]]


def claims() -> Iterator[tuple[tuple[str, str], str]]:
    """Every written form with its kind, and who claims it."""
    for _, row in rows("countries"):
        for form in [row["name"], *cells(row["aliases"])]:
            yield ("country", key_of(form)), row["code"]
        for column in ("capital", "demonyms"):
            for form in cells(row[column]):
                yield (column, key_of(form)), row["code"]
    for line, row in rows("organisations"):
        for form in [row["name"], *cells(row["aliases"])]:
            yield (row["kind"], key_of(form)), f"{row['name']} on line {line}"
    for _, row in rows("people"):
        for form in [row["name"], *cells(row["aliases"])]:
            yield ("person", key_of(form)), row["name"]
    for line, row in rows("roles"):
        yield ("role", row["noun"]), f"line {line}"


def test_no_two_rows_of_a_kind_claim_one_name() -> None:
    claimed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for form, owner in claims():
        claimed[form].add(owner)
    shared = {form: owners for form, owners in claimed.items() if len(owners) > 1}
    assert {form: owners for form, owners in shared.items() if form not in SHARED_NAMES} == {}
    assert set(shared) == SHARED_NAMES


def test_people_are_not_named_like_anything_else() -> None:
    others = {form for (kind, form), _ in claims() if kind not in ("person", "role", "demonyms")}
    assert not [form for (kind, form), _ in claims() if kind == "person" and form in others]


def test_offices_begin_before_they_end() -> None:
    assert not [tenure for _, _, tenure in tenures() if tenure.since >= tenure.until]


def test_nobody_holds_one_office_twice_at_a_time() -> None:
    held: dict[tuple[str, str, str], list[Tenure]] = defaultdict(list)
    for country, office, tenure in tenures():
        held[country, office, tenure.name].append(tenure)
    assert not [pair for same in held.values() for pair in overlaps(same)]


def test_an_office_for_one_has_one_holder_on_a_day() -> None:
    held: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
    for country, office, tenure in tenures():
        if office in SEATS:
            held[country, office].append(tenure)
    assert len(held) >= 300
    assert not [(seat, pair) for seat, same in held.items() for pair in overlaps(same)]


def test_offices_are_written_as_news_writes_them() -> None:
    """In lower case but for names; "Minister of Defence of France" would not be found by "defence minister"."""
    titles = {"President", "Prime", "Minister", "Secretary", "King", "Governor", "Chancellor", "Ambassador", "General"}
    assert not [(line, row["office"]) for line, row in rows("people") if row["office"].split()[0] in titles]


def test_every_form_of_a_name_finds_its_person() -> None:
    directory = load_directory()
    lost = []
    for line, row in rows("people"):
        for form in [row["name"], *cells(row["aliases"])]:
            if row["name"] not in {item.name for item in directory.find(form) if item.kind == "person"}:
                lost.append((line, form))
    assert not lost


@pytest.mark.parametrize(
    ("office", "country", "day", "name"),
    [
        ("prime minister", "IRQ", "2014-09-07", "Nouri al-Maliki"),
        ("prime minister", "IRQ", "2014-12-03", "Haider al-Abadi"),
        ("secretary of state", "USA", "2013-01-31", "Hillary Clinton"),
        ("secretary of state", "USA", "2014-06-01", "John Kerry"),
        ("defense secretary", "USA", "2015-02-16", "Chuck Hagel"),
        ("president", "UKR", "2014-01-15", "Viktor Yanukovych"),
        ("president", "UKR", "2014-08-01", "Petro Poroshenko"),
        ("foreign minister", "RUS", "2016-05-05", "Sergei Lavrov"),
        ("external affairs minister", "IND", "2014-06-10", "Sushma Swaraj"),
        ("defence secretary", "GBR", "2014-08-01", "Michael Fallon"),
        ("chancellor", "DEU", "2021-12-07", "Angela Merkel"),
        ("secretary-general", "UNO", "2016-12-31", "Ban Ki-moon"),
        ("foreign policy chief", "EUR", "2014-11-02", "Federica Mogherini"),
        ("leader", "PRK", "2013-04-01", "Kim Jong Un"),
        ("supreme leader", "IRN", "2015-07-14", "Ali Khamenei"),
        ("pope", "VAT", "2014-12-25", "Pope Francis"),
    ],
)
def test_offices_on_a_day(office: str, country: str, day: str, name: str) -> None:
    holder = load_directory().office_holder(office, country, dt.date.fromisoformat(day))
    assert holder is not None
    assert holder.name == name


@pytest.mark.parametrize(
    ("name", "day", "country", "sectors"),
    [
        ("John Kirby", "2014-10-01", "USA", ("MIL", "GOV")),
        ("John Kirby", "2016-10-01", "USA", ("GOV",)),
        ("John Kirby", "2019-10-01", "USA", ("ELI",)),
        ("Hassan Nasrallah", "2014-10-01", "LBN", ("REB", "PTY")),
        ("Riek Machar", "2014-10-01", "SSD", ("REB",)),
        ("Riek Machar", "2021-10-01", "SSD", ("GOV",)),
        ("Donald Tusk", "2015-10-01", "EUR", ("GOV",)),
        ("Jean-Claude Juncker", "2012-10-01", "LUX", ("GOV",)),
        ("Aung San Suu Kyi", "2014-10-01", "MMR", ("PTY", "OPP")),
    ],
)
def test_people_are_coded_by_the_day(name: str, day: str, country: str, sectors: tuple[str, ...]) -> None:
    (person,) = [item for item in load_directory().find(name) if item.kind == "person"]
    assert person.coded_on(dt.date.fromisoformat(day)) == (country, sectors)
