"""Whom words mean that point to somebody named elsewhere: pronouns, "the group", "its president", "who"."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reportedly.directory import Gender, Word, key_of, split_words
from reportedly.extract.actors.anaphora import Heads, subject_of
from reportedly.extract.actors.cast import Entity
from reportedly.extract.actors.coding import code_phrase
from reportedly.extract.actors.salience import Hit
from reportedly.extract.actors.scene import Scene
from reportedly.extract.actors.states import STATE, States
from reportedly.records import Actor, Statement

_GENDERS: dict[str, Gender] = {"he": "m", "she": "f"}
_PERSONS = frozenset({"person", "role"})
_BODIES = frozenset({"organisation", "group", "outlet", "country", "document"})
# Weights beside those of `salience`: "they" is seldom one body; an outlet reports and says, but seldom threatens.
_NUMBER, _RELAY = 1.5, 3.5
# Who does or suffers something stays a mere "he" where two come this close: of 50 such parties in the reports that we
# read (training/scores.tsv) 24 were the wrong one. A source is always somebody.
_MARGIN = 1.0
_DEPTH = 4  # "the group" that means "the group" further up, and so on


@dataclass(slots=True)
class Pointer:
    """Resolves the spans of one article in text order."""

    scene: Scene
    states: States
    statements: dict[str, Statement]
    heads: Heads = field(init=False)
    depth: int = 0
    known: dict[tuple[int, int], Entity | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.heads = Heads(self.scene.parse)

    def resolve(self, start: int, end: int, source_of: str | None) -> Entity | None:
        """Whom a span means; None for nobody known. First-person words are left to the statement's speaker."""
        scene, lexicon = self.scene, self.scene.lexicon
        token = scene.head_of(start, end)
        if token is None:
            return None
        text = scene.article.text[start:end]
        words, key = split_words(text), key_of(text)
        if scene.is_word(words, lexicon.relative):
            return self._relative(token)
        pronoun = lexicon.pronouns[key] if scene.is_word(words, lexicon.pronouns) else None
        if pronoun in ("i", "we"):
            return None
        if pronoun:
            return (
                self._reflexive(token) if key.endswith(("self", "selves")) else self._pronoun(token, pronoun, source_of)
            )
        found = scene.named(start, end, token, key)
        if found and found.kind == "place":
            return scene.coded(start, end, token) or found  # "Ankara" as a party is the government there
        if found:
            return found
        if scene.parse.lower[token] in lexicon.sites:
            return Entity(text, "place")
        found = (
            self._accompanied(text, words, token, source_of)
            or self._owned(start, end, token)
            or self._definite(words, token, scene.parse.tokens_in(start, end).start)
            or scene.coded(start, end, token)
        )
        return self.states.settle(found) if found else None

    # pronouns

    def _pronoun(self, token: int, pronoun: str, source_of: str | None) -> Entity | None:
        scene = self.scene
        gender = _GENDERS.get(pronoun)
        statement = self.statements.get(source_of or "")
        cue = statement.cue_class if statement else None
        if source_of is None and self._is_thing(token, pronoun):
            return None
        speaker = self._speaker(token)

        def fits(hit: Hit) -> bool:
            entity = hit.entity
            if speaker & frozenset(key_of(entity.name).split()):
                return False  # in a quotation who speaks is "I"
            if source_of is not None and hit.quoted == source_of and not (cue == "report" and publishes(entity)):
                return False  # who is spoken of is not who speaks
            if gender:
                return entity.kind in _PERSONS and not entity.plural and scene.gender(entity) in (None, gender)
            if pronoun == "it":
                return (entity.kind in _BODIES or (entity.kind == "other" and hit.source)) and not entity.plural
            return entity.plural or entity.kind in ("group", "country", "organisation")

        def weight(hit: Hit) -> float:
            if pronoun == "they":
                return _NUMBER if hit.entity.plural else -_NUMBER
            if pronoun == "it" and hit.entity.kind == "other":
                return -_NUMBER
            if pronoun == "it" and source_of is not None and publishes(hit.entity):
                return _RELAY if cue == "report" else 0.0 if cue == "say" else -_RELAY
            return 0.0

        if scene.parse.dep[token] == "poss" and not gender and (near := self._reflexive(token)):
            own = near.kind in _BODIES if pronoun == "it" else near.plural or near.kind in ("group", "country")
            if own and not (pronoun == "it" and near.plural):
                return near
        quoted = None if source_of else scene.quoted(scene.parse.start[token])
        found = scene.salience.best(token, fits, quoted, weight, 0.0 if source_of else _MARGIN)
        if found and gender:
            scene.genders.setdefault(found.name, gender)  # once "she", no more "he" further down
        return found

    def _is_thing(self, token: int, pronoun: str) -> bool:
        """Whether "it" may be a thing, which is nobody's name here: what is hit, found or unusual, not who does it."""
        parse = self.scene.parse
        verb = parse.head[token]
        if pronoun != "it" or parse.dep[token] == "poss":
            return False
        return parse.dep[token] not in ("nsubj", "agent") or parse.lemma[verb] == "be"

    def _speaker(self, token: int) -> frozenset[str]:
        """The words for whoever says the quotation that a token stands in."""
        scene = self.scene
        said = self.statements.get(scene.quoted(scene.parse.start[token]) or "")
        if said is None or said.quote != "direct" or said.source is None or not said.source.text:
            return frozenset()
        return frozenset(key_of(said.source.text).split()) - scene.lexicon.pronouns.keys()

    def _reflexive(self, token: int) -> Entity | None:
        subject = subject_of(self.scene.parse, token)
        return self._phrase(*self.heads.phrase(subject)) if subject is not None else None

    def _accompanied(self, text: str, words: Sequence[Word], token: int, source_of: str | None) -> Entity | None:
        """ "He and other officials" with his name."""
        lexicon = self.scene.lexicon
        if len(words) < 3 or words[0].key not in lexicon.pronouns or words[1].key not in lexicon.joiners:
            return None
        pronoun = lexicon.pronouns[words[0].key]
        first = self._pronoun(token, pronoun, source_of) if pronoun not in ("i", "we") else None
        if first is None:
            return None
        others = text[words[2].start :]
        actor = code_phrase(others, self.scene.directory, on=self.scene.article.day)
        name = f"{first.name} {text[words[1].start :]}"
        if actor is None:
            return Entity(name, "other", None, None, True)
        country = actor.country if first.country in (None, actor.country) else None
        return Entity(name, "role", replace(actor, name=name, country=country, kind="role"), None, True, office=True)

    # nouns

    def _relative(self, token: int) -> Entity | None:
        """Whom "who" or "which" stands for: the noun that its clause describes."""
        parse = self.scene.parse
        verb = parse.head[token]
        for _ in range(3):
            if parse.dep[verb] == "relcl":
                return self._phrase(*self.heads.phrase(parse.head[verb]))
            verb = parse.head[verb]
        return None

    def _phrase(self, first: int, stop: int) -> Entity | None:
        """Whom the tokens of a phrase mean."""
        if (first, stop) not in self.known:
            if self.depth >= _DEPTH:
                return None
            self.depth += 1
            found = self.resolve(self.scene.parse.start[first], self.scene.parse.end[stop - 1], None)
            self.depth -= 1
            self.known[first, stop] = found
        return self.known[first, stop]

    def _owned(self, start: int, end: int, token: int) -> Entity | None:
        """ "Its president", "the country's police": coded with the name of whom the possessive means."""
        scene, parse = self.scene, self.scene.parse
        owner = next((c for c in parse.children[token] if c < token and parse.dep[c] == "poss"), None)
        if owner is None or parse.start[owner] < start:
            return None
        pronoun = scene.lexicon.pronouns.get(parse.lower[owner])
        if pronoun in ("i", "we") or (pronoun is None and parse.pos[owner] == "PROPN"):
            return None
        if pronoun in ("it", "they") and self._is_torn(token):
            rest = scene.article.text[parse.start[self._after(owner)] : end]
            return Entity(rest, "other", None, None, parse.tag[token] in ("NNS", "NNPS")) if rest else None
        first, stop = (owner, owner + 1) if pronoun else (parse.left[owner], owner + 1)
        whose = self._phrase(first, stop)
        if whose and pronoun in _GENDERS and not self._sure(owner, whose):
            return None
        rest = scene.article.text[parse.start[self._after(owner)] : end]
        if whose is None or parse.start[self._after(owner)] >= end:
            return None
        state = scene.directory.country_name(whose.country)
        if state and parse.lower[token] in ("country", "nation", "homeland"):
            return Entity(state, "country", Actor(name=state, country=whose.country, kind="country"))
        of_state = code_phrase(rest, scene.directory)
        public = of_state and of_state.sectors[:1] and of_state.sectors[0] in STATE and not of_state.country
        if state and public and whose.kind in ("country", "person", "role"):
            return scene.code(f"{state}'s {rest}", token, start)
        if pronoun is None and parse.lower[owner] == whose.name.lower():
            return None  # nothing learned
        name = f"{whose.name}'s {rest}"
        if of_state and of_state.country:  # "her Chilean counterpart"
            found = scene.code(rest, token, start)
            return replace(found, name=name) if found and found.kind == "role" else found
        found = scene.code(name, token, start)
        return found or Entity(name, "other", None, None, parse.tag[token] in ("NNS", "NNPS"))

    def _is_torn(self, token: int) -> bool:
        """ "The navy seized a boat and detained its crew": subject and first object may both be the owner."""
        parse = self.scene.parse
        verb = parse.head[token]
        first = parse.head[verb]
        return (
            parse.dep[token] == "dobj"
            and parse.dep[verb] == "conj"
            and any(parse.dep[c] == "dobj" and parse.pos[c] != "PRON" for c in parse.children[first])
            and not any(parse.dep[c] in ("nsubj", "nsubjpass") for c in parse.children[verb])
        )

    def _sure(self, token: int, whose: Entity) -> bool:
        """Whether "his" or "her" can hardly be anybody else's: the gender is known, or there is nobody else."""
        gender = _GENDERS[self.scene.lexicon.pronouns[self.scene.parse.lower[token]]]
        told = {
            hit.entity.name
            for hit in self.scene.salience.recent(token)
            if hit.entity.kind in _PERSONS
            and not hit.entity.plural
            and (hit.entity.gender or self.scene.directory.gender(hit.entity.name.split()[0])) in (None, gender)
        }
        return told <= {whose.name}

    def _after(self, owner: int) -> int:
        """The first token after a possessive."""
        parse = self.scene.parse
        at = owner + 1
        while at < len(parse) - 1 and parse.tag[at] == "POS":
            at += 1
        return min(at, len(parse) - 1)

    def _definite(self, words: Sequence[Word], token: int, first: int) -> Entity | None:
        """Whom "the prime minister" or "the group" points back to."""
        lexicon, salience = self.scene.lexicon, self.scene.salience
        if not words or not self._is_definite(words, first):
            return None
        said = [w for w in words if w.key not in lexicon.definite]
        if len(said) > 2 and said[1].plain == "based":  # "the Vienna-based agency"
            said = said[2:]
        if not said or not all(w.plain.islower() for w in said) or any(w.key in lexicon.breaks for w in said):
            return None
        kinds = lexicon.nominals.get(said[-1].key) if len(said) <= 1 else None
        found = salience.best(token, lambda hit: hit.entity.kind in kinds, margin=_MARGIN) if kinds else None
        if found and not found.proper:
            found = None
        if len(said) == 1 and said[0].key in lexicon.loose:
            return found
        if kinds == ("country",):
            return found or self._country()
        role = self.scene.directory.role(" ".join(w.plain for w in said))
        if role is not None and not role.plural and role.detail != "group":
            asked = role.name.lower()
            holder = next((hit.entity for hit in salience.recent(token) if _bears(hit.entity, asked)), None)
            if holder and (holder.kind == "person" or len(holder.name.split()) > len(said)):
                return holder
        modifiers = frozenset(w.key for w in said)
        for begin, stop in self.heads.earlier(token, modifiers & frozenset(self.scene.parse.lower[first : token + 1])):
            fuller = self._phrase(begin, stop)
            if fuller and fuller.kind not in ("place", "country"):
                return fuller
        return found

    def _country(self) -> Entity | None:
        """The one state of the article so far."""
        code = self.states.agreed()
        name = self.scene.directory.country_name(code)
        return Entity(name, "country", Actor(name=name, country=code, kind="country")) if name else None

    def _is_definite(self, words: Sequence[Word], first: int) -> bool:
        """Whether a phrase has a definite determiner, or one stands right before it."""
        before = self.scene.parse.lower[first - 1] if first else ""
        return words[0].key in self.scene.lexicon.definite or before in self.scene.lexicon.definite


def publishes(entity: Entity) -> bool:
    """Whether somebody publishes what others say."""
    return entity.kind == "outlet" or bool(entity.actor and "JRN" in entity.actor.sectors)


def _bears(entity: Entity, role: str) -> bool:
    """Whether somebody bears a role: "the minister" may be a foreign minister, "the official" any of a state."""
    if entity.kind not in _PERSONS or entity.plural:
        return False
    if role == "official" and entity.actor and entity.actor.sectors[:1] and entity.actor.sectors[0] in STATE:
        return True
    return any(known == role or known.endswith(" " + role) for known in entity.roles)
