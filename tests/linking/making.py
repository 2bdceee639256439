"""Reports made by hand, for the tests of linking and of the ledger. All incidents are invented."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from reportedly.linking import find_links, load_rules
from reportedly.linking.profiles import Profile, profile_of
from reportedly.records import (
    Actor,
    Article,
    Entry,
    Link,
    Party,
    Place,
    Report,
    Source,
    Span,
    Statement,
    TimeSpan,
    make_id,
)

MONDAY = dt.date(2031, 3, 3)


def place(name: str, lat: float, lon: float, number: int, radius_km: float = 5) -> Place:
    return Place(
        text=name,
        start=0,
        end=len(name),
        name=name,
        country="BGR",
        lat=lat,
        lon=lon,
        geonameid=number,
        radius_km=radius_km,
    )


KARDZHALI = place("Kardzhali", 41.65, 25.37, 1)
HASKOVO = place("Haskovo", 41.93, 25.56, 2)
VARNA = place("Varna", 43.21, 27.91, 3)
BULGARIA = place("Bulgaria", 42.7, 25.5, 4, radius_km=250)


def party(name: str, country: str | None = None, *sectors: str, coded: bool = True) -> Party:
    return Party(
        mention=None, text=name, start=0, end=len(name), name=name if coded else None, country=country, sectors=sectors
    )


def days(first: dt.date, last: dt.date | None = None) -> TimeSpan:
    return TimeSpan(text="then", start=0, end=4, first=first, last=last or first, grain="day", value=first.isoformat())


NORTHLAND = party("Northland", "NOR")
SOUTHLAND = party("Southland", "SWE")
GUARD = party("Hill Guard", "IMG", "UAF")


def entry(
    name: str,
    *,
    article: str | None = None,
    publisher: str | None = None,
    published: dt.date | dt.datetime | None = MONDAY,
    kind: str | None = "ASSAULT",
    actors: tuple[Party, ...] = (NORTHLAND,),
    recipients: tuple[Party, ...] = (GUARD,),
    source: tuple[str, Any] | None = ("", "narrator"),
    actor: Actor | None = None,
    relayed_by: str | None = None,
    origins: tuple[str, ...] = (),
    sentence: str | None = None,
    trigger: str = "shelled",
    content: str | None = None,
    persons: tuple[str, ...] = (),
    url: str | None = None,
    title: str | None = None,
    **fields: Any,
) -> Entry:
    """An entry whose report is called `name`, in an article of its own unless one is given."""
    article = article or f"article of {name}"
    said = Statement(
        id=make_id("statement", article, str(source), str(content)),
        source=None if source is None else Source(text=source[0] or None, name=source[0] or None, kind=source[1]),
        cue=None,
        cue_class=None,
        content=(Span(start=0, end=len(content), text=content),) if content else (),
        quote="indirect",
        relayed_by=relayed_by,
    )
    report = Report(
        id=name,
        statement=said.id,
        type=kind,
        quad="material conflict" if kind else None,
        trigger=Span(start=0, end=len(trigger), text=trigger),
        actors=actors,
        recipients=recipients,
        **fields,
    )
    return Entry(
        report=report,
        statement=said,
        source_actor=actor,
        article=article,
        publisher=publisher,
        published=published,
        title=title,
        origins=origins,
        sentence=sentence or f"Something {name} happened.",
        persons=persons,
        url=url,
    )


# What the articles of one story tell besides.
STORY = "Millers along the Amber river have counted dead horses since the shelling of Sandvik bridge, and blame the drought too."


def profiles(*entries: Entry, story: str = STORY, vectors: Mapping[str, str] | None = None) -> list[Profile]:
    """The articles that the entries stand in, each telling the story and then their sentences."""
    by_article: dict[str, list[Entry]] = defaultdict(list)
    for one in entries:
        by_article[one.article].append(one)
    return [
        profile_of(found, made_article(name, found, story), load_rules(), vectors) for name, found in by_article.items()
    ]


def made_article(name: str, entries: list[Entry], story: str = STORY) -> Article:
    """The article of these entries."""
    text = " ".join([story, *dict.fromkeys(one.sentence for one in entries)])
    return Article(id=name, sha256=name, text=text, published=entries[0].published, title=entries[0].title)


def links_of(*entries: Entry, story: str = STORY) -> list[Link]:
    """The links between these reports, whose articles are on one story."""
    return list(find_links(profiles(*entries, story=story)).links())


NORTHLAND_ARMY = Actor(name="Northland's army", country="NOR", sectors=("MIL",), kind="organisation")
SOUTHLAND_MINISTRY = Actor(name="Southland's interior ministry", country="SWE", sectors=("GOV",), kind="organisation")
EASTLAND_MINISTRY = Actor(name="Eastland's defence ministry", country="FIN", sectors=("GOV",), kind="organisation")
