"""One spelling for the many ways a place name is written, so that the same key is stored and asked for."""

import functools
import re
import unicodedata

# Letters that NFKD does not take apart.
_LETTERS = str.maketrans({
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "a", "ħ": "h", "ŋ": "ng",
    "ʻ": "", "ʼ": "", "ʿ": "", "ʾ": "", "’": "", "‘": "", "'": "", "`": "", "´": "", ".": "", "′": "",
    "-": " ", "‐": " ", "‑": " ", "–": " ", "—": " ", "/": " ", ",": " ", "_": " ", "(": " ", ")": " ", "\xa0": " ",
})  # fmt: skip
# The Arabic article before a hyphen, assimilated or not; "al" also stands with a space (Al Anbar).
_ARTICLE = re.compile(r"^(?:(?:al|el|ar|as|ash|ad|at|az|an|ath|adh)[-‐‑]|al )(?=\w{3})")
_INNER_ARTICLE = re.compile(r"(?<=\w)[ -‐‑](?:al|el|ez|ed|es|az|as|ad|al)[-‐‑](?=\w{2})")
_POSSESSIVE = re.compile(r"['’]s?$")
_WORDS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "pt": "point", "&": "and"}
_GENERIC = (
    "province", "governorate", "county", "parish", "district", "state", "region", "oblast", "prefecture", "department",
    "canton", "borough", "city", "township", "village", "island", "islands", "republic", "krai", "agency",
    "municipality", "division", "voivodeship", "autonomous region", "valley", "metropolitan area",
)  # fmt: skip
_SUFFIX = re.compile(rf"^(.{{3,}}) (?:{'|'.join(_GENERIC)})$")
_PREFIX = re.compile(
    r"^(?:city|town|village|province|district|state|county|region|island|port|republic|greater|downtown|central)"
    r"(?: city)?(?: of)?(?: the)? (.{3,})$"
)


@functools.lru_cache(maxsize=1 << 15)
def normalise(name: str) -> str:
    """A name in lower-case ASCII words: no accents, points, apostrophes, hyphens, leading "the" or Arabic article.

    "al-Raqqa", "Al Raqqa" and "Raqqa" are one, as are "St. Louis" and "Saint Louis". Empty for other scripts.
    """
    low = name.strip().casefold()
    low = low.removeprefix("the ")
    low = _ARTICLE.sub("", low)
    low = _INNER_ARTICLE.sub(" ", low)
    plain = low.translate(_LETTERS)
    if not plain.isascii():  # most names are, and adding a dump asks for tens of millions
        folded = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    if not plain.isascii():
        return ""
    words = plain.split()
    return " ".join(_WORDS.get(word, word) for word in words)


def without_possessive(name: str) -> str:
    """ "Iraq's" as "Iraq"."""
    return _POSSESSIVE.sub("", name)


def shorter(key: str) -> str | None:
    """A normalised name without its generic word ("anbar province", "city of mosul"), None where there is none."""
    found = _SUFFIX.match(key) or _PREFIX.match(key)
    return found.group(1) if found else None


def is_abbreviation(name: str) -> bool:
    """Whether a name can stand for an abbreviation: all capitals, or with a point."""
    return name.endswith(".") or name.isupper()
