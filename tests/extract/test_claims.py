"""Happenings outside the types, and the relation model's say in types."""

from collections.abc import Callable, Mapping

import pytest

from reportedly.extract.events import find_reports, tie_reports
from reportedly.extract.events.clauses import Clauses
from reportedly.extract.events.matching import Matcher
from reportedly.extract.events.phrases import Phrases
from reportedly.extract.events.typing import Typist
from reportedly.language import load_language
from reportedly.models import NONE
from reportedly.ontology import load_ontology
from reportedly.parsing import Parse
from reportedly.records import Report
from tests.conftest import article_of
from tests.extract.test_events import said

Parser = Callable[[str], Parse]
LEAD = "Ferry passengers fell ill at Lodz harbour on Monday. "


def claims(parse: Parser, text: str, words: str, cue: str = "said", kind: str = "say") -> list[Report]:
    parsed = parse(text)
    statement = said(text, words, cue, kind)
    article = article_of(text)
    language = load_language("en")
    found = find_reports(article, parsed, (statement,), load_ontology(), language)
    kept, _ = tie_reports(article, parsed, (statement,), found, language)
    return list(kept)


@pytest.mark.parametrize(
    ("words", "trigger"),
    [
        ("three passengers had been treated for fever", "treated"),
        ("it was clear that the passengers had eaten bad fish", "eaten"),
        ("tests showed that the passengers had swallowed diesel", "swallowed"),
        ("the ferry is set to leave the harbour", "leave"),
        ("the passengers are less than a mile from the harbour", "are"),
        ("the fever may be the work of a cook", "be"),
        ("the cook might be selling bad fish", "selling"),
        ("had been treated by the nurses of Lodz harbour", "treated"),
        ("the arrival of a fever at the harbour", "arrival"),
    ],
)
def test_what_a_source_says_becomes_a_report_without_a_type(parse: Parser, words: str, trigger: str) -> None:
    (report,) = claims(parse, f"{LEAD}A nurse said {words}.", words)
    assert report.type is None
    assert report.quad is None
    assert report.trigger.text == trigger
    assert report.stance == "asserts"


@pytest.mark.parametrize(
    ("words", "cue", "trigger"),
    [
        ("passengers drinking diesel", "shows", "drinking"),
        ("the woman as the captain of the ferry", "described", "captain"),
    ],
)
def test_what_is_told_by_a_noun_is_what_it_does_or_is(parse: Parser, words: str, cue: str, trigger: str) -> None:
    (report,) = claims(parse, f"{LEAD}A nurse {cue} {words}.", words, cue)
    assert (report.type, report.trigger.text) == (None, trigger)


@pytest.mark.parametrize(
    ("words", "cue"),
    [
        ("the passengers should go home", "said"),
        ("we hope for the best", "said"),
        ("the passengers may go home", "said"),
        ("a bucket of fish", "said"),
        ("the report", "said"),
        ("it is a shame", "said"),
        ("the passengers get well", "hoped"),
    ],
)
def test_wishes_duties_and_opinions_do_not(parse: Parser, words: str, cue: str) -> None:
    assert claims(parse, f"{LEAD}A nurse {cue} {words}.", words, cue) == []


def test_a_typed_report_of_the_main_clause_says_it_all(parse: Parser) -> None:
    words = "rebels had attacked the passengers"
    (report,) = claims(parse, f"{LEAD}A nurse said {words}.", words)
    assert report.type == "ASSAULT"


def test_what_only_tells_who_is_meant_leaves_room_for_the_claim(parse: Parser) -> None:
    words = "the passenger whom rebels had attacked was the captain of the ferry"
    kinds = {report.type for report in claims(parse, f"{LEAD}A nurse said {words}.", words)}
    assert None in kinds
    assert "ASSAULT" in kinds


def test_being_and_having_have_no_recipients(parse: Parser) -> None:
    words = "the passenger was a teacher"
    (report,) = claims(parse, f"{LEAD}A nurse said {words}.", words)
    assert [party.text for party in report.actors] == ["passenger"]
    assert report.recipients == ()


class Relation:
    """A relation model that has been told what to find."""

    def __init__(self, **shares: float) -> None:
        self.given = shares

    def shares(self, words: object, at: object) -> Mapping[str, float]:
        return {**dict.fromkeys((*load_ontology().types, NONE), 0.0), **self.given}


def typed(
    parse: Parser, kind: str | None, relation: Relation, text: str = "Rebels beheaded the mayor."
) -> list[str | None]:
    """The types that are left of a report by which the sentence's subject does something to its object."""
    parsed, ontology = parse(text), load_ontology()
    clauses = Clauses(parsed, ontology)
    phrases = Phrases(clauses, ontology)
    verb = next(t for t in range(len(parsed)) if parsed.pos[t] == "VERB")
    slots = clauses.slots(verb)
    report = Report(
        id="r",
        statement="s",
        type=kind,
        quad=ontology.quad_of(kind) if kind else None,
        trigger=parsed.span(verb, verb + 1),
        actors=(phrases.party(slots["subj"][0]),),
        recipients=(phrases.party(slots["obj"][0]),),
    )
    typist = Typist(parsed, clauses, Matcher(clauses, phrases, ontology), ontology, relation)  # type: ignore[arg-type]
    return [found.type for found in typist.typed([report])]


def test_a_claim_takes_the_type_that_model_and_lexicon_agree_on(parse: Parser) -> None:
    assert typed(parse, None, Relation(ASSAULT=0.8)) == ["ASSAULT"]
    assert typed(parse, None, Relation(ASSAULT=0.5)) == [None], "the model is not sure enough"
    assert typed(parse, None, Relation(CONSULT=0.9)) == [None], "the lexicon has no such sense of the word"
    assert typed(parse, None, Relation(**{NONE: 0.9})) == [None]


def test_a_pair_without_an_event_is_left_out_where_the_lexicon_wavers(parse: Parser) -> None:
    seized = "Rebels seized the mayor."
    assert typed(parse, "ASSAULT", Relation(**{NONE: 0.95}), seized) == []
    assert typed(parse, "ASSAULT", Relation(**{NONE: 0.8}), seized) == ["ASSAULT"]
    assert typed(parse, "ASSAULT", Relation(**{NONE: 0.95})) == ["ASSAULT"], "a word of one sense"
