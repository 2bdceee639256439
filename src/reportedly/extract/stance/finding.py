"""Positions without a cue of their own: a report each where the statement has none there.

What they are on is looked for among the article's other reports (`referring`).
"""

from collections.abc import Iterator, Sequence

from reportedly.extract.stance.judging import of_noun, of_predicate
from reportedly.extract.stance.lexicon import StanceLexicon
from reportedly.extract.stance.refusing import of_contrary, of_inquiry, of_negation, of_refusal
from reportedly.extract.stance.scene import Judged, Scene
from reportedly.language import POSITIONS
from reportedly.parsing import Parse
from reportedly.records import Report, Stance, Statement

_STEPS = 5


def is_claim(report: Report) -> bool:
    """Whether a report without a type tells of something itself and points back to nothing."""
    return report.type is None and report.refers_to is None


class Finder:
    """Finds the positions of one article that no cue and no report gives yet."""

    def __init__(
        self, parse: Parse, statements: Sequence[Statement], reports: Sequence[Report], lexicon: StanceLexicon
    ) -> None:
        self.parse, self.lexicon = parse, lexicon
        self.scene = Scene(parse, statements, lexicon)
        self.held: dict[tuple[str, int], list[tuple[int, Stance]]] = {}
        self.claims: dict[tuple[str, int], Report] = {}
        positions = {s.id for s in statements if s.cue_class in POSITIONS}
        for report in reports:
            tokens = parse.tokens_in(report.trigger.start, report.trigger.end)
            if tokens:
                token = parse.top(tokens.start, tokens.stop)
                key = (report.statement, parse.sentence_of[token])
                if is_claim(report) and report.statement not in positions:
                    self.claims[key] = report
                    continue
                self.held.setdefault(key, []).append((token, report.stance))

    def run(self) -> list[Judged]:
        """The positions one a clause."""
        found: list[Judged] = []
        taken: set[tuple[str, int]] = set()
        for judged in (*self._judged(), *self._negated()):
            key = (judged.statement.id, judged.clause)
            if key not in taken and not self._is_held(judged):
                taken.add(key)
                found.append(judged)
        return found

    def claim_beside(self, judged: Judged) -> Report | None:
        """The claim of the same sentence that a position stands in for: it says what the sentence comes to."""
        return self.claims.get((judged.statement.id, self.parse.sentence_of[judged.clause]))

    def _judged(self) -> Iterator[Judged]:
        parse, scene, words = self.parse, self.scene, self.lexicon.forms
        for token in range(len(parse)):
            if parse.lemma[token] not in words and parse.lower[token] not in words:
                continue
            statement = scene.voice(token)
            if statement is None:
                continue
            judged = of_predicate(scene, token, statement) or of_noun(scene, token, statement)
            if judged is None and not statement.is_narrator:
                judged = of_refusal(scene, token, statement) or of_inquiry(scene, token, statement)
                judged = judged or of_contrary(scene, token, statement)
            if judged is not None:
                yield judged

    def _negated(self) -> Iterator[Judged]:
        parse, scene = self.parse, self.scene
        for token in range(len(parse)):
            if parse.dep[token] == "neg" or parse.lower[token] == "no":
                statement = scene.voice(token)
                if statement is not None and statement.source is not None and not statement.is_narrator:
                    judged = of_negation(scene, token, statement)
                    if judged is not None:
                        yield judged

    def _is_held(self, judged: Judged) -> bool:
        """Whether the statement has a report there that is judged already, or within what is judged."""
        parse, clause = self.parse, judged.clause
        if judged.kind == "inquiry":  # "is investigating" is a deed and says that nothing is known yet
            held = self.held.get((judged.statement.id, parse.sentence_of[clause]), ())
            return any(stance == judged.stance for _, stance in held)
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
