"""The score of a report and the threshold that it is held to."""

import pytest

from reportedly.extract.events.scoring import TRAITS, load_weights, score_of, traits
from reportedly.reading import Reader
from reportedly.records import Party, Report, Source, Span, Statement
from reportedly.settings import Settings
from tests.conftest import article_of

TEXT = (
    "Rebels attacked the town of Kano on Monday, the army said. He said that they had taken him. "
    "The mayor denied the reports."
)


def report(*actors: Party, kind: str | None = "ASSAULT", **fields: object) -> Report:
    span = Span(start=0, end=6, text="Rebels")
    quad = "material conflict" if kind else None
    return Report(id="r", statement="s", type=kind, quad=quad, trigger=span, actors=actors, **fields)  # type: ignore[arg-type]


def party(text: str, name: str | None = None) -> Party:
    return Party(mention=None, text=text, start=0, end=len(text), name=name)


def statement(source: str | None) -> Statement:
    said = Source(kind="person", text=source) if source else None
    span = Span(start=0, end=6, text="Rebels")
    return Statement(id="s", source=said, cue=span, cue_class="say", content=(span,), quote="indirect")


def test_each_trait_has_a_weight_and_a_meaning() -> None:
    assert load_weights().keys() == TRAITS.keys() == traits(report(), statement("x")).keys()


def test_traits_tell_what_they_say() -> None:
    found = traits(report(party("he", "John Roe"), kind=None, stance="denies", negated=True), statement("they"))
    assert {name for name, value in found.items() if value} == {"bias", "third", "pronoun", "position", "negated"}
    assert traits(report(party("he")), statement(None))["third"] == 0, "a pronoun that stays one"
    assert traits(report(party("the man", "John Roe")), statement(None))["renamed"]


def test_a_resolved_pronoun_is_less_sure() -> None:
    assert score_of(report(party("he", "John Roe")), statement("x")) < score_of(
        report(party("John Roe")), statement("x")
    )


@pytest.mark.parametrize("threshold", [0.0, 0.5, 0.99])
def test_the_threshold_leaves_out_what_scores_less(threshold: float) -> None:
    reading = Reader(Settings(coding=threshold)).read(article_of(TEXT))
    by_id = {s.id: s for s in reading.statements}
    meant = {r.refers_to for r in reading.reports}
    assert all(score_of(r, by_id[r.statement]) >= threshold or r.id in meant for r in reading.reports)
    assert bool(reading.reports) == (threshold < 0.9)
