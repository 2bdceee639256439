"""What the ledger shows: everything here is read or computed, nothing is written.

Of an article's readings only the last one counts, in every view.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa

from reportedly.errors import LedgerError, UnreadableInput
from reportedly.ledger import schema
from reportedly.ledger.codec import record_from
from reportedly.ledger.rows import article_from, article_key, entries_from, reading_key
from reportedly.linking import judged_copies
from reportedly.linking.text import fold
from reportedly.records import Article, Copy, Entry, Judgement, Link, Report, Span, Stance, Statement, make_id

T = TypeVar("T")
Body = Mapping[str, Any]
# Keys asked for at once; SQLite takes 32,766 values in one statement, and bodies must fit into memory.
_CHUNK = 500
_ARTICLE = '"article":'


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """A statement with the head of its article and the reports that it makes."""

    statement: Statement
    article: str
    url: str | None
    publisher: str | None
    published: dt.datetime | dt.date | None
    title: str | None
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which reports: those that meet all that is not None. `since` and `until` are days of publication, included."""

    articles: frozenset[str] | None = None
    types: frozenset[str] | None = None
    stance: Stance | None = None
    since: dt.date | None = None
    until: dt.date | None = None


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in pieces that one statement takes and memory holds."""
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]


def _rows_with(
    connection: sa.Connection, query: sa.Select[Any], column: sa.ColumnElement[Any], values: Iterable[Any]
) -> Iterator[sa.Row[Any]]:
    """The rows of a query in which the column has one of the values."""
    for chunk in chunks(sorted(set(values))):
        yield from connection.execute(query.where(column.in_(chunk)))


def has(connection: sa.Connection, article: str, sha256: str, run: str) -> bool:
    """Whether the reading of an article in a run is there."""
    query = sa.select(schema.readings.c.number).where(schema.readings.c.key == reading_key(article, sha256, run))
    return connection.execute(query).first() is not None


def has_article(connection: sa.Connection, article: str) -> bool:
    """Whether an article is there, in whatever run."""
    key = schema.readings.c.article_key == make_id("article", article)
    return connection.execute(sa.select(schema.readings.c.number).where(key)).first() is not None


def counting_numbers() -> sa.Select[tuple[int]]:
    """The readings that count: of an article the last one."""
    return sa.select(sa.func.max(schema.readings.c.number)).group_by(schema.readings.c.article_key)


def counts(reading: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Whether a reading is the last one of its article: quicker than `counting_numbers` where few are asked for."""
    held, later = schema.readings.alias(), schema.readings.alias()
    newer = (
        sa.select(sa.literal(1))
        .select_from(held.join(later, held.c.article_key == later.c.article_key))
        .where(held.c.number == reading, later.c.number > held.c.number)
    )
    return ~newer.exists()


def counting(connection: sa.Connection) -> dict[int, str]:
    """The article of each reading that counts, by number, in the order in which they were added."""
    table = schema.readings.c
    query = sa.select(table.number, table.article).where(table.number.in_(counting_numbers())).order_by(table.number)
    return {row.number: row.article for row in connection.execute(query)}


def names(connection: sa.Connection, numbers: Iterable[int]) -> dict[int, str]:
    """The articles of those of these readings that count, by number."""
    table = schema.readings.c
    query = sa.select(table.number, table.article).where(counts(table.number))
    return {row.number: row.article for row in _rows_with(connection, query, table.number, numbers)}


def stored(connection: sa.Connection, numbers: Sequence[int]) -> Iterator[tuple[Body, str]]:
    """The body and the article's text of readings by number; at most a chunk of them."""
    readings, texts = schema.readings.c, schema.texts.c
    query = (
        sa.select(readings.body, texts.text)
        .join_from(schema.readings, schema.texts)
        .where(readings.number.in_(numbers))
        .order_by(readings.number)
    )
    for row in connection.execute(query):
        yield json.loads(row.body), row.text


def articles(connection: sa.Connection, numbers: Sequence[int]) -> Iterator[tuple[int, Article]]:
    """The articles of readings by number. Of a stored body, which is long, only the article's part is parsed."""
    readings, texts = schema.readings.c, schema.texts.c
    query = sa.select(readings.number, readings.body, texts.text).join_from(schema.readings, schema.texts)
    decode = json.JSONDecoder().raw_decode
    for some in chunks(sorted(numbers)):
        for row in connection.execute(query.where(readings.number.in_(some))):
            # In a JSON string quotation marks are escaped, so that the first such words are the key itself.
            head, _ = decode(row.body, row.body.index(_ARTICLE) + len(_ARTICLE))
            yield row.number, article_from({"article": head}, row.text)


def numbers_in_chunks(connection: sa.Connection) -> list[Sequence[int]]:
    """The readings that count, in pieces that fit into memory."""
    return list(chunks(list(counting(connection))))


def article_number(connection: sa.Connection, article: str) -> int:
    """The reading of an article that counts. Raises LedgerError when there is none."""
    table = schema.readings.c
    query = sa.select(sa.func.max(table.number)).where(table.article_key == make_id("article", article))
    number = connection.execute(query).scalar_one()
    if number is None:
        raise LedgerError(f"no article {article} in the ledger")
    return int(number)


def article_numbers(connection: sa.Connection, articles: Iterable[str]) -> list[int]:
    """The readings that count of the given articles, in the order of adding; unknown ones are left out."""
    table = schema.readings.c
    found: list[int] = []
    for keys in chunks(sorted({make_id("article", article) for article in articles})):
        query = sa.select(sa.func.max(table.number)).where(table.article_key.in_(keys)).group_by(table.article_key)
        found += connection.execute(query).scalars()
    return sorted(found)


def report_readings(connection: sa.Connection, reports: Iterable[str]) -> dict[str, int]:
    """The readings that count of the given reports; unknown ones are left out."""
    table = schema.reports.c
    query = sa.select(table.id, table.reading).where(counts(table.reading))
    return {row.id: row.reading for row in _rows_with(connection, query, table.id, reports)}


def report_articles(connection: sa.Connection, start: str) -> dict[str, int]:
    """The reports whose ids begin so, with the readings that count; at most a few."""
    table = schema.reports.c
    query = sa.select(table.id, table.reading).where(table.id.startswith(start, autoescape=True), counts(table.reading))
    return {row.id: row.reading for row in connection.execute(query.limit(5))}


def entries(connection: sa.Connection, filters: Filters) -> list[Entry]:
    """The reports of all readings that count, by reading and position."""
    return [entry for _, found in entries_by_reading(connection, filters) for entry in found]


def entries_by_reading(connection: sa.Connection, filters: Filters) -> Iterator[tuple[int, list[Entry]]]:
    """As `entries`, with the number of the reading."""
    reports, articles = schema.reports.c, schema.articles.c
    query = (
        sa.select(reports.reading, reports.id, reports.sentence)
        .join_from(schema.reports, schema.articles, reports.reading == articles.reading)
        .where(reports.reading.in_(counting_numbers()), *_published(filters.since, filters.until))
        .order_by(reports.reading, reports.position)
    )
    if filters.types is not None:
        query = query.where(reports.type.in_(sorted(filters.types)))
    if filters.stance is not None:
        query = query.where(reports.stance == filters.stance)
    wanted: dict[int, dict[str, str]] = defaultdict(dict)
    for row in connection.execute(query):
        wanted[row.reading][row.id] = row.sentence
    if filters.articles is not None:
        names = counting(connection)
        wanted = defaultdict(dict, {n: found for n, found in wanted.items() if names[n] in filters.articles})
    for numbers in chunks(sorted(wanted)):
        yield from zip(
            numbers,
            (entries_from(body, wanted[n]) for n, body in bodies(connection, numbers)),
            strict=True,
        )


def bodies(connection: sa.Connection, numbers: Sequence[int]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The bodies of readings by number; at most a chunk of them."""
    table = schema.readings.c
    query = sa.select(table.number, table.body).where(table.number.in_(numbers)).order_by(table.number)
    for row in connection.execute(query):
        yield row.number, json.loads(row.body)


def _published(since: dt.date | None, until: dt.date | None) -> list[sa.ColumnElement[bool]]:
    """Conditions on the day of publication; articles without a date meet none."""
    day = schema.articles.c.day
    conditions: list[sa.ColumnElement[bool]] = []
    if since is not None:
        conditions.append(day >= since.isoformat()[:10])
    if until is not None:
        conditions.append(day <= until.isoformat()[:10])
    return conditions


def statement_rows(
    connection: sa.Connection,
    source: str | None,
    stance: Stance | None,
    statements: frozenset[str] | None,
    since: dt.date | None,
    until: dt.date | None,
) -> list[StatementRow]:
    """Who said what, by reading and position. `source`: part of the source's name or words, case and accents aside."""
    said, articles, reports = schema.statements.c, schema.articles.c, schema.reports.c
    query = (
        sa.select(said.reading, said.id)
        .join_from(schema.statements, schema.articles, said.reading == articles.reading)
        .where(said.reading.in_(counting_numbers()), *_published(since, until))
        .order_by(said.reading, said.position)
    )
    if source is not None:
        query = query.where(said.source_folded.contains(fold(source), autoescape=True))
    if stance is not None:
        made = sa.select(reports.statement).where(reports.reading == said.reading, reports.stance == stance)
        query = query.where(said.id.in_(made))
    wanted: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(query):
        if statements is None or row.id in statements:
            wanted[row.reading].append(row.id)
    rows: list[StatementRow] = []
    for numbers in chunks(sorted(wanted)):
        for number, body in bodies(connection, numbers):
            rows += _statement_rows(body, wanted[number])
    return rows


def _statement_rows(body: Mapping[str, Any], wanted: list[str]) -> Iterator[StatementRow]:
    article = record_from(Article, {**body["article"], "text": ""})
    made: dict[str, list[Report]] = defaultdict(list)
    for data in body["reports"]:
        made[data["statement"]].append(record_from(Report, data))
    by_id = {data["id"]: data for data in body["statements"]}
    for name in wanted:
        yield StatementRow(
            statement=record_from(Statement, by_id[name]),
            article=article.id,
            url=article.url,
            publisher=article.publisher,
            published=article.published,
            title=article.title,
            reports=tuple(made[name]),
        )


def last_run(reading: sa.ColumnElement[int]) -> sa.ScalarSelect[str]:
    """The run that linked a reading last."""
    linked = schema.linked.c
    return sa.select(linked.run).where(linked.reading == reading).scalar_subquery()


def last_runs(connection: sa.Connection, readings: Iterable[int]) -> dict[int, str]:
    """The run that linked each of these readings last; those not linked yet are left out."""
    linked = schema.linked.c
    query = sa.select(linked.reading, linked.run).where(linked.run.is_not(None))
    return {row.reading: row.run for row in _rows_with(connection, query, linked.reading, readings)}


def links(connection: sa.Connection) -> list[Link]:
    """The links between reports that count, of the run that linked them last; by ids."""
    table, linked, held = schema.links.c, schema.linked.c, counting(connection)
    query = (
        sa.select(table.left_reading, table.right_reading, table.left, table.right, table.score, table.why)
        .join_from(schema.links, schema.linked, (linked.reading == table.left_reading) & (linked.run == table.run))
        .order_by(table.left, table.right)
    )
    return [
        Link(left=row.left, right=row.right, score=row.score, why=json.loads(row.why))
        for row in connection.execute(query)
        if row.left_reading in held and row.right_reading in held
    ]


def links_among(connection: sa.Connection, readings: Sequence[int]) -> Iterator[Link]:
    """The links in force whose left report is in one of these readings; by ids within a piece."""
    table = schema.links.c
    for chunk in chunks(readings):
        query = (
            sa.select(table.left, table.right, table.score, table.why)
            .where(table.left_reading.in_(chunk), table.run == last_run(table.left_reading))
            .order_by(table.left, table.right)
        )
        for row in connection.execute(query):
            yield Link(left=row.left, right=row.right, score=row.score, why=json.loads(row.why))


def entries_of(connection: sa.Connection, readings: Sequence[int]) -> Iterator[tuple[int, list[Entry]]]:
    """The reports of readings by number."""
    reports = schema.reports.c
    for chunk in chunks(readings):
        wanted: dict[int, dict[str, str]] = defaultdict(dict)
        query = sa.select(reports.reading, reports.id, reports.sentence).where(reports.reading.in_(chunk))
        for row in connection.execute(query):
            wanted[row.reading][row.id] = row.sentence
        for number, body in bodies(connection, chunk):
            yield number, entries_from(body, wanted[number])


def publishers(connection: sa.Connection, names: Sequence[str]) -> dict[str, str | None]:
    """The publishers of articles by id: the dateline's outlet where none is known otherwise."""
    table, found = schema.articles.c, dict[str, str | None]()
    publisher = sa.func.coalesce(table.publisher, table.dateline_outlet).label("publisher")
    readings = schema.readings.c
    for chunk in chunks([article_key(name) for name in names]):
        query = (
            sa.select(table.id, publisher)
            .join_from(schema.articles, schema.readings, table.reading == readings.number)
            .where(readings.article_key.in_(chunk), counts(table.reading))
        )
        found.update((row.id, row.publisher) for row in connection.execute(query))
    return found


def copies(connection: sa.Connection, readings: Collection[int] | None = None) -> list[Copy]:
    """The copies among articles that count, of the run that linked them last, after people's decisions; by ids. With
    `readings` only what these are copies of (a few hundred of them)."""
    table, linked = schema.copies.c, schema.linked.c
    query = sa.select(
        table.reading, table.original, table.share, table.evidence, table.kind, table.sentences
    ).join_from(schema.copies, schema.linked, (linked.reading == table.reading) & (linked.run == table.run))
    # Which readings count is looked up here: as a condition it would be asked of every pair anew.
    if readings is None:
        rows = connection.execute(query).all()
        held = counting(connection)
    else:
        rows = connection.execute(query.where(table.reading.in_(sorted(readings)))).all()
        held = names(connection, {*readings, *(row.original for row in rows)})
    found = [
        Copy(
            article=held[row.reading],
            copy_of=held[row.original],
            share=row.share,
            evidence=row.evidence,
            kind=row.kind or "whole",
            sentences=tuple(record_from(Span, data) for data in json.loads(row.sentences or "[]")),
        )
        for row in rows
        if row.reading in held and row.original in held
    ]
    settled = judged_copies(found, judged_numbers(connection)[0])
    if readings is None:
        return settled
    wanted = {held[number] for number in readings if number in held}
    return [copy for copy in settled if copy.article in wanted]


def judged_numbers(connection: sa.Connection) -> tuple[list[Judgement], dict[int, set[int]]]:
    """The decisions on copies of articles that are both there, and which readings they connect."""
    judged = copy_judgements(connection)
    articles = {name for one in judged for name in (one.left, one.right)}
    numbers = {name: number for number, name in names(connection, article_numbers(connection, articles)).items()}
    judged = [one for one in judged if one.left in numbers and one.right in numbers]
    beside: dict[int, set[int]] = defaultdict(set)
    for one in judged:
        left, right = numbers[one.left], numbers[one.right]
        beside[left].add(right)
        beside[right].add(left)
    return judged, beside


def copy_judgements(connection: sa.Connection) -> list[Judgement]:
    """All decisions on whether an article (`left`) copies another (`right`), in the order in which they were made."""
    table = schema.copy_judgements
    return [
        Judgement(
            left=row.article,
            right=row.copy_of,
            same=row.same,
            by=row.judge,
            at=dt.datetime.fromisoformat(row.judged),
        )
        for row in connection.execute(sa.select(table).order_by(table.c.number))
    ]


def unlinked(connection: sa.Connection, run: str) -> set[int]:
    """The readings that count and have not been linked by this run."""
    linked = schema.linked.c
    others = linked.run.is_(None) | (linked.run < run) | (linked.run > run)  # what an index finds
    return set(names(connection, connection.execute(sa.select(linked.reading).where(others)).scalars()))


def any_linked(connection: sa.Connection, run: str) -> bool:
    """Whether a reading that counts has been linked by this run."""
    linked = schema.linked.c
    query = sa.select(linked.reading).where(linked.run == run, counts(linked.reading)).limit(1)
    return connection.execute(query).first() is not None


def judgements(connection: sa.Connection) -> list[Judgement]:
    """All decisions of people, in the order in which they were made."""
    table = schema.judgements
    return [
        Judgement(left=row.left, right=row.right, same=row.same, by=row.judge, at=dt.datetime.fromisoformat(row.judged))
        for row in connection.execute(sa.select(table).order_by(table.c.number))
    ]


def rejects(connection: sa.Connection) -> list[UnreadableInput]:
    """The inputs that could not be read, by place and reason."""
    table = schema.rejects.c
    query = sa.select(table.location, table.reason, table.detail)
    found = [UnreadableInput(row.location, row.reason, row.detail) for row in connection.execute(query)]
    return sorted(found, key=lambda item: (item.where, item.reason, item.detail))


def summary(connection: sa.Connection) -> str:
    """How much there is, in words."""
    count = sa.func.count()
    reports, said = schema.reports.c.reading, schema.statements.c.reading
    found = [
        len(counting(connection)),
        connection.execute(
            sa.select(count).select_from(schema.statements).where(said.in_(counting_numbers()))
        ).scalar_one(),
        connection.execute(
            sa.select(count).select_from(schema.reports).where(reports.in_(counting_numbers()))
        ).scalar_one(),
    ]
    names = (("article", "articles"), ("statement", "statements"), ("report", "reports"))
    return ", ".join(f"{n} {one if n == 1 else many}" for n, (one, many) in zip(found, names, strict=True))
