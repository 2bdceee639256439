"""The only place that writes to the ledger. Every function works inside its caller's transaction."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from reportedly.errors import LedgerError, UnreadableInput
from reportedly.ledger import schema
from reportedly.ledger.codec import packed
from reportedly.ledger.rows import Row, detail_rows, now, reading_row, run_row, text_row
from reportedly.records import Copy, Judgement, Link, Reading, Run, make_id


def insert_new(connection: sa.Connection, table: sa.Table, rows: list[Row]) -> None:
    """Inserts the rows that are not there yet (by primary key or unique column)."""
    if rows:
        connection.execute(_insert(connection, table).on_conflict_do_nothing(), rows)


def _insert(connection: sa.Connection, table: sa.Table) -> Any:
    """Both databases know ON CONFLICT; SQLAlchemy has it on each one's own insert."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def add_reading(connection: sa.Connection, reading: Reading) -> bool:
    """Adds a reading with all its rows; False when it is there already."""
    text = text_row(reading.article)
    head = reading_row(reading, text["digest"])
    insert_new(connection, schema.runs, [run_row(reading.run)])
    insert_new(connection, schema.texts, [text])
    statement = _insert(connection, schema.readings).on_conflict_do_nothing().returning(schema.readings.c.number)
    number = connection.execute(statement, head).scalar_one_or_none()
    if number is None:
        held = sa.select(schema.readings.c.number).where(schema.readings.c.key == head["key"])
        _add_input(connection, reading, connection.execute(held).scalar_one())
        return False
    stamp = {"reading": number, "run": head["run"]}
    for table, rows in detail_rows(reading):
        connection.execute(table.insert(), [row | stamp for row in rows])
    _add_input(connection, reading, number)
    return True


def _add_input(connection: sa.Connection, reading: Reading, number: int) -> None:
    path = reading.article.path
    if path is not None:
        row = {
            "id": make_id("input", path, number),
            "reading": number,
            "run": reading.run.id,
            "location": path,
            "added": now(),
        }
        insert_new(connection, schema.inputs, [row])


def add_run(connection: sa.Connection, run: Run) -> None:
    """Adds a run, if it is new."""
    insert_new(connection, schema.runs, [run_row(run)])


def add_reject(connection: sa.Connection, item: UnreadableInput) -> None:
    """Adds an input that could not be read; the same input and reason again changes nothing."""
    row = {
        "id": make_id("reject", item.where, item.reason, item.detail),
        "location": item.where,
        "reason": item.reason,
        "detail": item.detail,
        "added": now(),
    }
    insert_new(connection, schema.rejects, [row])


def add_copies(connection: sa.Connection, found: Iterable[Copy], readings: Mapping[str, int], run: str) -> None:
    """Adds copies between articles; `readings` gives the reading that counts, by article."""
    rows = []
    for copy in found:
        for article in (copy.article, copy.copy_of):
            if article not in readings:
                raise LedgerError(f"copy of {copy.copy_of} in {copy.article}: the ledger has no article {article}")
        rows.append(
            {
                "reading": readings[copy.article],
                "original": readings[copy.copy_of],
                "run": run,
                "share": copy.share,
                "evidence": copy.evidence,
            }
        )
    insert_new(connection, schema.copies, rows)


def add_links(connection: sa.Connection, found: Iterable[Link], readings: Mapping[str, int], run: str) -> None:
    """Adds links between reports; `readings` gives the reading that counts, by report."""
    rows = []
    for link in found:
        for report in (link.left, link.right):
            if report not in readings:
                raise LedgerError(f"link of {link.left} and {link.right}: the ledger has no report {report}")
        rows.append(
            {
                "left_reading": readings[link.left],
                "left": link.left,
                "right_reading": readings[link.right],
                "right": link.right,
                "run": run,
                "score": link.score,
                "why": packed(dict(link.why)),
            }
        )
    insert_new(connection, schema.links, rows)


def mark_linked(connection: sa.Connection, readings: Iterable[int], run: str) -> None:
    """Notes that readings have been linked with all others by a run."""
    rows = [{"reading": number, "run": run, "added": now()} for number in sorted(readings)]
    if not rows:
        return
    statement = _insert(connection, schema.linked)
    put = {"run": statement.excluded.run, "added": statement.excluded.added}
    connection.execute(statement.on_conflict_do_update(index_elements=["reading"], set_=put), rows)


def drop_links(connection: sa.Connection, run: str) -> None:
    """Removes what a linking run found, to link again from scratch. Judgements and other runs' findings stay."""
    for table in (schema.copies, schema.links):
        connection.execute(table.delete().where(table.c.run == run))


def add_judgement(connection: sa.Connection, judgement: Judgement) -> None:
    """Adds a person's decision."""
    row = {
        "left": judgement.left,
        "right": judgement.right,
        "same": judgement.same,
        "judge": judgement.by,
        "judged": judgement.at.astimezone(dt.UTC).isoformat(),
    }
    connection.execute(schema.judgements.insert(), row)
