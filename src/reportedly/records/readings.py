"""What is read off one article: the nouns of a reading."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from reportedly.records.base import (
    READING_SCHEMA,
    CertaintyLabel,
    MentionKind,
    Modality,
    NumberKind,
    QuoteKind,
    Record,
    SourceKind,
    Span,
    Stance,
    html_table,
    make_id,
)


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
        return html_table(("source", "cue", "words", "relayed by"), [row])


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
    """All that was derived from one article in one run. `vectors`: by report, for linking, those of the sentences that
    reports stand in (models/sentences.py); not part of the JSON."""

    run: Run
    article: Article
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    reports: tuple[Report, ...] = ()
    places: tuple[Place, ...] = ()
    origins: tuple[Origin, ...] = ()
    notes: tuple[Note, ...] = ()
    vectors: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of CONTRACT, `reportedly/reading/1`."""
        body = Record.to_dict(self)
        body["run"]["id"] = self.run.id
        del body["vectors"]
        return {"schema": READING_SCHEMA, **body}

    def _repr_html_(self) -> str:
        rows = []
        by_id = {statement.id: statement for statement in self.statements}
        for report in self.reports:
            source = by_id[report.statement].source
            who = source.name or source.text or source.kind if source else "no source given"
            parties = [", ".join(p.name or p.text for p in side) for side in (report.actors, report.recipients)]
            rows.append((who, report.stance, report.type or "(untyped)", *parties, report.trigger.text))
        return html_table(("source", "stance", "type", "actors", "recipients", "words"), rows)


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
