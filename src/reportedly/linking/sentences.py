"""Which texts print (nearly) the same sentence. Candidates by rare word sequences, proof by comparing characters."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from rapidfuzz import fuzz

K = TypeVar("K", bound=Hashable)
_ROW = 4  # words in a row: sentences that are nearly one share most such rows
_COMMON = 6  # a row that more sentences have pairs each only with the next ones
_NEXT = 3


def same_sentences(
    sentences: Mapping[K, Sequence[str]], least: float, apart: Mapping[K, Hashable] | None = None
) -> list[tuple[K, K]]:
    """Pairs of keys that print the same sentence, enough to join all that do (not every pair).

    `sentences` are folded, words parted by single spaces; `least` is the least ratio of rapidfuzz, from 0 to 100. Keys
    of one value in `apart` are never paired.
    """
    holders: dict[str, list[K]] = defaultdict(list)
    for key, texts in sentences.items():
        for text in dict.fromkeys(texts):
            holders[text].append(key)
    found = [pair for keys in holders.values() for pair in _chain(keys, apart or {})]
    texts = list(holders)
    for left, right in _candidates(texts):
        if fuzz.ratio(texts[left], texts[right], score_cutoff=least):
            pairs = (
                (a, b) for a in holders[texts[left]] for b in holders[texts[right]] if not _is_one(a, b, apart or {})
            )
            if (pair := next(pairs, None)) is not None:
                found.append(pair)
    return found


def _is_one(a: K, b: K, apart: Mapping[K, Hashable]) -> bool:
    return a == b or (a in apart and apart[a] == apart.get(b))


def _chain(keys: Sequence[K], apart: Mapping[K, Hashable]) -> Iterable[tuple[K, K]]:
    """Each key with the next one that it may be joined with."""
    for at, key in enumerate(keys):
        other = next((other for other in keys[at + 1 :] if not _is_one(key, other, apart)), None)
        if other is not None:
            yield key, other


def _candidates(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of texts that share a row of words, each once."""
    rows: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        words = text.split(" ")
        for row in set(zip(*(words[at:] for at in range(_ROW)), strict=False)):
            rows[row].append(number)
    pairs: set[tuple[int, int]] = set()
    for held in rows.values():
        if len(held) > 1:
            reach = len(held) if len(held) <= _COMMON else _NEXT
            for at, left in enumerate(held):
                pairs.update((left, right) for right in held[at + 1 : at + 1 + reach])
    return sorted(pairs)
