"""Who a pronoun or a definite noun points back to: those named before, the likeliest first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from reportedly.extract.actors.cast import Entity
from reportedly.parsing import Parse

_WINDOW_SENTENCES = 6
_WINDOW_HITS = 40
# The order of these weights is what counts: who spoke last outweighs one sentence of distance, a subject half of that.
_SOURCE, _SUBJECT, _NAMED, _QUOTED, _TOLD, _SENTENCE = 2.0, 1.0, 0.5, -2.5, -1.0, -1.0
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})


@dataclass(frozen=True, slots=True)
class Hit:
    """One mention of an entity. `quoted` is the statement whose quotation it stands in, `source` that it speaks."""

    token: int
    start: int
    entity: Entity
    subject: bool
    source: bool
    quoted: str | None


@dataclass(slots=True)
class Salience:
    """The mentions so far, in text order. `direct` are the ids of statements in quotation marks."""

    parse: Parse
    direct: frozenset[str] = frozenset()
    hits: list[Hit] = field(default_factory=list)

    def add(self, token: int, entity: Entity, source: bool, quoted: str | None) -> None:
        """Records a mention; its place in the sentence is read off the tree."""
        subject = self.parse.dep[token] in _SUBJECTS
        self.hits.append(Hit(token, self.parse.start[token], entity, subject, source, quoted))

    def recent(self, token: int) -> Iterator[Hit]:
        """The mentions before a token, the last first, within a few sentences."""
        sentence = self.parse.sentence_of[token]
        for hit in self.hits[: -_WINDOW_HITS - 1 : -1]:
            if hit.token < token:
                if sentence - self.parse.sentence_of[hit.token] > _WINDOW_SENTENCES:
                    return
                yield hit

    def best(
        self,
        token: int,
        fits: Callable[[Hit], bool],
        quoted: str | None = None,
        weight: Callable[[Hit], float] | None = None,
        margin: float = 0.0,
    ) -> Entity | None:
        """The likeliest of the fitting mentions before a token: recent, a source, a subject, not inside a quotation.

        For a token inside a quotation, mentions of the same quotation count in full. `weight` adds to the score. None
        where somebody else comes within `margin` of the first.
        """
        sentence = self.parse.sentence_of[token]
        scores: dict[str, tuple[float, Entity]] = {}
        for hit in self.recent(token):
            if not fits(hit) or self._bound(hit, token):
                continue
            score = _SENTENCE * (sentence - self.parse.sentence_of[hit.token])
            score += _SOURCE * hit.source + _SUBJECT * hit.subject + _NAMED * (hit.entity.kind != "role")
            if hit.quoted is not None and hit.quoted != quoted:
                score += _QUOTED if hit.quoted in self.direct else _TOLD
            score += weight(hit) if weight else 0.0
            known = scores.get(hit.entity.name)
            if known is None or score > known[0]:
                scores[hit.entity.name] = (score, hit.entity)
        ranked = sorted(scores.values(), key=lambda pair: -pair[0])
        if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < margin):
            return None
        return ranked[0][1]

    def _bound(self, hit: Hit, token: int) -> bool:
        """Whether both are arguments of one verb, so that they cannot be the same: "He told Kerry"."""
        head = self.parse.head[token]
        return self.parse.head[hit.token] == head and self.parse.dep[token] != "poss" and head not in (hit.token, token)
