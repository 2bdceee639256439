"""One event's dossier for the terminal: what happened, who says so, who denies it, from which origins."""

import re
from collections.abc import Iterable, Mapping, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reportedly.cli.output import console
from reportedly.dossier import wording
from reportedly.dossier.evidence import of_kind, parts_in_words, short_name
from reportedly.dossier.graph import Branch, graph_of, trees
from reportedly.dossier.quotes import Told, titled, told_by_stance
from reportedly.records import Article, Event, EventReport

_COLOURS = {
    "asserts": "cyan", "confirms": "green", "denies": "red", "declines": "yellow", "doubts": "magenta",
    "endorses": "blue", "condemns": "bright_red",
}  # fmt: skip
_AROUND = 90  # characters of its sentence that a quote is shown with on either side
# What an article's words must not do to a terminal: move its cursor, colour it, turn its lines around.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def print_dossier(event: Event, articles: Mapping[str, Article]) -> None:
    """Prints the dossier on standard output. `articles` by id give the quotes their sentences."""
    out = console()
    event = titled(event, articles)
    parts = [
        *_head(event),
        *_statements(event, articles),
        *_origins(event),
        *_articles(event),
        *_course(event),
        *_places(event),
        *_differences(event),
        *_evidence(event),
    ]
    for part in parts:
        out.print(part)


def _text(words: object, style: str = "") -> Text:
    return Text(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", str(words)), style=style)


def _heading(words: str, style: str = "bold") -> Text:
    return _text(f"\n{words}", style)


def _indented(part: RenderableType, by: int = 2) -> Padding:
    return Padding(part, (0, 0, 0, by), expand=False)


def _listed(lines: Iterable[str]) -> list[RenderableType]:
    return [_indented(_text(line)) for line in lines]


def _head(event: Event) -> list[RenderableType]:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    first, last = event.first_reported, event.last_reported
    reported = wording.moment(first) if first == last else f"{wording.moment(first)} to {wording.moment(last)}"
    people = "; ".join(filter(None, (wording.numbers(k, getattr(event, k)) for k in ("killed", "injured"))))
    where = "; ".join(", ".join(filter(None, (wording.place_name(p), p.country))) for p in event.places)
    rows = [
        ("status", f"{event.status}: {event.status_reason}"),
        ("grade", f"credibility {event.grade} of 6: {wording.GRADES.get(event.grade, 'not graded')}"),
        ("counts", ", ".join(f"{number:,} {noun}" for noun, number, _ in wording.five_counts(event))),
        ("what", wording.kind(event)),
        ("by", "; ".join(actor.name for actor in event.actors) or "no report says who"),
        ("towards", "; ".join(actor.name for actor in event.recipients) or "no report says to whom"),
        ("where", where or "no report says where"),
        ("when", wording.interval(event.first, event.last) or "no report says when"),
        ("reported", reported if first else "no article has a date"),
        ("people", people),
    ]
    for name, value in rows:
        if value:
            table.add_row(name, _text(value))
    return [_text(event.summary, "bold"), _text(event.id, "dim"), Text(), table]


def _statements(event: Event, articles: Mapping[str, Article]) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for stance, told in told_by_stance(event, articles).items():
        copies = sum(len(one.copies) for one in told)
        counted = wording.count(len(told), "statement") + (f", {wording.count(copies, 'copy')}" if copies else "")
        parts.append(_heading(f"{wording.HEADINGS[stance]} ({counted})", f"bold {_COLOURS[stance]}"))
        for one in told:
            parts += [_indented(_speaker(one)), _indented(_words(one), 4), *_copies(one)]
    return parts


def _speaker(told: Told) -> Text:
    line = told.line
    text = _text(wording.who(line), "bold")
    if line.relayed_by:
        text.append_text(_text(f" through {line.relayed_by}", "not bold"))
    remarks = [_where(line)]
    if line.certainty not in ("CT+", "CT-", "UU"):
        remarks.append(f"given {wording.CERTAINTY[line.certainty]}")
    if line.copy_of:
        remarks.append("copy")
    if len(told.reports) > 1:
        remarks.append(f"{len(told.reports)} reports")
    return text.append_text(_text(f"  [{'; '.join(remarks)}]", "dim not bold"))


def _where(line: EventReport) -> str:
    return f"{wording.outlet(line)}, {wording.moment(line.published)}"


def _words(told: Told) -> Text:
    around = told.context
    lead = around.lead if len(around.lead) <= _AROUND else "… " + around.lead[-_AROUND:].split(" ", 1)[-1]
    rest = around.rest if len(around.rest) <= _AROUND else around.rest[:_AROUND].rsplit(" ", 1)[0] + " …"
    # Not in quotation marks: they would make direct speech of what is none.
    return Text.assemble(_text(lead, "dim"), _text(f"‹{told.quote}›"), _text(rest, "dim"))


def _copies(told: Told) -> list[RenderableType]:
    if not told.copies:
        return []
    again = "; ".join(_where(copy.line) for copy in told.copies)
    return [_indented(_text(f"{wording.count(len(told.copies), 'copy')}: {again}", "italic dim"), 4)]


def _origins(event: Event) -> list[RenderableType]:
    roots, rest = trees(graph_of(event))
    parts: list[RenderableType] = [
        _heading(f"Where it comes from ({wording.count(event.origins, 'independent origin')})")
    ]
    if not roots and not rest:
        return [*parts, *_listed(["No article credits anybody, and no publisher is known."])]
    for branch in roots:
        parts += _branch(branch, 2)
    if rest:
        parts.append(_indented(_text("not counted as origins:", "dim")))
        for branch in rest:
            parts += _branch(branch, 4)
    return parts


def _branch(branch: Branch, by: int) -> list[RenderableType]:
    line = _text(branch.node.label, "bold" if branch.node.root else "")
    if branch.how:
        evidence = f": {branch.evidence}" if branch.evidence else ""
        line.append_text(_text(f"  ({wording.rests(branch.how)}{evidence})", "dim not bold"))
    return [_indented(line, by), *(part for below in branch.below for part in _branch(below, by + 3))]


def _articles(event: Event) -> list[RenderableType]:
    lines = {line.article: line for line in reversed(event.reports)}
    rows = []
    for article in dict.fromkeys(line.article for line in event.reports):
        line = lines[article]
        named = f": {line.title}" if line.publisher and line.title else ""
        rows += [_where(line) + named, *([f"  {line.url}"] if line.url else [])]
    return [_heading(f"Articles ({len(lines)})"), *_listed(rows)]


def _course(event: Event) -> list[RenderableType]:
    if not event.history:
        return []
    rows = [f"{wording.moment_of(entry.get('at'))}  {wording.change_in_words(entry)}" for entry in event.history]
    return [_heading("How it was reported"), *_listed(rows)]


def _places(event: Event) -> list[RenderableType]:
    rows = []
    for place in event.places:
        known = place.lat is not None and place.lon is not None
        at = f"{place.lat:.2f}, {place.lon:.2f}" if known else "not found in the gazetteer"
        within = f"within {place.radius_km:,.0f} km of " if known and place.radius_km else ""
        rows.append("; ".join(filter(None, (wording.place_name(place), wording.place_around(place), within + at))))
    return [_heading("Where it happened"), *_listed(rows)] if rows else []


def _differences(event: Event) -> list[RenderableType]:
    if not event.disagreements:
        return []
    lines = {line.report: line for line in event.reports}
    parts: list[RenderableType] = [_heading("Where reports differ")]
    for difference in event.disagreements:
        parts.append(_indented(_text(wording.field_name(difference.field))))
        for value in difference.values:
            sayers = _sayers(value.get("reports") or (), lines) or [str(s) for s in value.get("sources") or ()]
            since = f", since {wording.moment_of(value['since'])}" if value.get("since") else ""
            parts.append(_indented(_text(f"{value['value']}: {'; '.join(sayers) or 'not said by whom'}{since}"), 4))
    return parts


def _sayers(reports: Sequence[str], lines: Mapping[str, EventReport]) -> list[str]:
    found = (lines.get(report) for report in reports)
    return list(dict.fromkeys(f"{wording.who(line)} ({wording.outlet(line)})" for line in found if line))


def _evidence(event: Event) -> list[RenderableType]:
    links, copies, judged = (of_kind(event, kind) for kind in ("link", "copy", "judgement"))
    if not links and not copies and not judged:
        return []
    lines = {line.report: line for line in event.reports}
    rows = []
    if links:
        weakest, strongest = links[-1]["score"], links[0]["score"]
        rows.append(f"{wording.count(len(links), 'link')}, scores from {weakest:.2f} to {strongest:.2f}")
        shown = [("strongest", links[0]), ("weakest", links[-1])] if len(links) > 1 else [("the link", links[0])]
        for name, link in shown:
            ends = " and ".join(short_name(lines.get(link[end]), link[end]) for end in ("left", "right"))
            rows.append(f"{name}: {link['score']:.2f} between {ends}: {parts_in_words(link)}")
    rows += [f"copy: {copy['evidence']}" for copy in copies]
    for line in judged:
        ends = " and ".join(short_name(lines.get(line[end]), line[end]) for end in ("left", "right"))
        verdict = "one happening" if line["same"] else "two happenings"
        rows.append(f"judged by {line['by']}, {wording.moment_of(line['at'])}: {ends} are {verdict}")
    return [_heading("Why these reports belong together"), *_listed(rows)]
