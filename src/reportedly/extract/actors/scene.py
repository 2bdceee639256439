"""One article while its sources and parties are resolved: whom a span means."""

import bisect
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from reportedly.directory import Directory, Gender, Word, key_of
from reportedly.extract.actors.cast import Cast, Entity
from reportedly.extract.actors.coding import code_phrase
from reportedly.extract.actors.phrases import bare, kind_of, take_apart
from reportedly.extract.actors.salience import Salience
from reportedly.extract.actors.words import ActorWords
from reportedly.parsing import Parse
from reportedly.records import Actor, Article


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

    def gender(self, entity: Entity) -> Gender | None:
        """The gender that the name, the title or a pronoun so far tells."""
        return entity.gender or self.genders.get(entity.name)

    def named(self, start: int, end: int, token: int, key: str) -> Entity | None:
        """The entity whose name heads the span, or stands in apposition to its head."""
        at = self.name_at.get(token)
        if at is None:
            for child in self.parse.children[token]:
                if self.parse.dep[child] == "appos" and child in self.name_at and self.parse.start[child] < end:
                    name = self.parse.names[self.name_at[child]]
                    at = self.name_at[child] if name.label == "PERSON" else None
        if at is None:
            at = self._last_name(start, end, token)
        if at is None:
            canonical = self.cast.look_up(key, start)
            found = self.cast.entities[canonical] if canonical else None
            common = found is not None and found.kind == "person" and self.article.text[start:end].islower()
            return None if common else found  # "a man" is nobody called Man
        name = self.parse.names[at]
        if any(
            c > token and self.parse.dep[c] == "conj" and self.parse.start[c] < end for c in self.parse.children[token]
        ):
            return None
        entity = self.cast.entities[self.cast.by_name[at]]
        return entity if entity.kind in ("person", "outlet") or self._whole(name.first, name.stop, start, end) else None

    def _last_name(self, start: int, end: int, token: int) -> int | None:
        """The person in "one of the lawyers, Jane Roe", wherever the parser hangs the name."""
        tokens = self.parse.tokens_in(start, end)
        at = self.name_at.get(tokens.stop - 1)
        if at is None or self.parse.tag[token] in ("NNS", "NNPS"):
            return None
        name = self.parse.names[at]
        comma = name.first > tokens.start and self.parse.lower[name.first - 1] == ","
        several = any(self.parse.lower[t] == "and" for t in range(tokens.start, name.first))
        return at if name.label == "PERSON" and comma and not several else None

    def _whole(self, first: int, stop: int, start: int, end: int) -> bool:
        """Whether a name is all of a span but for an article."""
        return self.parse.start[first] <= start + 4 and self.parse.end[stop - 1] >= end - 2

    def _bearer(self, entity: Entity, start: int) -> Entity:
        """The one person in the article with the office and country of a phrase without a name, else the phrase.

        "A negotiator" is the one whom the article introduces further down: "the negotiator, Jane Roe".
        """
        if entity.kind != "role" or entity.plural:
            return entity
        if self.article.text[start : start + 2].lower() in ("a ", "an"):
            later = self.cast.introduced.get(entity.name.rsplit(" ", 1)[-1].lower(), [])
            return self.cast.entities[later[0][1]] if len(later) == 1 and later[0][0] > start else entity
        if len(entity.roles) != 1:
            return entity
        asked = next(iter(entity.roles))
        if asked in self.lexicon.generic:
            return entity
        if not entity.country and asked != key_of(entity.name):
            return entity
        bearers = self.cast.bearers.get(asked, ())
        found = [e for e in bearers if None in (e.country, entity.country) or e.country == entity.country]
        return found[0] if len(found) == 1 else entity

    def coded(self, start: int, end: int, token: int) -> Entity | None:
        """A span coded by the directory; an unknown name stays as it is."""
        return self.code(self.article.text[start:end], token, start)

    def code(self, text: str, token: int, start: int) -> Entity | None:
        """Words for the phrase that a token heads, coded by the directory."""
        actor = code_phrase(text, self.directory, on=self.article.day)
        if actor is None:
            return None
        if actor.kind == "person":
            canonical = self.cast.look_up(key_of(actor.name), start)
            if canonical and self.cast.entities[canonical].kind == "person":
                return self.cast.entities[canonical]
            if not set(key_of(actor.name).split()) & set(key_of(text).split()):
                gender = self.directory.gender(actor.name.split()[0])  # the article does not name the holder
                return Entity(bare(text), "person", actor, gender, office=True)
        phrase = take_apart(text, self.directory, self.lexicon)
        matches = [m for segment in phrase.segments[:1] for m in segment.matches]
        owned = next((at + 1 for at in range(len(phrase.words) - 1, 0, -1) if phrase.words[at - 1].possessive), 0)
        last = matches[-1].item if matches else None
        plural = self.parse.tag[token] in ("NNS", "NNPS") or bool(last and last.plural)
        plural = plural or any(self.parse.dep[c] == "conj" and c > token for c in self.parse.children[token])
        gender = next((g for w in phrase.words if (g := self.directory.gender(w.key))), None)
        body = next((m.item for s in phrase.segments for m in s.matches if kind_of(m.item) == "body"), None)
        speaks_for = (
            Actor(name=body.name, country=body.country, sectors=body.sectors, kind="organisation") if body else None
        )
        roles = frozenset(m.item.name.lower() for m in matches if kind_of(m.item) == "role" and m.stop >= owned)
        office = bool(last and last.detail == "official")
        return self._bearer(Entity(actor.name, actor.kind, actor, gender, plural, roles, speaks_for, office), start)
