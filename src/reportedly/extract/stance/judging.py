"""Positions without a cue of their own: "that simply isn't true", "it is unclear whether", "we don't discuss it".

A judging word, a refusal or a flat negation in what somebody says (or in the outlet's own voice) makes a report of its
own where the statement has none there; whatever it is on is looked for among the article's other reports (`referring`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportedly.extract.stance.lexicon import StanceLexicon
from reportedly.extract.stance.positions import OPEN, PRONOUNS, inquiry, object_of
from reportedly.extract.stance.voices import Voices
from reportedly.parsing import Parse
from reportedly.records import Report, Stance, Statement

# Classes whose statement is on what its content says; the others ask, promise or take a position by themselves.
_TELLING = frozenset({"say", "report", "believe", "learn", "warn", "accuse", "agree"})
_SPEAKERS = {
    "direct": frozenset({"i", "we"}),
    "indirect": frozenset({"he", "she", "it", "they"}),
    "mixed": frozenset({"i", "we", "he", "she", "it", "they"}),
}
_HOLDING = frozenset({"say", "know", "think", "believe"})
_SHOWING = frozenset({"show", "find", "see", "give", "offer", "provide", "reveal"})
_NOT_ALL = frozenset({"just", "only", "about", "merely", "simply", "yet"})
_RISING = frozenset({"acomp", "attr", "oprd", "conj", "amod", "pobj", "prep", "advmod", "dobj"})
_CLAUSES = frozenset({"ccomp", "acl", "relcl", "csubj", "csubjpass", "advcl", "xcomp"})
_MAIN = frozenset({"ROOT", "ccomp", "conj", "parataxis"})
_WHETHER = frozenset({"if", "whether"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_LEAD = 3
_BACK = 2
_STEPS = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """A position found: the statement, the token that stands for what it is on, the clause, the stance.

    `pointing`: the words name a report ("the claims") or point ("that"); else they only tell of the same things.
    """

    statement: Statement
    about: int
    clause: int
    stance: Stance
    pointing: bool


class Judge:
    """Finds the positions of one article that no cue and no report gives yet."""

    def __init__(
        self,
        parse: Parse,
        statements: Sequence[Statement],
        reports: Sequence[Report],
        lexicon: StanceLexicon,
    ) -> None:
        self.parse, self.lexicon = parse, lexicon
        self.claims, self.deeds = lexicon.claims, lexicon.deeds
        self.voices = Voices(parse, statements)
        self.held: dict[tuple[str, int], list[tuple[int, Stance]]] = {}
        for report in reports:
            tokens = parse.tokens_in(report.trigger.start, report.trigger.end)
            if tokens:
                token = parse.top(tokens.start, tokens.stop)
                key = (report.statement, parse.sentence_of[token])
                self.held.setdefault(key, []).append((token, report.stance))
        self.topic: frozenset[str] | None = None

    def run(self) -> list[Judged]:
        """The positions in the order of the text, one a clause."""
        found: list[Judged] = []
        taken: set[tuple[str, int]] = set()
        for judged in self._candidates():
            key = (judged.statement.id, judged.clause)
            if key not in taken and not self._is_held(judged):
                taken.add(key)
                found.append(judged)
        return found

    def _candidates(self) -> Iterator[Judged]:
        parse, words = self.parse, self.lexicon.forms
        for token in range(len(parse)):
            if parse.lemma[token] in words or parse.lower[token] in words:
                statement = self._voice(token)
                if statement is None:
                    continue
                judged = self._predicate(token, statement) or self._noun(token, statement)
                if judged is None and not statement.is_narrator:
                    judged = self._refusal(token, statement) or self._inquiry(token, statement)
                if judged is not None:
                    yield judged
        for token in range(len(parse)):
            if parse.dep[token] == "neg" or parse.lower[token] == "no":
                statement = self._voice(token)
                if statement is not None and statement.source is not None and not statement.is_narrator:
                    judged = self._negation(token, statement)
                    if judged is not None:
                        yield judged

    def _voice(self, token: int) -> Statement | None:
        """Who says a word, where it is told and not part of a cue."""
        statement = self.voices.at(token)
        if statement is None or token in self.voices.cues:
            return None
        return statement if statement.is_narrator or statement.cue_class in _TELLING else None

    def _is_held(self, judged: Judged) -> bool:
        """Whether the statement has a report there that is judged already, or within what is judged."""
        parse, clause = self.parse, judged.clause
        for token, stance in self.held.get((judged.statement.id, parse.sentence_of[clause]), ()):
            inside = parse.left[judged.about] <= token < parse.right[judged.about]
            if stance == judged.stance or stance != "asserts" or (judged.pointing and inside):
                return True
            if judged.statement.is_narrator or (not judged.pointing and self._is_main(token, clause)):
                return True
        return False

    def _is_main(self, token: int, clause: int) -> bool:
        """Whether a report's word is the clause's own, not that of a clause below ("at the time she was seized")."""
        at = token
        for _ in range(_STEPS):
            if at == clause:
                return True
            if self.parse.dep[at] in ("relcl", "advcl", "acl"):
                return False
            at = self.parse.head[at]
        return True

    def _clause(self, token: int) -> int:
        """The verb that a judging word belongs to, up through phrases."""
        at = token
        for _ in range(_STEPS):
            if self.parse.pos[at] in ("VERB", "AUX") and self.parse.dep[at] not in ("amod", "acomp", "oprd"):
                break
            if self.parse.dep[at] not in _RISING:
                break
            at = self.parse.head[at]
        return at

    def _is_negated(self, clause: int, *words: int) -> bool:
        parse = self.parse
        return any(
            parse.dep[c] == "neg" or (parse.dep[c] == "det" and parse.lower[c] in ("no", "neither"))
            for token in (clause, *words)
            for c in parse.children[token]
        )

    def _predicate(self, token: int, statement: Statement) -> Judged | None:
        """What is said of a claim, or of "that": false, untrue, a hoax, of dubious credibility; unclear whether."""
        parse, lexicon = self.parse, self.lexicon
        stance = lexicon.stance(parse.lemma[token], parse.pos[token], "predicate")
        stance = stance or lexicon.stance(parse.lower[token], parse.pos[token], "predicate")
        clause = self._clause(token)
        if clause == token and parse.pos[token] != "VERB":
            return None
        negated = self._is_negated(clause, token)
        if stance is None:
            stance = lexicon.stance(parse.lemma[token], parse.pos[token], "negated")
            if stance is None or not negated or parse.pos[token] not in ("ADJ", "VERB"):
                return None
        elif negated:
            stance = "denies" if stance == "confirms" else None
        if stance is None or self._is_supposed(clause, token):
            return None
        subject = self._subject(clause)
        below = self._told_below(clause, token)
        if below is not None and (subject is None or parse.lower[subject] in ("it", "there")):
            marks = [
                parse.lower[c] for c in parse.children[below] if parse.dep[c] in ("mark", "advmod", "nsubj", "attr")
            ]
            asked = any(word in OPEN for word in marks) and not any(word in _WHETHER for word in marks)
            if asked or any(parse.tag[c] == "TO" for c in parse.children[below]):
                return None
            if stance not in ("denies", "doubts") or not self._is_main_clause(clause, statement):
                return None
            return Judged(statement, below, clause, stance, True)
        if subject is None or not self._holds(clause, statement):
            return None
        pronoun = parse.lower[subject] in PRONOUNS
        if stance in ("endorses", "condemns"):
            pointed = any(parse.lower[c] in ("this", "that", "these", "such") for c in parse.children[subject])
            fits = parse.lower[subject] in ("this", "that", "it") or (parse.lemma[subject] in self.deeds and pointed)
            return Judged(statement, subject, clause, stance, True) if fits and not statement.is_narrator else None
        if parse.lemma[subject] in self.claims or pronoun:
            return Judged(statement, subject, clause, stance, True)
        return None

    def _is_supposed(self, clause: int, token: int) -> bool:
        """ "If it is true", "it could never happen": tells of nothing that is so."""
        parse = self.parse
        for child in parse.children[clause]:
            if parse.lower[child] == "if" or (
                parse.tag[child] == "MD" and clause == token and parse.tag[token] == "VB"
            ):
                return True
            if parse.dep[child] == "advcl" and any(parse.lower[c] == "if" for c in parse.children[child]):
                return True
        return False

    def _holds(self, clause: int, statement: Statement) -> bool:
        """Whether the speaker holds a clause to be so: it is not what is hoped for or asked."""
        parse, at = self.parse, clause
        while parse.dep[at] in ("ccomp", "conj", "advcl") and parse.head[at] != at:
            if parse.dep[at] == "advcl" and any(parse.lower[c] == "if" for c in parse.children[at]):
                return False
            below, at = at, parse.head[at]
            if self.voices.at(at) is not statement or at in self.voices.cues:
                break
            if parse.dep[below] == "ccomp" and parse.lemma[at] not in _HOLDING:
                return False
        return True

    def _is_main_clause(self, clause: int, statement: Statement) -> bool:
        """Whether a clause is a main one of what a statement says."""
        parse, at = self.parse, clause
        while parse.dep[at] in _MAIN and parse.head[at] != at and self.voices.at(parse.head[at]) is statement:
            below, at = at, parse.head[at]
            if parse.dep[below] == "ccomp" and parse.lemma[at] not in _HOLDING and not self._is_speech(at):
                return False
        return parse.dep[at] in _MAIN

    def _is_speech(self, verb: int) -> bool:
        """Whether a verb is a cue, or one that a quotation hangs on by mistake of the parser."""
        return verb in self.voices.cues

    def _subject(self, clause: int) -> int | None:
        parse = self.parse
        for child in parse.children[clause]:
            if parse.dep[child] in ("nsubj", "nsubjpass", "expl"):
                return child
        if parse.dep[clause] == "conj":
            head = parse.head[clause]
            return next((c for c in parse.children[head] if parse.dep[c] in ("nsubj", "nsubjpass", "expl")), None)
        return None

    def _told_below(self, clause: int, *words: int) -> int | None:
        """The clause that is judged: "it is unclear whether …", "rumours that …"."""
        parse = self.parse
        for word in (*words, clause):
            for child in parse.children[word]:
                if child > word and parse.dep[child] in _CLAUSES and parse.pos[child] in ("VERB", "AUX", "ADJ", "NOUN"):
                    return child
        return None

    def _noun(self, token: int, statement: Statement) -> Judged | None:
        """ "There are rumours that …", "conflicting reports", "no evidence": in a main clause that says there are."""
        parse, lexicon = self.parse, self.lexicon
        noun, stance = token, lexicon.stance(parse.lemma[token], parse.pos[token], "above")
        if stance is None and parse.dep[token] == "amod":
            stance = lexicon.stance(parse.lower[token], "ADJ", "modifier")
            noun = parse.head[token]
            if stance is not None and parse.lemma[noun] not in self.claims:
                return None
        clause = parse.head[noun]
        if parse.dep[noun] not in ("attr", "dobj", "nsubj", "nsubjpass") or parse.pos[clause] not in ("VERB", "AUX"):
            return None
        if stance is None:
            stance = lexicon.stance(parse.lemma[token], parse.pos[token], "negated")
            if stance is None or parse.pos[token] != "NOUN" or not self._is_negated(clause, noun):
                return None
        subject = self._subject(clause)
        exists = subject is not None and parse.dep[subject] == "expl"
        if statement.is_narrator and stance == "declines":
            return None
        told = (
            not statement.is_narrator and parse.dep[noun] == "dobj" and self._is_told_that(clause, subject, statement)
        )
        if not exists and not told:
            return None
        below = self._told_below(noun)
        if below is None:
            below = next(
                (o for c in parse.children[noun] if parse.dep[c] == "prep" for o in parse.children[c] if o > c), None
            )
        return Judged(statement, noun if below is None else below, clause, stance, True)

    def _is_told_that(self, clause: int, subject: int | None, statement: Statement) -> bool:
        """ "We have no evidence", "the pictures showed no sign": the speaker's own, or the main thing that is said."""
        own = self._is_speaker(subject, statement)
        return own or (self.parse.lemma[clause] in _SHOWING and self._is_main_clause(clause, statement))

    def _is_speaker(self, subject: int | None, statement: Statement) -> bool:
        """Whether a subject is who makes the statement: I, we; in indirect speech he, she, it, they."""
        if subject is None or statement.is_narrator:
            return False
        return self.parse.lower[subject] in _SPEAKERS[statement.quote]

    def _refusal(self, token: int, statement: Statement) -> Judged | None:
        """ "We don't discuss operations", "it could not vouch for", "I honestly don't know"."""
        parse = self.parse
        stance = self.lexicon.stance(parse.lemma[token], parse.pos[token], "refusal")
        if stance is None:
            return None
        clause, negated = token, False
        for _ in range(_STEPS):
            negated = negated or any(
                parse.dep[c] == "neg" or parse.lower[c] in ("unable", "neither")
                for c in (clause, *parse.children[clause])
            )
            if self._subject(clause) is not None or parse.dep[clause] not in ("conj", "xcomp", "ccomp"):
                break
            clause = parse.head[clause]
        if not negated or not self._is_speaker(self._subject(clause), statement):
            return None
        about = object_of(self.parse, token)
        known = parse.lemma[about] in self.claims or parse.lower[about] in PRONOUNS or parse.lemma[about] in self.deeds
        asked = any(parse.lower[c] in _WHETHER for c in parse.children[about])
        if about == token or known or asked or parse.lemma[about] in (self._topic() | self._before(token)):
            return Judged(statement, about, token, stance, True)
        return None

    def _inquiry(self, token: int, statement: Statement) -> Judged | None:
        """ "Analysts are examining the video", "trying to verify where the shots came from": they cannot say yet."""
        stance = inquiry(self.parse, token, self.lexicon)
        return None if stance is None else Judged(statement, object_of(self.parse, token), token, stance, True)

    def _negation(self, token: int, statement: Statement) -> Judged | None:
        """ "There were no cases", "the woman was not his wife": a flat negation on what the article is about."""
        parse = self.parse
        about = clause = parse.head[token]
        noun = parse.lower[token] == "no"
        if noun:
            if parse.dep[about] not in ("attr", "nsubj", "nsubjpass", "dobj"):
                return None
            if self.lexicon.stance(parse.lemma[about], "NOUN", "negated") is not None:
                return None
            clause = parse.head[about]
        if parse.pos[clause] not in ("VERB", "AUX") or not self._is_told(clause, statement):
            return None
        if self.lexicon.stance(parse.lemma[clause], "VERB", "negated") is not None:
            return None
        if token + 1 < len(parse) and parse.lower[token + 1] in _NOT_ALL:
            return None
        subject = self._subject(clause)
        if subject is None or parse.lower[subject] in ("i", "you", "we"):
            return None
        if not noun and not self._is_definite(subject):
            return None
        own = {
            parse.lemma[t]
            for t in range(parse.left[clause], parse.right[clause])
            if parse.pos[t] in _CONTENT and self.voices.at(t) is statement
        }
        shared = own & (self._topic() | self._before(clause))
        if (noun and parse.lemma[about] in shared) or len(shared) > 1:
            return Judged(statement, about, clause, "denies", False)
        return None

    def _is_definite(self, subject: int) -> bool:
        """Whether a subject is somebody or something known: "aid is not a privilege" is on nothing that happened."""
        parse = self.parse
        if parse.pos[subject] == "PROPN" or parse.lower[subject] in ("he", "she", "they"):
            return True
        return any(
            parse.dep[c] == "poss" or parse.lower[c] in ("the", "this", "that", "these", "those", "no")
            for c in parse.children[subject]
        )

    def _is_told(self, clause: int, statement: Statement) -> bool:
        """Whether a main clause plainly says that something did not happen or is not so: no modal, no habit."""
        parse = self.parse
        auxiliaries = [c for c in parse.children[clause] if parse.dep[c] in ("aux", "auxpass")]
        if any(parse.tag[c] == "MD" or parse.lower[c] in ("do", "does") for c in auxiliaries):
            return False
        if parse.tag[clause] == "VBG" or parse.lemma[clause] in ("have", "go"):
            return False
        if parse.tag[clause] == "VB" and not auxiliaries:
            return False
        if any(parse.lower[c] in ("if", "unless") for c in parse.children[clause]):
            return False
        return self._is_main_clause(clause, statement)

    def _topic(self) -> frozenset[str]:
        """The content words of the article's first sentences: what it is about."""
        if self.topic is None:
            stop = self.parse.sentences[min(_LEAD, len(self.parse.sentences)) - 1][1] if self.parse.sentences else 0
            self.topic = self._lemmas(0, stop)
        return self.topic

    def _before(self, clause: int) -> frozenset[str]:
        here = self.parse.sentence_of[clause]
        first = self.parse.sentences[max(0, here - _BACK)][0]
        return self._lemmas(first, self.parse.sentences[here][0])

    def _lemmas(self, first: int, stop: int) -> frozenset[str]:
        parse = self.parse
        return frozenset(parse.lemma[t] for t in range(first, stop) if parse.pos[t] in _CONTENT)
