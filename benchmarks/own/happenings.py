"""What is reported to have happened: type, parties, place, dates, numbers, mode, modality."""

from collections.abc import Sequence
from typing import Any

from benchmarks.own.case import Case, Marks, context, extent, overlap, touches
from benchmarks.own.gold import Extent, names_one, options


def score_reports(case: Case, marks: Marks) -> None:
    """Triggers with the right type; then of those found the parties, place, dates, numbers, mode and modality."""
    notes = case.gold.notes
    gold = [(entry, case.gold.locate(entry["trigger"])) for entry in notes["reports"]]
    known = {at for _, at in gold}
    positions = [(entry, case.gold.locate(entry["trigger"])) for entry in notes["positions"]]
    typed = [r for r in case.reports if r.type is not None]
    tally = marks.tallies["reports"]

    def fits(report: Any, entry: Any, at: Extent) -> bool:
        return overlap(extent(report.trigger), at) and report.type in options(entry["type"])

    wanted = [(entry, at) for entry, at in gold if not entry.get("optional")]
    for entry, at in wanted:
        hits = [r for r in typed if fits(r, entry, at)]
        tally.gold += 1
        tally.matched_gold += bool(hits)
        if hits:
            score_details(case, entry, max(hits, key=lambda r: agreement(entry, r)), marks)
        else:
            near = sorted({r.type for r in typed if overlap(extent(r.trigger), at)})
            marks.miss("report missed", case.gold, f"{entry['type']} {near or ''}: {context(case.gold.text, at)}")
    seen = set()
    for report in typed:
        at = (report.trigger.start, report.trigger.end)
        if (at, report.type) in seen:
            continue
        seen.add((at, report.type))
        right = any(fits(report, entry, place) for entry, place in wanted)
        if not right and (
            any(fits(report, entry, place) for entry, place in gold) or spared(case, report, positions, known)
        ):
            continue
        tally.found += 1
        tally.matched_found += right
        if not right:
            marks.miss("report too many", case.gold, f"{report.type}: {context(case.gold.text, at)}")


def spared(case: Case, report: Any, positions: Sequence[tuple[Any, Extent]], known: set[Extent]) -> bool:
    """Whether a report stands for what a refusal, denial or doubt in these words is about, told elsewhere."""
    statement = next(s for s in case.reading.statements if s.id == report.statement)
    about = (extent(report.trigger), extent(statement.cue))
    return any(
        (overlap(about[0], at) and at not in known) or (touches(at, about) and report.type in options(entry["type"]))
        for entry, at in positions
    )


def party_is(right: Any, party: Any) -> bool:
    """Whether a party of the system is the one meant: its country's code, or all words of its name."""
    return any(
        option is not None and (party.country == option or names_one(option, party.text, party.name))
        for option in options(right)
    )


def party_counts(entry: Any, report: Any) -> tuple[int, int, int, int]:
    """Counts for prf over the sides that the gold judges; in a mutual happening both sides are one."""
    if entry.get("mutual"):
        both = entry.get("actors", []) + [p for p in entry.get("recipients", []) if p not in entry.get("actors", [])]
        sides = [(both, (*report.actors, *report.recipients))]
    else:
        sides = [(entry[side], getattr(report, side)) for side in ("actors", "recipients") if side in entry]
    hits = found = matched = wanted = 0
    for right, given in sides:
        hits += sum(any(party_is(r, p) for r in right) for p in given)
        found += len(given)
        needed = [r for r in right if None not in options(r)]
        matched += sum(any(party_is(r, p) for p in given) for r in needed)
        wanted += len(needed)
    return hits, found, matched, wanted


def agreement(entry: Any, report: Any) -> float:
    """How well the parties of a report are those of the gold."""
    hits, found, matched, _ = party_counts(entry, report)
    return hits + matched - 0.5 * (found - hits)


def dates_of(report: Any) -> list[str | None] | None:
    """First and last day; None where no time is given."""
    if report.time is None or (report.time.first is None and report.time.last is None):
        return None
    return [day and day.isoformat() for day in (report.time.first, report.time.last)]


def score_details(case: Case, entry: Any, report: Any, marks: Marks) -> None:
    """All that a report says beside its type."""
    text = f"{report.type} {report.trigger.text!r}"
    tally = marks.tallies["reports: parties"]
    counts = party_counts(entry, report)
    tally.matched_found += counts[0]
    tally.found += counts[1]
    tally.matched_gold += counts[2]
    tally.gold += counts[3]
    if counts[0] < counts[1] or counts[2] < counts[3]:
        given = [[f"{p.text} ({p.country})" for p in side] for side in (report.actors, report.recipients)]
        wanted = [entry.get(side, "any") for side in ("actors", "recipients")]
        marks.miss("parties", case.gold, f"{text}: {wanted}, not {given}")
    if "place" in entry:
        place = report.place
        right = any(
            place is None if option is None else place is not None and names_one(option, place.text, place.name)
            for option in options(entry["place"])
        )
        if not marks.tallies["reports: place"].share(right):
            marks.miss("place", case.gold, f"{text}: {entry['place']}, not {place and place.text}")
    if "dates" in entry:
        right = dates_of(report) in (entry["dates"] or [None])
        if not marks.tallies["reports: dates"].share(right):
            words = f"{report.time.text!r} {dates_of(report)}" if report.time else None
            marks.miss("dates", case.gold, f"{text}: {entry['dates']}, not {words}")
    score_numbers(case, entry, report, marks)
    if entry["mode"] and not marks.tallies["reports: mode"].share(report.mode == entry["mode"]):
        marks.miss("mode", case.gold, f"{text}: {entry['mode']}, not {report.mode}")
    right = report.modality in options(entry["modality"]) and report.negated == entry["negated"]
    if not marks.tallies["reports: modality and negation"].share(right):
        said = f"{report.modality}{' negated' * report.negated}"
        marks.miss("modality", case.gold, f"{text}: {entry['modality']}{' negated' * entry['negated']}, not {said}")


def score_numbers(case: Case, entry: Any, report: Any, marks: Marks) -> None:
    """Killed and injured; "ambushed …, killing two" may keep them with either word, if the statement is the same."""
    same = [r for r in case.reports if r.statement == report.statement and r.type == report.type]
    for kind in ("killed", "injured"):
        if kind in entry:
            given = [n for r in (report, *same) if (n := getattr(r, kind)) is not None]
            if not marks.tallies["reports: numbers"].share(entry[kind] in given):
                marks.miss("numbers", case.gold, f"{report.trigger.text!r}: {kind} {entry[kind]}, not {given}")
