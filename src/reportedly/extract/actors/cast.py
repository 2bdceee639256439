"""The cast of an article: who is named in it, by which forms, and as what."""

import bisect
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from reportedly.directory import Directory, Gender, key_of, split_words
from reportedly.extract.actors.coding import code_phrase
from reportedly.extract.actors.outlets import OutletNames
from reportedly.extract.actors.phrases import kind_of, take_apart
from reportedly.extract.actors.words import ActorWords
from reportedly.parsing import Name, Parse
from reportedly.records import Actor, MentionKind

_LABELS: dict[str, MentionKind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "NORP": "group",
    "GPE": "place",
    "FAC": "organisation",
}
_ANYBODY = frozenset({"", "man", "woman", "boy", "girl", "person"})
_MAX_DESCRIPTION = 300


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody in an article.

    `roles` are the role nouns that the article gives them, `body` whom they speak for; `office` tells that they are
    called by an office.
    """

    name: str
    kind: MentionKind
    actor: Actor | None = None
    gender: Gender | None = None
    plural: bool = False
    roles: frozenset[str] = frozenset()
    body: Actor | None = None
    office: bool = False

    @property
    def proper(self) -> bool:
        """Whether it has a name of its own, not only words that describe it."""
        return self.name[:1].isupper() and (not self.roles or self.name[-1:].isupper() or " " in self.name)

    @property
    def country(self) -> str | None:
        """The country code, where there is one."""
        return self.actor.country if self.actor else None


@dataclass(slots=True)
class Cast:
    """All named entities of one article. `forms` maps a folded short form to what it may mean, in text order."""

    parse: Parse
    directory: Directory
    lexicon: ActorWords
    on: dt.date | None
    outlets: OutletNames
    entities: dict[str, Entity] = field(default_factory=dict)
    forms: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    by_name: dict[int, str] = field(default_factory=dict)
    bearers: dict[str, list[Entity]] = field(default_factory=dict)
    introduced: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    bodies: dict[tuple[str, str], Entity] = field(default_factory=dict)

    def build(self) -> None:
        """One pass over the parser's names, then the short forms are tied to the full ones."""
        later: list[tuple[int, Name, int, int, str]] = []
        for at, name in enumerate(self.parse.names):
            if name.label not in _LABELS:
                continue
            first, stop, key = self._bare(name)
            if first >= stop or not key:
                continue
            words = key.split()
            if self._is_title(first, stop):
                continue
            if name.label == "PERSON" and len(words) - (words[0] in self.lexicon.particles) > 1:
                self.by_name[at] = self._add(name, first, stop, key)
            else:
                later.append((at, name, first, stop, key))
        for at, name, first, stop, key in later:
            start = self.parse.start[first]
            if name.label == "PERSON" or not self.directory.find(self.parse.text[start : self.parse.end[stop - 1]]):
                # The parser often takes a surname for an organisation: "al-Abadi added".
                tied = self.look_up(key, start)
                self.by_name[at] = tied or self._add(name, first, stop, key)
            else:
                self.by_name[at] = self._add(name, first, stop, key)

        for entity in self.entities.values():
            for role in entity.roles:
                self.bearers.setdefault(role, []).append(entity)

    def _is_title(self, first: int, stop: int) -> bool:
        """Whether the parser took a bare title for a name: "Rear Adm."."""
        found = self.directory.find(self.parse.text[self.parse.start[first] : self.parse.end[stop - 1]])
        return bool(found) and all(item.kind in ("title", "role") for item in found)

    def _bare(self, name: Name) -> tuple[int, int, str]:
        """A name's tokens without leading titles and determiners and a trailing possessive, and its key."""
        parse, first, stop = self.parse, name.first, name.stop
        while stop > first and parse.lower[stop - 1] in ("'s", "’s", "'", "’", "-", "."):
            stop -= 1
        while first < stop - 1 and parse.lower[first] in self.lexicon.determiners:
            first += 1
        if name.label == "PERSON":
            for match in self.directory.scan(split_words(parse.text[parse.start[first] : parse.end[stop - 1]])):
                if match.first == 0 and kind_of(match.item) == "role" and match.item.kind == "title":
                    first = min(first + match.stop, stop - 1)
                break
        return first, stop, key_of(parse.text[parse.start[first] : parse.end[stop - 1]]) if stop > first else ""

    def _add(self, name: Name, first: int, stop: int, key: str) -> str:
        """Adds a name's entity under its canonical key, or what is newly said of it; gives the key."""
        span = self.parse.span(first, stop)
        found = self.directory.find(span.text) if name.label == "PERSON" else ()
        if name.label == "PERSON" and (not found or any(item.kind == "person" for item in found)):
            entity = self._person(name, first, stop, span.text)
        elif (known_body := self.bodies.get((span.text, name.label))) is not None:
            entity = known_body
        else:
            entity = self.bodies[span.text, name.label] = self._body(name, span.text)
        canonical = key_of(entity.name) or key
        known = self.entities.get(canonical)
        if known is None:
            self.entities[canonical] = entity
        else:
            self.entities[canonical] = _joined(known, entity)
        forms = {key, *self._short_forms(entity)}
        if entity.kind == "organisation" and stop - first > 1:
            forms.add(key_of(self.parse.word[self.parse.top(first, stop)]))
        if entity.kind == "person":
            self._introduce(first, span.start, canonical)
        for form in forms - self.lexicon.weak_heads:
            bisect.insort(self.forms.setdefault(form, []), (span.start, canonical))
        return canonical

    def _introduce(self, first: int, start: int, canonical: str) -> None:
        """Keeps "the negotiator, Jane Roe" for whoever was "a negotiator" above."""
        lower = self.parse.lower
        said = lower[first - 2] if first > 2 and (lower[first - 3], lower[first - 1]) == ("the", ",") else ""
        if said not in _ANYBODY and self.directory.role(said):
            found = self.introduced.setdefault(said, [])
            if canonical not in [known for _, known in found]:
                found.append((start, canonical))

    def _short_forms(self, entity: Entity) -> Iterable[str]:
        words = key_of(entity.name).split()
        if entity.kind == "person" and len(words) > 1:
            yield words[-1]
            yield words[0]
            if len(words) > 2:
                yield " ".join(words[1:])
                yield " ".join(words[-2:])
        elif len(words) > 1 and entity.kind in ("organisation", "group", "outlet"):
            letters = "".join(word.plain[0] for word in split_words(entity.name) if word.plain[:1].isupper())
            if len(letters) > 1:
                yield letters.lower()

    def _person(self, name: Name, first: int, stop: int, text: str) -> Entity:
        """A person with what the noun phrase around the name says: "Iraq's prime minister, Haider al-Abadi"."""
        described = self.describe(first, stop)
        known = next((item for item in self.directory.find(text) if item.kind == "person"), None)
        if known is None and len(split_words(described)) <= 2:
            known = self.directory.person(text, self.on)  # a family name that the article never gives in full
        phrase = take_apart(described, self.directory, self.lexicon)
        matches = [match for segment in phrase.segments for match in segment.matches]
        roles = frozenset(
            m.item.name.lower()
            for m in matches
            if kind_of(m.item) == "role" and m.item.detail not in ("other", "group")
        )
        body = next((m.item for m in matches if kind_of(m.item) == "body"), None)
        gender = next((m.item.gender for m in matches if m.item.gender), None)
        gender = gender or next(
            (g for w in phrase.words if (g := self.directory.gender(w.key)) and w.plain.islower()), None
        )
        gender = gender or self.directory.gender(split_words(text)[0].key)
        if known:
            roles |= known.titles_on(self.on)
            country, sectors = known.coded_on(self.on)
            name_ = known.name
        else:
            actor = code_phrase(described, self.directory, on=self.on) if roles else None
            country, sectors = (actor.country, actor.sectors) if actor else (None, ())
            name_ = actor.name if actor and actor.kind == "person" and stop - first == 1 else text
            name_ = name_ if key_of(text) in key_of(name_) else text
            if actor and actor.kind in ("outlet", "organisation"):  # "the newspaper Hill Dispatch"
                named = replace(actor, name=text)
                return Entity(text, actor.kind, named, None, False, roles)
        speaks_for = (
            Actor(name=body.name, country=body.country, sectors=body.sectors, kind="organisation") if body else None
        )
        actor = Actor(name=name_, country=country, sectors=sectors, kind="person")
        return Entity(name_, "person", actor, gender, False, roles, speaks_for)

    def describe(self, first: int, stop: int) -> str:
        """The words of the noun phrase that holds a name, up to a coordination."""
        parse = self.parse
        top = parse.top(first, stop)
        if parse.dep[top] == "appos":
            top = parse.head[top]
        left, right = parse.left[top], parse.right[top]
        for child in parse.children[top]:
            if child > top and parse.dep[child] in ("cc", "conj", "relcl"):
                right = min(right, parse.left[child])
        if not left <= first < stop <= right:
            left, right = first, stop
        return parse.text[parse.start[left] : min(parse.end[right - 1], parse.start[left] + _MAX_DESCRIPTION)]

    def _body(self, name: Name, text: str) -> Entity:
        actor = code_phrase(text, self.directory, on=self.on)
        if actor and actor.kind == "country" and actor.sectors:
            return Entity(text, "place")  # a capital is its government only where it acts or speaks
        outlet = self.outlets.full(text)
        if outlet != text and actor is None:
            actor = code_phrase(outlet, self.directory)
        kind = actor.kind if actor and actor.kind not in ("role", "other") else _LABELS[name.label]
        if actor is None and (name.label == "NORP" or self.parse.pos[name.stop - 1] == "ADJ"):
            kind = "other"  # a faith or a people is not "the group" of a later sentence
        if actor is None and kind not in ("place", "other"):
            actor = Actor(name=text, kind=kind)
        plural = name.label == "NORP" and text.endswith("s")
        return Entity(actor.name if actor and actor.kind == kind else text, kind, actor, None, plural)

    def look_up(self, key: str, start: int) -> str | None:
        """The entity that a short form means at a place: the last named before it, else the first named after it."""
        found = self.forms.get(key)
        if not found:
            return None
        return found[max(0, bisect.bisect_left(found, (start + 1, "")) - 1)][1]


def _joined(known: Entity, more: Entity) -> Entity:
    """What two mentions of one say together; the first that says something holds."""
    actor = known.actor
    if actor and more.actor and not (actor.country or actor.sectors):
        actor = more.actor
    return replace(
        known,
        actor=actor,
        gender=known.gender or more.gender,
        roles=known.roles | more.roles,
        body=known.body or more.body,
    )
