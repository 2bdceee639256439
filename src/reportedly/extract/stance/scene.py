"""An article as positions are looked for in it: who says each word, and what the article is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportedly.extract.stance.lexicon import StanceLexicon
from reportedly.extract.stance.voices import Voices
from reportedly.parsing import Parse
from reportedly.records import Stance, Statement
from reportedly.topic import Topic

# Classes whose statement is on what its content says; the others ask, promise or take a position by themselves.
_TELLING = frozenset({"say", "report", "believe", "learn", "warn", "accuse", "agree"})
_SPEAKERS = {
    "direct": frozenset({"i", "we"}),
    "indirect": frozenset({"he", "she", "it", "they"}),
    "mixed": frozenset({"i", "we", "he", "she", "it", "they"}),
}
_HOLDING = frozenset({"say", "know", "think", "believe"})
_MAIN = frozenset({"ROOT", "ccomp", "conj", "parataxis"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A position found: the statement, the token that stands for what it is on, the clause, the stance.

    `word` is the word that judges; `kind` is "inquiry" where it only says that the source is finding out, "contrary"
    where it says what cannot be so as well ("she is safe"). `pointing`: the words name a report ("the claims") or point
    ("that"); else they only tell of the same things.
    """

    statement: Statement
    about: int
    clause: int
    stance: Stance
    pointing: bool
    word: int
    kind: Literal["judgement", "inquiry", "contrary"] = "judgement"


class Scene:
    """One article's parse, voices and topic."""

    def __init__(self, parse: Parse, statements: Sequence[Statement], lexicon: StanceLexicon) -> None:
        self.parse, self.lexicon = parse, lexicon
        self.voices = Voices(parse, statements)
        self.topic = Topic(parse)

    def voice(self, token: int) -> Statement | None:
        """Who says a word, where it is told and not part of a cue."""
        statement = self.voices.at(token)
        if statement is None or token in self.voices.cues:
            return None
        return statement if statement.is_narrator or statement.cue_class in _TELLING else None

    def is_speaker(self, subject: int | None, statement: Statement) -> bool:
        """Whether a subject is who makes the statement: I, we; in indirect speech he, she, it, they."""
        if subject is None or statement.is_narrator:
            return False
        return self.parse.lower[subject] in _SPEAKERS[statement.quote]

    def holds(self, clause: int, statement: Statement) -> bool:
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

    def is_main_clause(self, clause: int, statement: Statement) -> bool:
        """Whether a clause is a main one of what a statement says."""
        parse, at = self.parse, clause
        while parse.dep[at] in _MAIN and parse.head[at] != at and self.voices.at(parse.head[at]) is statement:
            below, at = at, parse.head[at]
            if parse.dep[below] == "ccomp" and parse.lemma[at] not in _HOLDING and at not in self.voices.cues:
                return False
        return parse.dep[at] in _MAIN

    def is_known(self, token: int) -> bool:
        """Whether the article is about what a word names, or has just told of it."""
        return self.parse.lemma[token] in self.topic.before(token)

    def shared(self, clause: int, statement: Statement) -> frozenset[str]:
        """The content words of a clause that tell of what the article is about."""
        parse = self.parse
        own = {
            parse.lemma[t]
            for t in range(parse.left[clause], parse.right[clause])
            if parse.pos[t] in _CONTENT and self.voices.at(t) is statement
        }
        return self.topic.before(clause) & own
