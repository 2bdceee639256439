"""Which statement stands inside which: "A said that B denied …"."""

import bisect
import dataclasses
import itertools
from collections.abc import Sequence

from reportedly.records import Statement


def nest(statements: list[Statement]) -> list[Statement]:
    """With `within`: the smallest statement whose content holds this one's cue.

    What an outlet is said to report ("officials confirmed that …, The New York Times reports") is relayed by it.
    """
    contents = _Contents(statements)
    holders = {statement.id: contents.holder(statement) for statement in statements}
    _open_circles(statements, holders)
    out = []
    for statement in statements:
        outer = holders[statement.id]
        if outer is None:
            out.append(dataclasses.replace(statement, within=None))
            continue
        relayed = statement.relayed_by
        if relayed is None and outer.source is not None and outer.source.kind == "outlet" and outer.source.text:
            relayed = " ".join(outer.source.text.split())
        out.append(dataclasses.replace(statement, within=outer.id, relayed_by=relayed))
    return out


def _open_circles(statements: Sequence[Statement], holders: dict[str, Statement | None]) -> None:
    """Two statements can hold each other's cues ("It was reportedly lost, X said"): the one with a source is outer."""
    for statement in statements:
        ring = [statement]
        while (outer := holders[ring[-1].id]) is not None and outer.id not in {one.id for one in ring}:
            ring.append(outer)
        if outer is not None:
            ring = ring[[one.id for one in ring].index(outer.id) :]
            holders[max(ring, key=lambda one: (one.source is not None, _size(one))).id] = None


def _size(statement: Statement) -> int:
    return sum(span.end - span.start for span in statement.content)


class _Contents:
    """The content spans of all statements by their start, to find those around a position without trying each."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        spans = [(span.start, span.end, one) for one in statements for span in one.content]
        self._spans = sorted(spans, key=lambda held: held[:2])
        self._starts = [start for start, _, _ in self._spans]
        # The furthest end of a span and all before it: where it is passed, none of them reaches further.
        self._reach = list(itertools.accumulate((end for _, end, _ in self._spans), max))

    def holder(self, statement: Statement) -> Statement | None:
        """The statement with the smallest span that holds the cue of this one."""
        assert statement.cue is not None
        start, end = statement.cue.start, statement.cue.end
        best, best_size = None, 0
        at = bisect.bisect_right(self._starts, start) - 1
        while at >= 0 and self._reach[at] >= end:
            first, stop, other = self._spans[at]
            if stop >= end and other is not statement and (best is None or stop - first <= best_size):
                best, best_size = other, stop - first
            at -= 1
        return best
