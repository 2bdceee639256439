"""Places by the public names: what a text names, what its spatial expressions mean, what a whole reading has."""

import datetime as dt

import pytest

import reportedly
from reportedly.errors import UsageError
from reportedly.reading import check
from reportedly.records import Place

pytestmark = pytest.mark.model
TEXT = (
    "Turkish jets bombed a depot 12 miles north of Mosul on Monday, officials in Baghdad said. "
    "Syrian troops were massing near the Turkish border, and shots were heard in northern Syria."
)


def quotes(text: str, places: list[Place]) -> bool:
    return all(text[place.start : place.end] == place.text for place in places)


def test_the_names_are_public() -> None:
    assert {"find_places", "find_spatial", "resolve_places"} <= set(dir(reportedly))


def test_places_come_in_text_order_and_quote_the_text() -> None:
    found = reportedly.find_places(TEXT)
    assert quotes(TEXT, found)
    assert [place.start for place in found] == sorted(place.start for place in found)
    assert [place.text for place in found] == ["Turkish", "Mosul", "Baghdad", "Syrian", "Turkish", "Syria"]


def test_peoples_have_the_precision_of_a_country() -> None:
    by_text = {place.text: place for place in reportedly.find_places(TEXT)}
    assert [(by_text[name].country, by_text[name].precision) for name in ("Syrian", "Turkish")] == [
        ("SYR", 6),
        ("TUR", 6),
    ]


def test_every_place_has_kind_precision_and_a_score() -> None:
    for place in reportedly.find_places(TEXT):
        assert place.kind is not None
        assert place.precision in range(1, 8)
        assert place.score is not None
        assert 0 < place.score <= 1
        assert place.geometry is None


def test_a_publisher_is_a_hint() -> None:
    text = "A fire broke out in Richmond last night."
    home = reportedly.find_places(text, publisher="richmondandtwickenhampost.co.uk")
    assert [place.country for place in home] == ["GBR"]
    assert [place.country for place in reportedly.find_places(text)] == ["USA"]


@pytest.mark.parametrize("text", ["", " ", "It rained all day.", "😀 ﷺ"])
def test_a_text_without_places_has_none(text: str) -> None:
    assert (reportedly.find_places(text), reportedly.find_spatial(text)) == ([], [])


def test_spatial_expressions_quote_the_text_and_have_a_shape() -> None:
    found = reportedly.find_spatial(TEXT)
    assert quotes(TEXT, found)
    assert [place.text for place in found] == ["12 miles north of Mosul", "near the Turkish border", "northern Syria"]
    for place in found:
        assert place.geometry is not None
        assert place.lat is not None
        assert place.radius_km is not None
        assert place.radius_km > 0


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shelled a depot 1.2.3 miles north of Kut.",
        "Rebels shelled a depot 6,000 km north of Moscow.",
        "Rebels shelled a depot 3 metres north of Kut.",
        "Rebels shelled a depot 3 mile\u017f north of Kut.",
        "Rebels shelled a depot near the South Pole.",
        "Rebels shelled a depot in the interior of Antarctica.",
        "Rebels shelled a depot 300 km east of Suva.",
        "Rebels shelled a ship in the sea between Brazil and Yemen.",
    ],
)
def test_odd_distances_and_places_break_no_reading(text: str) -> None:
    check(reportedly.read(text=text))
    assert quotes(text, reportedly.find_spatial(text))


def test_a_span_may_be_a_spatial_expression() -> None:
    words = "25 miles into Iraq"
    text = f"Jets hit a camp {words} on Sunday, Iran said."
    start = text.index(words)
    (place,) = reportedly.resolve_places(text, [(start, start + len(words))])
    assert place is not None
    assert (place.text, place.country) == (words, "IRQ")
    assert place.geometry is not None


def test_a_span_outside_the_text_is_an_error() -> None:
    with pytest.raises(UsageError, match="not a half-open span"):
        reportedly.resolve_places("Cairo", [(0, 9)])


# --- a whole reading


def test_a_reading_lists_all_places_named() -> None:
    reading = reportedly.read(text=TEXT, published=dt.date(2031, 3, 6))
    assert [place.text for place in reading.places] == ["Turkish", "Mosul", "Baghdad", "Syrian", "Turkish", "Syria"]
    bombed = next(report for report in reading.reports if report.trigger.text == "bombed")
    assert bombed.place is not None
    assert (bombed.place.text, bombed.place.country, bombed.place.basis) == ("12 miles north of Mosul", "IRQ", None)


@pytest.mark.parametrize("line", ["AMMAN, Jordan (Reuters) - ", "AMMAN (Reuters) - "])
def test_the_datelines_place_is_named_and_is_here(line: str) -> None:
    reading = reportedly.read(text=f"{line}Police arrested ten men here.", published=dt.date(2031, 3, 6))
    assert reading.places[0].text == "AMMAN"
    (report,) = [report for report in reading.reports if report.type == "COERCE"]
    assert report.place is not None
    assert (report.place.text, report.place.country, report.place.basis) == ("AMMAN", "JOR", "dateline")


def test_notes_name_reports_without_a_place() -> None:
    reading = reportedly.read(text="Rebels killed four men. Gunmen attacked a bus in Basra.")
    unplaced = {report.id for report in reading.reports if report.place is None and report.type}
    assert unplaced
    assert {note.detail for note in reading.notes if note.code == "place-unknown"} == unplaced
