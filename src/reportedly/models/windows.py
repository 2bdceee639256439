"""Cuts a text into the windows that the encoder reads, at the bounds of paragraphs wherever they fit."""

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A text as words; `marks[i]` are word i's values in the manifest's columns. Sentences, paragraphs: word ranges."""

    words: tuple[str, ...]
    marks: tuple[tuple[str, ...], ...]
    sentences: tuple[tuple[int, int], ...]
    paragraphs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Window:
    """The words `first:stop` of a text; `breaks` are the words before which a new paragraph begins."""

    first: int
    stop: int
    breaks: tuple[int, ...]


def sentence_around(words: Words, word: int) -> tuple[Words, int]:
    """The sentence of a word as a text of its own, and the word's place in it."""
    at = bisect.bisect_right(words.sentences, word, key=lambda sentence: sentence[0]) - 1
    first, stop = words.sentences[at]
    whole = ((0, stop - first),)
    return Words(words.words[first:stop], words.marks[first:stop], whole, whole), word - first


def windows_of(words: Words, sizes: Sequence[int], limit: int) -> Iterator[Window]:
    """Windows of at most `limit` word pieces (`sizes[i]` of them in word i, one more for each paragraph break).

    Whole paragraphs while they fit; one that is too long is cut between sentences, a sentence that is too long between
    words. Every word stands in exactly one window.
    """
    openings = {low for low, _ in words.paragraphs}
    first, used, breaks = 0, 0, list[int]()
    for begin, end in _units(words, sizes, limit):
        size = sum(sizes[begin:end])
        opens = begin > first and begin in openings
        if begin > first and used + size + opens > limit:
            yield Window(first, begin, tuple(breaks))
            first, used, breaks, opens = begin, 0, [], False
        if opens:
            breaks.append(begin)
        used += size + opens
    if first < len(words.words):
        yield Window(first, len(words.words), tuple(breaks))


def _units(words: Words, sizes: Sequence[int], limit: int) -> Iterator[tuple[int, int]]:
    """Paragraphs; the sentences of those that are too long; pieces of sentences that are too long."""
    at = 0
    for low, high in words.paragraphs:
        if sum(sizes[low:high]) <= limit:
            yield low, high
            continue
        while at < len(words.sentences) and words.sentences[at][1] <= low:
            at += 1
        while at < len(words.sentences) and words.sentences[at][0] < high:
            begin, end = words.sentences[at]
            yield from _pieces(max(begin, low), min(end, high), sizes, limit)
            at += 1


def _pieces(begin: int, end: int, sizes: Sequence[int], limit: int) -> Iterator[tuple[int, int]]:
    first, used = begin, 0
    for word in range(begin, end):
        if used and used + sizes[word] > limit:
            yield first, word
            first, used = word, 0
        used += sizes[word]
    if first < end:
        yield first, end
