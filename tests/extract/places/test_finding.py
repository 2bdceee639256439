"""Which capitalised words of an article name places, and which of two overlapping spans does."""

from pathlib import Path

import pytest

from reportedly.errors import ResourceError
from reportedly.extract.places import finding
from reportedly.extract.places.finding import Option, best_of, find_names, is_somebody, load_words, options, rate
from reportedly.extract.places.weights import load_weights
from reportedly.gazetteer import Gazetteer
from reportedly.language import load_language
from reportedly.parsing import Parse, read_conllu
from tests.extract.places.making import candidate

POLICE = """
1 Police police NOUN NNS _ 2 nsubj _ _
2 searched search VERB VBD _ 0 ROOT _ _
3 a a DET DT _ 4 det _ _
4 house house NOUN NN _ 2 dobj _ _
5 {preposition} {preposition} ADP IN _ 4 prep _ _
6 {name} {name} PROPN NNP _ 5 pobj _ {label}
7 . . PUNCT . _ 2 punct _ _
"""
SPOKE = """
1 {name} {name} PROPN NNP _ 2 nsubj _ Entity=GPE
2 {verb} _ VERB VBD _ 0 ROOT _ _
3 so so ADV RB _ 2 advmod _ _
4 . . PUNCT . _ 2 punct _ _
"""


def found(source: str, gazetteer: Gazetteer) -> dict[str, float]:
    """The names of places in a tree with their likelihoods."""
    parse = read_conllu(source)
    return {
        parse.text[parse.start[first] : parse.end[stop - 1]]: share
        for first, stop, share in find_names(parse, gazetteer, load_language("en"))
    }


def likely(source: str, gazetteer: Gazetteer) -> list[str]:
    return [name for name, share in found(source, gazetteer).items() if share > finding.LIKELY]


def word_spans(parse: Parse, gazetteer: Gazetteer) -> list[str]:
    return [option.name for option in options(parse, gazetteer)]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("Columbus Police", "Columbus"),
        ("Laurel County Sheriff", "Laurel County"),
        ("Kansas City Police", "Kansas City"),
    ],
)
def test_a_body_has_its_place_in_its_name(gazetteer: Gazetteer, body: str, place: str) -> None:
    *before, last = body.split()
    rows = [f"{at} {word} _ PROPN NNP _ {len(before) + 1} compound _ Entity=ORG" for at, word in enumerate(before, 1)]
    rows = [row if at == 0 else row.replace("=ORG", "=I-ORG") for at, row in enumerate(rows)]
    n = len(before) + 1
    rows += [
        f"{n} {last} _ PROPN NNP _ {n + 1} nsubj _ Entity=I-ORG",
        f"{n + 1} arrested arrest VERB VBD _ 0 ROOT _ _",
        f"{n + 2} two two NUM CD _ {n + 3} nummod _ _",
        f"{n + 3} men man NOUN NNS _ {n + 1} dobj _ _",
        f"{n + 4} . . PUNCT . _ {n + 1} punct _ _",
    ]
    assert likely("\n".join(rows), gazetteer) == [place]


def test_a_small_town_that_the_parser_takes_for_nothing_is_found(gazetteer: Gazetteer) -> None:
    assert likely(POLICE.format(preposition="in", name="Chattanooga", label="_"), gazetteer) == ["Chattanooga"]


def test_a_surname_that_is_also_a_town_is_nobodys_place(gazetteer: Gazetteer) -> None:
    person = """
    1 Robert Robert PROPN NNP _ 2 compound _ Entity=B-PERSON
    2 Houston Houston PROPN NNP _ 3 nsubj _ Entity=I-PERSON
    3 resigned resign VERB VBD _ 0 ROOT _ _
    4 . . PUNCT . _ 3 punct _ _

    1 Houston Houston PROPN NNP _ 2 nsubj _ Entity=GPE
    2 wept weep VERB VBD _ 0 ROOT _ _
    3 . . PUNCT . _ 2 punct _ _
    """
    assert likely(person, gazetteer) == []
    assert likely(POLICE.format(preposition="in", name="Houston", label="Entity=GPE"), gazetteer) == ["Houston"]


def test_a_player_named_like_a_country_is_nobodys_place(gazetteer: Gazetteer) -> None:
    scored = """
    1 Alvin Alvin PROPN NNP _ 2 compound _ Entity=B-PERSON
    2 Jordan Jordan PROPN NNP _ 3 nsubj _ Entity=I-PERSON
    3 missed miss VERB VBD _ 0 ROOT _ _
    4 . . PUNCT . _ 3 punct _ _

    1 Jordan Jordan PROPN NNP _ 2 nsubj _ Entity=PERSON
    2 scored score VERB VBD _ 0 ROOT _ _
    3 . . PUNCT . _ 2 punct _ _
    """
    assert likely(scored, gazetteer) == []


@pytest.mark.parametrize("name", ["Washington", "Moscow", "Baghdad", "Kiev"])
@pytest.mark.parametrize("verb", ["said", "denied"])
def test_a_capital_that_speaks_is_a_government(gazetteer: Gazetteer, name: str, verb: str) -> None:
    lemma = {"said": "say", "denied": "deny"}[verb]
    source = SPOKE.format(name=name, verb=verb).replace(f"{verb} _", f"{verb} {lemma}")
    assert found(source, gazetteer) == {}


def test_a_capital_that_does_something_else_is_a_place(gazetteer: Gazetteer) -> None:
    source = SPOKE.format(name="Baghdad", verb="burned").replace("burned _", "burned burn")
    assert list(found(source, gazetteer)) == ["Baghdad"]


def test_where_something_happened_in_a_capital_is_a_place(gazetteer: Gazetteer) -> None:
    source = POLICE.format(preposition="in", name="Washington", label="Entity=GPE")
    assert likely(source, gazetteer) == ["Washington"]


@pytest.mark.parametrize(("noun", "lemma", "places"), [("Talks", "talk", []), ("Roads", "road", ["Moscow", "Minsk"])])
def test_capitals_between_which_there_are_talks_are_governments(
    gazetteer: Gazetteer, noun: str, lemma: str, places: list[str]
) -> None:
    source = f"""
    1 {noun} {lemma} NOUN NNS _ 6 nsubj _ _
    2 between between ADP IN _ 1 prep _ _
    3 Moscow Moscow PROPN NNP _ 2 pobj _ Entity=GPE
    4 and and CCONJ CC _ 3 cc _ _
    5 Minsk Minsk PROPN NNP _ 3 conj _ Entity=GPE
    6 closed close VERB VBD _ 0 ROOT _ _
    7 . . PUNCT . _ 6 punct _ _
    """
    assert list(found(source, gazetteer)) == places


def test_who_scores_is_nobodys_place(gazetteer: Gazetteer) -> None:
    source = SPOKE.format(name="Jordan", verb="scored").replace("scored _", "scored score")
    assert found(source, gazetteer) == {}


def test_a_country_that_speaks_is_no_seat(gazetteer: Gazetteer) -> None:
    parse = read_conllu(SPOKE.format(name="Singapore", verb="said").replace("said _", "said say"))
    (option,) = options(parse, gazetteer)
    assert not is_somebody(parse, option, load_language("en"))


def test_small_words_inside_a_name_belong_to_it(gazetteer: Gazetteer) -> None:
    parse = read_conllu(
        """
        1 Troops troop NOUN NNS _ 2 nsubj _ _
        2 left leave VERB VBD _ 0 ROOT _ _
        3 the the DET DT _ 4 det _ _
        4 Isle isle PROPN NNP _ 2 dobj _ _
        5 of of ADP IN _ 4 prep _ _
        6 Man man PROPN NNP _ 5 pobj _ _
        7 by by ADP IN _ 2 prep _ _
        8 sea sea NOUN NN _ 7 pobj _ _
        9 . . PUNCT . _ 2 punct _ _
        """
    )
    assert "Isle of Man" in word_spans(parse, gazetteer)
    assert not any("by" in name for name in word_spans(parse, gazetteer))


def test_an_arabic_article_opens_a_name(gazetteer: Gazetteer) -> None:
    parse = read_conllu(
        """
        1 Shells shell NOUN NNS _ 2 nsubj _ _
        2 hit hit VERB VBD _ 0 ROOT _ _
        3 al al PROPN NNP _ 5 compound _ SpaceAfter=No
        4 - - PUNCT HYPH _ 5 punct _ SpaceAfter=No
        5 Raqqa Raqqa PROPN NNP _ 2 dobj _ _
        6 . . PUNCT . _ 2 punct _ _
        """
    )
    assert word_spans(parse, gazetteer) == ["al-Raqqa", "Raqqa"]


def test_no_option_runs_over_the_end_of_a_sentence(gazetteer: Gazetteer) -> None:
    parse = read_conllu("1 Kansas _ PROPN NNP _ 0 ROOT _ _\n\n1 City _ PROPN NNP _ 0 ROOT _ _")
    assert "Kansas City" not in word_spans(parse, gazetteer)


def test_lower_case_words_are_no_names(gazetteer: Gazetteer) -> None:
    assert options(read_conllu("1 mosul mosul NOUN NN _ 0 ROOT _ _"), gazetteer) == []


def test_likelihoods_lie_between_0_and_1(gazetteer: Gazetteer) -> None:
    parse = read_conllu(POLICE.format(preposition="in", name="Mosul", label="Entity=GPE"))
    shares = rate(parse, options(parse, gazetteer), gazetteer, load_weights())
    assert shares
    assert all(0 < share < 1 for share in shares)


# --- of overlapping spans


def option(first: int, stop: int) -> Option:
    return Option(first, stop, f"{first}-{stop}", candidate("X"), 1)


def chosen(shares: dict[tuple[int, int], float], labelled: set[tuple[int, int]] | None = None) -> list[tuple[int, int]]:
    best = best_of([option(*span) for span in shares], list(shares.values()), labelled or set())
    return [(one.first, one.stop) for one, _ in best]


def test_the_longest_of_the_likely_wins_over_a_likelier_part_of_it() -> None:
    assert chosen({(0, 1): 0.9, (0, 2): 0.6}) == [(0, 2)]


def test_a_likely_part_wins_over_an_unlikely_whole() -> None:
    assert chosen({(0, 1): 0.9, (0, 2): 0.3}) == [(0, 1)]


def test_the_likelier_of_two_as_long_wins() -> None:
    assert chosen({(0, 2): 0.6, (1, 3): 0.8}) == [(1, 3)]


def test_they_come_in_text_order() -> None:
    assert chosen({(4, 5): 0.6, (0, 1): 0.9, (2, 3): 0.7}) == [(0, 1), (2, 3), (4, 5)]


def test_a_doubtful_one_counts_only_where_the_parser_labels_it() -> None:
    assert chosen({(0, 1): 0.2}) == []
    assert chosen({(0, 1): 0.2}, {(0, 1)}) == [(0, 1)]


def test_a_label_may_be_longer_by_an_article_or_a_last_word() -> None:
    assert chosen({(1, 2): 0.2}, {(0, 2)}) == [(1, 2)]
    assert chosen({(0, 1): 0.2}, {(0, 2)}) == [(0, 1)]
    assert chosen({(0, 1): 0.2}, {(0, 3)}) == []


def test_a_label_does_not_save_what_is_very_unlikely() -> None:
    assert chosen({(0, 1): 0.01}, {(0, 1)}) == []


# --- the word lists


def test_a_missing_list_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "finding.toml"
    path.write_text("[inner]\nwords = []\n[after]\n[before]\n", "utf-8")
    monkeypatch.setattr(finding, "data_path", lambda name: path)
    load_words.cache_clear()
    try:
        with pytest.raises(ResourceError, match=r"finding\.toml: the key 'nobody' is missing"):
            load_words()
    finally:
        load_words.cache_clear()
