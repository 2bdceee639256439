"""The gate's comparison and the consistency of its set; the figures themselves are the gate's business."""

import datetime as dt
import json
import math
from pathlib import Path
from typing import Any

import pycountry
import pytest

import reportedly
from benchmarks import gate
from benchmarks.own.gold import FOLDER, Gold, GoldError, load, names_one, options
from reportedly.ontology import load_ontology
from reportedly.records import STANCES

PLOVER_COUNTRIES = {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC", "XKX"}
MODALITIES = {"actual", "planned", "conditional", "historical"}
GOLDS = load()
EVERY = pytest.mark.parametrize("gold", GOLDS, ids=lambda gold: gold.name)


def verdicts(values: dict[str, float], floors: dict[str, float]) -> dict[str, str]:
    return {row.figure: row.verdict for row in gate.compare(values, floors)}


def test_a_figure_at_or_above_its_floor_holds() -> None:
    rows = gate.compare({"a": 0.7, "b": 0.71}, {"a": 0.7, "b": 0.7})
    assert [row.verdict for row in rows] == ["ok", "ok"]
    assert gate.passed(rows)


@pytest.mark.parametrize(
    ("values", "floors", "verdict"),
    [
        ({"a": 0.9, "b": 0.699}, {"a": 0.5, "b": 0.7}, "BELOW"),
        ({"a": 0.9}, {"a": 0.5, "b": 0.7}, "MISSING"),
        ({"a": 0.9, "b": math.nan}, {"a": 0.5, "b": 0.7}, "MISSING"),
        ({"a": 0.9, "b": 0.9}, {"a": 0.5}, "NO FLOOR"),
    ],
)
def test_one_figure_that_does_not_hold_fails_the_gate(
    values: dict[str, float], floors: dict[str, float], verdict: str
) -> None:
    rows = gate.compare(values, floors)
    assert {row.figure: row.verdict for row in rows} == {"a": "ok", "b": verdict}
    assert not gate.passed(rows)
    assert verdict in gate.table(rows, {"a": 3})


def test_nothing_measured_and_no_floors_is_no_pass() -> None:
    assert not gate.passed(gate.compare({}, {}))


def test_floors_only_rise() -> None:
    floors = {"rises": 0.5, "stays": 0.9, "gone": 0.4}
    lifted = gate.raised(floors, {"rises": 0.7391, "stays": 0.8, "new": 1.0, "poor": 0.011})
    assert lifted == {"gone": 0.4, "new": 0.98, "poor": 0.0, "rises": 0.71, "stays": 0.9}
    assert verdicts({"rises": 0.7391, "stays": 0.8}, lifted)["rises"] == "ok"


def test_a_share_in_round_hundredths_is_not_rounded_down_twice() -> None:
    assert gate.raised({}, {"a": 0.29, "b": 0.57}) == {"a": 0.27, "b": 0.55}


def test_the_exit_code_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = GOLDS[0]
    monkeypatch.setattr("benchmarks.own.gold.load", lambda: [gold])
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    assert gate.main([]) == 1
    assert "NO FLOOR" in capsys.readouterr().out
    assert gate.main(["--raise"]) == 0
    floors = json.loads((tmp_path / "floors.json").read_text())
    (tmp_path / "floors.json").write_text(json.dumps({**floors, "dateline": 1.01}))
    assert gate.main([]) == 1
    assert "BELOW" in capsys.readouterr().out


def test_every_floor_is_a_share() -> None:
    floors = json.loads(gate.FLOORS.read_text(encoding="utf-8"))
    assert floors
    assert all(0.0 <= floor <= 1.0 for floor in floors.values())


def test_the_set_is_whole() -> None:
    assert len(GOLDS) == 30
    assert all(80 <= len(gold.text.split()) <= 230 for gold in GOLDS)


@EVERY
def test_every_string_stands_in_its_text(gold: Gold) -> None:
    located = [gold.locate(reference) for reference in gold.references()]
    assert located
    assert all(0 <= start < end <= len(gold.text) for start, end in located)
    for words in filter(None, (gold.notes["dateline"] or {}).values()):
        assert words in gold.text


@EVERY
def test_statements_say_who_and_how(gold: Gold) -> None:
    for statement in gold.notes["statements"]:
        assert statement["cue"]
        assert statement["quote"] in {"direct", "indirect", "mixed"}
        assert (statement["source"] is None) == (statement["source_name"] is None)


@EVERY
def test_types_modes_and_codes_exist(gold: Gold) -> None:
    types = load_ontology().types
    for report in gold.notes["reports"]:
        codes = options(report["type"])
        assert all(code is None or code in types for code in codes), report
        assert report["mode"] is None or any(report["mode"] in types[code].modes for code in codes if code), report
        assert set(options(report["modality"])) <= MODALITIES
        for side in ("actors", "recipients"):
            for party in report.get(side, []):
                for name in options(party):
                    assert name is None or is_code(name) or names_one(name, gold.text), name


def is_code(name: str) -> bool:
    """Three capital letters are a code, and then it must be one."""
    return (
        len(name) == 3
        and name.isupper()
        and (name in PLOVER_COUNTRIES or pycountry.countries.get(alpha_3=name) is not None)
    )


@EVERY
def test_positions_are_those_of_sources(gold: Gold) -> None:
    sources = {name for s in gold.notes["statements"] for name in options(s["source_name"])} | {"(outlet)", "(none)"}
    types = load_ontology().types
    for position in gold.notes["positions"]:
        assert set(options(position["source_name"])) <= sources, position
        assert set(options(position["stance"])) <= set(STANCES)
        assert all(code is None or code in types for code in options(position["type"]))


@EVERY
def test_every_report_has_somebody_who_takes_a_position_on_it(gold: Gold) -> None:
    taken = {gold.locate(position["trigger"]) for position in gold.notes["positions"]}
    for report in gold.notes["reports"]:
        assert report.get("optional") or gold.locate(report["trigger"]) in taken, report


def intervals(gold: Gold) -> list[list[str]]:
    found: list[list[str]] = [i for time in gold.notes["times"] for i in time["intervals"]]
    return found + [i for report in gold.notes["reports"] for i in report.get("dates") or []]


@EVERY
def test_intervals_are_days_in_order(gold: Gold) -> None:
    for first, last in intervals(gold):
        assert dt.date.fromisoformat(first) <= dt.date.fromisoformat(last)
    for time in gold.notes["times"]:
        assert time["intervals"] or time.get("optional"), time


@EVERY
def test_weekdays_fall_on_themselves(gold: Gold) -> None:
    for time in gold.notes["times"]:
        words = time["text"] if isinstance(time["text"], str) else time["text"]["text"]
        for first, _ in time["intervals"]:
            day = dt.date.fromisoformat(first)
            named = [name for name in WEEKDAYS if name in words]
            assert named in ([], [WEEKDAYS[day.weekday()]]), (words, first)
            assert not named or abs((gold.day - day).days) <= 7


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def test_a_string_that_is_absent_or_ambiguous_is_an_error() -> None:
    gold = Gold("x", FOLDER, "he said he went", {})
    assert gold.locate({"text": "he", "occurrence": 2}) == (8, 10)
    for wrong in ("she", "he", {"text": "he", "occurrence": 3}):
        with pytest.raises(GoldError):
            gold.locate(wrong)


def test_a_text_without_its_gold_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "lonely.txt").write_text("Words.")
    with pytest.raises(GoldError, match="lonely"):
        load(tmp_path)


def test_names_match_by_all_their_words() -> None:
    assert names_one("Ramon Dalisay", None, "the negotiator, Ramon Dalisay")
    assert not names_one("Ramon Dalisay", "Dalisay")
    assert names_one("gunmen", "Gunmen")
    assert not names_one("gunmen", None)


def test_a_system_that_finds_nothing_scores_nothing() -> None:
    from benchmarks.own.measure import figures_of, mark

    gold = next(gold for gold in GOLDS if gold.name == "market-bombing")
    article = reportedly.article_from_text(gold.text, published=gold.day)

    class Silent:
        def read(self, given: Any) -> reportedly.Reading:
            return reportedly.Reading(run=None, article=article)  # type: ignore[arg-type]

    values = {figure.measure: figure.value for figure in figures_of(mark([gold], Silent()))}
    assert values["reports F1"] == values["statements: cue F1"] == values["positions found"] == 0.0
