"""What is compared of a report, worked out once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from reportedly.linking.parties import Who, who
from reportedly.linking.rules import Rules
from reportedly.linking.text import content_words, name_key
from reportedly.records import Entry, Party, Place

PROSPECTIVE = ("planned", "conditional")
_ON_WHAT_HAPPENED = frozenset(("confirms", "denies", "declines", "doubts", "endorses", "condemns"))


@dataclass(frozen=True, slots=True)
class Facts:
    """What is compared of an entry. `first`/`last` are the event's days, None where not said.

    `words` are those of the sentence, `context` those of the article's headline and of all its reports' sentences:
    what story it is part of.
    """

    entry: Entry
    id: str
    article: str
    type: str | None
    mode: str | None
    tense: str
    family: frozenset[str]
    actors: tuple[Who, ...]
    recipients: tuple[Who, ...]
    place: Place | None
    words: frozenset[str]
    context: frozenset[str]
    trigger: str
    first: dt.date | None
    last: dt.date | None
    day: dt.date | None


def all_facts(entries: Iterable[Entry], rules: Rules) -> list[Facts]:
    """The facts of entries, in their order. All reports of an article must be among them, as they make its context."""
    entries = list(entries)
    sentences = {sentence: content_words(sentence, rules.stop) for sentence in {entry.sentence for entry in entries}}
    stories: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        stories[entry.article] |= sentences[entry.sentence]
        if entry.title:
            if entry.title not in sentences:
                sentences[entry.title] = content_words(entry.title, rules.stop)
            stories[entry.article] |= sentences[entry.title]
    contexts = {article: frozenset(found) for article, found in stories.items()}
    return [_facts(entry, sentences[entry.sentence], contexts[entry.article], rules) for entry in entries]


def tense_of(entry: Entry) -> str:
    """`plan`, `past` or `fact`: happenings of two tenses are two.

    Who denies, confirms or will not say whether something has happened speaks of the happening itself, although the
    words leave it open.
    """
    report = entry.report
    if report.modality == "conditional" and report.stance in _ON_WHAT_HAPPENED:
        return "fact"
    if report.modality in PROSPECTIVE:
        return "plan"
    return "past" if report.modality == "historical" else "fact"


def _facts(entry: Entry, words: frozenset[str], context: frozenset[str], rules: Rules) -> Facts:
    report = entry.report
    time = report.time
    return Facts(
        entry=entry,
        id=report.id,
        article=entry.article,
        type=report.type,
        mode=report.mode,
        tense=tense_of(entry),
        family=rules.family(report.type) if report.type else frozenset(),
        actors=_side(report.actors, entry, rules),
        recipients=_side(report.recipients, entry, rules),
        place=place_of(entry),
        words=words,
        context=context,
        trigger=name_key(report.trigger.text),
        first=time.first if time else None,
        last=time.last if time else None,
        day=entry.day,
    )


def place_of(entry: Entry) -> Place | None:
    """Where the report says that it happened. A place in the name of the source ("officials in Mosul") is not that."""
    place, source = entry.report.place, entry.statement.source
    if place is None or source is None or source.start is None or source.end is None:
        return place
    return None if source.start <= place.start and place.end <= source.end else place


def _side(parties: tuple[Party, ...], entry: Entry, rules: Rules) -> tuple[Who, ...]:
    found = (who(party, entry.persons, rules) for party in parties)
    return tuple(one for one in found if one.country or one.key not in rules.unsaid)
