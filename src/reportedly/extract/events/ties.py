"""Ties what is named by a noun, a pronoun or a bare refusal to the report that it points back to."""

import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportedly.extract.events.positions import TALK
from reportedly.extract.events.standing import DEEDS, Standing
from reportedly.language import POSITIONS, Language
from reportedly.ontology import Ontology, load_ontology
from reportedly.parsing import Parse
from reportedly.records import Article, Note, Party, Report, Span, Statement

# A referent is looked for this many sentences back, then in the lead; runs over the development stories chose them.
_FARTHEST = 12
_LEAD_SENTENCES = 4
_NEAR = 2  # "the war" points to an attack told of just before, not to any in the article
_FREQUENT = 4
_FORCE_TYPES = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
_PRONOUNS = frozenset({"it", "that", "this", "they", "them", "he", "she", "we", "us", "their", "its"})
_ASIDE = 3.0
_JUST_SAID = frozenset({"ACCUSE", "REJECT", "AGREE", "THREATEN", "CONCEDE", "REQUEST"})
_DEMONSTRATIVE = frozenset({"this", "that", "these", "those"})


def tie_reports(
    article: Article,
    parse: Parse,
    statements: Sequence[Statement],
    reports: Sequence[Report],
    language: Language,
) -> tuple[tuple[Report, ...], tuple[Note, ...]]:
    """The reports with what they point back to: parties, type, place and time inherited, `refers_to` set.

    To be called once the parties are coded. A noun without parties that points back to nothing is no report and is
    left out, unless its source takes a position; what a position is on and no type covers stays without type.
    """
    tier = Tier(parse, {statement.id: statement for statement in statements}, reports, load_ontology(), language)
    kept, notes = tier.run()
    return tuple(kept), tuple(notes)


@dataclass(frozen=True, slots=True)
class Pointer:
    """What a report may point back to: the types that fit (None: any); `inside`: only what its own content reports."""

    types: frozenset[str] | None
    inside: bool = False


class Tier:
    """Ties the reports of one article, in the order of the text."""

    def __init__(
        self,
        parse: Parse,
        statements: dict[str, Statement],
        reports: Sequence[Report],
        ontology: Ontology,
        language: Language,
    ) -> None:
        self.documents = language.words["document"]
        self.parse, self.statements, self.ontology = parse, statements, ontology
        self.generic = ontology.words["generic_any"]
        self.force = ontology.words["generic_force"]
        self.deeds = frozenset(
            code for code, kind in ontology.types.items() if kind.quad.startswith("material") or code == "AGREE"
        )
        self.standing = Standing(parse, ontology)
        self.reports = [
            self.standing.without_places(r) for r in sorted(reports, key=lambda r: (r.trigger.start, r.trigger.end))
        ]
        self.heads = {r.id: self.standing.head(r) for r in self.reports}
        self.sentences = {r.id: parse.sentence_of[head] if head >= 0 else -1 for r, head in self._pairs()}
        self.starts = sorted((self._start(s), s.id) for s in statements.values() if not s.is_narrator)
        self.frequency = Counter(key for report in self.reports for key in _keys(report))

    @staticmethod
    def _start(statement: Statement) -> int:
        """Where a statement's own words start."""
        spans = [*statement.content, *([statement.cue] if statement.cue else [])]
        return min(span.start for span in spans)

    def _pairs(self) -> list[tuple[Report, int]]:
        return [(report, self.heads[report.id]) for report in self.reports]

    def run(self) -> tuple[list[Report], list[Note]]:
        """The reports kept, in order, and the notes."""
        kept: list[Report] = []
        dropped: list[Report] = []
        claims: list[Report] = []
        notes: list[Note] = []
        full = [report for report in self.reports if self.standing.is_full(report)]
        for report in self.reports:
            pointer = self._pointer(report) or self._content_pointer(report)
            referent = self._referent(report, pointer, kept, full) if pointer else None
            place = (report.trigger.start, report.trigger.end)
            if referent is not None:
                kept.append(self._tied(report, referent))
                notes.append(Note(code="party-inherited", start=place[0], end=place[1], detail=referent.id))
            elif self.standing.is_full(report) or (pointer is not None and self.standing.is_bare(report)):
                kept.append(report)
            elif self._is_claim(report):
                claims.append(report)
            elif self._takes_position(report) and self._can_happen(report):
                kept.append(report)
                if pointer:
                    notes.append(Note(code="referent-unresolved", start=place[0], end=place[1]))
                if report.type is None:
                    notes.append(Note(code="untyped", start=place[0], end=place[1]))
            else:
                dropped.append(report)
        return self._with_claims(self._with_said(kept, dropped, notes), claims, notes), notes

    def _with_said(self, kept: list[Report], dropped: list[Report], notes: list[Note]) -> list[Report]:
        """The reports, with one that names too little of who and whom where its source says nothing else.

        Between private persons it is none of the ontology's types.
        """
        voiced = {report.statement for report in kept}
        found = list(kept)
        for report in dropped:
            statement, head = self.statements[report.statement], self.heads[report.id]
            if statement.is_narrator or report.statement in voiced or self.parse.pos[head] not in ("VERB", "AUX"):
                continue
            if self._is_cue(report):  # "cited two officials" says nothing by itself
                continue
            voiced.add(report.statement)
            if self.standing.is_private(report):
                report = replace(report, type=None, quad=None, mode=None)
            if report.type is None:
                notes.append(Note(code="untyped", start=report.trigger.start, end=report.trigger.end))
            found.append(report)
        return found

    def _with_claims(self, kept: list[Report], claims: list[Report], notes: list[Note]) -> list[Report]:
        """The reports, with the claims of statements whose main clause has no report."""
        found = list(kept)
        for claim in claims:
            own = [report for report in kept if report.statement == claim.statement]
            if self.statements[claim.statement].is_narrator:
                own = [report for report in own if self.sentences[report.id] == self.sentences[claim.id]]
            if all(self._is_aside(self.heads[report.id], self.heads[claim.id]) for report in own):
                found.append(claim)
                notes.append(Note(code="untyped", start=claim.trigger.start, end=claim.trigger.end))
        return sorted(found, key=lambda report: (report.trigger.start, report.trigger.end))

    def _is_aside(self, head: int, main: int) -> bool:
        """Whether a word only helps to say who or what the main clause is about: "a woman held by the army was …"."""
        parse, at = self.parse, head
        while at >= 0 and at != main and parse.head[at] != at:
            if parse.dep[at] in ("relcl", "acl") and parse.left[main] <= at < parse.right[main]:
                return True
            at = parse.head[at]
        return False

    def _takes_position(self, report: Report) -> bool:
        return self.statements[report.statement].cue_class in POSITIONS

    def _can_happen(self, report: Report) -> bool:
        """Whether what a position is on can be a happening or something told, not a thing: "its price", "the tape"."""
        head = self.heads[report.id]
        if report.type is not None or head < 0 or self.parse.pos[head] != "NOUN" or self._is_cue(report):
            return True
        lemma = self.parse.lemma[head]
        told = self.generic | self.force | self.documents | self.ontology.words["told"] | TALK
        return lemma in told or lemma in self.ontology.nouns or lemma.endswith(DEEDS) or self._says_what(head)

    def _is_claim(self, report: Report) -> bool:
        """Whether a report without a type tells of something itself rather than pointing to it."""
        head = self.heads[report.id]
        if report.type is not None or head < 0 or self._takes_position(report) or self._is_cue(report):
            return False
        noun = self.parse.pos[head] in ("NOUN", "PROPN") and self.parse.lemma[head] not in self.generic
        return noun or self.parse.pos[head] in ("VERB", "AUX")

    def _pointer(self, report: Report) -> Pointer | None:
        """What a report may point back to; None where it stands by itself or on nothing that could be tied."""
        parse, head = self.parse, self.heads[report.id]
        if head < 0 or self._is_claim(report):
            return None
        lemma = parse.lemma[head]
        if report.type is None:
            if lemma in self.force:
                owned = any(parse.dep[c] == "poss" for c in parse.children[head])
                return None if owned or self._says_what(head) else Pointer(_FORCE_TYPES)
            if parse.pos[head] in ("NOUN", "PROPN") and (rows := self.ontology.nouns.get(lemma)):
                return Pointer(frozenset(row.type for row in rows))
            bare = lemma in TALK or lemma in self.generic or self._is_cue(report)
            return Pointer(self.deeds) if bare and not self._says_what(head) else None
        if self.standing.is_full(report) and not self._is_definite(report, head):
            return None
        if parse.pos[head] in ("NOUN", "PROPN") or (parse.tag[head] == "VBG" and parse.dep[head] in ("nsubj", "pobj")):
            types = {row.type for row in self.ontology.nouns.get(lemma, ())} | {report.type}
            return Pointer(_FORCE_TYPES if lemma in self.force else frozenset(types))
        required = self.ontology.types[report.type].recipient_required or any(
            map(self.standing.is_vague, report.actors)
        )
        return Pointer(frozenset({report.type})) if required and report.actors else None

    def _content_pointer(self, report: Report) -> Pointer | None:
        """A position on what the same content reports in another's name: "to confirm reports that X was captured"."""
        if report.type is not None or self._is_claim(report):
            return None
        spans = self._content(report)
        inside = (
            other.type
            for other in self.reports
            if other.type and any(span.start <= other.trigger.start < span.end for span in spans)
        )
        types = frozenset(kind for kind in inside if kind)
        return Pointer(types, inside=True) if types else None

    def _content(self, report: Report) -> tuple[Span, ...]:
        """What the statement is on: its content, and what its noun is told to be ("reports that …")."""
        spans = self.statements[report.statement].content
        head = self.heads[report.id]
        return (*spans, self.parse.subtree(head)) if head >= 0 and report.type is None else spans

    def _is_definite(self, report: Report, head: int) -> bool:
        """Whether a noun with a side missing or weak is marked as known: "the Iraq strikes", "these attacks"."""
        if self.parse.pos[head] != "NOUN" or all(
            side and not all(map(self.standing.is_weak, side)) for side in (report.actors, report.recipients)
        ):
            return False
        marks = self.ontology.words["anaphora"]
        return any(c < head and self.parse.lower[c] in marks for c in self.parse.children[head])

    def _says_what(self, noun: int) -> bool:
        """Whether a generic noun is told what it is on: "cases of fever", "the claim that the fund lost money"."""
        parse = self.parse
        return any(
            (parse.dep[c] == "prep" and parse.lower[c] in ("of", "about", "on", "into"))
            or parse.dep[c] in ("acl", "ccomp", "relcl", "compound")
            for c in parse.children[noun]
        )

    def _is_cue(self, report: Report) -> bool:
        cue = self.statements[report.statement].cue
        return cue is not None and cue.start <= report.trigger.start and report.trigger.end <= cue.end

    def _referent(self, report: Report, pointer: Pointer, before: list[Report], full: list[Report]) -> Report | None:
        """The best compatible report: near, often told, naming both sides."""
        here = self.sentences[report.id]
        whole = self.standing.is_full(report)
        head = self.heads[report.id]
        lemma = self.parse.lemma[head]
        told = lemma in self.ontology.words["told"]
        said = told or self.parse.pos[head] in ("PRON", "DET", "VERB")
        nearest = self._statement_before(report) if report.type is None and said else None
        if (
            nearest
            and self._is_demonstrative(head)
            and not any(r.statement in nearest and r.type for r in self.reports)
        ):
            return None  # "declined to comment on those reports": on what was just said, which no type covers
        named = report.type is not None and self.parse.pos[head] == "NOUN" and lemma not in self.force
        content = self._content(report)
        best: tuple[float, int] | None = None
        chosen = None
        known = {r.id for r in before}
        later = [r for r in full if r.id not in known and r.id != report.id and self.sentences[r.id] == here]
        for order, other in enumerate((*before, *later)):
            if other.id == report.id or other.type is None or not (other.actors or other.recipients):
                continue
            distance = abs(here - self.sentences[other.id])
            just = nearest is not None and other.statement in nearest and other.type in self.deeds | _JUST_SAID
            if pointer.types is not None and other.type not in pointer.types and not just:
                continue
            if distance > _FARTHEST and self.sentences[other.id] >= _LEAD_SENTENCES:
                continue
            if not self._fits(report, other) or (whole and not self._is_same_word(report, other)):
                continue
            if named and other.type == "ASSAULT" and distance > _NEAR and not self._is_same_word(report, other):
                continue
            score = 2.0 * bool(other.actors and other.recipients) - min(distance, _FARTHEST) / 4
            score += 2.0 * self._is_same_word(report, other)
            score += min(max(self.frequency[key] for key in _keys(other)), _FREQUENT) / 2
            within = any(span.start <= other.trigger.start < span.end for span in content)
            if pointer.inside and not within:
                continue
            score += 5.0 * within + 3.0 * just - 1.5 * (just and other.type not in self.deeds)
            score -= 2.0 * (report.type is None and other.modality != "actual")
            score -= _ASIDE * (report.type is None and self._is_background(other))
            score -= 1.5 * (told and other.type == "COOPERATE" and not just)
            if best is None or (score, order) > best:
                best, chosen = (score, order), other
        return chosen

    def _is_background(self, report: Report) -> bool:
        """Whether a report only says who somebody is, whom more is told of: "a pilot who was held by rebels"."""
        return self.parse.dep[self.heads[report.id]] in ("relcl", "acl")

    def _statement_before(self, report: Report) -> frozenset[str]:
        """The statement that ends next before a report's own, in its or the previous sentence, with those around it."""
        own = self.statements[report.statement]
        here = self.sentences[report.id]
        source = own.source.name if own.source else None
        for start, ident in reversed(self.starts[: bisect.bisect_left(self.starts, (self._start(own), ""))]):
            other = self.statements[ident]
            if ident == own.id or not other.content:
                continue
            tokens = self.parse.tokens_in(start, start + 1)
            if not tokens or here - self.parse.sentence_of[tokens.start] > 1:
                break
            same = source is not None and other.source is not None and other.source.name == source
            if own.within != ident and other.cue_class not in POSITIONS and not same:
                return frozenset({ident, *([other.within] if other.within else [])})
        return frozenset()

    def _is_demonstrative(self, head: int) -> bool:
        """Whether a word points to what was just said: "this", "those reports"."""
        parse = self.parse
        return parse.lower[head] in _DEMONSTRATIVE or any(
            parse.lower[c] in _DEMONSTRATIVE for c in parse.children[head]
        )

    def _is_same_word(self, report: Report, other: Report) -> bool:
        """Whether both are named by the same word: "the strikes" and "air strikes", "airstrikes"."""
        one, two = (self.parse.lemma[self.heads[r.id]] for r in (report, other))
        return one.endswith(two) or two.endswith(one)

    def _fits(self, report: Report, other: Report) -> bool:
        """Whether nothing that a report says is at odds with the other one."""
        here, there = (r.place.country if r.place else None for r in (report, other))
        if here and there and here != there:
            return False
        if report.mode and other.mode and report.mode != other.mode:
            return False
        sides = ((report.actors, other.actors), (report.recipients, other.recipients))
        straight = all(self._agree(own, theirs) for own, theirs in sides)
        if straight or other.type not in ("COOPERATE", "CONSULT", "AGREE"):
            return straight
        return self._agree(report.actors, other.recipients) and self._agree(report.recipients, other.actors)

    def _agree(self, own: tuple[Party, ...], theirs: tuple[Party, ...]) -> bool:
        own = tuple(party for party in own if not self.standing.is_vague(party) and not self.standing.is_weak(party))
        return not own or not theirs or any(_is_same(a, b) for a in own for b in theirs)

    def _tied(self, report: Report, other: Report) -> Report:
        theirs = (other.actors, other.recipients)
        actors, recipients = (
            tuple(p for p in own if not self.standing.is_vague(p) and not (found and self.standing.is_weak(p)))
            for own, found in zip((report.actors, report.recipients), theirs, strict=True)
        )
        crossed = actors and not recipients and not any(_is_same(a, b) for a in actors for b in other.actors)
        if crossed and any(_is_same(a, b) for a in actors for b in other.recipients):
            theirs = (other.recipients, other.actors)
        if actors and not recipients:  # "we are coordinating": the other side is whoever is not us
            rest = tuple(p for p in theirs[1] if not any(_is_same(a, p) for a in actors))
            theirs = (theirs[0], rest or theirs[1])
        kind = other.type
        if self._is_further(report):
            mode = report.mode if kind == report.type else other.mode
            return replace(
                report,
                type=kind,
                quad=other.quad,
                mode=mode,
                actors=actors or theirs[0],
                recipients=recipients or theirs[1],
            )
        recipients = recipients or theirs[1]
        first = other.refers_to or other.id
        return replace(
            report,
            type=kind,
            quad=other.quad,
            mode=report.mode if kind == report.type and report.mode else other.mode,
            contexts=report.contexts or other.contexts,
            actors=actors or theirs[0],
            recipients=recipients,
            place=report.place or other.place,
            time=report.time or other.time,
            refers_to=first if first != report.id else None,
        )

    def _is_further(self, report: Report) -> bool:
        """Whether a noun names one more happening of the kind told of: "another march", "a similar strike"."""
        head, marks = self.heads[report.id], self.ontology.words["further"]
        return report.type is not None and any(
            self.parse.lower[c] in marks and self.parse.dep[c] in ("det", "amod") for c in self.parse.children[head]
        )


def _keys(report: Report) -> list[tuple[str, str, str]]:
    """Type with first actor, type with first recipient: how often an article comes back to a deed."""
    sides = (("by", report.actors), ("to", report.recipients))
    return [
        (report.type, side, parties[0].country or parties[0].name or parties[0].text)
        for side, parties in sides
        if parties and report.type
    ]


def _is_same(one: Party, other: Party) -> bool:
    """Whether two parties can be the same: by name, else by country, else by their words."""
    if one.text.lower() in _PRONOUNS and one.country is None:
        return True
    names = {(party.name or party.text).casefold() for party in (one, other)}
    if len(names) == 1:
        return True
    if one.country and other.country:
        return one.country == other.country
    left, right = ({w for w in (p.name or p.text).casefold().split() if len(w) > 3} for p in (one, other))
    return bool(left & right)
