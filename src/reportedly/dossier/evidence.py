"""Why these reports are taken for one happening: links with the parts of their scores, copies, people's judgements."""

from collections.abc import Mapping, Sequence
from typing import Any

from reportedly.dossier.markup import Html, join, scroll, tag
from reportedly.dossier.wording import count, day, moment_of, outlet, who
from reportedly.records import Event, EventReport

_SHOWN = 10  # the strongest links, and as many of the weakest
Why = Sequence[Mapping[str, Any]]

# What holds whatever the score.
_TIES = {"refers_to": "one points back to the other", "copied": "the same words in a copy"}


def of_kind(event: Event, kind: str) -> list[Mapping[str, Any]]:
    """The lines of `why` that are links, copies or judgements; links the strongest first."""
    found = [line for line in event.why if line.get("kind") == kind]
    return sorted(found, key=lambda line: -line["score"]) if kind == "link" else found


def parts_in_words(link: Mapping[str, Any]) -> str:
    """ "actors +1.4, place -2.0": bits for and against, the largest first; of a tie what ties."""
    parts = sorted(link.get("parts", {}).items(), key=lambda part: -part[1])
    if parts and parts[0][0] in _TIES:
        return _TIES[parts[0][0]]
    return ", ".join(f"{name.replace('_', ' ')} {value:+.1f}" for name, value in parts)


def short_name(line: EventReport | None, report: str) -> str:
    """A report as who and where: "Hill Guard (Harbour Post, 3 Mar 2031)"."""
    if line is None:
        return report
    when = f", {day(line.published)}" if line.published else ""
    return f"{who(line)} ({outlet(line)}{when})"


def evidence(event: Event, anchors: Mapping[str, str]) -> Html:
    """The section's body."""
    lines = {line.report: line for line in event.reports}

    def report(name: str) -> Html:
        words = tag("bdi", short_name(lines.get(name), name))
        return tag("a", words, href=f"#{anchors[name]}") if name in anchors else words

    links, copies, judged = (of_kind(event, kind) for kind in ("link", "copy", "judgement"))
    if not links and not copies and not judged:
        one = len(event.reports) == 1
        return tag("p", "There is one report only, so nothing had to be linked." if one else "No evidence is recorded.")
    articles = {line.article: line for line in event.reports}
    return join(
        _links(links, report),
        _copies(copies, articles),
        _judgements(judged, report),
    )


def _links(links: Why, report: Any) -> Html | None:
    if not links:
        return None
    strongest, weakest = links[0]["score"], links[-1]["score"]
    said = f"{count(len(links), 'link')} between the reports; scores from {weakest:.2f} to {strongest:.2f}"
    if len(links) > 2 * _SHOWN:
        shown = [*links[:_SHOWN], *links[-_SHOWN:]]
        note = (
            f"Shown: the {_SHOWN} strongest and the {_SHOWN} weakest of {len(links)}. The export jsonl has all of them."
        )
    else:
        shown, note = list(links), ""
    rows = [
        tag(
            "tr",
            tag("td", report(line["left"])),
            tag("td", report(line["right"])),
            tag("td", f"{line['score']:.2f}", class_="number"),
            tag("td", parts_in_words(line)),
        )
        for line in shown
    ]
    head = tag(
        "tr",
        (
            tag("th", name, scope="col")
            for name in ("report", "and report", "score", "for (+) and against (−) it, in bits")
        ),
    )
    table = tag("table", tag("caption", f"Links, the strongest first. {note}"), tag("thead", head), tag("tbody", rows))
    return tag("details", tag("summary", said), tag("div", table, **scroll("Links")))


def _copies(copies: Why, articles: Mapping[str, EventReport]) -> Html | None:
    if not copies:
        return None

    def name(article: str) -> str:
        line = articles.get(article)
        if line is None:
            return f"{article} (no report of this)"
        return ", ".join(filter(None, (outlet(line), day(line.published) if line.published else None)))

    rows = [
        tag(
            "tr",
            tag("td", tag("bdi", name(line["article"]))),
            tag("td", tag("bdi", name(line["copy_of"]))),
            tag("td", f"{round(100 * line['share'])} %", class_="number"),
            tag("td", line["evidence"]),
        )
        for line in copies
    ]
    head = tag("tr", (tag("th", name, scope="col") for name in ("article", "copies", "share", "evidence")))
    table = tag("table", tag("caption", "Copies"), tag("thead", head), tag("tbody", rows))
    said = f"{count(len(copies), 'article')} taken for {'a copy' if len(copies) == 1 else 'copies'}"
    return tag("details", tag("summary", said), tag("div", table, **scroll("Copies")))


def _judgements(judged: Why, report: Any) -> Html | None:
    if not judged:
        return None
    items = [
        tag(
            "li",
            tag("bdi", line["by"]),
            f", {moment_of(line['at'])}: ",
            report(line["left"]),
            " and ",
            report(line["right"]),
            " are one happening" if line["same"] else " are two happenings",
        )
        for line in judged
    ]
    said = f"{count(len(judged), 'judgement')} by people, which overrule the links"
    return tag("details", tag("summary", said), tag("ul", items))
