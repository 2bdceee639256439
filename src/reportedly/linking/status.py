"""The status of a happening by the published rule (docs/status.md), with its reason and its Admiralty digit."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.linking.lastwords import Side, fold_copies, gone_since, side_of, turns
from reportedly.linking.origins import Origins
from reportedly.linking.rules import Rules, load_rules
from reportedly.linking.speakers import (
    Voice,
    can_act,
    is_authority,
    is_one_of,
    shown_source,
    speaks_for,
    voice_of,
)
from reportedly.linking.text import name_key
from reportedly.records import Entry, Party, Status

Verdict = tuple[Status, str, int]


@dataclass(frozen=True, slots=True)
class Word:
    """A report as the rule weighs it. `origin`: the name of the origin that it rests on, where it says so; `admits`:
    whether it tells of its source's own deed, None where it names no doer."""

    entry: Entry
    side: Side
    firm: bool
    voice: Voice
    origin: str
    admits: bool | None


def status_of(
    entries: Sequence[Entry],
    origins: Origins,
    rules: Rules | None = None,
    originals: Mapping[str, str] | None = None,
) -> Verdict:
    """(status, reason in plain words, credibility from 1 to 6) of the reports of one happening.

    The rows of the table in docs/status.md, from the top; the first that holds decides. What a source has taken back,
    and what a copy has from its original (`originals`, by article), does not count.
    """
    rules = rules or load_rules()
    counted = fold_copies(entries, originals or {})
    gone = gone_since(turns(counted))
    words = weigh(counted, origins, rules)
    return decide([word for word in words if word.entry.report.id not in gone], rules)


def weigh(entries: Iterable[Entry], origins: Origins, rules: Rules) -> list[Word]:
    """The reports as the rule weighs them, without denials that are older than the happening: they are of another."""
    entries = list(entries)
    rests_on = {report: name for name, reports in origins.items() for report in reports}
    sides = [side_of(entry) for entry in entries]
    begun = _begun(entry for entry, side in zip(entries, sides, strict=True) if side == "yes")
    words = []
    for entry, side in zip(entries, sides, strict=True):
        if side == "no" and begun and entry.day and entry.day < begun:
            continue
        firm = side == "yes" and (entry.report.certainty == "CT+" or entry.report.stance == "confirms")
        origin = rests_on.get(entry.report.id) or entry.publisher or entry.article
        admits = _admits(entry, rules) if firm else False
        words.append(Word(entry, side, firm, voice_of(entry, rules), origin, admits))
    return words


def _begun(told: Iterable[Entry]) -> dt.date | None:
    """A day before the first on which the happening can have begun; None where it is a plan or nobody says when."""
    told = [entry for entry in told if entry.report.time and entry.report.time.first]
    if any(entry.report.modality != "actual" for entry in told):
        return None
    firsts = [entry.report.time.first for entry in told if entry.report.time and entry.report.time.first]
    return min(firsts) - dt.timedelta(days=1) if firsts else None


def decide(words: Sequence[Word], rules: Rules) -> Verdict:
    """The first row of the table that holds."""
    yes = [word for word in words if word.side == "yes"]
    firm = [word for word in yes if word.firm]
    no = [word for word in words if word.side == "no"]
    doubted = [word for word in words if word.side == "doubt"]
    admitting = _admitting(firm, words, rules)
    vouching = _vouching(firm)
    origins = list(dict.fromkeys(word.origin for word in vouching))
    independent = len(origins) > 1 and len({word.voice for word in vouching}) > 1
    if admitting and not (no and _denied_by_party(no, words, rules)):
        grade = 3 if no or doubted else 1 if independent else 2
        return "admitted", f"{_who(admitting)} said so, a party that did it", grade
    if yes and no:
        return "disputed", f"{_who(yes)} said so; {_who(no)} denied it", 4
    if no:
        return "denied", f"only denials: {_who(no)}", 5
    accusing = _accusing_each_other(firm, rules)
    if accusing:
        return "disputed", f"{_who(accusing)} each say that the other did it", 4
    if independent:
        return "confirmed", f"{len(origins)} independent origins: {_join(origins)}", 2 if doubted else 1
    confirming = _confirming(yes, words, rules)
    if confirming:
        return "confirmed", f"{_who(confirming)} confirmed it", 3 if doubted else 2
    return _unsettled(words, yes, firm, doubted)


def _unsettled(words: Sequence[Word], yes: list[Word], firm: list[Word], doubted: list[Word]) -> Verdict:
    """Nobody denies and nothing confirms."""
    heard = {word.voice for word in firm if word.voice[0] in ("state", "name")}
    mute = [word for word in words if word.side == "mute" and word.voice not in heard]
    if doubted and firm:
        return "unverified", f"{_who(firm)} said so; {_who(doubted)} doubted it", 4
    if mute and firm:
        return "unverified", f"{_who(firm)} said so; {_who(mute)} did not confirm or deny it", 6
    if firm:
        vouching = _vouching(firm) or firm
        count = len({word.origin for word in vouching})
        side = "one origin" if count < 2 else f"{count} origins, but one side"
        return "claimed", f"{side} only: {_who(vouching)}", 3
    if yes:
        return "unverified", f"only hedged: {_who(yes)}", 4 if doubted else 6
    if mute or doubted:
        return "unverified", f"nobody vouches for it; {_who([*mute, *doubted])} were asked or doubt it", 6
    return "unverified", "it is judged, but nobody vouches for it", 6


def _admits(entry: Entry, rules: Rules) -> bool | None:
    """Whether a source tells of a deed of its own, None where it names no doer.

    Of what has no event type, only who is named as its doer: an office that tells of its minister admits nothing.
    """
    doers = list(_parties_of(entry, both=False, rules=rules))
    if not doers:
        return None
    if entry.report.type is None:
        return is_one_of(entry, doers)
    return speaks_for(entry, [party for party in doers if can_act(party, rules)], rules)


def _admitting(firm: Iterable[Word], words: Sequence[Word], rules: Rules) -> list[Word]:
    """Who says so of a deed of its own. Where its words name no doer ("confirmed the attack"), it is those whom the
    other reports name."""
    doers: list[Party] | None = None
    found = []
    for word in firm:
        admits = word.admits
        if admits is None and word.voice[0] in ("state", "name"):
            if doers is None:
                named = _parties((other.entry for other in words), both=False, rules=rules)
                doers = [party for party in named if can_act(party, rules)]
            admits = speaks_for(word.entry, doers, rules)
        if admits:
            found.append(word)
    return found


def _denied_by_party(no: Sequence[Word], words: Sequence[Word], rules: Rules) -> bool:
    parties = _parties((word.entry for word in words), both=True, rules=rules)
    return any(speaks_for(word.entry, parties, rules) for word in no)


def _parties(entries: Iterable[Entry], both: bool, rules: Rules) -> list[Party]:
    """The doers in the reports, each once; with `both`, all who are a party."""
    found: dict[tuple[str, str | None, tuple[str, ...]], Party] = {}
    for entry in entries:
        for party in _parties_of(entry, both, rules):
            found.setdefault((party.name or party.text, party.country, party.sectors), party)
    return list(found.values())


def _parties_of(entry: Entry, both: bool, rules: Rules) -> Iterable[Party]:
    """Those of one report; "he" and "they" name nobody."""
    report = entry.report
    all_sides = both or report.type in rules.symmetric
    for party in (*report.actors, *report.recipients) if all_sides else report.actors:
        if party.name or party.country or name_key(party.text) not in rules.unsaid:
            yield party


def _accusing_each_other(firm: Iterable[Word], rules: Rules) -> list[Word]:
    """Two sides that each say that the other did it: both say so, and each denies its part."""
    accusing = [
        word
        for word in firm
        if word.voice[0] in ("state", "name")
        and word.entry.report.actors
        and word.entry.report.type not in rules.symmetric
        and not speaks_for(word.entry, word.entry.report.actors, rules)
    ]
    by_voice = {word.voice: word for word in reversed(accusing)}
    for voice, word in by_voice.items():
        for other, answer in by_voice.items():
            accused = speaks_for(answer.entry, word.entry.report.actors, rules)
            if voice < other and accused and speaks_for(word.entry, answer.entry.report.actors, rules):
                return [word, answer]
    return []


def _vouching(firm: Iterable[Word]) -> list[Word]:
    """Those whose word counts towards confirming. Of hearsay ("reportedly") nobody vouches, and an article that names a
    source for a happening and elsewhere tells the same in its own voice rests on that source."""
    given = [word for word in firm if word.entry.statement.source is not None]
    attributed = {word.entry.article for word in given if not word.entry.statement.is_narrator}
    return [word for word in given if not (word.entry.statement.is_narrator and word.entry.article in attributed)]


def _confirming(yes: Sequence[Word], words: Sequence[Word], rules: Rules) -> list[Word]:
    """Authorities that confirm; one that speaks for a party only where somebody else says so too."""
    confirming = [word for word in yes if word.entry.report.stance == "confirms" and is_authority(word.entry, rules)]
    if not confirming or len({word.voice for word in yes}) > 1:
        return confirming
    parties = _parties((word.entry for word in words), both=True, rules=rules)
    return [word for word in confirming if not speaks_for(word.entry, parties, rules)]


def _who(words: Iterable[Word]) -> str:
    return _join(dict.fromkeys(shown_source(word.entry) for word in words))


def _join(names: Iterable[str]) -> str:
    listed = list(names)
    if len(listed) > 4:
        listed = [*listed[:3], f"{len(listed) - 3} others"]
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}" if listed else "nobody"
