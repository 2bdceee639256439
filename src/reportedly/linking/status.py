"""The status of a happening by the published rule (docs/status.md), with its reason and its Admiralty digit."""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from reportedly.linking.origins import Origins, affirms, denies
from reportedly.linking.rules import Rules, load_rules
from reportedly.linking.text import name_key
from reportedly.records import Actor, Entry, Party, Status

_BODIES = ("official", "organisation")


def status_of(entries: Sequence[Entry], origins: Origins, rules: Rules | None = None) -> tuple[Status, str, int]:
    """(status, reason in plain words, credibility from 1 to 6) of the reports of one happening.

    The rows of the table in docs/status.md, from the top; the first that holds decides. What is only praised or
    condemned is spoken of, but not vouched for: it counts neither way.
    """
    rules = rules or load_rules()
    yes = [entry for entry in entries if affirms(entry)]
    no = [entry for entry in entries if denies(entry)]
    firm = [entry for entry in yes if not _hedged(entry)]
    declined = [entry for entry in entries if entry.report.stance == "declines"]
    doubted = [entry for entry in entries if entry.report.stance == "doubts"]
    doers, others = _sides(entries, rules)
    independent = len(origins)

    admitting = [e for e in firm if speaks_for(e, doers, rules)]
    if admitting and not any(speaks_for(e, [*doers, *others], rules) for e in no):
        reason = f"{_who(admitting)} said so, a party that did it"
        return "admitted", reason, 1 if independent > 1 else 2
    if yes and no:
        return "disputed", f"{_who(yes)} said so; {_who(no)} denied it", 4
    if no:
        return "denied", f"only denials: {_who(no)}", 5
    voices = _voices(firm, rules)
    if independent > 1 and len(voices) > 1:
        return "confirmed", f"{independent} independent origins: {_join(origins)}", 2 if doubted else 1
    confirming = [e for e in firm if e.report.stance == "confirms" and _is_authority(e, rules)]
    if confirming:
        return "confirmed", f"{_who(confirming)} confirmed it", 2
    if doubted and firm:
        return "unverified", f"{_who(firm)} said so; {_who(doubted)} doubted it", 4
    if declined and firm:
        return "unverified", f"{_who(firm)} said so; {_who(declined)} would not confirm or deny it", 6
    if firm:
        side = "one origin" if independent < 2 else f"{independent} origins, but one side"
        return "claimed", f"{side} only: {_who(firm)}", 3
    if yes:
        return "unverified", f"only hedged: {_who(yes)}", 4 if doubted else 6
    if declined or doubted:
        return "unverified", f"nobody vouches for it; {_who([*declined, *doubted])} were asked or doubt it", 6
    return "unverified", "it is judged, but nobody vouches for it", 6


def _hedged(entry: Entry) -> bool:
    return entry.report.certainty != "CT+" and entry.report.stance != "confirms"


def _sides(entries: Iterable[Entry], rules: Rules) -> tuple[list[Party], list[Party]]:
    """(who did it, who else is a party to it), over all reports."""
    doers: list[Party] = []
    others: list[Party] = []
    for entry in entries:
        doers += entry.report.actors
        (doers if entry.report.type in rules.symmetric else others).extend(entry.report.recipients)
    return _each_once(doers), _each_once(others)


def _each_once(parties: list[Party]) -> list[Party]:
    return list({(party.name or party.text, party.country, party.sectors): party for party in parties}.values())


def speaks_for(entry: Entry, parties: Iterable[Party], rules: Rules) -> bool:
    """Whether the source is one of the parties or an official or organ of its."""
    source, actor = entry.statement.source, entry.source_actor
    if source is None or source.kind in ("narrator", "outlet", "document", "unnamed"):
        return False
    names = [name for name in (actor.name if actor else None, source.name, source.text) if name]
    return any(_is_same(names, party) or _is_of(actor, source.kind, party, rules) for party in parties)


def _is_same(names: list[str], party: Party) -> bool:
    named = name_key(party.name or party.text)
    if not party.name and not party.country:
        return any(name_key(name) == named for name in names)  # "fighters" are not all one
    return any(name_key(name) == named or fuzz.token_sort_ratio(name_key(name), named) >= 92 for name in names)


def _is_of(actor: Actor | None, kind: str, party: Party, rules: Rules) -> bool:
    if actor is None or actor.country is None or actor.country != party.country:
        return False
    if party.sectors and party.sectors[0] not in rules.state_sectors:
        return False
    if actor.country in rules.kinds:  # the code of a kind of body: two of a kind are not one
        return fuzz.token_set_ratio(name_key(actor.name), name_key(party.name or party.text)) >= 90
    organ = bool(actor.sectors) and actor.sectors[0] in rules.state_sectors
    return organ or (kind in _BODIES and not actor.sectors)


def _is_authority(entry: Entry, rules: Rules) -> bool:
    source, actor = entry.statement.source, entry.source_actor
    if source is None or source.kind in ("narrator", "outlet", "unnamed", "document"):
        return False
    return source.kind in _BODIES or bool(actor and actor.sectors and actor.sectors[0] in rules.state_sectors)


def _voices(entries: Iterable[Entry], rules: Rules) -> set[tuple[str, str]]:
    """Who vouches: a state once, however many of its officials speak; an outlet only for what it gives no source for.

    An article that names its source for a happening and elsewhere tells the same in its own voice rests on that source.
    """
    entries = list(entries)
    attributed = {entry.article for entry in entries if not _is_own_voice(entry)}
    voices = set()
    for entry in entries:
        source, actor = entry.statement.source, entry.source_actor
        if source is None or _is_own_voice(entry):
            if entry.article not in attributed:
                voices.add(("outlet", name_key(entry.statement.relayed_by or entry.publisher or entry.article)))
        elif actor and actor.country and actor.country not in rules.kinds and _is_authority(entry, rules):
            voices.add(("state", actor.country))
        else:
            voices.add(("name", name_key((actor.name if actor else None) or source.name or source.text or source.kind)))
    return voices


def _is_own_voice(entry: Entry) -> bool:
    return entry.statement.source is None or entry.statement.is_narrator


def _who(entries: Iterable[Entry]) -> str:
    names = []
    for entry in entries:
        source = entry.statement.source
        if source is None:
            names.append("a source that is not given")
        elif source.kind == "narrator":
            names.append(entry.publisher or "the outlet itself")
        else:
            names.append(source.name or source.text or "an unnamed source")
    return _join(dict.fromkeys(names))


def _join(names: Iterable[str]) -> str:
    listed = list(names)
    if len(listed) > 4:
        listed = [*listed[:3], f"{len(listed) - 3} others"]
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}" if listed else "nobody"
