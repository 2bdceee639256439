"""Many readings in one transaction: the same ledger as adding each, on SQLite and on PostgreSQL alike."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.ledger import Ledger, schema
from reportedly.ledger.opening import open_engine
from reportedly.records import Reading
from tests.ledger.making import LATER_RUN, TEXT, reading, readings

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def rows(where: str | Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows by table, without the moments of adding; readings are numbered from 0 in their order."""
    engine = open_engine(where, create=False)
    found = {}
    with engine.begin() as connection:
        numbers = connection.execute(sa.select(schema.readings.c.number).order_by(schema.readings.c.number)).scalars()
        rank = {number: place for place, number in enumerate(numbers)}
        for table in schema.METADATA.sorted_tables:
            columns = [column for column in table.c if column.name != "added"]
            of_reading = {"reading"} | ({"number"} if table is schema.readings else set())
            found[table.name] = sorted(
                (
                    tuple(rank[value] if column.name in of_reading else value for column, value in zip(columns, row))  # noqa: B905
                    for row in connection.execute(sa.select(*columns))
                ),
                key=repr,
            )
    engine.dispose()
    return found


@pytest.fixture
def one_by_one(tmp_path: Path) -> Path:
    return tmp_path / "one-by-one.db"


def filled(where: Path, batch: list[Reading]) -> list[bool]:
    with Ledger(where) as ledger:
        return [ledger.add(one) for one in batch]


def test_many_at_once_give_the_rows_of_one_by_one(ledger: Ledger, where: str, one_by_one: Path) -> None:
    changed = reading("a", text=TEXT.removeprefix("SANDVIK (Coast Wire) - "))
    batch = [
        reading("a", path="in/a.txt"),
        reading("b", stance="denies"),
        reading("a", path="again/a.txt"),  # there already, under another name
        reading("a", run=LATER_RUN),
        changed,
        reading("b", stance="denies"),
    ]
    assert ledger.add_many(batch) == [True, True, False, True, True, False]
    assert filled(one_by_one, batch) == [True, True, False, True, True, False]
    assert rows(where) == rows(one_by_one)
    assert [one.article.id for one in ledger.readings()] == ["b", "a"]
    assert ledger.reading("a") == changed


def test_what_is_there_is_not_added_again(ledger: Ledger, where: str) -> None:
    first = [reading(name, path=f"{name}.txt") for name in "abc"]
    assert ledger.add_many(first) == [True, True, True]
    before = rows(where)
    assert ledger.add_many(first) == [False, False, False]
    assert rows(where) == before
    assert ledger.add_many([reading("c", path="c.txt"), reading("d")]) == [False, True]
    assert [one.article.id for one in ledger.readings()] == ["a", "b", "c", "d"]


def test_nothing_is_nothing(ledger: Ledger, where: str) -> None:
    before = rows(where)
    assert ledger.add_many([]) == []
    assert rows(where) == before


def test_more_than_one_statement_holds(ledger: Ledger) -> None:
    names = [f"n{number}" for number in range(1500)]
    assert ledger.add_many(reading(name, path=name) for name in names) == [True] * 1500
    assert ledger.add_many([reading(name, path=f"{name} again") for name in names]) == [False] * 1500
    assert [article.id for article in ledger.articles()] == names


def test_all_or_none(ledger: Ledger, where: str) -> None:
    before = rows(where)
    good = reading("a")
    twice = dataclasses.replace(good.reports[0], killed=5)
    bad = dataclasses.replace(reading("b"), reports=(*reading("b").reports, twice, twice))
    with pytest.raises(sa.exc.IntegrityError):
        ledger.add_many([good, bad])
    assert rows(where) == before


@given(batch=st.lists(readings(), max_size=5))
@FEW
def test_any_readings(batch: list[Reading], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("bulk")
    with Ledger(folder / "many.db") as ledger:
        found = ledger.add_many(batch)
        held = list(ledger.readings())
    assert found == filled(folder / "each.db", batch)
    assert rows(folder / "many.db") == rows(folder / "each.db")
    with Ledger(folder / "each.db") as ledger:
        assert list(ledger.readings()) == held
