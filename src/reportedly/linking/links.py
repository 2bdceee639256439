"""Finds the links between reports: which pairs to compare, and what comparing them gives."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from reportedly.linking.clusters import COPIED, REFERS, Pair
from reportedly.linking.columns import Columns, columns_of
from reportedly.linking.compare import Comparer, Floats, Ints, Scored, comparisons, load_model, pairs_of
from reportedly.linking.neighbours import Near, find_near
from reportedly.linking.rules import Rules, load_rules
from reportedly.linking.profiles import Profile
from reportedly.records import Link

# What counts for or against a pair less than this, in bits, is not worth a line.
_WORTH = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Links as columns, by places in `ids`. `ties` are pairs that hold whatever their score: (left, right, why)."""

    ids: tuple[str, ...]
    scored: Scored
    ties: tuple[tuple[int, int, str], ...]

    def pairs(self) -> list[Pair]:
        """The ties."""
        return [(left, right) for left, right, _ in self.ties]

    def links(self) -> Iterator[Link]:
        """The links one by one: ties first. Left id before right, but that what refers stands on the left."""
        for left, right, why in self.ties:
            yield Link(left=self.ids[left], right=self.ids[right], score=1.0, why={why: 1.0})
        names = comparisons(load_model())
        told = self.scored
        rows = zip(told.left.tolist(), told.right.tolist(), told.score.tolist(), told.weights.tolist(), strict=True)
        for left, right, score, weights in rows:
            a, b = sorted((self.ids[left], self.ids[right]))
            why = {name: round(weight, 2) for name, weight in zip(names, weights, strict=True) if abs(weight) >= _WORTH}
            yield Link(left=a, right=b, score=round(score, 4), why=why)


def find_links(
    profiles: Sequence[Profile],
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
    wanted = None if touching is None else np.array([profile.article in touching for profile in profiles], dtype=bool)
    copied = _copied(profiles, columns, copies)
    near = find_near(
        [profile.day for profile in profiles],
        [profile.terms for profile in profiles],
        [profile.article for profile in profiles],
        rules,
    )
    if wanted is not None:
        kept = wanted[near.later] | wanted[near.earlier]
        near = Near(near.later[kept], near.earlier[kept], near.shared[kept])
    pairs = pairs_of(near, columns, rules)
    standing = np.ones(len(columns.ids), dtype=bool)
    standing[[left for left, _, _ in copied]] = False
    kept = standing[pairs[0]] & standing[pairs[1]]
    if wanted is not None:
        kept &= wanted[columns.articles[pairs[0]]] | wanted[columns.articles[pairs[1]]]
    scored = _score(columns, (pairs[0][kept], pairs[1][kept], pairs[2][kept]), rules)
    ties = [*_referring(profiles, columns), *copied]
    if wanted is not None:
        ties = [tie for tie in ties if wanted[columns.articles[tie[0]]] or wanted[columns.articles[tie[1]]]]
    return Found(columns.ids, scored, tuple(sorted(ties)))


def _score(columns: Columns, pairs: tuple[Ints, Ints, Floats], rules: Rules) -> Scored:
    if not len(pairs[0]):
        none = np.empty(0, dtype=np.int64)
        width = len(comparisons(load_model()))
        return Scored(none, none, np.empty(0, dtype=np.float32), np.empty((0, width), dtype=np.float32))
    comparer = Comparer(columns, rules)
    try:
        return comparer.score(*pairs, rules.clusters["link"])
    finally:
        comparer.close()


def _referring(profiles: Sequence[Profile], columns: Columns) -> Iterator[tuple[int, int, str]]:
    for number, profile in enumerate(profiles):
        first = int(columns.starts[number])
        place = {traits.id: first + at for at, traits in enumerate(profile.reports)}
        for traits in profile.reports:
            if traits.refers_to in place and traits.refers_to != traits.id:
                yield place[traits.id], place[traits.refers_to], REFERS


def _copied(
    profiles: Sequence[Profile], columns: Columns, copies: Sequence[tuple[str, str]]
) -> list[tuple[int, int, str]]:
    """Each report of a copy with the original's in the same sentence, of the same word and type."""
    place = {profile.article: number for number, profile in enumerate(profiles)}
    found = []
    for article, original in copies:
        if article not in place or original not in place:
            continue
        there = {
            (traits.sentence, traits.trigger, traits.type): int(columns.starts[place[original]]) + at
            for at, traits in enumerate(profiles[place[original]].reports)
        }
        for at, traits in enumerate(profiles[place[article]].reports):
            target = there.get((traits.sentence, traits.trigger, traits.type))
            if target is not None:
                found.append((int(columns.starts[place[article]]) + at, target, COPIED))
    return found
