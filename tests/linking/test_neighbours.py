"""Which articles are compared."""

import dataclasses
import datetime as dt

import numpy as np
import pytest
import scipy.sparse as sparse
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.linking import load_rules
from reportedly.linking.columns import columns_of
from reportedly.linking.neighbours import find_near
from reportedly.linking.profiles import Profile
from reportedly.linking.rules import Rules
from tests.linking.making import MONDAY, STORY, entry, profiles

RULES = load_rules()
OTHER = "Parliament weighs a pension vote while glaciers crumble near Kestrel lagoon."
WORDS = [f"word{letter}" for letter in "abcdefghijkl"]
STORIES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
ARTICLES = st.lists(
    st.tuples(STORIES, st.none() | st.integers(0, 50)),
    min_size=1,
    max_size=12,
)


def told(name: str, story: str = STORY, day: int | None = 0) -> Profile:
    published = None if day is None else MONDAY + dt.timedelta(day)
    (made,) = profiles(entry(name, article=name, published=published, sentence=story), story=story)
    return made


def with_most(most: int, **context: float) -> Rules:
    return dataclasses.replace(RULES, context={**RULES.context, "most": most, **context})


def near(*made: Profile, rules: Rules = RULES) -> dict[tuple[str, str], float]:
    """What each (later, earlier) pair of articles shares."""
    columns = columns_of(made, rules)
    found = find_near(columns, rules)
    pairs = zip(found.later.tolist(), found.earlier.tolist(), found.shared.tolist(), strict=True)
    return {(columns.names[later], columns.names[earlier]): share for later, earlier, share in pairs}


def test_articles_of_one_story_are_near_whatever_their_order() -> None:
    made = [told("a"), told("b", day=2), told("c", OTHER)]
    assert list(near(*made)) == list(near(*made[::-1])) == [("b", "a")]
    assert near(*made)["b", "a"] == pytest.approx(1, abs=1e-3)
    assert near() == {}


def test_they_stand_near_in_time() -> None:
    window = int(RULES.context["window"])
    assert near(told("a"), told("b", day=window))
    assert not near(told("a"), told("b", day=window + 1))


def test_what_has_no_day_comes_before_all_and_is_near_any_time() -> None:
    made = [told("z", day=None), told("a"), told("b", day=100), told("y", day=None)]
    assert set(near(*made)) == {("a", "z"), ("b", "z"), ("a", "y"), ("b", "y"), ("z", "y")}


def test_each_is_compared_with_the_most_alike_before_it() -> None:
    half = f"{STORY} {OTHER}"
    made = [told("a", half), told("b", day=1), told("c", half, day=2), told("d", day=3)]
    assert {pair for pair in near(*made, rules=with_most(1)) if pair[0] == "d"} == {("d", "b")}
    assert {pair for pair in near(*made, rules=with_most(2)) if pair[0] == "d"} == {("d", "b"), ("d", "a")}


def test_they_share_a_key_not_only_common_words() -> None:
    made = [told("a"), told("b", day=1)]
    apart = [
        dataclasses.replace(one, terms=((number, *one.terms[0]), (1.5, *one.terms[1])))
        for number, one in enumerate(made)
    ]
    assert near(*made, rules=with_most(40, keys=1))
    assert not near(*apart, rules=with_most(40, keys=1))


@given(ARTICLES, st.integers(1, 4), st.sampled_from((1, 4, 512)))
@settings(deadline=None)
def test_later_articles_change_nothing_among_earlier_ones(
    stories: list[tuple[str, int | None]], most: int, piece: int
) -> None:
    made = [told(f"{number:02}", story, day) for number, (story, day) in enumerate(stories)]
    made.sort(key=lambda one: (one.day or 0, one.article))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reportedly.linking.neighbours._PIECE", piece)
        whole = near(*made, rules=with_most(most))
        early = near(*made[: len(made) // 2], rules=with_most(most))
    first = {one.article for one in made[: len(made) // 2]}
    assert {pair: share for pair, share in whole.items() if pair[0] in first} == pytest.approx(early)


@given(ARTICLES)
@settings(deadline=None)
def test_the_pairs_are_those_that_share_enough(stories: list[tuple[str, int | None]]) -> None:
    made = [told(f"{number:02}", story, day) for number, (story, day) in enumerate(stories)]
    columns = columns_of(made, RULES)
    shares = np.asarray((columns.terms @ columns.terms.T).todense())
    meet = np.asarray((columns.keys @ columns.keys.T).todense()) > 0
    wanted = set()
    for one in range(len(made)):
        for other in range(len(made)):
            a, b = made[one], made[other]
            close = a.day is None or b.day is None or abs(a.day - b.day) <= RULES.context["window"]
            before = (b.day or 0, b.article) < (a.day or 0, a.article)
            if before and close and shares[one, other] >= RULES.context["least"] and meet[one, other]:
                wanted.add((a.article, b.article))
    assert set(near(*made)) == wanted


@pytest.mark.parametrize("most", [1, 2])
def test_the_most_alike_are_chosen_among_those_with_a_common_key(most: int) -> None:
    """However many that have none are more alike: here the ten before the last, of which only the first three have."""
    words = np.linspace(0.3, 0.9, 10, dtype=np.float32)
    count = len(words) + 1
    columns = dataclasses.replace(
        columns_of([told(f"{number:02}") for number in range(count)], RULES),
        terms=sparse.csr_matrix(np.r_[words, 1.0].reshape(-1, 1).astype(np.float32)),
        keys=sparse.csr_matrix(
            np.array([[number < 3, number >= 3 and number < 10] for number in range(10)] + [[1, 0]])
        ),
    )
    found = find_near(columns, with_most(most))
    assert found.earlier[found.later == count - 1].tolist() == [2, 1][:most]
