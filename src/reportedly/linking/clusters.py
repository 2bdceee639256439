"""Puts reports together into happenings: average-link clusters of the links, overruled by people's judgements."""

import datetime as dt
import itertools
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from reportedly.linking.averages import ANY_DAY, Days, Edges, Ints, Pair, Piece, Told, chosen, side
from reportedly.linking.facts import tense_of
from reportedly.linking.rules import Rules, load_rules
from reportedly.records import Entry, Judgement, Link

# A link of two reports of one article of which one points back to the other by a noun, a pronoun or a bare refusal.
REFERS = "refers_to"
# A link of a report in a copy with the same report in the original.
COPIED = "copied"
TIES = (REFERS, COPIED)
# The mean score from which groups are joined, unless the settings say otherwise: see settings.link_score.
LEAST = 0.15


def days_told(first: dt.date | None, last: dt.date | None, day: dt.date | None) -> Days:
    """The days that a report of a given day tells: an open end is closed by that day, and none at all are any."""
    if first is None and last is None:
        return ANY_DAY
    begin = first.toordinal() if first else ANY_DAY[0]
    end = last or day
    return begin, max(begin, end.toordinal()) if end else ANY_DAY[1]


def side_by_side(reports: Iterable[tuple[Hashable, Hashable, str | None, str | None]], rules: Rules) -> list[Pair]:
    """The places of reports that stand in one sentence and tell of two happenings: of two types that are not kin, or of
    one type in two modes; each (article, sentence, type, mode)."""
    held: dict[tuple[Hashable, Hashable], list[tuple[int, str, str | None]]] = defaultdict(list)
    found = []
    for place, (article, sentence, kind, mode) in enumerate(reports):
        if kind is None:
            continue
        for other, its_kind, its_mode in held[article, sentence]:
            if (mode and its_mode and mode != its_mode) if kind == its_kind else its_kind not in rules.family(kind):
                found.append((other, place))
        held[article, sentence].append((place, kind, mode))
    return found


def settled(judgements: Iterable[Judgement]) -> dict[tuple[str, str], Judgement]:
    """The judgement in force for each pair (ids in order), newest last; a later one replaces, None takes back."""
    found: dict[tuple[str, str], Judgement] = {}
    for judgement in sorted(judgements, key=lambda j: j.at):
        pair = (min(judgement.left, judgement.right), max(judgement.left, judgement.right))
        found.pop(pair, None)
        found[pair] = judgement
    return {pair: judgement for pair, judgement in found.items() if judgement.same is not None}


def cluster(
    entries: Iterable[Entry],
    links: Iterable[Link],
    judgements: Iterable[Judgement] = (),
    rules: Rules | None = None,
    least: float = LEAST,
) -> list[list[Entry]]:
    """The entries as groups of one happening each: every entry in exactly one, in a fixed order.

    First what a person judged: different is never joined, same always is (where two judgements clash, different wins,
    and the newer same before the older). Then what refers to another report of its article, or is its copy, goes where
    that goes. The rest is joined from the highest mean score down, as long as the mean over all pairs across two
    groups, pairs without a link counting 0, is at least `least` (settings.link_score), and no two of the days that
    they tell lie further apart than `days` of the rules, and the types that most in each have are kin: no chain joins
    reports. A report of another type than most of its group leaves it in the end. Reports of one sentence that
    `side_by_side` parts ("seized the boat and detained its crew") keep the groups apart that they are in. Days and
    sentences of no more than `slips` of the rules, a share of the smaller group, part nothing.
    """
    rules = rules or load_rules()
    known = sorted({entry.report.id: entry for entry in entries}.values(), key=lambda entry: entry.report.id)
    ids = [entry.report.id for entry in known]
    times = ((entry.report.time, entry.day) for entry in known)
    days = (days_told(time.first, time.last, day) if time else ANY_DAY for time, day in times)
    told = [(those, entry.report.type) for those, entry in zip(days, known, strict=True)]
    sides = ((entry.article, entry.sentence, entry.report.type, entry.report.mode) for entry in known)
    places = group_ids(ids, links, judgements, rules, least, told, side_by_side(sides, rules))
    groups = [sorted((known[place] for place in group), key=order) for group in places]
    return sorted(groups, key=lambda group: order(group[0]))


def group_ids(
    ids: Sequence[str],
    links: Iterable[Link],
    judgements: Iterable[Judgement],
    rules: Rules,
    least: float,
    told: Sequence[Told] = (),
    beside: Sequence[Pair] = (),
) -> list[list[int]]:
    """Groups of places in `ids` (in order), as `cluster` makes them; links of other reports are passed over.

    `told` is what each report tells (empty: nobody tells anything), `beside` what `side_by_side` gives.
    """
    place = {name: number for number, name in enumerate(ids)}
    ties: list[Pair] = []
    scored: list[tuple[int, int, float]] = []
    for link in links:
        if link.left in place and link.right in place and link.left != link.right:
            pair = (place[link.left], place[link.right])
            if REFERS in link.why or COPIED in link.why:
                ties.append(pair)
            else:
                scored.append((min(pair), max(pair), link.score))
    apart: list[Pair] = []
    same: list[Pair] = []
    for (one, other), judged in settled(judgements).items():
        if one in place and other in place and one != other:
            (same if judged.same else apart).append((place[one], place[other]))
    left, right = (np.array([pair[side] for pair in scored], dtype=np.int64) for side in (0, 1))
    scores = np.array([pair[2] for pair in scored], dtype=np.float32)
    labels = group_rows(len(ids), (left, right, scores), ties, (same[::-1], apart), rules, least, told, beside)
    held: dict[int, list[int]] = defaultdict(list)
    for number, label in enumerate(labels.tolist()):
        held[label].append(number)
    return list(held.values())


def group_rows(
    count: int,
    scored: tuple[Ints, Ints, NDArray[np.float32]],
    ties: Sequence[Pair],
    judged: tuple[Sequence[Pair], Sequence[Pair]],
    rules: Rules,
    least: float,
    told: Sequence[Told] = (),
    beside: Sequence[Pair] = (),
) -> Ints:
    """The group of each of `count` rows, by the least row in it: see `cluster`. `scored`: (left, right, score) of the
    links; `judged`: pairs that people judged (same, apart); `told` and `beside` as for `group_ids`."""
    labels = np.arange(count, dtype=np.int64)
    edges = _in_order(*scored)
    touched = [*ties, *judged[0]]
    a, b = (np.r_[rows, side(touched, number)] for number, rows in enumerate(edges[:2]))
    if not len(a):
        return labels
    graph = sparse.coo_matrix((np.ones(len(a), dtype=np.int8), (a, b)), shape=(count, count))
    _, piece = connected_components(graph, directed=False)
    by_piece = _by_piece(piece, edges)
    settled_otherwise = {frozenset(pair) for pair in touched}
    parted = [pair for pair in beside if frozenset(pair) not in settled_otherwise]
    sorts = (ties, judged[0], judged[1], parted)
    tied, joined, apart, sided = (_pairs_by_piece(piece, pairs) for pairs in sorts)
    for number in by_piece.keys() | tied.keys() | joined.keys():
        rest = by_piece.get(number, _NO_EDGES)
        pairs = tied.get(number, []), joined.get(number, []), apart.get(number, []), sided.get(number, [])
        while True:
            out: set[int] = set()
            strangers = _Strangers(pairs[0], pairs[1], told, rules)
            for members in Piece(rest, *pairs, told=told).groups(least, rules):
                strange = strangers.of(members) if told else set()
                out |= strange
                kept = [row for row in members if row not in strange]
                labels[kept] = min(kept)
            if not out:
                break
            # Reports of another type than their group are grouped again among themselves.
            again = np.zeros(count, dtype=bool)
            again[list(out)] = True
            rest = chosen(rest, again[rest[0]] & again[rest[1]])
            pairs = ([pair for pair in pairs[0] if out.issuperset(pair)], [], *pairs[2:])
    return labels


class _Strangers:
    """Tells which members of a group are of a type that is not kin to the most frequent one, with what is tied to them:
    never those that a person joined, nor those tied to another that stays, nor all of them."""

    def __init__(self, ties: Sequence[Pair], same: Sequence[Pair], told: Sequence[Told], rules: Rules) -> None:
        self._told, self._rules = told, rules
        self._held = {left for left, _ in ties} | {row for pair in same for row in pair}
        self._tied: dict[int, list[int]] = defaultdict(list)
        for left, right in ties:
            self._tied[right].append(left)

    def of(self, members: Sequence[int]) -> set[int]:
        """The strangers among the members."""
        kinds = Counter(kind for row in members if (kind := self._told[row][1]) is not None)
        if len(kinds) < 2:
            return set()
        main = max(kinds.items(), key=lambda pair: (pair[1], pair[0]))[0]
        family = self._rules.family(main)
        waiting = [row for row in members if row not in self._held and (self._told[row][1] or main) not in family]
        found: set[int] = set()
        while waiting:
            row = waiting.pop()
            if row not in found:
                found.add(row)
                waiting += self._tied.get(row, ())
        return found if len(found) < len(members) else set()


_NO_EDGES: Edges = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float64))


def _in_order(left: Ints, right: Ints, scores: NDArray[np.floating[Any]]) -> Edges:
    by = np.lexsort((scores, right, left))
    return left[by].astype(np.int64), right[by].astype(np.int64), scores[by].astype(np.float64)


def _by_piece(piece: NDArray[np.int32], edges: Edges) -> dict[int, Edges]:
    numbers = piece[edges[0]]
    by = np.argsort(numbers, kind="stable")
    bounds = np.flatnonzero(np.r_[True, np.diff(numbers[by]) != 0, True]) if len(by) else np.zeros(1, dtype=np.int64)
    parts = (by[first:stop] for first, stop in itertools.pairwise(bounds.tolist()))
    return {int(numbers[part[0]]): chosen(edges, part) for part in parts}


def _pairs_by_piece(piece: NDArray[np.int32], pairs: Sequence[Pair]) -> dict[int, list[Pair]]:
    found: dict[int, list[Pair]] = defaultdict(list)
    for left, right in pairs:
        if piece[left] == piece[right]:
            found[int(piece[left])].append((left, right))
    return found


def is_happening(group: Iterable[Entry]) -> bool:
    """Whether reports of one thing are listed as a happening.

    One with a type is, unless it is no more than a plan that nobody confirms, denies, doubts, judges or will not speak
    of. One without a type is where two articles tell of it, or a source takes a position on it other than asserting.
    """
    group = list(group)
    done = [entry for entry in group if tense_of(entry) != "plan" or entry.report.stance != "asserts"]
    if any(entry.report.type is not None for entry in done):
        return True
    return bool(done) and (
        len({entry.article for entry in group}) > 1 or any(entry.report.stance != "asserts" for entry in group)
    )


def order(entry: Entry) -> tuple[bool, str, str, int, str]:
    """Earliest published first, undated last; then by article and position. Gives an event its id."""
    day = entry.published
    return (
        day is None,
        day.isoformat() if day else "",
        entry.article,
        entry.report.trigger.start,
        entry.report.id,
    )
