"""Which reports to compare (blocking), and the links that come of it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from reportedly.linking.rules import Rules, load_rules
from reportedly.linking.scores import PROSPECTIVE, Facts, facts_of, score
from reportedly.linking.text import name_key, words
from reportedly.records import Entry, Link, Party

# Links of reports within one article that a noun, a pronoun or a bare refusal ties to another.
REFERS = "refers_to"

Block = tuple[str, ...]


def find_links(
    entries: Iterable[Entry],
    least: float = 0.6,
    touching: Collection[str] | None = None,
    rules: Rules | None = None,
) -> list[Link]:
    """Pairs of reports that tell of one happening, with the parts of the score in `why`; by left and right id.

    `least` is settings.link_score. Stance and negation play no part: a denial is about the happening that it denies.
    Plans and conditions never link with what is reported as done; what is told as history only where both say when.
    Reports without a type link only by `refers_to`, which holds within an article whatever the types. With `touching`,
    only pairs with one of these reports: a link depends on its two reports and the rules alone, so the links of
    a growing ledger can be found piece by piece.
    """
    rules = rules or load_rules()
    entries = sorted({entry.report.id: entry for entry in entries}.values(), key=lambda e: e.report.id)
    wanted = None if touching is None else frozenset(touching)
    links = {(link.left, link.right): link for link in _referring(entries, wanted)}
    facts = [facts_of(entry, rules) for entry in entries if entry.report.type is not None]
    for left, right in _candidates(facts, wanted, rules):
        pair = left.entry.report.id, right.entry.report.id
        if pair in links:
            continue
        value, why = score(left, right, rules)
        if value >= least:
            why = {part: round(share, 3) for part, share in why.items()}
            links[pair] = Link(left=pair[0], right=pair[1], score=value, why=why)
    return [links[pair] for pair in sorted(links)]


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
    """Pairs that share a block and whose times can meet, each once, left id before right, as `facts` are ordered."""
    blocks: dict[Block, list[int]] = defaultdict(list)
    for number, fact in enumerate(facts):
        for key in _blocks(fact, rules):
            blocks[key].append(number)
    spans = [_possible(fact, rules) for fact in facts]
    new = None if wanted is None else {n for n, fact in enumerate(facts) if fact.entry.report.id in wanted}
    count = len(facts)
    done: set[int] = set()
    for members in blocks.values():
        for a, b in _near_in_time(members, spans, rules):
            if new is not None and a not in new and b not in new:
                continue
            key_of_pair = min(a, b) * count + max(a, b)
            if key_of_pair not in done:
                done.add(key_of_pair)
                yield facts[min(a, b)], facts[max(a, b)]


def _blocks(fact: Facts, rules: Rules) -> set[Block]:
    """The blocks of a report: its type and two things that it says. Pairs that share one alone cannot reach a score.

    With the weights of linking.toml one party in common, the same day, and nothing else known or shared comes to 0.59.
    """
    tense = "plan" if fact.entry.report.modality in PROSPECTIVE else "fact"
    place = fact.entry.report.place
    parties = [_party_keys(party, rules) for party in (*fact.actors, *fact.recipients)]
    named = {f"party {key}" for keys in parties for key in keys}
    where = set()
    if place is not None:
        where = {
            f"place {name_key(place.name or place.text)}",
            *([f"country {place.country}"] if place.country else []),
        }
    said = {f"word {word}" for word in fact.words}
    pairs = {(a, b) for a in named for b in where | said} | {(a, b) for a in where for b in said}
    for number, left in enumerate(parties):
        for right in parties[number + 1 :]:
            pairs.update((f"party {min(a, b)}", f"party {max(a, b)}") for a in left for b in right)
    if len(fact.words) >= rules.words["same_sentence_least"]:
        # Printed again word for word, whatever was resolved: the longest words stand for the sentence.
        pairs.update(("sentence", word) for word in sorted(fact.words, key=lambda w: (-len(w), w))[:2])
    return {(tense, kind, *pair) for kind in _families(fact, rules) for pair in pairs}


def _families(fact: Facts, rules: Rules) -> list[str]:
    """The pairs of kin types that the type is in, and the type itself: two kin types meet in their pair's block."""
    kind = fact.type or ""
    return [kind, *("+".join(sorted(pair)) for pair in rules.kin if kind in pair)]


def _party_keys(party: Party, rules: Rules) -> set[str]:
    name = name_key(party.name or party.text)
    keys = {name}
    if party.country and party.country not in rules.kinds:
        keys.add(party.country)
    elif party.name is None:
        # An actor that is not coded meets others that share its last word ("ISIS militants", "local militants").
        keys.update(words(name)[-1:])
    return keys


def _near_in_time(members: list[int], spans: list[Span | None], rules: Rules) -> Iterator[tuple[int, int]]:
    """Pairs whose spans of possible days come within the window of each other; undated reports meet all."""
    window = dt.timedelta(days=rules.time["window"])
    undated = [number for number in members if spans[number] is None]
    dated = sorted((span, number) for number in members if (span := spans[number]) is not None)
    near: list[tuple[dt.date, int]] = []
    for (first, last), number in dated:
        near = [held for held in near if held[0] >= first]
        for _, earlier in near:
            yield earlier, number
        # The last day on which a later report can begin and still meet this one.
        near.append((min(last, dt.date.max - window) + window, number))
    for position, number in enumerate(undated):
        for other in undated[position + 1 :]:
            yield number, other
        for _, other in dated:
            yield number, other


def _possible(fact: Facts, rules: Rules) -> Span | None:
    """The days on which it may have happened, wide enough that no pair worth a score is missed."""
    if fact.first or fact.last:
        first, last = fact.first or fact.last, fact.last or fact.day or fact.first
        return (first, max(first, last)) if first and last else None
    if fact.day is None:
        return None
    back = dt.timedelta(days=rules.time["published_days"][-1])
    ahead = back if fact.entry.report.modality in PROSPECTIVE else dt.timedelta(days=1)
    return fact.day - back, fact.day + ahead
