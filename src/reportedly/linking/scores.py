"""How alike two reports are, part by part. Pure functions over Facts, which hold what is compared of an Entry."""

import datetime as dt
import math

from reportedly.linking.facts import Facts
from reportedly.linking.parties import sides
from reportedly.linking.rules import Rules
from reportedly.linking.text import name_key
from reportedly.records import Place

_EARTH_KM = 6371.0


def score(left: Facts, right: Facts, rules: Rules) -> tuple[float, dict[str, float]]:
    """From 0 (cannot be one happening) to 1, and the parts with a known value."""
    kind = _type_part(left, right)
    if kind is None or not _tenses_meet(left, right) or _side_by_side(left, right):
        return 0.0, {}
    time = time_part(left, right, rules)
    if time is not None and time < 0:
        return 0.0, {}
    sides_agree = _party_parts(left, right, rules)
    known: dict[str, float | None] = {
        "type": kind,
        **sides_agree,
        "place": place_part(left.place, right.place, rules),
        "time": time,
        "words": word_part(left.words, right.words),
        "context": context_part(left, right, rules),
    }
    total, penalty = 0.0, _type_penalty(left, right, kind, sides_agree["recipients"], rules)
    for part, weight in rules.weights.items():
        value = known[part]
        if value is None:
            total += weight * rules.unknown[part]
            continue
        total += weight * value
        if value == 0 and part in rules.contradiction:
            penalty *= rules.contradiction[part]
    if known["actors"] is known["recipients"] is known["place"] is None:
        one_story = (known["context"] or 0.0) >= rules.context["own_article"]
        shared = len(left.words & right.words)
        if not one_story and shared < rules.words["same_sentence_least"]:
            penalty *= rules.contradiction["unnamed"]
    total *= penalty
    if 0 not in (known["actors"], known["recipients"]) and _same_sentence(left, right, known["words"] or 0.0, rules):
        total = max(total, rules.words["same_sentence_score"])
        known["same_sentence"] = 1.0
    return round(min(total, 1.0), 4), {part: value for part, value in known.items() if value is not None}


def _type_part(left: Facts, right: Facts) -> float | None:
    if left.type is None or right.type is None or left.type not in right.family:
        return None
    if left.type != right.type:
        return 0.5
    return 0.6 if left.mode and right.mode and left.mode != right.mode else 1.0


def _type_penalty(left: Facts, right: Facts, kind: float, recipients: float | None, rules: Rules) -> float:
    if kind == 1:
        return 1.0
    if left.type != right.type:
        return rules.contradiction["kin"]
    apart = recipients is not None and recipients < rules.parties["other_sector_value"] + 0.1
    return rules.contradiction["type_and_recipients" if apart else "type"]


def _tenses_meet(left: Facts, right: Facts) -> bool:
    """Plans meet plans. What is told as history meets others only when both say when, and the times meet."""
    if (left.tense == "plan") != (right.tense == "plan"):
        return False
    if "past" in (left.tense, right.tense):
        a, b = _event_days(left), _event_days(right)
        return a is not None and b is not None and _gap(a, b) == 0
    return True


def _side_by_side(left: Facts, right: Facts) -> bool:
    """Two reports in one sentence are two happenings ("seized the boat and detained its crew"); where they are one, a
    word of reference ties them."""
    return left.article == right.article and left.entry.sentence == right.entry.sentence


def _same_sentence(left: Facts, right: Facts, alike: float, rules: Rules) -> bool:
    """The same sentence in two articles, and the same words of it: a copied report whatever else was resolved."""
    table = rules.words
    return (
        alike >= table["same_sentence"]
        and left.article != right.article
        and left.type == right.type
        and min(len(left.words), len(right.words)) >= table["same_sentence_least"]
        and left.trigger == right.trigger
    )


def word_part(left: frozenset[str], right: frozenset[str]) -> float | None:
    """Shared content words over the geometric mean of both counts; None when a sentence has none."""
    if not left or not right:
        return None
    return len(left & right) / math.sqrt(len(left) * len(right))


def context_part(left: Facts, right: Facts, rules: Rules) -> float | None:
    """Whether two articles tell one story: 0 to 1 as they share less or more words; None for few words."""
    table = rules.context
    if left.article == right.article:
        return table["own_article"]
    if min(len(left.context), len(right.context)) < table["least"]:
        return None
    shared = len(left.context & right.context) / math.sqrt(len(left.context) * len(right.context))
    return min(1.0, max(0.0, (shared - table["none"]) / (table["full"] - table["none"])))


def _party_parts(left: Facts, right: Facts, rules: Rules) -> dict[str, float | None]:
    if left.type in rules.symmetric and right.type in rules.symmetric:
        both = sides((*left.actors, *left.recipients), (*right.actors, *right.recipients), rules)
        return {"actors": both, "recipients": both}
    return {
        "actors": sides(left.actors, right.actors, rules),
        "recipients": sides(left.recipients, right.recipients, rules),
    }


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
        if other.tense != "plan" and ahead > 1:
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
