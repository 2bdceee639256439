"""The statements of an event by stance, each quote in its place."""

from collections.abc import Mapping, Sequence

from reportedly.dossier.markup import Html, join, link, tag
from reportedly.dossier.quotes import Told
from reportedly.dossier.wording import CERTAINTY, HEADINGS, count, moment, outlet, who
from reportedly.records import EventReport, Stance

_OPEN = 12  # quotes of a stance that stand open; more are folded under one line


def glyph(stance: Stance) -> Html:
    """The stance's own shape, in its colour."""
    mark = tag("use", href=f"#g-{stance}", x=8, y=8)
    return tag("svg", mark, class_="glyph", width=16, height=16, aria_hidden="true", viewBox="0 0 16 16")


def statements(told: Mapping[Stance, Sequence[Told]], anchors: Mapping[str, str]) -> Html:
    """All stances that somebody takes, in their order. `anchors`: the fragment of each report by id."""
    return join(_of_stance(stance, found, anchors) for stance, found in told.items())


def _of_stance(stance: Stance, found: Sequence[Told], anchors: Mapping[str, str]) -> Html:
    copies = sum(len(one.copies) for one in found)
    counted = count(len(found), "statement") + (f" and {count(copies, 'copy')}" if copies else "")
    head = tag("h3", glyph(stance), f" {HEADINGS[stance]} ", tag("span", counted, class_="count"), id=f"say-{stance}")
    items = [_item(one, anchors) for one in found]
    lists = [tag("ol", items[:_OPEN], class_="said")]
    if len(items) > _OPEN:
        more = tag("summary", f"{count(len(items) - _OPEN, 'more statement')} in the order of publication")
        rest = tag("ol", items[_OPEN:], class_="said", start=_OPEN + 1)
        lists.append(tag("details", more, rest))
    return tag("section", head, lists, class_=f"stance s-{stance}", aria_labelledby=f"say-{stance}")


def _item(told: Told, anchors: Mapping[str, str]) -> Html:
    line = told.line
    return tag(
        "li",
        tag("p", _speaker(told), class_="who"),
        _quote(told),
        tag("p", where(line), _remarks(told), class_="where"),
        _copies(told, anchors),
        id=anchors[line.report],
    )


def _speaker(told: Told) -> Html:
    line = told.line
    source = tag("bdi", who(line))
    named = tag("b", source) if line.source else tag("i", source)
    relayed = join(" through ", tag("bdi", line.relayed_by)) if line.relayed_by else None
    return join(named, relayed)


def where(line: EventReport) -> Html:
    """Outlet and date, as the way to the page where there is an address."""
    published = line.published
    stamp = tag("time", moment(published), datetime=published.isoformat()) if published else "no date"
    return tag("span", link(line.url, tag("bdi", outlet(line)), ", ", stamp), class_="outlet")


def _remarks(told: Told) -> Html | None:
    line = told.line
    remarks = []
    if told.headline:
        remarks.append("headline")
    plain = {"denies": "CT-", "declines": "UU"}.get(line.stance, "CT+")
    if line.certainty != plain:
        remarks.append(f"given {CERTAINTY[line.certainty]}" if line.certainty != "UU" else CERTAINTY["UU"])
    if line.copy_of:
        remarks.append("copy of a text that does not itself say this")
    if len(told.reports) > 1:
        remarks.append(f"{len(told.reports)} reports in these words")
    return join(tag("span", f" · {remark}", class_="remark") for remark in remarks) if remarks else None


def _quote(told: Told) -> Html:
    around = told.context
    before = tag("span", around.before, " ", class_="around") if around.before else None
    after = tag("span", " ", around.after, class_="around") if around.after else None
    lang = told.language if told.language and not told.language.startswith("en") else None
    words = (before, around.lead, tag("mark", told.quote), around.rest, after)
    return tag("blockquote", words, dir="auto", lang=lang)


def _copies(told: Told, anchors: Mapping[str, str]) -> Html | None:
    if not told.copies:
        return None
    items = []
    for copy in told.copies:
        same = copy.quote == told.quote
        words = None if same else join(": ", tag("q", copy.quote, dir="auto"))
        items.append(tag("li", where(copy.line), words, id=anchors[copy.line.report]))
    outlets = ", ".join(dict.fromkeys(outlet(copy.line) for copy in told.copies))
    summary = tag("summary", f"{count(len(told.copies), 'copy')}: {outlets}")
    return tag("details", summary, tag("ul", items), class_="copies")
