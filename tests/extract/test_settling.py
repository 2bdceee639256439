"""Rules and learned reader together: bounds by the reader, classes by the rules, positions never lost lightly."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from reportedly.extract.statements import find_statements, settle_statements
from reportedly.language import load_language
from reportedly.models import Asked, Roles
from reportedly.parsing import Parse
from reportedly.records import STANCES, Statement
from tests.conftest import article_of


@dataclass
class Told:
    """A reader that has been told what to find: words of the cues, and source and content of each."""

    parse: Parse
    found: dict[str, tuple[str, str]]
    shares: dict[str, float] = field(default_factory=dict)
    taken: dict[str, float] = field(default_factory=dict)
    likely: str = "asserts"

    @property
    def windows(self) -> tuple[tuple[int, int], ...]:
        return ((0, len(self.parse)),)

    def window_of(self, word: int) -> int:
        return 0

    def extent(self, words: str) -> tuple[tuple[int, int], ...]:
        start = self.parse.text.find(words) if words else -1
        if start < 0:
            return ()
        tokens = self.parse.tokens_in(start, start + len(words))
        return ((tokens.start, tokens.stop),)

    def cues(self) -> list[tuple[int, int]]:
        return sorted(self.extent(cue)[0] for cue in self.found)

    def roles(self, cues: Sequence[Asked]) -> list[Roles]:
        words = [self.parse.span(cue.first, cue.stop).text for cue in cues]
        return [Roles(self.extent(self.found[cue][0]), self.extent(self.found[cue][1])) for cue in words]

    def positions(self) -> list[tuple[tuple[int, int], float]]:
        return [(self.extent(words)[0], share) for words, share in self.taken.items()]

    def stance(self, *about: object) -> dict[str, float]:
        return {**dict.fromkeys(STANCES, 0.0), self.likely: 1.0}

    def cue_share(self, first: int, stop: int) -> float:
        return self.shares.get(self.parse.span(first, stop).text, 0.0)


Settle = Callable[..., tuple[list[Statement], list[str]]]


@pytest.fixture
def settle(parse: Callable[[str], Parse]) -> Settle:
    def run(text: str, found: dict[str, tuple[str, str]], **shares: float) -> tuple[list[Statement], list[str]]:
        parsed, language = parse(text), load_language("en")
        rules, _ = find_statements(article_of(text), parsed, language)
        told = Told(parsed, found, shares)
        statements, notes = settle_statements(article_of(text), parsed, language, rules, told)  # type: ignore[arg-type]
        return list(statements), [note.code for note in notes]

    return run


def test_the_reader_sets_the_bounds_and_the_rules_the_class(settle: Settle) -> None:
    text = "The army denied that ships sank off Kano on Monday."
    (statement,), _ = settle(text, {"denied": ("The army", "that ships sank")})
    assert [span.text for span in statement.content] == ["that ships sank"]
    assert statement.cue_class == "deny"
    assert statement.source is not None
    assert statement.source.text == "The army"


def test_a_cue_that_only_the_reader_has_found_gets_a_class(settle: Settle) -> None:
    text = "Rumours of a coup swirled in Kano, with officers muttering that the mayor had fled."
    statements, _ = settle(text, {"muttering": ("officers", "that the mayor had fled")})
    muttered = next(s for s in statements if s.cue and s.cue.text == "muttering")
    assert muttered.cue_class == "say"
    assert muttered.source is not None
    assert muttered.source.kind == "official"


def test_what_only_the_rules_have_found_stays_unless_the_reader_rules_it_out(settle: Settle) -> None:
    text = "The mayor said ships sank."
    assert len(settle(text, {}, said=0.6)[0]) == 1
    assert settle(text, {}, said=0.01)[0] == []


def test_a_denial_of_the_rules_stays_where_a_plain_cue_would_go(settle: Settle) -> None:
    text = "The mayor denied that ships sank."
    assert [s.cue_class for s in settle(text, {}, denied=0.1)[0]] == ["deny"]


def test_a_statement_without_a_source_is_noted(settle: Settle) -> None:
    (statement,), notes = settle("It was said that ships sank.", {"said": ("", "that ships sank")})
    assert statement.source is None
    assert notes == ["source-absent"]


def test_nothing_found_nothing_said(settle: Settle) -> None:
    assert settle("Ships sank off Kano.", {}) == ([], [])


def test_a_statement_stands_alone_when_the_one_around_it_goes(settle: Settle) -> None:
    text = "Officials said that the army denied that ships sank off Kano."
    (statement,), _ = settle(text, {}, said=0.01, denied=0.1)
    assert statement.cue_class == "deny"
    assert statement.within is None


def test_a_quotation_of_the_rules_stays_out_of_the_narrators_voice(settle: Settle) -> None:
    text = "“Ships sank at noon,” the mayor of Kano said on Monday."
    (statement,), _ = settle(text, {}, said=0.2)
    assert statement.quote == "direct"


def test_whom_an_outlet_has_it_from_stays_the_source(settle: Settle) -> None:
    text = "The Herald, citing residents, reported that ships sank."
    (statement,), _ = settle(text, {"reported": ("The Herald", "that ships sank"), "citing": ("", "residents")})
    assert statement.source is not None
    assert statement.source.text == "residents"
    assert statement.relayed_by == "The Herald"
    assert [span.text for span in statement.content] == ["that ships sank"]


def test_a_joined_verb_shares_its_source(settle: Settle) -> None:
    text = "The spokesman denied that ships sank off Kano and called the reports an invention."
    found = {"denied": ("The spokesman", "that ships sank off Kano"), "called": ("", "the reports an invention")}
    statements, _ = settle(text, found)
    assert [s.source and s.source.text for s in statements] == ["The spokesman", "The spokesman"]


def test_spans_end_with_their_paragraph(settle: Settle) -> None:
    text = "The mayor said\nships sank off Kano."
    statements, _ = settle(text, {"said\nships": ("The mayor", "sank off Kano")})
    assert [s.cue.text for s in statements if s.cue] == ["said"]


def test_a_negated_cue_of_the_readers_own_takes_no_position(settle: Settle) -> None:
    text = "In Kano there was no doubt among sailors that ships sank."
    (statement,), _ = settle(text, {"no doubt": ("sailors", "that ships sank")})
    assert statement.cue_class == "say"
