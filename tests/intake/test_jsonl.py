"""JSON lines: key names, value types, what the record says against what the flags say."""

import datetime as dt
from typing import Any

import pytest

from reportedly.errors import UnreadableInput
from reportedly.intake.jsonl import KEYS, read_record, record_fields

TEXT = "Two ships were hit in the harbour, officials said."
PLAIN = {
    "text": TEXT,
    "html": "<p>Two ships</p>",
    "id": "a1",
    "url": "https://example.org/a",
    "title": "Strike",
    "publisher": "Harbour Post",
    "byline": "Jane Doe",
    "published": "2014-12-03",
    "language": "en-GB",
    "retrieved": "2014-12-04T10:15:00+00:00",
}


def fields_of(record: dict[str, Any]) -> dict[str, Any]:
    text, html, fields = record_fields(record, "a.jsonl:1")
    return {
        "text": text,
        "html": html,
        **{name: getattr(fields, name) for name in KEYS if name not in ("text", "html")},
        "raw": fields.published_raw,
        "rule": fields.published_rule,
    }


@pytest.mark.parametrize(("name", "key"), [(name, key) for name, keys in KEYS.items() for key in keys])
def test_every_key_name_is_understood(name: str, key: str) -> None:
    record = {"text": TEXT} if name != "html" else {}
    record.pop("text") if name == "text" else None
    found = fields_of({**record, key: PLAIN[name]})
    expected: Any = PLAIN[name]
    if name == "published":
        expected = dt.date(2014, 12, 3)
        assert (found["raw"], found["rule"]) == ("2014-12-03", "json")
    if name == "language":
        expected = "en"
    if name == "retrieved":
        expected = dt.datetime(2014, 12, 4, 10, 15, tzinfo=dt.UTC)
    assert found[name] == expected


def test_no_key_stands_for_two_fields() -> None:
    keys = [key for names in KEYS.values() for key in names]
    assert len(keys) == len(set(keys))
    assert all(names[0] == name for name, names in KEYS.items())


def test_our_own_name_goes_first_and_empty_values_do_not_count() -> None:
    assert fields_of({"body": "other", "text": TEXT})["text"] == TEXT
    assert fields_of({"text": "", "body": TEXT, "title": None, "headline": "Strike"})["title"] == "Strike"


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (["Jane Doe", "John Roe"], "Jane Doe, John Roe"),
        ([{"name": "Jane Doe"}], "Jane Doe"),
        ({"name": "Jane Doe"}, "Jane Doe"),
        ([], None),
    ],
)
def test_authors(value: Any, names: str | None) -> None:
    assert fields_of({"text": TEXT, "authors": value})["byline"] == names


def test_objects_give_their_name() -> None:
    found = fields_of({"text": TEXT, "source": {"id": 3, "name": "Harbour Post"}, "headline": {"main": "Strike"}})
    assert (found["publisher"], found["title"]) == ("Harbour Post", "Strike")


@pytest.mark.parametrize("value", [1417601700, 1417601700000, 1417601700.0])
def test_unix_time(value: float) -> None:
    assert fields_of({"text": TEXT, "published": value})["published"] == dt.datetime(2014, 12, 3, 10, 15, tzinfo=dt.UTC)


def test_a_date_that_cannot_be_read_keeps_its_words() -> None:
    found = fields_of({"text": TEXT, "published": "last Tuesday"})
    assert (found["published"], found["raw"], found["rule"]) == (None, "last Tuesday", "json")


@pytest.mark.parametrize("name", list(KEYS))
@pytest.mark.parametrize("value", [True, {"x": 1}, [1]])
def test_a_wrong_type_under_our_own_name_is_refused(name: str, value: Any) -> None:
    with pytest.raises(UnreadableInput) as error:
        record_fields({"text": TEXT, name: value}, "a.jsonl:1")
    assert error.value.reason == "bad-field"
    assert error.value.detail.startswith(f"{name} is a JSON ")


def test_a_wrong_type_under_another_name_is_passed_over() -> None:
    assert (
        fields_of({"text": TEXT, "source": ["x"], "date": {"x": 1}, "domain": "example.org"})["publisher"]
        == "example.org"
    )


def test_records_that_are_none() -> None:
    for line in ("", "{", "7", '"words"', "null", "[{}]"):
        with pytest.raises(UnreadableInput) as error:
            read_record(line, "a.jsonl:1")
        assert error.value.reason == "not-json"
