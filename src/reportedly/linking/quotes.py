"""The same quotation in two articles: whoever prints it, it is one utterance, and its reports tell of one happening."""

from collections import defaultdict
from collections.abc import Iterator

from reportedly.linking.facts import Facts
from reportedly.linking.rules import Rules
from reportedly.linking.text import name_key, words
from reportedly.records import Statement

_Run = tuple[str, ...]


def same_quotes(facts: list[Facts], rules: Rules) -> Iterator[tuple[Facts, Facts]]:
    """Pairs of reports of different articles that stand in one quotation, each once, in the order of `facts`.

    Where two statements share a quotation, a report is paired with the one of the same type or the same words.
    """
    made: dict[str, list[int]] = defaultdict(list)
    for number, fact in enumerate(facts):
        if fact.entry.statement.quote != "indirect" and not fact.entry.statement.is_narrator:
            made[fact.entry.statement.id].append(number)
    holders: dict[_Run, list[str]] = defaultdict(list)
    for said, numbers in made.items():
        for run in _runs(facts[numbers[0]].entry.statement, rules.words["same_quote"]):
            holders[run].append(said)
    done: set[tuple[int, int]] = set()
    for holding in holders.values():
        # A quotation that many print is followed from each to the next ones: the links still hold all together.
        for position, left in enumerate(holding):
            for right in holding[position + 1 : position + 1 + rules.blocks["near"]]:
                done.update(_alike(facts, made[left], made[right]))
    yield from ((facts[a], facts[b]) for a, b in sorted(done))


def _runs(said: Statement, length: int) -> set[_Run]:
    """Every so many words in a row of what is quoted."""
    found: set[_Run] = set()
    for span in said.content:
        quoted = words(span.text)
        found.update(zip(*(quoted[shift:] for shift in range(length)), strict=False))
    return found


def _alike(facts: list[Facts], left: list[int], right: list[int]) -> Iterator[tuple[int, int]]:
    for a in left:
        for b in right:
            one, other = facts[a], facts[b]
            if one.article == other.article:
                continue
            worded = name_key(one.trigger) == name_key(other.trigger)
            if worded or (one.type is not None and one.type == other.type and len(left) == len(right) == 1):
                yield min(a, b), max(a, b)
