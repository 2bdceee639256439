"""From how many independent origins a happening is known. Copies and relays fold; coincidence does not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz

from reportedly.linking.clusters import order
from reportedly.linking.copies import original_of
from reportedly.linking.rules import Rules, load_rules
from reportedly.linking.text import outlet_key, words
from reportedly.records import Copy, Entry

Origins = Mapping[str, tuple[str, ...]]
_AFFIRM = ("asserts", "confirms")
# One origin's view from inside one article (or its copies): the article at the root, and the outlets it may come from.
_Node = tuple[str, tuple[str, ...]]


def affirms(entry: Entry) -> bool:
    """Whether the source says that it happened (hedged or not); a negated assertion is a denial."""
    return entry.report.stance in _AFFIRM and not entry.report.negated


def denies(entry: Entry) -> bool:
    """Whether the source says that it did not happen."""
    return entry.report.stance == "denies" or (entry.report.stance in _AFFIRM and entry.report.negated)


def origins_of(
    entries: Sequence[Entry],
    copies: Iterable[Copy] = (),
    publishers: Mapping[str, str | None] | None = None,
    rules: Rules | None = None,
) -> Origins:
    """The independent origins of a happening by name, each with the reports that rest on it.

    Only reports that assert or confirm count. A report relayed by an outlet counts for that outlet, and so does one in
    an article that credits another; else for the article's publisher, or the article itself when that is unknown.
    Copies count for their original, as do reports in the same words. Where an article credits several outlets, it adds
    no origin if one of them is known already: the count is rather too low than too high. `publishers` (by article id)
    names originals that have no report among the entries.
    """
    rules = rules or load_rules()
    originals = original_of(copies)
    counted = sorted((entry for entry in entries if affirms(entry)), key=order)
    named = {entry.article: entry.publisher for entry in counted if entry.publisher} | {
        article: name for article, name in (publishers or {}).items() if name
    }
    own = {entry.article: _own(entry, named) for entry in counted}
    nodes: dict[_Node, list[Entry]] = defaultdict(list)
    for entry in counted:
        root = originals.get(entry.article, entry.article)
        fallback = own.get(root, (named.get(root) or root,)) if root != entry.article else own[entry.article]
        nodes[root, _relay(entry) or fallback].append(entry)
    groups = _fold_same_sentences(nodes, rules)
    return _name(groups, nodes)


def _relay(entry: Entry) -> tuple[str, ...]:
    """The outlet through which this statement is had, if the article says so."""
    statement = entry.statement
    if statement.relayed_by:
        return (statement.relayed_by,)
    source = statement.source
    if source is not None and source.kind == "outlet" and (source.name or source.text):
        return (source.name or source.text or "",)
    return ()


def _own(entry: Entry, named: Mapping[str, str | None]) -> tuple[str, ...]:
    publisher = named.get(entry.article)
    credited = entry.origins
    if credited and not (publisher and outlet_key(publisher) in map(outlet_key, credited)):
        return credited
    return (publisher or entry.article,)


def _fold_same_sentences(nodes: Mapping[_Node, list[Entry]], rules: Rules) -> list[list[_Node]]:
    """Nodes of different articles joined when they print one sentence: whoever had it first, it is one origin's."""
    keys = list(nodes)
    group = {key: [key] for key in keys}
    sentences = {
        key: [
            " ".join(found)
            for entry in nodes[key]
            if len(found := words(entry.sentence)) >= rules.origins["same_sentence_words"]
        ]
        for key in keys
    }
    least = rules.origins["same_sentence_ratio"]
    for position, left in enumerate(keys):
        for right in keys[position + 1 :]:
            if group[left] is group[right] or left[0] == right[0]:
                continue
            if any(fuzz.ratio(a, b) >= least for a in sentences[left] for b in sentences[right]):
                merged = group[left] + group[right]
                for key in merged:
                    group[key] = merged
    unique = {id(found): found for found in group.values()}
    return list(unique.values())


def _name(groups: list[list[_Node]], nodes: Mapping[_Node, list[Entry]]) -> Origins:
    """Names the groups, those with one candidate first, so that a group that may rest on a known origin adds none."""
    shown: dict[str, str] = {}
    reports: dict[str, set[str]] = defaultdict(set)
    for group in sorted(groups, key=lambda g: (len({outlet_key(n) for node in g for n in node[1]}), min(g))):
        names = [name for node in group for name in node[1]]
        key = next((outlet_key(name) for name in names if outlet_key(name) in shown), outlet_key(names[0]))
        shown.setdefault(key, names[0])
        reports[key].update(entry.report.id for node in group for entry in nodes[node])
    return {shown[key]: tuple(sorted(reports[key])) for key in sorted(shown, key=lambda k: shown[k])}
