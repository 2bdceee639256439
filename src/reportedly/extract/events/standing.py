"""Whether a report stands by itself: who must be named for it to say enough, and what is private."""

from dataclasses import replace

from reportedly.ontology import Ontology
from reportedly.parsing import Parse
from reportedly.records import Party, Report

# Between persons without office or country these are private matters.
_POLITICAL = frozenset(
    {"AID", "SUPPORT", "REQUEST", "ACCUSE", "CONSULT", "COOPERATE", "AGREE", "REJECT", "CONCEDE", "THREATEN"}
)
_BODIES = frozenset({"it", "they", "them", "we", "us"})
# What one side does to a decision or a deed, not to somebody: "condemned the attack", "promised that …".
_ONE_SIDED = frozenset({"ACCUSE", "SUPPORT", "AGREE", "SANCTION", "AID", "CONSULT"})
_TOLD_OF = frozenset({"dobj", "ccomp", "xcomp", "prep", "nsubjpass", "oprd"})
_MOVING = frozenset({"MOBILIZE", "PROTEST"})
_WHITHER = frozenset({"to", "into", "in", "near", "towards", "toward", "through", "at", "along"})
_TOGETHER = frozenset({"CONSULT", "COOPERATE", "AGREE"})
# Nouns of these stand for a happening even where they name nobody: "the shooting lasted ten minutes".
_BARE = frozenset({"ASSAULT", "PROTEST", "COERCE", "RETREAT", "MOBILIZE"})

# Endings of nouns of deed.
DEEDS = ("ion", "ment", "ing", "ance", "ence", "sis", "ure", "al", "th", "age", "cy", "ity")


class Standing:
    """Judges the reports of one article, parties coded."""

    def __init__(self, parse: Parse, ontology: Ontology) -> None:
        self.parse, self.ontology = parse, ontology
        self.force = ontology.words["generic_force"]
        self.vague = ontology.words["vague_parties"]
        self.states = {t for n in parse.names if n.label in ("GPE", "NORP") for t in range(n.first, n.stop)}

    def head(self, report: Report) -> int:
        """The syntactic head of a trigger; -1 where it has no token."""
        tokens = self.parse.tokens_in(report.trigger.start, report.trigger.end)
        return self.parse.top(tokens.start, tokens.stop) if tokens else -1

    def without_places(self, report: Report) -> Report:
        """A report whose recipients are no towns that it only goes to: "send soldiers to Rutland"."""
        if report.type not in _MOVING:
            return report
        kept = tuple(party for party in report.recipients if party.country or not self._is_whither(party))
        return report if len(kept) == len(report.recipients) else replace(report, recipients=kept)

    def _is_whither(self, party: Party) -> bool:
        """Whether a name without a country follows a preposition of place."""
        parse = self.parse
        tokens = parse.tokens_in(party.start, party.end)
        if not tokens or tokens.start == 0 or parse.pos[tokens.stop - 1] != "PROPN":
            return False
        return parse.lower[tokens.start - 1] in _WHITHER

    def is_full(self, report: Report) -> bool:
        """Whether a report says enough by itself: who, and to whom where the type asks for it."""
        if report.type is None or self.is_private(report):
            return False
        actors = [party for party in report.actors if not self.is_vague(party)]
        recipients = [party for party in report.recipients if not self.is_vague(party)]
        if actors and recipients:
            return True
        if recipients:
            return not report.actors or any(map(self._is_pair, report.actors))
        if not actors:
            pair = report.type in _TOGETHER and any(map(self._is_pair, report.actors))
            return pair or (bool(report.numbers) and report.type == "ASSAULT")
        if self.ontology.types[report.type].alone or self._is_one_sided(report):
            return True
        return report.type in ("CONSULT", "COOPERATE") and self._is_plural(report.actors)

    def is_private(self, report: Report) -> bool:
        """Whether all that is said and done is between persons of no office, country or body: "met her online"."""
        if report.type not in _POLITICAL:
            return False
        return not any(
            party.country
            or party.sectors
            or not self.states.isdisjoint(self.parse.tokens_in(party.start, party.end))
            or self._is_pair(party)
            or (party.text.lower() in _BODIES and party.name not in (None, party.text))
            for party in (*report.actors, *report.recipients)
        )

    def _is_one_sided(self, report: Report) -> bool:
        """Whether a verb says what is judged or promised though it names no other side."""
        parse, head = self.parse, self.head(report)
        if report.type not in _ONE_SIDED or head < 0 or parse.pos[head] != "VERB":
            return False
        return any(parse.dep[child] in _TOLD_OF for child in parse.children[head])

    def _is_pair(self, party: Party) -> bool:
        """Whether words without a name stand for both: "the two sides", "both countries"."""
        tokens = self.parse.tokens_in(party.start, party.end)
        near = range(max(tokens.start - 1, 0), tokens.stop)
        return self._is_plural((party,)) and any(self.parse.lower[t] in ("two", "both", "three") for t in near)

    def is_bare(self, report: Report) -> bool:
        """Whether a noun without parties that points back to nothing still says what happened."""
        head = self.head(report)
        lemma = self.parse.lemma[head]
        types = {row.type for row in self.ontology.nouns.get(lemma, ()) if len(row.words) == 1}
        return report.type in _BARE and types == {report.type} and lemma not in self.force

    def _is_plural(self, parties: tuple[Party, ...]) -> bool:
        if len(parties) > 1:
            return True
        tokens = self.parse.tokens_in(parties[0].start, parties[0].end)
        return any(self.parse.tag[t] in ("NNS", "NNPS") for t in tokens)

    def is_vague(self, party: Party) -> bool:
        """Whether a party is only "another country", "both sides"."""
        if party.country or party.sectors or party.name:
            if party.country is None and party.name and party.name != party.text:
                return False
            if party.country:
                return False
        tokens = self.parse.tokens_in(party.start, party.end)
        if not tokens:
            return False
        head = tokens[-1]
        if self.parse.lemma[head] not in self.vague:
            return False
        return all(
            self.parse.pos[t] in ("DET", "ADJ", "NOUN", "NUM", "PRON") and not self.parse.word[t][0].isupper()
            for t in tokens
        )

    def is_weak(self, party: Party) -> bool:
        """Whether a party is only described, by words without a name: "militant targets"."""
        return party.country is None and party.text.islower() and (party.name is None or party.name == party.text)
