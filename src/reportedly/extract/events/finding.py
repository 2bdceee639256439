"""From triggers to reports: which happenings a text reports, in whose statement, with which parties."""

from collections.abc import Sequence

from reportedly.extract.events.claims import Claims
from reportedly.extract.events.clauses import Clauses
from reportedly.extract.events.counts import Counts
from reportedly.extract.events.matching import Hit, Matcher, merged
from reportedly.extract.events.modality import Modalities
from reportedly.extract.events.phrases import Phrases
from reportedly.extract.events.positions import find_positions
from reportedly.extract.events.typing import Typist
from reportedly.language import Language
from reportedly.models import Read, RelationModel
from reportedly.ontology import Ontology
from reportedly.parsing import Parse
from reportedly.records import Article, Number, Party, Report, Span, Statement, make_id

_MOST_A_SENTENCE = 3
_MOST_CONTEXTS = 4
_WIDEST_TRIGGER = 6
_GAME_WORDS = 2
# Where the number of those who took part or were moved stands.
_SIZES = {"PROTEST": "subj", "MOBILIZE": "obj", "RETREAT": "obj"}
_MODE_SLOTS = ("subj", "obj", "with", "by", "in", "using", "from", "through", "for", "over", "via", "of")
# Between persons without a name these are private matters.
_PERSONAL = frozenset({"AID", "SUPPORT", "COOPERATE", "CONSULT"})
_SOMEBODY = frozenset({"i", "me", "you", "he", "him", "she", "her", "it", "my", "his"})
# Modes of deeds that are told apart from the attack they come with.
_OWN = frozenset({"destroy", "abduct", "sexual", "targeted"})
_COUNTED = frozenset({"ASSAULT", "COERCE"})


def find_reports(
    article: Article,
    parse: Parse,
    statements: Sequence[Statement],
    ontology: Ontology,
    language: Language,
    read: Read | None = None,
    relation: RelationModel | None = None,
) -> tuple[Report, ...]:
    """The happenings that the statements (the narrator's among them) report, with draft parties.

    A report belongs to the innermost statement whose content holds its trigger; a cue that is itself an act ("accused")
    belongs to the voice that contains the statement. Statements that confirm, deny, decline, doubt, endorse or condemn
    and hold no happening of their own give a position report, typed once it is tied.
    """
    finder = Finder(article, parse, statements, ontology, language)
    reports = finder.reports()
    reports += find_positions(article, parse, statements, reports, ontology)
    claims = Claims(article, parse, statements, finder.voices, finder.phrases, finder.modalities, ontology, read)
    held = {(report.statement, token) for report in reports for token in _tokens(parse, report)}
    reports += [c for c in claims.find() if held.isdisjoint((c.statement, t) for t in _tokens(parse, c))]
    if relation is not None:
        reports = Typist(parse, finder.clauses, finder.matcher, ontology, relation).typed(reports)
    return tuple(sorted(reports, key=_place))


def _place(report: Report) -> tuple[int, int]:
    return report.trigger.start, report.trigger.end


def _tokens(parse: Parse, report: Report) -> range:
    return parse.tokens_in(report.trigger.start, report.trigger.end)


def voices_of(parse: Parse, statements: Sequence[Statement]) -> list[int]:
    """For each token the index of the innermost statement that holds it, -1 where none does."""
    voices = [-1] * len(parse)
    for index, statement in enumerate(statements):
        if statement.is_narrator:
            voices = [index] * len(parse)
    sized = sorted(
        (index for index, statement in enumerate(statements) if not statement.is_narrator),
        key=lambda index: (
            -sum(span.end - span.start for span in statements[index].content),
            -_away(statements[index]),
        ),
    )
    for index in sized:
        for span in statements[index].content:
            for token in parse.tokens_in(span.start, span.end):
                voices[token] = index
    return voices


def _away(statement: Statement) -> int:
    """How far a cue stands from its content: of two with the same content the nearer one is the inner one."""
    cue = statement.cue
    return min((max(span.start - cue.end, cue.start - span.end, 0) for span in statement.content if cue), default=0)


class Finder:
    """Finds the reports of one article."""

    def __init__(
        self,
        article: Article,
        parse: Parse,
        statements: Sequence[Statement],
        ontology: Ontology,
        language: Language,
    ) -> None:
        self.article, self.parse, self.statements, self.ontology = article, parse, statements, ontology
        self.clauses = Clauses(parse, ontology)
        self.lemma = self.clauses.lemma
        self.phrases = Phrases(self.clauses, ontology)
        self.matcher = Matcher(self.clauses, self.phrases, ontology)
        self.modalities = Modalities(self.clauses, ontology, language, article.day)
        self.counts = Counts(self.clauses, self.phrases, ontology)
        self.voices = voices_of(parse, statements)

    def reports(self) -> list[Report]:
        """All reports but the positions."""
        by_sentence: dict[int, list[Hit]] = {}
        for hit in self.matcher.find(voices=self.voices):
            if self.voices[hit.head] >= 0:
                by_sentence.setdefault(self.parse.sentence_of[hit.head], []).append(hit)
        kept: list[tuple[int, int, Hit]] = []
        numbers: dict[int, tuple[Number, ...]] = {}
        last: list[Hit] = []
        for sentence, (first, stop) in enumerate(self.parse.sentences):
            if self._is_game(first, stop):
                continue
            by_voice: dict[int, list[Hit]] = {}
            for hit in by_sentence.get(sentence, ()):
                by_voice.setdefault(self.voices[hit.head], []).append(hit)
            chosen = {voice: self._choose(group, voice) for voice, group in by_voice.items()}
            kept.extend((voice, sentence, hit) for voice, group in chosen.items() for hit in group)
            here = [hit for group in chosen.values() for hit in group]
            for head, found in self._numbers(first, stop, here or last, numbers).items():
                numbers[head] = (*numbers.get(head, ()), *found)
            last = here
        return [self._report(hit, voice, sentence, numbers.get(hit.head, ())) for voice, sentence, hit in kept]

    def _is_game(self, first: int, stop: int) -> bool:
        """Whether a sentence is about sport or entertainment, where "attack" and "defeat" are no violence."""
        for name in ("sport", "entertainment"):
            words = self.ontology.words[name]
            if len({self.lemma[t] for t in range(first, stop)} & words) >= _GAME_WORDS:
                return True
        return False

    def _choose(self, hits: list[Hit], voice: int) -> list[Hit]:
        """One hit a happening; those that are generic or name nobody left out; at most a few a sentence."""
        kept: list[Hit] = []
        for hit in sorted(hits, key=self._rank):
            twin = next((index for index, other in enumerate(kept) if self._is_same(other, hit)), None)
            if twin is not None:
                left, right = (hit, kept[twin]) if self._leads(hit, kept[twin]) else (kept[twin], hit)
                kept[twin] = merged(left, right)
            elif self._is_reported(hit, voice):
                kept.append(hit)
        return sorted(kept[:_MOST_A_SENTENCE], key=lambda hit: hit.first)

    def _rank(self, hit: Hit) -> tuple[int, int, int]:
        full = bool(hit.actors) + bool(hit.recipients)
        named = sum(self.phrases.is_named(t) for t in (*hit.actors, *hit.recipients))
        return -full, -min(named, 2), hit.head

    def _is_same(self, one: Hit, other: Hit) -> bool:
        """Whether two hits of a sentence name one happening: same type, no party at odds."""
        if one.trigger.type != other.trigger.type or self._are_apart(one, other):
            return False
        if self._leads(one, other) or self._leads(other, one):
            return True
        if (
            one.trigger.mode
            and other.trigger.mode
            and one.trigger.mode != other.trigger.mode
            and one.actors != other.actors
        ):
            return self._are_joined(one.head, other.head)
        return all(
            not left or not right or self._overlap(left, right)
            for left, right in ((one.actors, other.actors), (one.recipients, other.recipients))
        )

    def _are_apart(self, one: Hit, other: Hit) -> bool:
        """Whether two coordinated verbs are two deeds: "stormed the office and set it on fire"."""
        parse = self.parse
        joined = parse.dep[other.head] == "conj" and parse.head[other.head] == one.head
        joined = joined or (parse.dep[one.head] == "conj" and parse.head[one.head] == other.head)
        return joined and one.trigger.mode != other.trigger.mode and bool({one.trigger.mode, other.trigger.mode} & _OWN)

    def _leads(self, hit: Hit, other: Hit) -> bool:
        """Whether one verb governs what only follows from it: "traded fire, killing a farmer and wounding two"."""
        parse, at = self.parse, other.head
        if hit.trigger.pos != "verb" or parse.tag[at] != "VBG":
            return False
        while parse.dep[at] == "conj" and parse.tag[parse.head[at]] == "VBG":
            at = parse.head[at]
        return parse.head[at] == hit.head and parse.dep[at] == "advcl"

    def _are_joined(self, one: int, other: int) -> bool:
        """Whether one word depends on the other, at most through a preposition: "killed in an air strike"."""
        parse = self.parse
        for low, high in ((one, other), (other, one)):
            head = parse.head[low]
            if head == high or (parse.pos[head] == "ADP" and parse.head[head] == high):
                return True
        return False

    def _overlap(self, left: tuple[int, ...], right: tuple[int, ...]) -> bool:
        """Whether two sides share a head; a pronoun may stand for any."""
        parse = self.parse
        if any(parse.lower[t] in ("it", "they", "them", "their", "its") for t in (*left, *right)):
            return True
        return bool({self.lemma[t] for t in left} & {self.lemma[t] for t in right})

    def _is_reported(self, hit: Hit, voice: int) -> bool:
        parse = self.parse
        parties = (*hit.actors, *hit.recipients)
        if hit.trigger.pos == "verb":
            if not parties:
                return False
            if hit.trigger.type in _PERSONAL and all(parse.lower[t] in _SOMEBODY for t in parties):
                return False
            general = parse.tag[hit.head] in ("VBZ", "VBP") and not any(self.phrases.is_named(t) for t in parties)
            return not general
        return bool(parties) or self._is_told(hit, voice)

    def _is_told(self, hit: Hit, voice: int) -> bool:
        """Whether a noun without parties stands for a happening: a definite one, to be tied, or one said to occur."""
        parse = self.parse
        head = parse.head[hit.head]
        relation = parse.dep[hit.head]
        if (
            relation in ("nsubj", "nsubjpass", "dobj", "attr")
            and self.lemma[head] in self.ontology.words["occur_verbs"]
        ):
            return True
        if self.statements[voice].is_narrator:  # the outlet's own "the attack" repeats what it has told
            return False
        return any(
            parse.lower[child] in self.ontology.words["anaphora"] or parse.dep[child] == "poss"
            for child in parse.children[hit.head]
        )

    def _numbers(
        self, first: int, stop: int, hits: list[Hit], known: dict[int, tuple[Number, ...]]
    ) -> dict[int, tuple[Number, ...]]:
        """The sentence's counts of people by the head of the hit that they belong to: the nearest violent one.

        `hits` are the sentence's, or those of the sentence before where it has none ("Four people were hurt.").
        """
        violent = [hit for hit in hits if hit.trigger.type in _COUNTED]
        found: dict[int, list[Number]] = {}
        tellers: dict[tuple[int, str], int] = {}
        for token, number in self.counts.results_in(first, stop):
            owner = min(violent, key=lambda hit: abs(hit.head - token), default=None)
            if owner is None:
                continue
            taken = {other.kind for other in known.get(owner.head, ())}
            # Two words of one kind give one count twice: "killed two men; the two deaths".
            if number.kind not in taken and tellers.setdefault((owner.head, number.kind), token) == token:
                found.setdefault(owner.head, []).append(number)
        for hit in hits if not known.keys() & {hit.head for hit in hits} else ():
            slot = _SIZES.get(hit.trigger.type)
            for noun in hit.slots.get(slot, [])[:1] if slot else ():
                if size := self.counts.count(noun, "size"):
                    found.setdefault(hit.head, []).append(size)
        return {head: tuple(numbers) for head, numbers in found.items()}

    def _report(self, hit: Hit, voice: int, sentence: int, numbers: tuple[Number, ...]) -> Report:
        article, statement = self.article, self.statements[voice]
        trigger = self._span(hit)
        kind = hit.trigger.type
        negated, modality = self.modalities.sense(hit.head, self.voices)
        lows: dict[str, int] = {}
        for number in numbers:  # "killing a farmer and three soldiers"
            lows[number.kind] = lows.get(number.kind, 0) + number.low
        return Report(
            id=make_id("report", article.id, article.sha256, statement.id, trigger.start, trigger.end, kind),
            statement=statement.id,
            type=kind,
            quad=self.ontology.quad_of(kind),
            mode=self._mode(hit),
            contexts=self._contexts(hit, sentence),
            trigger=trigger,
            actors=self._parties(hit.actors),
            recipients=self._parties(hit.recipients),
            killed=lows.get("killed"),
            injured=lows.get("injured"),
            size=lows.get("size"),
            numbers=numbers,
            modality=modality,
            negated=negated,
        )

    def _parties(self, heads: tuple[int, ...]) -> tuple[Party, ...]:
        found: list[Party] = []
        for head in heads:
            party = self.phrases.party(head)
            if all(known.start != party.start for known in found):
                found.append(party)
        return tuple(found)

    def _span(self, hit: Hit) -> Span:
        first, last = min(hit.tokens), max(hit.tokens)
        if last - first > _WIDEST_TRIGGER or self.parse.sentence_of[first] != self.parse.sentence_of[last]:
            return self.parse.span(hit.head, hit.head + 1)
        return self.parse.span(first, last + 1)

    def _mode(self, hit: Hit) -> str | None:
        """The trigger's mode, or the one that the words about it give away."""
        modes = self.ontology.types[hit.trigger.type].modes
        if hit.trigger.mode is not None or not modes:
            return hit.trigger.mode
        parse = self.parse
        near = set(hit.tokens) | {t for t in parse.children[hit.head] if parse.dep[t] in ("amod", "compound", "nmod")}
        for slot in _MODE_SLOTS:
            for token in hit.slots.get(slot, ()):
                near.add(token)
                near.update(c for c in parse.children[token] if parse.dep[c] in ("compound", "amod", "nmod"))
        governor = parse.head[hit.head]
        if self.lemma[governor] in ("use", "fly", "send", "employ"):  # "used jets to strike"
            for below in parse.children[governor]:
                near.add(below)
                near.update(c for c in parse.children[below] if parse.dep[c] == "pobj")
        lemmas = {self.lemma[token] for token in near}
        return next((code for code, mode in modes.items() if mode.words & lemmas), None)

    def _contexts(self, hit: Hit, sentence: int) -> tuple[str, ...]:
        found = list(hit.trigger.contexts)
        words = self.ontology.context_words
        for token in range(*self.parse.sentences[sentence]):
            for code in words.get(self.lemma[token], ()):
                if code not in found:
                    found.append(code)
        return tuple(found[:_MOST_CONTEXTS])
