"""Credit lines: "(Coast Wire)", "With Coast Wire", "Coast Wire contributed to this report"; and whose page it is."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from reportedly.errors import ResourceError
from reportedly.records import Article
from reportedly.resources import data_path, read_csv

# credit: the names are credited where they are known outlets; named: also where the directory does not know them;
# first: the article itself stood there first; own: the names are the publisher's; signed: whose the writer is, the
# publisher where no other is known; agency: the names are credited where they are agencies.
LineKind = Literal["credit", "named", "first", "own", "signed", "agency"]
_WORD = r"(?-i:[A-Z0-9])(?:[\w&+'’-]|\.(?=\w))*"
_NAME = rf"(?:the\s)?{_WORD}(?:\s(?:of\s|de\s|for\s|&\s)?{_WORD}){{0,5}}"
_NAMES = rf"{_NAME}(?:(?:,\sand\s|,\s|\sand\s|;\s|/){_NAME}){{0,7}}"
_BETWEEN = re.compile(r",\s+and\s+|[,;/]\s*|\s+and\s+")
_REACH = 250  # characters on either side of a hint
_CAPTION = 4  # words: fewer are a byline
_COLUMNS = ("kind", "hint", "pattern", "example", "names")


@dataclass(frozen=True, slots=True)
class CreditPattern:
    """One row of `credits.csv`. `hint` are words without which the pattern cannot match; `names` of its example."""

    kind: LineKind
    hint: str
    pattern: re.Pattern[str]
    example: str
    names: tuple[str, ...]


@functools.lru_cache(maxsize=4)
def load_credits(code: str = "en") -> tuple[CreditPattern, ...]:
    """The patterns of a language. In a pattern NAMES stands for one name or a list of names, NAME for one name.

    Raises ResourceError with file and line for an unknown kind and for a pattern that is none.
    """
    path = data_path(f"languages/{code}/credits.csv")
    found = []
    for line, row in read_csv(path, _COLUMNS):
        if row["kind"] not in get_args(LineKind):
            raise ResourceError(f"{path}:{line}: unknown kind {row['kind']!r}; one of {', '.join(get_args(LineKind))}")
        words = row["pattern"].replace("NAMES", f"(?P<names>{_NAMES})").replace("NAME", f"(?P<names>{_NAME})")
        try:
            pattern = re.compile(words, re.IGNORECASE | re.MULTILINE)
        except re.error as error:
            raise ResourceError(f"{path}:{line}: {row['pattern']!r} is no pattern ({error})") from error
        names = tuple(name for name in row["names"].split(";") if name)
        found.append(CreditPattern(row["kind"], row["hint"], pattern, row["example"], names))  # type: ignore[arg-type]
    return tuple(found)


def credit_lines(article: Article, code: str = "en") -> Iterator[tuple[LineKind, str, int, int]]:
    """(kind, name, start, end) of every name in a credit line, by pattern; of skipped parts, in credit lines only."""
    text = article.text
    lower = text.lower()
    if len(lower) != len(text):
        lower = text
    closed = [(part.start, part.end) for part in article.skipped if part.reason != "credit"]
    for row in load_credits(code):
        for first, stop in _around(row.hint, lower):
            for match in row.pattern.finditer(text, first, stop):
                if _is_caption(text, match):
                    continue
                if not any(start <= match.start("names") < end for start, end in closed):
                    for start, end in _each(text, *match.span("names")):
                        yield row.kind, re.sub(r"^the\s+", "", text[start:end], flags=re.IGNORECASE), start, end


def _is_caption(text: str, match: re.Match[str]) -> bool:
    """Whether a bracket is of a picture: it ends a line that is no sentence, or has the photographer's name."""
    if match.group()[:1] != "(":
        return False
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    if "/" in match["names"] and not match["names"].replace("/", "").isupper():
        return True  # "(AP/Ana Hill)"
    before, after = text[start : match.start()].rstrip(), text[match.end() : end if end >= 0 else len(text)].strip()
    return len(before.split()) >= _CAPTION and not after and before[-1] not in ".!?…\"”'’"


def _around(hint: str, lower: str) -> Iterator[tuple[int, int]]:
    """What is searched for a pattern: the lines that its hint stands in, not too far from it; all without a hint."""
    if not hint:
        yield 0, len(lower)
        return
    at, past = lower.find(hint), 0
    while at >= 0:
        line = lower.rfind("\n", 0, at) + 1
        end = lower.find("\n", at)
        start, stop = max(line, at - _REACH, past), min(len(lower) if end < 0 else end, at + _REACH)
        if start < stop:
            yield start, stop
        past = stop
        at = lower.find(hint, max(stop, at + 1))


def _each(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names of a list, without the full stop at the end."""
    at = start
    for match in (*_BETWEEN.finditer(text, start, end), None):
        stop = match.start() if match else end
        while stop > at and text[stop - 1] in " .":
            stop -= 1
        if stop > at:
            yield at, stop
        at = match.end() if match else end
