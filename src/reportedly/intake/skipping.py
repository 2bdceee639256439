"""Finds the parts of a text that are not the report: comment forms, share buttons, captions, notices."""

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.errors import ResourceError
from reportedly.intake.lines import Line
from reportedly.records import Skipped
from reportedly.resources import data_path, read_csv

SKIP_REASONS: dict[str, str] = {
    "byte-order-mark": "The mark at the start of a file that says how it is encoded.",
    "byline": "The line that names the writers; the words are in `article.byline`.",
    "date-line": "A line above the body that gives only the date of publication.",
    "comment-form": "A form for readers' comments, its notices, and everything below its heading.",
    "share": "Share, print and mail buttons.",
    "newsletter": "An invitation to sign up, subscribe or install.",
    "follow": "The writer's or outlet's address or account.",
    "related": "Links to other articles and their headings.",
    "navigation": "Menus, tags, buttons of the page.",
    "cookies": "Consent and privacy notices.",
    "advertisement": "The mark of an advertisement.",
    "player": "Notices of video players and embedded posts.",
    "copyright": "A copyright notice.",
    "credit": "Who reported, wrote, edited or translated.",
    "caption": "A photograph's caption or credit.",
    "script": "Program text left over from the page.",
    "link": "A bare address.",
}
_MATCHES = ("line", "start", "pattern", "part", "list", "form", "field")
_START_LENGTH = 200
_PATTERN_LENGTH = 700
_HEADLINE_LENGTH = 120
# A comment form shows its first field soon; readers' comments may stand between heading and field.
_FORM_LINES = 8
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "\xa0": " "})
_EDGES = ' \t:.!?…»«›‹>|•*·–—-[](),;"“”'
_NOT_WORDS = re.compile(r"[,;:.!?()…]+(?=\s|$)|\s+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Skips:
    """The rows of `skips.csv`, ready for look-up."""

    lines: Mapping[str, str]
    lists: frozenset[str]
    forms: frozenset[str]
    starts: Mapping[str, tuple[tuple[str, str], ...]]
    fields: Mapping[str, tuple[str, ...]]
    patterns: tuple[tuple[re.Pattern[str], str], ...]
    parts: tuple[tuple[re.Pattern[str], str], ...]


@functools.lru_cache(maxsize=4)
def load_skips(code: str = "en") -> Skips:
    """The skip phrases of a language pack. Raises ResourceError, with file and line, for a bad row."""
    path = data_path(f"languages/{code}/skips.csv")
    lines: dict[str, str] = {}
    found: dict[str, list[tuple[str, str]]] = {match: [] for match in _MATCHES}
    patterns: dict[str, list[tuple[re.Pattern[str], str]]] = {"pattern": [], "part": []}
    for number, row in read_csv(path, ("match", "words", "reason", "example")):
        match, words, reason = row["match"], row["words"], row["reason"]
        if match not in found or reason not in SKIP_REASONS or not words or not row["example"]:
            raise ResourceError(
                f"{path}:{number}: match must be one of {', '.join(_MATCHES)}, "
                f"reason one of {', '.join(SKIP_REASONS)}; words and example not empty"
            )
        if match in patterns:
            patterns[match].append((_compiled(words, f"{path}:{number}"), reason))
        elif match == "line":
            lines[_plain(words)] = reason
        else:
            found[match].append((_plain(words), reason))
    return Skips(
        lines=lines,
        lists=frozenset(words for words, _ in found["list"]),
        forms=frozenset(words for words, _ in found["form"]),
        starts=_by_first_word(found["start"]),
        fields={first: tuple(words for words, _ in rows) for first, rows in _by_first_word(found["field"]).items()},
        patterns=tuple(patterns["pattern"]),
        parts=tuple(patterns["part"]),
    )


def _compiled(words: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(words, re.IGNORECASE)
    except re.error as error:
        raise ResourceError(f"{where}: no regular expression: {error}") from error


def _by_first_word(rows: Iterable[tuple[str, str]]) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for words, reason in rows:
        found.setdefault(words.split(" ", 1)[0], []).append((words, reason))
    return {first: tuple(items) for first, items in found.items()}


def _plain(words: str) -> str:
    """Small letters, single spaces, no punctuation at word ends: how phrases are compared."""
    small = words.translate(_APOSTROPHES).strip(_EDGES).casefold()
    return " ".join(_NOT_WORDS.sub(" ", small).split())


def find_skipped(text: str, lines: Sequence[Line], skips: Skips) -> list[Skipped]:
    """The parts of `lines` that are not the report, in order, never overlapping.

    Precision goes first: what is not sure to be no part of the report stays.
    """
    found: list[Skipped] = []
    plain = [_plain(line.text[:_START_LENGTH]) if len(line.text) <= _PATTERN_LENGTH else "" for line in lines]
    listing = False
    body = False
    for index, line in enumerate(lines):
        words = plain[index]
        if body and words in skips.forms and _is_form(index, lines, plain, skips):
            found.append(Skipped(start=line.start, end=lines[-1].end, reason="comment-form"))
            break
        if words in skips.lists:
            listing = True
            found.append(Skipped(start=line.start, end=line.end, reason="related"))
            continue
        reason = _reason(line, words, skips)
        if reason is None and listing and _is_headline(line):
            reason = "related"
        if reason:
            found.append(Skipped(start=line.start, end=line.end, reason=reason))
            continue
        listing = False
        body = True
        found.extend(_parts(text, line, skips))
    return found


def _is_form(index: int, lines: Sequence[Line], plain: Sequence[str], skips: Skips) -> bool:
    """Whether a comment form's heading is followed by its fields, or by nothing at all."""
    rest = range(index + 1, min(index + 1 + _FORM_LINES, len(lines)))
    return not rest or any(_field(plain[at], skips) for at in rest)


def _field(words: str, skips: Skips) -> bool:
    return any(words.startswith(field) for field in skips.fields.get(words.split(" ", 1)[0], ()))


def _reason(line: Line, words: str, skips: Skips) -> str | None:
    """Why a whole line is not the report, None when it is."""
    size = len(line.text)
    if size > _PATTERN_LENGTH:
        return None
    if words in skips.lines:
        return skips.lines[words]
    if size <= _START_LENGTH:
        if _field(words, skips):
            return "comment-form"
        for start, reason in skips.starts.get(words.split(" ", 1)[0], ()):
            if words.startswith(start) and words[len(start) : len(start) + 1] in ("", " "):
                return reason
    straight = line.text.translate(_APOSTROPHES)
    for pattern, reason in skips.patterns:
        if pattern.fullmatch(straight):
            return reason
    return None


def _is_headline(line: Line) -> bool:
    return len(line.text) <= _HEADLINE_LENGTH and not _SENTENCE_END.search(line.text) and not line.text[:1].islower()


def _parts(text: str, line: Line, skips: Skips) -> list[Skipped]:
    found: list[Skipped] = []
    at = line.start
    for pattern, reason in skips.parts:
        for match in pattern.finditer(text, line.start, line.end):
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            if start >= at:
                found.append(Skipped(start=start, end=match.end(), reason=reason))
                at = match.end()
    return sorted(found, key=lambda part: part.start)
