"""The page: whole, escaped, self-contained, and saying plainly what is not known."""

import dataclasses
import itertools
import re

import pytest

from reportedly.dossier import page
from reportedly.gazetteer import open_gazetteer
from reportedly.records import Event, Run
from tests.dossier.making import EVIL, KUT, made
from tests.dossier.reading import Page, loads

BARE = {
    "places": (), "history": (), "origin_graph": {}, "origin_names": (), "origins": 0, "disagreements": (), "why": (),
    "first": None, "last": None, "first_reported": None, "last_reported": None, "actors": (), "recipients": (),
}  # fmt: skip


def source(count: int, **fields: object) -> str:
    event, articles = made(count, **fields)
    return page(event, articles, open_gazetteer())


@pytest.fixture(scope="module", params=[1, 2, 40])
def many(request: pytest.FixtureRequest) -> str:
    return source(request.param)


def bare_event() -> Event:
    event, _ = made(1, **BARE)
    reports = tuple(dataclasses.replace(line, published=None, publisher=None, url=None) for line in event.reports)
    return dataclasses.replace(event, reports=reports, publishers=0)


def test_a_page_is_whole(many: str) -> None:
    read = Page(many)
    assert many.startswith('<!DOCTYPE html>\n<html lang="en">')
    ids = [element.attributes["id"] for element in read.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    targets = {e.attributes["href"][1:] for e in read.elements if e.attributes.get("href", "").startswith("#")}
    assert targets <= set(ids), targets - set(ids)
    labels = [
        e.attributes[n] for e in read.elements for n in ("aria-labelledby", "aria-describedby") if n in e.attributes
    ]
    assert {name for label in labels for name in label.split()} <= set(ids)


def test_a_page_loads_nothing(many: str) -> None:
    assert loads(many) == []
    policy = next(e for e in Page(many).all("meta") if e.attributes.get("http-equiv") == "Content-Security-Policy")
    assert policy.attributes["content"].startswith("default-src 'none';")


def test_the_check_sees_what_would_be_loaded() -> None:
    assert loads('<p><img src="a.png"></p>')
    assert loads('<link href="https://fonts.example/x.css">')
    assert loads("<style>p { background: url(x.png) }</style>")
    assert not loads('<a href="https://news.example/">read</a>')


def test_the_same_input_gives_the_same_page() -> None:
    assert source(3) == source(3)


def test_what_articles_say_is_text_never_markup() -> None:
    event, articles = made(2)
    evil = dataclasses.replace(
        event,
        summary=EVIL,
        status_reason=EVIL,
        id=EVIL,
        reports=tuple(
            dataclasses.replace(
                line, source=EVIL, publisher=EVIL, relayed_by=EVIL, quote=f"{EVIL}\x00\x1b", url="javascript:alert(1)"
            )
            for line in event.reports
        ),
        history=({"at": EVIL, "what": EVIL, "text": EVIL, "from": EVIL, "to": EVIL},),
        places=(dataclasses.replace(KUT, name=EVIL, admin1=EVIL),),
        origin_graph={
            "nodes": [{"id": EVIL, "kind": EVIL, "name": EVIL, "root": True}],
            "edges": [{"from": EVIL, "to": EVIL, "how": EVIL, "evidence": EVIL}],
        },
    )
    whole = page(evil, articles, open_gazetteer(), [Run(version=EVIL, parser=EVIL, language="en", settings=EVIL)])
    read = Page(whole)
    assert [e.text for e in read.all("script")] == [re.search(r"<script>(add.*?)</script>", whole)[1]]  # type: ignore[index]
    assert "javascript:" not in whole
    assert "\x00" not in whole
    assert "\x1b" not in whole
    assert EVIL in read.all("h1")[0].text
    assert EVIL in read.by_id("said").text


def test_only_pages_on_the_web_are_linked(many: str) -> None:
    outward = [e.attributes["href"] for e in Page(many).all("a") if not e.attributes["href"].startswith("#")]
    assert all(href.startswith("https://news.example/article-") for href in outward)
    assert outward


def test_headings_stand_in_order(many: str) -> None:
    levels = [int(e.tag[1]) for e in Page(many).all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_headings_of_two_articles() -> None:
    assert [(e.tag, e.words) for e in Page(source(2)).all("h1", "h2", "h3")] == [
        ("h1", "Northland's army shells the bridge at Kut, 2 Mar 2031"),
        ("h2", "Who says what"),
        ("h3", "Says it happened 4 statements"),
        ("h2", "Where it comes from"),
        ("h3", "The same in words"),
        ("h2", "How it was reported"),
        ("h3", "What changed"),
        ("h2", "Where it happened"),
        ("h2", "Where reports differ"),
        ("h2", "Why these reports belong together"),
    ]


def test_landmarks_and_names_for_a_screen_reader(many: str) -> None:
    read = Page(many)
    assert [len(read.all(tag)) for tag in ("main", "nav", "header", "footer")] == [1, 1, 1, 1]
    assert all(table_has_caption(read, table) for table in read.all("table"))
    assert all(e.attributes.get("scope") in ("row", "col") for e in read.all("th"))
    drawings = [e for e in read.all("svg") if e.attributes.get("role") == "img"]
    assert len(drawings) == 3
    for drawing in drawings:
        assert len(drawing.attributes["aria-labelledby"].split()) == 2
    silent = [e for e in read.all("svg") if e not in drawings and "mark" not in e.attributes.get("class", "")]
    assert all(e.attributes.get("aria-hidden") == "true" for e in silent)
    assert all("aria-label" in e.attributes for e in read.with_class("scroll"))


def table_has_caption(read: Page, table: object) -> bool:
    return len(read.inside(table, "caption")) == 1  # type: ignore[arg-type]


def test_the_head_says_status_reason_grade_and_five_counts() -> None:
    read = Page(source(40))
    head = read.all("header")[0]
    for words in ("disputed", "Hill Guard said so; Colonel Arne Vik denied it", "Credibility 4 of 6: doubtful"):
        assert words in head.words
    counts = [e.words for e in read.inside(read.with_class("counts")[0], "b")]
    assert counts == ["80", "40", "7", "10", "2"]
    assert "4 to 9 (Hill Guard: “four”)" in head.words


def test_quotes_stand_in_context_in_their_own_direction() -> None:
    quotes = Page(source(2)).all("blockquote")
    assert all(e.attributes["dir"] == "auto" for e in quotes)
    assert quotes[0].words == (
        "Work on the river had stopped for the winter feast. The Hill Guard said Northland's army had shelled the bridge "
        "at Kut on Sunday night, killing four ferrymen. Shells fell on the bridge at Kut late on Sunday, residents and a "
        "ferry captain told this paper."
    )
    marked = Page(source(2)).all("mark")
    assert marked[0].words == "Northland's army had shelled the bridge at Kut on Sunday night"


def test_copies_are_folded_under_their_original() -> None:
    read = Page(source(11))
    folded = read.with_class("copies")
    assert len(folded) == 2
    assert all(e.words.startswith("2 copies: صحيفة التل, Meridian Newswire") for e in folded)


def test_long_lists_are_folded_not_cut() -> None:
    read = Page(source(40))
    summaries = [e.words for e in read.all("summary")]
    assert "14 more statements in the order of publication" in summaries
    assert "The 40 articles" in summaries
    assert "Who rests on whom, 40 articles" in summaries
    told = [e for e in read.all("li") if re.fullmatch(r"r\d+", e.attributes.get("id", ""))]
    assert len(told) == 80


def test_differences_say_who_says_which_value_and_lead_to_the_words() -> None:
    read = Page(source(2))
    part = read.by_id("differences")
    assert [e.words for e in read.inside(part, "th")] == ["value", "who says so", "4", "9 or more"]
    assert "since 3 Mar 2031" in part.words
    links = read.inside(part, "a")
    assert [e.words for e in links] == [
        "Hill Guard (Meridian Newswire)",
        "the outlet’s own voice (Meridian Newswire)",
        "the outlet’s own voice (Harbour Post)",
    ]


def test_what_changed_is_told_in_order_and_leads_to_the_words() -> None:
    read = Page(source(3))
    (changes,) = read.with_class("history")
    assert [e.words for e in read.inside(changes, "li")] == [
        "3 Mar 2031, 06:30 UTC first report (Hill Guard, Meridian Newswire)",
        "3 Mar 2031 First denial: Colonel Arne Vik denied it in Hill Gazette on 3 Mar 2031",
        "4 Mar 2031 reversal: denies → confirms (Colonel Arne Vik)",
        "no date number: 4 → 9",
    ]
    (to_denial,) = read.inside(changes, "a")
    assert to_denial.words == "3 Mar 2031"
    assert "Colonel Arne Vik" in read.by_id(to_denial.attributes["href"][1:]).words


def test_evidence_is_folded_and_says_how_much_of_it_is_shown() -> None:
    read = Page(source(40))
    part = read.by_id("evidence")
    assert len(read.inside(part, "details")) == 3
    assert "Shown: the 10 strongest and the 10 weakest of 604" in part.words
    assert "ana, 9 Mar 2031, 08:00 UTC" in part.words


def test_what_is_missing_is_said() -> None:
    whole = page(bare_event(), {}, open_gazetteer())
    read = Page(whole)
    text = read.all("main")[0].words
    for words in (
        "no report says who",
        "no report says to whom",
        "no report says where",
        "no report says when",
        "no article has a date",
        "“Bridge at Kut shelled, account 0”, no date",
        "no article names its outlet",
        "No article credits anybody, and no publisher is known.",
        "No article has a date, so nothing can be put in order.",
        "No report says where.",
        "No report contradicts another",
        "No evidence is recorded.",
    ):
        assert words in text
    assert "map-title" not in whole
    assert "time-title" not in whole
    assert read.all("blockquote")


def test_without_a_gazetteer_there_is_no_map_and_it_is_said() -> None:
    event, articles = made(2)
    whole = page(event, articles)
    assert "map-title" not in whole
    assert "No map: the gazetteer is not there" in whole
    assert "Al Kut" in Page(whole).by_id("places").words


def test_a_place_that_is_not_known_is_listed_without_a_map() -> None:
    lost = dataclasses.replace(KUT, lat=None, lon=None, radius_km=None)
    part = Page(source(2, places=(lost,))).by_id("places")
    assert "No place is known well enough for a map." in part.words
    assert "not found in the gazetteer" in part.words


def test_the_foot_says_what_made_it() -> None:
    event, articles = made(2)
    run = Run(version="9.9", parser="hand", language="en", settings="s", models=("m 1",))
    foot = Page(page(event, articles, None, [run, run])).all("footer")[0].words
    assert foot.count(run.id) == 1
    assert "(version 9.9, hand, m 1)" in foot
    assert "follows the published rule" in foot


def test_pages_stay_small() -> None:
    assert len(source(2).encode()) < 70_000
    assert len(source(40).encode()) < 200_000


def test_articles_outside_the_graph_are_counted() -> None:
    event, _ = made(3)
    graph = {"nodes": event.origin_graph["nodes"][:2], "edges": event.origin_graph["edges"][:1]}
    words = Page(source(3, origin_graph=graph)).by_id("origins").words
    assert "Not shown here: 2 articles that do not say that it happened." in words
    assert "Not shown here" not in Page(source(3)).by_id("origins").words


def test_hundreds_of_articles_are_listed_not_drawn() -> None:
    whole = source(160, why=())
    assert "160 articles are too many to draw" in whole
    assert "graph-title" not in whole
    assert len([e for e in Page(whole).all("li") if re.fullmatch(r"r\d+", e.attributes.get("id", ""))]) == 320
