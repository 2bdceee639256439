"""Who says what, and which stance each source takes."""

from collections.abc import Sequence
from typing import Any

from benchmarks.own.case import Case, Marks, context, extent, overlap, touches
from benchmarks.own.gold import Extent, Gold, names_one, options


def roles(gold: Gold, statement: Any) -> dict[str, list[Extent]]:
    """The located spans of a gold statement."""
    source = [statement["source"]] if statement["source"] else []
    named = {"source": source, "cue": statement["cue"], "content": statement["content"]}
    return {role: [gold.locate(reference) for reference in references] for role, references in named.items()}


def found_roles(statement: Any) -> dict[str, list[Extent]]:
    """The spans of a statement of the system."""
    named = {"source": [statement.source], "cue": [statement.cue], "content": statement.content}
    return {role: [e for s in spans if (e := extent(s)) is not None] for role, spans in named.items()}


def names_source(right: Any, source: Any) -> bool:
    """Whether a source of the system is the one named; None: the text gives none."""
    if right is None or source is None:
        return right is source
    return any(names_one(name, source.name, source.text) for name in options(right))


def score_statements(case: Case, marks: Marks) -> None:
    """Spans by role, then of each gold statement that was found: who speaks, and the kind of quotation."""
    ours = [(s, found_roles(s)) for s in case.statements]
    gold = [(s, roles(case.gold, s)) for s in case.gold.notes["statements"]]
    for role in ("source", "cue", "content"):
        wanted = {e for s, spans in gold if not s.get("optional") for e in spans[role]}
        spared = {e for s, spans in gold if s.get("optional") for e in spans[role]}
        given = {e for _, spans in ours for e in spans[role]}
        judged = {e for e in given if touches(e, wanted) or not touches(e, spared)}
        tally = marks.tallies[f"statements: {role}"]
        tally.matched_found += sum(touches(e, wanted) for e in judged)
        tally.found += len(judged)
        tally.gold += len(wanted)
        for e in sorted(wanted):
            tally.matched_gold += touches(e, given)
            if not touches(e, given):
                marks.miss(f"{role} missed", case.gold, context(case.gold.text, e))
        for e in sorted(judged):
            if not touches(e, wanted):
                marks.miss(f"{role} too many", case.gold, context(case.gold.text, e))
    for statement, spans in gold:
        if not statement.get("optional"):
            score_speaker(case, statement, spans, ours, marks)


def score_speaker(case: Case, statement: Any, spans: Any, ours: Sequence[tuple[Any, Any]], marks: Marks) -> None:
    """Who speaks in the statement that fits a gold one best: cue before content before source."""

    def fit(found: Any) -> int:
        hits = [any(touches(e, spans[role]) for e in found[role]) for role in ("cue", "content", "source")]
        return 4 * hits[0] + 3 * hits[1] + 2 * hits[2]

    best = max(ours, key=lambda pair: fit(pair[1]), default=None)
    if best is None or fit(best[1]) < 4:
        return
    found = best[0]
    if not marks.tallies["statements: speaker named"].share(names_source(statement["source_name"], found.source)):
        given = f"{found.source.text!r} = {found.source.name!r}" if found.source else "nobody"
        marks.miss("speaker", case.gold, f"{statement['source_name']!r}, not {given}: {found.cue and found.cue.text}")
    if not marks.tallies["statements: kind of quotation"].share(found.quote == statement["quote"]):
        words = " … ".join(span.text for span in found.content)
        marks.miss("quotation", case.gold, f"{statement['quote']}, not {found.quote}: {words[:80]}")


def source_is(right: Any, statement: Any) -> bool:
    """Whether a statement is that of the source named; `(outlet)` is the narrator, `(none)` no source at all."""
    for name in options(right):
        if name == "(outlet)" and statement.is_narrator:
            return True
        if name == "(none)" and statement.source is None:
            return True
        if not statement.is_narrator and statement.source is not None and names_source(name, statement.source):
            return True
    return False


def score_positions(case: Case, marks: Marks) -> None:
    """Which stance each source takes. A stance under another source's name is a wrong one and a missed one."""
    by_id = {s.id: s for s in case.reading.statements}
    gold = [(entry, case.gold.locate(entry["trigger"])) for entry in case.gold.notes["positions"]]
    loose = [case.gold.locate(r["trigger"]) for r in case.gold.notes["reports"] if r.get("optional")]

    def about(report: Any, at: Extent) -> bool:
        return overlap(extent(report.trigger), at) or overlap(extent(by_id[report.statement].cue), at)

    used = set()
    for entry, at in gold:
        near = [r for r in case.reports if about(r, at) and source_is(entry["source_name"], by_id[r.statement])]
        used |= {r.id for r in near}
        if entry.get("optional"):
            continue
        near.sort(key=lambda r, e=entry, a=at: (not overlap(extent(r.trigger), a), r.type not in options(e["type"])))  # type: ignore[misc]
        stance = near[0].stance if near else None
        wanted = options(entry["stance"])
        right = stance in wanted
        marks.tallies["positions found"].share(bool(near))
        tally = marks.tallies[f"stance {wanted[0]}"]
        tally.gold += 1
        tally.matched_gold += right
        if stance:
            given = marks.tallies[f"stance {wanted[0] if right else stance}"]
            given.found += 1
            given.matched_found += right
        if not right:
            who = f"{entry['source_name']} {wanted}, not {stance}"
            marks.miss("stance", case.gold, f"{who}: {context(case.gold.text, at)}")
    required = [at for entry, at in gold if not entry.get("optional")]
    for report in case.reports:
        at = (report.trigger.start, report.trigger.end)
        if report.id in used or (touches(at, loose) and not touches(at, required)):
            continue
        if touches(at, [place for entry, place in gold if entry.get("optional")]) and not touches(at, required):
            continue
        if report.type is None and report.stance == "asserts":
            continue  # the gold has the happenings that PLOVER has a type for
        marks.miss("position too many", case.gold, f"{report.type} {report.stance}: {context(case.gold.text, at)}")
        marks.tallies[f"stance {report.stance}"].found += 1
