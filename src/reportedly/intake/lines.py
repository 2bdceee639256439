"""The lines of a text as offsets: what heading, dateline and skipping work on."""

import re
from typing import NamedTuple

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029]")


class Line(NamedTuple):
    """A line that is not blank, without the white space around it; `breaks` is the number of line ends after it."""

    start: int
    end: int
    text: str
    breaks: int


def split_lines(text: str) -> list[Line]:
    """The lines of a text that are not blank, in order. A byte-order mark at the start belongs to no line."""
    found: list[tuple[int, int]] = []
    for match in _LINE.finditer(text, 1 if text.startswith("\ufeff") else 0):
        words = match.group()
        stripped = words.lstrip()
        start = match.start() + len(words) - len(stripped)
        size = len(stripped.rstrip())
        if size:
            found.append((start, start + size))
    stops = [start for start, _ in found[1:]] + [len(text)]
    return [
        Line(start, end, text[start:end], sum(1 for _ in _BREAK.finditer(text, end, stop)))
        for (start, end), stop in zip(found, stops, strict=True)
    ]
