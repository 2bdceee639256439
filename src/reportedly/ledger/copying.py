"""Finds the copies of a ledger: of all its texts, or of those that are new, by keys that the ledger holds.

One new text is looked up by its own keys, and only texts that share one are loaded. What those that match it are
copies of is then worked out anew, from their own candidates, so that the copies are those that linking everything
from scratch would find. docs/copies.md says where they may differ.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import sqlalchemy as sa

from reportedly.ledger import schema, store, views
from reportedly.ledger.rows import Row
from reportedly.linking.candidates import candidates
from reportedly.linking.copies import Match, choose, matches, worded
from reportedly.linking.proofs import pile
from reportedly.linking.rules import Rules
from reportedly.linking.sketches import Body, Hashes, moment, sketch
from reportedly.records import Article, Copy

# Of so many readings one new: up to there each is looked up by itself; more at once are sketched with all others.
_FEW = 10
_WRITTEN = 20_000  # keys written at once

# The matches of these readings with any other, but for pairs with one of the second.
_Touching = Callable[[set[int], set[int]], list[Match]]


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
        table = schema.readings.c
        found: dict[int, str] = {}
        for chunk in views.chunks(sorted(set(numbers))):
            query = sa.select(table.number, table.article).where(table.number.in_(chunk), views.counts(table.number))
            found.update((row.number, row.article) for row in self.connection.execute(query))
        self.numbers.update((article, number) for number, article in found.items())
        return found


def link_copies(connection: sa.Connection, run: str, new: set[int] | None, share: float, rules: Rules) -> None:
    """Puts the copies of a run into the ledger: all for None (which must have none yet), else those that the new
    readings change. `share` is settings.copy_share."""
    shelf = _Shelf(connection, share, rules)
    if new is None:
        everyone = set(views.counting(connection))
        copies = choose(_all(shelf, everyone)(everyone, set()), rules)
    else:
        last = connection.execute(sa.select(sa.func.max(schema.readings.c.number))).scalar_one()
        touching = _looked_up(shelf, new) if len(new) * _FEW <= last else _all(shelf, views.counting(connection))
        changed = new | _orphans(connection, run, new)
        found = touching(changed, set())
        drawn = {shelf.numbers[half.article] for one in found for half in (one.copy, one.original)} - changed
        found += touching(drawn, changed)
        changed |= drawn
        names = set(shelf.names(changed).values())
        copies = choose(found, rules, names, _known(shelf, run, found, changed))
        store.drop_copies(connection, changed, run)
    store.add_copies(connection, worded(copies, shelf.load), shelf.numbers, run)


def add_sketches(connection: sa.Connection, readings: Iterable[int], rules: Rules) -> None:
    """Puts the keys of readings into the ledger, where they are not there."""
    rows: list[Row] = []
    for number, article in views.articles(connection, sorted(readings)):
        rows += _rows(sketch(article, rules)[0], moment(article), number)
    store.add_sketches(connection, rows)


def _rows(keys: Hashes, when: int, number: int) -> list[Row]:
    return [{"key": key, "moment": when, "reading": number} for key in keys.view(np.int64).tolist()]


def _all(shelf: _Shelf, numbers: Iterable[int]) -> _Touching:
    """By the texts of all readings, whose keys are written anew."""
    readings: list[int] = []
    moments: list[int] = []
    keys: list[Hashes] = []

    def bodies() -> Iterator[Body]:
        for number, article in shelf.read(numbers):
            found, body = sketch(article, shelf.rules)
            readings.append(number)
            moments.append(moment(article))
            keys.append(found)
            yield body

    texts = pile(bodies())
    _write(shelf.connection, keys, moments, readings)
    order = np.lexsort((readings, moments))
    pairs = order[candidates([keys[at] for at in order.tolist()], shelf.rules)]
    keys.clear()

    def touching(wanted: set[int], but: set[int]) -> list[Match]:
        inside, done = (np.array([number in some for number in readings], np.bool_) for some in (wanted, but))
        chosen = pairs[inside[pairs].any(axis=1) & ~done[pairs].any(axis=1)]
        return list(matches(chosen, texts, shelf.load, shelf.share, shelf.rules))

    return touching


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


def _looked_up(shelf: _Shelf, new: set[int]) -> _Touching:
    """By the keys in the ledger, once those of the new readings are there."""
    add_sketches(shelf.connection, new, shelf.rules)
    held: dict[int, tuple[Hashes, Body]] = {}

    def read(numbers: set[int]) -> None:
        for number, article in shelf.read(numbers - held.keys()):
            held[number] = sketch(article, shelf.rules)

    def touching(wanted: set[int], but: set[int]) -> list[Match]:
        read(wanted)
        partners = {number: _partners(shelf, held[number][0], number) - but for number in sorted(wanted)}
        read({other for others in partners.values() for other in others})
        place = {number: at for at, number in enumerate(held)}
        found = {(min(a, b), max(a, b)) for a, others in partners.items() for b in others}
        pairs = np.array([(place[a], place[b]) for a, b in sorted(found)], np.int64).reshape(-1, 2)
        texts = pile(body for _, body in held.values())
        return list(matches(pairs, texts, shelf.load, shelf.share, shelf.rules))

    return touching


def _partners(shelf: _Shelf, keys: Hashes, number: int) -> set[int]:
    """The readings that one is compared with, by the rule of `linking.candidates`."""
    found: set[int] = set()
    common: Counter[int] = Counter()
    for key in keys.view(np.int64).tolist():
        holders, rare = _holders(shelf, key, number)
        if rare:
            found.update(holders)
        else:
            common.update(holders)
    found.update(other for other, count in common.items() if count > shelf.rules.copies["marks"])
    return found - {number}


def _holders(shelf: _Shelf, key: int, number: int) -> tuple[list[int], bool]:
    """(the readings that one shares a key with, whether the key is rare): of a common key the first readings, and for
    one of these all."""
    table = schema.sketches.c
    query = sa.select(table.reading).where(table.key == key, views.counts(table.reading))
    query = query.order_by(table.moment, table.reading)
    whole, near = int(shelf.rules.copies["whole"]), int(shelf.rules.copies["near"])
    first = list(shelf.connection.execute(query.limit(whole + 1)).scalars())
    if len(first) <= whole:
        return first, True
    if number in first[:near]:
        return list(shelf.connection.execute(query).scalars()), False
    return first[:near], False


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


def _known(shelf: _Shelf, run: str, found: Iterable[Match], changed: set[int]) -> list[Copy]:
    """The whole copies of a run, but those of the changed readings, that the matched texts are or have as originals."""
    table = schema.copies.c
    copies: list[Copy] = []
    seen = set(changed)
    asked = {shelf.numbers[half.article] for one in found for half in (one.copy, one.original)}
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
