"""Every word of a text stands in exactly one window, and no window is too long."""

from hypothesis import given
from hypothesis import strategies as st

from reportedly.models.windows import Words, windows_of


def words_of(paragraphs: list[list[int]]) -> Words:
    """Words without marks; each paragraph is a list of the lengths of its sentences."""
    sentences, spans, at = [], [], 0
    for lengths in paragraphs:
        first = at
        for length in lengths:
            sentences.append((at, at + length))
            at += length
        spans.append((first, at))
    return Words(words=("w",) * at, marks=((),) * at, sentences=tuple(sentences), paragraphs=tuple(spans))


def test_paragraphs_stay_whole_while_they_fit() -> None:
    words = words_of([[4], [4], [4]])
    windows = list(windows_of(words, [1] * 12, 9))
    assert [(w.first, w.stop, w.breaks) for w in windows] == [(0, 8, (4,)), (8, 12, ())]


def test_a_long_paragraph_is_cut_between_sentences_and_a_long_sentence_between_words() -> None:
    words = words_of([[5, 5], [12]])
    windows = list(windows_of(words, [1] * 22, 6))
    assert [(w.first, w.stop) for w in windows] == [(0, 5), (5, 10), (10, 16), (16, 22)]


def test_a_word_longer_than_a_window_has_one_of_its_own() -> None:
    windows = list(windows_of(words_of([[3]]), [1, 50, 1], 10))
    assert [(w.first, w.stop) for w in windows] == [(0, 1), (1, 2), (2, 3)]


@given(
    st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=4), max_size=6),
    st.integers(3, 20),
    st.randoms(use_true_random=False),
)
def test_words_are_covered_once(paragraphs: list[list[int]], limit: int, chance: object) -> None:
    words = words_of(paragraphs)
    sizes = [chance.randint(0, 3) for _ in words.words]  # type: ignore[attr-defined]
    windows = list(windows_of(words, sizes, limit))
    covered = [word for window in windows for word in range(window.first, window.stop)]
    assert covered == list(range(len(words.words)))
    for window in windows:
        assert all(window.first < cut < window.stop for cut in window.breaks)
        assert sum(sizes[window.first : window.stop]) + len(window.breaks) <= limit
