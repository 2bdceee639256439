"""Every noun of the system, as frozen records. Imports nothing of ours.

Offsets are half-open character positions in `Article.text`; `text[start:end]` is always the quoted string.
`to_dict()` gives the JSON of CONTRACT: `reportedly/reading/1` and `reportedly/event/1`.
"""

import dataclasses
import datetime as dt
import hashlib
import html
import json
from collections.abc import Mapping
from typing import Any, Literal, get_args

MentionKind = Literal["person", "organisation", "group", "country", "place", "outlet", "document", "role", "other"]
SourceKind = Literal["person", "official", "organisation", "outlet", "document", "unnamed", "narrator"]
QuoteKind = Literal["direct", "indirect", "mixed"]
Stance = Literal["asserts", "confirms", "denies", "declines", "doubts", "endorses", "condemns"]
CertaintyLabel = Literal["CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "UU"]
Modality = Literal["actual", "planned", "conditional", "historical"]
Status = Literal["admitted", "confirmed", "claimed", "disputed", "denied", "unverified"]
NumberKind = Literal["killed", "injured", "captured", "size"]

STANCES: tuple[Stance, ...] = get_args(Stance)
READING_SCHEMA = "reportedly/reading/1"
EVENT_SCHEMA = "reportedly/event/1"


def make_id(prefix: str, *parts: str | int | float | None) -> str:
    """A stable identifier: `prefix` and 16 hex digits of the SHA-256 of a JSON list of the parts.

    A JSON list keeps ("ab", "c") and ("a", "bc") apart; the same parts give the same id on every machine.
    """
    packed = json.dumps([prefix, *parts], ensure_ascii=False, separators=(",", ":"))
    return f"{prefix}-{hashlib.sha256(packed.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _plain(value: Any) -> Any:
    """A record's field as JSON-ready data."""
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, tuple | list | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, dt.date):  # a datetime is a date too
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The base of all records: frozen, picklable, with `to_dict()`."""

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, strings and numbers, keys in the order of the fields; dates in ISO 8601."""
        return {field.name: _plain(getattr(self, field.name)) for field in dataclasses.fields(self)}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Span(Record):
    """Words of an article."""

    start: int
    end: int
    text: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Skipped(Record):
    """A part of the text that is not the report; `reason` is one of intake's skip reasons."""

    start: int
    end: int
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Dateline(Record):
    """The agency line before the first sentence: WASHINGTON, Dec. 3 (Reuters) -. `start:end` covers it whole."""

    place: str | None
    outlet: str | None
    date: str | None
    start: int
    end: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Article(Record):
    """One report as it was published. `text` is what was read and is never altered.

    `published_raw` is the date as the input wrote it, `published_rule` where it was found (`flag`, `json`, `json-ld`,
    `opengraph`, `page`, `dateline`). `title` and `byline` are words; `title_span` is where they stand in `text`.
    """

    id: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    byline: str | None = None
    dateline: Dateline | None = None
    published: dt.datetime | dt.date | None = None
    published_raw: str | None = None
    published_rule: str | None = None
    retrieved: dt.datetime | None = None
    language: str | None = None
    sha256: str
    text: str
    title_span: Span | None = None
    skipped: tuple[Skipped, ...] = ()
    path: str | None = None

    @property
    def day(self) -> dt.date | None:
        """The day of publication, without its clock time."""
        return self.published.date() if isinstance(self.published, dt.datetime) else self.published


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Actor(Record):
    """Who acts or speaks. `country`: ISO 3166-1 alpha-3, PLOVER's IGO UNO EUR NGO ISM IMG MNC, or XKX; `sectors`: those
    of PLOVER, the main one first."""

    name: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    kind: MentionKind = "other"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Record):
    """Words in one article that name somebody; `name` is the fullest form the article (or our data) gives."""

    id: str
    kind: MentionKind
    start: int
    end: int
    text: str
    name: str | None
    actor: Actor | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """Who speaks in a statement. The narrator's has kind `narrator` and no words of its own."""

    mention: str | None = None
    text: str | None = None
    start: int | None = None
    end: int | None = None
    name: str | None = None
    kind: SourceKind


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Record):
    """Who said what. `source` None: the article gives none ("reportedly", "it was claimed that").

    `cue_class` is the class of the cue in the language pack (say, confirm, deny, decline, …), None for the narrator.
    `within` is the id of the statement that contains this one ("A said that B denied …").
    """

    id: str
    source: Source | None
    cue: Span | None
    cue_class: str | None
    content: tuple[Span, ...]
    quote: QuoteKind
    channel: Span | None = None
    relayed_by: str | None = None
    within: str | None = None

    @property
    def is_narrator(self) -> bool:
        """Whether this is what the outlet reports in its own voice."""
        return self.source is not None and self.source.kind == "narrator"

    def _repr_html_(self) -> str:
        who = self.source.name or self.source.text or self.source.kind if self.source else "no source given"
        row = (who, self.cue and self.cue.text, " … ".join(part.text for part in self.content), self.relayed_by)
        return _html_table(("source", "cue", "words", "relayed by"), [row])


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Party(Record):
    """One who acts in or receives a happening, as one report gives it."""

    mention: str | None
    text: str
    start: int
    end: int
    name: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Place(Record):
    """A place named in the text, resolved as far as the gazetteer goes.

    `lat` and `lon` are WGS 84 degrees; `geometry` (GeoJSON), or a circle of `radius_km`, should hold the truth nine
    times in ten. `kind` is the gazetteer's; `precision` UCDP GED's where_prec, 1 (the very place) to 7 (open sea);
    `basis` how a report came by it; `runners_up` what else the name may mean.
    """

    text: str
    start: int
    end: int
    name: str | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    radius_km: float | None = None
    geometry: Mapping[str, Any] | None = None
    score: float | None = None
    kind: str | None = None
    precision: int | None = None
    basis: str | None = None
    runners_up: tuple[Mapping[str, Any], ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TimeSpan(Record):
    """A time expression as an interval of days, both ends included; an open end is None. `value` is TimeML's. `basis`:
    how a report came by it where not from its own sentence: "earlier", "lead", "dateline"."""

    text: str
    start: int
    end: int
    first: dt.date | None = None
    last: dt.date | None = None
    grain: str | None = None
    value: str | None = None
    basis: str | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Number(Record):
    """A count as reported: at least `low`, at most `high` (None: open), with its words."""

    kind: NumberKind
    low: int
    high: int | None
    start: int
    end: int
    text: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Report(Record):
    """One happening as one statement gives it. No report without a statement.

    `type` None: a position on a happening outside PLOVER's types (note `untyped`). `killed`, `injured` and `size` are
    the counts as reported (the lower bound of `numbers`); `refers_to` is the id of the report that a noun, a pronoun or
    a bare refusal points back to.
    """

    id: str
    statement: str
    type: str | None
    quad: str | None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    trigger: Span
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    place: Place | None = None
    time: TimeSpan | None = None
    killed: int | None = None
    injured: int | None = None
    size: int | None = None
    numbers: tuple[Number, ...] = ()
    modality: Modality = "actual"
    negated: bool = False
    stance: Stance = "asserts"
    certainty: CertaintyLabel = "CT+"
    refers_to: str | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Origin(Record):
    """An outlet, agency or document that the article credits for what it reports."""

    name: str
    start: int
    end: int
    text: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Note(Record):
    """Something that the article does not say or that we are not sure of; `code` is one of errors.NOTE_CODES."""

    code: str
    start: int | None = None
    end: int | None = None
    detail: str | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Run(Record):
    """What made a reading: enough to make it again."""

    version: str
    parser: str
    language: str
    settings: str
    models: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The same code, models and settings give the same run id."""
        return make_id("run", self.version, self.parser, self.language, self.settings, *self.models)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Record):
    """All that was derived from one article in one run."""

    run: Run
    article: Article
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    reports: tuple[Report, ...] = ()
    places: tuple[Place, ...] = ()
    origins: tuple[Origin, ...] = ()
    notes: tuple[Note, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of CONTRACT, `reportedly/reading/1`."""
        body = Record.to_dict(self)
        body["run"]["id"] = self.run.id
        return {"schema": READING_SCHEMA, **body}

    def _repr_html_(self) -> str:
        rows = []
        by_id = {statement.id: statement for statement in self.statements}
        for report in self.reports:
            source = by_id[report.statement].source
            who = source.name or source.text or source.kind if source else "no source given"
            parties = [", ".join(p.name or p.text for p in side) for side in (report.actors, report.recipients)]
            rows.append((who, report.stance, report.type or "(untyped)", *parties, report.trigger.text))
        return _html_table(("source", "stance", "type", "actors", "recipients", "words"), rows)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Certainty(Record):
    """FactBank's certainty of an event word and its value from -3.0 (certainly not) to 3.0 (certainly)."""

    label: CertaintyLabel
    value: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Coding(Record):
    """PLOVER type of a pair; `scores`: each root type's share; `unrelated`: that of none (None: rules coded)."""

    type: str
    quad: str
    mode: str | None
    scores: Mapping[str, float]
    unrelated: float | None = None


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
    """One article's text stands (nearly) whole in another. `share` is the share of the copy's sentences found there."""

    article: str
    copy_of: str
    share: float
    evidence: str


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
    """One line of an event's record: who says what about it, where."""

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


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NumberRange(Record):
    """A count over all reports of an event; never one number chosen in silence."""

    min: int | None
    max: int | None
    by_source: tuple[Mapping[str, Any], ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement(Record):
    """A field on which the reports of an event differ: `values` lists {"value", "reports"}."""

    field: str
    values: tuple[Mapping[str, Any], ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """One happening over all articles: a computed view, never stored as totals."""

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

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of CONTRACT, `reportedly/event/1`."""
        return {"schema": EVENT_SCHEMA, **Record.to_dict(self)}

    def _repr_html_(self) -> str:
        head = f"<p><b>{html.escape(self.summary)}</b> ({self.status}: {html.escape(self.status_reason)})</p>"
        rows = [(r.publisher, r.source or r.source_kind, r.stance, r.quote) for r in self.reports]
        return head + _html_table(("publisher", "source", "stance", "words"), rows)


def _html_table(head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    lines = ["".join(f"<th>{name}</th>" for name in head)]
    lines += ["".join(f"<td>{html.escape(str(cell or ''))}</td>" for cell in cells) for cells in rows]
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"
