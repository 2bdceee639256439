"""A reading keeps its promises on any text; `check` sees each breach."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import reportedly
from reportedly.errors import InvariantError
from reportedly.reading import Reader, check
from reportedly.records import Note, Party, Reading, Skipped, Span, TimeSpan

STORY = Path(__file__).parents[1] / "examples" / "fishing-boat"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="module")
def reading(reader: Reader) -> Reading:
    (article,) = reportedly.open_articles([str(STORY / "1-meridian-wire.html")])
    return reader.read(article)


PIECES = st.sampled_from(
    [
        "Rebels attacked the town of Kano on Tuesday", "the army said", "“We did not fire,” ", "he added", ". ", ", ", "\n\n",
        "\r\n", "according to ", "Reuters", " denied that ", "the United States and Iran held talks", " 12 people were killed",
        "“", "”", "\"", "could not be verified", "LAGOS (Wire) — ", "Leave a Reply\n", "ﷺ العربية ", "😀", "\u00a0", "said ",
        "A senior official declined to comment on the strikes", "By Jane Doe\n", "in June 2014", "’s ", "(", ")", "it ",
    ]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join), st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2040, 1, 1)))
def test_any_text_gives_a_reading_that_keeps_its_promises(reader: Reader, text: str, day: dt.date | None) -> None:
    assume(text.strip())
    found = reader.read(reportedly.article_from_text(text, published=day))
    assert found.article.text == text
    check(found)
    assert reader.read(found.article) == found


def test_a_long_text_is_read(reader: Reader) -> None:
    text = "Rebels attacked the town of Kano on Tuesday, the army said. The mayor denied it.\n\n" * 2500
    found = reader.read(reportedly.article_from_text(text, published=dt.date(2026, 1, 1)))
    assert len(found.statements) > 2500


def test_each_breach_is_seen(reading: Reading) -> None:
    report, statement = reading.reports[0], reading.statements[-1]
    said = next(s for s in reading.statements if not s.is_narrator)
    late, early = dt.date(2026, 2, 1), dt.date(2026, 1, 1)
    backwards = TimeSpan(
        text=report.trigger.text, start=report.trigger.start, end=report.trigger.end, first=late, last=early
    )
    stranger = Party(mention="nobody", text=report.trigger.text, start=report.trigger.start, end=report.trigger.end)
    place = dataclasses.replace
    breaches = {
        "does not quote": place(reading, reports=(place(report, trigger=Span(start=0, end=3, text="xyz")),)),
        "no statement": place(reading, reports=(place(report, statement="none"),)),
        "no event type": place(reading, reports=(place(report, type="PARTY"),)),
        "quad": place(reading, reports=(place(report, quad="verbal cooperation"),)),
        "no mode": place(reading, reports=(place(report, mode="sideways"),)),
        "no contexts": place(reading, reports=(place(report, contexts=("weather",)),)),
        "no stance": place(reading, reports=(place(report, stance="likes"),)),  # type: ignore[arg-type]
        "share the id": place(reading, reports=(report, report)),
        "runs backwards": place(reading, reports=(place(report, time=backwards),)),
        "mention nobody": place(reading, reports=(place(report, actors=(stranger,)),)),
        "country code": place(
            reading, reports=(place(report, actors=(place(stranger, mention=None, country="Iran"),)),)
        ),
        "refers to": place(reading, reports=(place(report, refers_to="gone"),)),
        "one narrator": place(
            reading, statements=tuple(s for s in reading.statements if not s.is_narrator), reports=()
        ),
        "circle": place(
            reading, statements=(*reading.statements[:-1], place(statement, within=statement.id)), reports=()
        ),
        "neither cue": place(
            reading,
            statements=tuple(place(s, cue=None, content=()) if s == said else s for s in reading.statements),
            reports=(),
        ),
        "NOTE_CODES": place(reading, notes=(Note(code="odd"),)),
        "skipped part": place(
            reading,
            article=place(reading.article, skipped=(Skipped(start=0, end=len(reading.article.text), reason="x"),)),
        ),
    }
    check(reading)
    for words, broken in breaches.items():
        with pytest.raises(InvariantError, match=words):
            check(broken)


def test_api_functions_take_a_text() -> None:
    text = "Iran attacked Iraq on Tuesday, the Iraqi army said."
    assert [s.source.name for s in reportedly.find_statements(text) if s.source] == ["Iraqi Army"]
    assert reportedly.code_relation(text, actor=(0, 4), recipient=(14, 18)).type == "ASSAULT"
    assert reportedly.rate_certainty(text, (5, 13)).label == "CT+"
    (place,) = reportedly.resolve_places(text, [(14, 18)])
    assert place is not None
    assert place.country == "IRQ"
    (time,) = reportedly.find_times(text, published="2026-03-12")
    assert time.first == dt.date(2026, 3, 10)
    actor = reportedly.code_actor("Iraqi army")
    assert actor is not None
    assert (actor.country, actor.sectors[0]) == ("IRQ", "MIL")


def test_a_pair_has_a_share_of_every_type_and_of_no_event() -> None:
    text = "Iran attacked Iraq on Tuesday. The envoy was born in Peru and studied in Chile."
    attack = reportedly.code_relation(text, actor=(0, 4), recipient=(14, 18))
    nothing = reportedly.code_relation(text, actor=(31, 40), recipient=(73, 78))
    assert sum(attack.scores.values()) == pytest.approx(1)
    assert attack.unrelated is not None
    assert nothing.unrelated is not None
    assert attack.unrelated < 0.5 < nothing.unrelated


def test_a_negation_is_certain_with_models_too() -> None:
    text = "The army did not attack the camp. The rebels may have shelled it."
    assert reportedly.rate_certainty(text, (17, 23)).label == "CT-"
    assert reportedly.rate_certainty(text, (54, 61)).label == "PS+"


@pytest.mark.parametrize("span", [(5, 5), (-1, 3), (0, 999), (7, 3)])
def test_a_bad_span_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(reportedly.UsageError, match="half-open"):
        reportedly.rate_certainty("Iran attacked Iraq.", span)


def test_read_takes_exactly_one_thing() -> None:
    with pytest.raises(reportedly.UsageError):
        reportedly.read()
    with pytest.raises(reportedly.UsageError):
        reportedly.read("x.txt", text="y")
    with pytest.raises(reportedly.UnreadableInput):
        reportedly.read("no-such-file.txt")
