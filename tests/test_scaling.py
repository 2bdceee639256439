"""The benchmark of growth: its counting, and a run of its steps on a small ledger."""

import itertools
from pathlib import Path

import pytest

import reportedly
from benchmarks import scaling, synthetic


def test_pairs_are_those_that_counting_each_gives() -> None:
    truth = {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": 3}
    home = {"a": 10, "b": 10, "c": 11, "d": 11, "e": 12}  # f stands in no event
    together = [p for p in itertools.combinations(home, 2) if home[p[0]] == home[p[1]]]
    true = [p for p in itertools.combinations(truth, 2) if truth[p[0]] == truth[p[1]]]
    right = len(set(together) & set(true))
    score, bound = scaling.pairs_of(truth, home)
    assert (score.precision, score.recall) == (right / len(together), right / len(true)) == (0.5, 0.25)
    assert bound == 1.0
    assert scaling.pairs_of(truth, {"a": 10, "b": 10, "d": 11})[1] == 0.25


def test_growth_is_the_slope_between_sizes() -> None:
    found = [figure.value for figure in scaling.exponents({1000: 2.0, 10_000: 20.0, 100_000: 2000.0})]
    assert found == pytest.approx([1.0, 2.0])


def test_the_steps_fill_link_score_and_add_more(tmp_path: Path) -> None:
    path = tmp_path / "small.db"
    filled = scaling.step("fill", path, 300, 3)
    told = list(synthetic.readings(300, 3))
    assert filled["articles"] == len(told)
    assert filled["reports"] == sum(len(one.truth) for one in told)
    assert scaling.step("link", path, 300, 3)["peak"] > 1
    scored = scaling.step("score", path, 300, 3)
    assert scored["precision"] > 0.5
    assert scored["recall"] > 0.3
    assert scaling.step("new", path, 300, 3)["one"] > 0
    with reportedly.Ledger(path) as ledger:
        assert sum(1 for _ in ledger.articles()) == len(told) + 5
