"""The head of a dossier page: what happened, what the record amounts to, how much there is of it."""

from collections.abc import Mapping, Sequence

from reportedly.dossier.markup import Html, join, tag
from reportedly.dossier.quotes import Told
from reportedly.dossier.statements import glyph
from reportedly.dossier.wording import GRADES, VERBS, count, five_counts, interval, kind, moment, place_name
from reportedly.records import Actor, Event, NumberRange, Stance

_SAID = 3  # numbers told with their source; more stand where the reports differ


def head(event: Event, told: Mapping[Stance, Sequence[Told]]) -> Html:
    """What happened, what the record amounts to, and how much there is of it."""
    badge = tag("span", event.status, class_=f"badge st-{event.status}")
    reason = tag("bdi", event.status_reason)
    grade = join(tag("b", f"Credibility {event.grade} of 6"), f": {GRADES.get(event.grade, 'not graded')}")
    return tag(
        "header",
        tag("p", "Dossier ", tag("code", event.id), class_="kicker"),
        tag("h1", tag("bdi", event.summary)),
        tag("p", badge, " ", reason, ". ", tag("span", grade, class_="grade"), class_="status"),
        _stances(told),
        _counts(event),
        _facts(event),
    )


def _stances(told: Mapping[Stance, Sequence[Told]]) -> Html:
    items = []
    for stance, found in told.items():
        one, many = VERBS[stance]
        words = f"{len(found)} {one if len(found) == 1 else many}"
        items.append(tag("li", tag("a", glyph(stance), f" {words}", href=f"#say-{stance}"), class_=f"s-{stance}"))
    return tag("ul", items, class_="stances", aria_label="Statements by stance")


def _counts(event: Event) -> Html:
    cells = [
        tag("div", tag("dt", noun), tag("dd", tag("b", f"{number:,}"), tag("span", what)))
        for noun, number, what in five_counts(event)
    ]
    return tag("dl", cells, class_="counts")


def _names(actors: Sequence[Actor]) -> Html | None:
    if not actors:
        return None
    parts: list[object] = []
    for number, actor in enumerate(actors):
        parts += ["; " if number else None, tag("bdi", actor.name), f" ({actor.country})" if actor.country else None]
    return join(*parts)


def _facts(event: Event) -> Html:
    places = "; ".join(place_name(place) for place in event.places)
    first, last = event.first_reported, event.last_reported
    reported = moment(first) if first == last else f"{moment(first)} to {moment(last)}"
    rows: list[tuple[str, object]] = [
        ("what", kind(event)),
        ("by", _names(event.actors) or "no report says who"),
        ("towards", _names(event.recipients) or "no report says to whom"),
        ("where", tag("bdi", places) if places else "no report says where"),
        ("when", interval(event.first, event.last) or "no report says when"),
        ("reported", reported if first else "no article has a date"),
        ("killed", _number(event, "killed")),
        ("injured", _number(event, "injured")),
    ]
    return tag("dl", (tag("div", tag("dt", name), tag("dd", value)) for name, value in rows if value), class_="facts")


def _number(event: Event, field: str) -> Html | None:
    found: NumberRange = getattr(event, field)
    if found.min is None:
        return None
    span = str(found.min) if found.min == found.max else f"{found.min} to {found.max or 'more'}"
    by = dict.fromkeys(
        f"{line.get('source') or 'no source'}: “{line.get('text') or line['low']}”" for line in found.by_source
    )
    if len(by) > _SAID and any(difference.field == field for difference in event.disagreements):
        return join(span, ", as told by ", tag("a", count(len(by), "source"), href="#differences"))
    return join(span, " (", tag("bdi", "; ".join(by)), ")") if by else join(span)
