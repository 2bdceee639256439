"""The best tags are those of the best allowed sequence, found here by trying all."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reportedly.models.decoding import best_tags, log_softmax, spans_of


def allowed(tags: tuple[int, ...]) -> bool:
    return all(tag in (0, 1, 3) or before in (tag - 1, tag) for before, tag in zip((0, *tags), tags, strict=False))


@given(st.integers(0, 10_000), st.integers(1, 4), st.sampled_from([3, 5]))
def test_viterbi_finds_the_best_allowed_sequence(seed: int, length: int, tags: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(2, length, tags)).astype(np.float32)
    found = best_tags(scores)
    for row, tagged in zip(scores, found, strict=True):
        best = max(
            (t for t in itertools.product(range(tags), repeat=length) if allowed(t)),
            key=lambda t: sum(row[word, tag] for word, tag in enumerate(t)),
        )
        assert tuple(tagged) == best


def test_spans_of_each_kind() -> None:
    tags = np.array([0, 1, 2, 1, 0, 3, 4, 4, 1])
    assert spans_of(tags) == [(1, 3), (3, 4), (8, 9)]
    assert spans_of(tags, 1) == [(5, 8)]


def test_log_softmax_adds_up_to_one() -> None:
    shares = np.exp(log_softmax(np.array([[1000.0, 999.0, -1000.0]], dtype=np.float32)))
    np.testing.assert_allclose(shares.sum(-1), 1, rtol=1e-6)
    assert shares[0, 0] > shares[0, 1] > shares[0, 2]
