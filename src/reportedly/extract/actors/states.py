"""Whose government "the government" is: the one state whose officials and forces an article has named so far."""

from dataclasses import dataclass, field, replace

from reportedly.directory import Directory, split_words
from reportedly.extract.actors.cast import Entity
from reportedly.extract.actors.words import ActorWords
from reportedly.records import Article

# Who speaks for a state: PLOVER's government sectors.
STATE = frozenset({"GOV", "MIL", "LEG", "COP", "SPY", "JUD"})


@dataclass(slots=True)
class States:
    """The states that act in an article as far as it has been read; `home` is that of its dateline."""

    directory: Directory
    lexicon: ActorWords
    home: str | None = None
    acting: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, article: Article, directory: Directory, lexicon: ActorWords) -> "States":
        """Those of an article before its first word."""
        place = article.dateline.place if article.dateline else None
        parts = [part.strip() for part in (place or "").split(",")]
        home = next((c for part in reversed(parts) if part and (c := _country(part.title(), directory))), None)
        return cls(directory, lexicon, home)

    def add(self, entity: Entity) -> None:
        """Takes note of a state that is named, and whether it acts through its officials or forces."""
        actor = entity.actor
        if entity.kind == "place" and (country := _country(entity.name, self.directory)):
            self.named.add(country)
        if actor and not actor.country and entity.plural and actor.sectors[:1] and actor.sectors[0] in STATE:
            for match in self.directory.scan(split_words(entity.name)):  # "Chadian and Pentagon officials"
                if self.directory.country_name(match.item.country):
                    self.acting.add(match.item.country or "")
        if actor is None or not self.directory.country_name(actor.country):
            return
        assert actor.country is not None
        self.named.add(actor.country)
        if entity.kind != "country" and actor.sectors[:1] and actor.sectors[0] in STATE:
            self.acting.add(actor.country)

    def agreed(self) -> str | None:
        """The one state that the dateline and all officials and forces so far belong to; None where they differ."""
        found = self.acting | ({self.home} if self.home else set())
        found = found or (self.named if len(self.named) == 1 else set())
        return next(iter(found)) if len(found) == 1 else None

    def settle(self, entity: Entity) -> Entity:
        """A body of a state ("the government", "police") with its country, where only one state can be meant."""
        actor = entity.actor
        if actor is None or actor.country or entity.kind not in ("group", "role") or not entity.roles:
            return entity
        words = entity.name.split(",")[0].split()
        common = all(word.islower() for word in words[1:]) and (words[0].islower() or words[0].lower() in entity.roles)
        if (
            not common
            or actor.sectors[:1] == ()
            or actor.sectors[0] not in STATE
            or words[-1].lower() not in self.lexicon.domestic
            or entity.name.lower() == "forces"
            or not self.lexicon.foreign.isdisjoint(word.lower() for word in words)
        ):
            return entity
        country = self.agreed()
        if entity.office and not entity.plural and self.named | ({self.home} if self.home else set()) != {country}:
            return entity  # "the president" of another country has been named, perhaps by name only
        return replace(entity, actor=replace(actor, country=country)) if country else entity


def _country(words: str, directory: Directory) -> str | None:
    found = next((item for item in directory.find(words) if item.kind in ("country", "capital")), None)
    return found.country if found else None
