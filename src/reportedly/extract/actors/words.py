"""The English words by which phrases for somebody are taken apart: `data/languages/en/actors.toml`."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from reportedly.errors import ResourceError
from reportedly.resources import data_path, read_toml

PRONOUN_CLASSES = ("he", "she", "they", "it", "i", "we")


@dataclass(frozen=True, slots=True)
class ActorWords:
    """Sets of folded words; `pronouns` maps a word to its class, `nominals` a noun to the kinds it stands for."""

    determiners: frozenset[str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    containers: frozenset[str]
    quantities: frozenset[str]
    breaks: frozenset[str]
    belonging: frozenset[str]
    appositions: frozenset[str]
    joiners: frozenset[str]
    generic: frozenset[str]
    former: frozenset[str]
    detached: frozenset[str]
    particles: frozenset[str]
    relative: frozenset[str]
    weak_heads: frozenset[str]
    sites: frozenset[str]
    domestic: frozenset[str]
    foreign: frozenset[str]
    loose: frozenset[str]
    pronouns: Mapping[str, str]
    nominals: Mapping[str, tuple[str, ...]]


@functools.lru_cache(maxsize=4)
def load_words(language: str = "en") -> ActorWords:
    """The words of a language pack. Raises ResourceError when a list is missing, unknown or not of words."""
    path = data_path(f"languages/{language}/actors.toml")
    data: dict[str, Any] = dict(read_toml(path))
    names = [field.name for field in fields(ActorWords)]
    if set(data) != set(names):
        wrong = ", ".join(sorted(set(data) ^ set(names)))
        raise ResourceError(f"{path}: missing or unknown: {wrong}")
    pronouns, nominals = data.pop("pronouns"), data.pop("nominals")
    if set(pronouns) != set(PRONOUN_CLASSES):
        raise ResourceError(f"{path}: [pronouns] must have exactly {', '.join(PRONOUN_CLASSES)}")
    for name, words in (*data.items(), *pronouns.items(), *nominals.items()):
        if not isinstance(words, list) or not all(isinstance(w, str) and w and w == w.lower() for w in words):
            raise ResourceError(f"{path}: {name} must be a list of lower-case words")
    return ActorWords(
        **{name: frozenset(words) for name, words in data.items()},
        pronouns={word: name for name, words in pronouns.items() for word in words},
        nominals={noun: tuple(kinds) for noun, kinds in nominals.items()},
    )
