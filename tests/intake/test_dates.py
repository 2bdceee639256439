"""Dates of publication as pages, feeds and agencies write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.intake import read_published

DAY = dt.date(2014, 12, 3)
MORNING = dt.datetime(2014, 12, 3, 10, 15)  # noqa: DTZ001 - no zone was given
NOON = dt.datetime(2014, 12, 3, 10, 15, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "raw",
    [
        "2014-12-03",
        "20141203",
        "2014/12/03",
        "2014-W49-3",
        "Dec. 3, 2014",
        "Dec 3 2014",
        "December 3rd, 2014",
        "Wednesday, December 3, 2014",
        "3 December 2014",
        "3rd of December 2014",
        "03-Dec-2014",
        "03.12.2014",
        "Published: Dec. 3, 2014 | Updated: Dec. 4, 2014",
        "Last updated 3 Dec 2014",
        "Posted on December 3, 2014",
        "\u00a03 December\u00a02014 ",
    ],
)
def test_days(raw: str) -> None:
    found = read_published(raw)
    assert found == DAY
    assert not isinstance(found, dt.datetime)


@pytest.mark.parametrize(
    "raw",
    [
        "2014-12-03 10:15",
        "2014-12-03T10:15:00",
        "3 December 2014, 10:15",
        "10.15 BST, 3 December 2014",
        "Dec. 3, 2014 at 10:15 a.m. ET",
    ],
)
def test_clock_times_without_a_zone_stay_without(raw: str) -> None:
    assert read_published(raw) == MORNING


@pytest.mark.parametrize(
    "raw",
    [
        "2014-12-03T10:15:00Z",
        "2014-12-03T11:15:00.000+0100",
        "20141203T101500Z",
        "Wed, 03 Dec 2014 10:15:00 GMT",
        "Wed Dec 03 10:15:00 +0000 2014",
        "Wed Dec  3 05:15:00 EST 2014",
        "December 3, 2014 5:15 AM EST",
        "1417601700",
        "1417601700000",
    ],
)
def test_moments(raw: str) -> None:
    found = read_published(raw)
    assert isinstance(found, dt.datetime)
    assert found.tzinfo is not None
    assert found == NOON


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "Dec. 3",
        "December 2014",
        "2014",
        "yesterday",
        "03/12/2014",  # March or December: the country decides, and nothing says which
        "2014-13-45",
        "20140231",
        "2014-12-03T10:00:00+99:99",
        "The harbour was closed on Dec. 3, 2014",
        "12",
        "99999999999999",
    ],
)
def test_what_is_no_date_or_not_sure_is_none(raw: str) -> None:
    assert read_published(raw) is None


def test_slashes_are_read_when_only_one_order_fits() -> None:
    assert read_published("13/12/2014") == read_published("12/13/2014") == dt.date(2014, 12, 13)
    assert read_published("12/12/2014") == dt.date(2014, 12, 12)


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_every_day_is_read_back(day: dt.date) -> None:
    for raw in (day.isoformat(), f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%b} {day.year}", f"{day:%Y%m%d}"):
        assert read_published(raw) == day


@given(st.datetimes(min_value=dt.datetime(1900, 1, 1), timezones=st.just(dt.UTC)))  # noqa: DTZ001 - hypothesis wants it so
def test_every_moment_is_read_back(moment: dt.datetime) -> None:
    assert read_published(moment.isoformat()) == moment


@given(st.text())
def test_no_string_breaks_it(raw: str) -> None:
    found = read_published(raw)
    assert found is None or isinstance(found, dt.date)
