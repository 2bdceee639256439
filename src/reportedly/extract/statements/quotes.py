"""Finds the stretches between quotation marks.

A quotation opened with one kind of mark ends with the same kind; marks of another kind inside it are part of it. Where
a quotation runs over several paragraphs the opening mark is repeated at each and only the last one closes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportedly.language import Language
from reportedly.parsing import Parse
from reportedly.records import QuoteKind

_WORDLIKE = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Quote:
    """Characters `start:end` with their marks; tokens `first:stop`. `closed` is False when the closing mark is missing.

    `continues` is True when it takes up the quotation that the paragraph before left open.
    """

    start: int
    end: int
    first: int
    stop: int
    closed: bool
    continues: bool


def find_quotes(parse: Parse, language: Language) -> tuple[Quote, ...]:
    """The outermost quotations, in order; none shorter than one word."""
    found: list[Quote] = []
    left_open = False
    for first, stop in parse.paragraphs:
        begin, limit = parse.start[first], parse.end[stop - 1]
        spans = list(_scan(parse.text, begin, limit, language))
        for number, (start, end, closed) in enumerate(spans):
            tokens = parse.tokens_in(start, end)
            if not _WORDLIKE.search(parse.text, start, end) or not tokens:
                continue
            continues = left_open and number == 0 and start == begin
            found.append(Quote(start, end, tokens.start, tokens.stop, closed, continues))
        left_open = bool(spans) and not spans[-1][2]
    return tuple(found)


def _scan(text: str, begin: int, limit: int, language: Language) -> Iterator[tuple[int, int, bool]]:
    """(start, end, closed) of each outermost quotation of one paragraph."""
    at = begin
    pattern, closers = language.quote_pattern, language.quote_closers
    while match := pattern.search(text, at, limit):
        mark = match.group()
        if mark not in closers or not _opens(text, match.start(), match.end(), begin, limit):
            at = match.end()
            continue
        single = len(mark) == 1 and mark in language.single_marks
        end = _close(text, match.end(), limit, closers[mark], single, pattern)
        if end is None:
            if single:  # far more often an apostrophe than a quotation left open
                at = match.end()
                continue
            yield match.start(), limit, False
            return
        yield match.start(), end, True
        at = end


def _opens(text: str, start: int, end: int, begin: int, limit: int) -> bool:
    """Whether a mark can open: white space, a dash, a bracket or the edge before it, and something after it."""
    before = text[start - 1] if start > begin else " "
    return end < limit and not text[end].isspace() and (not before.isalnum() and before not in ".,!?%$)”’")


def _close(
    text: str, at: int, limit: int, closers: frozenset[str], single: bool, pattern: re.Pattern[str]
) -> int | None:
    """The end of the quotation whose text begins at `at`, or None when it is not closed before `limit`."""
    while match := pattern.search(text, at, limit):
        mark, start, at = match.group(), match.start(), match.end()
        after = text[at] if at < limit else " "
        if mark not in closers or after.isalnum() or (text[start - 1].isspace() and not after.isspace()):
            continue
        if not single or _can_close_single(text, start):
            return at
    return None


def _can_close_single(text: str, start: int) -> bool:
    """An apostrophe after an s is more often a genitive than the end of a quotation."""
    return text[start - 1] not in "sS" or not text[start + 1 : start + 2].isspace()


def quote_of_tokens(parse: Parse, quotes: tuple[Quote, ...]) -> Mapping[int, int]:
    """Token index -> index of the quotation that holds it."""
    return {token: number for number, quote in enumerate(quotes) for token in range(quote.first, quote.stop)}


def quote_kind(parse: Parse, content: Sequence[tuple[int, int]], quoted: Mapping[int, int]) -> QuoteKind:
    """Direct: all of the content (token ranges) stands in quotation marks; indirect: none of it."""
    tokens = [token for first, stop in content for token in range(first, stop) if parse.pos[token] != "PUNCT"]
    inside = sum(token in quoted for token in tokens)
    if not inside:
        return "indirect"
    return "direct" if inside == len(tokens) else "mixed"
