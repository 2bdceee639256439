"""The judged pairs of FA-KES: a sound list, and scores that count what they say."""

from pathlib import Path

import pytest

from benchmarks import fakes
from benchmarks.articles import article_of
from benchmarks.fakes import Pair


def test_no_pair_stands_twice_and_none_with_itself() -> None:
    judged = fakes.pairs()
    assert len(judged) > 200
    kept = {frozenset((pair.left, pair.right)) for pair in judged}
    assert len(kept) == len(judged)
    assert all(len(pair) == 2 for pair in kept)
    assert {pair.label for pair in judged} == set(fakes.LABELS)


def test_a_line_of_another_kind_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("a\tb\tsame\tnear\na\tc\tperhaps\tnear\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"pairs\.tsv:2"):
        fakes.pairs(path)


def test_pairs_count_by_the_events_that_their_articles_share() -> None:
    judged = [
        Pair("a", "b", "same", "near"),
        Pair("a", "c", "same", "far"),
        Pair("b", "d", "different", "near"),
        Pair("c", "d", "different", "far"),
        Pair("a", "d", "unsure", "near"),
    ]
    found = fakes.figures(judged, {"a": {1, 2}, "b": {2, 3}, "d": {3}})
    values = {figure.measure: (figure.value, figure.n) for figure in found}
    assert values["pairs precision"] == values["pairs recall"] == (0.5, 4)
    assert values["same, found: near"] == (1.0, 1)
    assert values["same, found: far"] == (0.0, 1)
    assert values["different, kept apart: near"] == (0.0, 1)
    assert values["different, kept apart: far"] == (1.0, 1)


def test_dates_are_month_day_year() -> None:
    row = {"id": "x", "text": "Northland shelled Sandvik.", "publisher": "p", "headline": "h", "published": "7/9/2016"}
    assert str(article_of(row).day) == "2016-07-09"
