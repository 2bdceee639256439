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
                "kind": copy.kind,
                "sentences": packed(list(copy.sentences)),
            }
        )
    insert_new(connection, schema.copies, rows)


def drop_copies(connection: sa.Connection, readings: Iterable[int], run: str) -> None:
    """Removes what a run found these readings to be copies of. Judgements stay."""
    rows = [{"number": number} for number in sorted(readings)]
    if rows:
        table = schema.copies
        gone = table.delete().where(table.c.run == run, table.c.reading == sa.bindparam("number"))
        connection.execute(gone, rows)


def add_sketches(connection: sa.Connection, rows: list[Row]) -> None:
    """Adds keys of texts; those that are there stay."""
    insert_new(connection, schema.sketches, sorted(rows, key=lambda row: row["key"]))


def drop_sketches(connection: sa.Connection) -> None:
    """Removes all keys, to make them anew."""
    connection.execute(schema.sketches.delete())


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
    """Adds a person's decision on two reports."""
    row = {"left": judgement.left, "right": judgement.right, **_decision(judgement)}
    connection.execute(schema.judgements.insert(), row)


def add_copy_judgement(connection: sa.Connection, judgement: Judgement) -> None:
    """Adds a person's decision on whether one article copies another."""
    row = {"article": judgement.left, "copy_of": judgement.right, **_decision(judgement)}
    connection.execute(schema.copy_judgements.insert(), row)


def _decision(judgement: Judgement) -> Row:
    at = judgement.at.astimezone(dt.UTC).isoformat()
    return {"same": judgement.same, "judge": judgement.by, "judged": at}
