"""Finds the links between reports: which pairs to compare, and what comparing them gives."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportedly.linking.averages import Pair
from reportedly.linking.clusters import COPIED, REFERS
from reportedly.linking.columns import Columns, columns_of
from reportedly.linking.model import Floats, Ints, Scored, comparisons, load_model
from reportedly.linking.neighbours import Near, find_near
from reportedly.linking.profiles import Profile
from reportedly.linking.rules import Rules, load_rules
from reportedly.records import Link

Bools = NDArray[np.bool_]
# What counts for or against a pair less than this, in tenths of a bit, is not worth a word: there are many links.
_WORTH = 3
# Pairs of reports, and links, that are made at once: bounds memory.
_PIECE = 1_000_000
_LINKS = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Links by rows of `columns`. `ties` are pairs that hold whatever their score: (left, right, why)."""

    columns: Columns
    scored: Scored
    ties: tuple[tuple[int, int, str], ...]

    def pairs(self) -> list[Pair]:
        """The ties."""
        return [(left, right) for left, right, _ in self.ties]

    def links(self) -> Iterator[Link]:
        """The links one by one, ties first, with what is tied to another on the left; of the others the lesser id."""
        ids = self.columns.ids
        for left, right, tie in self.ties:
            yield Link(left=ids[left], right=ids[right], score=1.0, why={tie: 1.0})
        told = self.scored
        for first in range(0, len(told.left), _LINKS):
            some = slice(first, first + _LINKS)
            reasons, which = _reasons(told.weights[some])
            rows = zip(
                told.left[some].tolist(), told.right[some].tolist(), told.score[some].tolist(), which, strict=True
            )
            for left, right, score, number in rows:
                a, b = sorted((ids[left], ids[right]))
                yield Link(left=a, right=b, score=round(score, 4), why=reasons[number])


def _reasons(weights: Floats) -> tuple[list[dict[str, float]], list[int]]:
    """The weights by name, rounded, those of several rows once, and which each row has."""
    names = comparisons(load_model())
    tenths = np.rint(weights.astype(np.float64) * 10).astype(np.int16)
    distinct, which = np.unique(tenths, axis=0, return_inverse=True)
    reasons = [
        {name: tenth / 10 for name, tenth in zip(names, row, strict=True) if abs(tenth) >= _WORTH}
        for row in distinct.tolist()
    ]
    return reasons, which.ravel().tolist()


def find_links(
    profiles: Iterable[Profile],
    rules: Rules | None = None,
    touching: Collection[str] | None = None,
    copies: Sequence[tuple[str, str]] = (),
) -> Found:
    """The links between the reports of articles; with `touching`, only those of these articles' reports.

    `copies` are pairs (article, original) of whole copies: their reports in the same words go together, and only the
    original's are compared with others. Stance and negation play no part: a denial is about the happening that it
    denies.
    """
    rules = rules or load_rules()
    columns = columns_of(profiles, rules)
    wanted = np.array([touching is None or name in touching for name in columns.names], dtype=bool)
    ties = [(left, right, REFERS) for left, right in columns.refers]
    copied = _copied(columns, copies)
    ties += [(left, right, COPIED) for left, right in copied]
    standing = np.ones(len(columns.ids), dtype=bool)
    standing[[left for left, _ in copied]] = False
    near = find_near(columns, rules)
    kept = wanted[near.later] | wanted[near.earlier]
    near = Near(near.later[kept], near.earlier[kept], near.shared[kept])
    scored = _untied(score_pairs(columns, near, wanted, standing, rules), ties, len(columns.ids))
    ours = [tie for tie in ties if wanted[columns.articles[tie[0]]] or wanted[columns.articles[tie[1]]]]
    return Found(columns, scored, tuple(sorted(ours)))


def score_pairs(
    columns: Columns,
    near: Near,
    wanted: Bools,
    standing: Bools,
    rules: Rules,
    model: Mapping[str, Any] | None = None,
    least: float | None = None,
) -> Scored:
    """What comparing the reports of near articles, and of each wanted article among themselves, gives, as far as they
    are `standing`; the scores from `least` on (the rules' `link`)."""
    model = model or load_model()
    least = rules.clusters["link"] if least is None else least
    pieces: list[Scored] = []
    if len(columns.ids):
        from reportedly.linking.compare import Comparer

        comparer = Comparer(columns, rules, model)
        try:
            for left, right, context in _pieces(columns, near, wanted):
                kept = standing[left] & standing[right]
                kept[kept] = columns.comparable(left[kept], right[kept], rules)
                pieces.append(comparer.score(left[kept], right[kept], context[kept], least))
        finally:
            comparer.close()
    width = len(comparisons(model))
    none, unscored = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
    parts = [Scored(none, none, unscored, np.empty((0, width), dtype=np.float32)), *pieces]
    found = [np.concatenate([getattr(p, name) for p in parts]) for name in ("left", "right", "score", "weights")]
    order = np.lexsort((found[1], found[0]))
    return Scored(*(part[order] for part in found))


def _pieces(columns: Columns, near: Near, wanted: Bools) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Rows of the pairs of reports, the left before the right, and what their articles share (-1: one article)."""
    counts = np.diff(columns.starts)
    own = np.flatnonzero(wanted)
    later, earlier = np.r_[near.later, own], np.r_[near.earlier, own]
    shared = np.r_[near.shared, np.full(len(own), -1.0, dtype=np.float32)].astype(np.float32)
    sizes = np.cumsum(counts[later] * counts[earlier])
    first = 0
    while first < len(later):
        done = int(sizes[first - 1]) if first else 0
        stop = max(first + 1, int(np.searchsorted(sizes, done + _PIECE, side="right")))
        a, b, context = _expanded(later[first:stop], earlier[first:stop], shared[first:stop], columns)
        inside = (context >= 0) | (a < b)
        yield np.minimum(a, b)[inside], np.maximum(a, b)[inside], context[inside]
        first = stop


def _expanded(left: Ints, right: Ints, shared: Floats, columns: Columns) -> tuple[Ints, Ints, Floats]:
    """Every pair of reports across pairs of articles."""
    counts = np.diff(columns.starts)
    sizes = counts[left] * counts[right]
    offset = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    width = np.maximum(np.repeat(counts[right], sizes), 1)
    a = np.repeat(columns.starts[left], sizes) + offset // width
    b = np.repeat(columns.starts[right], sizes) + offset % width
    return a, b, np.repeat(shared, sizes)


def _untied(scored: Scored, ties: Iterable[tuple[int, int, str]], count: int) -> Scored:
    """The scored pairs without those that are tied, since a pair has one link; scores as links give them."""
    tied = [min(left, right) * count + max(left, right) for left, right, _ in ties]
    pairs = np.minimum(scored.left, scored.right) * count + np.maximum(scored.left, scored.right)
    kept = ~np.isin(pairs, np.array(tied, dtype=np.int64))
    score = np.round(scored.score[kept].astype(np.float64), 4).astype(np.float32)
    return Scored(scored.left[kept], scored.right[kept], score, scored.weights[kept])


def _copied(columns: Columns, copies: Sequence[tuple[str, str]]) -> list[Pair]:
    """Each report of a copy with the original's in the same sentence, of the same word and type."""
    place = {name: number for number, name in enumerate(columns.names)} if copies else {}

    def rows(article: str) -> range:
        number = place[article]
        return range(int(columns.starts[number]), int(columns.starts[number + 1]))

    found = []
    for article, original in copies:
        if article in place and original in place and article != original:
            there = {int(columns.wordings[row]): row for row in reversed(rows(original))}
            found += [(row, there[key]) for row in rows(article) if (key := int(columns.wordings[row])) in there]
    return found
