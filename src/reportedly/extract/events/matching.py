"""Finds the ontology's triggers in a parse and fills their frames."""

from dataclasses import dataclass, replace

from reportedly.extract.events.clauses import Clauses, Slots
from reportedly.extract.events.phrases import Phrases
from reportedly.ontology import Need, Ontology, Trigger
from reportedly.parsing import Parse

_SUBCLAUSES = frozenset(
    {"ccomp", "advcl", "relcl", "conj", "acl", "parataxis", "nsubj", "csubj", "agent", "appos", "poss"}
)
_REACH = 3
_PARTICLES = frozenset({"in", "over"})
_OBJECT_PARTICLES = frozenset({"off", "down", "up", "in", "out", "over"})
_COMPLEMENTS = frozenset({"of", "on", "against", "with", "between", "for", "to", "into"})
_ARMED = frozenset({"ASSAULT", "MOBILIZE", "COERCE"})
_NARROW = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "ACCUSE", "REQUEST", "REJECT", "PROTEST", "CONCEDE", "AID"}
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger found: its tokens (the head apart) and the head tokens of its parties."""

    trigger: Trigger
    head: int
    tokens: tuple[int, ...]
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    slots: Slots

    @property
    def first(self) -> int:
        """The leftmost token."""
        return min(self.tokens)


class Matcher:
    """Looks for triggers in one article."""

    def __init__(self, clauses: Clauses, phrases: Phrases, ontology: Ontology) -> None:
        self.parse: Parse = clauses.parse
        self.clauses = clauses
        self.lemma = clauses.lemma
        self.phrases = phrases
        self.ontology = ontology

    def find(self, strict: bool = True, voices: list[int] | None = None, within: range | None = None) -> list[Hit]:
        """All hits in order, or those `within` some tokens. A token serves one hit of its own voice.

        `strict` False leaves out the rows' needs.
        """
        parse, ontology = self.parse, self.ontology
        taken: set[int] = set()
        hits: list[Hit] = []
        for token in within if within is not None else range(len(parse)):
            pos, lemma = parse.pos[token], self.lemma[token]
            if pos == "VERB":
                gerund = self.clauses.is_gerund(token)
                noun = parse.lower[token].removesuffix("s") if parse.tag[token] == "VBZ" else parse.lower[token]
                rows = (ontology.nouns.get(noun) if gerund else None) or ontology.verbs.get(lemma)
            elif pos == "AUX":
                rows = ontology.verbs.get("be") if lemma == "be" and parse.dep[token] != "aux" else None
            elif pos in ("NOUN", "PROPN"):
                rows = ontology.nouns.get(lemma)
                if rows is None and pos == "PROPN":
                    rows = ontology.nouns.get(parse.lower[token].removesuffix("s"))
            else:
                continue
            if rows and token not in taken and (hit := self._match(token, rows, strict)):
                taken.update(t for t in hit.tokens if voices is None or voices[t] == voices[token])
                hits.append(hit)
        # A verb phrase may take in a noun that was met before it ("a deal was reached").
        owners = {
            token: hit
            for hit in hits
            for token in hit.tokens
            if len(hit.tokens) > 1 and (voices is None or voices[token] == voices[hit.head])
        }
        return [hit for hit in hits if owners.get(hit.head, hit) is hit]

    def _match(self, token: int, rows: tuple[Trigger, ...], strict: bool) -> Hit | None:
        parse = self.parse
        if parse.dep[token] in ("amod", "compound", "nmod", "aux", "auxpass"):
            return None
        verbal = rows[0].pos == "verb"
        for row in rows:
            tokens = self._verb_words(token, row) if verbal else self._noun_words(token, row)
            if tokens is None:
                continue
            slots = self._slots(token, tokens, row)
            if not strict or all(self._meets(slots, need) for need in row.needs):
                return self._hit(row, token, tokens, slots)
        return None if verbal else self._bare(token, rows)

    def _bare(self, noun: int, rows: tuple[Trigger, ...]) -> Hit | None:
        """A definite noun that meets no row's needs but may point back to a happening: "the Iraq strikes"."""
        parse = self.parse
        single = [row for row in rows if len(row.words) == 1]
        row = next((row for row in single if row.mode is None), rows[-1])
        if len({other.type for other in single}) > 1:
            row = replace(row, mode=None)
        marks = self.ontology.words["anaphora"] | self.ontology.words["further"]
        definite = any(
            parse.lower[child] in marks and parse.dep[child] in ("det", "amod", "poss", "nmod")
            for child in parse.children[noun]
        )
        said = any(parse.dep[child] == "prep" and parse.lower[child] in _COMPLEMENTS for child in parse.children[noun])
        if not definite or said or len(row.words) > 1:
            return None
        return Hit(row, noun, (noun,), (), (), {})

    def _verb_words(self, verb: int, row: Trigger) -> tuple[int, ...] | None:
        if len(row.words) == 1:
            return (verb,)
        parse = self.parse
        near: list[int] = []
        level = [verb]
        for _ in range(_REACH):
            level = [
                child
                for token in level
                for child in parse.children[token]
                if (parse.dep[child] not in _SUBCLAUSES and not (token == verb and parse.dep[child] == "aux"))
                or (parse.dep[child] == "ccomp" and parse.tag[child] == "VB")
                or (parse.dep[child] in ("advcl", "ccomp") and parse.pos[child] == "ADJ")
            ]
            near.extend(level)
        if parse.dep[verb] in ("relcl", "acl"):
            near.append(parse.head[verb])
        found = [verb]
        for order, word in enumerate(row.words[1:], 2):
            last = order == len(row.words)
            match = next(
                (
                    t
                    for t in near
                    if (self.lemma[t] == word or parse.lower[t] == word)
                    and t not in found
                    and not self._is_elsewhere(t, found)
                    and not (parse.dep[t] == "amod" and parse.head[parse.head[t]] != verb)
                    and not (last and word in _PARTICLES and self._is_loose(verb, t))
                ),
                None,
            )
            if match is None:
                return None
            found.append(match)
        return tuple(found)

    def _is_elsewhere(self, token: int, found: list[int]) -> bool:
        """Whether a noun hangs on a preposition that is no part of the phrase: "sent food for the forces"."""
        parse = self.parse
        head = parse.head[token]
        return parse.dep[token] == "pobj" and head not in found and parse.lower[head] != "of"

    def _is_loose(self, verb: int, token: int) -> bool:
        """Whether a preposition stands too far from the verb to be its particle: "gave birth in"."""
        return self.parse.dep[token] == "prep" and token != verb + 1

    def _noun_words(self, noun: int, row: Trigger) -> tuple[int, ...] | None:
        if len(row.words) == 1:
            return (noun,)
        parse = self.parse
        found = [noun]
        at = noun - 1
        for word in reversed(row.words[:-1]):
            while at >= 0 and parse.lower[at] in ("-", "–"):
                at -= 1
            if at < 0 or word not in (self.lemma[at], parse.lower[at]):
                return None
            found.append(at)
            at -= 1
        return tuple(reversed(found))

    def _slots(self, token: int, tokens: tuple[int, ...], row: Trigger) -> Slots:
        slots = self.clauses.slots(token)
        others = [t for t in tokens if t != token]
        if row.pos == "verb" and others:
            slots = self._with_particle(token, others, slots)
            slots = {name: [t for t in found if t not in others] for name, found in slots.items()}
            for other in others:
                if self.parse.pos[other] in ("NOUN", "PROPN", "VERB") and other != token:
                    inner = self.clauses.slots(other)
                    for name, found in inner.items():
                        if name in ("subj", "clause") or (name == "obj" and self.parse.pos[other] != "VERB"):
                            continue
                        target = "objposs" if name in ("poss", "pre") else name
                        place = slots.setdefault(target, [])
                        place.extend(t for t in found if t not in place and t not in tokens)
        if any("." in slot for slot in row.frame.recipients) or any("." in s for need in row.needs for s in need.slots):
            slots = dict(slots)
            for child in self.parse.children[token]:
                if self.parse.dep[child] in ("xcomp", "ccomp"):
                    for name, found in self.clauses.slots(child).items():
                        slots.setdefault(f"clause.{name}", []).extend(found)
        return {name: found for name, found in slots.items() if found}

    def _with_particle(self, verb: int, others: list[int], slots: Slots) -> Slots:
        """The slots with the object of a particle that the parser takes for a preposition: "cordoned off the hill"."""
        parse = self.parse
        particle = next((t for t in others if t == verb + 1 and parse.lower[t] in _OBJECT_PARTICLES), None)
        if particle is None or parse.dep[particle] != "prep" or "obj" in slots:
            return slots
        return {**slots, "obj": slots.get(parse.lower[particle], [])}

    def _meets(self, slots: Slots, need: Need) -> bool:
        found = [token for slot in need.slots for token in slots.get(slot, ())]
        if need.kind == "?=":
            return not found or any(self.phrases.fits(token, need) for token in found)
        fits = any(self.phrases.fits(token, need) for token in found)
        return fits if need.kind == "=" else not fits

    def _hit(self, row: Trigger, token: int, tokens: tuple[int, ...], slots: Slots) -> Hit:
        frame = row.frame
        taken = set(tokens)
        recipients = self._fill(slots, (*frame.recipients, "anti"), taken, row)
        taken.update(recipients)
        names = frame.actors if row.pos == "verb" else ("subj", *frame.actors)
        if row.pos == "noun" and frame.mutual:
            names = (*names, "predicate")
        if frame.mutual and set(frame.actors) & set(frame.recipients):
            both = [slot for slot in frame.recipients if slot in ("between", "among") and slots.get(slot)]
            if both:  # "talks between A and B"
                recipients = ()
                taken = set(tokens)
                names = tuple(both)
        actors = self._fill(slots, names, taken, row)
        if not actors and row.pos == "verb" and row.type in _ARMED:  # "Egyptian warplanes bombed"
            for means in slots.get("subj", ())[:1]:
                if self.parse.pos[means] == "NOUN":
                    actors = self._fill(self.clauses.slots(means), ("by", "poss", "pre"), taken, row)
        if frame.mutual and not recipients and len(actors) > 1:
            return Hit(row, token, tokens, actors, tuple(reversed(actors)), slots)
        return Hit(row, token, tokens, actors, recipients, slots)

    def _fill(self, slots: Slots, names: tuple[str, ...], taken: set[int], row: Trigger) -> tuple[int, ...]:
        """The parties of the first slot that has any."""
        for name in names:
            found = tuple(t for t in slots.get(name, ()) if t not in taken and self._can_be(t, name, row))
            if found:
                return found
        return ()

    def _can_be(self, token: int, slot: str, row: Trigger) -> bool:
        if self.phrases.is_party(token):
            return not (self.parse.pos[token] == "NUM" and slot not in ("subj", "obj"))
        if row.type in _NARROW or slot in ("subj", "by", "poss", "pre"):
            return False
        classes = self.ontology.classes
        lemma = self.lemma[token]
        return lemma in classes["place"] or lemma in classes["target"]


def merged(left: Hit, right: Hit) -> Hit:
    """Two hits on one happening as one: the left one with what only the right one has."""
    return replace(
        left,
        actors=left.actors or right.actors,
        recipients=left.recipients or (() if left.trigger.frame.mutual else right.recipients),
        slots={**right.slots, **left.slots},
    )
