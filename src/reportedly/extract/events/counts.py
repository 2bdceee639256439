"""Numbers of people as reported: how many were killed, injured, captured; how many took part."""

from collections.abc import Iterator
from typing import cast

from reportedly.extract.events.clauses import Clauses
from reportedly.extract.events.phrases import Phrases
from reportedly.ontology import Ontology
from reportedly.records import Number, NumberKind

_LARGEST = 100_000_000
_PEOPLE_LABELS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL", "QUANTITY"})


class Counts:
    """Reads numbers of people in one article."""

    def __init__(self, clauses: Clauses, phrases: Phrases, ontology: Ontology) -> None:
        self.clauses = clauses
        self.is_party = phrases.is_party
        self.bodies = ontology.words["bodies"]
        self.parse = clauses.parse
        self.lemma = clauses.lemma
        self.values: dict[str, int] = dict(ontology.tables["numbers"])
        self.plurals: dict[str, int] = dict(ontology.tables["number_plurals"])
        self.results: dict[str, str] = dict(ontology.tables["result_verbs"])
        self.deeds: dict[str, str] = dict(ontology.tables["deed_nouns"])
        self.result_nouns: dict[str, str] = dict(ontology.tables["result_nouns"])
        self.at_least = tuple(ontology.words["at_least"])
        self.at_most = tuple(ontology.words["at_most"])

    def results_in(self, first: int, stop: int) -> Iterator[tuple[int, Number]]:
        """(token of the word that says what befell them, number) in the tokens `first:stop`."""
        for token in range(first, stop):
            kind = self.results.get(self.lemma[token])
            if kind is not None and (self.parse.pos[token] in ("VERB", "ADJ")):
                for noun in self._victims(token):
                    if number := self.count(noun, cast(NumberKind, kind)):
                        yield token, number
                continue
            kind = self.result_nouns.get(self.lemma[token]) if self.parse.pos[token] == "NOUN" else None
            if kind is not None and (number := self.count(token, cast(NumberKind, kind))):
                yield token, number
            yield from self._done(token)

    def _done(self, token: int) -> Iterator[tuple[int, Number]]:
        """Those named after a noun that says what befell them: "the killing of two guards"."""
        kind = self.deeds.get(self.lemma[token]) if self.parse.pos[token] == "NOUN" else None
        if kind is None and self.lemma[token] == "shooting":
            fatal = any(self.lemma[c] in ("fatal", "deadly") for c in self.parse.children[token])
            kind = "killed" if fatal else None
        if kind is not None:
            for noun in self.clauses.slots(token).get("of", ()):
                if number := self.count(noun, cast(NumberKind, kind)):
                    yield token, number

    def _victims(self, token: int) -> list[int]:
        parse = self.parse
        if parse.pos[token] == "ADJ":  # "left twelve people dead"
            subjects = [c for c in parse.children[token] if parse.dep[c] == "nsubj"]
            siblings = [
                c
                for c in parse.children[parse.head[token]]
                if parse.dep[c] in ("dobj", "nsubj") and c < token and parse.dep[token] in ("oprd", "acomp", "ccomp")
            ]
            return subjects or siblings
        slots = self.clauses.slots(token)
        if self.lemma[token] == "die":
            return slots.get("subj", [])
        return slots.get("obj", [])

    def count(self, noun: int, kind: NumberKind) -> Number | None:
        """The number in a noun phrase ("at least 12 people", "dozens of them"), None where it has none."""
        parse = self.parse
        if self.clauses.label.get(noun) in _PEOPLE_LABELS:
            return None
        if parse.pos[noun] == "NUM":
            return self._number(noun, kind)
        lemma = self.lemma[noun]
        if lemma in self.plurals:
            return self._number(noun, kind)
        for child in parse.children[noun]:
            numeral = parse.dep[child] == "nummod" or (child < noun and self.lemma[child] in ("dozen", "several"))
            if numeral and child < noun and self.clauses.label.get(child) not in _PEOPLE_LABELS:
                return self._number(child, kind)
        return self._one(noun, kind) if kind != "size" else None

    def _one(self, noun: int, kind: NumberKind) -> Number | None:
        """One person, by an article: "killed a guard", "the shooting of a driver"."""
        parse = self.parse
        if parse.tag[noun] != "NN" or self.lemma[noun] in self.bodies or not self.is_party(noun):
            return None
        for child in parse.children[noun]:
            if parse.lower[child] in ("a", "an", "another") and parse.dep[child] == "det":
                start, end = parse.start[child], parse.end[noun]
                return Number(kind=kind, low=1, high=1, start=start, end=end, text=parse.text[start:end])
        return None

    def _number(self, token: int, kind: NumberKind) -> Number | None:
        parse = self.parse
        first = min(parse.left[token], token)
        value = self._value(range(first, token + 1))
        if value is None or value[0] > _LARGEST:
            return None
        low, high = value
        before = " " + " ".join(parse.lower[max(first - 4, 0, parse.sentences[parse.sentence_of[token]][0]) : token])
        window = f"{before} "
        for phrase in self.at_least:
            if f" {phrase} " in window:
                high = None
                first = min(first, token - len(phrase.split()))
        for phrase in self.at_most:
            if f" {phrase} " in window and f" no {phrase} " not in window:
                low, high = 0, value[0]
                first = min(first, token - len(phrase.split()))
        first = max(first, 0)
        start, end = parse.start[first], parse.end[token]
        return Number(kind=kind, low=low, high=high, start=start, end=end, text=parse.text[start:end])

    def _value(self, tokens: range) -> tuple[int, int | None] | None:
        """(low, high) of the numerals in a run of tokens."""
        total = current = 0
        found = vague = False
        for token in tokens:
            word = self.parse.lower[token].replace(",", "")
            for part in word.split("-"):
                if part.isdigit():
                    if len(part) > 9:
                        return None
                    current += int(part)
                    found = True
                elif part in ("hundred", "thousand", "million", "dozen"):
                    current = max(current, 1) * self.values[part]
                    found = True
                    if part != "hundred":
                        total, current = total + current, 0
                elif part in self.values and part != "a":
                    current += self.values[part]
                    found = True
                elif self.lemma[token] in self.plurals and (word != self.lemma[token] or word in ("several", "few")):
                    current += self.plurals[self.lemma[token]]
                    found = vague = True
        if not found:
            return None
        value = total + current
        return (value, None) if vague else (value, value)
