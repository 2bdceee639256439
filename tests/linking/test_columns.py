"""Profiles as columns."""

import datetime as dt
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.linking import clusters, load_rules
from reportedly.linking.columns import columns_of
from reportedly.linking.profiles import Profile
from reportedly.records import Entry
from tests.linking.making import GUARD, MONDAY, NORTHLAND, SOUTHLAND, days, entry, party, profiles

RULES = load_rules()
DAY = dt.timedelta(days=1)
ENTRIES = st.lists(
    st.builds(
        entry,
        st.text("abcdef", min_size=1, max_size=4),
        article=st.sampled_from("xyz"),
        trigger=st.sampled_from(("hit", "struck", "shelled")),
        published=st.just(MONDAY),
    ),
    max_size=8,
    unique_by=lambda made: made.report.id,
)
MOMENTS = st.sampled_from((None, MONDAY, MONDAY + DAY, dt.datetime(2031, 3, 3, 9, 30, tzinfo=dt.UTC)))


def dated(entries: list[Entry], published: dict[str, dt.date | None]) -> list[Entry]:
    """The entries as of articles published then; a report's place in its article is the length of its word."""
    return [
        entry(
            one.report.id,
            article=one.article,
            published=published[one.article],
            trigger=one.report.trigger.text,
        )
        for one in entries
    ]


@given(ENTRIES, st.fixed_dictionaries(dict.fromkeys("xyz", MOMENTS)))
def test_the_order_is_that_of_entries(entries: list[Entry], published: dict[str, dt.date | None]) -> None:
    entries = dated(entries, published)
    columns = columns_of(profiles(*entries), RULES)
    by_columns = [columns.ids[row] for row in np.argsort(columns.order)]
    assert by_columns == [one.report.id for one in sorted(entries, key=clusters.order)]


def test_rows_stand_in_the_order_given_and_know_their_article() -> None:
    entries = [entry("b", article="y"), entry("a", article="x"), entry("c", article="y")]
    columns = columns_of(profiles(*entries), RULES)
    assert (columns.names, columns.ids) == (("y", "x"), ("b", "c", "a"))
    assert columns.starts.tolist() == [0, 2, 3]
    assert columns.articles.tolist() == [0, 0, 1]
    assert columns.table.column("unique_id").to_pylist() == [0, 1, 2]
    assert columns.terms.shape[0] == columns.keys.shape[0] == 2
    assert columns.words.shape[0] == 3


def test_profiles_are_taken_one_by_one() -> None:
    alive = 0

    def stream() -> Iterator[Profile]:
        nonlocal alive
        for made in profiles(entry("a"), entry("b")):
            alive += 1
            yield made

    assert len(columns_of(stream(), RULES).ids) == alive == 2
    assert columns_of(iter(()), RULES).ids == ()


def test_a_report_points_back_only_within_its_article() -> None:
    entries = [
        entry("a", article="x"),
        entry("b", article="x", refers_to="a"),
        entry("c", article="y", refers_to="a"),
        entry("d", article="y", refers_to="d"),
    ]
    assert columns_of(profiles(*entries), RULES).refers == ((1, 0),)


def test_parties_that_only_pronouns_tell_are_nobody() -> None:
    nobody = (party("they", coded=False),)
    columns = columns_of(profiles(entry("a", actors=nobody), entry("b"), entry("c", actors=())), RULES)
    assert columns.actors[0] == columns.actors[2] == 0 != columns.actors[1]
    assert columns.recipients[0] == columns.recipients[1] != columns.actors[1]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"kind": "ASSAULT"}, {"kind": "AID"}),
        ({"modality": "planned"}, {"modality": "actual"}),
        ({"modality": "conditional"}, {"modality": "actual"}),
        ({"modality": "historical"}, {"modality": "actual"}),
        ({"modality": "historical"}, {"modality": "historical"}),
        ({"modality": "historical", "time": days(MONDAY - DAY)}, {"time": days(MONDAY)}),
        ({"time": days(MONDAY)}, {"time": days(MONDAY + 11 * DAY)}),
        ({"published": MONDAY}, {"time": days(MONDAY + 3 * DAY), "published": MONDAY + 4 * DAY}),
        ({"published": MONDAY + 40 * DAY}, {"time": days(MONDAY)}),
        ({"article": "x", "sentence": "They did."}, {"article": "x", "sentence": "They did."}),
    ],
    ids=["type", "plan", "condition", "history", "undated", "past", "days", "not-yet", "long-ago", "sentence"],
)
def test_what_cannot_be_one(left: dict[str, object], right: dict[str, object]) -> None:
    assert not comparable(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({}, {}),
        ({"kind": "ASSAULT"}, {"kind": "COERCE"}),
        ({"kind": None}, {"kind": "COERCE"}),
        ({"modality": "planned"}, {"modality": "planned"}),
        ({"modality": "conditional", "stance": "declines"}, {"modality": "actual"}),
        ({"modality": "historical", "time": days(MONDAY)}, {"time": days(MONDAY)}),
        ({"time": days(MONDAY)}, {"time": days(MONDAY + 10 * DAY), "published": None}),
        ({"stance": "denies", "negated": True}, {"stance": "asserts"}),
        ({"actors": (NORTHLAND,)}, {"actors": (SOUTHLAND,)}),
        ({"article": "x", "sentence": "They did."}, {"article": "x", "sentence": "They did it again."}),
    ],
)
def test_what_may_be_one(left: dict[str, object], right: dict[str, object]) -> None:
    assert comparable(left, right)


def comparable(left: dict[str, object], right: dict[str, object]) -> bool:
    made = [entry(name, **said) for name, said in (("a", left), ("b", right))]  # type: ignore[arg-type]
    columns = columns_of(profiles(*made), RULES)
    pair = np.array([0]), np.array([1])
    there, back = columns.comparable(*pair, RULES), columns.comparable(*pair[::-1], RULES)
    assert there.tolist() == back.tolist()
    return bool(there[0])


def test_both_sides_of_what_all_parties_do_count_together() -> None:
    one = entry("a", kind="CONSULT", actors=(NORTHLAND, GUARD), recipients=())
    columns = columns_of(profiles(one, entry("b", kind="CONSULT")), RULES)
    assert columns.symmetric.tolist() == [True, True]
    assert columns.everyone[0] == columns.everyone[1]
