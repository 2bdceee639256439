"""Average-link groups of rows, from the highest mean on."""

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportedly.linking.rules import Rules

Ints = NDArray[np.int64]
Pair = tuple[int, int]
# The first and the last day, as ordinals, that a report tells, and its type.
Days = tuple[int, int]
Told = tuple[Days, str | None]
ANY_DAY: Days = (-(10**9), 10**9)
# Left, right and score of links, in order.
Edges = tuple[Ints, Ints, NDArray[np.float64]]
# Pairs read at once: bounds memory.
_ROWS = 100_000


def chosen(edges: Edges, which: NDArray[Any]) -> Edges:
    """Some of the links."""
    left, right, scores = edges
    return left[which], right[which], scores[which]


def side(pairs: Sequence[Pair], number: int) -> Ints:
    """The left (0) or the right rows (1) of pairs."""
    return np.array([pair[number] for pair in pairs], dtype=np.int64)


class Piece:
    """Rows that are connected somehow, and their groups. Within, rows have numbers from 0, in their order."""

    def __init__(
        self,
        edges: Edges,
        ties: Sequence[Pair],
        same: Sequence[Pair],
        apart: Sequence[Pair],
        beside: Sequence[Pair],
        told: Sequence[Told],
    ) -> None:
        pairs = [*ties, *same, *apart, *beside]
        rows = np.unique(np.concatenate([edges[0], edges[1], side(pairs, 0), side(pairs, 1)]))
        self._rows: list[int] = rows.tolist()
        self._edges = np.searchsorted(rows, edges[0]), np.searchsorted(rows, edges[1]), edges[2]
        place = {row: number for number, row in enumerate(self._rows)} if pairs else {}
        self._ties, self._same, self._apart, parted = (
            [(place[left], place[right]) for left, right in some] for some in (ties, same, apart, beside)
        )
        self._root = list(range(len(self._rows)))
        self._members: list[list[int]] = [[number] for number in self._root]  # empty where it is no root any more
        self._forbidden: dict[int, set[int]] = defaultdict(set)
        # How many sentences tell reports of one group and of another apart.
        self._beside: dict[int, dict[int, int]] = defaultdict(dict)
        for left, right in parted:
            self._beside[left][right] = self._beside[right][left] = self._beside[left].get(right, 0) + 1
        # Reports tied to another by reference say too little to vote on where both go.
        self._votes = [1] * len(self._rows)
        for left, _ in self._ties:
            self._votes[left] = 0
        self._days = [told[row][0] for row in self._rows] if told else [ANY_DAY] * len(self._rows)
        self._dated = [int(days != ANY_DAY) for days in self._days]
        # How many have which type; never changed, since many share one.
        alone: dict[str | None, Mapping[str, int]] = {None: {}}
        kinds = (told[row][1] if told else None for row in self._rows)
        self._kinds = [alone.setdefault(kind, {kind: 1} if kind else {}) for kind in kinds]

    def groups(self, least: float, rules: Rules) -> Iterator[list[int]]:
        """The groups of more than one row."""
        for left, right in self._apart:
            a, b = self._find(left), self._find(right)
            self._forbidden[a].add(b)
            self._forbidden[b].add(a)
        for left, right in self._same:
            self._join(left, right)
        for left, right in sorted(self._ties):
            if not self._parted(self._find(left), self._find(right), rules):
                self._join(left, right)
        self._average_link(least, rules)
        for members in self._members:
            if len(members) > 1:
                yield [self._rows[number] for number in members]

    def _find(self, row: int) -> int:
        root = self._root
        while root[row] != row:
            root[row] = root[root[row]]
            row = root[row]
        return row

    def _join(self, left: int, right: int) -> Pair | None:
        """(kept root, gone root), or None when they are one already or must stay apart."""
        kept, gone = self._find(left), self._find(right)
        if kept == gone or (self._forbidden and gone in self._forbidden.get(kept, ())):
            return None
        if (len(self._members[kept]), gone) < (len(self._members[gone]), kept):
            kept, gone = gone, kept
        self._root[gone] = kept
        self._members[kept] += self._members[gone]
        self._members[gone] = []
        self._votes[kept] += self._votes[gone]
        self._kinds[kept] = _added(self._kinds[kept], self._kinds[gone])
        self._dated[kept] += self._dated[gone]
        ours, theirs = self._days[kept], self._days[gone]
        self._days[kept] = max(ours[0], theirs[0]), min(ours[1], theirs[1])
        for other in self._forbidden.pop(gone, ()):
            self._forbidden[other].discard(gone)
            self._forbidden[other].add(kept)
            self._forbidden[kept].add(other)
        for other, count in self._beside.pop(gone, {}).items():
            held = self._beside[other]
            del held[gone]
            if other != kept:
                held[kept] = self._beside[kept][other] = held.get(kept, 0) + count
        return kept, gone

    def _parted(self, a: int, b: int, rules: Rules) -> bool:
        """Whether sentences tell more of the smaller group's reports apart from the other's than slips would."""
        count = self._beside[a].get(b, 0) if a in self._beside else 0
        return count > rules.clusters["slips"] * min(len(self._members[a]), len(self._members[b]))

    def _says_when(self, root: int, rules: Rules) -> bool:
        """Whether more of a group's reports tell days than slips would: one of many may tell those of an aside."""
        return self._dated[root] > rules.clusters["slips"] * len(self._members[root])

    def _in_time(self, a: int, b: int, rules: Rules) -> bool:
        """Whether the days that two groups tell lie near enough."""
        ours, theirs = self._days[a], self._days[b]
        gap = max(ours[0] - theirs[1], theirs[0] - ours[1])
        return gap <= rules.clusters["days"] or not (self._says_when(a, rules) and self._says_when(b, rules))

    def _fit(self, a: int, b: int, rules: Rules) -> bool:
        """Whether two groups may be joined as they are now: in time, of kin types and not parted by sentences."""
        return self._in_time(a, b, rules) and self._akin(a, b, rules) and not self._parted(a, b, rules)

    def _akin(self, a: int, b: int, rules: Rules) -> bool:
        """Whether the types that most in each of two groups have are kin."""
        main = [kind for kind in (self._main(a, rules), self._main(b, rules)) if kind is not None]
        return len(main) < 2 or main[0] in rules.family(main[1])

    def _main(self, root: int, rules: Rules) -> str | None:
        """The type that most reports of a group have, if enough of them have it."""
        kind, count = max(self._kinds[root].items(), key=lambda pair: (pair[1], pair[0]), default=(None, 0))
        return kind if count >= rules.clusters["main"] * len(self._members[root]) else None

    def _average_link(self, least: float, rules: Rules) -> None:
        """Joins groups from the highest mean on.

        A mean falls where a group grows by others that have no links with the second; it stands in the queue as it
        was, is worked out again when its turn comes, and waits for its new turn. Where it may have risen it is put
        into the queue again.
        """
        sums, waiting = self._sums(least, rules)
        most, votes = int(rules.clusters["most"]), self._votes

        def pairs(x: int, y: int) -> int:
            # In a crowd not all pairs were compared: no report counts for more than `most` of the other group.
            return min(x * y, most * min(x, y)) or 1

        def wait(a: int, b: int) -> None:
            value = sums[a][b] / pairs(votes[a], votes[b])
            if value >= least:
                heapq.heappush(heap, (-value, a, b) if a < b else (-value, b, a))

        heap: list[tuple[float, int, int]] = []
        unlike: dict[int, set[int]] = defaultdict(set)  # groups that did not fit, until one of them grows
        following = next(waiting, None)
        while heap or following:
            if following and not (heap and heap[0] < following):
                (value, a, b), following = following, next(waiting, None)
            else:
                value, a, b = heapq.heappop(heap)
            total = sums[a].get(b)
            if total is None:
                continue  # one of them is gone
            now = total / pairs(votes[a], votes[b])
            if -value != now:
                if -value > now:  # else the pair stands in the queue with its higher mean
                    wait(a, b)
                continue
            if not self._fit(a, b, rules):
                unlike[a].add(b)
                unlike[b].add(a)
                continue
            before = votes[a], votes[b]
            joined = self._join(a, b)
            if joined is None:
                continue
            kept, gone = joined
            had = before[kept == b]
            ours, theirs = sums[kept], sums[gone]
            sums[gone] = {}
            del ours[gone], theirs[kept]
            for other, more in theirs.items():
                del sums[other][gone]
                held = ours.get(other, 0.0)
                ours[other] = sums[other][kept] = total = held + more
                others = votes[other]
                if total / pairs(votes[kept], others) > held / pairs(had, others):
                    wait(kept, other)
            for other in unlike.pop(kept, ()):
                unlike[other].discard(kept)
                if other in ours:
                    wait(kept, other)

    def _sums(self, least: float, rules: Rules) -> tuple[list[dict[int, float]], Iterator[tuple[float, int, int]]]:
        """The sum of scores across each two groups, both ways, and (mean below zero, a, b) of those whose mean is high
        enough, the highest first."""
        left, right, scores = self._edges
        root = np.array([self._find(row) for row in self._root], dtype=np.int64)
        tied = np.zeros(len(root), dtype=bool)
        tied[side(self._ties, 0)] = True
        a, b = np.minimum(root[left], root[right]), np.maximum(root[left], root[right])
        kept = (a != b) & ~tied[left] & ~tied[right]
        codes, where = np.unique(a[kept] * len(root) + b[kept], return_inverse=True)
        total = np.bincount(where, weights=scores[kept], minlength=len(codes)).astype(np.float64, copy=False)
        a, b = np.divmod(codes, len(root))
        votes = np.array(self._votes, dtype=np.int64)
        x, y = votes[a], votes[b]
        means = total / np.maximum(np.minimum(x * y, rules.clusters["most"] * np.minimum(x, y)), 1)
        sums: list[dict[int, float]] = [{} for _ in self._root]
        numbers = list(range(len(root)))
        for one, other, value in _rows(numbers, a, b, total):
            sums[one][other] = sums[other][one] = value
        high = np.flatnonzero(means >= least)
        high = high[np.lexsort((b[high], a[high], -means[high]))]
        queue = _rows(numbers, a[high], b[high], -means[high])
        return sums, ((value, one, other) for one, other, value in queue)


def _rows(numbers: Sequence[int], a: Ints, b: Ints, values: NDArray[np.float64]) -> Iterator[tuple[int, int, float]]:
    """The rows of three columns, some at a time: a number of them is one object, since there are many."""
    for at in range(0, len(a), _ROWS):
        piece = slice(at, at + _ROWS)
        yield from zip(
            (numbers[n] for n in a[piece].tolist()),
            (numbers[n] for n in b[piece].tolist()),
            values[piece].tolist(),
            strict=True,
        )


def _added(ours: Mapping[str, int], theirs: Mapping[str, int]) -> Mapping[str, int]:
    found = dict(ours)
    for kind, count in theirs.items():
        found[kind] = found.get(kind, 0) + count
    return found
