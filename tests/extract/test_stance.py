"""Every row of the stance and certainty lexicons on its own example, and the grammar around them."""

import dataclasses
from collections.abc import Callable

import pytest

from reportedly.errors import ResourceError
from reportedly.extract.stance import load_stances, rate_certainty, rate_stance
from reportedly.extract.stance.certainty import label_of
from reportedly.extract.stance.positions import judgement
from reportedly.language import load_language
from reportedly.parsing import Parse
from reportedly.records import Report, Source, Span, Statement
from tests.conftest import article_of

LEXICON = load_stances("en")
OPERATORS = [row for rows in LEXICON.operators.values() for row in rows]
WORDS = [row for rows in LEXICON.words.values() for row in rows]


def marked(example: str, marks: str) -> tuple[str, Span]:
    start, end = example.index(marks[0]), example.index(marks[1]) - 1
    text = example.replace(marks[0], "").replace(marks[1], "")
    return text, Span(start=start, end=end, text=text[start:end])


@pytest.mark.parametrize("row", OPERATORS, ids=lambda row: f"{row.word}-{row.role}")
def test_every_operator_on_its_example(row, parse: Callable[[str], Parse]) -> None:  # type: ignore[no-untyped-def]
    text, span = marked(row.example, "{}")
    found = rate_certainty(parse(text), span, load_language("en"))
    assert found.value == pytest.approx(row.value, abs=0.35), row.example


@pytest.mark.parametrize("row", WORDS, ids=lambda row: f"{row.word}-{row.scope}")
def test_every_stance_word_on_its_example(row, parse: Callable[[str], Parse]) -> None:  # type: ignore[no-untyped-def]
    text, span = marked(row.example, "[]")
    tree = parse(text)
    tokens = tree.tokens_in(span.start, span.end)
    said = [t for t in range(len(tree)) if tree.lower[t] in ("said", "spoke")]
    stop = range(said[0], said[0] + 1) if said else range(0)
    assert judgement(tree, tokens.start, LEXICON, stop) == row.stance, row.example


def report_at(text: str, word: str, **fields: object) -> Report:
    start = text.index(word)
    trigger = Span(start=start, end=start + len(word), text=word)
    return Report(id="r", statement="s", type="ASSAULT", quad="material conflict", trigger=trigger, **fields)  # type: ignore[arg-type]


def statement(text: str, cue: str, cue_class: str) -> Statement:
    start = text.index(cue)
    span = Span(start=start, end=start + len(cue), text=cue)
    source = Source(text="mayor", start=4, end=9, kind="official")
    return Statement(id="s", source=source, cue=span, cue_class=cue_class, content=(), quote="indirect")


@pytest.mark.parametrize(
    ("text", "cue", "cue_class", "word", "stance", "certainty"),
    [
        ("The mayor said rebels attacked the town.", "said", "say", "attacked", "asserts", "CT+"),
        ("The mayor said rebels may have attacked the town.", "said", "say", "attacked", "asserts", "PS+"),
        ("The mayor said rebels had not attacked the town.", "said", "say", "attacked", "denies", "CT-"),
        ("The mayor denied that rebels attacked the town.", "denied", "deny", "attacked", "denies", "CT-"),
        ("The mayor confirmed that rebels attacked the town.", "confirmed", "confirm", "attacked", "confirms", "CT+"),
        ("The mayor confirmed that no attack took place.", "confirmed", "confirm", "attack", "denies", "CT-"),
        ("The mayor declined to comment on the attack.", "declined to comment", "decline", "attack", "declines", "UU"),
        ("The mayor said the reports of an attack were not true.", "said", "say", "attack", "denies", "CT-"),
        ("The mayor condemned the attack.", "condemned", "condemn", "attack", "condemns", "CT+"),
        ("The mayor said that if rebels attack the camp, it is positive.", "said", "say", "attack", "endorses", "UU"),
    ],
)
def test_stance_of_a_statement(
    text: str, cue: str, cue_class: str, word: str, stance: str, certainty: str, parse: Callable[[str], Parse]
) -> None:
    report = report_at(text, word, modality="conditional" if " if " in text else "actual")
    source = statement(text, cue, cue_class)
    (rated,), _ = rate_stance(article_of(text), parse(text), (source,), (report,), load_language("en"))
    assert (rated.stance, rated.certainty) == (stance, certainty)
    assert dataclasses.replace(rated, stance=report.stance, certainty=report.certainty) == report


def test_labels_follow_the_value() -> None:
    found = [label_of(value) for value in (3.0, 2.0, 1.0, 0.0, -1.0, -1.4, -2.6)]
    assert found == ["CT+", "PR+", "PS+", "UU", "PS-", "PR-", "CT-"]


def test_a_bad_row_is_named(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "stance.csv").write_text("word,pos,scope,stance,example\nfalse,adj,nowhere,denies,x\n")
    monkeypatch.setattr("reportedly.extract.stance.lexicon.data_path", lambda name: tmp_path / name.split("/")[-1])
    with pytest.raises(ResourceError, match=r"stance\.csv:2"):
        load_stances.__wrapped__("xx")
