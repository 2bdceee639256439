"""One event's dossier for the terminal: what happened, who says so, who denies it, from which origins."""

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from reportedly.cli.output import console, interval
from reportedly.records import STANCES, Event, EventReport, NumberRange

_HEADINGS = {
    "asserts": "Says it happened",
    "confirms": "Confirms it",
    "denies": "Denies it",
    "declines": "Will not or cannot say",
    "doubts": "Doubts it",
    "endorses": "Approves of it",
    "condemns": "Condemns it",
}
_QUOTED = ("“", '"', "«", "„", "'", "‘")
_COLOURS = {"asserts": "cyan", "confirms": "green", "denies": "red", "declines": "yellow", "doubts": "magenta"}


def _numbers(name: str, numbers: NumberRange) -> str | None:
    if numbers.min is None:
        return None
    span = str(numbers.min) if numbers.min == numbers.max else f"{numbers.min} to {numbers.max or 'more'}"
    return f"{name}: {span}"


def _facts(event: Event) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold")
    table.add_column()
    kind = " / ".join(part for part in (event.type, event.mode, event.quad) if part) or "no PLOVER type"
    places = "; ".join(
        ", ".join(part for part in (place.text if place.geometry else place.name or place.text, place.country) if part)
        for place in event.places
    )
    rows = [
        ("type", kind),
        ("by", "; ".join(actor.name for actor in event.actors) or "not said"),
        ("towards", "; ".join(actor.name for actor in event.recipients) or "not said"),
        ("where", places or "not said"),
        ("when", interval(event.first, event.last)),
        ("people", "; ".join(filter(None, (_numbers("killed", event.killed), _numbers("injured", event.injured))))),
        ("status", f"{event.status}: {event.status_reason} (credibility {event.grade} of 6)"),
        ("origins", f"{event.origins} independent ({'; '.join(event.origin_names)})" if event.origins else "none"),
        ("told in", _counts(event)),
    ]
    for name, value in rows:
        if value:
            table.add_row(name, Text(value))
    return table


def _counts(event: Event) -> str:
    def some(count: int, noun: str) -> str:
        return f"{count} {noun if count == 1 else noun[:-1] + 'ies' if noun.endswith('y') else noun + 's'}"

    text = f"{some(len(event.reports), 'report')} in {some(event.articles, 'article')}"
    return f"{text}, {some(event.copies, 'copy')} among them" if event.copies else text


def _line(report: EventReport) -> Text:
    where = ", ".join(filter(None, (report.publisher or report.article, str(report.published)[:10]))) or report.article
    text = Text(f"{report.source or _unnamed(report)}", style="bold")
    if report.relayed_by:
        text.append(f" through {report.relayed_by}", style="not bold")
    text.append(f"  [{where}]", style="dim not bold")
    if report.copy_of:
        text.append("  copy", style="dim italic not bold")
    words = " ".join(report.quote.split())
    text.append(f"\n{words if words[:1] in _QUOTED else f'“{words}”'}", style="not bold")
    return text


def _unnamed(report: EventReport) -> str:
    return "the outlet's own voice" if report.source_kind == "narrator" else "no source given"


def _by_stance(event: Event) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for stance in STANCES:
        lines = [report for report in event.reports if report.stance == stance]
        if lines:
            parts.append(Text(f"\n{_HEADINGS[stance]} ({len(lines)})", style=f"bold {_COLOURS.get(stance, 'white')}"))
            parts.extend(Padding(_line(report), (0, 0, 0, 2)) for report in lines)
    return parts


def _disagreements(event: Event) -> list[RenderableType]:
    if not event.disagreements:
        return []
    parts: list[RenderableType] = [Text("\nWhere the reports differ", style="bold")]
    for difference in event.disagreements:
        values = "; ".join(f"{v['value']} ({len(v['reports'])})" for v in difference.values)
        parts.append(Padding(Text(f"{difference.field}: {values}"), (0, 0, 0, 2)))
    return parts


def print_dossier(event: Event) -> None:
    """Prints the dossier on standard output."""
    body = Group(_facts(event), *_by_stance(event), *_disagreements(event))
    console().print(Panel(body, title=Text(event.summary), subtitle=Text(event.id), title_align="left"))
