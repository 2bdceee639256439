"""Works out again which reports of a ledger belong to one event, as far as links or judgements have changed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from reportedly.ledger import schema, store, views
from reportedly.ledger.codec import packed
from reportedly.linking.averages import Days
from reportedly.linking.clusters import TIES, days_told, group_ids, settled, side_by_side
from reportedly.linking.rules import Rules
from reportedly.records import Judgement, Link, make_id

Placed = tuple[int, str]  # a report, with the number of its reading


def regroup(connection: sa.Connection, reports: Iterable[Placed], least: float, rules: Rules) -> None:
    """Works out again the events of these reports, and of all that are connected with them by links or judgements.

    Of more than `piece` connected reports (rules) only those near to the given ones, with the whole of their events.
    """
    judged = views.judgements(connection)
    web = _Web(connection)
    seen = _connected(web, set(reports), judged, int(rules.clusters["piece"]))
    if not seen:
        return
    placed = dict(sorted((report, reading) for reading, report in seen))
    ids = list(placed)
    told = _told(connection, sorted({reading for reading, _ in seen}))
    order = {member: told[member][0] for member in seen}
    says = [(told[placed[report], report][1], told[placed[report], report][2][2]) for report in ids]
    beside = side_by_side((told[placed[report], report][2] for report in ids), rules)
    groups = group_ids(ids, web.links_among(seen), judged, rules, least, says, beside)
    rows = []
    for group in groups:
        members = [(placed[ids[place]], ids[place]) for place in group]
        event = make_id("event", min(members, key=lambda member: order[member])[1])
        rows += [{"reading": reading, "report": report, "event": event} for reading, report in members]
    store.put_members(connection, rows)


def _connected(web: "_Web", reports: set[Placed], judged: Sequence[Judgement], most: int) -> set[Placed]:
    """All reports connected with these; of more than `most` the nearest, ring by ring, but the first ring always."""
    seen, frontier = set(reports), set(reports)
    decided: dict[str, set[str]] = defaultdict(set)
    for left, right in settled(judged):
        decided[left].add(right)
        decided[right].add(left)
    while frontier:
        found = web.linked(frontier) | _members_with(web.connection, frontier)
        named = {other for _, report in frontier for other in decided.get(report, ())}
        found |= {(reading, report) for report, reading in views.report_readings(web.connection, named).items()}
        if len(seen | found) > most and seen > reports:
            return seen | _members_with(web.connection, seen)  # whole events, so that none is torn
        frontier = found - seen
        seen |= frontier
    return seen


class _Web:
    """The links in force of some reports, each read once, with nothing of their evidence but whether they are ties."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        # (reading, report) of both ends, run, score, tie; by the ends.
        self._links: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        self._near: dict[Placed, list[Placed]] = defaultdict(list)
        self._read: set[Placed] = set()

    def linked(self, reports: set[Placed]) -> set[Placed]:
        """The reports that one of these has a link with."""
        for row in self._load(reports - self._read):
            self._near[row[:2]].append(row[2:4])
            self._near[row[2:4]].append(row[:2])
        return {other for report in reports for other in self._near.get(report, ())}

    def links_among(self, reports: set[Placed]) -> list[Link]:
        """The links of which both ends are among these. To be asked for last."""
        self._load(reports - self._read)
        return [
            Link(left=left, right=right, score=score, why={tie: 1.0} if tie else {})
            for left_reading, left, right_reading, right, _, score, tie in self._links.values()
            if (left_reading, left) in reports and (right_reading, right) in reports
        ]

    def _load(self, reports: set[Placed]) -> list[tuple[Any, ...]]:
        """The links of these reports that have not been read before."""
        self._read |= reports
        table = schema.links.c
        # Only ties hold for sure.
        ties = (((table.score == 1.0) & table.why.startswith(packed({tie: 1.0})[:-4]), tie) for tie in TIES)
        query = sa.select(table.left_reading, table.left, table.right_reading, table.right, table.run, table.score)
        query = query.add_columns(sa.case(*ties, else_=None))
        found: list[tuple[Any, ...]] = []
        for chunk in views.chunks(sorted(reports)):
            readings, ids = {reading for reading, _ in chunk}, [report for _, report in chunk]
            # As an expression: else every reading would be looked up with every report.
            left = table.left_reading.in_(readings) & (table.left + "").in_(ids)
            right = table.right_reading.in_(readings) & (table.right + "").in_(ids)
            rows = [tuple(row) for row in self.connection.execute(query.where(left | right)).all()]
            held = views.names(self.connection, {row[place] for row in rows for place in (0, 2)})
            last = views.last_runs(self.connection, {row[0] for row in rows})
            in_force = (row for row in rows if row[0] in held and row[2] in held and last.get(row[0]) == row[4])
            new = [row for row in in_force if row[:4] not in self._links]
            self._links.update((row[:4], row) for row in new)
            found += new
        return found


def _members_with(connection: sa.Connection, reports: set[Placed]) -> set[Placed]:
    """The members of the events that these reports belong to."""
    table = schema.members.c
    events: set[str] = set()
    for chunk in views.chunks(sorted({reading for reading, _ in reports})):
        query = sa.select(table.reading, table.report, table.event).where(table.reading.in_(chunk))
        events |= {row.event for row in connection.execute(query).all() if (row.reading, row.report) in reports}
    found: set[Placed] = set()
    for names in views.chunks(sorted(events)):
        query = sa.select(table.reading, table.report).where(table.event.in_(names), views.counts(table.reading))
        found |= {(row.reading, row.report) for row in connection.execute(query).all()}
    return found


# Who was first (linking.clusters.order); the days told; article, sentence, type and mode.
_Told = tuple[tuple[Any, ...], Days, tuple[int, str, str | None, str | None]]


def _told(connection: sa.Connection, readings: Sequence[int]) -> dict[Placed, _Told]:
    """What grouping wants to know of each report of these readings."""
    reports, articles = schema.reports.c, schema.articles.c
    found: dict[Placed, _Told] = {}
    for chunk in views.chunks(readings):
        query = (
            sa.select(reports.reading, reports.id, reports.trigger_start, reports.first, reports.last, reports.sentence)
            .add_columns(reports.type, reports.mode, articles.published, articles.day, articles.id.label("name"))
            .join_from(schema.reports, schema.articles, reports.reading == articles.reading)
            .where(reports.reading.in_(chunk))
        )
        for row in connection.execute(query).all():
            first = (row.published is None, row.published or "", row.name, row.trigger_start, row.id)
            days = days_told(*(dt.date.fromisoformat(day) if day else None for day in (row.first, row.last, row.day)))
            found[row.reading, row.id] = first, days, (row.reading, row.sentence, row.type, row.mode)
    return found
