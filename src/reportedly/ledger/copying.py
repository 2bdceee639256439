"""Finds the copies of a ledger: of all its texts, or of those that are new, by keys that the ledger holds.

One new text is looked up by its own keys, and only texts that share one are loaded. What those that match it are
copies of is then worked out anew, from their own candidates, so that the copies are those that linking everything
from scratch would find. docs/copies.md says where they may differ.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from reportedly.ledger import schema, store, views
from reportedly.ledger.rows import Row
from reportedly.linking.copies import choose, matches, named, worded
from reportedly.linking.rules import Rules
from reportedly.linking.sketches import Hashes, candidates, moment, sketch
from reportedly.records import Article, Copy

# Of so many texts one new: up to there each is looked up by itself; more at once are sketched with all others.
_FEW = 10
_AT_ONCE = 500  # texts that are sketched and written at once

_Pairs = Callable[[Iterable[str] | None], Iterator[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The readings that count of a ledger: article by number and number by article."""

    connection: sa.Connection
    rules: Rules
    articles: Mapping[int, str]
    numbers: Mapping[str, int]

    def load(self, wanted: Sequence[str]) -> Iterator[Article]:
        """The articles with these ids."""
        for _, article in views.articles(self.connection, [self.numbers[name] for name in wanted]):
            yield article


def link_copies(
    connection: sa.Connection, run: str, new: set[int] | None, held: Mapping[int, str], share: float, rules: Rules
) -> None:
    """Puts the copies of a run into the ledger: all for None (which must have none yet), else those that the new
    readings change. `held` are the readings that count, with their articles; `share` is settings.copy_share."""
    shelf = _Shelf(connection, rules, held, {article: number for number, article in held.items()})
    few = new is not None and len(new) * _FEW <= len(held)
    pairs = _looked_up(shelf, new) if new is not None and few else _all(shelf)
    if new is None:
        found = list(matches(pairs(None), shelf.load, share, rules))
        copies = choose(found, rules)
    else:
        changed = {held[number] for number in new} | _orphans(shelf, run)
        for one in matches(pairs(changed), shelf.load, share, rules):
            changed |= {one.copy.article, one.original.article}
        found = list(matches(pairs(changed), shelf.load, share, rules))
        copies = choose(found, rules, changed, _known(shelf, run, changed))
        store.drop_copies(connection, (shelf.numbers[name] for name in changed), run)
    store.add_copies(connection, worded(copies, shelf.load), shelf.numbers, run)


def add_sketches(connection: sa.Connection, readings: Iterable[int], rules: Rules) -> None:
    """Puts the keys of readings into the ledger, where they are not there."""
    for _ in _sketched(connection, sorted(readings), rules):
        pass


def _sketched(connection: sa.Connection, numbers: Sequence[int], rules: Rules) -> Iterator[tuple[int, int, Hashes]]:
    """(reading, moment, keys) of each, written to the ledger on the way."""
    for at in range(0, len(numbers), _AT_ONCE):
        rows: list[Row] = []
        done = []
        for number, article in views.articles(connection, numbers[at : at + _AT_ONCE]):
            keys, when = sketch(article, rules), moment(article)
            rows += ({"key": key, "moment": when, "reading": number} for key in keys.view(np.int64).tolist())
            done.append((number, when, keys))
        store.add_sketches(connection, rows)
        yield from done


def _all(shelf: _Shelf) -> _Pairs:
    """Candidates from the texts of all readings, whose keys are written anew."""
    store.drop_sketches(shelf.connection)
    made = sorted(_sketched(shelf.connection, sorted(shelf.articles), shelf.rules), key=lambda one: (one[1], one[0]))
    names = [shelf.articles[number] for number, _, _ in made]
    numbers = candidates([keys for _, _, keys in made], shelf.rules)

    def pairs(touching: Iterable[str] | None) -> Iterator[tuple[str, str]]:
        if touching is None:
            return named(numbers, names)
        wanted = np.isin(np.arange(len(names)), [at for at, name in enumerate(names) if name in set(touching)])
        return named(numbers[wanted[numbers].any(axis=1)], names)

    return pairs


def _looked_up(shelf: _Shelf, new: Iterable[int]) -> _Pairs:
    """Candidates of single readings by the keys in the ledger, once those of the new ones are there."""
    add_sketches(shelf.connection, new, shelf.rules)
    held: dict[str, list[str]] = {}

    def partners(article: Article) -> list[str]:
        found: set[int] = set()
        for key in sketch(article, shelf.rules).view(np.int64).tolist():
            found.update(_holders(shelf, key, shelf.numbers[article.id]))
        return sorted(shelf.articles[number] for number in found)

    def pairs(touching: Iterable[str] | None) -> Iterator[tuple[str, str]]:
        wanted = sorted(set(touching or ()))
        for article in shelf.load([name for name in wanted if name not in held]):
            held[article.id] = partners(article)
        inside = set(wanted)
        for name in wanted:
            yield from ((name, other) for other in held[name] if other not in inside or name < other)

    return pairs


def _holders(shelf: _Shelf, key: int, number: int) -> list[int]:
    """The readings that one is compared with for a key that it has, by the rule of `linking.sketches.candidates`."""
    table = schema.sketches.c
    query = sa.select(table.reading).where(table.key == key).order_by(table.moment, table.reading)
    whole, near = shelf.rules.copies["whole"], shelf.rules.copies["near"]
    first: list[int] = []
    for (reading,) in shelf.connection.execute(query):
        if reading in shelf.articles:  # of an article's readings, the last one
            first.append(reading)
        if len(first) > whole and number not in first[:near]:
            break
    if len(first) > whole and number not in first[:near]:
        first = first[:near]
    return [reading for reading in first if reading != number]


def _orphans(shelf: _Shelf, run: str) -> set[str]:
    """Articles that were copies of a reading that no longer counts."""
    table = schema.copies.c
    rows = shelf.connection.execute(sa.select(table.reading, table.original).where(table.run == run))
    return {
        shelf.articles[row.reading]
        for row in rows
        if row.reading in shelf.articles and row.original not in shelf.articles
    }


def _known(shelf: _Shelf, run: str, changed: set[str]) -> list[Copy]:
    """The whole copies of a run but those of the changed articles."""
    table = schema.copies.c
    query = sa.select(table.reading, table.original, table.share).where(
        table.run == run, sa.func.coalesce(table.kind, "whole") == "whole"
    )
    return [
        Copy(article=shelf.articles[row.reading], copy_of=shelf.articles[row.original], share=row.share, evidence="")
        for row in shelf.connection.execute(query)
        if row.reading in shelf.articles
        and row.original in shelf.articles
        and shelf.articles[row.reading] not in changed
    ]
