"""What the model makes of a pair of reports."""

import base64
import datetime as dt
import json
import logging
import math
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from splink import SettingsCreator

from reportedly.errors import ResourceError
from reportedly.linking import load_rules, model
from reportedly.linking.columns import columns_of
from reportedly.linking.compare import Comparer
from reportedly.linking.model import Scored, comparisons, load_model
from reportedly.records import Entry, Place
from tests.linking.making import (
    BULGARIA,
    GUARD,
    HASKOVO,
    KARDZHALI,
    MONDAY,
    NORTHLAND,
    SOUTHLAND,
    VARNA,
    days,
    entry,
    party,
    place,
    profiles,
)

RULES = load_rules()
Said = dict[str, Any]
Compared = tuple[tuple[str, ...], list[float], np.ndarray[Any, Any]]
DAY = dt.timedelta(days=1)
BOAT, VESSEL, MEN = (party(name, coded=False) for name in ("Sandvik fishing boat", "the vessel", "12 men"))
NAVY, POLICE = party("Northland navy", "NOR", "MIL"), party("Northland police", "NOR", "COP")
SWEDEN = Place(text="Sweden", start=0, end=6, name="Sweden", country="SWE")
RIVER = Place(text="the river", start=0, end=9)
CLOSE = place("Mill Hill", 41.65, 25.49, 5)  # 10 km from Kardzhali


def quoting(words: str) -> Said:
    return {"content": words, "source": ("Ida Moss", "person")}


# Pairs of reports that reach a level: by comparison, the label and what each of the two says. Bands of a number ("below
# 0.2") move when the model is made anew; they are reached by numbers, see below.
CASES: list[tuple[str, str, Said, Said]] = [
    ("kind", "neither has a type", {"kind": None}, {"kind": None}),
    ("kind", "one has no type", {"kind": None}, {}),
    ("kind", "types that are kin", {"kind": "COERCE"}, {}),
    ("kind", "other types in one article", {"kind": "COERCE"}, {}),
    ("kind", "other modes in one article", {"mode": "aerial"}, {"mode": "firearms"}),
    ("kind", "one type, other modes", {"mode": "aerial"}, {"mode": "firearms"}),
    ("kind", "one type", {"mode": "aerial"}, {}),
    ("trigger", "the same word", {"trigger": "The Shelling"}, {"trigger": "shelling"}),
    ("trigger", "other words", {"trigger": "hit"}, {"trigger": "shelled"}),
    ("actors", "not told", {"actors": ()}, {}),
    ("recipients", "not told", {"recipients": ()}, {}),
    ("place", "not told", {"place": VARNA}, {}),
    ("place", "the same", {"place": VARNA}, {"place": VARNA}),
    ("place", "the same", {"place": RIVER}, {"place": RIVER}),
    ("place", "one in the other's country", {"place": VARNA}, {"place": BULGARIA}),
    ("place", "other countries", {"place": VARNA}, {"place": SWEDEN}),
    ("place", "not known where", {"place": VARNA}, {"place": RIVER}),
    ("place", "within reach", {"place": KARDZHALI}, {"place": CLOSE}),
    ("place", "within 60 km", {"place": KARDZHALI}, {"place": HASKOVO}),
    ("place", "apart", {"place": KARDZHALI}, {"place": VARNA}),
    ("time", "a long stretch meets", {"time": days(MONDAY - 20 * DAY, MONDAY)}, {"time": days(MONDAY)}),
    ("time", "the same days", {"time": days(MONDAY)}, {"time": days(MONDAY - 2 * DAY, MONDAY)}),
    ("time", "a day apart", {"time": days(MONDAY)}, {"time": days(MONDAY + DAY)}),
    ("time", "up to 3 days apart", {"time": days(MONDAY)}, {"time": days(MONDAY + 3 * DAY)}),
    ("time", "more than 3 days apart", {"time": days(MONDAY)}, {"time": days(MONDAY + 4 * DAY)}),
    ("time", "not known", {"published": None}, {}),
    ("time", "told within a day", {}, {"published": MONDAY + DAY}),
    ("time", "told within 3 days", {"time": days(MONDAY)}, {"published": MONDAY + 3 * DAY}),
    ("time", "told within 8 days", {"published": MONDAY + 8 * DAY}, {"time": days(MONDAY)}),
    ("time", "told later", {}, {"published": MONDAY + 20 * DAY}),
    ("numbers", "not told", {"killed": 4}, {}),
    ("numbers", "the same", {"killed": 4, "injured": 2}, {"killed": 4, "injured": 9}),
    ("numbers", "others", {"killed": 4}, {"injured": 4}),
    (
        "quote",
        "the same quotation",
        quoting("we will shell nobody this year"),
        quoting("so we will shell nobody this year"),
    ),
    ("quote", "none shared", quoting("we will shell nobody this year"), quoting("we shelled nobody in the hills")),
]
# What the two sides are to each other, from nobody alike to one and the same.
PARTIES = (
    (NORTHLAND, SOUTHLAND),
    (BOAT, MEN),
    (NAVY, party("Northland fishermen", "NOR", "CVL")),
    (NAVY, POLICE),
    (BOAT, VESSEL),
    (NAVY, NORTHLAND),
    (GUARD, GUARD),
)


def made(name: str, said: Said) -> Entry:
    one = entry(name, **said)
    if one.statement.content:
        object.__setattr__(one.statement, "quote", "direct")
    return one


@pytest.fixture(scope="module")
def compared() -> Compared:
    """(names of the comparisons, score of each case, its weights), all cases compared at once."""
    reports = [
        made(f"{side}{n:02}", said)
        for n, (_, _, *both) in enumerate(CASES)
        for side, said in zip("lr", both, strict=True)
    ]
    context = [-1.0 if label.endswith("in one article") else 0.5 for _, label, *_ in CASES]
    scored = score(reports, [(2 * n, 2 * n + 1, shared) for n, shared in enumerate(context)])
    return comparisons(load_model()), scored.score.tolist(), scored.weights


def score(reports: list[Entry], pairs: list[tuple[int, int, float]], vectors: dict[str, str] | None = None) -> Scored:
    """The pairs (rows of reports, what their articles share), in their order."""
    columns = columns_of(profiles(*reports, vectors=vectors), RULES)
    comparer = Comparer(columns, RULES)
    try:
        left, right = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
        found = comparer.score(left, right, np.array([pair[2] for pair in pairs], dtype=np.float32), 0.0)
    finally:
        comparer.close()
    order = np.lexsort((found.right, found.left))
    return Scored(found.left[order], found.right[order], found.score[order], found.weights[order])


def levels(comparison: str) -> list[dict[str, Any]]:
    (found,) = (c for c in load_model()["comparisons"] if c["output_column_name"] == comparison)
    return list(found["comparison_levels"])


def rounded(weights: np.ndarray[Any, Any]) -> set[float]:
    return {round(float(weight), 3) for weight in weights}


def weight_of(level: dict[str, Any]) -> float:
    return math.log2(level["m_probability"] / level["u_probability"])


def test_the_model_is_one_that_splink_takes() -> None:
    table = load_model()
    SettingsCreator.from_path_or_dict(dict(table))
    assert len(set(comparisons(table))) == len(comparisons(table)) > 5
    for comparison in table["comparisons"]:
        found = comparison["comparison_levels"]
        assert found[-1]["sql_condition"] == "ELSE"
        labels = [level["label_for_charts"] for level in found]
        assert len(set(labels)) == len(labels)
        for side in ("m_probability", "u_probability"):
            assert all(0 < level[side] < 1 for level in found)
            assert sum(level[side] for level in found) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{name}: {label}" for name, label, *_ in CASES])
def test_levels_are_reached(compared: Compared, number: int) -> None:
    names, _, weights = compared
    name, label, *_ = CASES[number]
    wanted = {level["label_for_charts"]: weight_of(level) for level in levels(name)}
    assert weights[number, names.index(name)] == pytest.approx(wanted[label], abs=1e-4)


def test_no_level_is_left_out() -> None:
    reached = {(name, label) for name, label, *_ in CASES}
    for comparison in load_model()["comparisons"]:
        name = comparison["output_column_name"]
        labels = {level["label_for_charts"] for level in levels(name)}
        banded = {label for label in labels if label.startswith("below") or label.endswith("or more")}
        assert labels - banded <= {label for held, label in reached if held == name} | {"not known", "one article"}, (
            name
        )


def test_weights_and_the_prior_make_the_score(
    compared: Compared,
) -> None:
    prior = load_model()["probability_two_random_records_match"]
    _, scores, weights = compared
    bits = np.log2(prior / (1 - prior)) + weights.sum(axis=1)
    assert scores == pytest.approx(list(1 / (1 + 2.0**-bits)), abs=1e-4)


def test_every_band_of_context_is_reached() -> None:
    steps = (-1.0, *(number / 200 for number in range(20, 200)))
    scored = score(
        [entry("a"), *(entry(f"b{n:03}") for n in range(len(steps)))], [(0, n + 1, s) for n, s in enumerate(steps)]
    )
    at = comparisons(load_model()).index("context")
    found = rounded(scored.weights[:, at])
    assert found == {round(weight_of(level), 3) for level in levels("context")}
    assert scored.weights[0, at] == pytest.approx(weight_of(levels("context")[0]), abs=1e-4)


def test_every_band_of_the_sentences_vectors_is_reached() -> None:
    """One vector turned step by step away from the other."""

    def turned(angle: float) -> str:
        vector = np.zeros(64)
        vector[:2] = math.cos(angle) * 127, math.sin(angle) * 127
        return base64.b64encode(vector.astype(np.int8).tobytes()).decode()

    steps = 60
    vectors = {f"b{n:02}": turned(math.pi * n / steps) for n in range(steps)} | {"a": turned(0)}
    reports = [entry("a"), *(entry(f"b{n:02}") for n in range(steps)), entry("c")]
    scored = score(reports, [(0, n + 1, 0.5) for n in range(steps + 1)], vectors)
    found = scored.weights[:, comparisons(load_model()).index("vector")]
    told = {round(weight_of(level), 3) for level in levels("vector")}
    assert rounded(found) == told
    assert found[-1] == pytest.approx(weight_of(levels("vector")[0]), abs=1e-4)
    assert found[0] == pytest.approx(weight_of(levels("vector")[-1]), abs=1e-4)


def test_every_band_of_the_wording_is_reached() -> None:
    words = [f"velvet{letter}" for letter in "abcdefgh"]
    common = ["capital", "minister", "police", "president", "officials"]

    def sentence(ours: int, often: int, number: int) -> str:
        rest = [f"other{number}{letter}" for letter in "abcdefgh"[: 8 - ours]]
        return " ".join([*words[:ours], *common[:often], *rest])

    told = [sentence(ours, often, 9 * often + ours) for ours in range(9) for often in range(6)]
    reports = [
        entry("a", sentence=" ".join([*words, *common])),
        *(entry(f"b{n:02}", sentence=s) for n, s in enumerate(told)),
    ]
    scored = score(reports, [(0, n + 1, 0.5) for n in range(len(told))])
    found = rounded(scored.weights[:, comparisons(load_model()).index("words")])
    assert found >= {round(weight_of(level), 3) for level in levels("words")}


@pytest.mark.parametrize("side", ["actors", "recipients"])
def test_every_band_of_the_parties_is_reached_and_the_alike_weigh_more(side: str) -> None:
    reports = [
        entry(f"{letter}{n}", **{side: (who,)})  # type: ignore[arg-type]
        for n, pair in enumerate(PARTIES)
        for letter, who in zip("lr", pair, strict=True)
    ]
    scored = score(reports, [(2 * n, 2 * n + 1, 0.5) for n in range(len(PARTIES))])
    found = scored.weights[:, comparisons(load_model()).index(side)]
    told = {round(weight_of(level), 3) for level in levels(side)[1:]}
    assert rounded(found) == told
    assert found[0] < found[-1]


def test_scores_are_symmetric() -> None:
    reports = [
        entry("a", place=VARNA, killed=3),
        entry("b", place=KARDZHALI, time=days(MONDAY), published=MONDAY + DAY),
    ]
    there, back = score(reports, [(0, 1, 0.4)]), score(reports, [(1, 0, 0.4)])
    assert there.score.tolist() == back.score.tolist()
    assert there.weights.tolist() == back.weights.tolist()


def test_pairs_below_the_least_score_are_left_out() -> None:
    reports = [entry("a"), entry("b", actors=(SOUTHLAND,), recipients=(BOAT,), place=VARNA), entry("c")]
    columns = columns_of(profiles(*reports), RULES)
    comparer = Comparer(columns, RULES)
    pairs = np.array([0, 0]), np.array([1, 2]), np.array([0.3, 0.3], dtype=np.float32)
    every = comparer.score(*pairs, 0.0)
    most = comparer.score(*pairs, float(every.score.max()) - 1e-4)
    assert len(every.score) == 2
    assert most.right.tolist() == [2]
    comparer.close()
    with pytest.raises(duckdb.Error):
        comparer.score(*pairs, 0.0)


def test_nothing_is_printed_and_logging_is_left_alone(capfd: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before = root.level, list(root.handlers), logging.getLogger("splink").handlers[:]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logging, "basicConfig", lambda **_: pytest.fail("logging is set up"))
        score([entry("a"), entry("b")], [(0, 1, 0.5)])
    assert (root.level, list(root.handlers), logging.getLogger("splink").handlers) == before
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "no model of Splink"),
        ("{}", "no model of Splink"),
        (json.dumps({"comparisons": [{"output_column_name": "kind"}] * 2}), "two comparisons have one name"),
    ],
)
def test_what_is_no_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, words: str) -> None:
    path = tmp_path / "model.json"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(model, "data_path", lambda name: path)
    load_model.cache_clear()
    try:
        with pytest.raises(ResourceError, match=words):
            load_model()
    finally:
        load_model.cache_clear()
