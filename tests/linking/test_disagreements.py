"""What counts as a disagreement, and what only says more, says it later or says it again."""

import dataclasses
import datetime as dt
from typing import Any

import pytest

from reportedly.linking import load_rules
from reportedly.linking.disagreements import disagreements
from reportedly.records import Actor, Entry, Number, NumberKind
from tests.linking.making import (
    BULGARIA,
    HASKOVO,
    KARDZHALI,
    MONDAY,
    NORTHLAND,
    SOUTHLAND,
    VARNA,
    days,
    entry,
    party,
)

DAY = dt.timedelta(days=1)
POST, GAZETTE, TIMES = "Harbour Post", "Hill Gazette", "Lakeside Times"


def number(low: int, high: int | None = 0, kind: NumberKind = "killed") -> tuple[Number, ...]:
    """`high` 0: as low."""
    return (Number(kind=kind, low=low, high=low if high == 0 else high, start=0, end=1, text=str(low)),)


def differing(*entries: Entry, originals: dict[str, str] | None = None) -> dict[str, list[Any]]:
    found = disagreements(entries, load_rules(), originals)
    return {item.field: [line["value"] for line in item.values] for item in found}


def test_who_says_which_since_when() -> None:
    ministry = Actor(name="Eastland's ministry", country="FIN", sectors=("GOV",), kind="organisation")
    said: dict[str, Any] = {"source": ("Eastland's ministry", "organisation"), "actor": ministry}
    (found,) = disagreements(
        [
            entry("a", publisher=POST, published=MONDAY + DAY, numbers=number(12)),
            entry("b", publisher=GAZETTE, published=MONDAY, numbers=number(15), **said),
            entry("c", publisher=TIMES, published=MONDAY + DAY, numbers=number(15), **said),
            entry("d", publisher=TIMES, published=None, numbers=number(15)),
        ],
        load_rules(),
    )
    assert found.field == "killed"
    assert found.values == (
        {"value": 12, "reports": ["a"], "sources": [POST], "since": "2031-03-04"},
        {"value": 15, "reports": ["b", "c", "d"], "sources": ["Eastland's ministry", TIMES], "since": "2031-03-03"},
    )


@pytest.mark.parametrize(
    ("left", "right", "apart"),
    [
        (number(3, None), number(5), False),
        (number(9, None), number(5), True),
        (number(10, 12), number(12, 15), False),
        (number(4), number(4), False),
    ],
)
def test_numbers_that_may_both_be_right(left: Any, right: Any, apart: bool) -> None:
    found = differing(entry("a", publisher=POST, numbers=left), entry("b", publisher=GAZETTE, numbers=right))
    assert bool(found) is apart


def test_a_source_that_brings_its_number_up_to_date_agrees_with_itself() -> None:
    first, later = entry("a", publisher=POST, numbers=number(12)), {"publisher": POST, "published": MONDAY + DAY}
    assert differing(first, entry("b", numbers=number(15), **later)) == {}
    other = entry("c", publisher=GAZETTE, numbers=number(14))
    assert differing(first, entry("b", numbers=number(15), **later), other) == {"killed": [15, 14]}


def test_on_one_day_both_numbers_of_an_outlet_stand() -> None:
    assert differing(
        entry("a", publisher=POST, numbers=number(12)), entry("b", publisher=POST, numbers=number(15))
    ) == {"killed": [12, 15]}


def test_an_article_gives_the_total_and_its_parts() -> None:
    same: dict[str, Any] = {"article": "x", "publisher": POST}
    assert differing(entry("a", numbers=number(12), **same), entry("b", numbers=number(3), **same)) == {}


def test_copies_count_once() -> None:
    (found,) = disagreements(
        [
            entry("a", article="wire", publisher=POST, numbers=number(12)),
            entry("b", article="copy", publisher=GAZETTE, numbers=number(12)),
            entry("c", publisher=TIMES, numbers=number(20)),
        ],
        load_rules(),
        {"copy": "wire"},
    )
    assert [line["reports"] for line in found.values] == [["a"], ["c"]]


def test_who_denies_or_has_taken_back_gives_no_number() -> None:
    told = entry("a", publisher=POST, numbers=number(12))
    assert differing(told, entry("b", publisher=GAZETTE, stance="denies", numbers=number(0))) == {}
    wrong = entry("c", publisher=GAZETTE, numbers=number(90))
    taken_back = entry("d", publisher=GAZETTE, stance="denies", published=MONDAY + DAY)
    assert differing(told, wrong) == {"killed": [12, 90]}
    assert differing(told, wrong, taken_back) == {}


def test_a_city_lies_in_its_country() -> None:
    told = [entry("a", place=KARDZHALI), entry("b", place=BULGARIA)]
    assert differing(*told) == {}
    assert differing(*told, entry("c", place=VARNA)) == {"place": ["Kardzhali", "Varna"]}
    assert differing(*told, entry("d", place=HASKOVO)) == {}  # 35 km away


def test_beside_a_border_is_on_either_side() -> None:
    beside = dataclasses.replace(VARNA, name=None, text="near the border", country="ROU")
    assert differing(entry("a", place=KARDZHALI), entry("b", place=beside)) == {}


def test_days_differ_when_no_day_is_in_both() -> None:
    week = days(MONDAY - 6 * DAY, MONDAY)
    assert differing(entry("a", time=days(MONDAY)), entry("b", time=week)) == {}
    found = differing(entry("a", time=days(MONDAY)), entry("b", time=week), entry("c", time=days(MONDAY - DAY)))
    assert found == {"time": ["2031-03-03", "2031-03-02"]}


@pytest.mark.parametrize(
    ("left", "right", "apart"),
    [
        ((NORTHLAND,), (SOUTHLAND,), True),
        ((NORTHLAND,), (party("Northland's army", "NOR", "MIL"),), False),
        ((party("the army", coded=False),), (party("Northland's army", "NOR", "MIL"),), False),
        ((party("gunmen", coded=False),), (NORTHLAND,), False),
        ((party("Hill Guard", "IMG", "UAF"),), (NORTHLAND,), True),
        ((party("Hill Guard", "IMG", "UAF"),), (party("Hill Guard Front", "IMG", "UAF"),), False),
        ((party("Authorities"),), (NORTHLAND,), False),
        ((NORTHLAND, SOUTHLAND), (SOUTHLAND,), False),
        ((party("he", coded=False),), (NORTHLAND,), False),
    ],
)
def test_who_did_it(left: Any, right: Any, apart: bool) -> None:
    assert ("actors" in differing(entry("a", actors=left), entry("b", actors=right))) is apart


def test_who_did_it_together_is_no_disagreement() -> None:
    told = [entry("a", actors=(NORTHLAND,)), entry("b", actors=(SOUTHLAND,))]
    assert "actors" in differing(*told)
    assert differing(*told, entry("c", actors=(NORTHLAND, SOUTHLAND))) == {}


def test_two_persons_by_name() -> None:
    def shot_by(name: str) -> Entry:
        who = dataclasses.replace(party(name), mention="m")
        return entry(name, actors=(who,), persons=("m",))

    assert differing(shot_by("Ada Berg"), shot_by("Bo Lind")) == {"actors": ["Ada Berg", "Bo Lind"]}
    assert differing(shot_by("Ada Berg"), shot_by("Berg")) == {}
    assert differing(shot_by("Ada Berg"), entry("c", actors=(NORTHLAND,))) == {}  # she may be of Northland


def test_talks_have_no_first_and_second() -> None:
    fields: dict[str, Any] = {"kind": "CONSULT"}
    told = [
        entry("a", actors=(NORTHLAND,), recipients=(SOUTHLAND,), **fields),
        entry("b", actors=(SOUTHLAND,), recipients=(NORTHLAND,), **fields),
    ]
    assert differing(*told) == {}


@pytest.mark.parametrize(
    ("left", "right", "apart"),
    [
        ("a civilian convoy", "militants", True),
        ("villagers", "20 Hill Guard fighters", True),
        ("a convoy", "militants", False),
        ("a rebel-held town", "civilians", False),
        ("villagers", "a family", False),
    ],
)
def test_who_was_hit(left: str, right: str, apart: bool) -> None:
    told = [entry(name, recipients=(party(words, coded=False),)) for name, words in (("a", left), ("b", right))]
    assert differing(*told) == ({"recipients": [left, right]} if apart else {})


def test_who_was_hit_is_shown_by_sort() -> None:
    hit = ("villagers", "militants", "a family", "villagers")
    told = [entry(f"r{n}", recipients=(party(words, coded=False),)) for n, words in enumerate(hit)]
    assert differing(*told) == {"recipients": ["villagers", "militants"]}


def test_both_were_hit() -> None:
    hit = {name: party(name, coded=False) for name in ("civilians", "militants")}
    told = [entry(name, recipients=(one,)) for name, one in hit.items()]
    assert "recipients" in differing(*told)
    assert differing(*told, entry("c", recipients=tuple(hit.values()))) == {}


def test_how_it_was_done() -> None:
    told = {mode: entry(mode, mode=mode) for mode in ("aerial", "heavy-weapons", "explosives")}
    assert differing(told["aerial"], told["heavy-weapons"]) == {"mode": ["aerial", "heavy-weapons"]}
    assert differing(told["aerial"], told["explosives"], entry("a")) == {}


def test_of_many_values_the_most_reported_are_compared() -> None:
    often = [entry(f"often {n}", publisher=f"{n} Post", numbers=number(5000)) for n in range(2)]
    told = [entry(f"r{n}", publisher=f"Post {n}", numbers=number(n)) for n in range(200)]
    found = differing(*told, *often)["killed"]
    assert len(found) == load_rules().disagreements["compared"]
    assert 5000 in found
