"""Turns words and their marks into the arrays that the encoder takes."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from reportedly.models.windows import Window, Words, windows_of

CLS, SEP = "[CLS]", "[SEP]"
_LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One window as the encoder takes it: `ids` (T,), `marks` (T, columns), and where its words' first pieces stand.

    `at[i]` is the place of word `window.first + i`.
    """

    window: Window
    ids: NDArray[np.int64]
    marks: NDArray[np.int64]
    at: NDArray[np.int64]


class Marks:
    """Numbers for the values of the marks' columns, counted over all columns; 0 stands for none and for the unknown."""

    def __init__(self, columns: Mapping[str, Sequence[str]]) -> None:
        self.columns = {name: tuple(values) for name, values in columns.items()}
        self._numbers: list[dict[str, int]] = []
        count = 1
        for values in self.columns.values():
            self._numbers.append({value: count + place for place, value in enumerate(values)})
            count += len(values)
        self.size = count

    def number(self, rows: Sequence[tuple[str, ...]]) -> NDArray[np.int64]:
        """(words, columns) numbers."""
        found = np.zeros((len(rows), len(self._numbers)), dtype=np.int64)
        for column, numbers in enumerate(self._numbers):
            found[:, column] = [numbers.get(row[column], 0) for row in rows]
        return found


class Inputs:
    """Makes the rows of a text: word pieces of the words, cut into windows of at most `limit` pieces in all."""

    def __init__(self, tokenizer: Tokenizer, marks: Marks, limit: int) -> None:
        self._tokenizer = tokenizer
        self._marks = marks
        self._limit = limit
        self._cls, self._sep = tokenizer.token_to_id(CLS), tokenizer.token_to_id(SEP)

    def rows(self, words: Words) -> list[Row]:
        """One row a window; together they hold every word once."""
        if not words.words:
            return []
        encoded = self._tokenizer.encode(
            [word[:_LONGEST_WORD] for word in words.words], is_pretokenized=True, add_special_tokens=False
        )
        pieces = np.asarray(encoded.ids, dtype=np.int64)
        owner = np.asarray(encoded.word_ids, dtype=np.int64)
        sizes = np.bincount(owner, minlength=len(words.words))
        starts = np.concatenate([[0], np.cumsum(sizes)])
        marks = self._marks.number(words.marks)
        return [
            self._row(window, pieces, starts, marks) for window in windows_of(words, sizes.tolist(), self._limit - 2)
        ]

    def _row(
        self, window: Window, pieces: NDArray[np.int64], starts: NDArray[np.int64], marks: NDArray[np.int64]
    ) -> Row:
        blank = np.zeros((1, marks.shape[1]), dtype=np.int64)
        ids, rows, at = [np.array([self._cls])], [blank], []
        length = 1
        cuts = [window.first, *window.breaks, window.stop]
        for low, high in itertools.pairwise(cuts):
            part = pieces[starts[low] : starts[high]]
            owners = np.repeat(np.arange(low, high), np.diff(starts[low : high + 1]))
            ids += [part, np.array([self._sep])]
            rows += [marks[owners], blank]
            # A word without pieces (a lone variation selector) is read at its neighbour's place.
            at.append(np.minimum(length + starts[low:high] - starts[low], length + max(len(part) - 1, 0)))
            length += len(part) + 1
        return Row(window, np.concatenate(ids), np.concatenate(rows), np.concatenate(at))
