"""What place names mean in an article, and where a reported happening took place."""

import dataclasses
from collections.abc import Callable

import pytest

from reportedly.extract.places import resolve_places, resolve_spans
from reportedly.gazetteer import Gazetteer, open_gazetteer
from reportedly.language import load_language
from reportedly.parsing import Parse, read_conllu
from reportedly.records import Article, Dateline, Note, Party, Place, Report, Span
from tests.conftest import article_of


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The gazetteer that setup built."""
    return open_gazetteer()


def spans_of(text: str, *names: str) -> list[tuple[int, int]]:
    return [(text.index(name), text.index(name) + len(name)) for name in names]


def one(gazetteer: Gazetteer, text: str, name: str, publisher: str | None = None) -> Place | None:
    return resolve_spans(text, spans_of(text, name), gazetteer, publisher)[0]


def where(
    article: Article, parse: Parse, reports: list[Report], gazetteer: Gazetteer
) -> tuple[tuple[Report, ...], tuple[Note, ...]]:
    """The reports with their places, and the notes but for places that are not told."""
    found, _, notes = resolve_places(article, parse, reports, gazetteer, load_language("en"))
    unplaced = {report.id for report in found if report.place is None and report.type and report.modality == "actual"}
    assert {note.detail for note in notes if note.code == "place-unknown"} == unplaced
    return found, tuple(note for note in notes if note.code != "place-unknown")


def test_the_words_after_a_name_decide(gazetteer: Gazetteer) -> None:
    for text, region in (
        ("The council of Springfield, Mo., met on Monday.", "Missouri"),
        ("The council of Springfield, Ill., met on Monday.", "Illinois"),
        ("The council of Springfield (Oregon) met on Monday.", "Oregon"),
        ("The council of Springfield in western Massachusetts met.", "Massachusetts"),
        ("The council of Springfield, a town in southern Vermont, met.", "Vermont"),
    ):
        place = one(gazetteer, text, "Springfield")
        assert place is not None
        assert place.admin1 == region


def test_the_words_before_a_name_decide(gazetteer: Gazetteer) -> None:
    place = one(gazetteer, "A convoy left Libya's Tripoli at dawn.", "Tripoli")
    assert place is not None
    assert place.country == "LBY"
    place = one(gazetteer, "A convoy left the northern Lebanese city of Tripoli at dawn.", "Tripoli")
    assert place is not None
    assert place.country == "LBN"


def test_the_other_names_decide(gazetteer: Gazetteer) -> None:
    text = "Roads were closed in Athens, Macon, Savannah and Augusta."
    places = resolve_spans(text, spans_of(text, "Athens", "Macon", "Savannah", "Augusta"), gazetteer)
    assert [place.admin1 for place in places if place] == ["Georgia"] * 4
    text = "Roads were closed in Athens, Patras and Larissa."
    places = resolve_spans(text, spans_of(text, "Athens", "Patras", "Larissa"), gazetteer)
    assert [place.country for place in places if place] == ["GRC"] * 3


def test_a_country_and_a_state_of_one_name(gazetteer: Gazetteer) -> None:
    text = "Georgia and Armenia closed the border near Tbilisi."
    places = resolve_spans(text, spans_of(text, "Georgia", "Armenia", "Tbilisi"), gazetteer)
    assert [place.country for place in places if place] == ["GEO", "ARM", "GEO"]
    text = "Georgia and Alabama closed schools near Atlanta."
    places = resolve_spans(text, spans_of(text, "Georgia", "Alabama", "Atlanta"), gazetteer)
    assert [place.country for place in places if place] == ["USA"] * 3


def test_the_publisher_is_a_hint(gazetteer: Gazetteer) -> None:
    text = "A fire broke out in Richmond last night."
    home = one(gazetteer, text, "Richmond", "richmondandtwickenhampost.co.uk")
    assert home is not None
    assert home.country == "GBR"
    assert one(gazetteer, text, "Richmond") != home


def test_one_sense_an_article(gazetteer: Gazetteer) -> None:
    text = "Paris, Texas, voted on Monday. In Paris the mayor won."
    first = text.index("Paris")
    again = text.index("Paris", first + 1)
    places = resolve_spans(text, [(first, first + 5), (again, again + 5)], gazetteer)
    assert [place.admin1 for place in places if place] == ["Texas", "Texas"]


def test_a_place_carries_all_that_the_contract_names(gazetteer: Gazetteer) -> None:
    place = one(gazetteer, "Shells fell on Mosul.", "Mosul")
    assert place is not None
    assert (place.text, place.start, place.end) == ("Mosul", 15, 20)
    assert (place.name, place.country, place.admin1) == ("Mosul", "IRQ", "Nineveh")
    assert place.lat == pytest.approx(36.34, abs=0.5)
    assert place.lon == pytest.approx(43.13, abs=0.5)
    assert isinstance(place.geonameid, int)
    assert place.radius_km is not None
    assert 3 <= place.radius_km <= 60
    assert place.geometry is None
    assert place.score is not None
    assert 0.9 < place.score <= 1


def test_names_that_nobody_knows_are_none_and_keep_their_seat(gazetteer: Gazetteer) -> None:
    text = "From Qwertzuburg to Cairo."
    places = resolve_spans(text, spans_of(text, "Qwertzuburg", "Cairo"), gazetteer)
    assert places[0] is None
    assert places[1] is not None
    assert places[1].country == "EGY"
    assert resolve_spans(text, [], gazetteer) == ()


@pytest.mark.parametrize("span", [(-1, 3), (3, 3), (0, 99)])
def test_a_span_outside_the_text_is_an_error(gazetteer: Gazetteer, span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="is not a span"):
        resolve_spans("Cairo", [span], gazetteer)


def report_of(text: str, words: str, kind: str | None = "ASSAULT", number: int = 0) -> Report:
    start = text.index(words)
    trigger = Span(start=start, end=start + len(words), text=words)
    return Report(id=f"r{number}", statement="s", type=kind, quad=None, trigger=trigger)


# Each row: the sentence, its triggers with their types, the words of the place of each (None: it does not say).
WHERE = [
    ("Warplanes bombed targets in Raqqa on Monday.", [("bombed", "ASSAULT", "Raqqa")]),
    ("The air force carried out strikes near Mosul in northern Iraq.", [("strikes", "ASSAULT", "Mosul")]),
    ("Officials said in Washington that jets hit militants in Diyala.", [("hit", "ASSAULT", "Diyala")]),
    ("Officials in Baghdad denied that the army bombed the group.", [("bombed", "ASSAULT", None)]),
    ("Washington said Iran struck the group inside Iraq.", [("struck", "ASSAULT", "Iraq")]),
    ("Gunmen attacked Mosul, where police fled.", [("attacked", "ASSAULT", "Mosul"), ("fled", "RETREAT", "Mosul")]),
    ("The rebels' attack on Kobani killed 12 people.", [("attack", "ASSAULT", "Kobani"), ("killed", "ASSAULT", "Kobani")]),
    ("The Baghdad bombing killed 20 people.", [("bombing", "ASSAULT", "Baghdad"), ("killed", "ASSAULT", "Baghdad")]),
    ("A bomb exploded outside a mosque in Erbil, Iraq, killing six.", [("exploded", "ASSAULT", "Erbil")]),
    ("A bomb exploded 20 miles south of Baghdad.", [("exploded", "ASSAULT", "Baghdad")]),
    ("Strikes on the outskirts of the city of Homs continued.", [("Strikes", "ASSAULT", "Homs")]),
    ("Talks in Vienna between Iran and the United States ended.", [("Talks", "CONSULT", "Vienna")]),
    ("The ministers met at a hotel in Geneva to discuss Syria.", [("met", "CONSULT", "Geneva")]),
    ("The minister called for elections in Libya.", [("called", "REQUEST", None)]),
    ("The envoy criticised Iran.", [("criticised", "ACCUSE", None)]),
    ("In Anbar, tribal fighters clashed with the militants.", [("clashed", "ASSAULT", "Anbar")]),
    ("Troops entered Tikrit and shelled villages around Baiji.", [("entered", "ASSAULT", "Tikrit"), ("shelled", "ASSAULT", "Baiji")]),
    ("The president will meet the two leaders in Sochi.", [("meet", "CONSULT", "Sochi")]),
    (
        "Police used tear gas against teachers who marched in Kisumu.",
        [("used tear gas", "ASSAULT", "Kisumu"), ("marched", "PROTEST", "Kisumu")],
    ),
    ("Police arrested a man who was born in Kisumu.", [("arrested", "COERCE", None)]),
    ("Protesters marched through Cairo.", [("marched", "PROTEST", "Cairo")]),
    ("Police in Long Beach, Calif., arrested a man.", [("arrested", "COERCE", "Long Beach")]),
    ("Two people were killed when a bomb hit a building in Aleppo.", [("killed", "ASSAULT", "Aleppo")]),
    ("The blast wounded people in Hasaka.", [("blast", "ASSAULT", "Hasaka"), ("wounded", "ASSAULT", "Hasaka")]),
    ("The clashes stopped in Ramadan.", [("clashes", "ASSAULT", None)]),
    ("The president said that the army had attacked a village.", [("attacked", "ASSAULT", None)]),
]  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(("text", "wanted"), WHERE, ids=[text[:40] for text, _ in WHERE])
def test_where_it_happened(
    parse: Callable[[str], Parse], gazetteer: Gazetteer, text: str, wanted: list[tuple[str, str, str | None]]
) -> None:
    reports = [report_of(text, words, kind, number) for number, (words, kind, _) in enumerate(wanted)]
    found, notes = where(article_of(text), parse(text), reports, gazetteer)
    told = [report.place.text if report.place else None for report in found]
    assert all((text is None) == (place is None) for text, (*_, place) in zip(told, wanted, strict=True))
    assert all(place in text for text, (*_, place) in zip(told, wanted, strict=True) if text and place)
    assert all(report.place is None or report.place.lat is not None for report in found)
    assert notes == ()
    # Nothing else of a report is touched.
    assert [dataclasses.replace(report, place=None) for report in found] == reports


ROWS = """
1 Rebels rebel NOUN NNS _ 2 nsubj _ _
2 shelled shell VERB VBD _ 0 ROOT _ _
3 {name} {name} PROPN NNP _ 2 dobj _ Entity=GPE
4 from from ADP IN _ 2 prep _ _
5 Lebanon lebanon PROPN NNP _ 4 pobj _ Entity=GPE
6 . . PUNCT . _ 2 punct _ _
"""


def test_an_unknown_place_keeps_its_words_and_a_note(gazetteer: Gazetteer) -> None:
    parse = read_conllu(ROWS.format(name="Qwertzuburg"))
    (report,), notes = where(article_of(parse.text), parse, [report_of(parse.text, "shelled")], gazetteer)
    assert report.place == Place(text="Qwertzuburg", start=15, end=26)
    assert notes == (Note(code="place-unresolved", start=15, end=26, detail="Qwertzuburg"),)


def test_a_shoal_that_nobody_knows_is_where(gazetteer: Gazetteer, parse: Callable[[str], Parse]) -> None:
    text = "A patrol rammed a boat near the Second Pearl Shoal, the third such case in the South China Sea."
    (report,), notes = where(article_of(text), parse(text), [report_of(text, "rammed")], gazetteer)
    assert report.place is not None
    assert (report.place.text, report.place.lat) == ("Second Pearl Shoal", None)
    assert [note.code for note in notes] == ["place-unresolved"]


def test_who_acts_is_not_where(gazetteer: Gazetteer) -> None:
    parse = read_conllu(
        ROWS.format(name="Qwertzuburg").replace(
            "Rebels rebel NOUN NNS _ 2 nsubj _ _", "Syria syria PROPN NNP _ 2 nsubj _ Entity=GPE"
        )
    )
    (report,), _ = where(article_of(parse.text), parse, [report_of(parse.text, "shelled")], gazetteer)
    assert report.place is not None
    assert report.place.text == "Qwertzuburg"


def test_the_object_is_where_only_for_what_is_done_on_the_ground(gazetteer: Gazetteer) -> None:
    parse = read_conllu(ROWS.format(name="Aleppo"))
    text = parse.text
    struck = report_of(text, "shelled", "ASSAULT")
    (report,), _ = where(article_of(text), parse, [struck], gazetteer)
    assert report.place is not None
    assert report.place.country == "SYR"
    parse = read_conllu(ROWS.format(name="Aleppo").replace("shelled shell", "praised praise"))
    (report,), _ = where(article_of(parse.text), parse, [report_of(parse.text, "praised", "SUPPORT")], gazetteer)
    assert report.place is None


@pytest.mark.model
def test_a_country_before_the_noun_is_where_when_another_acted(
    parse: Callable[[str], Parse], gazetteer: Gazetteer
) -> None:
    text = "A spokesman denied that Jordan took part in the Syria strikes."
    unclear = report_of(text, "strikes")
    jordan = Party(mention=None, text="Jordan", start=text.index("Jordan"), end=text.index("Jordan") + 6)
    clear = dataclasses.replace(unclear, id="r1", actors=(jordan,))
    syria = Party(mention=None, text="Syria", start=text.index("Syria"), end=text.index("Syria") + 5)
    by_syria = dataclasses.replace(unclear, id="r2", actors=(syria,))
    found, _ = where(article_of(text), parse(text), [unclear, clear, by_syria], gazetteer)
    assert [report.place.country if report.place else None for report in found] == [None, "SYR", None]


@pytest.mark.model
def test_the_dateline_helps_to_tell_senses_apart_but_is_no_place(
    parse: Callable[[str], Parse], gazetteer: Gazetteer
) -> None:
    head = "AMMAN, Jordan (Reuters) - "
    body = "Gunmen attacked a patrol. A bomb exploded in Tripoli."
    text = head + body
    line = Dateline(place="AMMAN, Jordan", outlet="Reuters", date=None, start=0, end=len(head))
    article = article_of(text, dateline=line)
    assert isinstance(article, Article)
    from reportedly.parsing import SpacyParser

    parsed = next(iter(SpacyParser().parse_many([article])))
    reports = [report_of(text, "attacked"), report_of(text, "exploded", number=1)]
    (first, second), _ = where(article, parsed, reports, gazetteer)
    assert first.place is None
    assert second.place is not None
    assert second.place.text == "Tripoli"


@pytest.mark.model
def test_what_cannot_be_drawn_keeps_its_words_only(parse: Callable[[str], Parse], gazetteer: Gazetteer) -> None:
    text = "Gunmen were killed outside Syria."
    (report,), notes = where(article_of(text), parse(text), [report_of(text, "killed")], gazetteer)
    assert report.place == Place(text="outside Syria", start=19, end=32)
    assert [note.code for note in notes] == ["place-unresolved"]
