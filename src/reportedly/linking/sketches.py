"""Texts as hashes: a few keys of each to find candidates by, and all its word sequences to prove a copy with.

Two texts that share a key may share text. The keys are of two kinds. MinHash bands over the word shingles of the whole
text (Broder 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.4) find texts that are mostly alike,
wherever their sentences end. The lowest shingle hashes of each sentence find a sentence that stands in both, lightly
edited or not, however much else stands there.
"""

import bisect
import datetime as dt
import itertools
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from reportedly.linking.rules import Rules
from reportedly.linking.text import sentence_spans, words
from reportedly.records import Article

Hashes = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]

# Words between quotation marks, to the end of the line where the closing one is missing (a quote over paragraphs).
# A single mark closes after a word: an apostrophe stands within. A straight one opens for sure only where it closes.
# Every mark is tried by its first character alone: few characters are marks.
_QUOTED = re.compile(
    r"[“„«\"‘'](?:"
    r"(?<=[“„«\"])[^”\"»\r\n]*[”\"»]?"
    r"|(?<!\w.)(?=\w)[^\r\n]*?[’'](?!\w)"
    r"|(?:(?<=‘)(?<!\w.)|(?<=^'))(?=\w)[^\r\n]*)",
    re.MULTILINE,
)
_UNDATED = 10**12  # after every date
# Odd 64-bit constants: multiplying and shifting by them spreads the bits (murmur3's finalizer).
_SPREAD = np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53)
_SHIFT = np.uint64(33)
_HALF = np.uint64(32)
_STEP = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """An article's sentences that are long enough to compare: where they stand, and their three-word sequences.

    `threes` are 32-bit hashes of all, in order; the sequences of sentence n are `threes[firsts[n]:firsts[n + 1]]`.
    `own` says which lie wholly outside quotation marks, `spans` has a row (start, end) for each sentence, `marks` one
    of its keys, `length` is the number of words of the whole text.
    """

    article: str
    spans: npt.NDArray[np.int32]
    threes: npt.NDArray[np.uint32]
    firsts: npt.NDArray[np.int64]
    own: Flags
    marks: Hashes
    length: int


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """A text's words: hashes, the sentence that each stands in, whether it is quoted; `spans` of the sentences."""

    hashes: Hashes
    sentence: npt.NDArray[np.int64]
    quoted: Flags
    spans: tuple[tuple[int, int], ...]


def moment(article: Article) -> int:
    """Seconds by which articles are ordered: the moment of publication (UTC), the start of the day, last without."""
    published = article.published
    if published is None:
        return _UNDATED
    if not isinstance(published, dt.datetime):
        return published.toordinal() * 86400
    if published.tzinfo is not None and dt.MINYEAR < published.year < dt.MAXYEAR:
        published = published.astimezone(dt.UTC)
    return published.toordinal() * 86400 + published.hour * 3600 + published.minute * 60 + published.second


def sketch(article: Article, rules: Rules) -> tuple[Hashes, Body]:
    """The keys of an article, each once, sorted, and what is compared of it. Skipped parts, title and dateline are
    left out. A text without a sentence long enough to compare has no keys."""
    read = _words(article)
    size = rules.copies["shingle"]
    shingles = _rows(read.hashes, size)
    same = read.sentence[: len(shingles)] == read.sentence[size - 1 :]
    marks = np.zeros((len(read.spans), rules.copies["marks"]), np.uint64)
    if not same.any():
        return np.empty(0, np.uint64), _body(article.id, read, marks, rules)
    inner, sentence = shingles[same], read.sentence[: len(shingles)][same]
    starts = np.flatnonzero(np.diff(sentence, prepend=-1))
    for number in range(marks.shape[1]):
        marks[sentence[starts], number] = np.minimum.reduceat(_mix(inner + np.uint64(number) * _STEP), starts)
    bands = _bands(shingles, rules.copies["bands"], rules.copies["rows"])
    keys = np.unique(np.concatenate((bands, marks[sentence[starts]].ravel())))
    return keys, _body(article.id, read, marks, rules)


def _body(name: str, read: _Words, marks: Hashes, rules: Rules) -> Body:
    enough = np.bincount(read.sentence, minlength=len(read.spans)) >= rules.copies["sentence_words"]
    number = np.cumsum(enough) - 1  # of the sentences kept
    kept = enough[read.sentence]
    sentence = number[read.sentence[kept]]
    hashes, quoted = read.hashes[kept], read.quoted[kept]
    whole = sentence[:-2] == sentence[2:]
    own = ~(quoted[:-2] | quoted[1:-1] | quoted[2:])
    return Body(
        article=name,
        spans=np.array(read.spans, np.int32).reshape(-1, 2)[enough],
        threes=(_rows(hashes, 3)[whole] >> _HALF).astype(np.uint32),
        firsts=np.searchsorted(sentence[:-2][whole], np.arange(int(enough.sum()) + 1)),
        own=own[whole],
        marks=marks[enough],
        length=len(read.hashes),
    )


def _pieces(article: Article) -> Iterator[tuple[int, int]]:
    """Where the text to compare stands."""
    holes = [(part.start, part.end) for part in article.skipped]
    holes += [(part.start, part.end) for part in (article.dateline, article.title_span) if part]
    at = 0
    for start, end in sorted(holes):
        if at < start:
            yield at, start
        at = max(at, end)
    if at < len(article.text):
        yield at, len(article.text)


def _words(article: Article) -> _Words:
    text = article.text
    marks = [match.span() for match in _QUOTED.finditer(text)]
    hashes: list[int] = []
    sentence: list[int] = []
    quoted: list[bool] = []
    spans: list[tuple[int, int]] = []
    for start, end in _pieces(article):
        for first, last in sentence_spans(text[start:end]):
            span = start + first, start + last
            before = len(hashes)
            for at, stop, inside in _split(span, marks):
                found = _hashed(words(text[at:stop]))
                hashes += found
                quoted += [inside] * len(found)
            sentence += [len(spans)] * (len(hashes) - before)
            spans.append(span)
    return _Words(np.array(hashes, np.uint64), np.array(sentence, np.int64), np.array(quoted, np.bool_), tuple(spans))


def _split(span: tuple[int, int], marks: list[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """A span cut where quoted words begin and end: (start, end, whether quoted)."""
    at, end = span
    for first, last in itertools.islice(marks, bisect.bisect_right(marks, at, key=itemgetter(1)), None):
        if first >= end:
            break
        if at < first:
            yield at, first, False
        yield max(at, first), min(last, end), True
        at = min(last, end)
    if at < end:
        yield at, end, False


def _hashed(found: Iterable[str]) -> list[int]:
    return [_hash(word) for word in found]


@lru_cache(maxsize=1 << 17)
def _hash(word: str) -> int:
    """32 bits of a word; the same in every process and version of Python, since keys are stored."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _rows(hashes: Hashes, size: int) -> Hashes:
    """Hashes of so many words in a row, from each word on."""
    count = len(hashes) - size + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    found = np.zeros(count, np.uint64)
    for at in range(size):
        found = _mix(found * _STEP + hashes[at : at + count])
    return found


def _mix(values: Hashes) -> Hashes:
    values = (values ^ (values >> _SHIFT)) * _SPREAD[0]
    values = (values ^ (values >> _SHIFT)) * _SPREAD[1]
    return values ^ (values >> _SHIFT)


@lru_cache(maxsize=4)
def _multipliers(count: int) -> Hashes:
    return _mix(np.arange(1, count + 1, dtype=np.uint64) * _STEP) | np.uint64(1)


def _bands(shingles: Hashes, bands: int, rows: int) -> Hashes:
    """MinHash by multiply-shift (Dietzfelbinger et al. 1997), the lowest values of so many rows joined to a band."""
    lowest = np.min((shingles[:, None] * _multipliers(bands * rows)) >> _HALF, axis=0).reshape(bands, rows)
    keys = np.arange(1, bands + 1, dtype=np.uint64)
    for row in range(rows):
        keys = _mix(keys * _STEP + lowest[:, row])
    return keys
