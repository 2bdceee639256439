"""Whether a happening is reported as having happened: negated, planned, conditional, historical or actual."""

import datetime as dt
import re
from dataclasses import dataclass

from reportedly.extract.events.clauses import Clauses
from reportedly.language import Language
from reportedly.ontology import Ontology
from reportedly.records import Modality

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
_OLD_YEARS = 2  # a happening of the year before is still news; earlier ones are background
_LONGEST = 10
_MAYBE = frozenset({"may", "might"})  # "could be" is as often what would be if
_NOUN_RELATIONS = frozenset({"dobj", "nsubjpass", "nsubj", "attr", "pobj", "conj"})
_INFINITIVES = frozenset({"xcomp", "acl", "advcl", "ccomp", "relcl", "pcomp"})


@dataclass(slots=True)
class Sense:
    """What the climb has found so far."""

    negated: bool = False
    modality: Modality = "actual"

    def lean(self, modality: Modality) -> None:
        """Takes a modality unless a stronger one is known."""
        if self.modality == "actual" or modality == "conditional":
            self.modality = modality


class Modalities:
    """Reads the sense of triggers in one article."""

    def __init__(self, clauses: Clauses, ontology: Ontology, language: Language, day: dt.date | None) -> None:
        self.clauses = clauses
        self.parse = clauses.parse
        self.lemma = clauses.lemma
        self.words = ontology.words
        self.negators = ontology.words["negators"] | language.negators
        self.day = day

    def sense(self, token: int, voices: list[int]) -> tuple[bool, Modality]:
        """Negation and modality of the happening named at a token, looking no further than its own statement."""
        parse = self.parse
        sense = Sense()
        at = token
        for _ in range(_LONGEST):
            self._look(at, sense)
            above = self._above(at, sense)
            if above is None or voices[above] != voices[token] or above == at:
                break
            at = above
        if sense.modality == "actual" and self._is_historical(token):
            sense.modality = "historical"
        if parse.dep[token] in ("dobj", "nsubjpass") and self.lemma[parse.head[token]] in ("plan", "prepare", "mull"):
            sense.lean("planned")
        return sense.negated, sense.modality

    def _look(self, token: int, sense: Sense) -> None:
        """Negators, auxiliaries and markers that hang on one token."""
        parse, words = self.parse, self.words
        perfect = any(self.lemma[c] == "have" and parse.dep[c] == "aux" for c in parse.children[token])
        for child in parse.children[token]:
            lower, relation = parse.lower[child], parse.dep[child]
            if relation == "neg" or (relation in ("det", "advmod", "preconj") and lower in self.negators):
                if not (lower in ("only", "just") or self._is_not_only(child)):
                    sense.negated = not sense.negated  # "did not hesitate to help"
            elif relation == "aux":
                if lower in words["future_aux"]:
                    sense.lean("conditional" if perfect and lower in ("would", "'d", "’d") else "planned")
                elif lower in words["conditional_aux"] and not (perfect or self.is_of_now(token)):
                    sense.lean("conditional")
            elif relation == "mark" and lower in words["conditional_words"]:
                sense.lean("conditional")
            elif relation in ("amod", "compound", "advmod") and lower in words["future_words"]:
                sense.lean("planned")
            elif relation in ("nsubj", "nsubjpass") and (
                lower in ("nobody", "none", "nothing") or any(parse.lower[t] == "no" for t in parse.children[child])
            ):
                sense.negated = True

    def is_of_now(self, token: int) -> bool:
        """Whether a verb after "may" tells with less certainty what is going on ("may be selling arms", "might be the
        work of"), not what may come ("may sell arms", "could be sold")."""
        parse = self.parse
        aux = [c for c in parse.children[token] if parse.dep[c] == "aux"]
        if self.lemma[token] == "be":
            return any(parse.lower[c] in _MAYBE for c in aux)
        return parse.tag[token] == "VBG" and any(self.lemma[c] == "be" for c in aux)

    def _is_not_only(self, token: int) -> bool:
        parse = self.parse
        return token + 1 < len(parse) and parse.lower[token + 1] in ("only", "just", "merely")

    def _above(self, at: int, sense: Sense) -> int | None:
        """The next token to look at on the way up; None where what stands above does not bear on this one."""
        parse = self.parse
        head, relation = parse.head[at], parse.dep[at]
        if head == at:
            return None
        if parse.pos[at] in ("VERB", "AUX") and relation in _INFINITIVES:
            return self._above_verb(at, head, relation, sense)
        if relation == "conj":
            return self._above_conjunct(at, head, sense)
        if relation in _NOUN_RELATIONS:
            return self._above_noun(at, head, relation, sense)
        return None

    def _above_verb(self, at: int, head: int, relation: str, sense: Sense) -> int | None:
        parse, words = self.parse, self.words
        lemma = self.lemma[head]
        if relation == "relcl":
            governor = parse.head[head]
            inverse = parse.dep[head] == "attr" and parse.pos[head] == "PRON" and parse.pos[governor] in ("AUX", "VERB")
            if inverse and any(parse.dep[c] == "neg" for c in parse.children[governor]):
                sense.negated = True
            return None
        if relation == "pcomp":
            if parse.lower[head] in ("without", "before"):
                sense.negated = parse.lower[head] == "without" or sense.negated
                return None
            governor = parse.head[head]
            if self.lemma[governor] in words["negative_verbs"] and parse.lower[head] == "from":
                sense.negated = True
            elif self.lemma[governor] in words["plan_words"] and parse.lower[head] in ("of", "for", "on", "about"):
                sense.lean("planned")
            return None
        infinitive = any(parse.lower[c] == "to" and parse.dep[c] == "aux" for c in parse.children[at])
        if relation == "ccomp" and not infinitive:
            if (
                lemma in words["plan_words"]
                and parse.tag[at] in ("VB", "VBP")
                and lemma not in ("fear", "expect", "see")
            ):
                sense.lean("planned")
            return head if lemma in ("be", "mean", "seem", "appear") else None
        if relation == "advcl" and not infinitive:
            return None
        if lemma in words["negative_verbs"]:
            sense.negated = not sense.negated if relation != "advcl" else sense.negated
            return head
        if relation == "acl" and infinitive and self.lemma[parse.head[head]] == "use":
            return parse.head[head]
        if infinitive and lemma in words["carriers"]:
            return self._above(head, sense) if parse.pos[head] == "NOUN" else head
        if infinitive and (lemma in words["plan_words"] or relation in ("advcl", "acl") or parse.pos[head] == "ADJ"):
            sense.lean("planned")
            return head
        return head if relation == "xcomp" else None

    def _above_conjunct(self, at: int, head: int, sense: Sense) -> int | None:
        parse = self.parse
        if parse.pos[at] in ("VERB", "AUX"):
            own = any(parse.dep[c] in ("aux", "auxpass", "nsubj", "nsubjpass", "neg") for c in parse.children[at])
            joined = {parse.lower[c] for c in parse.children[head] if parse.dep[c] == "cc"}
            if "nor" in joined:
                sense.negated = True
            if own:
                return None
            denied = sense.negated
            self._look(head, sense)
            sense.negated = denied or (sense.negated and bool(joined & {"or", "nor"}))
            if parse.dep[head] in ("xcomp", "conj"):
                return self._above(head, sense)
            return None
        return self._above(head, sense) if parse.dep[head] in _NOUN_RELATIONS else None

    def _above_noun(self, at: int, head: int, relation: str, sense: Sense) -> int | None:
        parse, words = self.parse, self.words
        lemma = self.lemma[head]
        if relation == "pobj":
            return self._above_preposition(head, sense)
        if parse.pos[head] not in ("VERB", "AUX"):
            return None
        if relation in ("dobj", "attr", "nsubjpass"):
            if lemma in words["negative_verbs"]:
                sense.negated = True
                return head
            if lemma in words["light_verbs"] or parse.pos[head] == "AUX" or lemma in ("want", "plan"):
                return head
            # "would encourage cooperation": what is brought about shares the doubt, not the negation
            modal = words["future_aux"] | words["conditional_aux"]
            if any(parse.lower[c] in modal and parse.dep[c] == "aux" for c in parse.children[head]):
                sense.lean("conditional")
            return None
        if lemma == "be":
            for token in range(head, parse.right[head]):
                if self.lemma[token] in words["negative_predicates"] and parse.head[token] in range(head, token + 1):
                    sense.negated = True
            return head
        return head if lemma in words["occur_verbs"] else None

    def _above_preposition(self, preposition: int, sense: Sense) -> int | None:
        parse, words = self.parse, self.words
        if parse.lower[preposition] == "without":
            sense.negated = True
            return None
        noun = parse.head[preposition]
        if parse.pos[noun] != "NOUN":
            return None
        if any(parse.lower[c] in ("no", "any") and parse.dep[c] == "det" for c in parse.children[noun]):
            self._look(noun, sense)
            return None
        if self.lemma[noun] in words["plan_words"] or self.lemma[noun] in ("plan", "threat", "proposal"):
            sense.lean("planned")
        return None

    def _is_historical(self, token: int) -> bool:
        """Whether the clause sets the happening years before the article."""
        parse, words = self.parse, self.words
        clause = token
        while parse.pos[clause] not in ("VERB", "AUX") and parse.head[clause] != clause:
            clause = parse.head[clause]
        latest = self.day.year - _OLD_YEARS if self.day else None
        nested = {t for t in parse.children[clause] if parse.dep[t] in ("ccomp", "parataxis")}
        for at in range(parse.left[clause], parse.right[clause]):
            lower = parse.lower[at]
            if lower == "ago":
                window = range(max(0, at - 4), at)
                if any(self.lemma[t] in words["historical_spans"] for t in window):
                    return True
            elif latest is not None and _YEAR.match(lower) and int(lower) <= latest:
                owner = at
                while parse.head[owner] != owner and owner != clause and owner not in nested:
                    owner = parse.head[owner]
                if owner == clause:
                    return True
        return False
