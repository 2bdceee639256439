"""Profiles as columns: one row a report, ready for comparing millions of pairs."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import scipy.sparse as sparse
from numpy.typing import NDArray

from reportedly.linking.parties import Who, who_is
from reportedly.linking.rules import Rules
from reportedly.linking.profiles import Named, Profile, Traits
from reportedly.linking.terms import Terms

Ints = NDArray[np.int64]
VECTOR = 64
_NONE = -1
_TENSES = ("fact", "plan", "past")
_SCHEMA = pa.schema(
    [
        ("unique_id", pa.int64()),
        ("match_key", pa.int8()),
        ("kind", pa.string()),
        ("mode", pa.string()),
        ("first", pa.int32()),
        ("last", pa.int32()),
        ("day", pa.int32()),
        ("place", pa.string()),
        ("country", pa.string()),
        ("geonameid", pa.int64()),
        ("lat", pa.float32()),
        ("lon", pa.float32()),
        ("radius", pa.float32()),
        ("trigger", pa.string()),
        ("salience", pa.float32()),
        ("quotes", pa.list_(pa.int64())),
        ("killed", pa.int64()),
        ("injured", pa.int64()),
        ("size", pa.int64()),
        ("vector", pa.list_(pa.float32(), VECTOR)),
    ]
)


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The reports of some profiles in their order; those of profile n are the rows `starts[n]:starts[n + 1]`.

    `actors`, `recipients` and `all_parties` are places in `parties`, 0 where nobody is told. `table` is what Splink
    sees; its `match_key` is empty (see compare.py).
    """

    table: pa.Table
    starts: Ints
    ids: tuple[str, ...]
    words: sparse.csr_matrix
    actors: Ints
    recipients: Ints
    all_parties: Ints
    symmetric: NDArray[np.bool_]
    parties: tuple[tuple[Who, ...], ...]
    kinds: Ints
    kin: NDArray[np.bool_]
    tenses: Ints
    firsts: Ints
    lasts: Ints
    days: Ints
    sentences: Ints
    articles: Ints

    def comparable(self, left: Ints, right: Ints, rules: Rules) -> NDArray[np.bool_]:
        """Whether the two reports of each pair may tell of one happening at all."""
        a, b = self.kinds[left], self.kinds[right]
        plan = _TENSES.index("plan")
        fits = (a == 0) | (b == 0) | self.kin[a, b]
        fits &= (self.tenses[left] == plan) == (self.tenses[right] == plan)
        fits &= (self.articles[left] != self.articles[right]) | (self.sentences[left] != self.sentences[right])
        kept: NDArray[np.bool_] = fits & self._in_time(left, right, rules)
        return kept

    def _in_time(self, left: Ints, right: Ints, rules: Rules) -> NDArray[np.bool_]:
        """Told times must not lie too far apart; what is told as history meets others only on the same days; nothing is
        reported before it has happened."""
        told = [self.firsts[rows] != _NONE for rows in (left, right)]
        gap = np.maximum(self.firsts[left], self.firsts[right]) - np.minimum(self.lasts[left], self.lasts[right])
        both = told[0] & told[1]
        past = _TENSES.index("past")
        history = (self.tenses[left] == past) | (self.tenses[right] == past)
        fits = ~both | (gap <= np.where(history, 0, rules.time["window"]))
        fits &= ~history | both
        plan = self.tenses[left] == _TENSES.index("plan")
        for one, other, says in ((left, right, told[0] & ~told[1]), (right, left, told[1] & ~told[0])):
            known = says & (self.days[other] != _NONE) & ~plan
            fits &= ~known | (self.firsts[one] - self.days[other] <= 1)
            fits &= ~known | (self.days[other] - self.lasts[one] <= rules.context["window"])
        return fits


class _Sides:
    """Gives each list of parties a number; 0 where nobody is told that can be compared."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._numbers: dict[tuple[Named, ...], int] = {(): 0}
        self._held: dict[tuple[Who, ...], int] = {(): 0}

    def number(self, named: tuple[Named, ...]) -> int:
        """The number of these parties."""
        found = self._numbers.get(named)
        if found is None:
            told = (who_is(one, self._rules) for one in named)
            those = tuple(one for one in told if one.country or one.key not in self._rules.unsaid)
            found = self._numbers[named] = self._held.setdefault(those, len(self._held))
        return found

    def all(self) -> tuple[tuple[Who, ...], ...]:
        """The parties by number."""
        return tuple(self._held)


def columns_of(profiles: Sequence[Profile], rules: Rules) -> Columns:
    """The columns of profiles, in their order."""
    told = [(number, profile, traits) for number, profile in enumerate(profiles) for traits in profile.reports]
    sides = _Sides(rules)
    actors = [sides.number(traits.actors) for _, _, traits in told]
    recipients = [sides.number(traits.recipients) for _, _, traits in told]
    everyone = [sides.number((*traits.actors, *traits.recipients)) for _, _, traits in told]
    types = sorted({traits.type for _, _, traits in told if traits.type is not None})
    numbers = {kind: place + 1 for place, kind in enumerate(types)}
    kin = np.zeros((len(types) + 1, len(types) + 1), dtype=bool)
    for kind in types:
        for other in rules.family(kind) & numbers.keys():
            kin[numbers[kind], numbers[other]] = True

    def whole(values: list[int | None]) -> Ints:
        return np.array([_NONE if value is None else value for value in values], dtype=np.int64)

    return Columns(
        table=_table([traits for _, _, traits in told], [profile.day for _, profile, _ in told]),
        starts=np.cumsum([0, *(len(profile.reports) for profile in profiles)], dtype=np.int64),
        ids=tuple(traits.id for _, _, traits in told),
        words=_matrix([traits.words for _, _, traits in told]),
        actors=np.array(actors, dtype=np.int64),
        recipients=np.array(recipients, dtype=np.int64),
        all_parties=np.array(everyone, dtype=np.int64),
        symmetric=np.array([traits.type in rules.symmetric for _, _, traits in told], dtype=bool),
        parties=sides.all(),
        kinds=np.array([numbers.get(traits.type or "", 0) for _, _, traits in told], dtype=np.int64),
        kin=kin,
        tenses=np.array([_TENSES.index(traits.tense) for _, _, traits in told], dtype=np.int64),
        firsts=whole([traits.first for _, _, traits in told]),
        lasts=whole([traits.last for _, _, traits in told]),
        days=whole([profile.day for _, profile, _ in told]),
        sentences=np.array([traits.sentence for _, _, traits in told], dtype=np.int64),
        articles=np.array([number for number, _, _ in told], dtype=np.int64),
    )


def _matrix(terms: Sequence[Terms]) -> sparse.csr_matrix:
    numbers = np.fromiter((term for row in terms for term, _ in row), dtype=np.int64)
    weights = np.fromiter((weight for row in terms for _, weight in row), dtype=np.float32)
    _, columns = np.unique(numbers, return_inverse=True)
    ends = np.cumsum([0, *(len(row) for row in terms)])
    return sparse.csr_matrix((weights, columns, ends), shape=(len(terms), int(columns.max(initial=0)) + 1))


def _table(told: Sequence[Traits], days: Sequence[int | None]) -> pa.Table:
    places = [traits.where or (None,) * 6 for traits in told]
    values = {
        "unique_id": range(len(told)),
        "match_key": [None] * len(told),
        "kind": [traits.type for traits in told],
        "mode": [traits.mode for traits in told],
        "first": [traits.first for traits in told],
        "last": [traits.last for traits in told],
        "day": days,
        "place": [place[0] for place in places],
        "country": [place[1] for place in places],
        "geonameid": [place[2] for place in places],
        "lat": [place[3] for place in places],
        "lon": [place[4] for place in places],
        "radius": [place[5] for place in places],
        "trigger": [traits.trigger for traits in told],
        "salience": [traits.salience for traits in told],
        "quotes": [traits.quotes for traits in told],
        "killed": [traits.killed for traits in told],
        "injured": [traits.injured for traits in told],
        "size": [traits.size for traits in told],
        "vector": [_unpacked(traits.vector) for traits in told],
    }
    return pa.table({field.name: pa.array(values[field.name], type=field.type) for field in _SCHEMA})


def _unpacked(text: str | None) -> NDArray[np.float32] | None:
    """The vector (VECTOR,) of a sentence, whose length is about 1, from base 64 of its bytes (models/sentences.py)."""
    if text is None:
        return None
    found: NDArray[np.float32] = np.frombuffer(base64.b64decode(text), dtype=np.int8).astype(np.float32) / 127
    return found
