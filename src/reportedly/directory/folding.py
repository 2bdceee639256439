"""Folded keys: how names are compared. "U.S.", "the US" and "US" are one; "us" is another word."""

import functools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a phrase: its folded key, its folded form in its own case, and where it stands.

    `possessive`: it had an ending "'s"; `hyphened`: a hyphen ties it to the word before.
    """

    key: str
    plain: str
    start: int
    end: int
    possessive: bool = False
    hyphened: bool = False


# Hyphens join words ("al-Abadi"); these prefixes turn the name after them into another thing ("anti-ISIS").
_WORD = re.compile(
    r"(?:anti|pro|non|post|pre)[-‐‑][\w.’']+|\d{1,3}(?:,\d{3})+|[^\s\-‐‑–—,;:()\[\]{}\"“”„«»<>!?/…]+|[,;:()\[\]–—]",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’ʼ](?:s|S)?$")
_DROPPED = re.compile(r"[.'’ʼ‘`ʻʿʾ*]")
_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "&": "and"})
ARTICLES = frozenset({"the", "a", "an"})
_OFFICE_FILLERS = frozenset({"of", "the", "for", "and", "affairs", "s", "a", "an"})
_OFFICE_SAME = {"defense": "defence", "premier": "prime minister", "external": "foreign"}
NARROWING = frozenset({"vice", "deputy", "former", "assistant", "under", "shadow", "first", "junior", "designate"})


_SHORT = 200


@functools.lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """A word without accents, full stops and apostrophes, in its own case."""
    if word.isascii():
        return _DROPPED.sub("", word.replace("&", "and"))
    parts = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return _DROPPED.sub("", "".join(char for char in parts if not unicodedata.combining(char)))


def split_words(text: str) -> tuple[Word, ...]:
    """The words of a phrase; commas, brackets and dashes stay as words of their own, a possessive ending is dropped."""
    # Names recur within an article; whole articles must not stay in memory.
    return _split_again(text) if len(text) <= _SHORT else _split(text)


def _split(text: str) -> tuple[Word, ...]:
    words: list[Word] = []
    for found in _WORD.finditer(text):
        raw = found.group()
        bare = _POSSESSIVE.sub("", raw)
        plain = fold(bare)
        if plain:
            start = found.start()
            hyphened = start > 0 and text[start - 1] in "-‐‑"
            words.append(Word(plain.lower(), plain, start, found.end(), bare != raw, hyphened))
        elif words and bare != raw:  # a possessive ending that the tokenizer set apart
            words[-1] = replace(words[-1], possessive=True)
    return tuple(words)


_split_again = functools.lru_cache(maxsize=5_000)(_split)


def key_of(text: str) -> str:
    """The folded key of a name: lower case, without a leading article."""
    words = split_words(text)
    start = 1 if len(words) > 1 and words[0].key in ARTICLES else 0
    return " ".join(word.key for word in words[start:])


def fits(form: str, plain: str) -> bool:
    """Whether the case of the text suits the form in the data: acronyms in capitals, names with a capital letter."""
    if form.islower():
        return True
    letters = form.replace(" ", "")
    if len(letters) <= 3 and letters.isupper():
        return plain.replace(" ", "").isupper()
    return not plain.islower()


def office_key(words: Iterable[str]) -> frozenset[str]:
    """An office as a set of words, so that "Minister of Foreign Affairs" and "foreign minister" are the same."""
    same = (_OFFICE_SAME.get(word, word) for word in words if word not in _OFFICE_FILLERS)
    return frozenset(part for word in same for part in word.split())
