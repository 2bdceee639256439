"""Expressions as places: country and precision of each kind, and which sense of a name gives the ground."""

import pytest

from reportedly.extract.places.expressions import locate, place_of_expression, precision_of
from reportedly.extract.places.resolving import Sense, key_of, senses
from reportedly.extract.places.spatial import Expression
from reportedly.gazetteer import Gazetteer
from reportedly.parsing import read_conllu
from reportedly.records import Place
from tests.extract.places.making import candidate, expressions, said

TOWN, COUNTRY, REGION = candidate("Alpha"), candidate("Aland", "country"), candidate("North", "admin1")


@pytest.mark.parametrize(
    ("expression", "place", "code"),
    [
        (said("near"), TOWN, 2),
        (said("near"), candidate("Alpha", "admin2"), 2),
        (said("near"), REGION, 5),
        (said("near"), COUNTRY, 5),
        (said("distance", 20, 0.0), TOWN, 2),
        (said("distance", 25, 0.0), TOWN, 2),
        (said("distance", 26, 0.0), TOWN, 5),
        (said("distance", None, 0.0, "open"), TOWN, 2),
        (said("into", 40), COUNTRY, 5),
        (said("border", None, None, "on"), COUNTRY, 5),
        (said("between"), TOWN, 5),
        (said("coast"), COUNTRY, 5),
        (said("coast", 20), COUNTRY, 5),
        (said("coast", 23), COUNTRY, 7),
        (said("part", None, 0.0), TOWN, 2),
        (said("part", None, 0.0), COUNTRY, 5),
        (said("part", None, 0.0), REGION, 5),
    ],
    ids=lambda value: getattr(value, "kind", value),
)
def test_the_precision_of_each_kind(expression: Expression, place: object, code: int) -> None:
    assert precision_of(expression, (place,)) == code  # type: ignore[arg-type]


def told(text: str, names: str, gazetteer: Gazetteer, peoples: str = "") -> Place:
    """The place of the first expression of a sentence."""
    extents = [(text.index(name), text.index(name) + len(name)) for name in names.split("; ")]
    expression = next(iter(expressions(text, names, peoples)))
    place = place_of_expression(text, expression, extents, senses(text, extents, gazetteer, towns=True), gazetteer)
    assert place is not None
    assert text[place.start : place.end] == place.text
    return place


@pytest.mark.parametrize(
    ("text", "names", "country"),
    [
        ("A pipe burst near Kirkuk.", "Kirkuk", "IRQ"),
        ("A mast 40 km north of Kirkuk fell.", "Kirkuk", "IRQ"),
        ("A mast 60 km north of Kirkuk fell.", "Kirkuk", None),
        ("A mast north of Kirkuk fell.", "Kirkuk", "IRQ"),
        ("Jets hit a camp 25 miles into Iraq.", "Iraq", "IRQ"),
        ("Troops massed on the border with Chad.", "Chad", None),
        ("In Sudan troops massed near the border with Chad.", "Sudan; Chad", "SDN"),
        ("Troops massed on the border between Chad and Sudan.", "Chad; Sudan", None),
        ("Troops massed on the Chad side of the border with Sudan.", "Chad; Sudan", "TCD"),
        ("Trucks burned on the road between Homs and Hama.", "Homs; Hama", "SYR"),
        ("Trucks burned on the road between Damascus and Beirut.", "Damascus; Beirut", None),
        ("Pirates seized it off the coast of Somalia.", "Somalia", "SOM"),
        ("Shots were heard in northern Syria.", "Syria", "SYR"),
    ],
)
def test_the_country_is_what_the_words_say(gazetteer: Gazetteer, text: str, names: str, country: str | None) -> None:
    assert told(text, names, gazetteer).country == country


def test_a_place_of_an_expression_has_its_shape_best_point_and_radius(gazetteer: Gazetteer) -> None:
    place = told("A mast 40 km north of Kirkuk fell.", "Kirkuk", gazetteer)
    assert place.text == "40 km north of Kirkuk"
    assert (place.name, place.geonameid, place.kind) == (None, None, None)  # it is not Kirkuk
    assert place.lat == pytest.approx(35.47 + 40 / 111.32, abs=0.05)
    assert place.lon == pytest.approx(44.39, abs=0.05)
    assert place.geometry is not None
    assert place.geometry["type"] == "Polygon"
    assert place.radius_km == pytest.approx(22, abs=5)


def test_only_what_stays_inside_keeps_the_region(gazetteer: Gazetteer) -> None:
    assert told("A pipe burst near Mosul.", "Mosul", gazetteer).admin1 == "Nineveh"
    assert told("A mast 20 km north of Mosul fell.", "Mosul", gazetteer).admin1 is None


def test_a_people_stands_for_its_country(gazetteer: Gazetteer) -> None:
    place = told("Troops massed near the Syrian border.", "Syrian", gazetteer, "Syrian")
    assert (place.name, place.geonameid) == (None, None)
    assert place.geometry is not None
    assert told("Troops massed near Mosul.", "Mosul", gazetteer).name == "Mosul"


def test_the_sense_that_has_the_border_is_taken(gazetteer: Gazetteer) -> None:
    text = "Rwandan soldiers had dug in 20 km inside Congo."
    place = told(text, "Rwandan; Congo", gazetteer, "Rwandan")
    assert place.country == "COD"


def test_a_name_that_nobody_knows_gives_no_place(gazetteer: Gazetteer) -> None:
    text = "A pipe burst near Qwertzuburg."
    (expression,) = expressions(text, "Qwertzuburg")
    assert place_of_expression(text, expression, [expression.anchors[0]], {}, gazetteer) is None


def test_what_cannot_be_drawn_gives_no_place(gazetteer: Gazetteer) -> None:
    text = "Jets hit a camp 25 miles into Iceland."
    (expression,) = expressions(text, "Iceland")
    chosen = senses(text, [expression.anchors[0]], gazetteer)
    assert place_of_expression(text, expression, [expression.anchors[0]], chosen, gazetteer) is None


NEAR = """
1 Shots shot NOUN NNS _ 2 nsubj _ _
2 rang ring VERB VBD _ 0 ROOT _ _
3 near near SCONJ IN _ 2 prep _ _
4 Alpha Alpha PROPN NNP _ 3 pobj _ _
5 . . PUNCT . _ 2 punct _ _
"""


def test_expressions_are_found_by_their_tokens_in_the_sentences_asked_for() -> None:
    parse = read_conllu(f"{NEAR}\n{NEAR}")
    chosen = {key_of("Alpha"): Sense(TOWN, 0.9)}
    located = locate(parse, [(3, 4), (8, 9)], chosen, {1})
    assert list(located) == [(7, 9)]
    assert located[7, 9].expression.kind == "near"
    assert located[7, 9].names == ((parse.start[8], parse.end[8]),)
