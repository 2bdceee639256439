"""Puts reports together into happenings: average-link clusters of the links, overruled by people's judgements."""

import heapq
from collections import defaultdict
from collections.abc import Iterable

from reportedly.linking.facts import all_facts, tense_of
from reportedly.linking.pairs import REFERS
from reportedly.linking.rules import Rules, load_rules
from reportedly.linking.scores import score
from reportedly.records import Entry, Judgement, Link

# Of a group so many reports are compared with those of another: events of a thousand reports stay affordable.
_MOST = 5


def settled(judgements: Iterable[Judgement]) -> dict[tuple[str, str], Judgement]:
    """The judgement in force for each pair (ids in order), newest last; a later one replaces, None takes back."""
    found: dict[tuple[str, str], Judgement] = {}
    for judgement in sorted(judgements, key=lambda j: j.at):
        pair = (min(judgement.left, judgement.right), max(judgement.left, judgement.right))
        found.pop(pair, None)
        found[pair] = judgement
    return {pair: judgement for pair, judgement in found.items() if judgement.same is not None}


class _Groups:
    """Groups of report ids with what may not be joined; kept by root (union by size)."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.root = {i: i for i in ids}
        self.members: dict[str, list[str]] = {i: [i] for i in self.root}
        self.apart: dict[str, set[str]] = defaultdict(set)

    def find(self, member: str) -> str:
        while self.root[member] != member:
            self.root[member] = self.root[self.root[member]]
            member = self.root[member]
        return member

    def forbid(self, left: str, right: str) -> None:
        a, b = self.find(left), self.find(right)
        self.apart[a].add(b)
        self.apart[b].add(a)

    def join(self, left: str, right: str) -> tuple[str, str] | None:
        """(kept root, gone root), or None when they are one already or must stay apart."""
        kept, gone = self.find(left), self.find(right)
        if kept == gone or gone in self.apart[kept]:
            return None
        if (len(self.members[kept]), gone) < (len(self.members[gone]), kept):
            kept, gone = gone, kept
        self.root[gone] = kept
        self.members[kept] += self.members.pop(gone)
        for other in self.apart.pop(gone, set()):
            self.apart[other].discard(gone)
            self.apart[other].add(kept)
            self.apart[kept].add(other)
        return kept, gone


def cluster(
    entries: Iterable[Entry],
    links: Iterable[Link],
    judgements: Iterable[Judgement] = (),
    rules: Rules | None = None,
) -> list[list[Entry]]:
    """The entries as groups of one happening each: every entry in exactly one, in a fixed order.

    First what a person judged: different is never joined, same always is (where two judgements clash, different wins,
    and the newer same before the older). Then what refers to another report of its article goes where that goes. The
    rest is joined from the highest mean score down, as long as the mean over all pairs across two groups, pairs without
    a link counting 0, is at least `mean` of the rules: reports are not joined by a chain.
    """
    rules = rules or load_rules()
    by_id = {entry.report.id: entry for entry in entries}
    links = [link for link in links if link.left in by_id and link.right in by_id and link.left != link.right]
    groups = _Groups(sorted(by_id))
    _apply_judgements(groups, judgements)
    ties = [link for link in links if REFERS in link.why]
    for link in sorted(ties, key=lambda link: (link.left, link.right)):
        groups.join(link.left, link.right)
    core = _core(by_id, ties)
    others = [link for link in links if REFERS not in link.why]
    _average_link(groups, _Scores(by_id.values(), others, core, rules), core, rules.mean)
    found = [sorted((by_id[i] for i in ids), key=order) for ids in groups.members.values()]
    return sorted(found, key=lambda group: order(group[0]))


def is_happening(group: Iterable[Entry]) -> bool:
    """Whether reports of one thing tell of a happening: it has a type, and it is more than a plan.

    What nobody reports as done counts only where somebody confirms, denies, doubts, judges or will not speak of it.
    """
    typed = [entry for entry in group if entry.report.type is not None]
    return any(tense_of(entry) != "plan" or entry.report.stance != "asserts" for entry in typed)


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


def _apply_judgements(groups: _Groups, judgements: Iterable[Judgement]) -> None:
    decided = settled(judgements)
    known = [(pair, j) for pair, j in decided.items() if set(pair) <= groups.root.keys() and pair[0] != pair[1]]
    for (left, right), judgement in known:
        if not judgement.same:
            groups.forbid(left, right)
    for (left, right), judgement in reversed(known):
        if judgement.same:
            groups.join(left, right)


def _core(by_id: dict[str, Entry], ties: list[Link]) -> set[str]:
    """The reports that stand on their own: those tied to another by reference say too little to vote."""
    tied = {link.left for link in ties} | {link.right for link in ties}
    return {i for i, entry in by_id.items() if i not in tied or entry.report.refers_to is None}


def _average_link(groups: _Groups, scores: "_Scores", core: set[str], least: float) -> None:
    members = {root: [i for i in ids if i in core] for root, ids in groups.members.items()}
    sums: dict[str, dict[str, float]] = defaultdict(dict)
    for left, right in scores.linked:
        a, b = groups.find(left), groups.find(right)
        if a != b and b not in sums[a]:
            sums[a][b] = sums[b][a] = scores.between(members[a], members[b])

    def mean(a: str, b: str) -> float:
        return sums[a][b] / (len(members[a]) * len(members[b]) or 1)

    heap = [(-mean(a, b), a, b) for a in sums for b in sums[a] if a < b]
    heapq.heapify(heap)
    while heap:
        value, a, b = heapq.heappop(heap)
        if -value < least:
            return
        if groups.root[a] != a or groups.root[b] != b or b not in sums[a] or -value != mean(a, b):
            continue  # one of them has grown since: the pair stands in the heap again with its new mean
        joined = groups.join(a, b)
        if joined is None:
            continue
        kept, gone = joined
        before, added = members[kept], members.pop(gone)
        members[kept] = before + added
        del sums[kept][gone]
        theirs = sums.pop(gone)
        for other in sorted((theirs.keys() | sums[kept].keys()) - {kept}):
            # A group that only one of the two has a link with is now compared with both.
            total = theirs[other] if other in theirs else scores.between(added, members[other])
            total += sums[kept][other] if other in sums[kept] else scores.between(before, members[other])
            sums[other].pop(gone, None)
            sums[kept][other] = sums[other][kept] = total
            first, second = min(kept, other), max(kept, other)
            heapq.heappush(heap, (-mean(first, second), first, second))


def _spread(members: list[str]) -> list[str]:
    """Not more than _MOST of them, evenly spread."""
    step = -(-len(members) // _MOST) or 1
    return members[::step]


class _Scores:
    """The score of any two reports: that of their link, else what comparing them gives."""

    def __init__(self, entries: Iterable[Entry], links: list[Link], core: set[str], rules: Rules) -> None:
        self._rules = rules
        self._known = {(link.left, link.right): link.score for link in links if {link.left, link.right} <= core}
        self._facts = {fact.id: fact for fact in all_facts(entries, rules)} if self._known else {}
        self.linked = sorted(self._known)

    def between(self, left: list[str], right: list[str]) -> float:
        """The sum over all pairs across two groups; of large groups, estimated from some members of each."""
        some, others = _spread(left), _spread(right)
        total = sum(self.of(a, b) for a in some for b in others)
        return total * (len(left) * len(right)) / (len(some) * len(others) or 1)

    def of(self, left: str, right: str) -> float:
        """From 0 to 1."""
        pair = (left, right) if left < right else (right, left)
        if pair not in self._known:
            self._known[pair] = score(self._facts[pair[0]], self._facts[pair[1]], self._rules)[0]
        return self._known[pair]
