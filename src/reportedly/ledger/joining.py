"""Links the reports of a ledger and keeps for each which event it belongs to: all at once, or what is new.

One new article finds those that it may share a story with by its weightiest words, of which the ledger holds an
index; only these are compared. Then the reports that are connected with its own are grouped again, from the links that
the ledger has, so that the events are those that linking from scratch would give. docs/linking.md says where they may
differ.
"""

import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import sqlalchemy as sa

from reportedly.ledger import schema, store, views
from reportedly.ledger.codec import packed
from reportedly.ledger.families import Family, family, originals
from reportedly.ledger.regrouping import Placed, regroup
from reportedly.ledger.rows import entries_from, entries_of
from reportedly.linking.averages import Ints
from reportedly.linking.clusters import group_rows, settled
from reportedly.linking.links import Found, find_links
from reportedly.linking.profiles import Profile, head_from, profile_from, profile_of
from reportedly.linking.rules import Rules
from reportedly.linking.terms import shared, version_of
from reportedly.records import Reading, make_id

# Rows written at once.
_WRITTEN = 5000


def link_reports(
    connection: sa.Connection,
    run: str,
    new: set[int] | None,
    before: Family | None,
    least: float,
    rules: Rules,
) -> None:
    """Links all reports (`new` None), or those of the new readings, and of copies whose original is new or another than
    `before`, with all others; `least` is settings.link_score. Copies have been found, or judged, before: `before` is
    the family of those that changed as it was, None for all."""
    if new is None or before is None:
        _link_all(connection, run, least, rules)
        return
    now = family(connection, before.names.keys() | new)
    fresh = {now.names[number] for number in new}
    was, is_now = before.originals, now.originals
    moved = {n for n, one in now.names.items() if was.get(one) != is_now.get(one) or is_now.get(one) in fresh} - new
    moved -= views.unlinked(connection, run) if moved else set()
    if new or moved:
        touched = _superseded(connection, new) | _loosened(connection, run, moved)
        _link_new(connection, run, new | moved, touched, least, rules)


def add_profiles(connection: sa.Connection, profiles: Iterable[tuple[int, Profile]], rules: Rules) -> None:
    """Puts what linking compares of readings into the ledger; there must be nothing of them yet."""
    rows, keys, version = [], [], version_of(rules)
    for number, profile in profiles:
        rows.append({"reading": number, "rules": version, "body": packed(profile)})
        words = profile.terms[0][: rules.context["keys"]]
        keys += [{"key": key, "day": profile.day or 0, "reading": number} for key in sorted(words)]
    store.put_profiles(connection, rows, keys)


def profile_of_reading(reading: Reading, rules: Rules) -> Profile:
    """What linking compares of a reading."""
    return profile_of(entries_of(reading), reading.article, rules, reading.vectors)


def _link_all(connection: sa.Connection, run: str, least: float, rules: Rules) -> None:
    store.drop_members(connection)
    held = views.counting(connection)
    readings: list[int] = []

    def profiles() -> Iterator[Profile]:
        for number, profile in _profiles(connection, sorted(held), rules):
            readings.extend([number] * len(profile.reports))
            yield profile

    found = find_links(profiles(), rules, copies=list(originals(connection, held).items()))
    columns, labels = found.columns, _grouped(connection, found, least, rules)
    by = np.lexsort((columns.order, labels))
    first = by[np.searchsorted(labels[by], labels)] if len(by) else by
    _write_links(connection, found, dict(zip(columns.ids, readings, strict=True)), run)
    rows = (
        {"reading": reading, "report": report, "event": make_id("event", columns.ids[head])}
        for reading, report, head in zip(readings, columns.ids, first.tolist(), strict=True)
    )
    while chunk := list(itertools.islice(rows, _WRITTEN)):
        store.put_members(connection, chunk)


def _grouped(connection: sa.Connection, found: Found, least: float, rules: Rules) -> Ints:
    """The group of each row. Where two means are equal the lesser ids come first, as in `regroup`: the order in which
    articles were added changes nothing."""
    ids = found.columns.ids
    by = sorted(range(len(ids)), key=ids.__getitem__)
    place = {ids[row]: number for number, row in enumerate(by)}
    places = np.empty(len(ids), dtype=np.int64)
    places[by] = np.arange(len(ids))

    def pairs(rows: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(int(places[left]), int(places[right])) for left, right in rows]

    same: list[tuple[int, int]] = []
    apart: list[tuple[int, int]] = []
    for (left, right), decided in settled(views.judgements(connection)).items():
        if left in place and right in place:
            (same if decided.same else apart).append((place[left], place[right]))
    ends = places[found.scored.left], places[found.scored.right]
    edges = (np.minimum(*ends), np.maximum(*ends), found.scored.score)
    told = found.columns.told()
    labels = group_rows(
        len(ids),
        edges,
        pairs(found.pairs()),
        (same[::-1], apart),
        rules,
        least,
        [told[row] for row in by],
        pairs(found.columns.beside),
    )
    return labels[places]


def _write_links(connection: sa.Connection, found: Found, readings: Mapping[str, int], run: str) -> None:
    links = found.links()
    while chunk := list(itertools.islice(links, _WRITTEN)):
        store.add_links(connection, chunk, readings, run)


def _link_new(
    connection: sa.Connection,
    run: str,
    new: set[int],
    touched: set[Placed],
    least: float,
    rules: Rules,
) -> None:
    """Links the new readings and groups their reports and the `touched` ones again."""
    own = dict(_profiles(connection, sorted(new), rules))
    everyone = {**_near(connection, own, rules), **own}
    copies = family(connection, everyone).originals
    present = {profile.article for profile in everyone.values()}
    pairs = [(article, copies[article]) for article in sorted(present) if article in copies]
    missing = {original for _, original in pairs} - present
    if missing:
        originals = views.article_numbers(connection, missing)
        everyone.update(_profiles(connection, originals, rules))
    chosen = sorted(everyone)
    found = find_links((everyone[n] for n in chosen), rules, {profile.article for profile in own.values()}, pairs)
    readings = {traits.id: number for number in chosen for traits in everyone[number].reports}
    links = list(found.links())
    store.add_links(connection, links, readings, run)
    touched = touched | {(readings[report], report) for link in links for report in (link.left, link.right)}
    touched |= {(number, traits.id) for number, profile in own.items() for traits in profile.reports}
    regroup(connection, touched, least, rules)


def _near(connection: sa.Connection, own: Mapping[int, Profile], rules: Rules) -> dict[int, Profile]:
    """The profiles of the readings that new ones may share a story with: the most alike before and after each."""
    table = schema.profile_keys.c
    window, most = rules.context["window"], int(rules.context["most"])
    partners: dict[int, list[int]] = {}
    for number, profile in own.items():
        query = sa.select(table.reading).where(table.key.in_(profile.terms[0][: rules.context["keys"]])).distinct()
        if profile.day is not None:
            days = (table.day == 0) | table.day.between(profile.day - window, profile.day + window)
            query = query.where(days)
        partners[number] = [reading for (reading,) in connection.execute(query) if reading not in own]
    heads = dict(_heads(connection, sorted({one for found in partners.values() for one in found}), rules))
    chosen: set[int] = set()
    for number, profile in own.items():
        told = ((shared(heads[one].terms, profile.terms), one) for one in partners[number] if one in heads)
        alike = sorted(((share, one) for share, one in told if share >= rules.context["least"]), reverse=True)
        for after in (False, True):
            side = [one for _, one in alike if _is_after(heads[one], profile) == after]
            chosen.update(_counting(connection, side, most))
    return dict(_profiles(connection, sorted(chosen), rules))


def _counting(connection: sa.Connection, ranked: Sequence[int], most: int) -> list[int]:
    """The first readings that count, at most so many; nearly all do, so that a few are asked at a time."""
    found: list[int] = []
    for at in range(0, len(ranked), 2 * most):
        some = ranked[at : at + 2 * most]
        held = views.names(connection, some)
        found += [one for one in some if one in held]
        if len(found) >= most:
            break
    return found[:most]


def _is_after(one: Profile, other: Profile) -> bool:
    return (one.day or 0, one.article) > (other.day or 0, other.article)


def _superseded(connection: sa.Connection, new: set[int]) -> set[Placed]:
    """The reports that were linked with earlier readings of the new articles, whose own reports have no event now."""
    table = schema.readings.c
    old: list[int] = []
    for chunk in views.chunks(sorted(new)):
        keys = sa.select(table.article_key).where(table.number.in_(chunk))
        query = sa.select(table.number).where(table.article_key.in_(keys))
        old += (number for (number,) in connection.execute(query) if number not in new)
    touched = _linked_with(connection, old)
    store.drop_members_of(connection, old)
    gone = set(old)
    return {placed for placed in touched if placed[0] not in gone}


def _loosened(connection: sa.Connection, run: str, readings: set[int]) -> set[Placed]:
    """The reports that a run linked with those of readings, whose links are gone now."""
    touched = _linked_with(connection, sorted(readings))
    store.drop_links_of(connection, readings, run)
    return touched


def _linked_with(connection: sa.Connection, readings: Sequence[int]) -> set[Placed]:
    """The reports in any link of these readings'."""
    links = schema.links.c
    touched: set[Placed] = set()
    for chunk in views.chunks(readings):
        found = sa.select(links.left_reading, links.left, links.right_reading, links.right)
        for row in connection.execute(found.where(links.left_reading.in_(chunk) | links.right_reading.in_(chunk))):
            touched |= {(row.left_reading, row.left), (row.right_reading, row.right)}
    return touched


def _heads(connection: sa.Connection, numbers: Sequence[int], rules: Rules) -> Iterator[tuple[int, Profile]]:
    """The profiles of readings without their reports, sooner; those that are missing, or of other rules, are made."""
    table, version = schema.profiles.c, version_of(rules)
    for chunk in views.chunks(numbers):
        query = sa.select(table.reading, table.body).where(table.reading.in_(chunk), table.rules == version)
        held = {row.reading: head_from(row.body) for row in connection.execute(query)}
        yield from held.items()
        yield from _profiles(connection, [number for number in chunk if number not in held], rules)


def _profiles(connection: sa.Connection, numbers: Sequence[int], rules: Rules) -> Iterator[tuple[int, Profile]]:
    """The profiles of readings, in the order given; those that are missing, or of other rules, are made."""
    table, version = schema.profiles.c, version_of(rules)
    for chunk in views.chunks(numbers):
        query = sa.select(table.reading, table.rules, table.body).where(table.reading.in_(chunk))
        rows = list(connection.execute(query))
        held = {row.reading: row.body for row in rows if row.rules == version}
        stale = {row.reading: json.loads(row.body)["terms"][0] for row in rows if row.rules != version}
        store.drop_profiles(connection, stale)
        made = dict(_made(connection, [number for number in chunk if number not in held], rules))
        add_profiles(connection, made.items(), rules)
        for number in chunk:
            yield number, made[number] if number in made else profile_from(json.loads(held[number]))


def _made(connection: sa.Connection, numbers: Sequence[int], rules: Rules) -> Iterator[tuple[int, Profile]]:
    if not numbers:
        return
    reports = schema.reports.c
    sentences: dict[int, dict[str, str]] = defaultdict(dict)
    query = sa.select(reports.reading, reports.id, reports.sentence).where(reports.reading.in_(numbers))
    for row in connection.execute(query):
        sentences[row.reading][row.id] = row.sentence
    bodies = dict(views.bodies(connection, numbers))
    for number, article in views.articles(connection, numbers):
        entries = entries_from(bodies[number], sentences[number])
        yield number, profile_of(entries, article, rules, bodies[number].get("vectors") or {})
