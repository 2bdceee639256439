"""From scores to spans: the best sequence of begin, inside and outside tags in which no span begins in its middle."""

import numpy as np
from numpy.typing import NDArray

_NEVER = -1e9


def best_tags(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Viterbi over (k, words, tags) log scores, tags O, B, I (B, I, …): I only after the B or I of its own kind."""
    k, length, tags = scores.shape
    inside = np.arange(2, tags, 2)
    best = scores[:, 0].copy()
    best[:, inside] = _NEVER
    back = np.zeros((length, k, tags), dtype=np.int64)
    for word in range(1, length):
        came = back[word]
        came[:] = best.argmax(1)[:, None]
        now = np.repeat(best.max(1)[:, None], tags, 1)
        began, went_on = best[:, inside - 1], best[:, inside]
        came[:, inside] = np.where(began >= went_on, inside - 1, inside)
        now[:, inside] = np.maximum(began, went_on)
        best = now + scores[:, word]
    found = np.zeros((k, length), dtype=np.int64)
    found[:, -1] = best.argmax(1)
    rows = np.arange(k)
    for word in range(length - 1, 0, -1):
        found[:, word - 1] = back[word][rows, found[:, word]]
    return found


def spans_of(tags: NDArray[np.int64], kind: int = 0) -> list[tuple[int, int]]:
    """The half-open word spans of one kind (0: tags 1 and 2, 1: tags 3 and 4, …) in a sequence of tags."""
    begin, inside = 2 * kind + 1, 2 * kind + 2
    found: list[tuple[int, int]] = []
    for word in np.flatnonzero((tags == begin) | (tags == inside)).tolist():
        if tags[word] == inside and found and found[-1][1] == word:
            found[-1] = (found[-1][0], word + 1)
        else:
            found.append((word, word + 1))
    return found


def log_softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Natural logarithms of the softmax over the last axis."""
    top = scores - scores.max(-1, keepdims=True)
    shares: NDArray[np.float32] = top - np.log(np.exp(top).sum(-1, keepdims=True))
    return shares
