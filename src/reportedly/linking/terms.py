"""Which words tell what a text is about: weights by how few articles use a word (tf-idf), from a fixed table.

The table does not grow with a ledger, so that what was compared yesterday is compared alike tomorrow.
"""

import math
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from reportedly.errors import ResourceError
from reportedly.linking.rules import Rules
from reportedly.resources import data_path, read_csv, sha256_of

# Numbers of words and their weights, the weightiest first.
Terms = tuple[tuple[int, ...], tuple[float, ...]]
_SHORTEST = 3


@lru_cache(maxsize=1)
def load_rarity() -> Mapping[str, float]:
    """ln(articles / articles with the word) by word, of words that are not rare; "" stands for every other word.

    From data/linking/words.csv, made by training/linking.py. Raises ResourceError for a bad row.
    """
    path = data_path("linking/words.csv")
    found: dict[str, float] = {}
    for line, row in read_csv(path, ("word", "rarity")):
        try:
            found[row["word"]] = float(row["rarity"])
        except ValueError as error:
            raise ResourceError(f"{path}:{line}: rarity {row['rarity']!r} is no number") from error
    if "" not in found:
        raise ResourceError(f"{path}: no row for rare words (one with an empty word)")
    return found


def version_of(rules: Rules) -> str:
    """What profiles are made by: the rules and the table of rarity."""
    return f"{rules.digest} {sha256_of(data_path('linking/words.csv'))[:12]}"


def number_of(word: str) -> int:
    """The number that stands for a word: its CRC-32."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def terms_of(words: Iterable[str], rules: Rules, most: int) -> Terms:
    """The `most` weightiest words; the squares of the weights sum to 1.

    A word's weight is (1 + ln count) times its rarity; short words, and those of the rules' stop list, are left out.
    """
    rarity = load_rarity()
    rare = rarity[""]
    counts = Counter(word for word in words if len(word) >= _SHORTEST and word not in rules.stop)
    weights = [(rarity.get(word, rare) * (1 + math.log(count)), word) for word, count in counts.items()]
    weights.sort(key=lambda pair: (-pair[0], pair[1]))
    del weights[most:]
    norm = math.sqrt(sum(weight * weight for weight, _ in weights)) or 1.0
    return tuple(number_of(word) for _, word in weights), tuple(round(weight / norm, 4) for weight, _ in weights)


def shared(left: Terms, right: Terms) -> float:
    """The cosine of two lists of terms, from 0 to 1."""
    there = dict(zip(*right, strict=True))
    return sum(weight * there[term] for term, weight in zip(*left, strict=True) if term in there)
