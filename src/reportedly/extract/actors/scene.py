"""One article while its sources and parties are resolved: whom a span means."""

import bisect
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from reportedly.directory import Directory, Gender, Word, key_of, split_words
from reportedly.extract.actors.cast import Cast, Entity
from reportedly.extract.actors.coding import code_actor
from reportedly.extract.actors.phrases import kind_of, take_apart
from reportedly.extract.actors.salience import Hit, Salience
from reportedly.extract.actors.words import ActorWords
from reportedly.parsing import Parse
from reportedly.records import Actor, Article

# Who speaks for a state: PLOVER's government sectors.
STATE = frozenset({"GOV", "MIL", "LEG", "COP", "SPY", "JUD"})
_GENDERS: dict[str, Gender] = {"he": "m", "she": "f"}
_PERSONS = frozenset({"person", "role"})
_BODIES = frozenset({"organisation", "group", "outlet", "country", "document"})


@dataclass(slots=True)
class Scene:
    """One article while it is resolved."""

    article: Article
    parse: Parse
    cast: Cast
    directory: Directory
    lexicon: ActorWords
    salience: Salience
    quotes: list[tuple[int, int, str]]
    name_at: dict[int, int] = field(default_factory=dict)
    genders: dict[str, Gender] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for at in self.cast.by_name:
            name = self.parse.names[at]
            self.name_at.update(dict.fromkeys(range(name.first, name.stop), at))

    def head_of(self, start: int, end: int) -> int | None:
        """The head token of a span; None where it has no token (a skipped part)."""
        tokens = self.parse.tokens_in(start, end)
        return self.parse.top(tokens.start, tokens.stop) if tokens else None

    def quoted(self, start: int) -> str | None:
        """The id of the statement whose content a position stands in (the innermost)."""
        at = bisect.bisect_right(self.quotes, (start, len(self.article.text) + 1, ""))
        best: tuple[int, str] | None = None
        for begin, end, statement in reversed(self.quotes[max(0, at - 8) : at]):
            if begin <= start < end and (best is None or end - begin < best[0]):
                best = (end - begin, statement)
        return best[1] if best else None

    def is_word(self, words: Sequence[Word], among: Container[str]) -> bool:
        """Whether a span is one of these words; "WHO" and "US" are names, "who" and "us" are not."""
        return len(words) == 1 and words[0].key in among and (len(words[0].plain) == 1 or not words[0].plain.isupper())

    def resolve(self, start: int, end: int, source_of: str | None) -> Entity | None:
        """Whom a span means; None for nobody known. First-person words are left to `speaker`."""
        token = self.head_of(start, end)
        if token is None:
            return None
        words = split_words(self.article.text[start:end])
        key = key_of(self.article.text[start:end])
        if self.is_word(words, self.lexicon.relative):
            return self._relative(token)
        pronoun = self.lexicon.pronouns[key] if self.is_word(words, self.lexicon.pronouns) else None
        if pronoun:
            return None if pronoun in ("i", "we") else self._antecedent(token, pronoun, source_of)
        named = self._named(start, end, token, key)
        if named and named.kind == "place":
            return self._coded(start, end, token) or named  # "Ankara" as a party is the government there
        return (
            named
            or self._definite(words, token, self.parse.tokens_in(start, end).start)
            or self._coded(start, end, token)
        )

    def _antecedent(self, token: int, pronoun: str, source_of: str | None) -> Entity | None:
        gender = _GENDERS.get(pronoun)

        def fits(hit: Hit) -> bool:
            entity = hit.entity
            if source_of is not None and hit.quoted == source_of:
                return False  # who is spoken of is not who speaks
            if gender:
                return entity.kind in _PERSONS and not entity.plural and self.gender(entity) in (None, gender)
            if pronoun == "it":
                return entity.kind in _BODIES and not entity.plural
            return entity.plural or entity.kind in ("group", "country", "organisation")

        found = self.salience.best(token, fits, None if source_of else self.quoted(self.parse.start[token]))
        if found and gender:
            self.genders.setdefault(found.name, gender)  # once "she", no more "he" further down
        return found

    def gender(self, entity: Entity) -> Gender | None:
        """The gender that the name, the title or a pronoun so far tells."""
        return entity.gender or self.genders.get(entity.name)

    def _relative(self, token: int) -> Entity | None:
        """Whom "who" or "which" stands for: the noun that its clause describes."""
        verb = self.parse.head[token]
        if self.parse.dep[verb] != "relcl":
            return None
        noun = self.parse.head[verb]
        left = self.parse.left[noun]
        stop = min([noun + 1, *(self.parse.left[c] for c in self.parse.children[noun] if c > noun)], key=lambda t: -t)
        stop = next(
            (t for t in range(noun + 1, stop) if self.parse.pos[t] == "PUNCT" or t == self.parse.left[verb]), stop
        )
        return self.resolve(self.parse.start[left], self.parse.end[max(stop, noun + 1) - 1], None)

    def _named(self, start: int, end: int, token: int, key: str) -> Entity | None:
        """The entity whose name heads the span, or stands in apposition to its head."""
        at = self.name_at.get(token)
        if at is None:
            for child in self.parse.children[token]:
                if self.parse.dep[child] == "appos" and child in self.name_at and self.parse.start[child] < end:
                    name = self.parse.names[self.name_at[child]]
                    at = self.name_at[child] if name.label == "PERSON" else None
        if at is None:
            canonical = self.cast.look_up(key, start)
            return self.cast.entities[canonical] if canonical else None
        name = self.parse.names[at]
        if any(
            c > token and self.parse.dep[c] == "conj" and self.parse.start[c] < end for c in self.parse.children[token]
        ):
            return None
        entity = self.cast.entities[self.cast.by_name[at]]
        return entity if entity.kind in ("person", "outlet") or self._whole(name.first, name.stop, start, end) else None

    def _whole(self, first: int, stop: int, start: int, end: int) -> bool:
        """Whether a name is all of a span but for an article."""
        return self.parse.start[first] <= start + 4 and self.parse.end[stop - 1] >= end - 2

    def _definite(self, words: Sequence[Word], token: int, first: int) -> Entity | None:
        """Whom "the prime minister" or "the group" points back to."""
        if not words or not self._is_definite(words, first):
            return None
        if words[0].key in self.lexicon.determiners:
            words = words[1:]
        kinds = self.lexicon.nominals.get(words[-1].key) if words else None
        if kinds and len(words) <= 2 and all(w.plain.islower() for w in words):
            return self.salience.best(token, lambda hit: hit.entity.kind in kinds)
        role = self.directory.role(" ".join(w.plain for w in words))
        if role is None or role.plural or role.detail == "group":
            return None
        asked = role.name.lower()
        return next((hit.entity for hit in self.salience.recent(token) if _bears(hit.entity, asked)), None)

    def _is_definite(self, words: Sequence[Word], first: int) -> bool:
        """Whether a phrase has a definite determiner, or one stands right before it."""
        before = self.parse.lower[first - 1] if first else ""
        return any(
            word in self.lexicon.determiners and word not in self.lexicon.indefinite for word in (words[0].key, before)
        )

    def _bearer(self, entity: Entity, start: int) -> Entity:
        """The one person in the article with the office and country of a phrase without a name, else the phrase."""
        if entity.kind != "role" or entity.plural or len(entity.roles) != 1 or not entity.country:
            return entity
        asked = next(iter(entity.roles))
        if self.article.text[start : start + 2].lower() in ("a ", "an") or asked in self.lexicon.generic:
            return entity
        found = [e for e in self.cast.bearers.get(asked, ()) if e.country in (None, entity.country)]
        return found[0] if len(found) == 1 else entity

    def _coded(self, start: int, end: int, token: int) -> Entity | None:
        """A span coded by the directory; an unknown name stays as it is."""
        text = self.article.text[start:end]
        actor = code_actor(text, self.directory, on=self.article.day)
        if actor is None:
            return None
        if actor.kind == "person":
            canonical = self.cast.look_up(key_of(actor.name), start)
            if canonical and self.cast.entities[canonical].kind == "person":
                return self.cast.entities[canonical]
        phrase = take_apart(text, self.directory, self.lexicon)
        matches = [m for segment in phrase.segments[:1] for m in segment.matches]
        plural = self.parse.tag[token] in ("NNS", "NNPS") or any(m.item.plural for m in matches)
        gender = next((g for w in phrase.words if (g := self.directory.gender(w.key))), None)
        body = next((m.item for s in phrase.segments for m in s.matches if kind_of(m.item) == "body"), None)
        speaks_for = (
            Actor(name=body.name, country=body.country, sectors=body.sectors, kind="organisation") if body else None
        )
        roles = frozenset(m.item.name.lower() for m in matches if kind_of(m.item) == "role")
        return self._bearer(Entity(actor.name, actor.kind, actor, gender, plural, roles, speaks_for), start)


def _bears(entity: Entity, role: str) -> bool:
    """Whether somebody bears a role: "the minister" may be a foreign minister, "the official" any of a state."""
    if entity.kind not in _PERSONS or entity.plural:
        return False
    if role == "official" and entity.actor and entity.actor.sectors[:1] and entity.actor.sectors[0] in STATE:
        return True
    return any(known == role or known.endswith(" " + role) for known in entity.roles)
