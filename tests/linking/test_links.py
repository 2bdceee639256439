"""Which reports link: the house's own small incidents, one habit of reporters each."""

import dataclasses
import datetime as dt
import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.linking import cluster, find_links, load_rules
from reportedly.linking.clusters import LEAST
from reportedly.records import Entry, Link
from tests.linking.making import (
    GUARD,
    HASKOVO,
    KARDZHALI,
    MONDAY,
    NORTHLAND,
    SOUTHLAND,
    VARNA,
    days,
    entry,
    links_of,
    party,
    profiles,
)

DAY = dt.timedelta(days=1)
SAID: dict[str, Any] = {"sentence": "Guns of Northland shelled the Hill Guard again before dawn.", "time": days(MONDAY)}
ALSO: dict[str, Any] = {"sentence": "Before dawn, Northland shelled positions of the Hill Guard.", "time": days(MONDAY)}
MARSH = party("Marsh Front", "IMG", "UAF")
OTHER: dict[str, Any] = {
    "sentence": "Southland's jets bombed a depot that Marsh Front engineers had dug.",
    "trigger": "bombed",
    "actors": (SOUTHLAND,),
    "recipients": (MARSH,),
    "place": VARNA,
    "time": days(MONDAY + 4 * DAY),
    "published": MONDAY + 4 * DAY,
}
DENIAL: dict[str, Any] = {
    "negated": True,
    "stance": "denies",
    "certainty": "CT-",
    "source": ("Northland's army", "organisation"),
}


def score(*entries: Entry) -> float:
    """The score of the only link, 0 without one."""
    found = links_of(*entries)
    assert len(found) <= 1
    return found[0].score if found else 0.0


def groups(*entries: Entry) -> list[str]:
    return ["".join(one.report.id for one in group) for group in cluster(entries, links_of(*entries))]


def test_two_outlets_on_one_attack_link_and_say_why() -> None:
    (link,) = links_of(entry("b", place=KARDZHALI, **SAID), entry("a", place=KARDZHALI, **ALSO))
    assert (link.left, link.right) == ("a", "b")
    assert link.score > 0.9
    assert {"words", "place", "actors", "recipients"} <= link.why.keys()
    assert min(link.why[part] for part in ("words", "place", "actors", "recipients")) > 0


def test_two_happenings_of_one_story_stay_two() -> None:
    reports = [entry("a", place=KARDZHALI, **SAID), entry("b", place=KARDZHALI, **ALSO), entry("c", **OTHER)]
    assert groups(*reports) == ["ab", "c"]


def test_articles_of_two_stories_are_not_compared() -> None:
    one = profiles(entry("a", sentence="So it was."))
    other = profiles(entry("b", sentence="So it was."), story="Glaciers crumble near Kestrel lagoon observatory.")
    assert not list(find_links([*one, *other]).links())


@pytest.mark.parametrize("said", [DENIAL, {"stance": "declines", "certainty": "UU", "modality": "conditional"}])
def test_a_position_links_with_what_it_is_on(said: dict[str, Any]) -> None:
    assert groups(entry("a", **SAID), entry("b", **{**ALSO, **said})) == ["ab"]


def test_a_plan_is_not_the_deed() -> None:
    assert score(entry("a", **SAID), entry("b", modality="planned", **ALSO)) == 0
    assert score(entry("a", modality="planned", **SAID), entry("b", modality="planned", **ALSO)) > LEAST


def test_history_is_told_of_the_same_days_only() -> None:
    def told(day: dt.date) -> Entry:
        return entry("b", modality="historical", **ALSO | {"time": days(day)})

    assert score(entry("a", **SAID), told(MONDAY - DAY)) == 0
    assert score(entry("a", **SAID), told(MONDAY)) > LEAST


@pytest.mark.parametrize(
    ("agree", "contradict"),
    [
        ({"place": KARDZHALI}, {"place": VARNA}),
        ({"place": HASKOVO}, {"place": VARNA}),
        ({}, {"place": VARNA}),
        ({}, {"time": days(MONDAY + 2 * DAY), "published": MONDAY + 2 * DAY}),
        ({}, {"actors": (SOUTHLAND,)}),
        ({"actors": ()}, {"actors": (SOUTHLAND,)}),
        ({}, {"recipients": (MARSH,)}),
        ({"mode": "heavy-weapons"}, {"mode": "aerial"}),
        ({"kind": "ASSAULT"}, {"kind": "COERCE"}),
        ({"kind": "COERCE"}, {"kind": "AID"}),
        ({}, {"sentence": "Elsewhere a choir sang."}),
        ({"sentence": "Guns of Northland shelled somebody."}, {"sentence": "Elsewhere a choir sang."}),
        ({}, {"trigger": "hit"}),
    ],
)
def test_what_contradicts_scores_less(agree: dict[str, Any], contradict: dict[str, Any]) -> None:
    whole = entry("a", place=KARDZHALI, mode="heavy-weapons", **SAID)
    common = {**ALSO, "place": KARDZHALI, "mode": "heavy-weapons"} if "place" not in agree else ALSO
    assert score(whole, entry("b", **{**common, **agree})) > score(whole, entry("b", **{**common, **contradict}))


def test_parties_of_a_meeting_stand_in_any_order() -> None:
    def meeting(name: str, actors: Any, recipients: Any) -> Entry:
        return entry(name, kind="CONSULT", trigger="met", actors=actors, recipients=recipients)

    one, turned = meeting("a", (NORTHLAND,), (SOUTHLAND,)), meeting("b", (SOUTHLAND, NORTHLAND), ())
    (link,) = links_of(one, turned)
    assert link.why["actors"] > 0
    assert link.score > score(one, meeting("c", (GUARD,), (MARSH,)))


def test_what_refers_to_a_report_is_tied_to_it_whatever_its_type() -> None:
    (link,) = links_of(
        entry("b", article="x", sentence="Not a word of it is true.", kind=None, refers_to="a", actors=()),
        entry("a", article="x", **SAID),
    )
    assert (link.left, link.right, link.score, dict(link.why)) == ("b", "a", 1.0, {"refers_to": 1.0})
    assert not links_of(entry("b", kind=None, refers_to="gone"))


def test_one_quotation_in_two_articles_is_one_utterance() -> None:
    def quoted(name: str, words: str) -> Entry:
        made = entry(name, source=("Ida Moss", "person"), content=words, kind=None, sentence=f'"{words}," she said.')
        return dataclasses.replace(made, statement=dataclasses.replace(made.statement, quote="direct"))

    words = "we shelled nobody and we will shell nobody this year"
    (same,) = links_of(quoted("a", words), quoted("b", f"Once more: {words}"))
    (other,) = links_of(quoted("a", words), quoted("b", "this year nobody shelled and we will shell nobody"))
    assert same.why["quote"] > 1 > other.why.get("quote", 0)
    assert groups(quoted("a", words), quoted("b", f"Once more: {words}")) == ["ab"]


def test_a_boat_seized_and_its_crew_arrested_are_two_in_one_sentence() -> None:
    boat, crew, men = (party(name, coded=False) for name in ("fishing boat", "its 11 crew members", "12 crewmen"))
    sentence = "The navy seized a fishing boat and detained its 11 crew members off Varna."
    common: dict[str, Any] = {"kind": "COERCE", "sentence": sentence, "place": VARNA, "time": days(MONDAY)}
    entries = [
        entry(f"{article}1", article=article, recipients=(boat,), mode="seize", trigger="seized", **common)
        for article in "xy"
    ] + [
        entry(f"{article}2", article=article, recipients=(whom,), mode="arrest", trigger="detained", **common)
        for article, whom in (("x", crew), ("y", men))
    ]
    scores = {(link.left, link.right): link.score for link in links_of(*entries)}
    right = min(scores["x1", "y1"], scores["x2", "y2"])
    assert right > max(scores.get(pair, 0) for pair in (("x1", "x2"), ("y1", "y2"), ("x1", "y2"), ("x2", "y1")))


COPY = [entry("a1", article="a", **SAID), entry("a2", article="a", trigger="fled", sentence="Horses fled the bridge.")]
AGAIN = [
    dataclasses.replace(one, article="b", report=dataclasses.replace(one.report, id=f"b{n}"))
    for n, one in enumerate(COPY, 1)
]
OWN = entry("b3", article="b", trigger="prayed", sentence="A choir prayed for rain.")


def test_reports_of_a_copy_are_tied_to_the_same_words_and_not_compared() -> None:
    third = entry("c1", **ALSO)
    found = list(find_links(profiles(*COPY, *AGAIN, OWN, third), copies=[("b", "a")]).links())
    ties = [(link.left, link.right) for link in found if "copied" in link.why]
    assert ties == [("b1", "a1"), ("b2", "a2")]
    compared = {name for link in found if "copied" not in link.why for name in (link.left, link.right)}
    assert {"b1", "b2"}.isdisjoint(compared)
    assert {"a1", "c1"} <= compared


def test_copies_of_what_is_not_there_are_passed_over() -> None:
    whole = list(find_links(profiles(*COPY)).links())
    assert list(find_links(profiles(*COPY), copies=[("gone", "a"), ("a", "gone"), ("a", "a")]).links()) == whole
    assert not list(find_links([]).links())


POOL = [
    entry("a", **SAID),
    entry("b", **ALSO),
    entry("c", **OTHER),
    entry("d", article="article of c", refers_to="c", kind=None, sentence="They denied it."),
    entry("e", published=None, kind="COERCE", sentence="Northland's guns held the Hill Guard back."),
    entry("f", kind="CONSULT", trigger="met", sentence="Northland met the Hill Guard before dawn."),
    entry("g", article="article of f", sentence="It shelled the Guard again."),
]
COPIES = [("article of b", "article of a")]


@pytest.fixture(scope="module")
def whole() -> list[Link]:
    found = list(find_links(profiles(*POOL), copies=COPIES).links())
    assert len(found) > 5
    return found


def as_pairs(links: list[Link]) -> dict[frozenset[str], Link]:
    found = {frozenset((link.left, link.right)): link for link in links}
    assert len(found) == len(links)
    return found


@settings(max_examples=8, deadline=None)
@given(order=st.permutations(range(5)))
def test_the_order_of_articles_changes_nothing(whole: list[Link], order: list[int]) -> None:
    made = profiles(*POOL)
    assert as_pairs(list(find_links([made[n] for n in order], copies=COPIES).links())) == as_pairs(whole)


@settings(max_examples=8, deadline=None)
@given(wanted=st.sets(st.sampled_from([made.article for made in profiles(*POOL)])))
def test_touching_gives_the_links_of_those_articles(whole: list[Link], wanted: set[str]) -> None:
    home = {one.report.id: one.article for one in POOL}
    touched = [link for link in whole if {home[link.left], home[link.right]} & wanted]
    assert as_pairs(list(find_links(profiles(*POOL), touching=wanted, copies=COPIES).links())) == as_pairs(touched)


def test_links_come_piece_by_piece(monkeypatch: pytest.MonkeyPatch, whole: list[Link]) -> None:
    monkeypatch.setattr("reportedly.linking.links._PIECE", 1)
    monkeypatch.setattr("reportedly.linking.compare._ROWS", 1)
    assert list(find_links(profiles(*POOL), copies=COPIES).links()) == whole


def test_scores_below_the_rule_are_not_kept(whole: list[Link]) -> None:
    rules = load_rules()
    strict = dataclasses.replace(rules, clusters={**rules.clusters, "link": 0.9})
    found = list(find_links(profiles(*POOL), strict, copies=COPIES).links())
    assert found == [link for link in whole if link.score >= 0.9]
    assert len(found) < len(whole)


def test_a_report_is_never_linked_with_itself_or_twice(whole: list[Link]) -> None:
    assert all(link.left != link.right for link in whole)
    assert all(one.left < one.right for one in whole if not {"copied", "refers_to"} & one.why.keys())
    assert all(a != b for a, b in itertools.combinations(as_pairs(whole), 2))
