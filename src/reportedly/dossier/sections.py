"""The parts of a dossier page below its statements: origins, course, places, differences."""

from collections.abc import Mapping

from reportedly.dossier.graph import Branch, Graph, trees
from reportedly.dossier.graph_svg import draw_graph
from reportedly.dossier.map import draw_map
from reportedly.dossier.markup import Html, join, link, scroll, tag
from reportedly.dossier.timeline import draw_timeline, is_far, turns
from reportedly.dossier.window import in_window, located, window_of
from reportedly.dossier.wording import (
    HOW,
    PRECISION,
    change_in_words,
    count,
    field_name,
    interval,
    moment,
    moment_of,
    outlet,
    place_around,
    place_name,
    rests,
    shortened,
    who,
)
from reportedly.gazetteer import Gazetteer
from reportedly.records import Event, EventReport

_OPEN_ARTICLES = 8  # a longer list of articles is folded
_EVIDENCE = 140  # characters of an article's words in the tree
_OPEN_TREE = 24  # articles: a longer tree is folded
_MOST_DRAWN = 150  # articles: more make a drawing that nobody can follow


def origins(event: Event, graph: Graph) -> Html:
    """The origin graph, and the same in words."""
    roots, rest = trees(graph)
    if not graph.edges and not roots:
        return join(tag("p", "No article credits anybody, and no publisher is known."), _articles(event))
    found = count(event.origins, "independent origin")
    told = f"{found} for what is said to have happened. " if event.origins else "Nobody is counted as an origin. "
    left = len({line.article for line in event.reports} - graph.nodes.keys())
    rule = "Copies count for their original, what is credited to another outlet for that outlet."
    others = f"{count(left, 'article')} that {'does' if left == 1 else 'do'} not say that it happened"
    silent = f" Not shown here: {others}." if left else None
    lead = tag("p", told, rule, silent)
    many = len(graph.articles)
    if many <= _MOST_DRAWN:
        figure = tag("figure", tag("div", draw_graph(graph), **scroll("Drawing of the origins")), _legend(graph))
    else:
        figure = tag("p", f"{many:,} articles are too many to draw; the list has them all.")
    lists: list[object] = [tag("ul", (_branch(one) for one in roots), class_="tree")]
    if rest:
        lists += [tag("p", "Not counted as origins:"), tag("ul", (_branch(one) for one in rest), class_="tree")]
    if many > _OPEN_TREE:
        lists = [tag("details", tag("summary", f"Who rests on whom, {count(many, 'article')}"), lists)]
    return join(lead, figure, tag("h3", "The same in words"), lists, _articles(event))


def _legend(graph: Graph) -> Html:
    hows = [how for how in HOW if any(edge.how == how for edge in graph.edges)]
    kinds = [tag("li", _stroke(how), f" {HOW[how][0]}") for how in hows]
    return tag("figcaption", tag("ul", kinds, class_="legend", aria_label="Kinds of line"))


def _articles(event: Event) -> Html:
    """The texts that were read, one row each."""
    lines: dict[str, EventReport] = {}
    for line in event.reports:
        lines.setdefault(line.article, line)
    rows = []
    for line in lines.values():
        title = tag("bdi", line.title) if line.title else "no title"
        original = lines.get(line.copy_of or "")
        copied = (
            f"copy of {outlet(original) if original else 'a text that has no report here'}" if line.copy_of else None
        )
        rows.append(
            tag(
                "tr",
                tag(
                    "th",
                    tag("bdi", line.publisher or "unknown"),
                    tag("span", f" {moment(line.published)}", class_="remark"),
                    scope="row",
                ),
                tag("td", link(line.url, title), tag("span", f" {copied}", class_="remark") if copied else None),
            )
        )
    top = tag("tr", (tag("th", name, scope="col") for name in ("published by, when", "title")))
    table = tag("table", tag("caption", "Articles in the order of publication"), tag("thead", top), tag("tbody", rows))
    return tag(
        "details", tag("summary", f"The {count(len(lines), 'article')}"), table, open=len(lines) <= _OPEN_ARTICLES
    )


def _stroke(how: str) -> Html:
    line = tag("path", d="M0 6H28")
    return tag(
        "svg", tag("g", line, class_=f"edge how-{how.replace(' ', '-')}"), width=28, height=12, aria_hidden="true",
        class_="stroke",
    )  # fmt: skip


def _evidence(words: str) -> Html:
    return tag("span", " (", tag("bdi", shortened(words, _EVIDENCE)), ")", class_="remark")


def _branch(branch: Branch) -> Html:
    node = branch.node
    outlet_name, when = node.parts
    name = join(tag("bdi", outlet_name), when)
    mark = tag("span", " independent origin", class_="remark") if node.root else None
    how = tag("span", f" {rests(branch.how)}", class_="remark") if branch.how else None
    why = _evidence(branch.evidence) if branch.evidence else None
    below = tag("ul", (_branch(one) for one in branch.below)) if branch.below else None
    return tag("li", tag("b", name) if node.root else name, mark, how, why, below)


def course(event: Event, anchors: Mapping[str, str]) -> Html:
    """The timeline and what changed in the course of reporting."""
    drawn = draw_timeline(event)
    parts: list[object] = []
    if drawn is None:
        parts.append(tag("p", "No article has a date, so nothing can be put in order."))
    else:
        note = "Each mark is an article, at the moment of its publication; small marks are copies."
        if is_far(event):
            note += f" It happened {interval(event.first, event.last)}, too long before to stand on this scale."
        elif event.first is None and event.last is None:
            note += " No report says when it happened."
        if turns(event):
            note += " Numbered lines are reversals, by their number below."
        parts.append(tag("figure", drawn, tag("figcaption", note)))
    if event.history:
        parts += [
            tag("h3", "What changed"),
            tag("ol", (_change(entry, anchors) for entry in event.history), class_="history"),
        ]
    else:
        parts.append(tag("p", "No turn of the story is recorded."))
    return join(parts)


def _change(entry: Mapping[str, object], anchors: Mapping[str, str]) -> Html:
    when = moment_of(entry.get("at"))
    at = anchors.get(str(entry.get("report")))
    told = tag("a", when, href=f"#{at}") if at else when
    return tag("li", tag("span", told, class_="when"), " ", tag("bdi", change_in_words(entry)))


def places(event: Event, gazetteer: Gazetteer | None) -> Html:
    """The map and the list of places."""
    if not event.places:
        return tag("p", "No report says where.")
    items = []
    known = located(event.places)
    window = window_of(known) if known and gazetteer else None
    for place in event.places:
        remarks = [place_around(place)]
        if place.lat is None or place.lon is None:
            remarks.append("not found in the gazetteer, so not on the map")
        elif place.radius_km:
            remarks.append(f"within {place.radius_km:,.0f} km of {_degrees(place.lat, place.lon)}")
        if place.precision:
            remarks.append(PRECISION.get(place.precision, ""))
        if window and place in known and not in_window(place, window):
            remarks.append("too far from the others to be on the map")
        words = "; ".join(filter(None, remarks))
        items.append(tag("li", tag("b", tag("bdi", place_name(place))), f": {words}" if words else None))
    listed = tag("ol", items, class_="places")
    if not known:
        return join(tag("p", "No place is known well enough for a map."), listed)
    if gazetteer is None:
        return join(tag("p", "No map: the gazetteer is not there (reportedly gazetteer build makes it)."), listed)
    note = (
        "Numbers as in the list. The shaded ground should hold the true place nine times in ten. "
        "Outlines: Natural Earth, along lines of actual control; they take no side."
    )
    return tag(
        "div", tag("figure", draw_map(event.places, gazetteer), tag("figcaption", note)), listed, class_="where-map"
    )


def _degrees(lat: float, lon: float) -> str:
    return f"{abs(lat):.2f}° {'N' if lat >= 0 else 'S'}, {abs(lon):.2f}° {'E' if lon >= 0 else 'W'}"


def differences(event: Event, anchors: Mapping[str, str]) -> Html:
    """Who says which value."""
    if not event.disagreements:
        return tag("p", "No report contradicts another.")
    lines = {line.report: line for line in event.reports}
    tables = []
    for difference in event.disagreements:
        rows = [
            tag(
                "tr",
                tag("th", tag("bdi", value["value"]), scope="row"),
                tag("td", _sayers(value, lines, anchors), _since(value)),
            )
            for value in difference.values
        ]
        top = tag("tr", tag("th", "value", scope="col"), tag("th", "who says so", scope="col"))
        caption = tag("caption", field_name(difference.field).capitalize())
        tables.append(tag("table", caption, tag("thead", top), tag("tbody", rows), class_="differing"))
    return join(tables)


def _since(value: Mapping[str, object]) -> Html | None:
    since = value.get("since")
    return tag("span", f" since {moment_of(since)}", class_="remark") if since else None


def _sayers(value: Mapping[str, object], lines: Mapping[str, EventReport], anchors: Mapping[str, str]) -> Html:
    reports = value.get("reports") or ()
    assert isinstance(reports, list | tuple)
    found: dict[str, list[str]] = {}
    for report in reports:
        line = lines.get(report)
        name = f"{who(line)} ({outlet(line)})" if line else str(report)
        found.setdefault(name, []).append(report)
    if not found:
        return tag("bdi", ", ".join(str(name) for name in value.get("sources") or ()) or "not said")  # type: ignore[attr-defined]
    parts: list[object] = []
    for number, (name, held) in enumerate(found.items()):
        words = tag("bdi", name)
        at = anchors.get(held[0])
        parts += ["; " if number else None, tag("a", words, href=f"#{at}") if at else words]
    return join(parts)
