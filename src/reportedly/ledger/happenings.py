"""The reports of a ledger as events: read from the events that they belong to, made when they are asked for."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import sqlalchemy as sa

from reportedly.errors import LedgerError
from reportedly.ledger import schema, views
from reportedly.ledger.families import family
from reportedly.linking import Rules, is_happening, make_event, original_of
from reportedly.linking.clusters import order
from reportedly.records import Copy, Entry, Event, Judgement, Link, make_id

_Placed = tuple[int, str]
# Events made at once, and readings kept in memory meanwhile: an article's events mostly come close together.
_AT_ONCE = 200
_KEPT = 5000


class Happenings:
    """The events of a ledger, within one transaction of its connection."""

    def __init__(self, connection: sa.Connection, rules: Rules) -> None:
        self._connection, self._rules = connection, rules
        self._originals: Mapping[str, str] = {}
        self._copies: list[Copy] = []
        self._judgements = views.judgements(connection)
        self._entries: OrderedDict[int, dict[str, Entry]] = OrderedDict()

    def listed(self) -> list[Event]:
        """All that are happenings, those reported first first."""
        self._copies = views.copies(self._connection)
        self._originals = original_of(self._copies)
        found = [
            (order(entries[0]), event)
            for entries, event in self._made(sorted(self._groups().values()))
            if is_happening(entries)
        ]
        return [event for _, event in sorted(found, key=lambda pair: pair[0])]

    def find(self, event: str) -> Event:
        """The event with this id or the only one whose id starts so, with or without `event-`. Raises LedgerError."""
        groups = self._named(event)
        if len(groups) == 1:
            self._load_copies({reading for reading, _ in next(iter(groups.values()))})
            ((_, made),) = self._made(list(groups.values()))
            return made
        if groups:
            names = ", ".join(sorted(groups)[:5])
            raise LedgerError(f"{len(groups)} events start with {event!r} ({names} …): give more of the id")
        raise LedgerError(f"no event {event!r} in the ledger; `reportedly events` lists them")

    def _named(self, event: str) -> dict[str, list[_Placed]]:
        """The groups whose id is, or starts like, this; the exact one alone where there is one."""
        if not event:
            return {}
        table, found = schema.members.c, dict[str, list[_Placed]]()
        for start in (event, f"event-{event}"):
            query = sa.select(table.event).where(table.event >= start, table.event < f"{start}\U0010ffff").distinct()
            names = [name for (name,) in self._connection.execute(query.limit(10))]
            for name in [start] if start in names else names:
                members = sa.select(table.reading, table.report).where(table.event == name, views.counts(table.reading))
                placed = [(row.reading, row.report) for row in self._connection.execute(members)]
                if placed:
                    found[name] = placed
            if start in found:
                return {start: found[start]}
        starts = (event, f"event-{event}")
        found |= {name: group for name, group in self._alone().items() if name.startswith(starts)}
        return next(({start: found[start]} for start in starts if start in found), found)

    def _load_copies(self, readings: set[int]) -> None:
        """The copies that an event with reports in these readings rests on."""
        taken = {copy.copy_of for copy in views.copies(self._connection, readings=readings)}
        near = family(self._connection, readings | set(views.article_numbers(self._connection, taken)))
        self._originals = near.originals
        articles = {near.names[number] for number in readings}
        roots = {self._originals.get(article, article) for article in taken | articles} | taken | articles
        wanted = [n for n, one in near.names.items() if one in articles or self._originals.get(one) in roots]
        for chunk in views.chunks(wanted):
            self._copies += views.copies(self._connection, readings=chunk)

    def _groups(self) -> dict[str, list[_Placed]]:
        """All groups of reports by event."""
        table, found = schema.members.c, defaultdict[str, list[_Placed]](list)
        query = sa.select(table.reading, table.report, table.event).where(table.reading.in_(views.counting_numbers()))
        for row in self._connection.execute(query):
            found[row.event].append((row.reading, row.report))
        return {**found, **self._alone()}

    def _alone(self) -> dict[str, list[_Placed]]:
        """The reports that have not been linked yet: each is an event of its own."""
        reports, members = schema.reports.c, schema.members.c
        linked = sa.select(members.report).where(members.reading == reports.reading, members.report == reports.id)
        query = sa.select(reports.reading, reports.id).where(~linked.exists(), views.counts(reports.reading))
        return {make_id("event", row.id): [(row.reading, row.id)] for row in self._connection.execute(query)}

    def _made(self, groups: Sequence[list[_Placed]]) -> Iterator[tuple[list[Entry], Event]]:
        """The entries (the first one first) and the event of each group."""
        for at in range(0, len(groups), _AT_ONCE):
            some = groups[at : at + _AT_ONCE]
            readings = sorted({reading for group in some for reading, _ in group})
            self._load(readings)
            home = {report: number for number, group in enumerate(some) for _, report in group}
            links: dict[int, list[Link]] = defaultdict(list)
            for link in views.links_among(self._connection, readings):
                number = home.get(link.left)
                if number is not None and number == home.get(link.right):
                    links[number].append(link)
            made = [[self._entries[reading][report] for reading, report in group] for group in some]
            publishers = self._publishers(made)
            for number, entries in enumerate(made):
                yield sorted(entries, key=order), self._event(entries, links[number], publishers)

    def _load(self, readings: Sequence[int]) -> None:
        missing = [number for number in readings if number not in self._entries]
        for number in readings:
            if number in self._entries:
                self._entries.move_to_end(number)
        while self._entries and len(self._entries) + len(missing) > max(_KEPT, len(readings)):
            self._entries.popitem(last=False)
        for number, entries in views.entries_of(self._connection, missing):
            self._entries[number] = {entry.report.id: entry for entry in entries}

    def _publishers(self, groups: Sequence[Sequence[Entry]]) -> Mapping[str, str | None]:
        """The publishers of all articles in the groups, and of the originals of those that are copies."""
        articles = {entry.article for group in groups for entry in group}
        roots = {copy.copy_of for copy in self._copies if copy.article in articles}
        roots |= {self._originals[article] for article in articles | roots if article in self._originals}
        return {entry.article: entry.publisher for group in groups for entry in group} | views.publishers(
            self._connection, sorted(roots - articles)
        )

    def _event(self, group: Sequence[Entry], links: list[Link], publishers: Mapping[str, str | None]) -> Event:
        ids = {entry.report.id for entry in group}
        return make_event(group, links, self._chained(group), self._judged(ids), publishers, self._rules)

    def _chained(self, group: Sequence[Entry]) -> list[Copy]:
        """The copies among a group's articles; an original that has no report in it may itself be a copy."""
        articles = {entry.article for entry in group}
        taken = articles | {copy.copy_of for copy in self._copies if copy.article in articles}
        roots = taken | {self._originals[article] for article in taken if article in self._originals}
        return [c for c in self._copies if self._originals.get(c.article) in roots or c.article in articles]

    def _judged(self, ids: set[str]) -> list[Judgement]:
        return [j for j in self._judgements if j.left in ids and j.right in ids]
