"""Happenings that no trigger of the ontology names: "bodies with missing organs were found", "they are a mile away".

A statement that holds no typed happening still says something. Its main clause becomes a report without a type where it
tells of something that is so or not so, in the light of what the article is about: then a denial elsewhere has what it
is on.
"""

from collections.abc import Iterator, Sequence

from reportedly.encoding import told_of
from reportedly.extract.events.clauses import Clauses
from reportedly.extract.events.modality import Modalities
from reportedly.extract.events.phrases import Phrases
from reportedly.language import TELLING
from reportedly.models import SURE, Read
from reportedly.ontology import Ontology
from reportedly.parsing import Parse
from reportedly.records import Article, Party, Report, Statement, make_id
from reportedly.topic import Topic

_CLAUSES = frozenset({"ccomp", "csubj"})
_RAISED = frozenset({"ccomp", "xcomp"})
_PREDICATES = frozenset({"acomp", "attr", "oprd"})
_SPOKEN = frozenset({"i", "we", "you"})
_DEEPEST = 6
_LEAD = 2
_ENOUGH = 2  # points that a clause needs: chosen on the development stories


class Claims:
    """Finds the claims of one article."""

    def __init__(
        self,
        article: Article,
        parse: Parse,
        statements: Sequence[Statement],
        voices: Sequence[int],
        phrases: Phrases,
        modalities: Modalities,
        ontology: Ontology,
        read: Read | None = None,
    ) -> None:
        self.read = read
        self.article, self.parse, self.statements, self.voices = article, parse, statements, voices
        self.clauses: Clauses = phrases.clauses
        self.lemma = self.clauses.lemma
        self.phrases, self.modalities, self.words = phrases, modalities, ontology.words
        self.topic = Topic(parse)
        self.cues = {
            token
            for statement in statements
            if statement.cue is not None
            for token in parse.tokens_in(statement.cue.start, statement.cue.end)
        }

    def find(self) -> list[Report]:
        """A report without a type for each statement that tells of a happening; ties keep those that say more.

        Whether it does is left open where the reader sees that the source takes a position.
        """
        found = []
        for index, statement in enumerate(self.statements):
            if statement.is_narrator:
                tops = self._narrated(statement)
            elif statement.cue_class in TELLING:
                tops = self._tops(index, statement)
            else:
                continue
            told = (t for t in map(self._descended, tops) if t not in self.cues)  # "denied" is another statement's
            best = max(((self._points(t, statement), -t) for t in told), default=None)
            if best is not None and (best[0] >= _ENOUGH or self._takes_position(statement, -best[1])):
                found.append(self._report(-best[1], statement))
        return found

    def _takes_position(self, statement: Statement, token: int) -> bool:
        told = told_of(self.parse, statement, token)
        if self.read is None or told is None:
            return False
        return 1 - self.read.stance(*told)["asserts"] >= SURE

    def _narrated(self, statement: Statement) -> Iterator[int]:
        """The main verbs of the opening that the outlet tells itself."""
        parse = self.parse
        stop = parse.sentences[:_LEAD][-1][1] if parse.sentences else 0
        for span in statement.content:
            for token in parse.tokens_in(span.start, span.end):
                main = parse.dep[token] == "ROOT" and parse.pos[token] in ("VERB", "AUX")
                if token < stop and main and token not in self.cues:
                    yield token

    def _tops(self, index: int, statement: Statement) -> Iterator[int]:
        """The main verb of each sentence of a statement's own words."""
        parse = self.parse
        for span in statement.content:
            own = [t for t in parse.tokens_in(span.start, span.end) if self.voices[t] == index]
            inside = frozenset(own)
            done: set[int] = set()
            for token in own:
                if parse.pos[token] not in ("VERB", "AUX") or parse.sentence_of[token] in done:
                    continue
                if parse.head[token] not in inside or parse.head[token] == token:
                    done.add(parse.sentence_of[token])
                    yield token

    def _descended(self, token: int) -> int:
        """The verb of what is told below verbs that only lead up to it: "tests showed that …", "it is clear that …"."""
        parse = self.parse
        for _ in range(_DEEPEST):
            below = None
            lemma = self.lemma[token]
            if lemma in self.words["showing"] or self._is_preface(token):
                below = self._child(token, _RAISED)
            if below is None and self.clauses.is_passive(token):
                below = self._child(token, frozenset({"xcomp"}))  # "is set to launch", "are said to have met"
            if below is None and lemma == "be" and any(parse.dep[c] in _PREDICATES for c in parse.children[token]):
                below = self._child(token, _CLAUSES)
                if below is None:
                    adjective = next(c for c in parse.children[token] if parse.dep[c] in _PREDICATES)
                    below = self._child(adjective, _RAISED) if parse.pos[adjective] == "ADJ" else None
            if below is None or self.voices[below] != self.voices[token]:
                return token
            token = below
        return token

    def _is_preface(self, token: int) -> bool:
        """Whether the speaker only says that he says: "I wish to inform you that …", "we are glad to announce …"."""
        subject = self.clauses.subject(token)
        return subject is not None and self.parse.lower[subject] in ("i", "we")

    def _child(self, token: int, relations: frozenset[str]) -> int | None:
        parse = self.parse
        return next(
            (c for c in parse.children[token] if parse.dep[c] in relations and parse.pos[c] in ("VERB", "AUX")), None
        )

    def _points(self, token: int, statement: Statement) -> int:
        """How much speaks for a clause telling of something that is so: 0 for wishes, questions, rules and opinions."""
        parse = self.parse
        subject = self.clauses.subject(token)
        passive = self.clauses.is_passive(token)
        theme = next(iter(self.clauses.slots(token).get("obj", ())), None) if passive else subject
        if theme is None and not any(parse.dep[c] == "expl" for c in parse.children[token]):
            return 0
        auxiliaries = [c for c in parse.children[token] if parse.dep[c] in ("aux", "auxpass")]
        perfect = any(self.lemma[c] == "have" for c in auxiliaries)
        if any(parse.lower[c] in self.words["obliging_aux"] and not perfect for c in auxiliaries):
            return 0
        if self._is_asked(token) or self._is_supposed(token):
            return 0
        wishing = self.words["wishing"]  # the parser takes "hoped" for hopping
        if any(self.lemma[t] in wishing or parse.lower[t] in wishing for t in self._cue(statement)):
            return 0
        lemma = self.lemma[token]
        if theme is not None and parse.lower[theme] in _SPOKEN and lemma in self.words["minding"]:
            return 0
        shared = len(self.topic.before(token) & self._own_words(token))
        named = theme is not None and (self.phrases.is_named(theme) or self._is_definite(theme))
        if theme is None:
            return 2 * (shared > 0)  # "there are hardline voices in the group"
        if lemma in self.words["stative"] or parse.pos[token] == "AUX":
            return named + min(shared, 2) if named else 0
        habit = not auxiliaries and parse.tag[token] in ("VBZ", "VBP", "VB")
        return 1 + named + min(shared, 2) - (1 if shared >= 2 else 2) * habit

    def _is_definite(self, token: int) -> bool:
        return any(self.parse.lower[c] in self.words["anaphora"] for c in self.parse.children[token])

    def _cue(self, statement: Statement) -> range:
        return self.parse.tokens_in(statement.cue.start, statement.cue.end) if statement.cue else range(0)

    def _is_asked(self, token: int) -> bool:
        parse = self.parse
        stop = parse.sentences[parse.sentence_of[token]][1]
        return "?" in (parse.lower[at] for at in range(max(token, stop - 3), stop))

    def _is_supposed(self, token: int) -> bool:
        parse = self.parse
        near = [token, *(c for c in parse.children[token] if parse.dep[c] in ("mark", "advcl"))]
        return any(
            parse.dep[c] == "mark" and parse.lower[c] in ("if", "unless", "whether")
            for at in near
            for c in parse.children[at]
        )

    def _own_words(self, token: int) -> frozenset[str]:
        parse, voice = self.parse, self.voices[token]
        own = [t for t in range(parse.left[token], parse.right[token]) if self.voices[t] == voice]
        return frozenset().union(*(self.topic.within(t, t + 1) for t in own))

    def _report(self, token: int, statement: Statement) -> Report:
        article, trigger = self.article, self.parse.span(token, token + 1)
        negated, modality = self.modalities.sense(token, list(self.voices))
        slots = self.clauses.slots(token)
        holds = self.lemma[token] in self.words["stative"] or self.parse.pos[token] == "AUX"
        actors = self._parties(slots.get("subj", []))
        return Report(
            id=make_id("report", article.id, article.sha256, statement.id, trigger.start, trigger.end, None),
            statement=statement.id,
            type=None,
            quad=None,
            trigger=trigger,
            actors=actors,
            recipients=() if holds else tuple(p for p in self._parties(slots.get("obj", [])) if p not in actors),
            modality=modality,
            negated=negated,
        )

    def _parties(self, heads: Sequence[int]) -> tuple[Party, ...]:
        return tuple(self.phrases.party(head) for head in heads if self.phrases.is_party(head))
