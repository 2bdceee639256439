"""From an article to all that it says: calls the extractors in order, and states what every reading promises."""

import importlib.metadata
import re
from collections import deque
from collections.abc import Iterable, Iterator

from reportedly.directory import load_directory, own_digest
from reportedly.encoding import COLUMNS, PAIR_COLUMNS, pair_of, words_of
from reportedly.errors import NOTE_CODES, InvariantError, ResourceError
from reportedly.extract.actors import resolve_actors
from reportedly.extract.events import find_reports, tie_reports, triggers_of
from reportedly.extract.events.scoring import score_of
from reportedly.extract.origins import find_origins
from reportedly.extract.places import resolve_places
from reportedly.extract.stance import rate_stance
from reportedly.extract.statements import find_statements, narrator_statement, settle_statements
from reportedly.extract.times import resolve_times
from reportedly.gazetteer import open_gazetteer
from reportedly.language import load_language
from reportedly.models import NONE, Models, Read, find_package, load_models
from reportedly.ontology import load_ontology
from reportedly.parsing import Parse, Parser, SpacyParser
from reportedly.records import STANCES, Article, Note, Party, Reading, Report, Run, Statement
from reportedly.settings import Settings, load_settings


class Reader:
    """Reads articles. Loads its language pack, ontology, directory, gazetteer, parser and models once.

    Raises ResourceError when one of them is missing (`reportedly doctor` lists what is).
    """

    def __init__(self, settings: Settings | None = None, parser: Parser | None = None) -> None:
        self.settings = settings or load_settings()
        self.language = load_language(self.settings.language)
        self.ontology = load_ontology()
        self.directory = load_directory()
        self.gazetteer = open_gazetteer()
        self.parser = parser or SpacyParser(self.settings.model, self.settings.batch_size)
        self.models = _models(self.settings)
        self.run = Run(
            version=importlib.metadata.version("reportedly"),
            parser=f"{self.parser.name} {self.parser.version}",
            language=self.language.code,
            settings=self.settings.digest,
            models=(
                f"gazetteer {self.gazetteer.digest}",
                *([self.models.package.label] if self.models is not None else ()),
                *([f"own actors {own}"] if (own := own_digest()) is not None else ()),
            ),
        )

    def read(self, article: Article) -> Reading:
        """The reading of one article."""
        return next(self.read_many([article]))

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """One reading an article, in order; the parser works in batches across articles."""
        for article, parse in self.parse_many(articles):
            yield self.derive(article, parse)

    def parse_many(self, articles: Iterable[Article]) -> Iterator[tuple[Article, Parse]]:
        """Each article with its Parse, in order."""
        waiting: deque[Article] = deque()

        def remembered() -> Iterator[Article]:
            for article in articles:
                waiting.append(article)
                yield article

        for parse in self.parser.parse_many(remembered()):
            yield waiting.popleft(), parse

    def statements(self, article: Article, parse: Parse) -> tuple[tuple[Statement, ...], tuple[Note, ...]]:
        """All statements but the narrator's, and the notes to them.

        Without models the rules serve alone and a note says so.
        """
        statements, notes, _ = self._heard(article, parse)
        return statements, notes

    def _heard(self, article: Article, parse: Parse) -> tuple[tuple[Statement, ...], tuple[Note, ...], Read | None]:
        found, notes = find_statements(article, parse, self.language)
        if self.models is None:
            return found, (*notes, Note(code="rules-only")), None
        read = self.models.reading.read(words_of(parse, found))
        settled, more = settle_statements(article, parse, self.language, found, read)
        kept = (note for note in notes if note.code != "source-absent")
        return settled, (*kept, *more), read

    def derive(self, article: Article, parse: Parse) -> Reading:
        """The reading of a parsed article. Raises InvariantError when it breaks a promise: a bug of ours."""
        said, notes, read = self._heard(article, parse)
        statements = (narrator_statement(article, parse, said), *said)
        relation = self.models.relation if self.models is not None else None
        reports = find_reports(article, parse, statements, self.ontology, self.language, read, relation)
        mentions, statements, reports, actor_notes = resolve_actors(
            article, parse, statements, reports, self.directory, self.language
        )
        reports, named, place_notes = resolve_places(article, parse, reports, self.gazetteer, self.language)
        reports, time_notes = resolve_times(article, parse, reports, self.language)
        reports, tie_notes = tie_reports(article, parse, statements, reports, self.language)
        reports, stance_notes = rate_stance(article, parse, statements, reports, self.language, read)
        reports = self._coded(statements, reports)
        reading = Reading(
            run=self.run,
            article=article,
            mentions=mentions,
            statements=statements,
            reports=reports,
            places=named,
            origins=find_origins(article, parse, statements, self.directory),
            notes=(
                *_article_notes(article, self.language.code),
                *notes,
                *actor_notes,
                *place_notes,
                *time_notes,
                *tie_notes,
                *stance_notes,
            ),
            vectors=_vectors(parse, reports, read),
        )
        check(reading)
        return reading

    def pair_shares(self, parse: Parse, actor: range, recipient: range) -> dict[str, float] | None:
        """The relation model's share of each event type, and of none, for two spans of words; None without models."""
        if self.models is None:
            return None
        shares = self.models.relation.shares(*pair_of(parse, actor, recipient, triggers_of(parse, self.ontology)))
        return dict(shares) if shares is not None else None

    def _coded(self, statements: tuple[Statement, ...], reports: tuple[Report, ...]) -> tuple[Report, ...]:
        """The reports from the threshold on, and those that they point back to."""
        if not self.settings.coding:
            return reports
        by_id = {s.id: s for s in statements}
        kept = {r.id for r in reports if score_of(r, by_id[r.statement]) >= self.settings.coding}
        kept |= {r.refers_to for r in reports if r.id in kept and r.refers_to is not None}
        return tuple(r for r in reports if r.id in kept)


def _vectors(parse: Parse, reports: tuple[Report, ...], read: Read | None) -> dict[str, str]:
    """The vector of the sentence that each report stands in, by report."""
    if read is None:
        return {}
    by_sentence: dict[int, str] = {}
    found = {}
    for report in reports:
        tokens = parse.tokens_in(report.trigger.start, report.trigger.end)
        if tokens:
            sentence = parse.sentence_of[tokens.start]
            if sentence not in by_sentence:
                by_sentence[sentence] = read.vector(*parse.sentences[sentence])
            found[report.id] = by_sentence[sentence]
    return found


def _models(settings: Settings) -> Models | None:
    """The models of the language; None without a package or where they are turned off.

    Raises ResourceError for a package whose columns or labels are not those of this version.
    """
    package = find_package(settings.language) if settings.learned else None
    if package is None:
        return None
    models = load_models(package, settings.provider)
    wanted = (COLUMNS, PAIR_COLUMNS, {*load_ontology().types, NONE})
    if (models.reading.columns, models.relation.columns, set(models.relation.labels)) != wanted:
        raise ResourceError(f"{package.folder}: made for another version of reportedly; run `make setup`")
    return models


def _article_notes(article: Article, language: str) -> list[Note]:
    notes = [] if article.published else [Note(code="no-date")]
    if article.language is None:
        notes.append(Note(code="no-language", detail=f"read as {language}"))
    elif article.language.split("-")[0].lower() != language:
        notes.append(Note(code="other-language", detail=f"declared {article.language}, read as {language}"))
    return notes


_CODE = re.compile(r"[A-Z]{3}")


def check(reading: Reading) -> None:
    """What holds for every reading. Raises InvariantError naming the first thing that does not.

    Every span quotes the article; ids are unique and point to what exists; one narrator; types, quads, modes, stances
    and codes are those of the ontology; intervals run forwards; nothing is coded from a skipped part.
    """
    text = reading.article.text
    _check_spans(reading, text)
    statements = {statement.id: statement for statement in reading.statements}
    mentions = {mention.id for mention in reading.mentions}
    _unique("mention", [m.id for m in reading.mentions])
    _unique("statement", [s.id for s in reading.statements])
    _unique("report", [r.id for r in reading.reports])
    if sum(s.is_narrator for s in reading.statements) != 1:
        raise InvariantError(f"{reading.article.id}: a reading has exactly one narrator statement")
    for statement in reading.statements:
        _check_statement(statement, statements, mentions)
    reports = {report.id for report in reading.reports}
    for report in reading.reports:
        _check_report(report, statements, mentions, reports)
    for note in reading.notes:
        if note.code not in NOTE_CODES:
            raise InvariantError(f"note code {note.code!r} is not in errors.NOTE_CODES")
    skipped = [(part.start, part.end) for part in reading.article.skipped]
    for report in reading.reports:
        if any(start <= report.trigger.start < end for start, end in skipped):
            raise InvariantError(f"report {report.id} ({report.trigger.text!r}) was coded from a skipped part")


def _check_spans(reading: Reading, text: str) -> None:
    spans: list[tuple[int | None, int | None, str | None, str]] = []
    for mention in reading.mentions:
        spans.append((mention.start, mention.end, mention.text, "mention"))
    for statement in reading.statements:
        for part in (statement.source, statement.cue, statement.channel, *statement.content):
            if part is not None and not (statement.is_narrator and part is statement.source):
                spans.append((part.start, part.end, part.text, "statement"))
    for report in reading.reports:
        for piece in (report.trigger, *report.actors, *report.recipients, report.place, report.time, *report.numbers):
            if piece is not None:
                spans.append((piece.start, piece.end, piece.text, "report"))
    for place in reading.places:
        spans.append((place.start, place.end, place.text, "place"))
    for origin in reading.origins:
        spans.append((origin.start, origin.end, origin.text, "origin"))
    for start, end, words, what in spans:
        if start is None or end is None or not 0 <= start < end <= len(text) or text[start:end] != words:
            raise InvariantError(f"{what} span {start}:{end} does not quote the article: {words!r}")
    for skipped in reading.article.skipped:
        if not 0 <= skipped.start < skipped.end <= len(text):
            raise InvariantError(f"skipped part {skipped.start}:{skipped.end} lies outside the article")


def _unique(what: str, ids: list[str]) -> None:
    if len(set(ids)) != len(ids):
        twice = next(i for i in ids if ids.count(i) > 1)
        raise InvariantError(f"two {what}s share the id {twice}")


def _check_statement(statement: Statement, statements: dict[str, Statement], mentions: set[str]) -> None:
    seen = {statement.id}
    at = statement
    while at.within is not None:
        if at.within not in statements or at.within in seen:
            raise InvariantError(f"statement {statement.id}: within {at.within} does not exist or runs in a circle")
        seen.add(at.within)
        at = statements[at.within]
    source = statement.source
    if source and source.mention is not None and source.mention not in mentions:
        raise InvariantError(f"statement {statement.id}: its source's mention {source.mention} does not exist")
    if not statement.is_narrator and statement.cue is None and not statement.content:
        raise InvariantError(f"statement {statement.id} has neither cue nor content")


def _check_report(report: Report, statements: dict[str, Statement], mentions: set[str], reports: set[str]) -> None:
    what = f"report {report.id} ({report.trigger.text!r})"
    ontology = load_ontology()
    if report.statement not in statements:
        raise InvariantError(f"{what} has no statement")
    if report.refers_to is not None and (report.refers_to not in reports or report.refers_to == report.id):
        raise InvariantError(f"{what} refers to {report.refers_to}, which does not exist")
    if report.type is None:
        if (report.quad, report.mode) != (None, None):
            raise InvariantError(f"{what} has no type but quad {report.quad} and mode {report.mode}")
    elif report.type not in ontology.types:
        raise InvariantError(f"{what}: {report.type} is no event type")
    elif report.quad != ontology.types[report.type].quad:
        raise InvariantError(f"{what}: quad {report.quad} is not that of {report.type}")
    elif report.mode is not None and report.mode not in ontology.types[report.type].modes:
        raise InvariantError(f"{what}: {report.mode} is no mode of {report.type}")
    if unknown := set(report.contexts) - set(ontology.contexts):
        raise InvariantError(f"{what}: {unknown} are no contexts")
    if report.stance not in STANCES:
        raise InvariantError(f"{what}: {report.stance} is no stance")
    for party in (*report.actors, *report.recipients):
        _check_party(what, party, mentions)
    if report.time and report.time.first and report.time.last and report.time.first > report.time.last:
        raise InvariantError(f"{what}: its time runs backwards: {report.time.first} to {report.time.last}")
    place = report.place
    if (
        place
        and place.lat is not None
        and place.lon is not None
        and not (abs(place.lat) <= 90 and abs(place.lon) <= 180)
    ):
        raise InvariantError(f"{what}: {place.lat}, {place.lon} are no coordinates")
    if any(n.low < 0 or (n.high is not None and n.high < n.low) for n in report.numbers):
        raise InvariantError(f"{what}: a number of people below nothing, or whose bounds are crossed")


def _check_party(what: str, party: Party, mentions: set[str]) -> None:
    if party.mention is not None and party.mention not in mentions:
        raise InvariantError(f"{what}: the mention {party.mention} of {party.text!r} does not exist")
    if party.country is not None and not _CODE.fullmatch(party.country):
        raise InvariantError(f"{what}: {party.country!r} is no country code")
    if any(not _CODE.fullmatch(sector) for sector in party.sectors):
        raise InvariantError(f"{what}: {party.sectors} are no sector codes")
