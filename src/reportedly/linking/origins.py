"""From how many independent origins a happening is known. Copies and relays fold; coincidence does not."""

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.directory import outlet_names, site_outlet
from reportedly.linking.clusters import order
from reportedly.linking.originals import originals_of_reports
from reportedly.linking.rules import Rules, load_rules
from reportedly.linking.sentences import same_sentences
from reportedly.linking.text import outlet_key, words
from reportedly.records import Copy, Entry

Origins = Mapping[str, tuple[str, ...]]
_AFFIRM = ("asserts", "confirms")
_ARTICLES = frozenset({"a", "an", "the", "s"})
_NAMED_SOURCES = ("outlet", "document", "organisation")


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """Reports of one article, or of copies of it, that rest on one of `names`; `how` the first of them is had.

    `article` is the original. Several names stand where the article credits several and says not which.
    """

    article: str
    names: tuple[str, ...]
    how: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Traced:
    """The claims on a happening, those that print one sentence, the origins, and the publishers known by article."""

    claims: tuple[Claim, ...]
    same: tuple[tuple[Claim, Claim], ...]
    origins: Origins
    publishers: Mapping[str, str]


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
    """The independent origins of a happening by name, each with the reports that rest on it: see `trace`."""
    return trace(entries, copies, publishers, rules).origins


def trace(
    entries: Sequence[Entry],
    copies: Iterable[Copy] = (),
    publishers: Mapping[str, str | None] | None = None,
    rules: Rules | None = None,
) -> Traced:
    """Follows every report that asserts or confirms to where it comes from.

    A report relayed by an outlet counts for that outlet, and so does one in an article that credits another; else for
    the article's publisher, or the article itself when that is unknown. Where the outlet's own articles on the
    happening all credit others, it counts for those: chains are followed to their end, and a circle counts for the
    first of its names. Copies count for their original, and so do reports in sentences taken from another article or
    in the same words. Where an article credits
    several outlets, it adds no origin if one of them is known already: the count is rather too low than too high.
    `publishers` (by article id) names originals that have no report among the entries.
    """
    rules = rules or load_rules()
    counted = sorted((entry for entry in entries if affirms(entry)), key=order)
    named = _inferred(counted) | {entry.article: entry.publisher for entry in counted if entry.publisher}
    named |= {article: name for article, name in (publishers or {}).items() if name}
    claims = _claims(counted, originals_of_reports(counted, copies), named)
    chains = _Chains(claims, named)
    roots = {claim: chains.ends(claim.names) for claim in claims}
    same = _same_sentences(claims, rules)
    spelled = _spellings(claims, named)
    return Traced(tuple(claims), tuple(same), _count(claims, roots, same, spelled), named)


@functools.lru_cache(maxsize=4096)
def _known(name: str) -> str | None:
    """The canonical name of a known outlet, also by its people and its services: "CNN's Ana Hill", "BBC Hausa"."""
    known = outlet_names()
    bare = re.sub(r"^[Tt]he\s+", "", name)
    its = re.split(r"['’]s\s", bare, maxsplit=1)[0]
    first = bare.split(" ", maxsplit=1)[0]
    return (
        known.get(name)
        or site_outlet(name)
        or known.get(bare)
        or known.get(its)
        or (known.get(first) if first.isupper() else None)
    )


@functools.lru_cache(maxsize=4096)
def origin_key(name: str) -> str:
    """A name for comparison: all names of one outlet have one key."""
    return outlet_key(_known(name) or name)


def _inferred(counted: Iterable[Entry]) -> dict[str, str]:
    """By article without a publisher: the only outlet that is told things in it and is not credited, so its own."""
    told: dict[str, dict[str, str]] = defaultdict(dict)
    for entry in counted:
        name = entry.statement.relayed_by
        if entry.publisher or not name or _as_credited(name, entry, outlet=True) != (name,):
            continue
        if origin_key(name) not in map(origin_key, entry.origins):
            told[entry.article].setdefault(origin_key(name), name)
    return {article: next(iter(names.values())) for article, names in told.items() if len(names) == 1}


def _claims(counted: Sequence[Entry], originals: Mapping[str, str], named: Mapping[str, str]) -> list[Claim]:
    """`originals`: by report, the article whose text it is, where that is another."""
    own: dict[str, tuple[tuple[str, ...], str]] = {}
    for entry in counted:
        own.setdefault(entry.article, _own(entry, named))
    held: dict[tuple[str, tuple[str, ...], str], list[Entry]] = defaultdict(list)
    for entry in counted:
        root = originals.get(entry.report.id, entry.article)
        names, how = _relay(entry), "relayed by"
        if not names:
            names, how = own.get(root) or ((named.get(root) or root,), "published by")
        held[root, names, how].append(entry)
    return [Claim(root, names, how, tuple(some)) for (root, names, how), some in held.items()]


def _relay(entry: Entry) -> tuple[str, ...]:
    """The outlet through which a statement is had, if the article says so; a credited document or body that speaks."""
    statement = entry.statement
    source = statement.source
    if statement.relayed_by:
        return _as_credited(statement.relayed_by, entry, outlet=True)
    if source is None or source.kind not in _NAMED_SOURCES or not (source.name or source.text):
        return ()
    return _as_credited(source.name or source.text or "", entry, outlet=source.kind == "outlet")


def _as_credited(name: str, entry: Entry, outlet: bool) -> tuple[str, ...]:
    """The article's own name for whom it credits here; none for a platform, and for an outlet without a name."""
    key = origin_key(name)
    for credited in entry.origins:
        if origin_key(credited) == key:
            return (credited,)
    said = _telling_words(name)
    for credited in entry.origins:
        its = _telling_words(credited)
        if said and its and (said <= its or its <= said):
            return (credited,)
    named = outlet and any(word[:1].isupper() for word in name.split())
    return (name,) if named and name not in load_rules().platforms else ()


@functools.lru_cache(maxsize=4096)
def _telling_words(name: str) -> frozenset[str]:
    return frozenset(words(name.replace("-", " "))) - _ARTICLES


def _own(entry: Entry, named: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    """(names, how) of what an article says without naming who relays it."""
    publisher = named.get(entry.article)
    credited = entry.origins
    if credited and not (publisher and origin_key(publisher) in map(origin_key, credited)):
        return credited, "credits"
    return (publisher or entry.article,), "published by"


class _Chains:
    """Whom the outlets credit in their own articles on the happening."""

    def __init__(self, claims: Iterable[Claim], named: Mapping[str, str]) -> None:
        self._further: dict[str, tuple[str, ...]] = {}
        standing: set[str] = set()
        for claim in claims:
            publisher = named.get(claim.article)
            if publisher is None:
                continue
            key = origin_key(publisher)
            if any(origin_key(name) == key for name in claim.names):
                standing.add(key)
            self._further[key] = tuple(dict.fromkeys((*self._further.get(key, ()), *claim.names)))
        for key in standing:
            self._further.pop(key, None)

    def ends(self, names: Iterable[str]) -> tuple[str, ...]:
        """What names come down to, in order, each key once."""
        found: dict[str, str] = {}
        for name in names:
            for end in self._follow(name, ()):
                found.setdefault(origin_key(end), end)
        return tuple(found.values())

    def _follow(self, name: str, path: tuple[str, ...]) -> tuple[str, ...]:
        keys = [origin_key(step) for step in path]
        key = origin_key(name)
        if key in keys:
            return (min(path[keys.index(key) :], key=origin_key),)
        further = self._further.get(key)
        if further is None:
            return (name,)
        return tuple(end for step in further for end in self._follow(step, (*path, name)))


def _same_sentences(claims: Sequence[Claim], rules: Rules) -> list[tuple[Claim, Claim]]:
    """Claims of different articles that print one sentence: whoever had it first, it is one origin's."""
    sentences = {
        number: [
            " ".join(found)
            for entry in claim.entries
            if len(found := words(entry.sentence)) >= rules.origins["same_sentence_words"]
        ]
        for number, claim in enumerate(claims)
    }
    articles = {number: claim.article for number, claim in enumerate(claims)}
    pairs = same_sentences(sentences, rules.origins["same_sentence_ratio"], articles)
    return [(claims[left], claims[right]) for left, right in pairs]


def _spellings(claims: Iterable[Claim], named: Mapping[str, str]) -> dict[str, str]:
    """How each name is shown: as the articles' own publishers write it, else as it is first credited."""
    found: dict[str, str] = {}
    articles = [claim.article for claim in claims]
    for name in sorted(named[article] for article in articles if article in named):
        found.setdefault(origin_key(name), name)
    return found


def _count(
    claims: Sequence[Claim],
    roots: Mapping[Claim, tuple[str, ...]],
    same: Iterable[tuple[Claim, Claim]],
    spelled: dict[str, str],
) -> Origins:
    """Names the groups, those with one candidate first, so that a group that may rest on a known origin adds none."""
    group: dict[Claim, list[Claim]] = {claim: [claim] for claim in claims}
    for left, right in same:
        kept, gone = sorted((group[left], group[right]), key=len, reverse=True)
        if kept is not gone:
            kept.extend(gone)
            group.update(dict.fromkeys(gone, kept))
    unique = {id(found): found for found in group.values()}

    def names_of(found: list[Claim]) -> list[str]:
        some = sorted(found, key=lambda claim: (claim.article, claim.names))
        return list(dict.fromkeys(name for claim in some for name in roots[claim]))

    shown: dict[str, str] = {}
    reports: dict[str, set[str]] = defaultdict(set)
    named = [(names_of(found), found) for found in unique.values()]
    for names, found in sorted(named, key=lambda pair: (len({*map(origin_key, pair[0])}), pair[0])):
        key = next((origin_key(name) for name in names if origin_key(name) in shown), origin_key(names[0]))
        shown.setdefault(key, spelled.get(key) or next(_known(n) or n for n in names if origin_key(n) == key))
        reports[key].update(entry.report.id for claim in found for entry in claim.entries)
    return {shown[key]: tuple(sorted(reports[key])) for key in sorted(shown, key=lambda k: shown[k])}
