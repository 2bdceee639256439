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
from reportedly.extract.events.standing import DEEDS
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
_MAYBE = frozenset({"may", "might", "could"})
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
        self.nouns = ontology.nouns
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
            elif not statement.is_narrator and (noun := self._named(index, statement)) is not None:
                found.append(self._report(noun, statement))
        return found

    def _named(self, index: int, statement: Statement) -> int | None:
        """The word of what is told by a noun: "as his wife", "men unpacking a crate", "the arrival of the fever"."""
        parse = self.parse
        for span in statement.content:
            own = [t for t in parse.tokens_in(span.start, span.end) if self.voices[t] == index]
            inside = frozenset(own)
            for token in own:
                if parse.head[token] in inside and parse.head[token] != token:
                    continue
                told = self._told_by(token, inside)
                if told is not None and self.topic.before(told) & self._own_words(told):
                    return told
        return None

    def _told_by(self, token: int, inside: frozenset[int]) -> int | None:
        parse = self.parse
        if parse.lower[token] == "as" and parse.pos[token] in ("ADP", "SCONJ"):
            return next((c for c in parse.children[token] if parse.dep[c] == "pobj" and c in inside), None)
        if parse.pos[token] != "NOUN":
            return None
        doing = (c for c in parse.children[token] if parse.dep[c] == "acl" and parse.tag[c] == "VBG" and c in inside)
        lemma = self.lemma[token]
        deed = lemma in self.nouns or (lemma.endswith(DEEDS) and not self.phrases.is_party(token))  # "an official"
        return next(doing, token if deed and lemma not in self.words["generic_any"] else None)

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
        """The verbs of a statement's own words that hang on none of them."""
        parse = self.parse
        for span in statement.content:
            own = [t for t in parse.tokens_in(span.start, span.end) if self.voices[t] == index]
            inside = frozenset(own)
            for token in own:
                top = parse.head[token] not in inside or parse.head[token] == token
                if top and parse.pos[token] in ("VERB", "AUX"):
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

    def _theme(self, token: int) -> int | None:
        """Who or what a clause is about."""
        if not self.clauses.is_passive(token):
            return self.clauses.subject(token)
        theme = next(iter(self.clauses.slots(token).get("obj", ())), None)
        return self._agent(token) if theme is None else theme  # "had been seized by the rebels", torn from its subject

    def _is_open(self, token: int, statement: Statement) -> bool:
        """Whether a clause is a wish, a question, a condition, a forecast or what the speaker thinks."""
        parse = self.parse
        auxiliaries = [c for c in parse.children[token] if parse.dep[c] in ("aux", "auxpass")]
        perfect = any(self.lemma[c] == "have" for c in auxiliaries)
        obliging = {parse.lower[c] for c in auxiliaries} & self.words["obliging_aux"]
        if obliging and not perfect and not (obliging <= _MAYBE and self.modalities.is_of_now(token)):
            return True
        if self._is_asked(token) or self._is_supposed(token):
            return True
        wishing = self.words["wishing"]  # the parser takes "hoped" for hopping
        if any(self.lemma[t] in wishing or parse.lower[t] in wishing for t in self._cue(statement)):
            return True
        theme = self._theme(token)
        return theme is not None and parse.lower[theme] in _SPOKEN and self.lemma[token] in self.words["minding"]

    def _points(self, token: int, statement: Statement) -> int:
        """How much speaks for a clause telling of something that is so: 0 for wishes, questions, rules and opinions."""
        parse, theme, lemma = self.parse, self._theme(token), self.lemma[token]
        if self._is_open(token, statement):
            return 0
        if theme is None and not any(parse.dep[c] == "expl" for c in parse.children[token]):
            return 0
        shared = len(self.topic.before(token) & self._own_words(token))
        named = theme is not None and (self.phrases.is_named(theme) or self._is_definite(theme))
        if theme is None:
            return 2 * (shared > 0)  # "there are hardline voices in the group"
        if lemma in self.words["stative"] or parse.pos[token] == "AUX":
            return named + min(shared, 2) if named else 0
        auxiliaries = any(parse.dep[c] in ("aux", "auxpass") for c in parse.children[token])
        habit = not auxiliaries and parse.tag[token] in ("VBZ", "VBP", "VB")
        return 1 + named + min(shared, 2) - (1 if shared >= 2 else 2) * habit

    def _agent(self, token: int) -> int | None:
        parse = self.parse
        by = (c for c in parse.children[token] if parse.dep[c] == "agent")
        return next((below for c in by for below in parse.children[c] if parse.dep[below] == "pobj"), None)

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
        slots = self.clauses.slots(token) if self.parse.pos[token] in ("VERB", "AUX") else {}
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
