"""Who does what to whom in a parsed clause: the slots of a verb or noun, by dependency."""

from collections.abc import Iterator

from reportedly.ontology import Ontology
from reportedly.parsing import Parse

Slots = dict[str, list[int]]

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CLAUSES = frozenset({"ccomp", "xcomp"})
_RELATIVE = frozenset({"WDT", "WP"})
_DEEPEST = 8
_AGENTS = ("by", "against", "with", "on")
_DURING = frozenset({"after", "amid", "during", "since", "following"})
_NOMINAL = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
_MEASURES = frozenset({"advmod", "npadvmod", "acomp"})
# Verbs whose object or `of` names a deed of the one blamed: "blamed the ambush on X", "accused X of the attack".
_BLAMING = frozenset({"blame", "accuse", "suspect", "attribute", "pin", "charge", "convict", "acquit", "clear"})
# Nouns of number: "a wave of attacks" stands where "attacks" would.
_SERIES = frozenset(
    {"wave", "series", "string", "spate", "round", "spree", "flurry", "rash", "number", "pair", "couple"}
)
_WORDED = frozenset(
    {"statement", "resolution", "letter", "message", "declaration", "report", "speech", "video", "post"}
)
_SUFFERING = frozenset({"suffer", "face", "survive", "endure", "withstand"})


def lemmas(parse: Parse, ontology: Ontology) -> tuple[str, ...]:
    """The lemmas, with those of verb forms that the parser does not know set right ("staged" is no "stag")."""
    verbs, forms, light = ontology.verbs, ontology.forms, ontology.words["light_verbs"]
    return tuple(
        forms.get(lower, lemma) if pos == "VERB" and lemma not in verbs and lemma not in light else lemma
        for lemma, lower, pos in zip(parse.lemma, parse.lower, parse.pos, strict=True)
    )


class Clauses:
    """The clauses of one article. Slots hold head tokens and are computed on demand, once a token."""

    def __init__(self, parse: Parse, ontology: Ontology) -> None:
        self.parse = parse
        self.lemma = lemmas(parse, ontology)
        self.control = ontology.words["object_control"]
        self.light = ontology.words["light_verbs"]
        self.classes = ontology.classes
        self._slots: dict[int, Slots] = {}
        self.label: dict[int, str] = {}
        for name in parse.names:
            for token in range(name.first, name.stop):
                self.label[token] = name.label

    def slots(self, token: int) -> Slots:
        """The slots of a verb or noun."""
        found = self._slots.get(token)
        if found is None:
            verbal = self.parse.pos[token] in ("VERB", "AUX") and not self.is_gerund(token)
            found = self._slots[token] = self._verb_slots(token) if verbal else self._noun_slots(token)
        return found

    def is_gerund(self, token: int) -> bool:
        """Whether a verb form stands where a noun does: "Fighting between … continued", "talks on the loan"."""
        parse = self.parse
        if parse.tag[token] not in ("VBG", "VBZ"):
            return False
        if parse.dep[token] == "pcomp" and parse.lower[parse.head[token]] in _DURING:  # "after shelling in the town"
            return all(parse.dep[child] not in ("dobj", "prt") for child in parse.children[token])
        return parse.dep[token] in _NOMINAL

    def subject(self, verb: int, depth: int = 0) -> int | None:
        """The surface subject of a verb, its own or the one it shares or is controlled by."""
        parse = self.parse
        for child in parse.children[verb]:
            if parse.dep[child] in _SUBJECTS:
                return self.antecedent(child)
        relation, head = parse.dep[verb], parse.head[verb]
        if depth > _DEEPEST or head == verb:
            return None
        if relation in ("conj", "aux"):
            return self.subject(head, depth + 1) if parse.pos[head] in ("VERB", "AUX") else None
        if relation in _CLAUSES or relation == "advcl":
            return self._controller(verb, head, relation, depth)
        if relation == "acl":
            return self._modified(verb, head, depth)
        if relation == "relcl":
            return head
        if relation == "pcomp":
            return self._under_preposition(head, depth)
        return None

    def _controller(self, verb: int, head: int, relation: str, depth: int) -> int | None:
        parse = self.parse
        if parse.tag[verb] in ("VBD", "VBZ", "VBP") and relation != "advcl":
            return None
        if parse.pos[head] not in ("VERB", "AUX"):  # "was careful to push", "is quick to help"
            head = parse.head[head]
            return self.subject(head, depth + 1) if parse.pos[head] in ("VERB", "AUX") else None
        if relation in _CLAUSES and self.lemma[head] in self.control:
            for child in parse.children[head]:
                if parse.dep[child] in ("dobj", "dative") and parse.pos[child] != "ADP":
                    return self.antecedent(child)
        return self.subject(head, depth + 1)

    def _modified(self, verb: int, noun: int, depth: int) -> int | None:
        """The subject of a participle or infinitive that modifies a noun."""
        parse = self.parse
        if parse.tag[verb] == "VBG":
            governor = parse.head[noun]
            if self.lemma[noun] in _WORDED and parse.dep[noun] == "dobj" and parse.pos[governor] == "VERB":
                return self.subject(governor, depth + 1)  # "issued a statement deploring …"
            return noun
        if parse.tag[verb] == "VBN":
            return None
        for child in parse.children[noun]:
            if parse.dep[child] == "poss":
                return child
        at = noun
        for _ in range(_DEEPEST):
            head = parse.head[at]
            if head == at:
                return None
            if parse.pos[head] in ("VERB", "AUX"):
                if self.is_passive(head):
                    agents = self.slots(head).get("subj")
                    return agents[0] if agents else None
                return self.subject(head, depth + 1)
            if parse.dep[at] == "pobj":  # "the use of jets to strike": what is used belongs to who uses it
                for child in parse.children[head]:
                    if parse.dep[child] == "poss":
                        return child
            at = head
        return None

    def _under_preposition(self, preposition: int, depth: int) -> int | None:
        parse = self.parse
        governor = parse.head[preposition]
        if parse.pos[governor] not in ("VERB", "AUX"):
            if parse.dep[governor] == "dobj" and self.lemma[parse.head[governor]] in self.control:
                return self.antecedent(governor)  # "accused the rebels of attacking", attached to the rebels
            for child in parse.children[governor]:
                if parse.dep[child] == "poss":
                    return child
            return None
        if parse.lower[preposition] in ("of", "for", "from", "into") and self.lemma[governor] in self.control:
            if self.is_passive(governor):
                return self.subject(governor, depth + 1)
            for child in parse.children[governor]:
                if parse.dep[child] == "dobj":
                    return self.antecedent(child)
        return self.subject(governor, depth + 1)

    def antecedent(self, token: int) -> int:
        """The noun that a relative pronoun stands for ("whose fighters": its owner); others stand for themselves."""
        parse = self.parse
        if parse.tag[token] not in _RELATIVE and all(parse.tag[c] != "WP$" for c in parse.children[token]):
            return token
        at = parse.head[token]
        for _ in range(_DEEPEST):
            if parse.dep[at] == "relcl":
                return parse.head[at]
            if parse.head[at] == at:
                return token
            at = parse.head[at]
        return token

    def is_passive(self, verb: int) -> bool:
        """Whether a verb form is passive, by its own auxiliary or by the one it shares."""
        parse = self.parse
        if parse.tag[verb] not in ("VBN", "VBD"):
            return False
        kinds = {parse.dep[child] for child in parse.children[verb]}
        if kinds & {"auxpass", "nsubjpass"}:
            return True
        if "agent" in kinds and not ("nsubj" in kinds and "aux" in kinds):  # "has reacted to drops by the group"
            return True
        if parse.tag[verb] != "VBN" or "aux" in kinds or "nsubj" in kinds:
            return False
        if parse.dep[verb] == "conj":
            return self.is_passive(parse.head[verb])
        return parse.dep[verb] in ("acl", "advcl", "relcl")

    def _verb_slots(self, verb: int) -> Slots:
        parse = self.parse
        slots: Slots = {}
        passive = self.is_passive(verb)
        own = self._has_no_subject(verb)
        subject = parse.head[verb] if passive and parse.dep[verb] == "acl" and own else self.subject(verb)
        objects: list[int] = []
        for child in parse.children[verb]:
            relation = parse.dep[child]
            if relation in ("dobj", "attr", "oprd") and (parse.pos[child] not in ("ADJ", "ADV") or self._is_the(child)):
                objects.append(self.antecedent(child))
            elif relation == "dative" and parse.pos[child] != "ADP":
                slots.setdefault("iobj", []).append(child)
            elif relation in ("prep", "dative", "agent"):
                self._add_preposition(slots, child)
            elif relation in _CLAUSES:
                slots.setdefault("that" if relation == "ccomp" else "act", []).append(child)
                if any(parse.dep[t] == "mark" and parse.lower[t] in ("whether", "if") for t in parse.children[child]):
                    slots.setdefault("whether", []).append(child)
                inner = [t for t in parse.children[child] if parse.dep[t] in _SUBJECTS]
                slots.setdefault("clause", []).extend(self.antecedent(t) for t in inner)
            elif relation == "advmod" or (relation in _MEASURES and parse.pos[verb] == "AUX"):
                # "moved closer to", "are ten miles from", "is responsible for"
                for below in parse.children[child]:
                    if parse.dep[below] == "prep":
                        self._add_preposition(slots, below)
        objects = objects or self._shared_objects(verb, passive)
        agents = slots.get("by", [])
        if passive:
            if subject is not None:
                objects = [subject, *objects]
            if agents:
                slots["subj"] = agents
        elif subject is not None:
            slots["subj"] = [subject]
        if objects:
            slots["obj"] = objects
        for noun in objects[-1:]:
            self._add_of_object(slots, noun, subject)
        return {name: self.joined(tokens) for name, tokens in slots.items()}

    def _shared_objects(self, verb: int, passive: bool) -> list[int]:
        """The object that a verb shares with the verb coordinated to it, or leaves to the noun it modifies."""
        parse = self.parse
        if passive:
            return []
        for child in parse.children[verb]:
            if parse.dep[child] == "prep" and parse.children[child]:
                break  # "fell on the port and set a tank alight"
            if parse.dep[child] == "conj" and parse.pos[child] == "VERB" and self._has_no_subject(child):
                return [t for t in parse.children[child] if parse.dep[t] == "dobj"]
        if parse.dep[verb] == "relcl" and not self._has_no_subject(verb):
            subject = next(t for t in parse.children[verb] if parse.dep[t] in _SUBJECTS)
            if parse.tag[subject] not in _RELATIVE:
                return [parse.head[verb]]
        return []

    def _is_the(self, token: int) -> bool:
        """Whether an adjective stands as a noun: "the other", "the wounded"."""
        return any(self.parse.lower[child] == "the" for child in self.parse.children[token])

    def _has_no_subject(self, verb: int) -> bool:
        return all(self.parse.dep[child] not in _SUBJECTS for child in self.parse.children[verb])

    def _add_of_object(self, slots: Slots, noun: int, subject: int | None) -> None:
        """What hangs on a verb's object: "rejected an offer from the ministry", "Iran's offer"."""
        parse = self.parse
        owners = self._owners(noun)
        if owners:
            slots.setdefault("objposs", []).extend(owner for owner in owners if owner != subject)
        for child in parse.children[noun]:
            if parse.dep[child] == "prep":
                self._add_preposition(slots, child)

    def _owners(self, noun: int) -> list[int]:
        parse = self.parse
        return [
            child
            for child in parse.children[noun]
            if (parse.dep[child] == "poss" and parse.tag[child] != "PRP$") or self.is_party_modifier(child)
        ]

    def is_party_modifier(self, token: int) -> bool:
        """Whether a modifier of a noun names a party: "Iranian", "government"; not the place in "Iraq strikes"."""
        parse = self.parse
        if parse.dep[token] not in ("amod", "compound", "nmod"):
            return False
        label = self.label.get(token)
        if label in ("NORP", "ORG", "PERSON"):
            return True
        if label == "GPE":
            word = parse.word[token]
            return parse.dep[token] == "amod" or (word.replace(".", "").isupper() and len(word) < 6)
        if parse.pos[token] == "ADJ":
            return parse.word[token][:1].isupper() and parse.start[token] > 0 and not self._starts_sentence(token)
        if parse.pos[token] == "PROPN":
            return label is None
        return self.lemma[token] in self.classes["party"] and parse.dep[token] == "compound"

    def _starts_sentence(self, token: int) -> bool:
        return self.parse.sentences[self.parse.sentence_of[token]][0] == token and token not in self.label

    def _add_preposition(self, slots: Slots, preposition: int) -> None:
        """The objects of a preposition, and those of one nested in it ("out of", "attack on X by Y")."""
        parse = self.parse
        name = parse.lower[preposition]
        for child in parse.children[preposition]:
            if parse.dep[child] in ("pobj", "pcomp"):
                slots.setdefault(name, []).append(child)
                if name in ("between", "among"):
                    slots[name].extend(self._torn_off(child))
                for below in parse.children[child]:
                    nested = parse.lower[below] in _AGENTS or (name == "of" and parse.lower[below] in ("to", "from"))
                    if parse.dep[below] == "prep" and nested and parse.pos[child] != "VERB":
                        self._add_preposition(slots, below)
            elif parse.dep[child] == "prep" or (parse.dep[child] == "conj" and parse.pos[child] == "ADP"):
                self._add_preposition(slots, child)

    def _torn_off(self, token: int) -> list[int]:
        """The second party of "between A and B" where the parser makes it the subject of what follows."""
        parse = self.parse
        kinds = [parse.dep[child] for child in parse.children[token]]
        if "cc" not in kinds or "conj" in kinds:
            return []
        start = max(child for child in parse.children[token] if parse.dep[child] == "cc") + 1
        stop = min(start + _DEEPEST, parse.sentences[parse.sentence_of[token]][1])
        found = (t for t in range(start, stop) if parse.left[t] == start and parse.pos[t] in ("NOUN", "PROPN", "PRON"))
        return list(found)[-1:]

    def _noun_slots(self, noun: int) -> Slots:
        parse = self.parse
        slots: Slots = {}
        for child in parse.children[noun]:
            relation = parse.dep[child]
            if relation == "poss":
                slots.setdefault("poss", []).append(child)
            elif relation == "prep":
                self._add_preposition(slots, child)
            elif relation in ("acl", "relcl"):
                self._add_light(slots, child, own=False)
            elif child < noun:
                self._add_modifier(slots, child)
        noun = self._series(noun)
        head = parse.head[noun]
        relation = parse.dep[noun]
        if relation in ("dobj", "nsubjpass") and self.lemma[head] in self.light:
            self._add_light(slots, head, own=True)
        elif relation in ("dobj", "nsubjpass") and self.lemma[head] in _BLAMING:
            self._add_blamed(slots, head)
        elif relation == "pobj" and parse.lower[head] in ("for", "of", "over", "on", "to"):
            self._add_governor(slots, parse.head[head], parse.lower[head])
        elif relation == "conj" and parse.dep[head] in ("dobj", "nsubjpass"):
            above = self.slots(head)
            for name in ("subj", "poss", "pre", "by", "on", "against", "with", "between"):
                if name in above:
                    slots.setdefault(name, list(above[name]))
        elif relation == "nsubj" and self.lemma[head] == "be":
            for token in range(head, parse.right[head]):
                if parse.lower[token] == "for" and parse.dep[token] == "prep":
                    slots.setdefault("predicate", []).extend(parse.children[token])
        for child in parse.children[noun]:  # "talks with A and talks with B": one head, shared modifiers
            if parse.dep[child] == "conj" and "with" not in slots and "between" not in slots:
                for below in parse.children[child]:
                    if parse.dep[below] == "prep" and parse.lower[below] in ("with", "between", "against", "by", "on"):
                        self._add_preposition(slots, below)
        return {name: self.joined(tokens) for name, tokens in slots.items()}

    def _series(self, noun: int) -> int:
        """The noun of number that stands for a noun above it: "a wave of attacks"."""
        parse = self.parse
        above = parse.head[noun]
        if parse.dep[noun] == "pobj" and parse.lower[above] == "of" and self.lemma[parse.head[above]] in _SERIES:
            return parse.head[above]
        return noun

    def _add_blamed(self, slots: Slots, verb: int) -> None:
        """Who is blamed for the deed that is a verb's object: "blamed the ambush on the militia"."""
        own: Slots = {}
        for child in self.parse.children[verb]:
            if self.parse.dep[child] in ("prep", "dative"):
                self._add_preposition(own, child)
        blamed = slots.pop("on", []) or slots.pop("to", []) or own.get("on", []) or own.get("to", [])
        slots.setdefault("by", []).extend(token for token in blamed if token not in slots.get("by", ()))

    def _add_governor(self, slots: Slots, verb: int, preposition: str) -> None:
        """Who does the deed under a verb's preposition: "blamed X for the attack", "X and Y agreed on a truce"."""
        parse = self.parse
        if parse.pos[verb] != "VERB":
            return
        if preposition in ("for", "of", "over") and self.lemma[verb] in _BLAMING:
            if self.is_passive(verb):
                subject = self.subject(verb)
                found = [] if subject is None else [subject]
            else:
                found = [self.antecedent(t) for t in parse.children[verb] if parse.dep[t] == "dobj"]
        elif preposition in ("on", "to") and self.lemma[verb] == "agree":
            subject = self.subject(verb)
            found = [] if subject is None else [subject]
        else:
            return
        if not any(slots.get(name) for name in ("by", "poss", "subj")):
            slots["by"] = found

    def _add_modifier(self, slots: Slots, child: int) -> None:
        parse = self.parse
        word = parse.lower[child]
        previous = parse.lower[child - 1] if child else ""
        apart = previous in ("-", "–") and child > 1 and parse.lower[child - 2] == "anti"
        if apart or (word.startswith("anti-") and len(word) > len("anti-")):
            slots.setdefault("anti", []).append(child)
        elif word.endswith("-led") or (word in ("led", "backed") and previous in ("-", "–")):
            named = next((t for t in parse.children[child] if t in self.label), child)
            slots.setdefault("pre", []).append(named)
        elif self.is_party_modifier(child):
            slots.setdefault("pre", []).append(child)

    def _add_light(self, slots: Slots, verb: int, own: bool) -> None:
        """Adds the slots of a verb that only carries its noun: "carried out strikes on", "strikes launched by"."""
        parse = self.parse
        if parse.pos[verb] != "VERB" or (self.lemma[verb] not in self.light and self.lemma[verb] != "claim"):
            return
        if not own and not self.is_passive(verb) and self._has_no_subject(verb):
            return
        for name, tokens in self._light_slots(verb).items():
            slots.setdefault(name, []).extend(t for t in tokens if t not in slots.get(name, ()))

    def _light_slots(self, verb: int) -> Slots:
        parse = self.parse
        slots: Slots = {}
        for child in parse.children[verb]:
            if parse.dep[child] in ("prep", "agent", "dative"):
                self._add_preposition(slots, child)
        if self.is_passive(verb):
            if "by" in slots:
                slots["subj"] = slots["by"]
        else:
            subject = self.subject(verb)
            if subject is not None and parse.tag[subject] not in _RELATIVE and subject != parse.head[verb]:
                slots["on" if self.lemma[verb] in _SUFFERING else "subj"] = [subject]
        return slots

    def joined(self, tokens: list[int]) -> list[int]:
        """The tokens with those coordinated to them, each once, in order."""
        found: list[int] = []
        for token in tokens:
            found.extend(t for t in self._coordinated(token) if t not in found)
        return found

    def _coordinated(self, token: int, depth: int = 0) -> Iterator[int]:
        yield token
        if depth < _DEEPEST:
            for child in self.parse.children[token]:
                if self.parse.dep[child] == "conj" and self.parse.pos[child] not in ("VERB", "AUX", "ADP"):
                    yield from self._coordinated(child, depth + 1)
