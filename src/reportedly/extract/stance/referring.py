"""What a position without a happening of its own is on: the article's report that its words point back to."""

from collections import Counter
from collections.abc import Sequence

from reportedly.extract.stance.scene import Judged
from reportedly.extract.stance.trees import PRONOUNS
from reportedly.parsing import Parse
from reportedly.records import Article, Note, Report, Statement, make_id

# "That" points to what was just said, "the claims" to anything told before: how many sentences back.
_NEAR, _FAR = 3, 12
_FREQUENT = 4
_WIDEST = 5
_ASIDE = 3.0


class Referrer:
    """Makes the reports of one article's positions."""

    def __init__(
        self,
        article: Article,
        parse: Parse,
        statements: Sequence[Statement],
        reports: Sequence[Report],
        generic: frozenset[str],
    ) -> None:
        self.article, self.parse, self.generic = article, parse, generic
        self.said = [s for s in statements if not s.is_narrator]
        self.heads: dict[str, int] = {}
        for report in reports:
            tokens = parse.tokens_in(report.trigger.start, report.trigger.end)
            if tokens:
                self.heads[report.id] = parse.top(tokens.start, tokens.stop)
        self.full = [r for r in reports if r.type and (r.actors or r.recipients) and r.id in self.heads]
        self.frequency = Counter(_key(report) for report in self.full)

    def report(self, judged: Judged) -> tuple[Report, Note]:
        """The report that a position makes, and the note that says where its happening was taken from."""
        parse, article = self.parse, self.article
        trigger = parse.span(*self._trigger(judged))
        other = self._referent(judged)
        statement = judged.statement.id
        first = (other.refers_to or other.id) if other else None
        made = make_id("report", article.id, article.sha256, statement, trigger.start, trigger.end, judged.stance)
        report = Report(
            id=made,
            statement=statement,
            type=other.type if other else None,
            quad=other.quad if other else None,
            mode=other.mode if other else None,
            contexts=other.contexts if other else (),
            trigger=trigger,
            actors=other.actors if other else (),
            recipients=other.recipients if other else (),
            place=other.place if other else None,
            time=other.time if other else None,
            stance=judged.stance,
            refers_to=first,
        )
        code = "party-inherited" if other else "untyped"
        return report, Note(code=code, start=trigger.start, end=trigger.end, detail=first)

    def _trigger(self, judged: Judged) -> tuple[int, int]:
        """The tokens that stand for the position: a pronoun alone says nothing, "that was untrue" does."""
        first, last = sorted((judged.about, judged.word))
        if self.parse.lower[judged.about] in PRONOUNS and last - first <= _WIDEST:
            return first, last + 1
        return judged.about, judged.about + 1

    def _referent(self, judged: Judged) -> Report | None:
        """The report that is meant: in the words judged themselves, or told before; the best of those compatible."""
        parse = self.parse
        first, stop = parse.left[judged.about], parse.right[judged.about]
        inside = [r for r in self.full if first <= self.heads[r.id] < stop]
        if inside:
            return inside[0]
        here = parse.sentence_of[judged.clause]
        near = parse.lower[judged.about] in PRONOUNS
        bare = near or judged.about == judged.clause or parse.lemma[judged.about] in self.generic
        words = None if judged.kind == "contrary" or (judged.pointing and bare) else self._words(judged)
        if near and self._told_beside(judged):
            return None
        best: tuple[float, int] | None = None
        chosen = None
        for order, other in enumerate(self.full):
            head = self.heads[other.id]
            distance = here - parse.sentence_of[head]
            if head >= judged.about or distance > (_NEAR if near else _FAR):
                continue
            if judged.kind == "contrary" and not self._was_struck(judged, other):
                continue
            if words is not None and not self._tells_same(other, words):
                continue
            score = 2.0 * bool(other.actors and other.recipients) - distance * (1.0 if near else 0.25)
            score += min(self.frequency[_key(other)], _FREQUENT) / 2
            score += 1.5 * ((other.quad or "").startswith("material") or other.type == "AGREE")
            score -= _ASIDE * (parse.dep[head] in ("relcl", "acl"))  # "a pilot who was held": says who is meant
            if best is None or (score, order) > best:
                best, chosen = (score, order), other
        return chosen

    def _was_struck(self, judged: Judged, other: Report) -> bool:
        """Whether a report tells of harm to the speaker, or to whom the speaker says to be safe."""
        parse, source = self.parse, judged.statement.source
        subject = next(
            (c for c in parse.children[judged.clause] if parse.dep[c] in ("nsubj", "nsubjpass")), judged.about
        )
        words = {parse.lower[subject]} | set((source.name or source.text or "").lower().split() if source else ())
        for preposition in (*parse.children[judged.about], *parse.children[judged.clause]):  # "all is well with her"
            words |= {parse.lower[t] for t in parse.children[preposition] if parse.dep[t] == "pobj"}
        harmed = {word for p in other.recipients for word in (p.name or p.text).lower().split()}
        return other.quad == "material conflict" and bool(words & harmed)

    def _told_beside(self, judged: Judged) -> bool:
        """Whether "that" stands for what another says earlier in the sentence, a happening of no known type."""
        parse = self.parse
        first, stop = parse.start[parse.sentences[parse.sentence_of[judged.about]][0]], parse.start[judged.about]
        spans = [
            span
            for s in self.said
            for span in s.content
            if s.id != judged.statement.id and first <= span.start and span.end <= stop
        ]
        starts = [parse.start[self.heads[r.id]] for r in self.full]
        return bool(spans) and not any(span.start <= at < span.end for span in spans for at in starts)

    def _words(self, judged: Judged) -> frozenset[str]:
        parse = self.parse
        below = [c for c in parse.children[judged.clause] if parse.dep[c] in ("advcl", "relcl", "conj")]
        words = set()
        for token in range(parse.left[judged.clause], parse.right[judged.clause]):
            aside = any(parse.left[c] <= token < parse.right[c] for c in below)
            if not aside and parse.pos[token] in ("NOUN", "VERB", "PROPN"):
                words.add(parse.lemma[token])
        return frozenset(words)

    def _tells_same(self, other: Report, words: frozenset[str]) -> bool:
        """Whether a flat negation names the happening by its own word."""
        return self.parse.lemma[self.heads[other.id]] in words


def _key(report: Report) -> tuple[str | None, str | None]:
    first = report.actors[0] if report.actors else None
    return report.type, (first.country or first.name or first.text) if first else None
