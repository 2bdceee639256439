"""An article in the making: its text so far and the records that point into it."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.synthetic.happening import Happening
from reportedly.records import Article, Mention, Number, NumberKind, Origin, Place, Report, Statement, TimeSpan

# Words and what they are; the marks stand for the ends of what a source says.
Pieces = list[tuple[str, str]]
Spot = tuple[int, int, str]
FROM, TO = ("", "from"), ("", "to")


@dataclass(slots=True)
class Draft:
    """An article in the making. `ends`: after each sentence the length of the text and of the lists."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    mentions: list[Mention] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    truth: list[int] = field(default_factory=list)
    ends: list[tuple[int, int, int, int]] = field(default_factory=list)

    def put(self, pieces: Pieces) -> dict[str, Spot]:
        """Adds a sentence; where its named pieces stand."""
        gap = "\n\n" if len(self.ends) % 3 == 0 else " "
        at = self.length + len(gap) if self.parts else 0
        if self.parts:
            self.parts.append(gap)
        place = 0 if pieces[0][0] else 1
        first, kind = pieces[place]
        if first[0].islower():
            pieces[place] = (first[0].upper() + first[1:], kind)
        start = at
        spots: dict[str, Spot] = {}
        for words, kind in pieces:
            end = at + len(words)
            if kind:
                spots[kind] = (at, end, words)
            at = end
        said = "".join([words for words, _ in pieces])
        if "to" in spots:
            begin, end = spots["from"][0], spots["to"][0]
            spots["content"] = (begin, end, said[begin - start : end - start])
        self.parts.append(said)
        self.length = at
        return spots

    def close(self) -> None:
        """Ends a sentence, when its records are there."""
        self.ends.append((self.length, len(self.mentions), len(self.statements), len(self.reports)))


def article(name: str, publisher: str, published: dt.datetime, title: str, text: str) -> Article:
    """An article with its digest."""
    return Article(
        id=name,
        url=f"https://news.example/{name}",
        publisher=publisher,
        title=title,
        published=published,
        published_rule="json",
        language="en",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
    )


def numbers(spots: dict[str, Spot]) -> Iterator[Number]:
    """The counts of a sentence."""
    kinds: tuple[NumberKind, ...] = ("killed", "injured")
    for kind in kinds:
        if kind in spots:
            start, end, words = spots[kind]
            yield Number(kind=kind, low=int(words), high=int(words), start=start, end=end, text=words)


def place(spots: dict[str, Spot], happening: Happening) -> Place | None:
    """Where the sentence says that it happened."""
    town = happening.town
    if "town" in spots:
        start, end, words = spots["town"]
        return Place(
            text=words,
            start=start,
            end=end,
            name=town.name,
            country=town.state.code,
            lat=town.lat,
            lon=town.lon,
            geonameid=town.number,
            radius_km=5.0,
            score=0.9,
            kind="city",
            precision=1,
        )
    if "country" in spots:
        start, end, words = spots["country"]
        state = town.state
        return Place(
            text=words,
            start=start,
            end=end,
            name=state.name,
            country=state.code,
            lat=state.lat,
            lon=state.lon,
            radius_km=400.0,
            score=0.9,
            kind="country",
            precision=6,
        )
    return None


def time(spots: dict[str, Spot], day: dt.date) -> TimeSpan | None:
    """When the sentence says that it happened."""
    if "day" in spots:
        start, end, words = spots["day"]
        return TimeSpan(text=words, start=start, end=end, first=day, last=day, grain="day", value=day.isoformat())
    if "interval" in spots:
        start, end, words = spots["interval"]
        first, last = day - dt.timedelta(1), day + dt.timedelta(1)
        return TimeSpan(text=words, start=start, end=end, first=first, last=last, grain="day")
    return None
