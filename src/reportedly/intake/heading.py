"""The head of a plain text: title line, byline, date of publication, before the body begins."""

import dataclasses
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.intake.dateline import DatelineWords, find_dateline
from reportedly.intake.dates import MONTH, read_published
from reportedly.intake.lines import Line
from reportedly.records import Dateline, Skipped, Span

_TITLE_LENGTH = 160
_TITLE_WORDS = 28
_TITLE_LEAST = 3
_BODY_LENGTH = 100
_BYLINE_LENGTH = 160
_BYLINE_WORDS = 16
_DATE_LENGTH = 90
# Title, standfirst, byline, agency, date and a few bullet points come before the body, seldom more.
_HEAD_LINES = 12
_LETTERS = re.compile(r"\w+")
_NO_TITLE = re.compile(r"[.:;,…][\"'”’)\]]*$|[({\[=]$")
_BYLINE = re.compile(
    r"(?:(?:written|posted|reported|published|story|words)\s+)?by\s*:?\s+(?P<who>.+)|(?:author|reporter)s?\s*:\s*(?P<who2>.+)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*(?:\||•|·|\s[–—-]\s|;|/)\s*|,\s+|\s+(?=\S+@)")
_NAME_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_ABBREVIATION = re.compile(r"(?:\w\.)+|Jr\.|Sr\.|U\.S\.")
_SMALL_WORD = re.compile(
    r"and|&|for|of|in|at|the|with|to|d[aeiou]|del|della|de[rn]|dos|el|l[ae]|v[ao]n|bin|ibn|al|abu|[ye]|(?:al|el|de)-.+|d['’].+",
    re.IGNORECASE,
)
_TRAILING_DATE = re.compile(
    r"[\s,|–—-]+(?P<date>(?:(?:updated|published|posted)\s*:?\s*)?(?:\w+day,?\s+)?"
    rf"(?:{MONTH}\.?\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{MONTH}\.?,?\s+\d{{4}}|\d{{4}}-\d\d-\d\d).*)$",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:last\s+)?(?:updated?|published|posted)(?:\s+at|\s+on)?\s*:?\s*\d{1,2}[:.]\d{2}.{0,40}", re.IGNORECASE
)
_NO_NAME = re.compile(
    rf"(?:{MONTH}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|the|a|an|all|any|his|her|their|its|our|my|this|that|late|early|\d.*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the body. `skipped` are the lines that are used up (byline, date)."""

    title: Span | None = None
    byline: str | None = None
    published: dt.date | dt.datetime | None = None
    published_raw: str | None = None
    dateline: Dateline | None = None
    skipped: tuple[Skipped, ...] = ()


def read_head(text: str, lines: Sequence[Line], words: DatelineWords, title: str | None) -> Head:
    """The head of a text whose page furniture is already left out of `lines`. `title` is the known title, if any."""
    found = Head()
    lead = True
    for index, line in enumerate(lines[:_HEAD_LINES]):
        dateline = find_dateline(text, line, words, lead=lead)
        if dateline:
            return dataclasses.replace(found, dateline=dateline)
        if not lead:
            continue
        step = _byline(line, found, words, first=index == 0) or _date_line(line, found)
        if step is None and found.title is None and _is_title(lines, index, title, words):
            step = dataclasses.replace(found, title=Span(start=line.start, end=line.end, text=line.text))
        lead = step is not None or _is_headline(line.text)
        found = step or found
    return found


def _byline(line: Line, found: Head, words: DatelineWords, *, first: bool) -> Head | None:
    """The head with this line as (part of) its byline; None when it is none."""
    gone = (*found.skipped, Skipped(start=line.start, end=line.end, reason="byline"))
    if found.byline is not None:
        below = line.text.casefold().strip(" .") in words.bylines or line.text in words.outlets
        return dataclasses.replace(found, skipped=gone) if below else None
    who, date = read_byline(line.text, first=first)
    if who is None:
        return None
    day = read_published(date) if date else None
    if day is None or found.published is not None:
        return dataclasses.replace(found, byline=who, skipped=gone)
    return dataclasses.replace(found, byline=who, published=day, published_raw=date, skipped=gone)


def _date_line(line: Line, found: Head) -> Head | None:
    """The head with this line as its date of publication, or as a bare clock time; None when it is neither."""
    if len(line.text) > _DATE_LENGTH:
        return None
    day = read_published(line.text)
    if day is None and not _CLOCK.fullmatch(line.text):
        return None
    gone = (*found.skipped, Skipped(start=line.start, end=line.end, reason="date-line"))
    if day is None or found.published is not None:
        return dataclasses.replace(found, skipped=gone)
    return dataclasses.replace(found, published=day, published_raw=line.text, skipped=gone)


def read_byline(line: str, *, first: bool) -> tuple[str | None, str | None]:
    """The writers that a byline names and the date at its end; (None, None) when the line is no byline.

    The first line of a text may be a title like "By Land And Sea": there a name of two words or more must follow.
    """
    if len(line) > _BYLINE_LENGTH:
        return None, None
    match = _BYLINE.fullmatch(line)
    if not match:
        return None, None
    who = match["who"] or match["who2"]
    date = None
    dated = _TRAILING_DATE.search(who)
    if dated and read_published(dated["date"]):
        who, date = who[: dated.start()], dated["date"]
    who = who.strip(" ,|–—-")
    parts = [part for part in _SEPARATOR.split(who) if part and "@" not in part]
    if not parts or _NO_NAME.match(who) or not all(_is_name(part) for part in parts):
        return None, None
    if sum(len(part.split()) for part in parts) > _BYLINE_WORDS or (first and len(who.split()) < 2):
        return None, None
    return who, date


def _is_name(part: str) -> bool:
    """Whether the words could be a name: each begins with a capital or is a small word of names and their posts."""
    words = part.split()
    if words[0].lower() in ("and", "&", "for", "in", "of", "at", "with"):
        words = words[1:]
    if not words or (words[-1].endswith((".", "!", "?")) and not _ABBREVIATION.fullmatch(words[-1])):
        return False
    capitals = 0
    for word in words:
        if _SMALL_WORD.fullmatch(word):
            continue
        if not _NAME_WORD.fullmatch(word.strip(",()")) or not word.strip("(")[:1].isupper():
            return False
        capitals += 1
    return capitals > 0


def _is_title(lines: Sequence[Line], index: int, known: str | None, words: DatelineWords) -> bool:
    """Whether a line is the title: the known one, or else a short first line without full stop above a longer text."""
    line = lines[index]
    if known is not None:
        return _same(line.text, known)
    rest = lines[index + 1 : index + 1 + _HEAD_LINES]
    if not rest or not _is_headline(line.text) or len(line.text.split()) < _TITLE_LEAST or line.text in words.outlets:
        return False
    if any(_is_headline(other.text) and not _is_byline(other) for other in lines[:index]):
        return False
    if line.text.split(":")[0].upper() in words.labels:
        return False
    if line.breaks == 1 and not _is_byline(rest[0]):
        # Without a blank line, only a much longer line below tells a title from the first line of wrapped text.
        return len(rest[0].text) >= max(_BODY_LENGTH, 1.5 * len(line.text))
    return any(not _is_headline(other.text) for other in rest)


def _is_byline(line: Line) -> bool:
    return read_byline(line.text, first=False)[0] is not None


def _is_headline(words: str) -> bool:
    return (
        len(words) <= _TITLE_LENGTH
        and not _NO_TITLE.search(words)
        and len(words.split()) <= _TITLE_WORDS
        and any(map(str.isalpha, words))
    )


def _same(left: str, right: str) -> bool:
    return _LETTERS.findall(left.casefold()) == _LETTERS.findall(right.casefold())
