"""Codes a phrase for somebody to a country and sectors (PLOVER), from the directory alone."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reportedly.directory import Directory, Item, Match
from reportedly.extract.actors.cities import country_of
from reportedly.extract.actors.phrases import Phrase, Segment, kind_of, take_apart
from reportedly.extract.actors.words import ActorWords, load_words
from reportedly.records import Actor, MentionKind

# PLOVER: who held an office in one of these is an elite (ELI) afterwards; a retired general stays military.
_OFFICIAL = frozenset({"GOV", "LEG", "JUD", "SPY"})
_ARMED = frozenset({"UAF", "REB", "MIL", "PRM", "CRM"})
# A commander or an officer of these is not of the army.
_NOT_MILITARY = frozenset({"REB", "UAF", "PRM", "SPY", "COP", "CRM", "OPP", "GOV"})

_BODY_KINDS: dict[str, MentionKind] = {"organisation": "organisation", "group": "group", "outlet": "outlet"}


@dataclass(frozen=True, slots=True)
class _Coder:
    """One phrase being coded."""

    phrase: Phrase
    directory: Directory
    lexicon: ActorWords
    context: str | None
    on: dt.date | None

    def run(self) -> Actor | None:
        """The phrase's actor: of its first segment that says something, fitted to what is said after a comma."""
        segments = self.phrase.segments
        at = self._main()
        if at is None:
            return None
        main, rest = segments[at], segments[at + 1 :]
        described = [segment for segment in rest if segment.lead in self.lexicon.appositions]
        if not main.matches:
            return self._surname(main) or self._named_before(main, rest, described)
        found = self._person(main)
        for segment in described:
            found = found or self._person_alone(segment, main)
        if found:
            return found
        role = _last(main.matches, "role")
        if role is not None:
            return self._called(main, role) or self._with_role(main, role, rest)
        return self._without_role(main, rest)

    def _main(self) -> int | None:
        """The segment that holds the head: "a team of police" is of police."""
        segments = self.phrase.segments
        at = 0
        while at + 1 < len(segments) and segments[at + 1].lead == "of":
            last = self.phrase.words[segments[at].stop - 1].key
            specific = [
                m for m in segments[at].matches if m.item.sectors not in ((), ("UNK",)) or kind_of(m.item) != "role"
            ]
            if last not in self.lexicon.containers or specific:
                break
            at += 1
        return at if segments else None

    def _country(self, main: Segment, rest: Iterable[Segment], before: int | None = None) -> str | None:
        """The country that a segment names, or what its "of" and "in" name, or the context."""
        own = [
            m
            for m in main.matches
            if kind_of(m.item) != "role" and m.item.country and (before is None or m.first < before)
        ]
        codes = list(dict.fromkeys(m.item.country for m in own))
        if main.joined and len(codes) > 1:
            return None  # "Iranian and Pentagon officials": two countries, and neither speaks for the other
        if codes:
            return codes[0]
        for segment in rest:
            if segment.lead in self.lexicon.belonging or segment.lead in self.lexicon.appositions:
                code = next(
                    (m.item.country for m in segment.matches if kind_of(m.item) != "role" and m.item.country), None
                )
                if code:
                    return code
        return self._town(main) or self._context_country()

    def _town(self, main: Segment) -> str | None:
        """The country of a town or region whose name stands before the first role: "Lahore police"."""
        role = next((m for m in main.matches if kind_of(m.item) == "role" and m.item.kind == "role"), None)
        if role is None or main.joined:
            return None
        return self._town_before(main.first, role.first)

    def _context_country(self) -> str | None:
        if not self.context:
            return None
        found = take_apart(self.context, self.directory, self.lexicon)
        codes = (m.item.country for s in found.segments for m in s.matches if kind_of(m.item) == "place")
        return next(codes, None)

    def _foreign(self, main: Segment, match: Match, body: Item) -> str | None:
        """The country that a segment names where it is not the organisation's own: "Chile's Defense Department"."""
        if body.kind != "organisation" or not self.directory.country_name(body.country):
            return None
        named = [m.item.country for m in main.matches if kind_of(m.item) == "place" and m.item.kind != "capital"]
        if not named and match.first > main.first:  # "Santa Marta Self-Defense Forces" are not Japan's
            named = [self._town_before(main.first, match.first)]
        return next((code for code in named if code and code != body.country), None)

    def _town_before(self, first: int, end: int) -> str | None:
        """The country of a town or region whose name stands among the words before another."""
        words = self.phrase.words
        while first < end and not words[first].plain[:1].isupper():
            first += 1
        stop = first
        while stop < end and words[stop].plain[:1].isupper():
            stop += 1
        return country_of(self.phrase.span(first, stop), self.directory) if first < stop else None

    def _body(self, match: Match) -> Item:
        """The organisation that a match means: of several, the one of the context's country."""
        bodies = [item for item in match.items if kind_of(item) == "body"] or [match.item]
        if len(bodies) > 1 and (country := self._context_country()):
            return next((item for item in bodies if item.country == country), bodies[0])
        return bodies[0]

    def _person(self, segment: Segment) -> Actor | None:
        """A person whom the directory has, when the segment ends with the name."""
        last = segment.matches[-1]
        if segment.joined:
            return None  # two people are nobody in particular
        if last.item.kind == "person" and segment.name is None:
            following = self.phrase.words[last.stop : segment.stop]
            if not following and not self.phrase.words[last.stop - 1].possessive:
                return self._actor_of(last.item)
        if segment.name and (title := _last(segment.matches, "role")) is not None:
            first, stop = segment.name
            if stop - first == 1:
                known = self.directory.person(self.phrase.words[first].plain, self.on, title.item.name)
                if known and self._same(known, segment, title.item):
                    return self._actor_of(known)
        return None

    def _same(self, person: Item, segment: Segment, title: Item) -> bool:
        """Whether nothing in the phrase speaks against a person of the same family name."""
        country, sectors = person.coded_on(self.on)
        named = [m.item.country for m in segment.matches if kind_of(m.item) != "role" and m.item.country]
        if named and country not in named:
            return False
        return not title.sectors or not sectors or bool({*title.sectors, "ELI"} & set(sectors))

    def _person_alone(self, segment: Segment, main: Segment) -> Actor | None:
        """The person in "Iraq's prime minister, Haider al-Abadi"."""
        if _last(main.matches, "role") is None or not segment.matches:
            return None
        match = segment.matches[-1]
        alone = match.item.kind == "person" and match.stop == segment.stop
        return self._actor_of(match.item) if alone else None

    def _actor_of(self, person: Item) -> Actor:
        country, sectors = person.coded_on(self.on)
        return Actor(name=person.name, country=country, sectors=sectors, kind="person")

    def _surname(self, main: Segment) -> Actor | None:
        """The one person of a family name that stands alone: "Museveni"."""
        if (
            main.name is None
            or main.lead
            or any(
                word.key not in self.lexicon.particles for word in self.phrase.words[main.name[0] : main.name[1] - 1]
            )
        ):
            return None
        name = self.phrase.span(*main.name)
        known = self.directory.person(name, self.on)
        if known is None and (country := self._context_country()):
            there = [person for person in self.directory.people(name) if person.coded_on(self.on)[0] == country]
            known = there[0] if len(there) == 1 else None
        return self._actor_of(known) if known else None

    def _named_before(self, main: Segment, rest: tuple[Segment, ...], described: list[Segment]) -> Actor | None:
        """A name that the directory does not have, described after a comma: "Jane Roe, a Kenyan doctor"."""
        if main.name is None or not described or described[0] is not rest[0] or not described[0].matches:
            return None
        inner = replace(self, phrase=Phrase(self.phrase.text, self.phrase.words, rest))
        found = inner.run()
        if found is None:
            return None
        name = self.phrase.span(*main.name)
        kind: MentionKind = "person" if found.kind in ("role", "person") else found.kind
        if kind == "group":
            kind = "outlet" if "JRN" in found.sectors else "organisation"
        return replace(found, name=name, kind=kind)

    def _called(self, main: Segment, role: Match) -> Actor | None:
        """The body in "the newspaper As-Safir", "the Islamic State group": its kind is said beside its name."""
        if role.item.detail != "group" or role.item.plural or main.joined:
            return None
        for match in main.matches:
            item = self._body(match)
            if match.first == role.stop and match.stop == main.stop and kind_of(item) == "body":
                return self._actor_of_body(item)
            if match.stop == role.first and role.stop == main.stop and item.kind in ("group", "outlet"):
                same = role.item.sectors[:1] in (item.sectors[:1], ("UNK",)) or (
                    item.kind == "group" and role.item.sectors[:1] and role.item.sectors[0] in _ARMED
                )
                return self._actor_of_body(item) if same else None
        return None

    @staticmethod
    def _actor_of_body(item: Item) -> Actor:
        return Actor(name=item.name, country=item.country, sectors=item.sectors, kind=_BODY_KINDS[item.kind])

    def _with_role(self, main: Segment, role: Match, rest: tuple[Segment, ...]) -> Actor:
        head = role.item
        body = next(
            (self._body(m) for m in reversed(main.matches) if kind_of(m.item) == "body" and m.first < role.first), None
        )
        holder = self._holder(main, role, rest) if body is None else None
        if holder:
            return self._actor_of(holder)
        sectors = self._sectors(main, role, body, rest)
        words = {word.key for word in self.phrase.words[main.first : role.stop]}
        if words & self.lexicon.former and sectors and sectors[0] in _OFFICIAL:
            sectors = ("ELI",)
        country = self._country(main, rest)
        armed = body is not None and body.kind == "group" and head.sectors[:1] and head.sectors[0] in _ARMED
        if main.name is None and rest and rest[0].lead == "of" and rest[0].name and rest[0].matches:
            # "Deputy Minister of Defence Colonel Jane Roe"
            return Actor(name=self.phrase.span(*rest[0].name), country=country, sectors=sectors, kind="person")
        if main.name is not None:
            kind: MentionKind = "person"
            first, stop = main.name
            if head.detail == "group":
                kind = "outlet" if "JRN" in sectors else "organisation"
                if self.phrase.words[role.first].plain[:1].isupper() and role.first > main.first - 1:
                    first = role.first  # "Radio Zeta"
            return Actor(name=self.phrase.span(first, stop), country=country, sectors=sectors, kind=kind)
        if body is not None and armed and head.plural:
            return Actor(name=body.name, country=body.country, sectors=sectors, kind="group")
        kind = "group" if head.detail == "group" else "role"
        return Actor(name=self._words(main, rest), country=country, sectors=sectors, kind=kind)

    def _holder(self, main: Segment, role: Match, rest: tuple[Segment, ...]) -> Item | None:
        """Who held the office that the phrase names: "the Iraqi prime minister"; not "a minister", "his deputies"."""
        words, item = self.phrase.words, role.item
        if (
            self.on is None
            or item.detail not in ("official", None)
            or item.plural
            or main.name
            or role.stop != main.stop
        ):
            return None
        if words[role.stop - 1].possessive or words[main.first].key in self.lexicon.indefinite or main.joined:
            return None
        known = {at for m in main.matches for at in range(m.first, m.stop)}
        others = {words[at].key for at in range(main.first, main.stop) if at not in known}
        if others - self.lexicon.determiners or self._generic(item) or _count(main.matches, "role") > 1:
            return None
        country = self._country(main, rest)
        return self.directory.office_holder(item.name, country, self.on) if country else None

    def _sectors(self, main: Segment, role: Match, body: Item | None, rest: tuple[Segment, ...]) -> tuple[str, ...]:
        """The head's sectors, or, where the head says little, those of what stands before it or after "of"."""
        head = role.item
        others = [m.item for m in main.matches if kind_of(m.item) == "role" and m is not role and m.item.sectors]
        others = [item for item in others if item.kind == "role" or head.kind == "title"]
        generic = self._generic(head) or not head.sectors or head.sectors[0] == "UNK"
        armed = bool(head.sectors) and head.sectors[0] in _ARMED
        known = tuple(sector for sector in head.sectors if sector != "UNK")
        if body is not None and body.sectors and (generic or (armed and body.sectors[0] in _ARMED)):
            return _merge(body.sectors, () if generic or armed else known)
        narrower = others[-1].sectors if others else ()
        if narrower and generic and self._narrows(head, narrower):
            return narrower
        if generic or head.detail == "official" or head.kind == "title":
            after = self._belonging(rest, generic)
            if after:
                return _merge(after, () if generic else known)
        if head.detail == "group":
            return known  # the words of a body's own name say nothing more of it ("People's Liberation Army")
        return _merge(known, *(item.sectors for item in others if item.detail != "other"))

    def _generic(self, item: Item) -> bool:
        """Whether a head says little itself: "senior official" is no more than an official, "police chief" is."""
        name = item.name.lower()
        if name in self.lexicon.generic:
            return True
        last = name.rsplit(" ", 1)[-1]
        plain = self.directory.role(last) if last in self.lexicon.generic else None
        return plain is not None and plain.sectors == item.sectors

    def _narrows(self, head: Item, sectors: tuple[str, ...]) -> bool:
        return head.sectors[:1] != ("MIL",) or sectors[0] in _NOT_MILITARY

    def _belonging(self, rest: tuple[Segment, ...], generic: bool) -> tuple[str, ...]:
        """The sectors of what follows "of" or "for": "a spokesman for the army", "president of the senate"."""
        if not rest or rest[0].lead not in self.lexicon.belonging:
            return ()
        for match in rest[0].matches:
            if kind_of(match.item) == "body":
                sectors = self._body(match).sectors
                return sectors if generic or sectors[:1] != ("GOV",) else ()
        role = _last(rest[0].matches, "role") if generic else None
        return role.item.sectors if role and role.item.sectors != ("UNK",) else ()

    def _without_role(self, main: Segment, rest: tuple[Segment, ...]) -> Actor | None:
        words = self.phrase.words
        for match in reversed(main.matches):
            if kind_of(match.item) == "body":
                item = self._body(match)
                foreign = self._foreign(main, match, item)
                country = foreign or item.country or self._country(main, ())
                whole = not foreign and (
                    match.stop == main.stop or (item.kind == "group" and self._things(match, main))
                )
                name = item.name if whole else self._words(main, self._titled(rest))
                role = self.directory.role(self.phrase.span(match.first, match.stop)) if foreign else None
                sectors = role.sectors if role else item.sectors
                return Actor(name=name, country=country, sectors=sectors, kind=_BODY_KINDS[item.kind])
        places = [m for m in main.matches if kind_of(m.item) == "place"]
        if not places:
            person = next((m.item for m in main.matches if m.item.kind == "person"), None)
            if person is None:
                return None
            country, _ = person.coded_on(self.on)
            return Actor(name=self._words(main), country=country, kind="other")
        country = self._country(main, ())
        known = {at for m in places for at in range(m.first, m.stop)}
        others = [words[at] for at in range(main.first, main.stop) if at not in known]
        others = [w for w in others if w.key not in self.lexicon.determiners | self.lexicon.joiners]
        last = places[-1]
        if country is None or (others and last.item.kind == "capital"):
            return None
        if not others:
            name = self.directory.country_name(country) or country
            return Actor(name=name, country=country, sectors=last.item.sectors, kind="country")
        if all(w.key in self.lexicon.containers or w.key.isdigit() for w in others):  # "two Russians"
            return Actor(name=self._words(main), country=country, sectors=("CVL",), kind="group")
        return Actor(name=self._words(main, self._titled(rest)), country=country, kind="other")

    def _things(self, match: Match, main: Segment) -> bool:
        """Whether only plain nouns follow a group's name: "Islamic State targets" are the Islamic State's."""
        return all(word.plain.islower() for word in self.phrase.words[match.stop : main.stop])

    def _titled(self, rest: tuple[Segment, ...]) -> tuple[Segment, ...]:
        """What follows, where it is part of a name: "Observatory for Human Rights"."""
        return rest[:1] if rest and self.phrase.words[rest[0].first].plain[:1].isupper() else ()

    def _words(self, main: Segment, rest: tuple[Segment, ...] = ()) -> str:
        """The words of a segment without its determiners, with what "of", "for", "to" add to it."""
        first, stop = main.first, main.stop
        while first + 1 < stop and self.phrase.words[first].key in self.lexicon.determiners:
            first += 1
        for segment in rest:
            if segment.lead not in self.lexicon.belonging and segment.lead != "to":
                break
            stop = segment.stop
        return self.phrase.span(first, stop)


def _last(matches: tuple[Match, ...], kind: str) -> Match | None:
    return next((match for match in reversed(matches) if kind_of(match.item) == kind), None)


def _count(matches: tuple[Match, ...], kind: str) -> int:
    return sum(kind_of(match.item) == kind for match in matches)


def _merge(*groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sector for group in groups for sector in group))


def code_phrase(
    text: str,
    directory: Directory,
    context: str | None = None,
    on: dt.date | None = None,
    language: str = "en",
) -> Actor | None:
    """Who a phrase in an article means, coded; None where the directory knows nobody in it. See `code_actor`."""
    lexicon = load_words(language)
    phrase = take_apart(text, directory, lexicon)
    return _Coder(phrase, directory, lexicon, context, on).run()


def code_actor(
    text: str,
    directory: Directory,
    context: str | None = None,
    on: dt.date | None = None,
    language: str = "en",
) -> Actor | None:
    """Who a phrase means, coded; None where nobody is known in it.

    `context` is text that tells the country where the phrase does not ("The National Guard" in "Saudi"); `on` is the
    day by which offices are read: who left office before it is ELI. Without a day, people are coded by their last
    office. A town or region alone stands for the people in it (CVL); a capital for the government.
    """
    found = code_phrase(text, directory, context, on, language)
    if found is None and (country := country_of(text, directory)):
        return Actor(name=text.strip(), country=country, sectors=("CVL",), kind="place")
    return found
