"""The words of a dossier, for the page and for the terminal."""

import datetime as dt
from collections.abc import Iterable, Mapping

from reportedly.records import CertaintyLabel, Event, EventReport, NumberRange, Place, Stance

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
HEADINGS: Mapping[Stance, str] = {
    "asserts": "Says it happened",
    "confirms": "Confirms it",
    "denies": "Denies it",
    "declines": "Will not or cannot say",
    "doubts": "Doubts it",
    "endorses": "Approves of it",
    "condemns": "Condemns it",
}
# How many (statements) say what, after a number.
VERBS: Mapping[Stance, tuple[str, str]] = {
    "asserts": ("says so", "say so"),
    "confirms": ("confirms", "confirm"),
    "denies": ("denies", "deny"),
    "declines": ("will not say", "will not say"),
    "doubts": ("doubts it", "doubt it"),
    "endorses": ("approves", "approve"),
    "condemns": ("condemns", "condemn"),
}
CERTAINTY: Mapping[CertaintyLabel, str] = {
    "CT+": "as certain",
    "PR+": "as probable",
    "PS+": "as possible",
    "CT-": "as certainly not so",
    "PR-": "as probably not so",
    "PS-": "as possibly not so",
    "UU": "leaves it open",
}
GRADES: Mapping[int, str] = {
    1: "confirmed by other independent sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "cannot be judged",
}
# UCDP's where_prec, as what the reports name.
PRECISION: Mapping[int, str] = {
    1: "the very place is named",
    2: "near a place that is named",
    3: "a district is named",
    4: "a region is named",
    5: "a line or an area is named",
    6: "only a country is named",
    7: "at sea or across borders",
}
# How an article rests on another or on an outlet: as a kind of line, and as what stands below it.
HOW: Mapping[str, tuple[str, str]] = {
    "published by": ("published by", "published by it"),
    "copy of": ("copy of", "copy of it"),
    "part of": ("holds part of", "holds part of it"),
    "credits": ("credits", "credits it"),
    "relayed by": ("has it through", "has it through it"),
    "dateline": ("names in its dateline", "names it in the dateline"),
    "same sentence": ("has the same sentence as", "has the same sentence"),
}
_TITLE = 48
_FIELDS = {
    "size": "how many took part",
    "time": "when",
    "place": "where",
    "actors": "who did it",
    "mode": "how it was done",
}


def count(number: int, noun: str, plural: str | None = None) -> str:
    """ "1 copy", "2 copies"."""
    many = plural or (noun[:-1] + "ies" if noun.endswith("y") else noun + "s")
    return f"{number:,} {noun if number == 1 else many}"


def listed(names: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    every = list(names)
    return " and ".join(filter(None, (", ".join(every[:-1]), every[-1]))) if every else ""


def day(moment: dt.date) -> str:
    """10 Mar 2026."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def moment(when: dt.datetime | dt.date | None) -> str:
    """10 Mar 2026, 09:20 UTC; without a clock time where there is none."""
    if when is None:
        return "no date"
    if not isinstance(when, dt.datetime):
        return day(when)
    zone = f" {when.tzname()}" if when.tzinfo else ""
    return f"{day(when)}, {when:%H:%M}{zone}"


def moment_of(raw: object) -> str:
    """As `moment`, of an ISO text; what is none is given as it stands."""
    if raw is None or isinstance(raw, dt.date):
        return moment(raw)
    text = str(raw)
    try:
        return moment(dt.date.fromisoformat(text) if len(text) == 10 else dt.datetime.fromisoformat(text))
    except ValueError:
        return text


def interval(first: dt.date | None, last: dt.date | None) -> str | None:
    """The days on which it happened; None where no report says when."""
    if first is None or last is None:
        return f"since {day(first)}" if first else f"by {day(last)}" if last else None
    if first == last:
        return day(first)
    if first.year == last.year:
        same = first.month == last.month
        return f"{first.day}–{day(last)}" if same else f"{first.day} {_MONTHS[first.month - 1]} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def who(line: EventReport) -> str:
    """The source, or why there is none."""
    return line.source or ("the outlet’s own voice" if line.source_kind == "narrator" else "no source given")


def outlet(line: EventReport) -> str:
    """Who published the article; where that is not known, its title."""
    return line.publisher or (f"“{shortened(line.title, _TITLE)}”" if line.title else "unknown publisher")


def shortened(text: str, most: int) -> str:
    """At most so many characters on one line; three points where it was longer."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"


def place_name(place: Place) -> str:
    """As the text has it where that says more than the name: "off Roatan"."""
    return " ".join((place.text if place.geometry else place.name or place.text).split())


def place_around(place: Place) -> str:
    """Region and country of a place, as far as they are known."""
    return ", ".join(filter(None, (place.admin1, place.country)))


def numbers(name: str, found: NumberRange) -> str | None:
    """ "killed: 4 to 9"; None where nobody says."""
    if found.min is None:
        return None
    return f"{name}: {found.min}" if found.min == found.max else f"{name}: {found.min} to {found.max or 'more'}"


def field_name(field: str) -> str:
    """What reports differ on."""
    return _FIELDS.get(field, field)


def rests(hows: str) -> str:
    """How a node of the tree rests on the one above it, of ", "-joined ways."""
    return ", ".join(HOW[how][1] if how in HOW else how for how in hows.split(", "))


def change_in_words(entry: Mapping[str, object]) -> str:
    """An entry of an event's history without its date: its own words, where it has any."""
    if entry.get("text"):
        return " ".join(str(entry["text"]).split())
    said = str(entry.get("what") or "change")
    if entry.get("from") is not None or entry.get("to") is not None:
        before, after = ("not known" if entry.get(end) is None else entry[end] for end in ("from", "to"))
        said += f": {before} → {after}"
    by = ", ".join(dict.fromkeys(str(entry[key]) for key in ("source", "publisher") if entry.get(key)))
    return f"{said} ({by})" if by else said


def kind(event: Event) -> str:
    """Type, mode and quad."""
    return " / ".join(filter(None, (event.type, event.mode, event.quad))) or "no event type"


def five_counts(event: Event) -> tuple[tuple[str, int, str], ...]:
    """(noun, count, what is counted): five different counts, which coverage of one happening often confuses."""
    published = "outlets that published them" if event.publishers else "no article names its outlet"
    found = (
        ("report", len(event.reports), "times that a statement tells of it"),
        ("article", event.articles, "texts that were read"),
        ("copy", event.copies, "articles that repeat another’s text"),
        ("publisher", event.publishers, published),
        ("origin", event.origins, "independent sources of the news"),
    )
    return tuple((count(number, noun).split(" ", 1)[1], number, what) for noun, number, what in found)
