"""The only place that writes to the ledger. Every function works inside its caller's transaction."""

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from reportedly.errors import LedgerError, UnreadableInput
from reportedly.ledger import schema
from reportedly.ledger.codec import packed
from reportedly.ledger.rows import Row, detail_rows, now, reading_row, run_row, text_row
from reportedly.records import Copy, Judgement, Link, Reading, Run, make_id

# Keys asked for at once; SQLite takes 32,766 values in one statement.
_CHUNK = 500


def insert_new(connection: sa.Connection, table: sa.Table, rows: list[Row]) -> None:
    """Inserts the rows that are not there yet (by primary key or unique column)."""
    if rows:
        connection.execute(_insert(connection, table).on_conflict_do_nothing(), rows)


def _insert(connection: sa.Connection, table: sa.Table) -> Any:
    """Both databases know ON CONFLICT; SQLAlchemy has it on each one's own insert."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def add_readings(connection: sa.Connection, readings: Sequence[Reading]) -> list[int | None]:
    """Adds readings with all their rows, table by table; the number of each, None for one that is there already.

    The rows are those that adding one by one gives, in the same order.
    """
    if not readings:
        return []
    texts = [text_row(reading.article) for reading in readings]
    heads = [reading_row(reading, text["digest"]) for reading, text in zip(readings, texts, strict=True)]
    insert_new(connection, schema.runs, [run_row(run) for run in dict.fromkeys(r.run for r in readings)])
    insert_new(connection, schema.texts, list({text["digest"]: text for text in texts}.values()))
    firsts = {head["key"]: head for head in reversed(heads)}
    heads_new = [head for head in heads if firsts[head["key"]] is head]
    added = _insert_heads(connection, heads_new)
    rows: dict[sa.Table, list[Row]] = defaultdict(list)
    new = [head["key"] in added and firsts[head["key"]] is head for head in heads]
    for reading, head, is_new in zip(readings, heads, new, strict=True):
        if is_new:
            stamp = {"reading": added[head["key"]], "run": head["run"]}
            for table, found in detail_rows(reading):
                rows[table] += [row | stamp for row in found]
    for table, found in rows.items():
        connection.execute(table.insert(), found)
    insert_new(connection, schema.linked, [{"reading": number} for number in added.values()])
    _add_inputs(connection, readings, heads, added)
    return [added[head["key"]] if is_new else None for head, is_new in zip(heads, new, strict=True)]


def _insert_heads(connection: sa.Connection, heads: list[Row]) -> dict[str, int]:
    """The numbers of the readings that were not there yet, by key."""
    table = schema.readings.c
    statement = _insert(connection, schema.readings).on_conflict_do_nothing().returning(table.key, table.number)
    return {row.key: row.number for row in connection.execute(statement, heads)}


def _add_inputs(
    connection: sa.Connection, readings: Sequence[Reading], heads: list[Row], added: Mapping[str, int]
) -> None:
    named = [(r, head["key"]) for r, head in zip(readings, heads, strict=True) if r.article.path is not None]
    table = schema.readings.c
    numbers = dict(added)
    held = sorted({key for _, key in named} - added.keys())
    for start in range(0, len(held), _CHUNK):
        query = sa.select(table.key, table.number).where(table.key.in_(held[start : start + _CHUNK]))
        numbers.update((row.key, row.number) for row in connection.execute(query))
    rows = {}
    for reading, key in named:
        row = {
            "id": make_id("input", reading.article.path, numbers[key]),
            "reading": numbers[key],
            "run": reading.run.id,
            "location": reading.article.path,
            "added": now(),
        }
        rows[row["id"]] = row
    insert_new(connection, schema.inputs, list(rows.values()))


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
                "why": _why(tuple(link.why.items())),
            }
        )
    insert_new(connection, schema.links, rows)


@functools.lru_cache(maxsize=1 << 16)
def _why(weights: tuple[tuple[str, float], ...]) -> str:
    """Many links weigh the same."""
    return packed(dict(weights))


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


def drop_links_of(connection: sa.Connection, readings: Iterable[int], run: str) -> None:
    """Removes the links of these readings that a run found, to link them again."""
    rows = [{"number": number} for number in sorted(readings)]
    if rows:
        table = schema.links
        number: sa.BindParameter[int] = sa.bindparam("number")
        ours = (table.c.left_reading == number) | (table.c.right_reading == number)
        connection.execute(table.delete().where(table.c.run == run, ours), rows)


def put_profiles(connection: sa.Connection, rows: list[Row], keys: list[Row]) -> None:
    """Puts profiles of readings, and the keys to find them by; there must be none of these readings yet."""
    if rows:
        connection.execute(schema.profiles.insert(), rows)
        insert_new(connection, schema.profile_keys, keys)


def drop_profiles(connection: sa.Connection, keys: Mapping[int, Iterable[int]]) -> None:
    """Removes the profiles of readings, given with the words that they may be found by."""
    if keys:
        table = schema.profile_keys
        rows = [{"number": number, "word": word} for number, words in keys.items() for word in words]
        gone = table.delete().where(table.c.key == sa.bindparam("word"), table.c.reading == sa.bindparam("number"))
        connection.execute(gone, rows)
        profiles = schema.profiles
        numbers = [{"number": number} for number in keys]
        connection.execute(profiles.delete().where(profiles.c.reading == sa.bindparam("number")), numbers)


def put_members(connection: sa.Connection, rows: list[Row]) -> None:
    """Puts reports into their events, in place of those that they were in."""
    if rows:
        statement = _insert(connection, schema.members)
        put = {"event": statement.excluded.event}
        connection.execute(statement.on_conflict_do_update(index_elements=["reading", "report"], set_=put), rows)


def drop_members(connection: sa.Connection) -> None:
    """Takes all reports out of their events, to link again from scratch."""
    connection.execute(schema.members.delete())


def drop_members_of(connection: sa.Connection, readings: Iterable[int]) -> None:
    """Takes the reports of readings out of their events."""
    rows = [{"number": number} for number in readings]
    if rows:
        table = schema.members
        connection.execute(table.delete().where(table.c.reading == sa.bindparam("number")), rows)


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
