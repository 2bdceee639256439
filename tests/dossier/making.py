"""Dossiers' events made by hand, of any number of articles. All incidents, outlets and words are invented."""

import dataclasses
import datetime as dt
from typing import Any

from reportedly.records import Actor, Article, Disagreement, Event, EventReport, NumberRange, Place, Span, Stance

START = dt.datetime(2031, 3, 3, 6, 30, tzinfo=dt.UTC)
EVIL = "<script>alert('x')</script> & \"Rubha\" Bridge"
OUTLETS = (
    "Meridian Newswire", "Harbour Post", "Hill Gazette", "Capital Tribune", "Northland Broadcasting", "صحيفة التل",
    "Lakeside Post", "The Ferry Times", "Eastern Courier", "Radio Rubha",
)  # fmt: skip
# Stance, source, kind of source, the sentence with the words that are quoted in braces.
SAYINGS: tuple[tuple[Stance, str | None, Any, str], ...] = (
    ("asserts", "Hill Guard", "organisation", "The Hill Guard said {Northland's army had shelled the bridge at Kut on Sunday night}, killing four ferrymen."),
    ("asserts", None, "narrator", "{Shells fell on the bridge at Kut late on Sunday, residents and a ferry captain told this paper.}"),
    ("denies", "Colonel Arne Vik", "official", "Colonel Arne Vik, a spokesman for Northland's army, dismissed {the account as “a fairy tale from the hills”}."),
    ("asserts", "قائد الحرس الجبلي", "person", "In a recorded message, the Guard's commander said {“القصف بدأ قبل منتصف الليل”}."),
    ("doubts", "Ferry Watch", "organisation", "Ferry Watch, a monitoring group, said {the pictures that went around were at least two years old} and showed another bridge."),
    ("declines", "Eastland's foreign ministry", "official", "Eastland's foreign ministry would not say {whether its observers had heard the shelling}."),
    ("confirms", "Mayor Ilse Brandt", "official", "Mayor Ilse Brandt confirmed {that the bridge had been hit and was closed to all traffic}."),
    ("condemns", "Council of Elders", "organisation", "The Council of Elders condemned {the shelling of a bridge that only ferrymen use}."),
    ("endorses", "Free Rivers Party", "organisation", "The Free Rivers Party welcomed {the strike on what it called a smugglers' crossing}."),
)  # fmt: skip
BEFORE = "Work on the river had stopped for the winter feast."
AFTER = "Nobody could say on Monday when the ferries would run again."
KUT = Place(
    text="Kut", start=0, end=3, name="Al Kut", country="IRQ", admin1="Wasit", lat=32.51, lon=45.82, radius_km=12.0,
    precision=1, kind="city",
)  # fmt: skip
BEND = Place(
    text="the river bend below Kut", start=0, end=24, country="IRQ", lat=32.4, lon=46.05, radius_km=20.0, precision=5,
    geometry={"type": "Polygon", "coordinates": [[[45.9, 32.3], [46.2, 32.3], [46.2, 32.5], [45.9, 32.5], [45.9, 32.3]]]},
)  # fmt: skip


def made(count: int, **fields: Any) -> tuple[Event, dict[str, Article]]:
    """An event in so many articles, two reports in each, every fifth article a copy; and the articles by id."""
    articles: dict[str, Article] = {}
    reports: list[EventReport] = []
    for number in range(count):
        article, lines = _article(number)
        articles[article.id] = article
        reports += lines
    copies = len({line.article for line in reports if line.copy_of})
    killed = [line.report for line in reports if line.source == "Hill Guard"]
    others = [line.report for line in reports if line.source_kind == "narrator"]
    event = Event(
        id="event-00ff",
        summary="Northland's army shells the bridge at Kut, 2 Mar 2031",
        type="ASSAULT", quad="material conflict", mode="heavy-weapons",
        actors=(Actor(name="Northland's army", country="NOR", sectors=("MIL",)),),
        recipients=(Actor(name="Hill Guard"),),
        places=(KUT, BEND),
        first=dt.date(2031, 3, 2), last=dt.date(2031, 3, 2),
        first_reported=reports[0].published, last_reported=reports[-1].published,
        status="disputed", status_reason="Hill Guard said so; Colonel Arne Vik denied it", grade=4,
        articles=count, copies=copies, publishers=len({line.publisher for line in reports}), origins=2,
        origin_names=("Harbour Post", "Meridian Newswire"),
        killed=NumberRange(min=4, max=9, by_source=(
            {"report": reports[0].report, "source": "Hill Guard", "low": 4, "high": 4, "text": "four"},
        )),
        injured=NumberRange(min=None, max=None, by_source=()),
        reports=tuple(reports),
        disagreements=(
            Disagreement(field="killed", values=({"value": 4, "reports": killed, "since": "2031-03-03"}, {"value": "9 or more", "reports": others})),
        ) if count > 1 else (),
        why=_why(reports),
        history=HISTORY,
        origin_graph=_graph(reports),
    )  # fmt: skip
    return dataclasses.replace(event, **fields), articles


HISTORY = (
    {
        "at": "2031-03-03T06:30:00+00:00",
        "what": "first report",
        "source": "Hill Guard",
        "publisher": "Meridian Newswire",
    },
    {
        "at": "2031-03-03",
        "what": "first denial",
        "source": "Colonel Arne Vik",
        "report": "report-02-0",
        "text": "First denial: Colonel Arne Vik denied it in Hill Gazette on 3 Mar 2031",
    },
    {"at": "2031-03-04", "what": "reversal", "source": "Colonel Arne Vik", "from": "denies", "to": "confirms"},
    {"at": None, "what": "number", "from": 4, "to": 9},
)


def _article(number: int) -> tuple[Article, list[EventReport]]:
    """Articles of a number divisible by five (but the first) are copies of the one five before."""
    is_copy = number % 5 == 0 and number > 0
    told = number - 5 * (number // 5) if is_copy else number
    name = f"article-{number:02d}"
    title = EVIL if number == 1 else f"Bridge at Kut shelled, account {told}"
    published: dt.datetime | dt.date = START + dt.timedelta(hours=2 * number, minutes=7 * number)
    if number % 3 == 2:
        published = published.date()
    text, lines = f"{title}\n{BEFORE} ", []
    for position, (stance, source, kind, sentence) in enumerate(
        (SAYINGS[told % len(SAYINGS)], SAYINGS[(told * 2 + 1) % len(SAYINGS)])
    ):
        start = len(text) + sentence.index("{")
        quote = sentence[sentence.index("{") + 1 : sentence.index("}")]
        text += sentence.replace("{", "").replace("}", "") + " "
        lines.append(
            EventReport(
                report=f"report-{number:02d}-{position}", article=name, publisher=OUTLETS[number % len(OUTLETS)],
                published=published, statement=f"statement-{number:02d}-{position}", source=source, source_kind=kind,
                stance=stance, certainty={"denies": "CT-", "declines": "UU"}.get(stance, "PR+" if number % 4 == 3 else "CT+"),
                quote=quote, relayed_by="Harbour Post" if number % 7 == 3 else None,
                copy_of="article-00" if is_copy else None, url=f"https://news.example/{name}?a=1&b=2" if number % 2 == 0 else None,
                title=title, start=start, end=start + len(quote),
            )  # type: ignore[arg-type]
        )  # fmt: skip
    text += AFTER
    article = Article(
        id=name, sha256="0", text=text, title=title, published=published, language="en", url=lines[0].url,
        publisher=lines[0].publisher, title_span=Span(start=0, end=len(title), text=title),
    )  # fmt: skip
    return article, lines


def _why(reports: list[EventReport]) -> tuple[dict[str, Any], ...]:
    links = [
        {"kind": "link", "left": a.report, "right": b.report, "score": round(0.95 - 0.001 * n, 3), "parts": {"actors": 1.0, "place": 0.7}}
        for n, (a, b) in enumerate((a, b) for i, a in enumerate(reports) for b in reports[i + 1 : i + 9])
    ]  # fmt: skip
    copied = dict.fromkeys(line.article for line in reports if line.copy_of)
    copies = [
        {"kind": "copy", "article": a, "copy_of": "article-00", "share": 0.9, "evidence": "9 of 10 sentences"}
        for a in copied
    ]
    judged = {
        "kind": "judgement", "left": reports[0].report, "right": reports[-1].report, "same": True, "by": "ana",
        "at": "2031-03-09T08:00:00+00:00",
    }  # fmt: skip
    return (*links, *copies, *([judged] if len(reports) > 2 else []))


def _graph(reports: list[EventReport]) -> dict[str, Any]:
    nodes: dict[str, dict[str, Any]] = {}
    edges: dict[tuple[str, str], dict[str, Any]] = {}
    for line in reports:
        nodes.setdefault(line.article, {"id": line.article, "kind": "article", "name": line.article, "root": False})
        targets = [(f"outlet:{line.publisher}", line.publisher, "published by")]
        if line.copy_of:
            targets = [(line.copy_of, None, "copy of")]
        if line.relayed_by:
            targets.append((f"outlet:{line.relayed_by}", line.relayed_by, "relayed by"))
        for key, name, how in targets:
            if name:
                root = name in ("Harbour Post", "Meridian Newswire")
                nodes.setdefault(key, {"id": key, "kind": "outlet", "name": name, "root": root})
            edges.setdefault(
                (line.article, key), {"from": line.article, "to": key, "how": how, "evidence": "its byline"}
            )
    return {"nodes": list(nodes.values()), "edges": list(edges.values())}
