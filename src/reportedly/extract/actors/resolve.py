"""Ties the words for sources and parties to full names and coded actors, and records every mention."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace

from reportedly.directory import Directory, split_words
from reportedly.extract.actors.cast import Cast, Entity
from reportedly.extract.actors.outlets import OutletNames
from reportedly.extract.actors.phrases import bare
from reportedly.extract.actors.pointing import Pointer, publishes
from reportedly.extract.actors.salience import Salience
from reportedly.extract.actors.scene import Scene
from reportedly.extract.actors.states import STATE, States
from reportedly.extract.actors.words import load_words
from reportedly.language import Language
from reportedly.parsing import Parse
from reportedly.records import (
    Actor,
    Article,
    Mention,
    Note,
    Party,
    Report,
    Source,
    SourceKind,
    Statement,
    make_id,
)

_ASIDE = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})


@dataclass(slots=True)
class _Work:
    """What has been found so far: entities by character span, mentions by span, notes."""

    scene: Scene
    pointer: Pointer
    outlets: OutletNames
    statements: dict[str, Statement]
    entities: dict[tuple[int, int], Entity | None] = field(default_factory=dict)
    mentions: dict[tuple[int, int], Mention] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def sweep(self, parties: Iterable[Party]) -> None:
        """Resolves all spans in text order, so that what points back finds what came before."""
        scene = self.scene
        sources: dict[tuple[int, int], str] = {}
        for statement in self.statements.values():
            source = statement.source
            if source and source.start is not None and source.end is not None:
                sources.setdefault((source.start, source.end), statement.id)
        around = {statement.within for statement in self.statements.values()}
        spans = {*sources, *((party.start, party.end) for party in parties)}
        heads = {scene.head_of(*span) for span in spans}
        asides = {span for span in self._role_phrases(heads) if span not in spans}
        names: dict[tuple[int, int], str] = {}
        for at, canonical in scene.cast.by_name.items():
            name = scene.parse.names[at]
            names.setdefault((scene.parse.start[name.first], scene.parse.end[name.stop - 1]), canonical)
        cover: tuple[int, int, Entity | None] = (0, 0, None)
        for span in sorted({*spans, *names, *asides}, key=lambda s: (s[0], -s[1])):
            if span in spans:
                entity = self.pointer.resolve(*span, sources.get(span)) or self._described(span, sources.get(span))
                self.entities[span] = entity
                cover = (*span, entity)
            elif span not in names:
                entity = self.pointer.resolve(*span, None)
                cover = (*span, entity)
            else:
                entity = scene.cast.entities[names[span]]
                if cover[0] <= span[0] and span[1] <= cover[1] and entity == cover[2]:
                    continue  # the name inside the phrase that it heads
                self._mention(*span, entity)
            token = scene.head_of(*span)
            if entity is not None:
                self.pointer.states.add(entity)
            if entity is not None and token is not None and entity.kind != "place":
                relays = sources.get(span) in around and publishes(entity)
                scene.salience.add(token, entity, span in sources and not relays, scene.quoted(span[0]))

    def _described(self, span: tuple[int, int], source_of: str | None) -> Entity | None:
        """A source whom nothing codes, as somebody that pronouns may mean: "observers of the vote"."""
        statement = self.statements.get(source_of or "")
        token = self.scene.head_of(*span)
        if statement is None or statement.source is None or statement.source.kind == "document" or token is None:
            return None
        parse = self.scene.parse
        if parse.pos[token] not in ("NOUN", "PROPN"):
            return None
        name = self.outlets.full(bare(self.scene.article.text[slice(*span)]))
        plural = parse.tag[token] in ("NNS", "NNPS") or any(parse.dep[c] == "conj" for c in parse.children[token])
        return Entity(name, "other", None, None, plural)

    def _role_phrases(self, heads: Container[int | None]) -> Iterable[tuple[int, int]]:
        """Phrases for people and bodies that neither speak nor act in a report, but that words may point back to."""
        scene, parse = self.scene, self.scene.parse
        for token, dep in enumerate(parse.dep):
            if dep in _ASIDE and parse.pos[token] == "NOUN" and token not in heads:
                role = scene.directory.role(parse.lower[token])
                if role and role.detail != "other" and (role.plural or parse.left[token] < token):
                    first, stop = self.pointer.heads.phrase(token)
                    yield parse.start[first], parse.end[stop - 1]

    def _mention(self, start: int, end: int, entity: Entity | None) -> Mention:
        """The mention of a span; the first entity given for a span holds."""
        known = self.mentions.get((start, end))
        if known is None:
            article = self.scene.article
            known = Mention(
                id=make_id("mention", article.id, article.sha256, start, end),
                kind=entity.kind if entity else "other",
                start=start,
                end=end,
                text=article.text[start:end],
                name=entity.name if entity else None,
                actor=entity.actor if entity else None,
            )
            self.mentions[start, end] = known
        return known

    def _first_person(self, start: int, end: int) -> str | None:
        words = split_words(self.scene.article.text[start:end])
        if not self.scene.is_word(words, self.scene.lexicon.pronouns):
            return None
        pronoun = self.scene.lexicon.pronouns[words[0].key]
        return pronoun if pronoun in ("i", "we") else None

    def speaker(self, statement: Statement | None) -> Entity | None:
        """Who speaks in a statement; "I" and "we" as a source are the speaker of the statement around it."""
        seen: set[str] = set()
        while statement is not None and statement.source and statement.id not in seen:
            seen.add(statement.id)
            source = statement.source
            if source.start is None or source.end is None:
                return None
            if self._first_person(source.start, source.end) is None:
                return self.entities.get((source.start, source.end))
            around = statement.within or self.scene.quoted(source.start)
            statement = self.statements.get(around) if around else None
        return None

    def collective(self, entity: Entity | None) -> Entity | None:
        """Whom a speaker means by "we": the state or the body they speak for; None for a person who speaks for none."""
        if entity is None or entity.plural or entity.kind not in ("person", "role"):
            return entity
        actor = entity.actor
        if actor and actor.country and actor.sectors and actor.sectors[0] in STATE:
            name = self.scene.directory.country_name(actor.country)
            if name:
                state = Actor(name=name, country=actor.country, sectors=actor.sectors, kind="country")
                return Entity(name, "country", state)
        if entity.body:
            return Entity(entity.body.name, entity.body.kind, entity.body)
        return None

    def party(self, party: Party, report: Report) -> Party:
        """A party with its name, codes and mention."""
        span = (party.start, party.end)
        entity = self.entities.get(span)
        if pronoun := self._first_person(*span):
            around = self.scene.quoted(party.start)
            speaker = self.speaker(self.statements.get(around or report.statement))
            single = speaker if speaker is None or not speaker.plural else None
            entity = self.collective(speaker) if pronoun == "we" else single
        actor = entity.actor if entity else None
        if (actor is None or not (actor.country or actor.sectors)) and not (entity and entity.kind == "place"):
            self.notes.append(Note(code="actor-unresolved", start=party.start, end=party.end, detail=party.text))
        return replace(
            party,
            mention=self._mention(*span, entity).id,
            name=entity.name if entity else None,
            country=actor.country if actor else None,
            sectors=actor.sectors if actor else (),
        )

    def statement(self, statement: Statement) -> Statement:
        """A statement with its source named and its relay by its full name."""
        source = statement.source
        if source and source.start is not None and source.end is not None:
            source = self._source(source, statement)
        relay = self.outlets.full(statement.relayed_by) if statement.relayed_by else None
        return replace(statement, source=source, relayed_by=relay)

    def _source(self, source: Source, statement: Statement) -> Source:
        assert source.start is not None
        assert source.end is not None
        span = (source.start, source.end)
        entity = self.speaker(statement)
        mention = self._mention(*span, entity)
        name = entity.name if entity else None
        words = split_words(mention.text)
        lexicon = self.scene.lexicon
        if entity is None and not self.scene.is_word(words, {*lexicon.pronouns, *lexicon.relative}):
            name = self.outlets.full(bare(mention.text))
        elif entity and entity.kind == "outlet":
            name = self.outlets.full(entity.name)
        known = entity and entity.actor and (entity.actor.country or entity.actor.sectors)
        if name is None or (entity and entity.kind == "person" and " " not in entity.name and not known):
            self.notes.append(Note(code="source-unresolved", start=span[0], end=span[1], detail=mention.text))
        return replace(source, mention=mention.id, name=name, kind=_kind(source.kind, entity))


def _kind(draft: SourceKind, entity: Entity | None) -> SourceKind:
    """The source's kind: of the one it turned out to be; the language pack's guess for what has no name."""
    if entity and entity.kind == "outlet" and draft != "narrator":
        return "outlet"
    if entity is None or draft in ("document", "narrator"):
        return draft
    if entity.kind == "person":
        return "official" if entity.actor and entity.actor.sectors and entity.actor.sectors[0] in STATE else "person"
    if entity.kind in ("country", "organisation"):
        return "organisation"
    if entity.kind == "role" and draft == "person":  # a pronoun for somebody without a name
        return (
            "official" if entity.actor and entity.actor.sectors[:1] and entity.actor.sectors[0] in STATE else "unnamed"
        )
    if entity.kind == "role" and entity.office and draft == "unnamed":
        return "official"
    return "organisation" if draft == "person" and entity.kind == "group" else draft


def resolve_actors(
    article: Article,
    parse: Parse,
    statements: Iterable[Statement],
    reports: Iterable[Report],
    directory: Directory,
    language: Language,
) -> tuple[tuple[Mention, ...], tuple[Statement, ...], tuple[Report, ...], tuple[Note, ...]]:
    """Names and codes for every source and party: (mentions, statements, reports, notes).

    Surnames, titles, acronyms, definite roles and pronouns are tied to the fullest name in the article; "we" inside
    a statement is its source's country or organisation. What stays unknown keeps its text and gets a note.
    """
    statements, reports = tuple(statements), tuple(reports)
    lexicon = load_words(language.code)
    outlets = OutletNames(article.text, directory)
    cast = Cast(parse, directory, lexicon, article.day, outlets)
    cast.build()
    direct = frozenset(s.id for s in statements if s.quote == "direct")
    scene = Scene(article, parse, cast, directory, lexicon, Salience(parse, direct), _contents(statements))
    by_id = {s.id: s for s in statements}
    pointer = Pointer(scene, States.of(article, directory, lexicon), by_id)
    work = _Work(scene, pointer, outlets, by_id)
    work.sweep(party for report in reports for party in (*report.actors, *report.recipients))
    done = tuple(work.statement(statement) for statement in statements)
    coded = tuple(
        replace(
            report,
            actors=tuple(work.party(party, report) for party in report.actors),
            recipients=tuple(work.party(party, report) for party in report.recipients),
        )
        for report in reports
    )
    mentions = tuple(work.mentions[span] for span in sorted(work.mentions))
    return mentions, done, coded, tuple(work.notes)


def _contents(statements: Iterable[Statement]) -> list[tuple[int, int, str]]:
    """The content spans of all statements but the narrator's, sorted."""
    return sorted(
        (span.start, span.end, statement.id)
        for statement in statements
        if not statement.is_narrator
        for span in statement.content
    )
