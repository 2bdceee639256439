"""Events in the ledger: linking piece by piece gives what linking from scratch gives; people overrule both."""

import dataclasses
import datetime as dt
import random
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
import sqlalchemy as sa

from benchmarks.synthetic import Told
from benchmarks.synthetic import readings as invented
from reportedly.errors import LedgerError
from reportedly.ledger import Ledger, happenings, joining, schema, views
from reportedly.linking import load_rules
from reportedly.linking.profiles import Profile
from reportedly.records import Copy, Event, Link, Reading
from tests.ledger.making import DAY, LATER_RUN, TEXT, reading

# The events by id with the ids of their reports, the links, the copies.
State = tuple[dict[str, list[str]], dict[tuple[str, str], Link], list[Copy]]
NEXT = DAY + dt.timedelta(days=1)
SHELLED = "Northland shelled the Hill Guard at Sandvik on Monday, killing four, its army said."
# What papers tell besides of the same happening: each in words of its own.
BESIDES = {
    "b": "Bakers on the quay swept glass until noon. Two ferries turned back with their lamps out. Nobody slept in the school.",
    "c": "A bell had rung over the valley at dawn. Farmers drove their goats behind the old mill. The bridge is shut to carts.",
}


def told_by(name: str, **fields: Any) -> Reading:
    """A reading of the same happening that copies no other."""
    head: dict[str, Any] = {
        "published": NEXT,
        "publisher": f"Gazette {name}",
        "text": f"{BESIDES[name]} {SHELLED} Share this.",
    }
    return reading(name, **head | fields)


def report_of(ledger: Ledger, article: str) -> str:
    (found,) = ledger.entries(articles=[article])
    return found.report.id


def members(ledger: Ledger) -> dict[str, list[str]]:
    """The reports of each event, also of those that are not listed."""
    with ledger._reading() as connection:
        groups = happenings.Happenings(connection, load_rules())._groups()
    return {event: sorted(report for _, report in placed) for event, placed in groups.items()}


def state(ledger: Ledger) -> State:
    return members(ledger), {(link.left, link.right): link for link in ledger.links()}, ledger.copies()


def listed(ledger: Ledger) -> list[tuple[str, int]]:
    return [(event.id, event.articles) for event in ledger.events()]


def add(ledger: Ledger, found: Sequence[Reading], rng: random.Random, most: int = 6) -> None:
    """Adds readings and links them a few at a time."""
    at = 0
    while at < len(found):
        stop = at + rng.randint(1, most)
        ledger.add_many(found[at:stop])
        ledger.link_new()
        at = stop


def agree(ledger: Ledger) -> State:
    """The state, which is the same after linking from scratch."""
    pieces, events = state(ledger), ledger.events()
    ledger.link()
    assert state(ledger) == pieces
    assert ledger.events() == events
    return pieces


def readings_of(told: Iterable[Told]) -> list[Reading]:
    return [one.reading for one in told]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_piece_by_piece_is_from_scratch(seed: int) -> None:
    rng = random.Random(seed)
    found = readings_of(invented(70, seed))
    rng.shuffle(found)
    with Ledger(":memory:") as ledger:
        add(ledger, found, rng)
        events, links, copies = agree(ledger)
    with Ledger(":memory:") as ledger:
        ledger.add_many(rng.sample(found, len(found)))
        ledger.link()
        assert state(ledger) == (events, links, copies)
    assert len(links) > 50
    assert copies
    assert max(map(len, events.values())) > 2


def test_piece_by_piece_is_from_scratch_on_each_database(ledger: Ledger) -> None:
    rng = random.Random(4)
    found = readings_of(invented(40, 4))
    add(ledger, found[::-1], rng, 15)
    agree(ledger)


def test_articles_that_change_and_judgements_leave_the_same(ledger: Ledger) -> None:
    """Texts that are replaced and people's decisions between the pieces."""
    rng = random.Random(5)
    found = readings_of(invented(50, 5))
    half = len(found) // 2
    add(ledger, found[:half], rng, 10)
    texts = [one for one in found[:half] if one.reports]
    for one, other in zip(texts[:3], found[half : half + 3], strict=True):
        ledger.add(dataclasses.replace(other, article=dataclasses.replace(other.article, id=one.article.id)))
    reports = [entry.report.id for entry in ledger.entries()]
    for same in (True, False, True):
        ledger.judge(*rng.sample(reports, 2), same=same, by="ana")
    link = next(link for link in ledger.links() if link.left in reports and link.right in reports)
    ledger.judge(link.left, link.right, False, by="ana")
    add(ledger, found[half + 3 :], rng, 10)
    agree(ledger)


def test_an_article_read_anew_leaves_no_trace_of_its_old_reports(ledger: Ledger) -> None:
    ledger.add_many([reading("a"), told_by("b")])
    ledger.link()
    gone = report_of(ledger, "a")
    (before,) = ledger.events()
    other = TEXT.replace("shelled", "praised").replace("killing four", "at length")
    assert before.articles == 2
    new = reading("a", text=f"Choirs sang. {TEXT}", run=LATER_RUN)
    new = dataclasses.replace(new, reports=())
    assert other not in new.article.text
    ledger.add(new)
    ledger.link_new()
    assert all(gone not in (link.left, link.right) for link in ledger.links())
    assert all(gone not in group for group in members(ledger).values())
    (event,) = ledger.events()
    assert [line.article for line in event.reports] == ["b"]
    assert event.id != before.id
    with pytest.raises(LedgerError, match="no event"):
        ledger.event(before.id)
    agree(ledger)


def test_copies_of_a_text_that_came_first_go_with_it(ledger: Ledger) -> None:
    """Another original: what was compared in a text's own right no longer is."""
    for day, name in ((5, "c"), (4, "b"), (3, "a")):
        ledger.add(reading(name, published=dt.date(2031, 3, day)))
        ledger.link_new()
    ties = {(link.left, link.right) for link in ledger.links()}
    original = report_of(ledger, "a")
    assert ties == {(report_of(ledger, name), original) for name in "bc"}
    assert {(copy.article, copy.copy_of) for copy in ledger.copies()} == {("b", "a"), ("c", "a")}
    agree(ledger)


def test_event_ids_stay_as_later_reports_come(ledger: Ledger) -> None:
    ledger.add(reading("a"))
    ledger.link_new()
    (first,) = ledger.events()
    for name in "bc":
        ledger.add(told_by(name))
        ledger.link_new()
    (now,) = ledger.events()
    assert (now.id, now.articles) == (first.id, 3)


def test_judging_groups_at_once_and_taking_back_restores(ledger: Ledger) -> None:
    ledger.add_many([reading("a"), told_by("b"), told_by("c")])
    ledger.link()
    before = listed(ledger)
    assert [articles for _, articles in before] == [3]
    a, b, c = (report_of(ledger, name) for name in "abc")
    ledger.judge(a, b, False, by="ana")
    assert sum(articles for _, articles in listed(ledger)) == 3
    assert not any({a, b} <= set(group) for group in members(ledger).values())
    agree(ledger)
    ledger.judge(a, c, False, by="ana")
    assert sorted(map(len, members(ledger).values())) == [1, 2]
    agree(ledger)
    for other in (b, c):
        ledger.judge(a, other, None, by="ana")
    assert listed(ledger) == before


def test_a_judgement_joins_what_nothing_links(ledger: Ledger) -> None:
    ledger.add_many([reading("a"), reading("b", published=dt.date(2033, 1, 1), text=f"Years later. {TEXT}")])
    ledger.link()
    a, b = (report_of(ledger, name) for name in "ab")
    apart = members(ledger)
    if len(apart) == 1:
        ledger.judge(a, b, False, by="ana")
        apart = members(ledger)
    assert len(apart) == 2
    ledger.judge(a, b, True, by="ana")
    assert list(members(ledger).values()) == [sorted((a, b))]
    ledger.add(told_by("c"))
    ledger.link_new()
    assert any({a, b} <= set(group) for group in members(ledger).values())


def test_a_copy_that_is_none_is_compared_and_taking_back_ties_it(ledger: Ledger) -> None:
    ledger.add_many([reading("a"), reading("b", publisher="Hill Gazette", published=NEXT), told_by("c")])
    ledger.link()
    before = state(ledger)
    a, b = (report_of(ledger, name) for name in "ab")
    assert "copied" in before[1][b, a].why
    ledger.judge_copy("b", "a", False, by="ana")
    assert all("copied" not in link.why for link in ledger.links())
    assert any(b in (link.left, link.right) for link in ledger.links())
    agree(ledger)
    ledger.judge_copy("b", "a", None, by="ana")
    assert state(ledger) == before


def test_a_copy_is_judged_where_nothing_is_linked_yet(ledger: Ledger) -> None:
    ledger.add_many([reading("a"), told_by("b")])
    ledger.judge_copy("b", "a", True, by="ana")
    assert ledger.links() == []
    ledger.link_new()
    (link,) = ledger.links()
    assert link.score > 0
    agree(ledger)


def test_what_is_not_linked_yet_is_an_event_of_its_own(ledger: Ledger) -> None:
    ledger.add_many([reading("a"), told_by("b")])
    alone = ledger.events()
    assert [event.articles for event in alone] == [1, 1]
    for event in alone:
        assert ledger.event(event.id) == ledger.event(event.id[:14]) == event
    ledger.link()
    (event,) = ledger.events()
    ledger.add(told_by("c"))
    assert [found.articles for found in ledger.events()] == [2, 1]
    assert ledger.event(event.id) == event
    assert alone[0].id == event.id


def test_an_id_is_found_by_a_start_that_no_other_has(ledger: Ledger) -> None:
    ledger.add_many(readings_of(invented(40, 6)))
    ledger.link()
    ids = [event.id for event in ledger.events()]
    for ident in ids[:5]:
        start = next(
            ident[:n] for n in range(7, 30) if sum(other.startswith(ident[:n]) for other in members(ledger)) == 1
        )
        assert ledger.event(start).id == ledger.event(start.removeprefix("event-")).id == ident
    with pytest.raises(LedgerError, match="events start with"):
        ledger.event("event-")


def counted(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> list[int]:
    """The readings that a function of a module is asked for."""
    asked: list[int] = []
    whole = getattr(module, name)

    def counting(connection: sa.Connection, numbers: Sequence[int], *more: Any) -> Any:
        asked.extend(numbers)
        return whole(connection, numbers, *more)

    monkeypatch.setattr(module, name, counting)
    return asked


def test_only_what_an_event_needs_is_read(monkeypatch: pytest.MonkeyPatch, ledger: Ledger) -> None:
    ledger.add_many(readings_of(invented(60, 7)))
    ledger.link()
    events = ledger.events()
    largest: Event = max(events, key=lambda event: event.articles)
    loaded = counted(monkeypatch, views, "entries_of")
    assert ledger.event(largest.id) == largest
    assert len(loaded) == len(set(loaded)) == largest.articles
    loaded.clear()
    assert ledger.events() == events
    assert len(loaded) == len(set(loaded))


def test_events_are_the_same_however_few_are_made_at_once(monkeypatch: pytest.MonkeyPatch, ledger: Ledger) -> None:
    ledger.add_many(readings_of(invented(40, 8)))
    ledger.link()
    events = ledger.events()
    monkeypatch.setattr(happenings, "_AT_ONCE", 1)
    monkeypatch.setattr(happenings, "_KEPT", 1)
    assert ledger.events() == events


def test_a_new_article_is_compared_with_its_own_story_only(monkeypatch: pytest.MonkeyPatch, ledger: Ledger) -> None:
    story = [reading("a"), told_by("b")]
    away = [
        reading(f"z{n}", text=f"Zygote{n} quorum{n} lattice{n}. {TEXT}", published=DAY - dt.timedelta(days=90 + n))
        for n in range(5)
    ]
    ledger.add_many([*away, *story])
    ledger.link()
    asked: list[Profile] = []
    whole = joining.profile_from

    def noting(data: Any) -> Profile:
        asked.append(whole(data))
        return asked[-1]

    monkeypatch.setattr(joining, "profile_from", noting)
    ledger.add(told_by("c"))
    ledger.link_new()
    assert {profile.article for profile in asked} == {"a", "b", "c"}


def test_connected_reports_beyond_the_most_are_grouped_as_whole_events(ledger: Ledger) -> None:
    """Where more hang together than are grouped again at once, no event is torn and none loses a report."""
    ledger._rules = dataclasses.replace(ledger._rules, clusters={**ledger._rules.clusters, "piece": 1})
    found = readings_of(invented(50, 9))
    add(ledger, found, random.Random(9))
    groups = members(ledger)
    assert sorted(report for group in groups.values() for report in group) == sorted(
        report.id for one in found for report in one.reports
    )


def test_profiles_are_made_where_they_are_missing(ledger: Ledger) -> None:
    ledger.add_many([reading("a"), told_by("b")])
    ledger.link()
    before = state(ledger)
    with ledger._writing() as connection:
        for table in (schema.profile_keys, schema.profiles):
            connection.execute(table.delete())
    ledger.link()
    assert state(ledger) == before
