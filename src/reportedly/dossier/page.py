"""One event's dossier as one HTML file that needs nothing else: no network, no fonts, no scripts of others."""

import base64
import hashlib
import importlib.metadata
from collections.abc import Iterable, Mapping, Sequence

from reportedly.dossier import sections
from reportedly.dossier.evidence import evidence
from reportedly.dossier.graph import graph_of
from reportedly.dossier.head import head
from reportedly.dossier.markup import Html, tag
from reportedly.dossier.quotes import Told, titled, told_by_stance
from reportedly.dossier.statements import statements
from reportedly.gazetteer import Gazetteer
from reportedly.records import Article, Event, Run, Stance
from reportedly.resources import data_path

_STYLES = ("palette", "page", "drawings", "print")
_SECTIONS = (
    ("said", "Who says what"),
    ("origins", "Where it comes from"),
    ("course", "How it was reported"),
    ("places", "Where it happened"),
    ("differences", "Where reports differ"),
    ("evidence", "Why these reports belong together"),
)
# For browsers that cannot open folded parts for the printer by style alone.
_SCRIPT = (
    "addEventListener('beforeprint',()=>document.querySelectorAll('details:not([open])').forEach("
    "d=>{d.open=true;d.dataset.folded=''}));"
    "addEventListener('afterprint',()=>document.querySelectorAll('details[data-folded]').forEach("
    "d=>{d.open=false;delete d.dataset.folded}));"
)


def page(
    event: Event,
    articles: Mapping[str, Article],
    gazetteer: Gazetteer | None = None,
    runs: Iterable[Run] = (),
) -> str:
    """The dossier of an event as a whole HTML document.

    `articles` by id give the quotes their context; quotes of those that are missing stand alone. Without a gazetteer
    there is no map. `runs` are named at the foot. The same input gives the same page.
    """
    event = titled(event, articles)
    told = told_by_stance(event, articles)
    anchors = _anchors(event, told)
    bodies = {
        "said": statements(told, anchors),
        "origins": sections.origins(event, graph_of(event)),
        "course": sections.course(event, anchors),
        "places": sections.places(event, gazetteer),
        "differences": sections.differences(event, anchors),
        "evidence": evidence(event, anchors),
    }
    contents = tag(
        "nav",
        tag("ul", (tag("li", tag("a", title, href=f"#{name}")) for name, title in _SECTIONS)),
        aria_label="Contents",
    )
    main = tag(
        "main",
        head(event, told),
        contents,
        (
            tag("section", tag("h2", title, id=f"{name}-h"), tag("div", bodies[name], class_="body"),
                id=name, class_="part", aria_labelledby=f"{name}-h")
            for name, title in _SECTIONS
        ),
        id="top",
    )  # fmt: skip
    body = tag(
        "body",
        tag("a", "Skip to who says what", href="#said", class_="skip"),
        _glyphs(),
        main,
        _foot(event, runs),
        tag("script", Html(_SCRIPT)),
    )
    document = tag("html", _head(event), body, lang="en")
    return f"<!DOCTYPE html>\n{document}\n"


def _head(event: Event) -> Html:
    style = "\n".join(data_path(f"dossier/{name}.css").read_text(encoding="utf-8") for name in _STYLES)
    digest = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
    # What the page may load: nothing but what stands in it.
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", f"{event.summary} – dossier"),
        tag("style", Html(style)),
    )


def _anchors(event: Event, told: Mapping[Stance, Sequence[Told]]) -> dict[str, str]:
    """The fragment of each report: r1, r2 … in the order of the event; reports in the same words share the first's."""
    number = {line.report: f"r{position}" for position, line in enumerate(event.reports, 1)}
    found = dict(number)
    for items in told.values():
        for one in items:
            for part in (one, *one.copies):
                found.update((report, number[part.line.report]) for report in part.reports)
    return found


def _foot(event: Event, runs: Iterable[Run]) -> Html:
    version = importlib.metadata.version("reportedly")
    made = sorted({(run.id, run.version, run.parser, ", ".join(run.models)) for run in runs})
    read = [
        tag("li", "read by run ", tag("code", run), f" (version {number}, {', '.join(filter(None, (parser, models)))})")
        for run, number, parser, models in made
    ]
    return tag(
        "footer",
        tag("p", f"Made by reportedly {version} from event ", tag("code", event.id), "."),
        tag("ul", read) if read else None,
        tag(
            "p",
            "The status says what the coverage amounts to, not what is true. It follows the published rule "
            "(docs/status.md) and is computed from the reports shown here, never set by hand.",
        ),
        tag("p", tag("a", "Back to the top", href="#top")),
    )


def _glyphs() -> Html:
    """The shape of each stance, drawn once: told apart without colour."""
    shapes: Mapping[str, Iterable[Html]] = {
        "asserts": (tag("circle", r=5.5, class_="full"),),
        "confirms": (tag("circle", r=6.5, class_="full"), tag("path", d="M-3 0l2 2.5 4-5", class_="cut")),
        "denies": (tag("path", d="M-4.5-4.5l9 9m0-9l-9 9", class_="thick"),),
        "declines": (tag("circle", r=5.5, class_="line"), tag("path", d="M-3 0h6", class_="line")),
        "doubts": (
            tag("path", d="M0-6.5l6.5 6.5-6.5 6.5-6.5-6.5z", class_="line"),
            tag("circle", r=1.5, class_="full"),
        ),
        "endorses": (tag("path", d="M0-6l6 11h-12z", class_="full"),),
        "condemns": (tag("path", d="M0 6l6-11h-12z", class_="full"),),
    }
    symbols = [tag("g", parts, id=f"g-{name}") for name, parts in shapes.items()]
    return tag("svg", tag("defs", symbols), width=0, height=0, class_="defs", aria_hidden="true")
