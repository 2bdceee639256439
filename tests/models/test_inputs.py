"""Rows hold every word once, at the place of its first piece, with its marks."""

import numpy as np
import pytest
from tokenizers import Tokenizer

from reportedly.models import Words, find_package
from reportedly.models.inputs import Inputs, Marks
from reportedly.models.links import DISTANCES, distances, numbered


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    package = find_package("en")
    assert package is not None
    return Tokenizer.from_file(str(package.path("tokenizer.json")))


def simple(*paragraphs: str) -> Words:
    words, spans = [], []
    for paragraph in paragraphs:
        first = len(words)
        words += paragraph.split()
        spans.append((first, len(words)))
    return Words(
        words=tuple(words), marks=tuple((word,) for word in words), sentences=tuple(spans), paragraphs=tuple(spans)
    )


def test_a_row_has_its_words_in_order(tokenizer: Tokenizer) -> None:
    inputs = Inputs(tokenizer, Marks({"word": ["Kadugli", "said"]}), 64)
    (row,) = inputs.rows(simple("Kadugli fell", "he said"))
    pieces = [tokenizer.id_to_token(number) for number in row.ids]
    assert pieces[0] == "[CLS]"
    assert pieces.count("[SEP]") == 2
    assert [pieces[at] for at in row.at] == ["ka", "fell", "he", "said"]
    assert row.marks[row.at, 0].tolist() == [1, 0, 0, 2]
    assert row.marks[row.at[0] + 1, 0] == 1  # every piece of a word has its marks
    assert row.marks[0, 0] == 0


def test_a_word_without_pieces_has_a_place(tokenizer: Tokenizer) -> None:
    inputs = Inputs(tokenizer, Marks({"word": []}), 64)
    (row,) = inputs.rows(simple("he \ufe0f said \ufe0f"))
    assert len(row.at) == 4
    assert row.at.max() < len(row.ids)


def test_no_words_no_rows(tokenizer: Tokenizer) -> None:
    assert Inputs(tokenizer, Marks({"word": []}), 64).rows(simple()) == []


def test_windows_keep_to_the_limit(tokenizer: Tokenizer) -> None:
    rows = Inputs(tokenizer, Marks({"word": []}), 32).rows(simple(*["the mayor of Kadugli said so"] * 20))
    assert len(rows) > 1
    assert all(len(row.ids) <= 32 for row in rows)
    assert sum(len(row.at) for row in rows) == 120


def test_distances_are_signed_buckets() -> None:
    found = distances(5, 7, 0, 400)
    assert found[5] == found[6] == 0
    assert found[4] != found[7]
    assert 0 < found.max() < DISTANCES
    assert np.all(np.diff(found[7:]) >= 0)
    assert numbered(["a", "b", ""], {"b": 4}).tolist() == [0, 4, 0]
