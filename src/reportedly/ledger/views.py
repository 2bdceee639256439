"""What the ledger shows: everything here is read or computed, nothing is written.

Of an article's readings only the last one counts, in every view.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa

from reportedly.errors import LedgerError, UnreadableInput
from reportedly.ledger import schema
from reportedly.ledger.codec import record_from
from reportedly.ledger.rows import entries_from, reading_key
from reportedly.linking import Rules, cluster, is_happening, make_event, original_of
from reportedly.linking.text import fold
from reportedly.records import Article, Copy, Entry, Event, Judgement, Link, Report, Stance, Statement, make_id

T = TypeVar("T")
Body = Mapping[str, Any]
# Keys asked for at once; SQLite takes 32,766 values in one statement, and bodies must fit into memory.
_CHUNK = 500


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


def _chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]


def has(connection: sa.Connection, article: str, sha256: str, run: str) -> bool:
    """Whether the reading of an article in a run is there."""
    query = sa.select(schema.readings.c.number).where(schema.readings.c.key == reading_key(article, sha256, run))
    return connection.execute(query).first() is not None


def _counting() -> sa.Select[tuple[int]]:
    return sa.select(sa.func.max(schema.readings.c.number)).group_by(schema.readings.c.article_key)


def counting(connection: sa.Connection) -> dict[int, str]:
    """The article of each reading that counts, by number, in the order in which they were added."""
    table = schema.readings.c
    query = sa.select(table.number, table.article).where(table.number.in_(_counting())).order_by(table.number)
    return {row.number: row.article for row in connection.execute(query)}


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


def numbers_in_chunks(connection: sa.Connection) -> list[Sequence[int]]:
    """The readings that count, in pieces that fit into memory."""
    return list(_chunks(list(counting(connection))))


def article_number(connection: sa.Connection, article: str) -> int:
    """The reading of an article that counts. Raises LedgerError when there is none."""
    table = schema.readings.c
    query = sa.select(sa.func.max(table.number)).where(table.article_key == make_id("article", article))
    number = connection.execute(query).scalar_one()
    if number is None:
        raise LedgerError(f"no article {article} in the ledger")
    return int(number)


def report_readings(connection: sa.Connection, reports: Iterable[str]) -> dict[str, int]:
    """The readings that count of the given reports; unknown ones are left out."""
    table = schema.reports.c
    found: dict[str, int] = {}
    for ids in _chunks(sorted(set(reports))):
        query = sa.select(table.id, table.reading).where(table.id.in_(ids), table.reading.in_(_counting()))
        found.update((row.id, row.reading) for row in connection.execute(query))
    return found


def report_articles(connection: sa.Connection, start: str) -> dict[str, int]:
    """The reports whose ids begin so, with the readings that count; at most a few."""
    table = schema.reports.c
    query = sa.select(table.id, table.reading).where(
        table.id.startswith(start, autoescape=True), table.reading.in_(_counting())
    )
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
        .where(reports.reading.in_(_counting()), *_published(filters.since, filters.until))
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
    for numbers in _chunks(sorted(wanted)):
        yield from zip(
            numbers,
            (entries_from(body, wanted[n]) for n, body in _bodies(connection, numbers)),
            strict=True,
        )


def _bodies(connection: sa.Connection, numbers: Sequence[int]) -> Iterator[tuple[int, Mapping[str, Any]]]:
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
        .where(said.reading.in_(_counting()), *_published(since, until))
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
    for numbers in _chunks(sorted(wanted)):
        for number, body in _bodies(connection, numbers):
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


def _last_run(reading: sa.ColumnElement[int]) -> sa.ScalarSelect[str]:
    linked = schema.linked.c
    return sa.select(linked.run).where(linked.reading == reading).scalar_subquery()


def links(connection: sa.Connection) -> list[Link]:
    """The links between reports that count, of the run that linked them last; by ids."""
    table = schema.links.c
    query = (
        sa.select(table.left, table.right, table.score, table.why)
        .where(
            table.left_reading.in_(_counting()),
            table.right_reading.in_(_counting()),
            table.run == _last_run(table.left_reading),
        )
        .order_by(table.left, table.right)
    )
    return [
        Link(left=row.left, right=row.right, score=row.score, why=json.loads(row.why))
        for row in connection.execute(query)
    ]


def copies(connection: sa.Connection) -> list[Copy]:
    """The copies among articles that count, of the run that linked them last; by ids."""
    table, names = schema.copies.c, counting(connection)
    query = sa.select(table.reading, table.original, table.share, table.evidence).where(
        table.reading.in_(_counting()),
        table.original.in_(_counting()),
        table.run == _last_run(table.reading),
    )
    found = [
        Copy(article=names[row.reading], copy_of=names[row.original], share=row.share, evidence=row.evidence)
        for row in connection.execute(query)
    ]
    return sorted(found, key=lambda copy: (copy.article, copy.copy_of))


def unlinked(connection: sa.Connection, run: str) -> set[int]:
    """The readings that count and have not been linked by this run."""
    linked = schema.linked.c
    done = connection.execute(sa.select(linked.reading).where(linked.run == run)).scalars()
    return set(counting(connection)) - set(done)


def judgements(connection: sa.Connection) -> list[Judgement]:
    """All decisions of people, in the order in which they were made."""
    table = schema.judgements
    return [
        Judgement(left=row.left, right=row.right, same=row.same, by=row.judge, at=dt.datetime.fromisoformat(row.judged))
        for row in connection.execute(sa.select(table).order_by(table.c.number))
    ]


def article_numbers(connection: sa.Connection, articles: Sequence[str]) -> list[int]:
    """The readings that count of a few hundred articles, in the order of adding; unknown ones are left out."""
    table = schema.readings.c
    keys = [make_id("article", article) for article in articles]
    query = sa.select(sa.func.max(table.number)).where(table.article_key.in_(keys)).group_by(table.article_key)
    return sorted(connection.execute(query).scalars())


def rejects(connection: sa.Connection) -> list[UnreadableInput]:
    """The inputs that could not be read, by place and reason."""
    table = schema.rejects.c
    query = sa.select(table.location, table.reason, table.detail)
    found = [UnreadableInput(row.location, row.reason, row.detail) for row in connection.execute(query)]
    return sorted(found, key=lambda item: (item.where, item.reason, item.detail))


class Happenings:
    """The reports of the ledger as events: clustered once, each event made when it is asked for.

    `ids` are those of all groups of reports, `listed` the places in it of those that are happenings.
    """

    def __init__(self, connection: sa.Connection, rules: Rules) -> None:
        self._rules = rules
        found, judged = links(connection), judgements(connection)
        everything = entries(connection, Filters())
        self._groups = cluster(everything, found, judged, rules)
        self._publishers = {entry.article: entry.publisher for entry in everything}
        self._publishers |= _publishers(connection)
        self._links = _by_group(self._groups, found)
        self._judgements = judged
        self._copies = copies(connection)
        self._originals = original_of(self._copies)
        self.ids = [make_id("event", group[0].report.id) for group in self._groups]
        self.listed = [number for number, group in enumerate(self._groups) if is_happening(group)]

    def event(self, number: int) -> Event:
        """The event at a place in `ids`."""
        group = self._groups[number]
        articles = {entry.article for entry in group}
        # An original that has no report in the event can itself be a copy: its chain comes along.
        roots = articles | {self._originals[article] for article in articles if article in self._originals}
        chained = [c for c in self._copies if self._originals.get(c.article) in roots or c.article in articles]
        ids = {entry.report.id for entry in group}
        return make_event(
            group,
            self._links.get(number, []),
            chained,
            [j for j in self._judgements if j.left in ids and j.right in ids],
            self._publishers,
            self._rules,
        )

    def find(self, event: str) -> Event:
        """The event with this id or the only one whose id starts so, with or without `event-`. Raises LedgerError."""
        if event in self.ids:
            return self.event(self.ids.index(event))
        starts = (event, f"event-{event}")
        matching = [number for number, name in enumerate(self.ids) if event and name.startswith(starts)]
        if len(matching) == 1:
            return self.event(matching[0])
        if matching:
            names = ", ".join(self.ids[number] for number in matching[:5])
            raise LedgerError(f"{len(matching)} events start with {event!r} ({names} …): give more of the id")
        raise LedgerError(f"no event {event!r} in the ledger; `reportedly events` lists them")


def _publishers(connection: sa.Connection) -> dict[str, str | None]:
    table = schema.articles.c
    publisher = sa.func.coalesce(table.publisher, table.dateline_outlet).label("publisher")
    query = sa.select(table.id, publisher).where(table.reading.in_(_counting()))
    return {row.id: row.publisher for row in connection.execute(query)}


def _by_group(groups: list[list[Entry]], found: list[Link]) -> dict[int, list[Link]]:
    home = {entry.report.id: number for number, group in enumerate(groups) for entry in group}
    held: dict[int, list[Link]] = defaultdict(list)
    for link in found:
        number = home.get(link.left)
        if number is not None and number == home.get(link.right):
            held[number].append(link)
    return held


def summary(connection: sa.Connection) -> str:
    """How much there is, in words."""
    count = sa.func.count()
    reports, said = schema.reports.c.reading, schema.statements.c.reading
    found = [
        len(counting(connection)),
        connection.execute(sa.select(count).select_from(schema.statements).where(said.in_(_counting()))).scalar_one(),
        connection.execute(sa.select(count).select_from(schema.reports).where(reports.in_(_counting()))).scalar_one(),
    ]
    names = (("article", "articles"), ("statement", "statements"), ("report", "reports"))
    return ", ".join(f"{n} {one if n == 1 else many}" for n, (one, many) in zip(found, names, strict=True))
