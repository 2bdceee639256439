"""How alike two reports are, part by part. Pure functions over Facts, which hold what is compared of an Entry."""

import datetime as dt
import math
from collections.abc import Collection
from dataclasses import dataclass

from rapidfuzz import fuzz

from reportedly.linking.rules import Rules
from reportedly.linking.text import content_words, name_key
from reportedly.records import Entry, Party, Place

PROSPECTIVE = ("planned", "conditional")
_EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What is compared of an entry, worked out once. `first`/`last` are the event's days, None where not said."""

    entry: Entry
    type: str | None
    family: frozenset[str]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    persons: frozenset[str]
    words: frozenset[str]
    first: dt.date | None
    last: dt.date | None
    day: dt.date | None


def facts_of(entry: Entry, rules: Rules) -> Facts:
    """The facts of an entry. An interval that is open at one end keeps the other; both None: no event time."""
    report = entry.report
    time = report.time
    return Facts(
        entry=entry,
        type=report.type,
        family=rules.family(report.type) if report.type else frozenset(),
        actors=report.actors,
        recipients=report.recipients,
        persons=frozenset(entry.persons),
        words=content_words(entry.sentence, rules.stop),
        first=time.first if time else None,
        last=time.last if time else None,
        day=entry.day,
    )


def score(left: Facts, right: Facts, rules: Rules) -> tuple[float, dict[str, float]]:
    """From 0 (cannot be one happening) to 1, and the parts with a known value."""
    parts = _type_part(left, right, rules)
    if parts is None or not _modalities_meet(left, right):
        return 0.0, {}
    penalty = 1.0
    if parts["type"] < 1:
        penalty = rules.contradiction["kin" if left.type != right.type else "type"]
    time = time_part(left, right, rules)
    if time is not None and time < 0:
        return 0.0, {}
    known: dict[str, float | None] = {
        **parts,
        **_party_parts(left, right, rules),
        "place": place_part(left.entry.report.place, right.entry.report.place, rules),
        "time": time,
        "words": word_part(left.words, right.words),
    }
    total = 0.0
    for part, weight in rules.weights.items():
        value = known[part]
        total += weight * (rules.unknown[part] if value is None else value)
        if value == 0 and part in ("actors", "recipients", "place", "time"):
            penalty *= rules.contradiction[part]
    total *= penalty
    known["same_sentence"] = None
    if 0 not in (known["actors"], known["recipients"]) and _same_sentence(left, right, known["words"] or 0.0, rules):
        total = max(total, rules.words["same_sentence_score"])
        known["same_sentence"] = 1.0
    return round(min(total, 1.0), 4), {part: value for part, value in known.items() if value is not None}


def _type_part(left: Facts, right: Facts, rules: Rules) -> dict[str, float] | None:
    if left.type is None or right.type is None or left.type not in right.family:
        return None
    if left.type != right.type:
        return {"type": 0.5}
    modes = left.entry.report.mode, right.entry.report.mode
    return {"type": 0.6 if modes[0] and modes[1] and modes[0] != modes[1] else 1.0}


def _modalities_meet(left: Facts, right: Facts) -> bool:
    """Plans meet plans. What is told as history meets others only when both say when, and the times meet."""
    a, b = left.entry.report.modality, right.entry.report.modality
    if (a in PROSPECTIVE) != (b in PROSPECTIVE):
        return False
    if "historical" in (a, b):
        spans = _event_days(left), _event_days(right)
        return spans[0] is not None and spans[1] is not None and _gap(spans[0], spans[1]) == 0
    return a == b


def _same_sentence(left: Facts, right: Facts, alike: float, rules: Rules) -> bool:
    """The same sentence in two articles, and the same words of it: a copied report whatever else was resolved."""
    table = rules.words
    return (
        left.entry.article != right.entry.article
        and alike >= table["same_sentence"]
        and left.type == right.type
        and min(len(left.words), len(right.words)) >= table["same_sentence_least"]
        and name_key(left.entry.report.trigger.text) == name_key(right.entry.report.trigger.text)
    )


def word_part(left: frozenset[str], right: frozenset[str]) -> float | None:
    """Shared content words over the geometric mean of both counts; None when a sentence has none."""
    if not left or not right:
        return None
    return len(left & right) / math.sqrt(len(left) * len(right))


def _party_parts(left: Facts, right: Facts, rules: Rules) -> dict[str, float | None]:
    persons = left.persons | right.persons
    if left.type in rules.symmetric and right.type in rules.symmetric:
        both = side_part((*left.actors, *left.recipients), (*right.actors, *right.recipients), rules, persons)
        return {"actors": both, "recipients": both}
    return {
        "actors": side_part(left.actors, right.actors, rules, persons),
        "recipients": side_part(left.recipients, right.recipients, rules, persons),
    }


def side_part(
    left: tuple[Party, ...], right: tuple[Party, ...], rules: Rules, persons: Collection[str] = ()
) -> float | None:
    """How well the parties of one side agree: the mean over the shorter list of each one's best match.

    `persons` are the mentions that name a person. None where a side is empty or nothing is known of those on it.
    """
    if not left or not right:
        return None
    few, many = (left, right) if len(left) <= len(right) else (right, left)
    best = []
    for party in few:
        values = [value for other in many if (value := party_part(party, other, rules, persons)) is not None]
        if values:
            best.append(max(values))
    return sum(best) / len(best) if best else None


def party_part(left: Party, right: Party, rules: Rules, persons: Collection[str] = ()) -> float | None:
    """How well two parties agree; None when one of them is not coded and the words do not settle it."""
    table = rules.parties
    a, b = name_key(left.name or left.text), name_key(right.name or right.text)
    if a == b:
        return 1.0
    if fuzz.token_sort_ratio(a, b) >= table["same_ratio"]:
        return float(table["same_sector_value"])
    people = sum(party.mention in persons for party in (left, right))
    if people == 2:
        # "Abdullah" and "King Abdullah II": one name stands in the other.
        return float(table["alike_value"]) if fuzz.token_set_ratio(a, b) >= table["same_ratio"] else 0.0
    states = left.country not in rules.kinds and right.country not in rules.kinds
    if left.country and right.country and states:
        value = _country_part(left, right, rules)
        return min(value, float(table["person_value"])) if people else value
    if fuzz.token_set_ratio(a, b) >= table["same_ratio"]:
        return float(table["alike_value"])
    coded = all(party.name or party.country for party in (left, right))
    return 0.0 if coded else None


def _country_part(left: Party, right: Party, rules: Rules) -> float:
    table = rules.parties
    if left.country != right.country:
        return 0.0
    if not left.sectors or not right.sectors:
        return float(table["same_country_value"])
    if left.sectors[0] == right.sectors[0]:
        return float(table["same_sector_value"])
    organs = left.sectors[0] in rules.state_sectors and right.sectors[0] in rules.state_sectors
    return float(table["state_value"] if organs else table["other_sector_value"])


def place_part(left: Place | None, right: Place | None, rules: Rules) -> float | None:
    """How well two places agree; 0 when they are known to lie apart, None when one is not known."""
    if left is None or right is None:
        return None
    if left.geonameid is not None and left.geonameid == right.geonameid:
        return 1.0
    if name_key(left.name or left.text) == name_key(right.name or right.text) and left.country == right.country:
        return 1.0
    wide = [_is_region(place, rules) for place in (left, right)]
    if any(wide) and left.country and right.country:
        return rules.place["containing_value"] if left.country == right.country else 0.0
    distance = km_between(left, right)
    if distance is None:
        return 0.0 if left.country and right.country and left.country != right.country else None
    reach = sum(place.radius_km or rules.place["default_radius_km"] for place in (left, right))
    if distance <= max(rules.place["near_km"], min(reach, rules.place["around_km"])):
        return rules.place["near_value"]
    return rules.place["around_value"] if distance <= rules.place["around_km"] else 0.0


def _is_region(place: Place, rules: Rules) -> bool:
    return place.lat is None or (place.radius_km or 0) >= rules.place["region_radius_km"]


def km_between(left: Place, right: Place) -> float | None:
    """Great-circle distance in kilometres; None when a place has no coordinates."""
    if left.lat is None or left.lon is None or right.lat is None or right.lon is None:
        return None
    a, b = math.radians(left.lat), math.radians(right.lat)
    turn = math.radians(right.lon - left.lon)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, h)))


Days = tuple[dt.date, dt.date]


def _event_days(facts: Facts) -> Days | None:
    if facts.first is None and facts.last is None:
        return None
    first, last = facts.first or dt.date.min, facts.last or facts.day or dt.date.max
    return (first, last) if first <= last else (first, first)


def _gap(a: Days, b: Days) -> int:
    """Days between two intervals, 0 when they meet."""
    return max(0, (max(a[0], b[0]) - min(a[1], b[1])).days)


def time_part(left: Facts, right: Facts, rules: Rules) -> float | None:
    """How well the times agree: 0 apart, None unknown, and -1 when the one cannot be the other.

    Event times are compared first. Where one is missing, the day of publication bounds it: what is reported as
    having happened happened by then, and most likely not long before.
    """
    table = rules.time
    spans = _event_days(left), _event_days(right)
    if spans[0] and spans[1]:
        gap = _gap(spans[0], spans[1])
        if gap > table["window"]:
            return -1.0
        if gap >= len(table["gap_values"]):
            return 0.0
        wide = max((span[1] - span[0]).days for span in (spans[0], spans[1])) >= table["wide"]
        return float(min(table["gap_values"][gap], table["wide_value"] if wide else 1.0))
    if spans[0] or spans[1]:
        span, other = (spans[0], right) if spans[0] else (spans[1], left)
        if span is None or other.day is None:
            return None
        ahead = (span[0] - other.day).days
        if other.entry.report.modality not in PROSPECTIVE and ahead > 1:
            return -1.0  # published before it can have happened
        return _published_part(max(0, (other.day - span[1]).days), rules)
    if left.day is None or right.day is None:
        return None
    return _published_part(abs((left.day - right.day).days), rules)


def _published_part(days: int, rules: Rules) -> float:
    table = rules.time
    for limit, value in zip(table["published_days"], table["published_values"], strict=True):
        if days <= limit:
            return float(value)
    return 0.0
