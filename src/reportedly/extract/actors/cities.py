"""Towns and regions in phrases for somebody: "Lahore police" are Pakistan's."""

from reportedly.directory import Directory, split_words
from reportedly.gazetteer import open_gazetteer

# Below these a place is as likely a surname; with them Houston, Borno and Mariupol count, Kerry and Obama do not.
_TOWN, _REGION = 200_000, 400_000
_REGIONS = frozenset({"admin1", "region"})
_TOWNS = frozenset({"city", "capital"})
_SHARE = 4  # how much larger it must be than the largest place of that name in another country


def country_of(name: str, directory: Directory) -> str | None:
    """The country of a large town or first-level region by its name; None for what may be a person's name.

    Raises ResourceError when the gazetteer is missing.
    """
    words = split_words(name)
    if not words or len(words) > 4 or not all(word.plain[:1].isupper() for word in words):
        return None
    if directory.gender(words[0].key) or directory.people(name):
        return None
    found = [c for c in open_gazetteer().find(name) if c.country and c.kind in _REGIONS | _TOWNS]
    large = [c for c in found if c.population >= (_REGION if c.kind in _REGIONS else _TOWN)]
    if not large:
        return None
    first = max(large, key=lambda c: c.population)
    rival = max((c.population for c in found if c.country != first.country), default=0)
    return first.country if first.population >= _SHARE * rival else None
