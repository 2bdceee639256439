"""What a ledger promises, on SQLite and on PostgreSQL alike."""

import dataclasses
import datetime as dt
import itertools
import json
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.errors import LedgerError, UnreadableInput
from reportedly.ledger import Ledger, schema
from reportedly.ledger.opening import open_engine
from reportedly.ledger.rows import reading_row
from reportedly.records import Copy, Link, Reading
from tests.ledger.making import DAY, LATER_RUN, RUN, TEXT, reading, readings

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def counts(where: str) -> dict[str, int]:
    """Rows by table."""
    engine = open_engine(where, create=False)
    with engine.begin() as connection:
        found = {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in schema.METADATA.sorted_tables
        }
    engine.dispose()
    return found


def test_what_is_added_comes_back(ledger: Ledger) -> None:
    one, two = reading("a"), reading("b", stance="denies", published=dt.datetime(2031, 3, 4, 9, 30, tzinfo=dt.UTC))
    assert ledger.add(one)
    assert ledger.add(two)
    assert list(ledger.readings()) == [one, two]
    assert [article.id for article in ledger.articles()] == ["a", "b"]
    assert ledger.reading("b") == two
    assert ledger.article("a").text == TEXT
    assert ledger.has("a", one.article.sha256, RUN.id)
    assert not ledger.has("a", one.article.sha256, LATER_RUN.id)
    assert not ledger.has("a", "another text", RUN.id)
    assert ledger.summary() == "2 articles, 2 statements, 2 reports"
    with pytest.raises(LedgerError, match="no article z"):
        ledger.article("z")


def test_adding_again_changes_nothing(ledger: Ledger, where: str) -> None:
    one = reading("a", path="in/a.txt")
    assert ledger.add(one)
    before = counts(where)
    assert before["readings"] == before["statements"] == before["inputs"] == before["skipped"] == 1
    assert not ledger.add(one)
    assert counts(where) == before
    assert not ledger.add(reading("a", path="elsewhere/a.txt"))
    assert counts(where) == before | {"inputs": 2}


def test_the_later_run_counts_and_the_older_is_kept(ledger: Ledger, where: str) -> None:
    old, new = reading("a"), reading("a", run=LATER_RUN, stance="denies")
    assert ledger.add(old)
    assert ledger.add(new)
    assert not ledger.add(old)
    assert list(ledger.readings()) == [new]
    assert [entry.report.stance for entry in ledger.entries()] == ["denies"]
    assert [row.reports[0].stance for row in ledger.statements()] == ["denies"]
    assert counts(where)["readings"] == 2
    assert counts(where)["texts"] == 1
    changed = reading("a", text=TEXT.removeprefix("SANDVIK (Coast Wire) - "), run=LATER_RUN)
    assert ledger.add(changed)
    assert list(ledger.readings()) == [changed]


def test_every_row_of_a_reading_carries_its_run(ledger: Ledger, where: str) -> None:
    ledger.add(reading("a"))
    engine = open_engine(where, create=False)
    with engine.begin() as connection:
        for table in schema.METADATA.sorted_tables:
            derived = ("copies", "linked", "sketches", "profiles", "profile_keys", "members")
            if "reading" in table.c and table.c.reading.primary_key and table.name not in derived:
                rows = connection.execute(sa.select(table.c.reading, table.c.run)).all()
                assert {tuple(row) for row in rows} <= {(1, RUN.id)}, table.name
                assert rows, table.name
    engine.dispose()


@FEW
@given(found=st.lists(readings(), min_size=1, max_size=3, unique_by=lambda r: r.article.id))
def test_any_reading_comes_back_exactly_and_once(found: list[Reading]) -> None:
    with Ledger(":memory:") as ledger:
        assert [ledger.add(one) for one in found] == [True] * len(found)
        assert [ledger.add(one) for one in found] == [False] * len(found)
        assert list(ledger.readings()) == found
        assert [(e.article, e.report) for e in ledger.entries()] == [
            (r.article.id, p) for r in found for p in r.reports
        ]
        assert [row.statement for row in ledger.statements()] == [said for r in found for said in r.statements]


@FEW
@given(readings())
def test_the_stored_body_is_the_public_json(one: Reading) -> None:
    stored = json.loads(reading_row(one, "digest")["body"])
    assert stored.pop("vectors") == one.vectors
    public = json.loads(json.dumps(one.to_dict()))
    del public["article"]["text"]
    assert stored == public


@pytest.mark.postgres
def test_any_reading_comes_back_exactly_from_postgresql(postgres_url: str) -> None:
    number = itertools.count()

    @FEW
    @given(one=readings())
    def comes_back(one: Reading) -> None:
        name = f"{next(number)} {one.article.id}"
        one = dataclasses.replace(one, article=dataclasses.replace(one.article, id=name))
        assert ledger.add(one)
        assert not ledger.add(one)
        assert ledger.reading(name) == one
        assert [entry.report for entry in ledger.entries(articles=[name])] == list(one.reports)

    with Ledger(postgres_url) as ledger:
        comes_back()


def test_entries_and_statements_can_be_filtered(ledger: Ledger) -> None:
    ledger.add(reading("a"))
    ledger.add(reading("b", stance="denies", published=dt.datetime(2031, 3, 5, 23, 59)))  # noqa: DTZ001
    ledger.add(reading("c", published=None))
    assert [e.article for e in ledger.entries()] == ["a", "b", "c"]
    assert [e.article for e in ledger.entries(stance="denies")] == ["b"]
    assert [e.article for e in ledger.entries(since=DAY)] == ["a", "b"]
    assert [e.article for e in ledger.entries(since=DAY, until=DAY)] == ["a"]
    assert [e.article for e in ledger.entries(until=dt.date(2031, 3, 5))] == ["a", "b"]
    assert [e.article for e in ledger.entries(articles=["a", "z"])] == ["a"]
    assert [e.article for e in ledger.entries(types=["AID"])] == []
    assert [row.article for row in ledger.statements(source="NORTHLAND'S Ar")] == ["a", "b", "c"]
    assert ledger.statements(source="100%") == []
    assert ledger.statements(source="_") == []
    assert [row.article for row in ledger.statements(stance="denies")] == ["b"]
    assert [row.article for row in ledger.statements(stance="denies", until=DAY)] == []
    entry = ledger.entries()[0]
    assert entry.sentence.startswith("Northland shelled") or entry.sentence.startswith("SANDVIK")
    assert entry.sentence.endswith("its army said.")
    assert (entry.source_actor and entry.source_actor.country, entry.origins) == ("NOR", ("Coast Wire",))
    assert (entry.publisher, entry.url) == ("Harbour Post", "https://post.example/a")


def test_linking_and_events(ledger: Ledger) -> None:
    ledger.add(reading("a"))
    ledger.add(reading("b", publisher="Hill Gazette", published=dt.date(2031, 3, 4)))
    assert [event.articles for event in ledger.events()] == [1, 1]
    ledger.link()
    (event,) = ledger.events()
    assert (event.articles, event.copies, event.origins, event.status) == (2, 1, 1, "admitted")
    assert event.origin_names == ("Coast Wire",)
    assert [(copy.article, copy.copy_of) for copy in ledger.copies()] == [("b", "a")]
    assert [link.score for link in ledger.links()] == [1.0]
    assert (
        ledger.event(event.id)
        == ledger.event(event.id[:9])
        == ledger.event(event.id.removeprefix("event-")[:4])
        == event
    )
    assert [row.article for row in ledger.statements(event=event.id[:9])] == ["a", "b"]
    for wrong in ("event-zzz", "", "nothing"):
        with pytest.raises(LedgerError, match="no event"):
            ledger.event(wrong)


def test_an_event_brings_the_readings_of_its_articles_only(ledger: Ledger) -> None:
    for one in (reading("a"), reading("b"), reading("b", run=LATER_RUN), reading("c", stance="denies")):
        ledger.add(one)
    ledger.link()
    (event,) = ledger.events()
    assert [one.article.id for one in ledger.readings_of(event)] == ["a", "b", "c"]
    smaller = dataclasses.replace(event, reports=tuple(line for line in event.reports if line.article != "a"))
    assert [(one.article.id, one.run) for one in ledger.readings_of(smaller)] == [("b", LATER_RUN), ("c", RUN)]


def test_an_ambiguous_id_is_refused(ledger: Ledger) -> None:
    ledger.add(reading("a"))
    ledger.add(reading("b"))
    with pytest.raises(LedgerError, match="2 events start with"):
        ledger.event("event-")


def test_linking_again_changes_nothing(ledger: Ledger, where: str) -> None:
    for name in "abc":
        ledger.add(reading(name))
    ledger.link()
    before, events = counts(where), ledger.events()
    ledger.link()
    ledger.link_new()
    assert counts(where) == before
    assert ledger.events() == events


def test_new_readings_are_linked_with_the_old(ledger: Ledger) -> None:
    ledger.add(reading("a"))
    ledger.link_new()
    ledger.add(reading("b", published=dt.date(2031, 3, 4)))
    ledger.link_new()
    ledger.add(reading("c", published=dt.date(2031, 3, 5)))
    ledger.link_new()
    piece_by_piece = ledger.links(), [event.articles for event in ledger.events()]
    ledger.link()
    assert (ledger.links(), [event.articles for event in ledger.events()]) == piece_by_piece
    assert piece_by_piece[1] == [3]


def test_links_of_a_replaced_reading_do_not_count(ledger: Ledger) -> None:
    ledger.add(reading("a"))
    ledger.add(reading("b"))
    ledger.link()
    ledger.add(reading("b", run=LATER_RUN))
    assert ledger.links() == []
    assert len(ledger.events()) == 2
    ledger.link_new()
    assert len(ledger.events()) == 1


def test_judgements_overrule_links(ledger: Ledger) -> None:
    ledger.add(reading("a"))
    ledger.add(reading("b"))
    ledger.link()
    left, right = (entry.report.id for entry in ledger.entries())
    ledger.judge(left, right, False, by="ana")
    assert len(ledger.events()) == 2
    ledger.link()
    assert len(ledger.events()) == 2
    ledger.judge(right, left, None, by="ben")
    assert len(ledger.events()) == 1
    ledger.judge(left, right, True, by="ana")
    (event,) = ledger.events()
    assert event.why[-1] == {**event.why[-1], "kind": "judgement", "same": True, "by": "ana"}
    assert [(j.same, j.by) for j in ledger.judgements()] == [(False, "ana"), (None, "ben"), (True, "ana")]
    with pytest.raises(LedgerError, match="no report nobody"):
        ledger.judge(left, "nobody", True, by="ana")
    with pytest.raises(LedgerError, match="itself"):
        ledger.judge(left, left, True, by="ana")
    assert len(ledger.judgements()) == 3


def test_links_and_copies_can_be_given(ledger: Ledger) -> None:
    ledger.add(reading("a"))
    ledger.add(reading("b"))
    left, right = (entry.report.id for entry in ledger.entries())
    ledger.add_links([Link(left=left, right=right, score=0.75, why={"hand": 1.0})])
    ledger.add_copies([Copy(article="b", copy_of="a", share=1.0, evidence="by hand")])
    assert ledger.links() == [Link(left=left, right=right, score=0.75, why={"hand": 1.0})]
    (event,) = ledger.events()
    assert event.copies == 1
    with pytest.raises(LedgerError, match="no report"):
        ledger.add_links([Link(left=left, right="gone", score=0.9, why={})])
    with pytest.raises(LedgerError, match="no article"):
        ledger.add_copies([Copy(article="gone", copy_of="a", share=1.0, evidence="")])


def test_rejects_are_listed_once(ledger: Ledger) -> None:
    for _ in range(2):
        ledger.add_reject(UnreadableInput("in/b.html", "no-article", "a login page"))
        ledger.add_reject(UnreadableInput("in/a.jsonl:7", "not-json", "bad \x00 byte"))
    assert [(item.where, item.reason, item.detail) for item in ledger.rejects()] == [
        ("in/a.jsonl:7", "not-json", "bad \x00 byte"),
        ("in/b.html", "no-article", "a login page"),
    ]


def test_who_iterates_may_write(ledger: Ledger) -> None:
    ledger.add(reading("a"))
    for one in ledger.readings():
        assert ledger.add(dataclasses.replace(one, run=LATER_RUN))
    assert [one.run for one in ledger.readings()] == [LATER_RUN]


def test_an_empty_ledger_shows_nothing(ledger: Ledger) -> None:
    ledger.link()
    ledger.link_new()
    assert (ledger.events(), ledger.entries(), ledger.statements(), list(ledger.readings())) == ([], [], [], [])
    assert ledger.summary() == "0 articles, 0 statements, 0 reports"


def test_a_reading_is_added_whole_or_not_at_all(ledger: Ledger, where: str) -> None:
    one = reading("a")
    broken = dataclasses.replace(one, reports=one.reports * 2)  # two reports with one id break a primary key
    with pytest.raises(sa.exc.IntegrityError):
        ledger.add(broken)
    assert set(counts(where).values()) == {0}
    assert ledger.add(one)


def _add_some(where: str, names: list[str]) -> int:
    with Ledger(where) as ledger:
        return sum(ledger.add(reading(name)) for name in names)


def test_several_processes_open_and_write_at_once(where: str) -> None:
    shared = [f"shared {n}" for n in range(10)]
    jobs = [(where, [f"{worker} {n}" for n in range(10)] + shared) for worker in range(3)]
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        added = pool.starmap(_add_some, jobs)
    assert sum(added) == 40
    with Ledger(where, create=False) as ledger:
        assert ledger.summary().startswith("40 articles")


_KILLED = """
import sys
from reportedly.ledger import Ledger
from tests.ledger.making import reading
ledger = Ledger(sys.argv[1])
for n in range(10_000):
    ledger.add(reading(f"article {n}"))
    print(n, flush=True)
"""


def test_a_killed_process_loses_nothing_that_it_reported(where: str) -> None:
    root = Path(__file__).parents[2]
    child = subprocess.Popen([sys.executable, "-c", _KILLED, where], stdout=subprocess.PIPE, text=True, cwd=root)
    assert child.stdout is not None
    reported = [int(child.stdout.readline()) for _ in range(20)]
    os.kill(child.pid, signal.SIGKILL)
    reported += [int(line) for line in child.stdout.read().splitlines()]
    child.wait()
    child.stdout.close()
    with Ledger(where) as ledger:
        held = {article.id for article in ledger.articles()}
        assert {f"article {n}" for n in reported} <= held
        assert len(held) <= len(reported) + 1
        assert ledger.add(reading("another"))


def test_closing_twice_and_opening_again(open_ledger: Callable[[], Ledger]) -> None:
    with open_ledger() as ledger:
        ledger.add(reading("a"))
    ledger.close()
    assert [article.id for article in open_ledger().articles()] == ["a"]


def test_an_agency_in_the_dateline_stands_for_an_unknown_publisher(where: str) -> None:
    with Ledger(where) as ledger:
        ledger.add(reading(publisher=None))
        (entry,) = ledger.entries()
        assert entry.publisher == "Coast Wire"
        (event,) = ledger.events()
        assert (event.publishers, event.reports[0].publisher) == (1, "Coast Wire")
