"""What each source said last: copies folded into their originals, and words that a source has taken back."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from reportedly.linking.clusters import order
from reportedly.linking.origins import affirms, denies
from reportedly.linking.speakers import shown_source, source_key
from reportedly.linking.text import name_key
from reportedly.records import Entry

Side = Literal["yes", "no", "doubt", "mute", "judged"]
# Certainties that leave no doubt of either: "may not have happened" is a doubt, not a denial.
_CLEAR = ("CT+", "CT-")


@dataclass(frozen=True, slots=True)
class Turn:
    """A source that says other than before: its `before` words no longer count beside its `after`."""

    before: Entry
    after: Entry
    gone: tuple[str, ...]


def side_of(entry: Entry) -> Side:
    """What the source says to whether it happened: yes, no, doubt, mute (will not or cannot say), or it only judges."""
    stance = entry.report.stance
    if affirms(entry):
        return "yes"
    if denies(entry):
        return "doubt" if stance != "denies" and entry.report.certainty not in _CLEAR else "no"
    return {"declines": "mute", "doubts": "doubt"}.get(stance, "judged")  # type: ignore[return-value]


def fold_copies(
    entries: Iterable[Entry], originals: Mapping[str, str], what: Callable[[Entry], Hashable] = side_of
) -> list[Entry]:
    """The entries less those that a copy has from its original or from another copy of it: a denial printed forty times
    is one. Same speaker, same `what`. The order stays."""
    entries = list(entries)
    kin = originals.keys() | set(originals.values())
    touched = [entry for entry in entries if entry.article in kin]
    if not any(entry.article in originals for entry in touched):
        return entries
    keys: dict[str, Hashable] = {}
    for entry in touched:
        root = originals.get(entry.article, entry.article)
        speaker = "" if entry.statement.is_narrator else name_key(shown_source(entry))
        keys[entry.report.id] = (root, speaker, what(entry))
    holder: dict[Hashable, str] = {}
    for entry in sorted(touched, key=lambda entry: (entry.article in originals, order(entry))):
        holder.setdefault(keys[entry.report.id], entry.article)
    return [e for e in entries if e.report.id not in keys or holder[keys[e.report.id]] == e.article]


def turns(entries: Iterable[Entry], label: Callable[[Entry], Hashable] = side_of) -> list[Turn]:
    """Where sources change what they say, oldest first.

    Only the same source by name (see `source_key`), and only later: on one day without a clock time, or in one
    article, both words count. A word printed again is no new one, nor is the old beside the new ("confirmed what it
    had denied"). Refusals (`mute`) and judgements take nothing back. Undated entries are left out.
    """
    by_source: dict[Hashable, list[Entry]] = defaultdict(list)
    for entry in entries:
        key = source_key(entry) if entry.published else None
        if key is not None:
            by_source[key].append(entry)
    found = [turn for said in by_source.values() if len(said) > 1 for turn in _turns_of(said, label)]
    return sorted(found, key=lambda turn: order(turn.after))


def gone_since(found: Iterable[Turn]) -> dict[str, Entry]:
    """Reports that no longer count, each with the one that takes them back."""
    return {report: turn.after for turn in found for report in turn.gone}


def _turns_of(said: Sequence[Entry], label: Callable[[Entry], Hashable]) -> list[Turn]:
    held: dict[Hashable, list[Entry]] = {}
    printed: set[tuple[Hashable, str]] = set()
    found = []
    for group in _moments(said):
        new: dict[Hashable, list[Entry]] = defaultdict(list)
        repeated: list[Entry] = []
        for entry in group:
            words = label(entry), _words(entry)
            if words in printed and words[0] not in held:
                repeated.append(entry)
            else:
                new[words[0]].append(entry)
        printed |= {(label(entry), _words(entry)) for entry in group}
        positions = {key for key in new if key not in ("mute", "judged")}
        fresh = positions - held.keys() or positions
        over = [key for key in held if key not in fresh and key != "judged"] if fresh else []
        if over:
            gone = [entry for key in over for entry in (*held.pop(key), *new.pop(key, ()))]
            after = min((entry for key in fresh for entry in new[key]), key=order)
            found.append(Turn(before=gone[0], after=after, gone=tuple(e.report.id for e in (*gone, *repeated))))
        elif repeated and found:
            last = found.pop()
            found.append(Turn(last.before, last.after, (*last.gone, *(entry.report.id for entry in repeated))))
        for key, entries in new.items():
            held.setdefault(key, []).extend(entries)
    return found


def _words(entry: Entry) -> str:
    return name_key(" ".join(span.text for span in entry.statement.content) or entry.sentence)


def _moments(said: Iterable[Entry]) -> list[list[Entry]]:
    """Dated entries by when they were published: by moment on days on which all have one, else by day."""
    by_day: dict[dt.date, list[Entry]] = defaultdict(list)
    for entry in said:
        if moment := entry.published:
            by_day[_utc(moment).date() if isinstance(moment, dt.datetime) else moment].append(entry)
    found: list[list[Entry]] = []
    for _, entries in sorted(by_day.items()):
        timed: dict[dt.datetime, list[Entry]] = defaultdict(list)
        for entry in entries:
            if isinstance(entry.published, dt.datetime):
                timed[_utc(entry.published)].append(entry)
        whole = sum(map(len, timed.values())) < len(entries)
        found += [entries] if whole else [timed[moment] for moment in sorted(timed)]
    return found


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
