"""Copies in the ledger: linking piece by piece finds what linking from scratch finds; people overrule both."""

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.errors import LedgerError
from reportedly.ledger import Ledger, copying, schema, views
from reportedly.ledger.opening import open_engine
from reportedly.records import Article, Copy, Reading
from tests.ledger.making import RUN, reading

SENTENCES = (
    "The harbour master of Sandvik closed both gates before the storm came in from the north.",
    "Eleven boats were still at sea when the last of the lights went out along the pier.",
    "A tug from the next town brought nine of them home by four o'clock in the morning.",
    "Nobody has heard from the crew of the Marit since she left the fishing bank on Friday.",
    "Her owner told this paper that the radio on board had been repaired only last week.",
    "The coast guard will search the water west of the island again as soon as it is light.",
    "Schools in the three villages will stay closed until the road has been cleared of trees.",
    "Power came back to most houses on the hill after a team from the capital mended the line.",
    "The mayor thanked the bakers who had worked by candle and given their bread away.",
    '"We have seen worse winters than this one and we will see worse again," the old pilot said.',
    "Insurers put the damage to the quay at four million crowns, not counting the boats.",
    "An inquiry into the gates will open in March under a judge who has served at sea.",
)


def bare(name: str, text: str, day: int | None = None, publisher: str | None = None) -> Reading:
    """A reading with nothing but its article."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    published = None if day is None else dt.date(2031, 3, day)
    head = Article(id=name, sha256=digest, text=text, published=published, publisher=publisher)
    return Reading(run=RUN, article=head, mentions=(), statements=(), reports=(), origins=(), notes=())


READINGS = st.lists(
    st.builds(
        bare,
        name=st.sampled_from("abcdefgh"),
        text=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=7, unique=True).map(" ".join),
        day=st.none() | st.integers(1, 4),
        publisher=st.sampled_from([None, "Harbour Post", "Hill Gazette"]),
    ),
    min_size=2,
    max_size=12,
)


def piece_by_piece(where: str, found: list[Reading], stops: set[int]) -> tuple[list[Copy], list[Copy]]:
    """(copies linked at these stops, copies linked at once) of the readings added in order."""
    with Ledger(where) as ledger:
        for number, one in enumerate(found):
            ledger.add(one)
            if number in stops:
                ledger.link_new()
        ledger.link_new()
        pieces = ledger.copies()
        ledger.link()
        return pieces, ledger.copies()


@pytest.mark.parametrize("few", [1, 10**9], ids=["looked up", "all at once"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=READINGS, stops=st.sets(st.integers(0, 11)))
def test_linking_piece_by_piece_finds_the_same(
    monkeypatch: pytest.MonkeyPatch, few: int, found: list[Reading], stops: set[int]
) -> None:
    monkeypatch.setattr(copying, "_FEW", few)
    pieces, at_once = piece_by_piece(":memory:", found, stops)
    assert pieces == at_once


def test_linking_piece_by_piece_on_each_database(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    monkeypatch.setattr(copying, "_FEW", 1)
    whole, half = " ".join(SENTENCES[:6]), " ".join(SENTENCES[:5])
    mixed = " ".join((SENTENCES[7], SENTENCES[0], SENTENCES[8], SENTENCES[10], SENTENCES[3]))
    found = [bare("a", half, 3), bare("b", mixed, 4), bare("c", whole, 2), bare("d", whole, 1)]
    pieces, at_once = piece_by_piece(where, [*found, bare("d", mixed, 5)], {0, 1, 2, 3})
    assert pieces == at_once
    assert {(copy.article, copy.copy_of, copy.kind) for copy in pieces} == {
        ("a", "c", "whole"),
        ("b", "c", "part"),
        ("d", "b", "whole"),
    }
    (part,) = (copy for copy in pieces if copy.kind == "part")
    assert [span.text for span in part.sentences] == [SENTENCES[0], SENTENCES[3]]


def test_only_candidates_are_loaded(monkeypatch: pytest.MonkeyPatch, ledger: Ledger) -> None:
    for number, sentence in enumerate(SENTENCES):
        ledger.add(bare(f"{number}", sentence, 1))
    ledger.link_new()
    loaded: list[int] = []
    articles = views.articles

    def counted(connection: sa.Connection, numbers: list[int]) -> object:
        loaded.extend(numbers)
        return articles(connection, numbers)

    monkeypatch.setattr(views, "articles", counted)
    ledger.add(bare("new", SENTENCES[3], 2))
    ledger.link_new()
    assert [(copy.article, copy.copy_of) for copy in ledger.copies()] == [("new", "3")]
    assert set(loaded) == {4, 13}


def test_a_text_printed_often_is_compared_with_the_first_prints(
    monkeypatch: pytest.MonkeyPatch, open_ledger: Callable[[], Ledger]
) -> None:
    monkeypatch.setattr(copying, "_FEW", 1)
    ledger = open_ledger()
    ledger._rules = dataclasses.replace(ledger._rules, copies={**ledger._rules.copies, "whole": 3, "near": 2})
    text = " ".join(SENTENCES[:6])
    for number in (3, 4, 5, 6, 7, 2, 1):
        ledger.add(bare(f"{number}", text, number))
        ledger.link_new()
    pieces = ledger.copies()
    ledger.link()
    assert {(copy.article, copy.copy_of) for copy in ledger.copies()} == {(f"{n}", "1") for n in range(2, 8)}
    assert pieces == ledger.copies()


def test_a_line_that_many_texts_have_is_nobodys_piece_by_piece(
    monkeypatch: pytest.MonkeyPatch, open_ledger: Callable[[], Ledger]
) -> None:
    monkeypatch.setattr(copying, "_FEW", 1)
    ledger = open_ledger()
    few = {"whole": 3, "near": 3, "common": 1}
    ledger._rules = dataclasses.replace(ledger._rules, copies={**ledger._rules.copies, **few})
    line = SENTENCES[11]
    for number in range(5):
        ledger.add(bare(f"{number}", f"{SENTENCES[number]} {line}", number + 1))
    ledger.link()
    for name, day in (("x", 8), ("y", 9)):
        ledger.add(bare(name, f"{SENTENCES[6 + day - 8]} {line} {SENTENCES[5]}", day))
        ledger.link_new()
    pieces = ledger.copies()
    ledger.link()
    assert pieces == ledger.copies()
    (part,) = (copy for copy in pieces if copy.article == "y")
    assert (part.copy_of, [span.text for span in part.sentences]) == ("x", [SENTENCES[5]])


def test_people_overrule_copies(ledger: Ledger) -> None:
    ledger.add(reading("a"))
    ledger.add(reading("b", publisher="Hill Gazette", published=dt.date(2031, 3, 4)))
    ledger.link()
    (found,) = ledger.copies()
    ledger.judge_copy("b", "a", False, by="ana")
    assert ledger.copies() == []
    (event,) = ledger.events()
    assert (event.copies, [line.copy_of for line in event.reports]) == (0, [None, None])
    ledger.link()
    assert ledger.copies() == []
    ledger.judge_copy("b", "a", None, by="ben")
    assert ledger.copies() == [found]
    ledger.judge_copy("a", "b", True, by="ana")
    (forced,) = ledger.copies()
    assert (forced.article, forced.copy_of, forced.kind) == ("a", "b", "whole")
    assert forced.evidence.startswith("judged by ana on 20")
    assert ledger.events()[0].copies == 1
    ledger.judge_copy("a", "b", None, by="ana")
    assert ledger.copies() == [found]
    assert [(one.left, one.right, one.same, one.by) for one in ledger.copy_judgements()] == [
        ("b", "a", False, "ana"),
        ("b", "a", None, "ben"),
        ("a", "b", True, "ana"),
        ("a", "b", None, "ana"),
    ]
    with pytest.raises(LedgerError, match="no article gone"):
        ledger.judge_copy("a", "gone", True, by="ana")
    with pytest.raises(LedgerError, match="itself"):
        ledger.judge_copy("a", "a", True, by="ana")
    assert len(ledger.copy_judgements()) == 4


def test_a_ledger_of_the_first_version_is_taken_over(tmp_path: Path) -> None:
    where = tmp_path / "old.db"
    with Ledger(where) as ledger:
        for name, day in (("a", 1), ("b", 2)):
            ledger.add(bare(name, " ".join(SENTENCES[:6]), day))
        ledger.link()
        found = ledger.copies()
        ledger.add(bare("c", " ".join(SENTENCES[:6]), 3))
    engine = open_engine(where, create=False)
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM linked WHERE run IS NULL"))
        for table in ("sketches", "copy_judgements", "profile_keys", "profiles", "members"):
            connection.execute(sa.text(f"DROP TABLE {table}"))
        for index in ("links_right_reading", "linked_run", "copies_original"):
            connection.execute(sa.text(f"DROP INDEX ix_{index}"))
        for column in ("kind", "sentences"):
            connection.execute(sa.text(f"ALTER TABLE copies DROP COLUMN {column}"))
        connection.execute(sa.text(f"UPDATE {schema.VERSION_TABLE} SET version_num = '0001'"))
    engine.dispose()
    with Ledger(where) as ledger:
        assert ledger.copies() == [dataclasses.replace(copy, sentences=()) for copy in found]
        ledger.link_new()
        assert [copy.article for copy in ledger.copies()] == ["b", "c"]
        ledger.link()
        assert ledger.copies()[:1] == found
