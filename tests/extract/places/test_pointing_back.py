"""Places told before: "there", "here", "in the city", "the attack"; and nothing else."""

import pytest

from reportedly.extract.places import resolve_places
from reportedly.gazetteer import Gazetteer
from reportedly.language import load_language
from reportedly.parsing import Parse, read_conllu
from reportedly.records import Article, Dateline, Note, Place, Report, Span
from tests.conftest import article_of

FIRST = """
1 Rebels rebel NOUN NNS _ 2 nsubj _ _
2 shelled shell VERB VBD _ 0 ROOT _ _
3 a a DET DT _ 4 det _ _
4 base base NOUN NN _ 2 dobj _ _
5 in in ADP IN _ 2 prep _ _
6 {name} {name} PROPN NNP _ 5 pobj _ Entity=GPE
7 . . PUNCT . _ 2 punct _ _
"""
HELD = """
1 Police police NOUN NNS _ 2 nsubj _ _
2 arrested arrest VERB VBD _ 0 ROOT _ _
3 ten ten NUM CD _ 4 nummod _ _
4 men man NOUN NNS _ 2 dobj _ _
"""
END = "5 . . PUNCT . _ 2 punct _ _\n"
THERE = "5 there there ADV RB _ 2 advmod _ _\n6 . . PUNCT . _ 2 punct _ _\n"
HERE = "5 here here ADV RB _ 2 advmod _ _\n6 . . PUNCT . _ 2 punct _ _\n"
IN_THE = """5 {preposition} {preposition} ADP IN _ 2 prep _ _
6 {article} {article} DET DT _ 7 det _ _
7 {noun} {noun} NOUN NN _ 5 pobj _ _
8 . . PUNCT . _ 2 punct _ _
"""
ATTACK = """
1 {article} {article} DET DT _ 2 det _ _
2 shelling shelling NOUN NN _ 3 nsubj _ _
3 killed kill VERB VBD _ 0 ROOT _ _
4 five five NUM CD _ 3 dobj _ _
5 . . PUNCT . _ 3 punct _ _
"""
RAIN = """
1 It it PRON PRP _ 2 nsubj _ _
2 rained rain VERB VBD _ 0 ROOT _ _
3 . . PUNCT . _ 2 punct _ _
"""


def told(
    parse: Parse, triggers: dict[str, str], gazetteer: Gazetteer, article: Article | None = None, **fields: object
) -> tuple[dict[str, Place | None], tuple[Place, ...], tuple[Note, ...]]:
    """The place of each trigger's report, the places named and the notes."""
    reports = []
    for words, kind in triggers.items():
        start = parse.text.index(words)
        span = Span(start=start, end=start + len(words), text=words)
        reports.append(Report(id=words, statement="s", type=kind or None, quad=None, trigger=span, **fields))  # type: ignore[arg-type]
    found, named, notes = resolve_places(
        article or article_of(parse.text), parse, reports, gazetteer, load_language("en")
    )
    return {report.id: report.place for report in found}, named, notes


def arrested(rest: str, gazetteer: Gazetteer, name: str = "Mosul", between: str = "") -> Place | None:
    """Where the arrests of the last sentence were, after a shelling in a place."""
    parse = read_conllu(
        "\n".join([FIRST.format(name=name), *([between] if between else []), HELD.rstrip("\n") + "\n" + rest])
    )
    return told(parse, {"shelled": "ASSAULT", "arrested": "COERCE"}, gazetteer)[0]["arrested"]


def test_there_is_the_place_named_before(gazetteer: Gazetteer) -> None:
    place = arrested(THERE, gazetteer)
    assert place is not None
    assert (place.text, place.country, place.basis) == ("Mosul", "IRQ", "earlier")


@pytest.mark.parametrize("noun", ["city", "town", "area"])
def test_in_the_city_is_the_city_named_before(gazetteer: Gazetteer, noun: str) -> None:
    place = arrested(IN_THE.format(preposition="in", article="the", noun=noun), gazetteer)
    assert place is not None
    assert (place.text, place.basis) == ("Mosul", "earlier")


@pytest.mark.parametrize(
    ("preposition", "article", "noun"),
    [
        ("in", "a", "city"),
        ("after", "the", "city"),
        ("in", "the", "province"),
        ("in", "the", "country"),
        ("in", "the", "house"),
    ],
)
def test_no_other_words_point_back_to_a_city(gazetteer: Gazetteer, preposition: str, article: str, noun: str) -> None:
    assert arrested(IN_THE.format(preposition=preposition, article=article, noun=noun), gazetteer) is None


def test_in_the_country_is_the_country_named_before(gazetteer: Gazetteer) -> None:
    place = arrested(IN_THE.format(preposition="in", article="the", noun="country"), gazetteer, name="Chad")
    assert place is not None
    assert place.country == "TCD"


def test_without_a_word_that_points_back_nothing_is_taken_over(gazetteer: Gazetteer) -> None:
    assert arrested(END, gazetteer) is None


def test_there_does_not_reach_back_further_than_three_sentences(gazetteer: Gazetteer) -> None:
    assert arrested(THERE, gazetteer, between="\n".join([RAIN] * 2)) is not None
    assert arrested(THERE, gazetteer, between="\n".join([RAIN] * 3)) is None


def test_what_is_planned_points_nowhere(gazetteer: Gazetteer) -> None:
    parse = read_conllu(FIRST.format(name="Mosul") + "\n" + HELD.rstrip("\n") + "\n" + THERE)
    places, _, _ = told(parse, {"arrested": "COERCE"}, gazetteer, modality="planned")
    assert places["arrested"] is None


@pytest.mark.parametrize(
    ("article", "kind", "found"), [("The", "ASSAULT", True), ("Any", "ASSAULT", False), ("The", "PROTEST", False)]
)
def test_a_definite_noun_has_the_place_of_the_happening_of_its_type(
    gazetteer: Gazetteer, article: str, kind: str, found: bool
) -> None:
    parse = read_conllu(FIRST.format(name="Mosul") + ATTACK.format(article=article))
    place = told(parse, {"shelled": "ASSAULT", "shelling": kind}, gazetteer)[0]["shelling"]
    assert (place is not None) == found
    assert place is None or (place.text, place.basis) == ("Mosul", "earlier")


def test_a_definite_noun_does_not_reach_back_further_than_three_sentences(gazetteer: Gazetteer) -> None:
    source = FIRST.format(name="Mosul") + "\n" + "\n".join([RAIN] * 3) + "\n" + ATTACK.format(article="The")
    assert told(read_conllu(source), {"shelled": "ASSAULT", "shelling": "ASSAULT"}, gazetteer)[0]["shelling"] is None


def with_dateline(rest: str, line: str) -> tuple[Article, Parse]:
    """An article whose text begins with a dateline that the parse leaves out."""
    parse = read_conllu(HELD.rstrip("\n") + "\n" + rest)
    shift = len(line)
    moved = {field: tuple(at + shift for at in getattr(parse, field)) for field in ("start", "end")}
    whole = Parse(
        **{
            name: moved.get(name, line + parse.text if name == "text" else getattr(parse, name))
            for name in Parse.__slots__
        }
    )
    dateline = Dateline(place=line.split(" (", maxsplit=1)[0], outlet="Wire", date=None, start=0, end=shift)
    return article_of(whole.text, dateline=dateline), whole


@pytest.mark.parametrize("line", ["Amman (Wire) - ", "Amman, Jordan (Wire) - "])
def test_here_is_the_place_of_the_dateline(gazetteer: Gazetteer, line: str) -> None:
    article, parse = with_dateline(HERE, line)
    place = told(parse, {"arrested": "COERCE"}, gazetteer, article)[0]["arrested"]
    assert place is not None
    assert (place.text, place.country, place.basis) == ("Amman", "JOR", "dateline")


def test_without_here_the_dateline_is_no_place(gazetteer: Gazetteer) -> None:
    article, parse = with_dateline(END, "Amman (Wire) - ")
    assert told(parse, {"arrested": "COERCE"}, gazetteer, article)[0]["arrested"] is None


def test_here_without_a_dateline_is_nowhere(gazetteer: Gazetteer) -> None:
    assert arrested(HERE, gazetteer) is None


# --- notes


def codes(
    parse: Parse, triggers: dict[str, str], gazetteer: Gazetteer, **fields: object
) -> list[tuple[str, str | None]]:
    return [(note.code, note.detail) for note in told(parse, triggers, gazetteer, **fields)[2]]  # type: ignore[arg-type]


def test_a_typed_happening_whose_place_is_not_told_is_noted(gazetteer: Gazetteer) -> None:
    parse = read_conllu(HELD.rstrip("\n") + "\n" + END)
    assert codes(parse, {"arrested": "COERCE"}, gazetteer) == [("place-unknown", "arrested")]


def test_plans_and_untyped_positions_need_no_place(gazetteer: Gazetteer) -> None:
    parse = read_conllu(HELD.rstrip("\n") + "\n" + END)
    assert codes(parse, {"arrested": ""}, gazetteer) == []
    assert codes(parse, {"arrested": "COERCE"}, gazetteer, modality="planned") == []


def test_a_place_that_nobody_knows_is_noted_once(gazetteer: Gazetteer) -> None:
    parse = read_conllu(FIRST.format(name="Qwertzuburg"))
    reports = {"shelled": "ASSAULT", "base": "ASSAULT"}
    notes = [note for note in told(parse, reports, gazetteer)[2] if note.code == "place-unresolved"]
    assert [(note.detail, parse.text[note.start : note.end]) for note in notes] == [("Qwertzuburg", "Qwertzuburg")]


def test_a_place_with_a_spatial_expression_has_its_shape(gazetteer: Gazetteer) -> None:
    source = FIRST.format(name="Mosul").replace("5 in in", "5 near near")
    places, _, notes = told(read_conllu(source), {"shelled": "ASSAULT"}, gazetteer)
    place = places["shelled"]
    assert place is not None
    assert (place.text, place.precision, notes) == ("near Mosul", 2, ())
    assert place.geometry is not None
