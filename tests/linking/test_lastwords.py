"""What each source said last, and what a copy only says again."""

import datetime as dt
from typing import Any

import pytest

from reportedly.linking.lastwords import fold_copies, gone_since, side_of, turns
from reportedly.linking.speakers import source_key
from reportedly.records import Actor, Entry
from tests.linking.making import EASTLAND_MINISTRY, MONDAY, entry

DAY = dt.timedelta(days=1)
EASTLAND: dict[str, Any] = {"source": (EASTLAND_MINISTRY.name, "organisation"), "actor": EASTLAND_MINISTRY}


def at(hour: int, zone: dt.timezone | None = dt.UTC) -> dt.datetime:
    return dt.datetime(2031, 3, 3, hour, tzinfo=zone)


def gone(*entries: Entry) -> dict[str, str]:
    return {report: after.report.id for report, after in gone_since(turns(entries)).items()}


def no(name: str, **more: Any) -> Entry:
    return entry(name, stance="denies", **(EASTLAND | more))


def yes(name: str, **more: Any) -> Entry:
    return entry(name, stance="confirms", **(EASTLAND | more))


def test_the_later_word_takes_back_the_earlier() -> None:
    assert gone(no("a"), yes("b", published=MONDAY + DAY)) == {"a": "b"}
    assert gone(yes("b", published=MONDAY + DAY), no("a")) == {"a": "b"}  # in whatever order they come
    assert gone(no("a"), yes("b")) == {}
    assert gone(no("a"), yes("b", published=None)) == {}


def test_moments_are_compared_across_time_zones() -> None:
    east = dt.timezone(dt.timedelta(hours=9))
    assert gone(no("a", published=at(8)), yes("b", published=at(15, east))) == {"b": "a"}  # 15:00 there is 06:00 UTC
    assert gone(no("a", published=at(8)), yes("b", published=at(9, None))) == {"a": "b"}


def test_a_day_with_an_unknown_time_is_one_moment() -> None:
    assert gone(no("a", published=at(8)), yes("b", published=at(15)), yes("c")) == {}


def test_a_source_may_turn_twice() -> None:
    there_and_back = [yes("a"), no("b", published=MONDAY + DAY), yes("c", published=MONDAY + 2 * DAY)]
    assert gone(*there_and_back) == {"a": "b", "b": "c"}


def test_a_later_word_settles_two_of_one_day() -> None:
    assert gone(no("a"), yes("b"), yes("c", published=MONDAY + DAY)) == {"a": "c"}


def test_refusals_and_judgements_take_nothing_back() -> None:
    for stance in ("declines", "condemns"):
        assert gone(no("a"), entry("b", stance=stance, published=MONDAY + DAY, **EASTLAND)) == {}


def test_others_take_nothing_back() -> None:
    assert gone(no("a"), entry("b", source=("Southland", "organisation"), published=MONDAY + DAY)) == {}


@pytest.mark.parametrize(
    ("text", "kind", "country", "known"),
    [
        ("Ada Berg", "person", None, True),
        ("Berg", "person", None, True),
        ("Officials", "official", None, False),
        ("officials", "official", "NOR", False),
        ("Northland officials", "official", "NOR", True),
        ("the ministry", "organisation", "NOR", False),
        ("the Interior Ministry", "organisation", "NOR", True),
        ("Harbour Post", "outlet", None, True),
        ("a source", "unnamed", None, False),
        ("the report", "document", None, False),
    ],
)
def test_who_is_known_again(text: str, kind: str, country: str | None, known: bool) -> None:
    actor = Actor(name=text, country=country) if country else None
    assert (source_key(entry("a", source=(text, kind), actor=actor)) is not None) is known


def test_an_outlet_is_known_again_by_whatever_name() -> None:
    own = entry("a", publisher="www.harbourpost.com")
    named = entry("b", source=("The Harbour Post", "outlet"))
    assert source_key(own) == source_key(named) is not None
    assert source_key(entry("c", publisher=None)) is None


def test_a_hedged_negation_is_a_doubt() -> None:
    assert side_of(entry("a", negated=True)) == "no"
    assert side_of(entry("a", negated=True, certainty="PS+")) == "doubt"
    assert side_of(entry("a", stance="denies", certainty="PR-")) == "no"


def test_copies_of_an_original_that_says_nothing_of_it_fold_into_the_first() -> None:
    told = [
        no("late", article="y", published=MONDAY + DAY),
        no("early", article="x"),
        yes("other", article="z", published=MONDAY + DAY),
        no("own"),
    ]
    kept = fold_copies(told, {"x": "wire", "y": "wire", "z": "wire"})
    assert [entry.report.id for entry in kept] == ["early", "other", "own"]
