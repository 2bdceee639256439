"""The Ledger: opens, adds, links, shows."""

import datetime as dt
import hashlib
import importlib.metadata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from reportedly.errors import LedgerError, UnreadableInput
from reportedly.ledger import store, views
from reportedly.ledger.copying import add_sketches, link_copies
from reportedly.ledger.families import family
from reportedly.ledger.happenings import Happenings
from reportedly.ledger.joining import add_profiles, link_reports, profile_of_reading
from reportedly.ledger.opening import WRITING, open_engine
from reportedly.ledger.regrouping import regroup
from reportedly.ledger.rows import article_from, reading_from
from reportedly.ledger.views import Filters, StatementRow
from reportedly.linking import load_rules
from reportedly.linking.terms import version_of
from reportedly.records import Article, Copy, Entry, Event, Judgement, Link, Reading, Report, Run, Stance
from reportedly.resources import data_path, sha256_of
from reportedly.settings import Settings, load_settings

_PIECE = 500  # readings asked for at once


class Ledger:
    """What was reported, who said so, who denies it: a SQLite file or a PostgreSQL database.

    Made and migrated on opening; several processes may write at once. Use it as a context manager or call `close()`.
    Of an article's readings (under several runs, or after its text changed) the one added last counts; the older
    ones are kept. Events are views of the readings that count, the links and the judgements; which of them a report
    belongs to is kept like an index.

    Raises LedgerError when it cannot be opened or written, is no ledger, or was made by a newer version.
    """

    def __init__(self, where: str | Path, create: bool = True, settings: Settings | None = None) -> None:
        self.where = where
        self._settings = settings or load_settings()
        self._rules = load_rules()
        self._engine = open_engine(where, create)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the database; a second call does nothing."""
        self._engine.dispose()

    def _writing(self) -> AbstractContextManager[sa.Connection]:
        return self._engine.execution_options(**{WRITING: True}).begin()

    def _reading(self) -> AbstractContextManager[sa.Connection]:
        return self._engine.begin()

    # What is added

    def add(self, reading: Reading) -> bool:
        """Adds a reading in one transaction: it is in the ledger whole when this returns.

        False when the reading of the same article, text and run is there already; nothing is changed then.
        """
        return self.add_many([reading])[0]

    def add_many(self, readings: Iterable[Reading]) -> list[bool]:
        """Adds readings in one transaction, all or none: the same as adding each, several times as fast.

        For each whether it is new, as `add` says it. They are in memory at once: hundreds at a time are enough.
        """
        readings = list(readings)
        with self._writing() as connection:
            numbers = store.add_readings(connection, readings)
            told = zip(numbers, readings, strict=True)
            new = ((number, profile_of_reading(reading, self._rules)) for number, reading in told if number is not None)
            add_profiles(connection, new, self._rules)
        return [number is not None for number in numbers]

    def add_reject(self, item: UnreadableInput) -> None:
        """Notes an input that could not be read."""
        with self._writing() as connection:
            store.add_reject(connection, item)

    def add_links(self, links: Iterable[Link]) -> None:
        """Adds links, as of the linking run in force. Raises LedgerError for a report that the ledger does not have."""
        links = list(links)
        run = self.linking_run
        with self._writing() as connection:
            readings = views.report_readings(connection, {i for link in links for i in (link.left, link.right)})
            store.add_run(connection, run)
            store.add_links(connection, links, readings, run.id)
            add_sketches(connection, {*readings.values()}, self._rules)
            store.mark_linked(connection, {*readings.values()}, run.id)
            self._regroup(connection, readings)

    def add_copies(self, copies: Iterable[Copy]) -> None:
        """Adds copies, as of the linking run in force. Raises LedgerError for an article that is not there."""
        copies = list(copies)
        run = self.linking_run
        with self._writing() as connection:
            readings = {article: number for number, article in views.counting(connection).items()}
            store.add_run(connection, run)
            store.add_copies(connection, copies, readings, run.id)
            named = {readings[article] for copy in copies for article in (copy.article, copy.copy_of)}
            add_sketches(connection, named, self._rules)
            store.mark_linked(connection, named, run.id)

    def judge(self, left: str, right: str, same: bool | None, by: str) -> Judgement:
        """A person's decision that two reports tell of one happening (True) or of two (False); None takes it back.

        It overrules the links and any earlier judgement of the pair. Raises LedgerError for an unknown report.
        """
        if left == right:
            raise LedgerError(f"{left}: a report cannot be judged against itself")
        judgement = Judgement(left=left, right=right, same=same, by=by, at=dt.datetime.now(dt.UTC))
        with self._writing() as connection:
            known = views.report_readings(connection, (left, right))
            for report in (left, right):
                if report not in known:
                    raise LedgerError(f"no report {report} in the ledger")
            store.add_judgement(connection, judgement)
            self._regroup(connection, known)
        return judgement

    def judge_copy(self, article: str, copy_of: str, same: bool | None, by: str) -> Judgement:
        """A person's decision that an article copies another (True) or does not (False); None takes it back.

        It overrules what linking finds and any earlier judgement of the same two in the same order, in all views. The
        judgement's `left` is the copy, `right` the original. Reports go by it at once where linking has been there.
        Raises LedgerError for an unknown article.
        """
        if article == copy_of:
            raise LedgerError(f"{article}: an article is no copy of itself")
        judgement = Judgement(left=article, right=copy_of, same=same, by=by, at=dt.datetime.now(dt.UTC))
        with self._writing() as connection:
            both = [views.article_number(connection, name) for name in (article, copy_of)]
            before = family(connection, both)
            store.add_copy_judgement(connection, judgement)
            link_reports(connection, self.linking_run.id, set(), before, self._settings.link_score, self._rules)
        return judgement

    # Linking

    @property
    def linking_run(self) -> Run:
        """What links are made by: this version of the code, its rules and the thresholds of the settings."""
        model = sha256_of(data_path("linking/model.json"))
        kept = (version_of(self._rules), model, self._settings.copy_share, self._settings.link_score)
        digest = hashlib.sha256(repr(kept).encode()).hexdigest()[:12]
        return Run(version=importlib.metadata.version("reportedly"), parser="linking", language="", settings=digest)

    def link(self) -> None:
        """Finds copies and links of everything again from scratch, in one transaction. Judgements stay in force."""
        self._link(lambda connection, run: None)

    def link_new(self) -> None:
        """Links the readings that were added since the last linking with each other and with all others.

        Only articles that share keys with a new one are loaded, for copies as for links: the ledger has indexes of
        both. Then the events of all that is connected with the new reports are worked out again. Nothing is done when
        nothing is new. After a change of version, rules or thresholds everything is linked from scratch.
        """

        def new(connection: sa.Connection, run: str) -> set[int] | None:
            return views.unlinked(connection, run) if views.any_linked(connection, run) else None

        self._link(new)

    def _link(self, choose: Callable[[sa.Connection, str], set[int] | None]) -> None:
        run = self.linking_run
        with self._writing() as connection:
            new = choose(connection, run.id)
            if new is not None and not new:
                return
            store.add_run(connection, run)
            if new is None:
                store.drop_links(connection, run.id)
            before = link_copies(connection, run.id, new, self._settings.copy_share, self._rules)
            store.mark_linked(connection, views.counting(connection) if new is None else new, run.id)
            link_reports(connection, run.id, new, before, self._settings.link_score, self._rules)

    def _regroup(self, connection: sa.Connection, reports: Mapping[str, int]) -> None:
        regroup(
            connection, ((reading, name) for name, reading in reports.items()), self._settings.link_score, self._rules
        )

    # What it shows

    def has(self, article: str, sha256: str, run: str) -> bool:
        """Whether the reading of this article with this text in this run is in the ledger."""
        with self._reading() as connection:
            return views.has(connection, article, sha256, run)

    def has_article(self, article: str) -> bool:
        """Whether an article with this id is in the ledger."""
        with self._reading() as connection:
            return views.has_article(connection, article)

    def articles(self) -> Iterator[Article]:
        """The articles, in the order in which they were (last) added."""
        yield from (article_from(body, text) for body, text in self._stored())

    def article(self, article: str) -> Article:
        """One article by its id. Raises LedgerError when it is not there."""
        return self.reading(article).article

    def readings(self) -> Iterator[Reading]:
        """The readings that count, equal to those added, in the order in which they were added."""
        yield from (reading_from(body, text) for body, text in self._stored())

    def reading(self, article: str) -> Reading:
        """The reading of one article that counts. Raises LedgerError when it is not there."""
        with self._reading() as connection:
            number = views.article_number(connection, article)
            return reading_from(*next(views.stored(connection, [number])))

    def readings_of(self, event: Event) -> list[Reading]:
        """The readings of the articles that an event's reports stand in, and no others, in the order of adding."""
        wanted = sorted({line.article for line in event.reports})
        pieces = [wanted[start : start + _PIECE] for start in range(0, len(wanted), _PIECE)]
        with self._reading() as connection:
            numbers = sorted(n for piece in pieces for n in views.article_numbers(connection, piece))
            return [
                reading_from(*pair)
                for start in range(0, len(numbers), _PIECE)
                for pair in views.stored(connection, numbers[start : start + _PIECE])
            ]

    def report(self, report: str) -> tuple[Article, Report]:
        """One report by its id or a unique start of it, with its article.

        Raises LedgerError when there is none, or are several.
        """
        with self._reading() as connection:
            found = views.report_articles(connection, report)
            if len(found) != 1:
                raise LedgerError(f"{len(found) or 'no'} reports begin with {report!r}: give an id as exports list it")
            ((ident, number),) = found.items()
            reading = reading_from(*next(views.stored(connection, [number])))
        return reading.article, next(known for known in reading.reports if known.id == ident)

    def _stored(self) -> Iterator[tuple[views.Body, str]]:
        # No transaction stays open between pieces: who iterates may write meanwhile.
        with self._reading() as connection:
            chunks = views.numbers_in_chunks(connection)
        for chunk in chunks:
            with self._reading() as connection:
                found = list(views.stored(connection, chunk))
            yield from found

    def entries(
        self,
        *,
        articles: Iterable[str] | None = None,
        types: Iterable[str] | None = None,
        stance: Stance | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
    ) -> list[Entry]:
        """Reports with their statements and the heads of their articles, by article and position.

        `since` and `until` are days of publication, both included; articles without a date are left out then.
        """
        filters = Filters(
            articles=None if articles is None else frozenset(articles),
            types=None if types is None else frozenset(types),
            stance=stance,
            since=since,
            until=until,
        )
        with self._reading() as connection:
            return views.entries(connection, filters)

    def statements(
        self,
        *,
        source: str | None = None,
        stance: Stance | None = None,
        event: str | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
    ) -> list[StatementRow]:
        """Who said what, by article and position.

        `source` is a part of the source's name or words, whatever its case; `stance` is that of at least one of its
        reports; `event` an event's id or the start of one; `since` and `until` are days of publication, both included.
        Raises LedgerError for an unknown event.
        """
        with self._reading() as connection:
            said = None
            if event is not None:
                found = Happenings(connection, self._rules).find(event)
                said = frozenset(line.statement for line in found.reports)
            return views.statement_rows(connection, source, stance, said, since, until)

    def events(self) -> list[Event]:
        """The happenings, each over all its reports, those reported first first.

        Left out is what is no happening by docs/linking.md: what one article alone asserts and no event type covers,
        and plans and conditions of which nobody speaks as done and nobody confirms, denies, doubts, judges or refuses
        to speak. `event` shows them too.
        """
        with self._reading() as connection:
            return Happenings(connection, self._rules).listed()

    def event(self, event: str) -> Event:
        """One happening by its id or a unique start of it. Raises LedgerError when there is none, or are several."""
        with self._reading() as connection:
            return Happenings(connection, self._rules).find(event)

    def links(self) -> list[Link]:
        """The links in force."""
        with self._reading() as connection:
            return views.links(connection)

    def copies(self) -> list[Copy]:
        """The copies in force, whole and in part, after people's decisions."""
        with self._reading() as connection:
            return views.copies(connection)

    def judgements(self) -> list[Judgement]:
        """All decisions of people on reports, oldest first, also those that later ones replaced."""
        with self._reading() as connection:
            return views.judgements(connection)

    def copy_judgements(self) -> list[Judgement]:
        """All decisions of people on copies, oldest first; `left` is the copy, `right` the original."""
        with self._reading() as connection:
            return views.copy_judgements(connection)

    def rejects(self) -> list[UnreadableInput]:
        """The inputs that could not be read."""
        with self._reading() as connection:
            return views.rejects(connection)

    def summary(self) -> str:
        """How much there is, in words."""
        with self._reading() as connection:
            return views.summary(connection)
