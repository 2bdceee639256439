"""Datelines: the rows' own examples, the usual agency forms, and sentences that only look like one."""

import pytest

from reportedly.errors import ResourceError
from reportedly.intake import dateline as module
from reportedly.intake.dateline import find_dateline, load_datelines
from reportedly.intake.lines import split_lines
from reportedly.records import Dateline
from reportedly.resources import data_path, read_csv

ROWS = [row for _, row in read_csv(data_path("languages/en/datelines.csv"), ("kind", "words", "example"))]


def dateline_of(text: str, *, lead: bool = True) -> Dateline | None:
    return find_dateline(text, split_lines(text)[0], load_datelines(), lead=lead)


@pytest.mark.parametrize("row", [row for row in ROWS if row["kind"] == "outlet"], ids=lambda row: row["words"])
def test_every_outlet_signs_its_example(row: dict[str, str]) -> None:
    found = dateline_of(row["example"])
    assert found is not None
    assert found.outlet == row["words"]
    assert row["example"][found.end :].startswith("Two ")


@pytest.mark.parametrize("row", [row for row in ROWS if row["kind"] == "place"], ids=lambda row: row["words"])
def test_every_place_may_have_a_colon(row: dict[str, str]) -> None:
    found = dateline_of(row["example"])
    assert found is not None
    assert found.place is not None
    assert found.place.casefold() == row["words"].casefold()
    assert row["example"][found.end :].startswith("Two ")


@pytest.mark.parametrize("row", [row for row in ROWS if row["kind"] == "label"], ids=lambda row: row["words"])
def test_no_label_is_a_place(row: dict[str, str]) -> None:
    assert dateline_of(row["example"]) is None


@pytest.mark.parametrize(
    ("head", "place", "outlet", "date"),
    [
        ("OSLO (CBS DC) — ", "Oslo", "CBS DC", None),
        ("OSLO , Norway, Dec. 1 (UPI) -- ", "Oslo, Norway", "UPI", "Dec. 1"),
        ("OSLO, Dec. 3 (Reuters) - ", "Oslo", "Reuters", "Dec. 3"),
        ("OSLO Dec 3 (Reuters) - ", "Oslo", "Reuters", "Dec 3"),
        ("OSLO, 3 December 2014 (IRIN) - ", "Oslo", "IRIN", "3 December 2014"),
        ("OSLO, Norway — ", "Oslo, Norway", None, None),
        ("OSLO — ", "Oslo", None, None),
        ("OSLO—", "Oslo", None, None),
        ("OSLO: ", "Oslo", None, None),
        ("OSLO, Dec. 3 — ", "Oslo", None, "Dec. 3"),
        ("Oslo, Dec. 3 – ", "Oslo", None, "Dec. 3"),
        ("(CNN) -- ", None, "CNN", None),
        ("(CNN)", None, "CNN", None),
        ("Oslo (CNN) - ", "Oslo", "CNN", None),
        ("Oslo (CNN)", "Oslo", "CNN", None),
        ("Near Oslo, Norway (CNN) -- ", "Oslo, Norway", "CNN", None),
        ("PORT-AU-PRINCE, Haiti (AP) — ", "Port-au-Prince, Haiti", "AP", None),
        ("BEIRUT/AMMAN (Reuters) - ", "Beirut/Amman", "Reuters", None),
        ("McLEAN, Va. (AP) — ", "McLean, Va.", "AP", None),
        ("WASHINGTON, D.C. — ", "Washington, D.C.", None, None),
        ("SAN'A, Yemen — ", "San'a, Yemen", None, None),
        ("DES MOINES ― ", "Des Moines", None, None),
        ("Rome, 3 Dec. (AKI/Reuters) - ", "Rome", "AKI/Reuters", "3 Dec."),
        ("Erbil (Harbour News) – ", "Erbil", "Harbour News", None),
        ("Dec 3 (Reuters) - ", None, "Reuters", "Dec 3"),
    ],
)
def test_forms(head: str, place: str | None, outlet: str | None, date: str | None) -> None:
    assert dateline_of(f"{head}Two ships were hit.") == Dateline(
        place=place, outlet=outlet, date=date, start=0, end=len(head)
    )


@pytest.mark.parametrize(
    "text",
    [
        "Islamic State (ISIS) militants claim the town.",
        "Islamic State (IS) — the group that holds the town — denied it.",
        "The Army (Lebanon) — a force of many — denied it.",
        "NATO — the alliance — denied it.",
        "OSLO — which has a harbour — was hit.",
        "The minister — who was there — denied it.",
        "On Dec. 3 - the day of the strike - the harbour was open.",
        "Iran, Dec. 3, denied it.",
        "Harbour police: the inside story of a strike",
        "MINISTER: I was not there.\nREPORTER: Who was?\nMINISTER: Nobody.",
        "New York — the mayor denied it.",
        "IRAQ (1991) — The war had begun.",
        "By Tuesday (Reuters) - it was over.",
        "KFC: New menu announced",
        "HARBOUR WATCH: Two ships were hit.",
    ],
)
def test_sentences_that_are_no_dateline(text: str) -> None:
    assert dateline_of(text) is None


def test_only_the_lead_may_have_an_unsigned_dateline() -> None:
    assert dateline_of("OSLO — Two ships were hit.", lead=False) is None
    assert dateline_of("OSLO (AP) — Two ships were hit.", lead=False) is not None


def test_a_bad_row_is_named_with_its_line(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "datelines.csv"
    path.write_text("kind,words,example\ncity,Oslo,OSLO —\n")
    monkeypatch.setattr(module, "data_path", lambda relative: path)
    with pytest.raises(ResourceError, match=r"datelines\.csv:2: unknown kind 'city'"):
        load_datelines.__wrapped__("en")
