"""Finds the copies of a ledger: of all its texts, or of those that are new, by keys that the ledger holds.

One new text is looked up by its own keys, and only texts that share one are loaded. What those that match it are
copies of is then worked out anew, from their own candidates, so that the copies are those that linking everything
from scratch would find. docs/copies.md says where they may differ.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np
import sqlalchemy as sa

from reportedly.ledger import schema, store, views
from reportedly.ledger.families import Family, family
from reportedly.ledger.rows import Row
from reportedly.linking.candidates import candidates
from reportedly.linking.copies import Asked, Match, Standing, choose, matches, standing, worded
from reportedly.linking.proofs import Pile, pile, stand
from reportedly.linking.rules import Rules
from reportedly.linking.sketches import Body, Flags, Hashes, moment, sketch
from reportedly.records import Article, Copy

# Of so many readings one new: up to there each is looked up by itself; more at once are sketched with all others.
_FEW = 10
_WRITTEN = 20_000  # keys written at once
_MANY = 2**31 - 1  # no limit
# The readings that count with a key, in the order of publication. Made once: it is asked for each key of a text.
_HOLDERS = (
    sa.select(schema.sketches.c.reading)
    .where(schema.sketches.c.key == sa.bindparam("key"), views.counts(schema.sketches.c.reading))
    .order_by(schema.sketches.c.moment, schema.sketches.c.reading)
    .limit(sa.bindparam("most"))
)


class _Shelf:
    """The articles of a ledger's readings, known by number once they have been loaded or named."""

    def __init__(self, connection: sa.Connection, share: float, rules: Rules) -> None:
        self.connection, self.share, self.rules = connection, share, rules
        self.numbers: dict[str, int] = {}

    def read(self, numbers: Iterable[int]) -> Iterator[tuple[int, Article]]:
        """The articles of readings by number."""
        for number, article in views.articles(self.connection, sorted(numbers)):
            self.numbers[article.id] = number
            yield number, article

    def load(self, wanted: Sequence[str]) -> Iterator[Article]:
        """The articles with these ids, which were read or named before."""
        for _, article in views.articles(self.connection, [self.numbers[name] for name in wanted]):
            yield article

    def names(self, numbers: Iterable[int]) -> dict[int, str]:
        """The articles of those of these readings that count."""
        found = views.names(self.connection, numbers)
        self.numbers.update((article, number) for number, article in found.items())
        return found


def link_copies(connection: sa.Connection, run: str, new: set[int] | None, share: float, rules: Rules) -> Family | None:
    """Puts the copies of a run into the ledger: all for None (which must have none yet), else those that the new
    readings change. `share` is settings.copy_share.

    Gives the family of what changes as it was before; None where everything is new.
    """
    shelf = _Shelf(connection, share, rules)
    before: Family | None = None
    if new is None:
        everyone = set(views.counting(connection))
        pool: _All | _Few = _All(shelf, everyone)
        found = pool.touching(everyone, set())
        copies = choose(found, rules, standing(found, pool.first, pool.look))
    else:
        last = connection.execute(sa.select(sa.func.max(schema.readings.c.number))).scalar_one()
        few = len(new) * _FEW <= last
        pool = _Few(shelf, new) if few else _All(shelf, views.counting(connection))
        changed = new | _orphans(connection, run, new)
        found = pool.touching(changed, set())
        drawn = _drawn(shelf, run, found, changed)
        found += pool.touching(drawn, changed)
        changed |= drawn
        names = set(shelf.names(changed).values())
        often = standing((one for one in found if one.copy.article in names), pool.first, pool.look)
        copies = choose(found, rules, often, names, _known(shelf, run, _texts(found, often), changed))
        before = family(connection, changed, superseded=True)
        store.drop_copies(connection, changed, run)
    store.add_copies(connection, worded(copies, shelf.load), shelf.numbers, run)
    return before


def add_sketches(connection: sa.Connection, readings: Iterable[int], rules: Rules) -> None:
    """Puts the keys of readings into the ledger, where they are not there."""
    rows: list[Row] = []
    for number, article in views.articles(connection, sorted(readings)):
        rows += _rows(sketch(article, rules)[0], moment(article), number)
    store.add_sketches(connection, rows)


def _rows(keys: Hashes, when: int, number: int) -> list[Row]:
    return [{"key": key, "moment": when, "reading": number} for key in keys.view(np.int64).tolist()]


def _drawn(shelf: _Shelf, run: str, found: Sequence[Match], changed: set[int]) -> set[int]:
    """The readings beside the changed ones whose copies their matches may change: those that copy a changed one, and
    those of which a part may now stand in too many texts. Where a changed one is the original of a whole text, texts
    that counted as several may be one, and all may change."""
    number = shelf.numbers
    drawn = {number[one.copy.article] for one in found}
    shared: dict[int, set[int]] = defaultdict(set)  # where sentences begin
    for one in found:
        shared[number[one.original.article]].update(one.original.spans[list(one.original.found), 0].tolist())
    if any(one.whole and number[one.original.article] in changed for one in found):
        return (drawn | shared.keys()) - changed
    table = schema.copies.c
    query = sa.select(table.reading, table.sentences).where(table.run == run, table.kind == "part")
    for chunk in views.chunks(sorted(shared.keys() - changed)):
        for row in shelf.connection.execute(query.where(table.reading.in_(chunk))):
            if any(span["start"] in shared[row.reading] for span in json.loads(row.sentences)):
                drawn.add(row.reading)
    return drawn - changed


def _texts(found: Iterable[Match], often: Standing) -> set[str]:
    """All articles that decide which sentences are somebody's."""
    matched = {half.article for one in found for half in (one.copy, one.original)}
    return matched.union(*(texts for numbers in often.values() for texts in numbers.values()))


class _All:
    """The texts of all readings, whose keys are written anew."""

    def __init__(self, shelf: _Shelf, numbers: Iterable[int]) -> None:
        self._shelf = shelf
        self._readings: list[int] = []
        moments: list[int] = []
        keys: list[Hashes] = []

        def bodies() -> Iterator[Body]:
            for number, article in shelf.read(numbers):
                found, body = sketch(article, shelf.rules)
                self._readings.append(number)
                moments.append(moment(article))
                keys.append(found)
                yield body

        self._texts = pile(bodies())
        self._place = {name: at for at, name in enumerate(self._texts.names)}
        _write(shelf.connection, keys, moments, self._readings)
        self._order = np.lexsort((self._readings, moments))
        self._near = candidates([keys[at] for at in self._order.tolist()], shelf.rules)

    def touching(self, wanted: set[int], but: set[int]) -> list[Match]:
        """The matches of these readings with any other, but for pairs with one of the second."""
        inside, done = (np.array([number in some for number in self._readings], np.bool_) for some in (wanted, but))
        pairs = self._order[self._near.pairs]
        pairs = pairs[inside[pairs].any(axis=1) & ~done[pairs].any(axis=1)]
        return list(matches(pairs, self._texts, self._shelf.load, self._shelf.share, self._shelf.rules))

    def first(self, key: int) -> Sequence[str]:
        """Of a common key the first articles that have it, of others none."""
        return [self._texts.names[self._order[number]] for number in self._near.first.get(key, ())]

    def look(self, asked: Asked) -> Flags:
        """Whether an article's sentence stands in another article, for each."""
        return stand(
            [(self._place[a], number, self._place[b]) for a, number, b in asked], self._texts, self._shelf.rules
        )


def _write(connection: sa.Connection, keys: Sequence[Hashes], moments: Sequence[int], readings: Sequence[int]) -> None:
    """Puts the keys of all readings into the ledger in their order, in which a large index is made fastest."""
    store.drop_sketches(connection)
    if not keys:
        return
    joined = np.concatenate(keys).view(np.int64)
    owner = np.repeat(np.arange(len(keys), dtype=np.int32), [len(found) for found in keys])
    when, number = np.array(moments, np.int64), np.array(readings, np.int64)
    order = np.argsort(joined, kind="stable")
    for at in range(0, len(order), _WRITTEN):
        some = order[at : at + _WRITTEN]
        texts = owner[some]
        columns = (column.tolist() for column in (joined[some], when[texts], number[texts]))
        rows = zip(*columns, strict=True)
        store.add_sketches(connection, [{"key": key, "moment": at, "reading": one} for key, at, one in rows])


class _Few:
    """The texts that share keys with new readings, found in the ledger, once the keys of the new are there."""

    def __init__(self, shelf: _Shelf, new: set[int]) -> None:
        self._shelf = shelf
        self._held: dict[int, tuple[Hashes, Body]] = {}
        self._first: dict[int, list[int]] = {}
        add_sketches(shelf.connection, new, shelf.rules)

    def _partners(self, number: int) -> set[int]:
        """The readings that one is compared with, by the rule of `linking.candidates`."""
        found: set[int] = set()
        common: Counter[int] = Counter()
        for key in self._held[number][0].view(np.int64).tolist():
            holders, rare = self._holders(key, number)
            if rare:
                found.update(holders)
            else:
                common.update(holders)
        found.update(other for other, count in common.items() if count > self._shelf.rules.copies["marks"])
        return found - {number}

    def _holders(self, key: int, number: int | None = None) -> tuple[list[int], bool]:
        """(the readings that one shares a key with, whether the key is rare): of a common key the first readings, and
        for one of these all."""
        whole, near = (int(self._shelf.rules.copies[name]) for name in ("whole", "near"))
        if key not in self._first:
            asked = {"key": key, "most": whole + 1}
            self._first[key] = list(self._shelf.connection.execute(_HOLDERS, asked).scalars())
        first = self._first[key]
        if len(first) <= whole:
            return first, True
        if number in first[:near]:
            asked = {"key": key, "most": _MANY}
            return list(self._shelf.connection.execute(_HOLDERS, asked).scalars()), False
        return first[:near], False

    def _read(self, numbers: set[int]) -> tuple[Pile, dict[int, int]]:
        """The texts read so far with these, and where each is among them."""
        for number, article in self._shelf.read(numbers - self._held.keys()):
            self._held[number] = sketch(article, self._shelf.rules)
        return pile(body for _, body in self._held.values()), {number: at for at, number in enumerate(self._held)}

    def touching(self, wanted: set[int], but: set[int]) -> list[Match]:
        """As of all texts."""
        self._read(wanted)
        partners = {number: self._partners(number) - but for number in sorted(wanted)}
        texts, place = self._read({other for others in partners.values() for other in others})
        found = {(min(a, b), max(a, b)) for a, others in partners.items() for b in others}
        pairs = np.array([(place[a], place[b]) for a, b in sorted(found)], np.int64).reshape(-1, 2)
        return list(matches(pairs, texts, self._shelf.load, self._shelf.share, self._shelf.rules))

    def first(self, key: int) -> Collection[str]:
        """As of all texts."""
        holders, rare = self._holders(int(np.uint64(key).view(np.int64)))
        return () if rare else self._shelf.names(holders).values()

    def look(self, asked: Asked) -> Flags:
        """As of all texts."""
        rows = [(self._shelf.numbers[a], number, self._shelf.numbers[b]) for a, number, b in asked]
        texts, place = self._read({number for a, _, b in rows for number in (a, b)})
        return stand([(place[a], number, place[b]) for a, number, b in rows], texts, self._shelf.rules)


def _orphans(connection: sa.Connection, run: str, new: set[int]) -> set[int]:
    """The readings that were copies of earlier readings of the new ones' articles, which no longer count."""
    old, later = schema.readings.alias(), schema.readings.alias()
    table = schema.copies.c
    gone: set[int] = set()
    for chunk in views.chunks(sorted(new)):
        query = sa.select(old.c.number).join_from(old, later, old.c.article_key == later.c.article_key)
        query = query.where(later.c.number.in_(chunk), old.c.number < later.c.number)
        gone.update(connection.execute(query).scalars())
    found: set[int] = set()
    for chunk in views.chunks(sorted(gone)):
        query = sa.select(table.reading).where(table.run == run, table.original.in_(chunk), views.counts(table.reading))
        found.update(connection.execute(query).scalars())
    return found


def _known(shelf: _Shelf, run: str, articles: set[str], changed: set[int]) -> list[Copy]:
    """The whole copies of a run, but those of the changed readings, that these articles are or have as originals."""
    table = schema.copies.c
    copies: list[Copy] = []
    seen = set(changed)
    asked = {shelf.numbers[name] for name in articles}
    while asked := asked - seen:
        seen |= asked
        originals: set[int] = set()
        for chunk in views.chunks(sorted(asked)):
            query = sa.select(table.reading, table.original, table.share).where(
                table.run == run,
                table.reading.in_(chunk),
                sa.func.coalesce(table.kind, "whole") == "whole",
                views.counts(table.original),
            )
            rows = list(shelf.connection.execute(query))
            names = shelf.names(number for row in rows for number in (row.reading, row.original))
            originals |= {row.original for row in rows}
            copies += [
                Copy(article=names[row.reading], copy_of=names[row.original], share=row.share, evidence="")
                for row in rows
            ]
        asked = originals
    return copies
