"""The language's time words, and a text as tokens with their classes."""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportedly.errors import ResourceError
from reportedly.resources import read_toml

_FIRST = 0xE000  # classes of words are written as private-use characters, so that a regex can run over them
_TABLES = ("classes", "holidays", "settings", "macros", "tense", "signals")
_WORD = r"([^\W\d_]+(?!\w))"
_NUMBERS = r"""
    (?=['’‘]?\d|fy)(?:
    (?P<iso>\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:z|[+-]\d\d:?\d\d)?)?|\d{4}/\d\d?/\d\d?)(?![\w-])
  | (?P<dotted>\d{1,2}\.\d{1,2}\.\d{4})(?![\w.]*\d)
  | (?P<slash>\d{1,2}/\d{1,2}/(?:\d{4}|\d\d))(?![\w/])
  | (?P<clock>\d{1,2}:\d\d(?::\d\d)?)(?![\w:])
  | (?P<halfclock>\d{1,2}(?:[:.]\d\d)?(?:am|pm))(?!\w)
  | (?P<fiscal>fy(?:\d{4}|\d\d))(?!\w)
  | (?P<decade>(?:\d{2,3}0|['’‘]?\d0)['’]?s)(?!\w)
  | (?P<ord>\d{1,3}(?:st|nd|rd|th))(?!\w)
  | (?P<apos>['’‘]\d\d)(?!\d)
  | (?P<num>\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d+)(?!\w))
"""
_TIME_OF_DAY = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d|(?:[01]?\d|2[0-3])\.[0-5]\d")
_REST = r"""[^\W_]+ | [ \t\u00a0]*(?:\r?\n[ \t]*){2,} | [^\w\s]"""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's words: lower-case form with single spaces, offsets; `line` has one class character for each."""

    text: str
    keys: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    line: str


class Words:
    """The loaded lexicon of one language. Immutable after loading; raises ResourceError on a bad file."""

    def __init__(self, path: Path) -> None:
        tables = read_toml(path)
        for key in tables:
            if key not in _TABLES:
                raise ResourceError(f"{path}: unknown table [{key}]; known: {', '.join(_TABLES)}")
        for key in _TABLES:
            if key not in tables:
                raise ResourceError(f"{path}: the table [{key}] is missing")
        self.path = path
        self.classes: Mapping[str, Mapping[str, Any]] = {
            name: {word.lower(): value for word, value in members.items()}
            for name, members in tables["classes"].items()
        }
        self.holidays: Mapping[str, str] = tables["holidays"]
        self.macros: Mapping[str, str] = tables["macros"]
        self.tense: Mapping[str, frozenset[str]] = {key: frozenset(words) for key, words in tables["tense"].items()}
        self.signals = _read_signals(tables["signals"], path)
        self._capital = frozenset(tables["settings"]["capital"])
        for name in self._capital - set(self.classes) - {"holiday"}:
            raise ResourceError(f"{path}: [settings] capital names the unknown class {name!r}")
        self._of: dict[str, frozenset[str]] = {}
        for name, members in (*self.classes.items(), ("holiday", self.holidays)):
            for word in members:
                self._of[word] = self._of.get(word, frozenset()) | {name}
        self._chars: dict[frozenset[str], str] = {frozenset(): "."}
        self._char_of: dict[str, str] = {}
        self._small: dict[str, str] = {}  # the character where the word has no capital letter but should
        self._by_char: dict[str, tuple[str, ...]] = {}
        self._scan: re.Pattern[str] | None = None

    def add_literal(self, word: str) -> None:
        """Makes a word of a rule a class of its own, `=word`. Only before the first text is read."""
        self._of[word] = self._of.get(word, frozenset()) | {f"={word}"}

    def seal(self) -> None:
        """Fixes the alphabet: one character for each set of classes that a token can have."""
        for classes in (*self._of.values(), *_number_classes()):
            self._char(classes)
        for word, classes in list(self._of.items()):
            self._char_of[word] = self._char(classes)
            if word[0].isalpha() and not classes.isdisjoint(self._capital):
                self._small[word] = self._char(classes - self._capital)
        self._by_char = {char: tuple(sorted(classes)) for classes, char in self._chars.items()}
        heads: dict[str, list[str]] = {}
        for word in self._of:
            if not word.isalpha() and len(word) > 1:
                pattern = re.escape(word[1:]).replace(r"\ ", r"\s+").replace("'", "['’]")
                heads.setdefault(re.escape(word[0]), []).append(pattern + (r"(?!/\d)" if word[-1].isdigit() else ""))
        phrases = "|".join(
            f"{head}(?:{'|'.join(sorted(tails, key=len, reverse=True))})" for head, tails in heads.items()
        )
        self._scan = re.compile(rf"({phrases})(?!\w) | {_WORD} | {_NUMBERS} | {_REST}", re.VERBOSE)

    def _char(self, classes: frozenset[str]) -> str:
        return self._chars.setdefault(classes, chr(_FIRST + len(self._chars)))

    def classes_of(self, char: str) -> tuple[str, ...]:
        """The classes of a token's character in `Tokens.line`."""
        return self._by_char.get(char, ())

    def has(self, name: str) -> bool:
        """Whether some token can be of the class."""
        return any(name in classes for classes in self._chars)

    def charset(self, name: str) -> str:
        """The regex for a token of a class."""
        return f"[{''.join(char for classes, char in self._chars.items() if name in classes)}]"

    def tokens(self, text: str) -> Tokens:
        """The text's tokens; a blank line is a token that no rule matches."""
        assert self._scan is not None
        low = text.lower()
        if len(low) != len(text):  # a few letters (İ) grow when lowered; offsets must hold
            low = "".join(one if len(one := char.lower()) == 1 else char for char in text)
        caps = low != text
        keys: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        line: list[str] = []
        char_of, small = self._char_of, self._small
        for match in self._scan.finditer(low):
            key, kind = match.group(), match.lastindex
            start, end = match.span()
            if kind == 2:
                char = char_of.get(key, ".")
            elif kind == 1:
                key = " ".join(key.replace("’", "'").split())
                char = char_of.get(key, ".")
            else:
                char = self._char_of_other(key, match.lastgroup)
            if caps and key in small and text[start] == low[start]:
                char = small[key]
            keys.append(key)
            starts.append(start)
            ends.append(end)
            line.append(char)
        return Tokens(text, tuple(keys), tuple(starts), tuple(ends), "".join(line))

    def _char_of_other(self, key: str, kind: str | None) -> str:
        """The class character of a number, a mark or a blank line."""
        if kind is None:
            return self._char_of.get(key, ".")
        return self._chars.get(_classes_of_number(kind, key) | self._of.get(key, frozenset()), ".")


@dataclass(frozen=True, slots=True)
class Signals:
    """What moves an expression's ends: the words right before it with their role, and what joins it to a second."""

    roles: Mapping[str, str]
    before: re.Pattern[str]
    between: re.Pattern[str]
    joins: re.Pattern[str]


ROLES = ("since", "from", "until", "before", "after", "between")


def _read_signals(table: Mapping[str, Any], path: Path) -> Signals:
    roles = {word: role for role in ROLES for word in table.get(role, ())}
    for key in table:
        if key not in (*ROLES, "articles", "and", "to"):
            raise ResourceError(f"{path}: unknown signal {key!r}; known: {', '.join(ROLES)}, articles, and, to")

    def words(items: Iterable[str]) -> str:
        ordered = sorted(items, key=len, reverse=True)
        return "|".join(re.escape(item).replace(r"\ ", r"\s+") for item in ordered)

    return Signals(
        roles=roles,
        before=re.compile(rf"\b({words(roles)})\s+(?:(?:{words(table['articles'])})\s+)?$", re.IGNORECASE),
        between=re.compile(rf"\s+(?:{words(table['and'])})\s+"),
        joins=re.compile(rf"\s+(?:{words(table['to'])})\s+|\s*[-–—/]\s*"),
    )


@functools.lru_cache(maxsize=4096)
def _classes_of_number(kind: str, key: str) -> frozenset[str]:
    if kind == "num":
        found = {"num"}
        if _TIME_OF_DAY.fullmatch(key):
            found.add("dotclock" if "." in key else "armyclock")
        if key.isdigit():
            number = int(key)
            if 1 <= number <= 31 and len(key) <= 2:
                found.add("dayno")
            if 0 <= number <= 24 and len(key) <= 2:
                found.add("hourno")
            if len(key) == 2:
                found.add("shortno")
            if len(key) == 4 and 1000 <= number <= 2199:
                found.add("year")
                if 1900 <= number <= 2049:
                    found.add("nearyear")
            if len(key) in (2, 3):
                found.add("oldyear")
        return frozenset(found)
    if kind == "ord":
        number = int(key[:-2])
        return frozenset({"ord", "dayord"} if 1 <= number <= 31 else {"ord"})
    return frozenset({kind})


def _number_classes() -> Iterator[frozenset[str]]:
    """Every set of classes that a number token can have."""
    for key in (
        "0",
        "5",
        "12",
        "27",
        "99",
        "150",
        "1200",
        "1950",
        "1.5",
        "5000",
        "05",
        "012",
        "0330",
        "1500",
        "1945",
        "2100",
        "2359",
        "9.30",
        "1999",
        "0999",
        "1777",
        "00",
    ):
        yield _classes_of_number("num", key)
    yield from (_classes_of_number("ord", "1st"), _classes_of_number("ord", "99th"))
    for key in ("1st", "2nd", "3rd"):
        yield _classes_of_number("ord", key) | {"ordinal"}
    yield from (
        frozenset({kind}) for kind in ("iso", "slash", "dotted", "clock", "halfclock", "fiscal", "decade", "apos")
    )
