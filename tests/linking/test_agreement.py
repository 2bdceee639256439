"""The latest day that a happening can have, by when it was first reported."""

import datetime as dt

from reportedly.linking.agreement import latest
from tests.linking.making import MONDAY, entry

DAY = dt.timedelta(days=1)


def test_the_first_report_bounds_the_day() -> None:
    assert (
        latest([entry("a", published=MONDAY + DAY), entry("b", published=MONDAY), entry("c", published=None)]) == MONDAY
    )


def test_a_moment_counts_as_its_day() -> None:
    moment = dt.datetime(2031, 3, 3, 23, 30, tzinfo=dt.UTC)
    assert latest([entry("a", published=moment)]) == MONDAY


def test_plans_and_histories_bound_nothing() -> None:
    early = [entry(name, published=MONDAY - DAY, modality=name) for name in ("planned", "historical", "conditional")]
    assert latest(early) is None
    assert latest([*early, entry("a", published=MONDAY)]) == MONDAY


def test_untyped_positions_bound_nothing() -> None:
    assert latest([entry("a", kind=None, published=MONDAY)]) is None


def test_no_day_of_publication_bounds_nothing() -> None:
    assert latest([entry("a", published=None)]) is None
    assert latest([]) is None
