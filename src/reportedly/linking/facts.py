"""What a report says of its happening: whether it is done, and where."""

from reportedly.records import Entry, Place

PROSPECTIVE = ("planned", "conditional")
_ON_WHAT_HAPPENED = frozenset(("confirms", "denies", "declines", "doubts", "endorses", "condemns"))


def tense_of(entry: Entry) -> str:
    """`plan`, `past` or `fact`: happenings of two tenses are two.

    Who denies, confirms or will not say whether something has happened speaks of the happening itself, although the
    words leave it open.
    """
    report = entry.report
    if report.modality == "conditional" and report.stance in _ON_WHAT_HAPPENED:
        return "fact"
    if report.modality in PROSPECTIVE:
        return "plan"
    return "past" if report.modality == "historical" else "fact"


def place_of(entry: Entry) -> Place | None:
    """Where the report says that it happened. A place in the name of the source ("officials in Mosul") is not that."""
    place, source = entry.report.place, entry.statement.source
    if place is None or source is None or source.start is None or source.end is None:
        return place
    return None if source.start <= place.start and place.end <= source.end else place
