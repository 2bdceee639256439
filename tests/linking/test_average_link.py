"""Average link with its queue gives what working out every mean anew before each join gives."""

import dataclasses
import itertools
from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.linking import load_rules
from reportedly.linking.averages import ANY_DAY, Piece, Told

COUNT, LEAST = 9, 0.15
RULES = load_rules()
# A crowd of two and many slips, so that groups of this test are crowds and have some.
CROWD = dataclasses.replace(RULES, clusters={**RULES.clusters, "most": 2, "slips": 0.4})
# Few scores: equal means must be joined in a fixed order, too.
LINKS = st.dictionaries(
    st.tuples(st.integers(0, COUNT - 1), st.integers(0, COUNT - 1)).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from((0.25, 0.5, 0.75, 0.875)),
)
DAYS = st.one_of(st.just(ANY_DAY), st.tuples(st.integers(0, 9), st.integers(0, 2)).map(lambda d: (d[0], sum(d))))
TOLD = st.lists(
    st.tuples(DAYS, st.sampled_from((None, "ASSAULT", "COERCE", "AID", "PROTEST"))), min_size=COUNT, max_size=COUNT
)
APART = st.lists(st.tuples(st.integers(0, COUNT - 1), st.integers(0, COUNT - 1)).filter(lambda p: p[0] != p[1]))


Pairs = list[tuple[int, int]]


def plainly(links: dict[tuple[int, int], float], told: list[Told], apart: Pairs, beside: Pairs) -> list[list[int]]:
    """Groups by their first joins: before each, all means of all groups that may be joined."""
    groups = {row: [row] for row in range(COUNT)}
    most, limit, slips = CROWD.clusters["most"], CROWD.clusters["days"], CROWD.clusters["slips"]

    def total(a: int, b: int) -> float:
        return sum(links.get((min(x, y), max(x, y)), 0.0) for x in groups[a] for y in groups[b])

    def main(a: int) -> str | None:
        kinds = Counter(kind for row in groups[a] if (kind := told[row][1]))
        kind, count = max(kinds.items(), key=lambda pair: (pair[1], pair[0]), default=(None, 0))
        return kind if count >= CROWD.clusters["main"] * len(groups[a]) else None

    def fit(a: int, b: int) -> bool:
        days = [told[row][0] for row in groups[a]], [told[row][0] for row in groups[b]]
        (begin, end), (first, last) = ((max(d[0] for d in some), min(d[1] for d in some)) for some in days)
        when = (sum(day != ANY_DAY for day in some) / len(some) for some in days)
        if max(begin - last, first - end) > limit and min(when) > slips:
            return False
        told_apart = sum({x, y} <= {*groups[a], *groups[b]} and (x in groups[a]) != (y in groups[a]) for x, y in beside)
        if told_apart > slips * min(len(groups[a]), len(groups[b])):
            return False
        if any((x, y) in apart or (y, x) in apart for x, y in itertools.product(groups[a], groups[b])):
            return False
        kinds = [kind for kind in (main(a), main(b)) if kind]
        return len(kinds) < 2 or kinds[0] in CROWD.family(kinds[1])

    while True:
        means = []
        for a, b in itertools.combinations(sorted(groups), 2):
            if total(a, b) and fit(a, b):
                x, y = len(groups[a]), len(groups[b])
                means.append((-total(a, b) / min(x * y, most * min(x, y)), a, b))
        if not means or -min(means)[0] < LEAST:
            return sorted(sorted(rows) for rows in groups.values())
        _, a, b = min(means)
        kept, gone = (a, b) if len(groups[a]) >= len(groups[b]) else (b, a)
        groups[kept] += groups.pop(gone)


@given(LINKS, TOLD, APART, APART)
@settings(deadline=None, max_examples=300)
def test_the_queue_changes_nothing(
    links: dict[tuple[int, int], float], told: list[Told], apart: Pairs, beside: Pairs
) -> None:
    pairs = sorted(links)
    left, right = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    scores = np.array([links[pair] for pair in pairs], dtype=np.float64)
    found = sorted(
        sorted(rows) for rows in Piece((left, right, scores), [], [], apart, beside, told).groups(LEAST, CROWD)
    )
    assert found == [rows for rows in plainly(links, told, apart, beside) if len(rows) > 1]
