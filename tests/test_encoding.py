"""What the learned reader is told of an article beside its words."""

from collections.abc import Callable

import pytest

from reportedly.encoding import COLUMNS, PAIR_COLUMNS, Ruled, branches, pair_of, words_of
from reportedly.extract.statements import find_statements
from reportedly.language import load_language
from reportedly.parsing import Parse
from tests.conftest import article_of

TEXT = "“We left,” the mayor of Kano said. He denied that ships sank."


@pytest.fixture
def parsed(parse: Callable[[str], Parse]) -> Parse:
    return parse(TEXT)


def column(rows: tuple[tuple[str, ...], ...], names: tuple[str, ...], name: str) -> list[str]:
    return [row[names.index(name)] for row in rows]


def test_words_carry_the_marks_of_parser_and_rules(parsed: Parse) -> None:
    statements, _ = find_statements(article_of(TEXT), parsed, load_language("en"))
    words = words_of(parsed, statements)
    at = {word: number for number, word in enumerate(words.words)}
    marks = {name: column(words.marks, COLUMNS, name) for name in COLUMNS}
    assert marks["case"][at["Kano"]] == "title"
    assert marks["name"][at["Kano"]] != marks["name"][at["left"]] == ""
    assert marks["quote"][at["left"]] == "in"
    assert marks["quote"][at["mayor"]] == ""
    assert marks["cue"][at["denied"]] == "Bdeny"
    assert marks["source"][at["mayor"]] == "I"
    assert marks["content"][at["sank"]] == "I"
    assert words.sentences == parsed.sentences


def test_branches_name_the_way_to_a_cue(parsed: Parse) -> None:
    cue = parsed.word.index("denied")
    low, high = parsed.sentences[-1]
    found = dict(zip(parsed.word[low:high], branches(parsed, cue, cue + 1, low, high), strict=True))
    assert found["denied"] == "self"
    assert found["He"] == "nsubj"
    assert found["sank"] == "ccomp"


def test_the_rules_words_are_linked_to_their_cue(parsed: Parse) -> None:
    statements, _ = find_statements(article_of(TEXT), parsed, load_language("en"))
    ruled = Ruled(parsed, statements)
    cue = parsed.word.index("denied")
    low, high = parsed.sentences[-1]
    found = dict(zip(parsed.word[low:high], ruled.linked(cue, cue + 1, low, high), strict=True))
    assert (found["He"], found["denied"], found["sank"]) == (2, 1, 3)
    assert ruled.at(0, 1) is None
    assert ruled.linked(0, 1, 0, 3) == [0, 0, 0]


def test_a_pair_stands_between_marks(parsed: Parse) -> None:
    mayor, ships = (parsed.word.index(word) for word in ("mayor", "ships"))
    words, at = pair_of(parsed, range(mayor - 1, mayor + 1), range(ships, ships + 1), {ships: "AID"})
    assert words.words[at[0] : at[0] + 4] == ("{", "the", "mayor", "}")
    assert words.words[at[1] : at[1] + 3] == ("<", "ships", ">")
    assert column(words.marks, PAIR_COLUMNS, "party")[at[1] + 1] == "recipient"
    assert column(words.marks, PAIR_COLUMNS, "trigger")[at[1] + 1] == "AID"
    with pytest.raises(ValueError, match="both sides"):
        pair_of(parsed, range(3, 3), range(ships, ships + 1), {})


def test_of_a_long_text_only_the_surroundings_are_kept(parse: Callable[[str], Parse]) -> None:
    parsed = parse("The army " + "and the navy " * 90 + "shelled Kano.")
    kano = parsed.word.index("Kano")
    for actor in (range(kano - 2, kano - 1), range(1, 2), range(kano - 1)):
        words, at = pair_of(parsed, actor, range(kano, kano + 1), {})
        assert len(words.words) < 150
        assert words.words[at[1] + 1] == "Kano"
        assert words.words[at[0] + 1] == parsed.word[actor.start]
