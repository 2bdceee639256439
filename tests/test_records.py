"""Records: ids, JSON, pickling."""

import dataclasses
import datetime as dt
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly import records
from reportedly.errors import REJECT_REASONS, UnreadableInput
from reportedly.records import Article, Reading, Report, Run, Source, Span, Statement, make_id

RUN = Run(version="0", parser="p", language="en", settings="s")
PART = st.one_of(st.text(), st.integers(), st.none())


@given(st.lists(PART), st.lists(PART))
def test_different_parts_give_different_ids(left: list[str | int | None], right: list[str | int | None]) -> None:
    assert (make_id("x", *left) == make_id("x", *right)) == (left == right)


def test_ids_are_the_same_on_every_machine() -> None:
    assert make_id("event", "ab", "c", None, 1) == "event-566ae3474b44947e"
    assert make_id("event", "ab", "c") != make_id("event", "a", "bc")


def test_every_record_is_frozen_and_has_slots() -> None:
    kinds = [kind for kind in vars(records).values() if isinstance(kind, type) and dataclasses.is_dataclass(kind)]
    assert len(kinds) > 20
    for kind in kinds:
        assert kind.__dataclass_params__.frozen, kind  # type: ignore[attr-defined]
        assert "__slots__" in vars(kind), kind


def reading() -> Reading:
    text = "Rebels attacked <Kano>."
    narrator = Statement(id="s", source=Source(kind="narrator"), cue=None, cue_class=None, content=(), quote="indirect")
    trigger = Span(start=7, end=15, text="attacked")
    report = Report(id="r", statement="s", type="ASSAULT", quad="material conflict", trigger=trigger)
    article = Article(id="a", sha256="x", text=text, published=dt.date(2026, 3, 11))
    return Reading(run=RUN, article=article, statements=(narrator,), reports=(report,))


def test_a_reading_as_json() -> None:
    body = json.loads(json.dumps(reading().to_dict()))
    assert body["schema"] == "reportedly/reading/1"
    assert list(body)[1:4] == ["run", "article", "mentions"]
    assert body["article"]["published"] == "2026-03-11"
    assert body["reports"][0]["trigger"] == {"start": 7, "end": 15, "text": "attacked"}
    assert body["run"]["id"] == RUN.id
    assert body["statements"][0]["source"]["kind"] == "narrator"


def test_records_pickle() -> None:
    assert pickle.loads(pickle.dumps(reading())) == reading()


def test_html_is_escaped() -> None:
    page = dataclasses.replace(
        reading(), reports=(dataclasses.replace(reading().reports[0], type="<b>"),)
    )._repr_html_()
    assert "&lt;b&gt;" in page
    assert "<b>" not in page


def test_day_drops_the_clock() -> None:
    moment = dt.datetime(2026, 3, 11, 9, 20, tzinfo=dt.UTC)
    assert Article(id="a", sha256="", text="", published=moment).day == dt.date(2026, 3, 11)


def test_rejects_have_known_reasons_and_pickle() -> None:
    item = UnreadableInput("a.txt:3", "not-json", "line is no JSON")
    again = pickle.loads(pickle.dumps(item))
    assert (again.where, again.reason, again.detail) == ("a.txt:3", "not-json", "line is no JSON")
    assert "a.txt:3" in str(item)
    with pytest.raises(ValueError, match="REJECT_REASONS"):
        UnreadableInput("a", "odd", "")
    assert "odd" not in REJECT_REASONS
