"""Where a publisher is at home, as far as its name or web address says: "dallasnews.com", "The Oxford Times", ".ie"."""

import math
import re

from reportedly.extract.places.ranking import Home, cell_of
from reportedly.gazetteer import Candidate, Gazetteer

# Words of newspaper names, taken off either end of a web address until a place is left.
_WORDS = (
    "the", "my", "in", "daily", "weekly", "sunday", "evening", "morning", "news", "newspapers", "newspaper",
    "times", "herald", "post", "tribune", "gazette", "star", "sun", "record", "recorder", "journal",
    "chronicle", "dispatch", "telegram", "telegraph", "register", "reporter", "review", "observer", "courier",
    "citizen", "advocate", "examiner", "enquirer", "inquirer", "leader", "mail", "press", "standard",
    "sentinel", "echo", "argus", "mercury", "monitor", "ledger", "intelligencer", "independent", "beacon",
    "item", "today", "online", "live", "local", "state", "city", "voice", "globe", "messenger", "guardian",
    "union", "free", "world", "bulletin", "banner", "call", "patch", "now", "fm", "tv", "radio", "and", "mag",
    "magazine", "business", "week",
)  # fmt: skip
_TAKEN = re.compile(rf"^(?:{'|'.join(_WORDS)})[- ]?|[- ]?(?:{'|'.join(_WORDS)})$", re.IGNORECASE)
_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.)?([\w.-]+\.([a-z]{2,6}))(?:/.*)?$", re.IGNORECASE)
_SECOND_LEVEL = {"co", "com", "org", "net", "gov", "edu", "ac"}
_NATIONS = {"uk": "GB"}
_PEOPLE = 1000
# Where English is the language of the local press; elsewhere a paper in English is the exception.
_ENGLISH = {
    "USA", "GBR", "IRL", "CAN", "AUS", "NZL", "ZAF", "IND", "PAK", "NGA", "GHA", "KEN", "UGA", "ZWE", "ZMB", "JAM",
    "TTO", "SGP", "PHL", "MLT", "BWA", "NAM", "LBR", "SLE", "GMB", "MWI", "HKG", "LKA", "FJI", "PNG", "BLZ", "GUY",
    "BHS", "BRB",
}  # fmt: skip
_ABROAD = 0.3
# Country endings that the whole world uses.
_GENERIC = {"tv", "fm", "me", "io", "co", "ly", "to", "ws", "cc", "am", "ai", "eu"}


def home_of(publisher: str | None, gazetteer: Gazetteer) -> Home | None:
    """Where the publisher's name places it; None where the name says nothing."""
    if not publisher:
        return None
    nation = ""
    stems = [publisher]
    if found := _DOMAIN.match(publisher.strip()):
        host, ending = found.group(1).lower(), found.group(2).lower()
        parts = host.split(".")[:-1]
        if len(parts) > 1 and parts[-1] in _SECOND_LEVEL:
            parts.pop()
        stems = [part for part in parts if part not in ("news", "www")] or parts
        if len(ending) == 2 and ending not in _GENERIC:
            nation = _NATIONS.get(ending, ending.upper())
    places = [place for stem in stems for place in _named(stem, gazetteer)]
    if nation:
        places = [place for place in places if place.admin1.startswith(f"{nation}.")] or places
    return _home(places, nation, gazetteer)


def _named(stem: str, gazetteer: Gazetteer) -> list[Candidate]:
    """The towns and regions that are left when newspaper words are taken off, one at a time."""
    left = stem
    while len(left) >= 4:
        if found := [p for p in gazetteer.find(left.title()) if p.kind in ("city", "capital", "admin1", "country")]:
            return found
        shorter = _TAKEN.sub("", left, count=1)
        if shorter == left:
            return []
        left = shorter
    return []


def _home(places: list[Candidate], nation: str, gazetteer: Gazetteer) -> Home | None:
    country: dict[str, float] = {}
    admin1: dict[str, float] = {}
    near: dict[tuple[int, int], float] = {}
    # The root: many small towns of a name have a newspaper in English, its one metropolis abroad may have none.
    sizes = [math.sqrt(place.population) * (1.0 if place.country in _ENGLISH else _ABROAD) for place in places]
    total = sum(sizes) or 1.0
    for place, size in zip(places, sizes, strict=True):
        share = size / total
        country[place.country] = country.get(place.country, 0.0) + share
        if place.kind != "country" and place.population >= _PEOPLE:
            # Which of its namesakes the home is, the article's names tell together: each counts whole.
            admin1[place.admin1] = 1.0
            near[cell_of(place)] = 1.0
    if nation and (code := gazetteer.country(nation)):
        country = {code: 1.0}
    return Home(country, admin1, near) if country else None
