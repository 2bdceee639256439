"""Which reports to compare (blocking), and the links that come of it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from reportedly.linking.facts import Facts, all_facts
from reportedly.linking.parties import Who
from reportedly.linking.quotes import same_quotes
from reportedly.linking.rules import Rules, load_rules
from reportedly.linking.scores import score
from reportedly.linking.text import name_key
from reportedly.records import Entry, Link

# Links of reports within one article that a noun, a pronoun or a bare refusal ties to another.
REFERS = "refers_to"
SAME_QUOTE = "same_quote"

Key = tuple[str, str]


def find_links(
    entries: Iterable[Entry],
    least: float = 0.6,
    touching: Collection[str] | None = None,
    rules: Rules | None = None,
) -> list[Link]:
    """Pairs of reports that tell of one happening, with the parts of the score in `why`; by left and right id.

    `least` is settings.link_score. Stance and negation play no part: a denial is about the happening that it denies.
    Plans and conditions never link with what is reported as done, but who confirms, denies or will not say whether
    something was done speaks of the deed; what is told as history links only where both say when.
    Reports without a type link only by `refers_to`, which holds within an article whatever the types, and by standing
    in the same quotation. With `touching`, only pairs with one of these reports. Reports are compared with the rest of
    their articles in view: an article's reports are given all or none.
    """
    rules = rules or load_rules()
    entries = sorted({entry.report.id: entry for entry in entries}.values(), key=lambda e: e.report.id)
    wanted = None if touching is None else frozenset(touching)
    links = {(link.left, link.right): link for link in _referring(entries, wanted)}
    facts = all_facts(entries, rules)
    for left, right in same_quotes(facts, rules):
        if (left.id, right.id) not in links and (wanted is None or left.id in wanted or right.id in wanted):
            _, why = score(left, right, rules)
            links[left.id, right.id] = _link(left, right, rules.words["same_quote_score"], {**why, SAME_QUOTE: 1.0})
    for left, right in _candidates([fact for fact in facts if fact.type is not None], wanted, rules):
        if (left.id, right.id) not in links:
            value, why = score(left, right, rules)
            if value >= least:
                links[left.id, right.id] = _link(left, right, value, why)
    return [links[pair] for pair in sorted(links)]


def _link(left: Facts, right: Facts, value: float, why: dict[str, float]) -> Link:
    parts = {part: round(share, 3) for part, share in why.items()}
    return Link(left=left.id, right=right.id, score=value, why=parts)


def _referring(entries: list[Entry], wanted: frozenset[str] | None) -> Iterator[Link]:
    there = {entry.report.id for entry in entries}
    for entry in entries:
        target = entry.report.refers_to
        if target is None or target not in there:
            continue
        left, right = sorted((entry.report.id, target))
        if wanted is None or left in wanted or right in wanted:
            yield Link(left=left, right=right, score=1.0, why={REFERS: 1.0})


Span = tuple[dt.date, dt.date]


def _candidates(facts: list[Facts], wanted: frozenset[str] | None, rules: Rules) -> Iterator[tuple[Facts, Facts]]:
    """Pairs that share two keys and whose times can meet, each once, left id before right, as `facts` are ordered."""
    keys = [_keys(fact, rules) for fact in facts]
    spans = [_possible(fact, rules) for fact in facts]
    blocks: dict[tuple[str, str, Key], list[int]] = defaultdict(list)
    for number in sorted(range(len(facts)), key=lambda n: (spans[n] or (dt.date.max,), n)):
        tense = "plan" if facts[number].tense == "plan" else "fact"
        for kind in _families(facts[number], rules):
            for key in keys[number]:
                blocks[tense, kind, key].append(number)
    new = None if wanted is None else {n for n, fact in enumerate(facts) if fact.id in wanted}
    window = dt.timedelta(days=rules.time["window"])
    ends = [None if span is None else min(span[1], dt.date.max - window) + window for span in spans]
    count = len(facts)
    done: set[int] = set()
    for members in blocks.values():
        reach = len(members) if len(members) <= rules.blocks["whole"] else rules.blocks["near"]
        for position, a in enumerate(members):
            end = ends[a]
            for b in members[position + 1 : position + 1 + reach]:
                start = spans[b]
                if end is not None and start is not None and start[0] > end:
                    break  # members come in the order of their first days
                pair = a * count + b if a < b else b * count + a
                if pair in done or (new is not None and a not in new and b not in new):
                    continue
                done.add(pair)
                if len(keys[a] & keys[b]) > 1:
                    yield (facts[a], facts[b]) if a < b else (facts[b], facts[a])


def _keys(fact: Facts, rules: Rules) -> frozenset[Key]:
    """The things that a report says. Pairs that share one alone cannot reach a score."""
    keys = {("party", key) for party in (*fact.actors, *fact.recipients) for key in _party_keys(party, rules)}
    keys.update(("word", word) for word in fact.words)
    if fact.place is not None:
        keys.add(("place", name_key(fact.place.name or fact.place.text)))
        if fact.place.country:
            keys.add(("country", fact.place.country))
    return frozenset(keys)


def _families(fact: Facts, rules: Rules) -> list[str]:
    """The pairs of kin types that the type is in, and the type itself: two kin types meet in their pair's block."""
    kind = fact.type or ""
    return [kind, *("+".join(sorted(pair)) for pair in rules.kin if kind in pair)]


def _party_keys(party: Who, rules: Rules) -> set[str]:
    keys = {party.key}
    if party.country and party.country not in rules.kinds:
        keys.add(party.country)
    if not party.proper or not party.country:
        keys.add(party.head)
    return keys


def _possible(fact: Facts, rules: Rules) -> Span | None:
    """The days on which it may have happened, wide enough that no pair worth a score is missed."""
    if fact.first or fact.last:
        first, last = fact.first or fact.last, fact.last or fact.day or fact.first
        return (first, max(first, last)) if first and last else None
    if fact.day is None:
        return None
    back = dt.timedelta(days=rules.time["published_days"][-1])
    ahead = back if fact.tense == "plan" else dt.timedelta(days=1)
    return fact.day - back, fact.day + ahead
