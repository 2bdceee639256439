"""Spatial expressions in words: what each kind looks like, what it says, and what is none."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

import reportedly
from reportedly.errors import ResourceError
from reportedly.extract.places import spatial
from reportedly.extract.places.spatial import Expression, find_expressions, load_spatial
from reportedly.resources import data_path
from tests.extract.places.making import expressions

OWN = Path(__file__).parents[3] / "benchmarks" / "own" / "spatial.jsonl"


def one(text: str, names: str, peoples: str = "") -> Expression:
    (found,) = expressions(text, names, peoples)
    return found


# Each row: the sentence, the names in it, the kind and the words of the expression.
FORMS = [
    ("Jets hit a camp 25 miles into Iraq.", "Iraq", "into", "25 miles into Iraq"),
    ("They dug in 20 km deep inside Congo.", "Congo", "into", "20 km deep inside Congo"),
    ("A drone fell ten kilometres within Moldova.", "Moldova", "into", "ten kilometres within Moldova"),
    ("It stood 9 km inside Ukraine from Poland.", "Ukraine; Poland", "into", "9 km inside Ukraine from Poland"),
    ("A mast 20 km north of Goma fell.", "Goma", "distance", "20 km north of Goma"),
    ("A mast 20 km (12 miles) north of Goma fell.", "Goma", "distance", "20 km (12 miles) north of Goma"),
    ("A mast some 20 km to the south of Goma fell.", "Goma", "distance", "some 20 km to the south of Goma"),
    ("A mast 3 miles due west of the city of Goma fell.", "Goma", "distance", "3 miles due west of the city of Goma"),
    ("A mast just north of Goma fell.", "Goma", "distance", "just north of Goma"),
    ("A mast 20 km from Goma fell.", "Goma", "distance", "20 km from Goma"),
    ("A mast more than 5 km away from the town of Goma fell.", "Goma", "distance", "more than 5 km away from the town of Goma"),
    ("Troops massed on the border between Chad and Sudan.", "Chad; Sudan", "border", "on the border between Chad and Sudan"),
    ("Troops massed on the Chad-Sudan border.", "Chad; Sudan", "border", "on the Chad-Sudan border"),
    ("Troops massed along Chad's eastern frontier with Sudan.", "Chad; Sudan", "border", "along Chad's eastern frontier with Sudan"),
    ("Troops massed at the border with Kenya.", "Kenya", "border", "at the border with Kenya"),
    ("Troops massed close to Kenya's border.", "Kenya", "border", "close to Kenya's border"),
    ("Trucks burned on the road between Homs and Hama.", "Homs; Hama", "between", "between Homs and Hama"),
    ("Trucks burned halfway between Homs and Hama.", "Homs; Hama", "between", "halfway between Homs and Hama"),
    ("A tug sank in the strait between Djibouti and Yemen.", "Djibouti; Yemen", "between", "strait between Djibouti and Yemen"),
    ("Pirates seized it off the coast of Somalia.", "Somalia", "coast", "off the coast of Somalia"),
    ("Pirates seized it 9 nautical miles off Yemen's coast.", "Yemen", "coast", "9 nautical miles off Yemen's coast"),
    ("It sank off Crete.", "Crete", "coast", "off Crete"),
    ("It sank off the southern shores of Sicily.", "Sicily", "coast", "off the southern shores of Sicily"),
    ("It sank off Mexico's Pacific coast.", "Mexico; Pacific", "coast", "off Mexico's Pacific coast"),
    ("A pipe burst near Kirkuk.", "Kirkuk", "near", "near Kirkuk"),
    ("A pipe burst close to the port city of Basra.", "Basra", "near", "close to the port city of Basra"),
    ("A pipe burst on the outskirts of Kirkuk.", "Kirkuk", "near", "on the outskirts of Kirkuk"),
    ("A pipe burst just outside Kirkuk.", "Kirkuk", "near", "just outside Kirkuk"),
    ("Shots were heard in northern Syria.", "Syria", "part", "northern Syria"),
    ("Shots were heard in the far north of Cameroon.", "Cameroon", "part", "the far north of Cameroon"),
    ("Shots were heard in the north-eastern province of Borno.", "Borno", "part", "the north-eastern province of Borno"),
    ("Shots were heard in the eastern part of Chad.", "Chad", "part", "the eastern part of Chad"),
    ("Shots were heard in central Mali.", "Mali", "part", "central Mali"),
    ("Shots were heard in the heart of Bamako.", "Bamako", "part", "the heart of Bamako"),
    ("Shots were heard in Iraq's west.", "Iraq", "part", "Iraq's west"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names", "kind", "words"), FORMS, ids=[words for *_, words in FORMS])
def test_each_kind_in_several_wordings(text: str, names: str, kind: str, words: str) -> None:
    found = one(text, names)
    assert (found.kind, text[found.start : found.end]) == (kind, words)
    assert [text[start:end] for start, end in found.anchors] == names.split("; ")


@pytest.mark.parametrize(
    ("text", "names", "peoples", "kind"),
    [
        ("Troops massed near the Syrian border.", "Syrian", "Syrian", "border"),
        ("Troops massed on the Turkish side of the Syrian border.", "Turkish; Syrian", "Turkish; Syrian", "border"),
        ("Pirates seized it off the Somali coast.", "Somali", "Somali", "coast"),
        ("Jets hit a camp 25 miles into Iraqi territory.", "Iraqi", "Iraqi", "into"),
        ("It fell 5 km inside Ukraine from the Russian border.", "Ukraine; Russian", "Russian", "into"),
    ],
)
def test_a_people_has_borders_coasts_and_territory(text: str, names: str, peoples: str, kind: str) -> None:
    assert one(text, names, peoples).kind == kind


NOWHERE = [
    ("Talks between Iran and Turkey ended.", "Iran; Turkey", ""),
    ("Fighting between Chad and Sudan ended.", "Chad; Sudan", ""),
    ("Shots were heard in South Sudan.", "South Sudan", ""),
    ("Shots were heard near Iraqi forces.", "Iraqi", "Iraqi"),
    ("They sailed 25 miles into Iraqi lines.", "Iraqi", "Iraqi"),
    ("Shots were heard in Mosul, 250 miles north of Baghdad.", "Mosul; Baghdad", ""),
    ("Shots were heard in Mosul (250 miles north of Baghdad).", "Mosul; Baghdad", ""),
    ("Shots were heard in Mosul, a city 250 miles north of Baghdad.", "Mosul; Baghdad", ""),
    ("Shots were heard in Mosul, which lies 250 miles north of Baghdad.", "Mosul; Baghdad", ""),
    ("Shots were heard in Mosul, north of Baghdad.", "Mosul; Baghdad", ""),
    ("Shots were heard 1.2.3 miles north of Kut.", "Kut", ""),
    ("Troops sealed off Benghazi.", "Benghazi", ""),
    ("Troops cut off Benghazi.", "Benghazi", ""),
    ("The trade-off Chad made was dear.", "Chad", ""),
    ("The border was closed.", "", ""),
    ("He headed north.", "", ""),
]


@pytest.mark.parametrize(("text", "names", "peoples"), NOWHERE, ids=[text for text, *_ in NOWHERE])
def test_what_is_no_spatial_expression(text: str, names: str, peoples: str) -> None:
    assert expressions(text, names, peoples) == []


@pytest.mark.parametrize(
    ("distance", "km"),
    [
        ("20 km", 20),
        ("20km", 20),
        ("2.5 km", 2.5),
        ("1,200 kilometers", 1200),
        ("1,200 yards", 1.0968),
        ("60 nautical miles", 111.12),
        ("a mile", 1.609),
        ("a mile or so", 1.609),
        ("five or so miles", 8.045),
        ("half a mile", 0.8045),
        ("a few miles", 6.436),
        ("several miles", 8.045),
        ("a dozen miles", 19.308),
        ("half a dozen miles", 9.654),
        ("sixteen miles", 25.744),
        ("twenty miles", 32.18),
        ("twenty-five miles", 40.225),
        ("a hundred miles", 160.9),
        ("two hundred miles", 321.8),
        ("a hundred and fifty miles", 241.35),
        ("two thousand five hundred km", 2500),
        ("dozens of miles", 64.36),
        ("10 to 15 km", 12.5),
        ("10-15 km", 12.5),
        ("about 30 km", 30),
        ("just over 30 km", 30),
        ("3 mile\u017f", 4.827),  # a long s is an s where case does not count
    ],
)
def test_distances_in_figures_and_words(distance: str, km: float) -> None:
    text = f"A mast {distance} north of Goma fell."
    found = one(text, "Goma")
    assert text[found.start : found.end] == f"{distance} north of Goma"
    assert found.km == pytest.approx(km)


@pytest.mark.parametrize(
    ("compass", "degrees"),
    [
        ("north", 0),
        ("north-east", 45),
        ("northeast", 45),
        ("north east", 45),
        ("east", 90),
        ("south-southeast", 157.5),
        ("southwest", 225),
        ("west-north-west", 292.5),
        ("northwards", 0),
    ],
)
def test_compass_words(compass: str, degrees: float) -> None:
    assert one(f"A mast 20 km {compass} of Goma fell.", "Goma").bearing == degrees


def test_compass_words_of_parts() -> None:
    assert one("Shots were heard in south-eastern Turkey.", "Turkey").bearing == 135
    assert one("Shots were heard in the west of Libya.", "Libya").bearing == 270


@pytest.mark.parametrize(
    ("text", "names", "words"),
    [
        ("It stood on the border with Chad.", "Chad", {"on"}),
        ("It stood near the border with Chad.", "Chad", {"near_it"}),
        ("It stood on the Chad side of the border with Sudan.", "Chad; Sudan", {"on", "side"}),
        ("It sank just off the coast of Chad.", "Chad", {"just"}),
        ("It stood a few miles outside Kut.", "Kut", set()),
        ("It stood right outside Kut.", "Kut", {"few", "outside"}),
        ("It stood within 5 miles of Kut.", "Kut", {"reach"}),
        ("It stood on the road between the cities of Homs and Hama.", "Homs; Hama", set()),
        ("It stood on the edge of Kut.", "Kut", {"outside"}),
        ("It stood north of Kut.", "Kut", {"open"}),
        ("It stood just north of Kut.", "Kut", {"just", "open"}),
        ("It stood in the far north of Chad.", "Chad", {"far"}),
        ("It stood in central Chad.", "Chad", {"middle"}),
        ("It sank in the waters between Oman and Iran.", "Oman; Iran", {"waters"}),
        ("It stood midway between Homs and Hama.", "Homs; Hama", {"halfway"}),
    ],
)
def test_what_else_is_said_is_kept(text: str, names: str, words: set[str]) -> None:
    assert one(text, names).words == words


def test_a_distance_given_twice_counts_as_first_given() -> None:
    assert one("A mast 60 kilometers (37 miles) west of Kabul fell.", "Kabul").km == 60


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "It rained all day. A pipe burst near Kirkuk. It rained all night near Basra."
    start = text.index("A pipe")
    (found,) = find_expressions(
        text, start, text.index(" It rained all night"), [(text.index("Kirkuk"), text.index("Kirkuk") + 6)]
    )
    assert text[found.start : found.end] == "near Kirkuk"
    assert [text[a:b] for a, b in found.anchors] == ["Kirkuk"]


def test_names_of_other_sentences_do_not_count() -> None:
    text = "A pipe burst near Kirkuk."
    assert find_expressions(text, 0, 10, [(text.index("Kirkuk"), text.index("Kirkuk") + 6)]) == []


def test_several_come_in_text_order_and_none_overlaps() -> None:
    text = "Shells fell near Homs, 20 km north of Hama and off the coast of Latakia in western Syria."
    found = expressions(text, "Homs; Hama; Latakia; Syria")
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert [one.kind for one in found] == ["near", "coast", "part"]


def test_an_unnamed_sentence_is_nowhere() -> None:
    text = "A pipe burst 20 km north of the old well."
    assert find_expressions(text, 0, len(text), []) == []


# --- the word lists

FILE = data_path("places/spatial.toml")


def load_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    path = tmp_path / "spatial.toml"
    path.write_text(text, "utf-8")
    monkeypatch.setattr(spatial, "data_path", lambda name: path)
    load_spatial.cache_clear()
    try:
        load_spatial()
    finally:
        load_spatial.cache_clear()


def keys() -> list[str]:
    """Every list and figure of the grammar by which words or shapes are chosen."""
    grammar = load_spatial()
    return sorted({*grammar.words, *grammar.kilometres, *grammar.shares})


@pytest.mark.parametrize("key", keys())
def test_a_missing_key_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    text = FILE.read_text("utf-8")
    assert f"\n{key} = " in text
    with pytest.raises(ResourceError, match=rf"spatial\.toml: .*unknown: {key}_x|missing: {key}\b"):
        load_changed(tmp_path, monkeypatch, text.replace(f"\n{key} = ", f"\n{key}_x = "))


@pytest.mark.parametrize("table", ["units", "numbers", "multiples", "bearings", "words", "kilometres", "shares"])
def test_a_missing_table_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str) -> None:
    text = FILE.read_text("utf-8").replace(f"[{table}]", f"[{table}_x]")
    with pytest.raises(ResourceError, match=f"missing: {table}"):
        load_changed(tmp_path, monkeypatch, text)


def test_an_unknown_key_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = FILE.read_text("utf-8").replace("[words]\n", "[words]\nabaft = []\n")
    with pytest.raises(ResourceError, match=r"\[words\]: unknown: abaft"):
        load_changed(tmp_path, monkeypatch, text)


def test_every_word_for_near_and_outside_is_read() -> None:
    words = load_spatial().words
    for word in words["near"] | words["outside"]:
        assert one(f"A pipe burst {word} Kirkuk.", "Kirkuk").kind == "near", word


def test_every_word_for_a_border_is_read() -> None:
    words = load_spatial().words
    for word in words["borders"]:
        assert one(f"It stood on the {word} with Chad.", "Chad").kind == "border", word
    for word in words["at_border"]:
        text = f"It stood {word} the border with Chad."
        assert text[one(text, "Chad").start :].startswith(word), word


def test_every_word_for_a_coast_is_read() -> None:
    for word in load_spatial().words["coasts"]:
        assert one(f"It sank off the {word} of Chad.", "Chad").kind == "coast", word


def test_every_verb_with_off_is_read() -> None:
    for word in load_spatial().words["not_off"]:
        assert expressions(f"They {word} off Chad.", "Chad") == [], word
        assert len(expressions(f"It sank {word}ing off Chad.", "Chad")) == (
            f"{word}ing" not in load_spatial().words["not_off"]
        )


def test_every_word_before_between_is_read() -> None:
    words = load_spatial().words
    for word in words["heads"] - words["halfway"] - words["waters"]:
        assert one(f"It stood in the {word} between Homs and Hama.", "Homs; Hama").words == set(), word
    for key in ("halfway", "waters"):
        for word in words[key]:
            assert one(f"It lay in the {word} between Homs and Hama.", "Homs; Hama").words == {key}, word


def test_every_word_for_parts_is_read() -> None:
    words = load_spatial().words
    for word in words["middle"]:
        assert one(f"Shots were heard in {word} Chad.", "Chad").words == {"middle"}, word
    for word in words["far"]:
        assert one(f"Shots were heard in the {word} north of Chad.", "Chad").words == {"far"}, word


def test_every_hedge_is_part_of_the_expression() -> None:
    for word in load_spatial().words["hedges"]:
        text = f"A mast fell {word} 20 km north of Goma."
        assert text[one(text, "Goma").start :].startswith(word), word


def test_every_unit_number_and_bearing_is_read() -> None:
    grammar = load_spatial()
    for unit, km in grammar.units.items():
        assert one(f"A mast 20 {unit} north of Goma fell.", "Goma").km == pytest.approx(20 * km), unit
    for word, number in grammar.numbers.items():
        assert one(f"A mast {word} km north of Goma fell.", "Goma").km == pytest.approx(number), word
    for word, times in grammar.multiples.items():
        assert one(f"A mast three {word} km north of Goma fell.", "Goma").km == pytest.approx(3 * times), word
    for word, degrees in grammar.bearings.items():
        assert one(f"A mast 20 km {word} of Goma fell.", "Goma").bearing == degrees, word


def test_every_word_between_of_and_the_name_is_read() -> None:
    for word in load_spatial().words["places"]:
        text = f"A mast 20 km north of the {word} Goma fell."
        assert text[one(text, "Goma").start :].startswith("20 km"), word


# --- our own sentences of the benchmark

LINES = [json.loads(row) for row in OWN.read_text("utf-8").splitlines()]


@pytest.mark.model
@pytest.mark.parametrize("line", LINES, ids=lambda line: line["id"])
def test_the_benchmarks_expressions_are_found(line: dict[str, Any]) -> None:
    text = line["text"]
    start = text.index(line["expression"])
    anchors = line["anchor"].split("; ")
    at = [text.find(name) for name in anchors]
    names = [(a, a + len(name)) for a, name in zip(at, anchors, strict=True) if a >= 0]
    found = [
        one
        for one in find_expressions(text, 0, len(text), names)
        if one.start < start + len(line["expression"]) and start < one.end
    ]
    read = [p for p in reportedly.find_spatial(text) if p.start < start + len(line["expression"]) and start < p.end]
    if line["point"] is None:
        assert (found, read) == ([], [])
    elif line["id"] not in UNFOUND:
        assert read


# "Eastern Aleppo": the parser takes both words for the subject's name and nothing says that it is a place.
UNFOUND = {"s59"}
