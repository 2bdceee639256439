"""What happened in one plain line: "Honduran navy seizes fishing boat near Roatán, 10 Mar 2026"."""

import datetime as dt
import re
from collections.abc import Sequence

from reportedly.linking.agreement import majority
from reportedly.linking.parties import head_of
from reportedly.linking.rules import Phrase, Rules
from reportedly.records import Actor, Entry, Place

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
_WORDS = 12  # of what has no type, in a list
Days = tuple[dt.date | None, dt.date | None]


def summary(
    entries: Sequence[Entry],
    kind: str | None,
    mode: str | None,
    sides: tuple[tuple[Actor, ...], tuple[Actor, ...]],
    place: Place | None,
    days: Days,
    rules: Rules,
    said: str = "",
) -> str:
    """Who does what to whom, where and when; what is not known is left out. `entries`: the earliest first. Without a
    type the beginning of `said`, the words in which it is told first."""
    if kind is None:
        what = f"“{_shortened(said)}” (no event type)"
    else:
        what = _sentence(rules.phrase(kind, mode), *sides, _prospect(entries), rules)
    named = place and (place.name or place.text)
    if place and place.name is None and place.geometry is not None:
        # "Near the Syrian border" says how by itself; "the Syrian border" does not.
        bare = place.text[:1].isupper() or place.text.startswith(("the ", "its "))
        what += f" at {place.text}" if bare else f" {place.text}"
    elif place and named and named not in {actor.name for side in sides for actor in side}:
        what += f" {_preposition(entries, place, rules)} {named}"  # "attack on Mosul in Mosul" would say it twice
    told = ", ".join(filter(None, (what, _when(*days))))
    return told[:1].upper() + told[1:]


def _shortened(said: str) -> str:
    words = said.strip("\"“”'‘’ \n").split()
    return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")


def _prospect(entries: Sequence[Entry]) -> str | None:
    """How the reports look ahead, when all do."""
    looks = {entry.report.modality for entry in entries}
    if looks <= {"planned", "conditional"}:
        return "planned" if "planned" in looks else "conditional"
    return None


def _sentence(
    phrase: Phrase, actors: tuple[Actor, ...], recipients: tuple[Actor, ...], prospect: str | None, rules: Rules
) -> str:
    who, whom = _listed(actors), _listed(recipients)
    form = phrase.do if whom else phrase.alone
    if who and form:
        verb = form[1] if prospect or _is_plural(actors, rules) else form[0]
        helper = {"planned": "to ", "conditional": "may ", None: ""}[prospect]
        return f"{who} {helper}{verb.replace('{}', whom)}"
    ahead = {"planned": "planned ", "conditional": "possible ", None: ""}[prospect]
    if whom and not who:
        return phrase.done.replace("{}", whom) if phrase.done and not prospect else f"{ahead}{phrase.noun}: {whom}"
    return f"{ahead}{phrase.noun} by {who}" if who else f"{ahead}{phrase.noun}"


def _is_plural(actors: tuple[Actor, ...], rules: Rules) -> bool:
    if len(actors) != 1:
        return True
    name = actors[0].name
    if actors[0].kind == "country":
        return False
    last = name.split(" of ")[0].split(" in ")[0].split()[-1:] or [""]
    word = last[0].lower()
    return word in rules.plural or head_of(word) != word


def _preposition(entries: Sequence[Entry], place: Place, rules: Rules) -> str:
    """The word that most reports put before the place, if it is one of those that tell where; else "in"."""
    names = "|".join(re.escape(name) for name in {place.text, place.name or place.text})
    before = re.compile(rf"\b({'|'.join(rules.prepositions)})\s+(?:\w+\s+){{0,3}}?(?:{names})\b", re.IGNORECASE)
    found = (before.search(entry.sentence) for entry in entries)
    return majority(match.group(1).lower() if match else None for match in found) or "in"


def _listed(actors: tuple[Actor, ...]) -> str:
    names = [" ".join(actor.name.split()) for actor in actors]
    if len(names) > 3:
        names = [*names[:2], f"{len(names) - 2} others"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def _when(first: dt.date | None, last: dt.date | None) -> str:
    if first is None or last is None:
        end = first or last
        return f"{'from' if first else 'by'} {day_words(end)}" if end else ""
    if first == last:
        return day_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_words(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1]}–{day_words(last)}"
    return f"{day_words(first)}–{day_words(last)}"


def day_words(day: dt.date) -> str:
    """3 Mar 2031."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
