"""Profiles as columns: one row a report, ready for comparing millions of pairs."""

import base64
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import scipy.sparse as sparse
from numpy.typing import NDArray

from reportedly.linking.averages import ANY_DAY, Ints, Told
from reportedly.linking.clusters import side_by_side
from reportedly.linking.parties import Who, who_is
from reportedly.linking.profiles import Named, Profile, Traits
from reportedly.linking.rules import Rules
from reportedly.linking.terms import Terms, number_of

VECTOR = 64
_NONE = -1
_TENSES = ("fact", "plan", "past")
_SCHEMA = pa.schema(
    [
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
    ]
)


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Articles and the reports in them, in the order given; the reports of article n are the rows
    `starts[n]:starts[n + 1]`.

    By article: `names`, `days` (ordinal, 0 where not known), `terms` and `keys` (the weightiest) as matrices. By row:
    `ids`, `order` (who was first: a smaller number), `wordings` (equal where sentence, word and type are the same),
    `actors`, `recipients` and `everyone` (places in `parties`, 0 where nobody is told) and what is in `table`, which
    Splink sees; its `match_key` is empty (see compare.py). `refers` are rows and the rows that they point back to,
    `beside` those that one sentence tells apart (clusters.side_by_side).
    """

    names: tuple[str, ...]
    days: Ints
    terms: sparse.csr_matrix
    keys: sparse.csr_matrix
    starts: Ints
    ids: tuple[str, ...]
    order: Ints
    table: pa.Table
    words: sparse.csr_matrix
    wordings: Ints
    actors: Ints
    recipients: Ints
    everyone: Ints
    symmetric: NDArray[np.bool_]
    parties: tuple[tuple[Who, ...], ...]
    kinds: Ints
    kin: NDArray[np.bool_]
    tenses: Ints
    firsts: Ints
    lasts: Ints
    articles: Ints
    refers: tuple[tuple[int, int], ...]
    beside: tuple[tuple[int, int], ...]

    def told(self) -> list[Told]:
        """The days and the type that each report tells, as clusters.py wants them."""
        rows = zip(self.firsts.tolist(), self.lasts.tolist(), self.table.column("kind").to_pylist(), strict=True)
        return [(ANY_DAY if first == _NONE else (first, last), kind) for first, last, kind in rows]

    def comparable(self, left: Ints, right: Ints, rules: Rules) -> NDArray[np.bool_]:
        """Whether the two reports of each pair may tell of one happening at all."""
        a, b = self.kinds[left], self.kinds[right]
        plan = _TENSES.index("plan")
        fits = (a == 0) | (b == 0) | self.kin[a, b]
        fits &= (self.tenses[left] == plan) == (self.tenses[right] == plan)
        same = self.articles[left] == self.articles[right]
        fits &= ~same | (self.wordings[left] >> 32 != self.wordings[right] >> 32)
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
        days = self.days[self.articles[left]], self.days[self.articles[right]]
        for one, day, says in ((left, days[1], told[0] & ~told[1]), (right, days[0], told[1] & ~told[0])):
            known = says & (day > 0) & ~plan
            fits &= ~known | (self.firsts[one] - day <= 1)
            fits &= ~known | (day - self.lasts[one] <= rules.context["window"])
        kept: NDArray[np.bool_] = fits
        return kept


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


class _Matrix:
    """Rows of terms, gathered into a sparse matrix."""

    def __init__(self) -> None:
        self._numbers, self._weights, self._ends = array("q"), array("f"), array("q", [0])

    def add(self, terms: Terms, most: int | None = None) -> None:
        """One more row; with `most`, of the first so many terms."""
        self._numbers.extend(terms[0][:most])
        self._weights.extend(terms[1][:most])
        self._ends.append(len(self._numbers))

    def made(self) -> sparse.csr_matrix:
        """The matrix: a column for each term that stands in any row."""
        _, columns = np.unique(np.array(self._numbers, dtype=np.int64), return_inverse=True)
        shape = (len(self._ends) - 1, int(columns.max(initial=0)) + 1)
        return sparse.csr_matrix(
            (np.array(self._weights, dtype=np.float32), columns, np.array(self._ends)), shape=shape
        )


class _Rows:
    """Gathers profiles one by one, so that they need not all be in memory."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self.names: list[str] = []
        self.published: list[str | None] = []
        self.days, self.starts, self.standing = array("q"), array("q", [0]), array("q")
        self.terms, self.keys, self.words = _Matrix(), _Matrix(), _Matrix()
        self.ids: list[str] = []
        self.values: dict[str, list[Any]] = {name: [] for name in _SCHEMA.names}
        self.vectors, self.blank = bytearray(), array("b")
        self.sides = _Sides(rules)
        self.actors, self.recipients, self.everyone = array("q"), array("q"), array("q")
        self.wordings, self.tenses, self.firsts, self.lasts = array("q"), array("q"), array("q"), array("q")
        self.refers: list[tuple[int, int]] = []
        self.beside: list[tuple[int, int]] = []

    def add(self, profile: Profile) -> None:
        """One more article."""
        first = len(self.ids)
        self.names.append(profile.article)
        self.published.append(profile.published)
        self.days.append(profile.day or 0)
        self.terms.add(profile.terms)
        self.keys.add(profile.terms, self._rules.context["keys"])
        place = {traits.id: first + number for number, traits in enumerate(profile.reports)}
        by = sorted(place, key=lambda report: (profile.reports[place[report] - first].at, report))
        standing = {report: number for number, report in enumerate(by)}
        self.standing.extend(standing[traits.id] for traits in profile.reports)
        for traits in profile.reports:
            self._add(traits, profile.day)
            if traits.refers_to in place and traits.refers_to != traits.id:
                self.refers.append((place[traits.id], place[traits.refers_to]))
        told = ((0, traits.sentence, traits.type, traits.mode) for traits in profile.reports)
        self.beside += [(first + left, first + right) for left, right in side_by_side(told, self._rules)]
        self.starts.append(len(self.ids))

    def _add(self, traits: Traits, day: int | None) -> None:
        self.ids.append(traits.id)
        self.words.add(traits.words)
        self.actors.append(self.sides.number(traits.actors))
        self.recipients.append(self.sides.number(traits.recipients))
        self.everyone.append(self.sides.number((*traits.actors, *traits.recipients)))
        self.wordings.append((traits.sentence & 0x7FFFFFFF) << 32 | number_of(f"{traits.type} {traits.trigger}"))
        self.tenses.append(_TENSES.index(traits.tense))
        self.firsts.append(_NONE if traits.first is None else traits.first)
        self.lasts.append(_NONE if traits.last is None else traits.last)
        self.blank.append(traits.vector is None)
        self.vectors += base64.b64decode(traits.vector) if traits.vector else bytes(VECTOR)
        where = traits.where or (None,) * 6
        row = (traits.type, traits.mode, traits.first, traits.last, day, *where, traits.trigger, traits.salience)
        told = (*row, traits.quotes, traits.killed, traits.injured, traits.size)
        for values, value in zip(self.values.values(), told, strict=True):
            values.append(value)

    def table(self) -> pa.Table:
        """What Splink sees."""
        count = len(self.ids)
        columns: dict[str, pa.Array] = {
            "unique_id": pa.array(np.arange(count, dtype=np.int64)),
            "match_key": pa.nulls(count, pa.int8()),
        }
        for field in _SCHEMA:
            columns[field.name] = pa.array(self.values.pop(field.name), type=field.type)
        numbers = np.frombuffer(bytes(self.vectors), dtype=np.int8).astype(np.float32) / 127
        blank = pa.array(np.array(self.blank, dtype=bool))
        columns["vector"] = pa.FixedSizeListArray.from_arrays(pa.array(numbers), VECTOR, mask=blank)
        return pa.table(columns)

    def order(self) -> Ints:
        """A number for each row: reports by publication, undated ones last, then by article, place in it and id."""
        articles = sorted(
            range(len(self.names)), key=lambda n: (self.published[n] is None, self.published[n] or "", self.names[n])
        )
        rank = np.empty(len(articles), dtype=np.int64)
        rank[articles] = np.arange(len(articles))
        by = np.lexsort((np.array(self.standing, dtype=np.int64), np.repeat(rank, np.diff(np.array(self.starts)))))
        order = np.empty(len(by), dtype=np.int64)
        order[by] = np.arange(len(by))
        return order


def columns_of(profiles: Iterable[Profile], rules: Rules) -> Columns:
    """The columns of profiles, in their order."""
    rows = _Rows(rules)
    for profile in profiles:
        rows.add(profile)
    types = rows.values["kind"]
    kinds, kin = _kinds(types, rules)
    starts = np.array(rows.starts, dtype=np.int64)
    symmetric = np.array([kind in rules.symmetric for kind in types], dtype=bool)
    return Columns(
        names=tuple(rows.names),
        days=np.array(rows.days, dtype=np.int64),
        terms=rows.terms.made(),
        keys=rows.keys.made(),
        starts=starts,
        ids=tuple(rows.ids),
        order=rows.order(),
        table=rows.table(),
        words=rows.words.made(),
        wordings=np.array(rows.wordings, dtype=np.int64),
        actors=np.array(rows.actors, dtype=np.int64),
        recipients=np.array(rows.recipients, dtype=np.int64),
        everyone=np.array(rows.everyone, dtype=np.int64),
        symmetric=symmetric,
        parties=rows.sides.all(),
        kinds=kinds,
        kin=kin,
        tenses=np.array(rows.tenses, dtype=np.int64),
        firsts=np.array(rows.firsts, dtype=np.int64),
        lasts=np.array(rows.lasts, dtype=np.int64),
        articles=np.repeat(np.arange(len(rows.names), dtype=np.int64), np.diff(starts)),
        refers=tuple(rows.refers),
        beside=tuple(rows.beside),
    )


def _kinds(types: Sequence[str | None], rules: Rules) -> tuple[Ints, NDArray[np.bool_]]:
    """(each row's type as a number, 0 for none; which numbers are the same type or kin)"""
    known = sorted({kind for kind in types if kind is not None})
    numbers = {kind: place + 1 for place, kind in enumerate(known)}
    kin = np.zeros((len(known) + 1, len(known) + 1), dtype=bool)
    for kind in known:
        for other in rules.family(kind) & numbers.keys():
            kin[numbers[kind], numbers[other]] = True
    return np.array([numbers.get(kind or "", 0) for kind in types], dtype=np.int64), kin
