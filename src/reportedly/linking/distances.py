"""How well two places agree, where they may be told apart: for what reports differ in."""

import math

from reportedly.linking.rules import Rules
from reportedly.linking.text import name_key
from reportedly.records import Place

_EARTH_KM = 6371.0


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
