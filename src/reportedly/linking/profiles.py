"""What linking keeps of an article: the weights of its words, and of each report what is compared with others.

Made once when an article comes into the ledger and stored beside it, so that linking never reads a text twice.
"""

import dataclasses
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reportedly.linking.averages import ANY_DAY
from reportedly.linking.clusters import days_told
from reportedly.linking.facts import place_of, tense_of
from reportedly.linking.rules import Rules
from reportedly.linking.terms import Terms, number_of, shared, terms_of
from reportedly.linking.text import name_key, words
from reportedly.records import Article, Entry, Party, Place, Record, Statement

# Name, words, country, sectors of a party, and whether it is a person.
Named = tuple[str | None, str, str | None, tuple[str, ...], bool]
# Name, country, geonameid, latitude, longitude and radius in km of a place.
Where = tuple[str, str | None, int | None, float | None, float | None, float | None]
_REPORTS = ',"reports":'


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Traits(Record):
    """What is compared of one report. `at`: where its word stands in the article. Days are ordinals; `first` and `last`
    are the happening's, both None where the report does not say. `vector` is the sentence's, in base 64, None without
    models."""

    id: str
    at: int
    type: str | None
    mode: str | None
    tense: str
    actors: tuple[Named, ...]
    recipients: tuple[Named, ...]
    where: Where | None
    first: int | None
    last: int | None
    trigger: str
    sentence: int
    words: Terms
    salience: float
    quotes: tuple[int, ...]
    killed: int | None
    injured: int | None
    size: int | None
    refers_to: str | None
    vector: str | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Profile(Record):
    """An article as linking sees it; `published` is its moment in ISO 8601, `day` the ordinal of its day."""

    article: str
    published: str | None
    day: int | None
    terms: Terms
    reports: tuple[Traits, ...]


def profile_of(
    entries: Sequence[Entry], article: Article, rules: Rules, vectors: Mapping[str, str] | None = None
) -> Profile:
    """The profile of an article from its entries. Skipped parts count for nothing; `vectors` are by report."""
    terms = terms_of(_words_of(article), rules, rules.context["terms"])
    sentences = {entry.sentence for entry in entries}
    told = {sentence: terms_of(words(sentence), rules, rules.words["terms"]) for sentence in sentences}
    return Profile(
        article=article.id,
        published=article.published.isoformat() if article.published else None,
        day=article.day.toordinal() if article.day else None,
        terms=terms,
        reports=tuple(_traits(entry, told[entry.sentence], terms, rules, vectors or {}) for entry in entries),
    )


def profile_from(data: Mapping[str, Any]) -> Profile:
    """The profile that its JSON gives."""

    def terms(raw: Sequence[Any]) -> Terms:
        return tuple(raw[0]), tuple(raw[1])

    def parties(raw: Iterable[Any]) -> tuple[Named, ...]:
        return tuple((name, text, country, tuple(sectors), person) for name, text, country, sectors, person in raw)

    def traits(raw: Mapping[str, Any]) -> Traits:
        where = raw["where"]
        return Traits(
            **{
                **raw,
                "actors": parties(raw["actors"]),
                "recipients": parties(raw["recipients"]),
                "where": tuple(where) if where else None,
                "words": terms(raw["words"]),
                "quotes": tuple(raw["quotes"]),
            }
        )

    return Profile(
        article=data["article"],
        published=data["published"],
        day=data["day"],
        terms=terms(data["terms"]),
        reports=tuple(traits(raw) for raw in data["reports"]),
    )


def head_from(text: str) -> Profile:
    """The profile that JSON text of one gives, without its reports: a fifth of the time."""
    # In a JSON string quotation marks are escaped, so that these words are the key itself; it is the last.
    return profile_from(json.loads(text[: text.index(_REPORTS)] + _REPORTS + "[]}"))


def _words_of(article: Article) -> list[str]:
    text, at = article.text, 0
    kept = [article.title or ""]
    for start, end in sorted((part.start, part.end) for part in article.skipped):
        kept.append(text[at:start])
        at = max(at, end)
    kept.append(text[at:])
    return [word for piece in kept for word in words(piece)]


def _traits(entry: Entry, told: Terms, article: Terms, rules: Rules, vectors: Mapping[str, str]) -> Traits:
    report = entry.report
    first, last = _days(entry)
    return Traits(
        id=report.id,
        at=report.trigger.start,
        type=report.type,
        mode=report.mode,
        tense=tense_of(entry),
        actors=_named(report.actors, entry),
        recipients=_named(report.recipients, entry),
        where=_where(place_of(entry)),
        first=first,
        last=last,
        trigger=name_key(report.trigger.text),
        sentence=number_of(name_key(entry.sentence)),
        words=told,
        salience=round(shared(told, article), 3),
        quotes=_quotes(entry.statement, rules),
        killed=report.killed,
        injured=report.injured,
        size=report.size,
        refers_to=report.refers_to,
        vector=vectors.get(report.id),
    )


def _where(place: Place | None) -> Where | None:
    if place is None:
        return None
    return name_key(place.name or place.text), place.country, place.geonameid, place.lat, place.lon, place.radius_km


def _named(parties: Iterable[Party], entry: Entry) -> tuple[Named, ...]:
    return tuple((p.name, p.text, p.country, p.sectors, p.mention in entry.persons) for p in parties)


def _days(entry: Entry) -> tuple[int | None, int | None]:
    """The days on which it may have happened as the report says; both None where it does not."""
    time = entry.report.time
    told = days_told(time.first, time.last, entry.day) if time else ANY_DAY
    return (None, None) if told == ANY_DAY else told


def _quotes(said: Statement, rules: Rules) -> tuple[int, ...]:
    """Numbers of some of the word sequences that the statement quotes: an even choice by the number itself, so that the
    same quotation elsewhere gives the same ones."""
    if said.quote == "indirect" or said.is_narrator:
        return ()
    length = rules.words["same_quote"]
    found: set[int] = set()
    for span in said.content:
        quoted = words(span.text)
        found.update(number_of(" ".join(quoted[at : at + length])) for at in range(len(quoted) - length + 1))
    return tuple(sorted(found, key=lambda number: (number % 1009, number))[: rules.words["quotes"]])
