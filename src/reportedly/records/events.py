"""What is computed over articles: copies, links, judgements, events."""

import dataclasses
import datetime as dt
import html
from collections.abc import Mapping
from typing import Any, Literal

from reportedly.records.base import EVENT_SCHEMA, CertaintyLabel, Record, SourceKind, Span, Stance, Status, html_table
from reportedly.records.readings import Actor, Place, Report, Statement


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Record):
    """A report as the ledger holds it, with its statement and its article's head; `persons`: mentions that name one
    (two people of one state are not one party)."""

    report: Report
    statement: Statement
    source_actor: Actor | None
    article: str
    publisher: str | None
    published: dt.datetime | dt.date | None
    title: str | None
    origins: tuple[str, ...]
    sentence: str
    url: str | None = None
    persons: tuple[str, ...] = ()

    @property
    def day(self) -> dt.date | None:
        """The day of publication."""
        return self.published.date() if isinstance(self.published, dt.datetime) else self.published


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Copy(Record):
    """One article's text, whole or in part, stands in another. `share` is the share of the copy's sentences found
    there, `sentences` are those, where they stand in the copy."""

    article: str
    copy_of: str
    share: float
    evidence: str
    kind: Literal["whole", "part"] = "whole"
    sentences: tuple[Span, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Link(Record):
    """A machine's view that two reports tell of one happening: `score` from 0 to 1 and the parts it is made of."""

    left: str
    right: str
    score: float
    why: Mapping[str, float]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(Record):
    """A person's decision on two reports, dated; a later one on the same pair replaces it, None takes it back."""

    left: str
    right: str
    same: bool | None
    by: str
    at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EventReport(Record):
    """One line of an event's record: who says what about it, where. `start:end` is where the quote stands in the
    article's text, None where it is put together from several places."""

    report: str
    article: str
    publisher: str | None
    published: dt.datetime | dt.date | None
    statement: str
    source: str | None
    source_kind: SourceKind | None
    stance: Stance
    certainty: CertaintyLabel
    quote: str
    relayed_by: str | None
    copy_of: str | None
    url: str | None = None
    title: str | None = None
    start: int | None = None
    end: int | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NumberRange(Record):
    """A count over all reports of an event; never one number chosen in silence."""

    min: int | None
    max: int | None
    by_source: tuple[Mapping[str, Any], ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement(Record):
    """A field on which the reports of an event differ: `values` lists {"value", "reports", "sources", "since"}, `since`
    the day on which the value was first published."""

    field: str
    values: tuple[Mapping[str, Any], ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """One happening over all articles: a computed view, never stored as totals. `history`: what changed in the course
    of reporting, oldest first; `origin_graph`: whom its articles credit, as {"nodes", "edges"}."""

    id: str
    summary: str
    type: str | None
    quad: str | None
    mode: str | None
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    places: tuple[Place, ...]
    first: dt.date | None
    last: dt.date | None
    first_reported: dt.datetime | dt.date | None
    last_reported: dt.datetime | dt.date | None
    status: Status
    status_reason: str
    grade: int
    articles: int
    copies: int
    publishers: int
    origins: int
    origin_names: tuple[str, ...]
    killed: NumberRange
    injured: NumberRange
    reports: tuple[EventReport, ...]
    disagreements: tuple[Disagreement, ...]
    why: tuple[Mapping[str, Any], ...]
    history: tuple[Mapping[str, Any], ...] = ()
    origin_graph: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of CONTRACT, `reportedly/event/1`."""
        return {"schema": EVENT_SCHEMA, **Record.to_dict(self)}

    def _repr_html_(self) -> str:
        head = f"<p><b>{html.escape(self.summary)}</b> ({self.status}: {html.escape(self.status_reason)})</p>"
        rows = [(r.publisher, r.source or r.source_kind, r.stance, r.quote) for r in self.reports]
        return head + html_table(("publisher", "source", "stance", "words"), rows)
