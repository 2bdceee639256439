"""Puts reports together into happenings: average-link clusters of the links, overruled by people's judgements."""

import datetime as dt
import heapq
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

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

Ints = NDArray[np.int64]
Pair = tuple[int, int]
# The first and the last day, as ordinals, that a report tells, and its type.
Days = tuple[int, int]
Told = tuple[Days, str | None]
ANY_DAY: Days = (-(10**9), 10**9)


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
    reports. A report of another type than most of its group leaves it in the end. Two reports of one sentence that
    `side_by_side` parts ("seized the boat and detained its crew") keep the groups apart that they are in.
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
    left, right, scores = scored
    labels = np.arange(count, dtype=np.int64)
    touched = [*ties, *judged[0]]
    a = np.r_[left, np.array([pair[0] for pair in touched], dtype=np.int64)].astype(np.int64)
    b = np.r_[right, np.array([pair[1] for pair in touched], dtype=np.int64)].astype(np.int64)
    if not len(a):
        return labels
    graph = sparse.coo_matrix((np.ones(len(a), dtype=np.int8), (a, b)), shape=(count, count))
    _, piece = connected_components(graph, directed=False)
    edges = _by_piece(piece[left], left, right, scores)
    settled_otherwise = {frozenset(pair) for pair in touched}
    apart_now = [*judged[1], *(pair for pair in beside if frozenset(pair) not in settled_otherwise)]
    tied, joined, apart = (_pairs_by_piece(piece, pairs) for pairs in (ties, judged[0], apart_now))
    for number in edges.keys() | tied.keys() | joined.keys():
        rest = edges.get(number, [])
        pairs = tied.get(number, []), joined.get(number, []), apart.get(number, [])
        while True:
            out: set[int] = set()
            for members in _Piece(rest, *pairs).groups(least, rules, told):
                strange = _strangers(members, pairs[0], pairs[1], told, rules) if told else set()
                out |= strange
                kept = [row for row in members if row not in strange]
                labels[kept] = min(kept)
            if not out:
                break
            # Reports of another type than their group are grouped again among themselves.
            rest = [edge for edge in rest if edge[0] in out and edge[1] in out]
            pairs = ([pair for pair in pairs[0] if out.issuperset(pair)], [], pairs[2])
    return labels


def _strangers(
    members: Sequence[int], ties: Sequence[Pair], same: Sequence[Pair], told: Sequence[Told], rules: Rules
) -> set[int]:
    """The members of a type that is not kin to the most frequent one, and what is tied to them; never those that a
    person joined, nor those tied to another that stays."""
    kinds = Counter(kind for row in members if (kind := told[row][1]) is not None)
    if len(kinds) < 2:
        return set()
    main = max(kinds.items(), key=lambda pair: (pair[1], pair[0]))[0]
    held = {left for left, _ in ties} | {row for pair in same for row in pair}
    found = {row for row in members if row not in held and (told[row][1] or main) not in rules.family(main)}
    grown = True
    while grown:
        more = {left for left, right in ties if right in found} - found
        found |= more
        grown = bool(more)
    return found


Edges = Sequence[tuple[int, int, float]]


def _by_piece(piece: NDArray[np.int32], left: Ints, right: Ints, scores: NDArray[np.float32]) -> dict[int, Edges]:
    by = np.argsort(piece, kind="stable")
    bounds = np.flatnonzero(np.r_[True, np.diff(piece[by]) != 0, True]) if len(by) else np.zeros(1, dtype=np.int64)
    found: dict[int, Edges] = {}
    for first, stop in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        part = by[first:stop]
        rows = zip(left[part].tolist(), right[part].tolist(), scores[part].tolist(), strict=True)
        found[int(piece[part[0]])] = list(rows)
    return found


def _pairs_by_piece(piece: NDArray[np.int32], pairs: Sequence[Pair]) -> dict[int, list[Pair]]:
    found: dict[int, list[Pair]] = defaultdict(list)
    for left, right in pairs:
        if piece[left] == piece[right]:
            found[int(piece[left])].append((left, right))
    return found


class _Piece:
    """Rows that are connected somehow, and their groups."""

    def __init__(self, edges: Edges, ties: Iterable[Pair], same: Iterable[Pair], apart: Iterable[Pair]) -> None:
        self._edges = edges
        self._ties, self._same, self._apart = list(ties), list(same), list(apart)
        rows = {row for pair in (*self._ties, *self._same, *self._apart) for row in pair}
        rows |= {row for left, right, _ in self._edges for row in (left, right)}
        self._days = dict.fromkeys(rows, ANY_DAY)
        self._kinds: dict[int, Counter[str]] = {row: Counter() for row in rows}
        self._root = {row: row for row in rows}
        self._members = {row: [row] for row in rows}
        self._forbidden: dict[int, set[int]] = defaultdict(set)
        tied = {left for left, _ in self._ties}
        # Reports tied to another by reference say too little to vote on where both go.
        self._votes = {row: int(row not in tied) for row in rows}

    def groups(self, least: float, rules: Rules, told: Sequence[Told]) -> Iterator[list[int]]:
        """The groups of more than one row."""
        for row in self._root if told else ():
            self._days[row], kind = told[row]
            if kind is not None:
                self._kinds[row][kind] += 1
        for left, right in self._apart:
            a, b = self._find(left), self._find(right)
            self._forbidden[a].add(b)
            self._forbidden[b].add(a)
        for left, right in (*self._same, *sorted(self._ties)):
            self._join(left, right)
        self._average_link(least, rules)
        yield from (members for members in self._members.values() if len(members) > 1)

    def _find(self, row: int) -> int:
        while self._root[row] != row:
            self._root[row] = self._root[self._root[row]]
            row = self._root[row]
        return row

    def _join(self, left: int, right: int) -> Pair | None:
        """(kept root, gone root), or None when they are one already or must stay apart."""
        kept, gone = self._find(left), self._find(right)
        if kept == gone or gone in self._forbidden[kept]:
            return None
        if (len(self._members[kept]), gone) < (len(self._members[gone]), kept):
            kept, gone = gone, kept
        self._root[gone] = kept
        self._members[kept] += self._members.pop(gone)
        self._votes[kept] += self._votes.pop(gone)
        self._kinds[kept] += self._kinds.pop(gone)
        ours, theirs = self._days[kept], self._days.pop(gone)
        self._days[kept] = max(ours[0], theirs[0]), min(ours[1], theirs[1])
        for other in self._forbidden.pop(gone, set()):
            self._forbidden[other].discard(gone)
            self._forbidden[other].add(kept)
            self._forbidden[kept].add(other)
        return kept, gone

    def _fit(self, a: int, b: int, rules: Rules) -> bool:
        """Whether the days that two groups tell lie near enough, and the types that most in each have are kin."""
        ours, theirs = self._days[a], self._days[b]
        if max(ours[0] - theirs[1], theirs[0] - ours[1]) > rules.clusters["days"]:
            return False
        main = [kind for kind in (self._main(a, rules), self._main(b, rules)) if kind is not None]
        return len(main) < 2 or main[0] in rules.family(main[1])

    def _main(self, root: int, rules: Rules) -> str | None:
        """The type that most reports of a group have, if enough of them have it."""
        kind, count = max(self._kinds[root].items(), key=lambda pair: (pair[1], pair[0]), default=(None, 0))
        return kind if count >= rules.clusters["main"] * len(self._members[root]) else None

    def _average_link(self, least: float, rules: Rules) -> None:
        tied = {left for left, _ in self._ties}
        sums: dict[int, dict[int, float]] = defaultdict(dict)
        for left, right, score in sorted(self._edges):
            a, b = self._find(left), self._find(right)
            if a != b and left not in tied and right not in tied:
                sums[a][b] = sums[b][a] = sums[a].get(b, 0.0) + score

        most = rules.clusters["most"]

        def mean(a: int, b: int) -> float:
            x, y = self._votes[a], self._votes[b]
            # In a crowd not all pairs were compared: no report counts for more than `most` of the other group.
            return sums[a][b] / (min(x * y, most * min(x, y)) or 1)

        heap = [(-mean(a, b), a, b) for a in sums for b in sums[a] if a < b and mean(a, b) >= least]
        heapq.heapify(heap)
        while heap:
            value, a, b = heapq.heappop(heap)
            if a not in self._members or b not in self._members or b not in sums[a] or -value != mean(a, b):
                continue  # one of them has grown since: the pair stands in the heap again with its new mean
            joined = self._join(a, b) if self._fit(a, b, rules) else None
            if joined is None:
                continue
            kept, gone = joined
            del sums[kept][gone]
            for other, total in sums.pop(gone).items():
                if other != kept:
                    del sums[other][gone]
                    sums[kept][other] = sums[other][kept] = sums[kept].get(other, 0.0) + total
            for other in sums[kept]:
                if mean(kept, other) >= least:
                    heapq.heappush(heap, (-mean(kept, other), min(kept, other), max(kept, other)))


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
