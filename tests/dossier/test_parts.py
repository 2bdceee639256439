"""Quotes in context, copies, the graph and its tree, the scale of time, the window of the map."""

import dataclasses
import datetime as dt
import itertools
import re

import pytest

from reportedly.dossier.graph import graph_of, trees
from reportedly.dossier.graph_svg import draw_graph
from reportedly.dossier.map import draw_map
from reportedly.dossier.quotes import titled, told_by_stance
from reportedly.dossier.timeline import Scale, draw_timeline, is_far, stamp, turns
from reportedly.dossier.window import HEIGHT, WIDTH, Frame, window_of
from reportedly.dossier.wording import outlet
from reportedly.gazetteer import open_gazetteer
from reportedly.records import Place, Skipped
from tests.dossier.making import BEND, KUT, made

DAY = 86400.0


# Quotes


def test_a_quote_whose_place_is_not_known_is_found_by_its_words() -> None:
    event, articles = made(1)
    lines = tuple(dataclasses.replace(line, start=None, end=None) for line in event.reports)
    told = told_by_stance(dataclasses.replace(event, reports=lines), articles)
    assert told["asserts"][0].context.lead == "The Hill Guard said "


def test_a_quote_that_stands_twice_or_elsewhere_has_no_context() -> None:
    event, articles = made(1)
    line = dataclasses.replace(event.reports[0], quote="bridge at Kut", start=3, end=16)
    told = told_by_stance(dataclasses.replace(event, reports=(line,)), articles)["asserts"][0]
    assert (told.context.lead, told.context.rest) == ("", "")
    assert told.quote == "bridge at Kut"


def test_what_is_no_part_of_the_report_is_no_context() -> None:
    event, articles = made(1)
    article = articles["article-00"]
    at = article.text.index("Work on")
    skipped = Skipped(start=at, end=at + 20, reason="caption")
    told = told_by_stance(event, {article.id: dataclasses.replace(article, skipped=(skipped,))})
    assert told["asserts"][0].context.before == ""


def test_a_headline_has_no_context() -> None:
    event, articles = made(1)
    title = event.reports[0].title or ""
    line = dataclasses.replace(event.reports[0], quote=title, start=0, end=len(title))
    told = told_by_stance(dataclasses.replace(event, reports=(line,)), articles)["asserts"][0]
    assert told.headline
    assert told.context.after == ""


def test_long_sentences_around_a_quote_show_that_they_are_cut() -> None:
    event, articles = made(1)
    article = articles["article-00"]
    long = dataclasses.replace(article, text=article.text + " and so on" * 60)
    told = told_by_stance(event, {article.id: long})["asserts"]
    assert told[1].context.after.endswith(" …")
    assert len(told[1].context.after) < 330


def test_reports_in_the_same_words_are_one() -> None:
    event, articles = made(1)
    twin = dataclasses.replace(event.reports[0], report="twin")
    told = told_by_stance(dataclasses.replace(event, reports=(*event.reports, twin)), articles)
    assert told["asserts"][0].reports == ("report-00-0", "twin")


def test_a_copy_without_its_original_heads_the_other_copies() -> None:
    event, articles = made(11)
    lines = tuple(line for line in event.reports if line.article != "article-00")
    told = told_by_stance(dataclasses.replace(event, reports=lines), articles)["asserts"]
    heads = [one for one in told if one.line.copy_of]
    assert [one.line.article for one in heads] == ["article-05", "article-05"]
    assert [[copy.line.article for copy in one.copies] for one in heads] == [["article-10"], ["article-10"]]


# Origins


def test_the_tree_says_what_rests_on_each_origin() -> None:
    event, _ = made(6)
    roots, rest = trees(graph_of(event))
    told = {root.node.name: [(b.node.id, b.how, [c.node.id for c in b.below]) for b in root.below] for root in roots}
    assert told == {
        "Meridian Newswire": [("article-00", "published by", ["article-05"])],
        "Harbour Post": [("article-01", "published by", []), ("article-03", "relayed by", [])],
    }
    assert {branch.node.name for branch in rest} == {"Hill Gazette", "Capital Tribune", "Northland Broadcasting"}


def test_an_event_without_a_graph_gets_one_from_its_reports() -> None:
    event, _ = made(6)
    given, made_up = graph_of(event), graph_of(dataclasses.replace(event, origin_graph={}))
    assert {(g.left, given.nodes[g.right].name, g.how) for g in given.edges} == {
        (g.left, made_up.nodes[g.right].id if g.how == "copy of" else made_up.nodes[g.right].name, g.how)
        for g in made_up.edges
    }
    assert [n.name for n in made_up.nodes.values() if n.root] == ["Meridian Newswire", "Harbour Post"]


def test_articles_that_copy_each_other_in_a_circle_are_drawn_once() -> None:
    event, _ = made(2)
    nodes = [{"id": name, "kind": "article", "name": name, "root": False} for name in ("article-00", "article-01")]
    edges = [
        {"from": "article-00", "to": "article-01", "how": "copy of"},
        {"from": "article-01", "to": "article-00", "how": "copy of"},
    ]
    graph = graph_of(dataclasses.replace(event, origin_graph={"nodes": nodes, "edges": edges}))
    assert draw_graph(graph).count("<circle") == 2
    _, rest = trees(graph)
    assert [(b.node.id, [c.node.id for c in b.below]) for b in rest] == [("article-00", ["article-01"])]


def test_marks_of_the_right_side_keep_apart() -> None:
    event, _ = made(40)
    drawn = draw_graph(graph_of(event))
    heights = sorted(int(y) for y in re.findall(r'<path d="M520 (-?\d+)l', drawn))
    assert all(b - a >= 30 for a, b in itertools.pairwise(heights))


# Time


def test_the_scale_runs_from_edge_to_edge() -> None:
    scale = Scale(0.0, 10 * DAY)
    assert (scale.x(0.0), scale.x(10 * DAY)) == (4.0, 96.0)
    assert [words for _, words in scale.ticks()] == ["1 Jan", "3 Jan", "5 Jan", "7 Jan", "9 Jan", "11 Jan"]
    assert len(Scale(0.0, 0.0).ticks()) >= 2
    assert all(2 <= len(Scale(0.0, days * DAY).ticks()) <= 7 for days in (1, 3, 20, 90, 400, 3000, 40000))


def test_marks_of_one_moment_are_stacked() -> None:
    event, _ = made(2)
    same = tuple(dataclasses.replace(line, published=dt.date(2031, 3, 3)) for line in event.reports)
    drawn = draw_timeline(dataclasses.replace(event, reports=same))
    assert drawn is not None
    marks = re.findall(r'<svg x="([\d.]+)%" y="(\d+)" class="mark">', drawn)
    assert len(marks) == 2
    assert marks[0][0] == marks[1][0]
    assert int(marks[1][1]) - int(marks[0][1]) >= 14


def test_a_happening_long_ago_is_told_in_words() -> None:
    event, _ = made(2, first=dt.date(1994, 4, 7), last=dt.date(1994, 4, 7))
    assert is_far(event)
    drawn = draw_timeline(event)
    assert drawn is not None
    assert 'class="happened"' not in drawn
    assert "It happened 7 Apr 1994." in drawn
    assert not is_far(made(2)[0])


def test_reversals_are_numbered_as_in_the_history() -> None:
    event, _ = made(2)
    assert turns(event) == [(3, stamp(dt.date(2031, 3, 4)))]
    odd = ({"at": "some day", "what": "reversal"}, {"what": "reversal"})
    assert turns(dataclasses.replace(event, history=odd)) == []


# The map


def test_the_map_holds_the_point() -> None:
    drawn = draw_map((KUT, BEND), open_gazetteer())
    assert drawn is not None
    frame = Frame(window_of((KUT, BEND)))
    x, y = frame.xy((45.82, 32.51))
    assert 0 < x < WIDTH
    assert 0 < y < HEIGHT
    assert f'<circle cx="{x:.0f}" cy="{y:.0f}" r="11" class="spot"/>' in drawn
    assert ">Iraq<" in drawn
    assert ">Iran<" in drawn
    assert re.search(r">\d+ km<", drawn)
    assert len(drawn) < 30_000


@pytest.mark.parametrize(
    "place",
    [
        Place(text="here", start=0, end=4, lat=-17.0, lon=179.9, radius_km=80.0),
        Place(text="here", start=0, end=4, lat=89.0, lon=0.0, radius_km=50.0),
        Place(text="here", start=0, end=4, lat=61.0, lon=96.0, radius_km=2500.0, kind="country"),
        Place(text="here", start=0, end=4, lat=0.0, lon=-30.0),
    ],
)
def test_any_place_has_a_window(place: Place) -> None:
    frame = Frame(window_of((place,)))
    x, y = frame.xy((place.lon or 0.0, place.lat or 0.0))
    assert 0 <= x <= WIDTH
    assert 0 <= y <= HEIGHT
    drawn = draw_map((place,), open_gazetteer())
    assert drawn is not None
    assert 'class="spot"' in drawn


def test_land_is_drawn_on_both_sides_of_the_date_line() -> None:
    fiji = Place(text="Fiji", start=0, end=4, lat=-17.0, lon=179.9, radius_km=80.0)
    drawn = draw_map((fiji,), open_gazetteer())
    assert drawn is not None
    land = re.search(r'<path d="([^"]+)" class="land"/>', drawn)
    assert land is not None
    starts = [int(x) for x in re.findall(r"M(-?\d+) ", land[1])]
    assert min(starts) < WIDTH / 2 < max(starts)


def test_a_country_does_not_widen_a_window_that_holds_a_town() -> None:
    iraq = Place(text="Iraq", start=0, end=4, lat=33.0, lon=44.0, radius_km=400.0, kind="country")
    assert window_of((KUT, iraq)) == window_of((KUT,))
    assert window_of((iraq,)) != window_of((KUT,))


def test_a_map_may_be_of_the_open_sea() -> None:
    drawn = draw_map((Place(text="here", start=0, end=4, lat=-45.0, lon=-130.0, radius_km=5.0),), open_gazetteer())
    assert drawn is not None
    assert "Around it: open sea." in drawn


def test_places_at_one_spot_have_marks_of_their_own() -> None:
    drawn = draw_map((KUT, dataclasses.replace(KUT, text="the bridge", name="Kut bridge")), open_gazetteer())
    assert drawn is not None
    spots = re.findall(r'<circle cx="(\d+)" cy="(\d+)" r="11"', drawn)
    assert len(set(spots)) == 2
    assert drawn.count('class="leader"') == 1


def test_a_country_is_shaded_by_its_outline() -> None:
    iraq = Place(text="Iraq", start=0, end=4, lat=33.0, lon=44.0, radius_km=400.0, kind="country", country="IRQ")
    drawn = draw_map((iraq,), open_gazetteer())
    assert drawn is not None
    assert re.search(r'<path d="M[^"]{200,}" class="area"', drawn)
    assert "<circle cx" in drawn
    assert 'r="400' not in drawn


def test_a_place_far_from_the_others_is_listed_but_not_drawn() -> None:
    far = Place(text="Kut", start=0, end=3, name="Kut, Ohio", lat=40.0, lon=-83.0, radius_km=3.0)
    assert window_of((KUT, far)) == window_of((KUT,))
    drawn = draw_map((KUT, far), open_gazetteer())
    assert drawn is not None
    assert "Kut, Ohio" not in drawn


# Names


def test_an_article_without_publisher_goes_by_its_title_or_file() -> None:
    event, articles = made(1)
    lines = tuple(dataclasses.replace(line, publisher=None, title=None) for line in event.reports)
    nameless = dataclasses.replace(event, reports=lines)
    article = dataclasses.replace(articles["article-00"], title=None, path="/somewhere/in/a/227.txt")
    named = titled(nameless, {article.id: article})
    assert {outlet(line) for line in named.reports} == {"“227.txt”"}
    assert {outlet(line) for line in titled(nameless, {}).reports} == {"unknown publisher"}
    assert {outlet(line) for line in titled(event, {article.id: article}).reports} == {"Meridian Newswire"}
