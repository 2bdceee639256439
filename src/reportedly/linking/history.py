"""How an event stood in the course of reporting: who said it first, who reversed, which numbers rose, which status."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from reportedly.linking.clusters import order
from reportedly.linking.disagreements import NUMBERS, figures, range_of, shown_range
from reportedly.linking.lastwords import Side, Turn, fold_copies, gone_since, side_of, turns
from reportedly.linking.origins import Origins
from reportedly.linking.rules import Rules, load_rules
from reportedly.linking.speakers import shown_source
from reportedly.linking.status import Verdict, Word, decide, weigh
from reportedly.linking.summary import day_words
from reportedly.records import Entry, Status

Line = Mapping[str, Any]
# The status is worked out anew for at most so many days: 20 take some 30 ms for an event of a thousand reports.
_MOST_DAYS = 20
# Of one side, this many voices and origins can change the status; more of the same cannot.
_ENOUGH = 3
_PAST: Mapping[Side, str] = {
    "yes": "said so",
    "no": "denied it",
    "doubt": "doubted it",
    "mute": "did not confirm or deny it",
    "judged": "judged it",
}
_COUNTED = {"killed": "killed", "injured": "injured", "captured": "captured", "size": "taking part"}


def history_of(
    entries: Sequence[Entry],
    origins: Origins,
    originals: Mapping[str, str] | None = None,
    rules: Rules | None = None,
) -> tuple[Line, ...]:
    """What changed in the course of reporting, oldest first; reports without a date last.

    Each line: `at` (the day or moment of publication, ISO 8601, None where unknown), `what` (first report, first
    confirmation, first denial, first refusal, first doubt, reversal, number, status), `source`, `publisher`, `report`,
    `text` (a line for readers), `from` and `to` (stances of a reversal, numbers, statuses), `field` (which number),
    `supersedes` (the reports that a reversal takes back). A status is that at the end of a day of publication.
    """
    rules = rules or load_rules()
    counted = sorted(fold_copies(entries, originals or {}), key=order)
    found = turns(counted)
    lines = [
        *_firsts(counted),
        *(_reversal(turn) for turn in found),
        *_numbers(counted, originals or {}, {report for turn in found for report in turn.gone}),
        *_statuses(counted, origins, gone_since(found), rules),
    ]
    return tuple(sorted(lines, key=_when))


def _when(line: Line) -> tuple[bool, str, bool, str]:
    at = line["at"]
    return at is None, (at or "")[:10], line["what"] == "status", at or ""


def _line(what: str, entry: Entry, text: str, **more: Any) -> Line:
    empty: dict[str, Any] = {"from": None, "to": None, "field": None, "supersedes": []}
    return {
        "at": entry.published.isoformat() if entry.published else None,
        "what": what,
        "source": shown_source(entry),
        "publisher": entry.publisher,
        "report": entry.report.id,
        "text": text,
        **empty,
        **more,
    }


def _firsts(counted: Sequence[Entry]) -> Iterable[Line]:
    """The first to speak of it, to confirm, deny, decline and doubt."""
    tests: Mapping[str, Callable[[Entry], bool]] = {
        "first report": lambda entry: True,
        "first confirmation": lambda entry: entry.report.stance == "confirms" and side_of(entry) == "yes",
        "first denial": lambda entry: side_of(entry) == "no",
        "first refusal": lambda entry: side_of(entry) == "mute",
        "first doubt": lambda entry: side_of(entry) == "doubt",
    }
    for what, holds in tests.items():
        entry = next((entry for entry in counted if holds(entry)), None)
        if entry is not None:
            # Without a date nobody knows whether another was first.
            head = what.capitalize() if entry.day else f"{what.removeprefix('first ').capitalize()}, date unknown"
            yield _line(what, entry, f"{head}: {_said(entry)}{_through(entry)}{_on(entry)}")


def _said(entry: Entry) -> str:
    past = "confirmed it" if entry.report.stance == "confirms" else _PAST[side_of(entry)]
    return f"{shown_source(entry)} {past}"


def _through(entry: Entry) -> str:
    """In which outlet, where it is not the outlet itself that speaks."""
    outlet = entry.statement.relayed_by or entry.publisher
    return "" if entry.statement.is_narrator or outlet is None else f" in {outlet}"


def _on(entry: Entry) -> str:
    return f" on {day_words(entry.day)}" if entry.day else ""


def _reversal(turn: Turn) -> Line:
    before, after = turn.before, turn.after
    late = _on(after) if before.day != after.day else " later that day"
    text = f"{_said(before)}{_on(before)}, and {_said(after).removeprefix(shown_source(after) + ' ')}{late}"
    return _line(
        "reversal",
        after,
        text,
        **{"from": before.report.stance, "to": after.report.stance, "supersedes": list(turn.gone)},
    )


def _numbers(counted: Sequence[Entry], originals: Mapping[str, str], gone: set[str]) -> Iterable[Line]:
    """Numbers that a source brings up to date."""
    told = [entry for entry in counted if side_of(entry) == "yes" and entry.report.id not in gone]
    for kind in NUMBERS:
        giving = figures(told, kind, originals)
        for turn in turns(giving, lambda entry, kind=kind: range_of(entry, kind)):  # type: ignore[misc]
            given = range_of(turn.before, kind), range_of(turn.after, kind)
            old, new = (shown_range(one) if one else None for one in given)
            yield _line(
                "number",
                turn.after,
                f"{shown_source(turn.after)}: {old} {_COUNTED[kind]}{_on(turn.before)}, {new}{_on(turn.after)}",
                **{"from": old, "to": new, "field": kind, "supersedes": list(turn.gone)},
            )


def _statuses(counted: Sequence[Entry], origins: Origins, gone: Mapping[str, Entry], rules: Rules) -> Iterable[Line]:
    """The status at the end of each day on which it changed, with the report that came with the change."""
    words = weigh(counted, origins, rules)
    telling = _telling(words, gone)
    places = {word.entry.report.id: place for place, word in enumerate(words)}

    def until(word: Word) -> int:
        after = gone.get(word.entry.report.id)
        return len(words) if after is None else places.get(after.report.id, len(words))

    before: Status | None = None
    for last, decisive in _stops(words, gone):
        # What only later reports take back still counts.
        live = [word for place, word in telling if place <= last < until(word)]
        verdict = decide(live, rules)
        if verdict[0] != before:
            yield _status(words, (last, decisive), before, verdict)
            before = verdict[0]


def _status(words: Sequence[Word], at: tuple[int, int], before: Status | None, verdict: Verdict) -> Line:
    last, decisive = at
    entry = words[decisive].entry
    day = words[last].entry.day
    text = f"{verdict[0].capitalize()}{f' as of {day_words(day)}' if day else ''}: {verdict[1]}"
    return _line("status", entry, text, **{"at": day.isoformat() if day else None, "from": before, "to": verdict[0]})


def _stops(words: Sequence[Word], gone: Mapping[str, Entry]) -> list[tuple[int, int]]:
    """(the last report of a day, the first that said something new on it), for days that can change the status."""
    ends: dict[dt.date | None, int] = {word.entry.day: number for number, word in enumerate(words)}
    fresh: dict[dt.date | None, int] = {}
    seen: dict[tuple[Any, ...], set[tuple[Any, ...]]] = {}
    reversing = {entry.report.id for entry in gone.values()}
    for number, word in enumerate(words):
        if word.entry.report.id in reversing:
            seen.clear()  # what seemed enough may now be taken back
        report = word.entry.report
        named = word.voice[0] in ("state", "name") and word.side in ("yes", "no")
        class_ = (word.side, word.firm, report.stance == "confirms", bool(report.actors) and named)
        held = seen.setdefault(class_, set())
        if (word.voice, word.origin) not in held and (named or len(held) < _ENOUGH):
            held.add((word.voice, word.origin))
            fresh.setdefault(word.entry.day, number)
    stops = sorted((ends[day], number) for day, number in fresh.items())
    if words and (not stops or stops[-1][0] != len(words) - 1):
        stops.append((len(words) - 1, len(words) - 1))
    return stops if len(stops) <= _MOST_DAYS else [*stops[: _MOST_DAYS - 1], stops[-1]]


def _telling(words: Sequence[Word], gone: Mapping[str, Entry]) -> list[tuple[int, Word]]:
    """Words with their places, less those that only repeat to the rule what an earlier one says of the same parties."""
    found: list[tuple[int, Word]] = []
    seen: set[tuple[Any, ...]] = set()
    for place, word in enumerate(words):
        entry = word.entry
        report, source = entry.report, entry.statement.source
        parties = tuple((party.name or party.text, party.country) for party in (*report.actors, *report.recipients))
        article = entry.article if word.firm and source is not None else None
        said = (word.side, word.firm, word.voice, word.origin, report.stance, report.type, parties)
        key = (said, source and source.kind, shown_source(entry), entry.source_actor, article)
        if report.id in gone or key not in seen:
            found.append((place, word))
        if report.id not in gone:
            seen.add(key)
    return found
