"""Our Parse: offsets, trees and paragraphs, from CoNLL-U and from the English pipeline."""

import pickle
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.errors import ResourceError
from reportedly.parsing import ConlluParser, Name, Parse, SpacyParser, blocks, read_conllu
from reportedly.records import Dateline, Skipped
from tests.conftest import article_of

TREE = """
# newpar
1 Rebels rebel NOUN NNS _ 2 nsubj _ Entity=B-NORP
2 attacked attack VERB VBD _ 0 ROOT _ _
3 the the DET DT _ 4 det _ _
4 town town NOUN NN _ 2 dobj _ SpaceAfter=No
5 . . PUNCT . _ 2 punct _ _

1 It it PRON PRP _ 2 nsubj _ _
2 fell fall VERB VBD _ 0 ROOT _ SpaceAfter=No
3 . . PUNCT . _ 2 punct _ _
# newpar
1 Nothing nothing PRON NN _ 2 nsubj _ _
2 moved move VERB VBD _ 0 ROOT _ SpaceAfter=No
3 . . PUNCT . _ 2 punct _ _
"""


def test_conllu_gives_text_tree_and_paragraphs() -> None:
    parse = read_conllu(TREE)
    assert parse.text == "Rebels attacked the town. It fell. \nNothing moved. \n"
    assert parse.head[:5] == (1, 1, 3, 1, 1)
    assert parse.subtree(3).text == "the town"
    assert parse.sentences == ((0, 5), (5, 8), (8, 11))
    assert parse.paragraphs == ((0, 8), (8, 11))
    assert (parse.sentence_of[6], parse.paragraph_of[9]) == (1, 1)
    assert parse.names == (Name(0, 1, "NORP"),)
    assert parse.children[1] == (0, 3, 4)
    assert parse.top(2, 4) == 3
    assert pickle.loads(pickle.dumps(parse)) == parse


def test_tokens_in_gives_what_overlaps() -> None:
    parse = read_conllu(TREE)
    assert list(parse.tokens_in(7, 10)) == [1]
    assert list(parse.tokens_in(6, 7)) == []
    assert [parse.word[t] for t in parse.tokens_in(0, 19)] == ["Rebels", "attacked", "the"]


@pytest.mark.parametrize(
    "row", ["1 a b", "1 Rebels rebel NOUN NNS _ x nsubj _ _", "1 Rebels rebel NOUN NNS _ 7 nsubj _ _"]
)
def test_a_bad_conllu_row_is_named(row: str) -> None:
    with pytest.raises(ResourceError, match="CoNLL-U line 1"):
        read_conllu(row)


def test_conllu_parser_parses_articles() -> None:
    (parse,) = ConlluParser().parse_many([article_of(TREE)])
    assert len(parse) == 11


def test_blocks_leave_out_skipped_parts_and_the_dateline() -> None:
    text = "KANO, May 3 (Wire) — Rebels left.\r\n\r\nShare this\nThe town is calm."
    dateline = Dateline(place="KANO", outlet="Wire", date="May 3", start=0, end=21)
    skip = text.index("Share")
    article = article_of(text, dateline=dateline, skipped=(Skipped(start=skip, end=skip + 10, reason="share"),))
    assert blocks(article) == [(21, "Rebels left."), (text.index("The"), "The town is calm.")]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "Rebels left the town on\nTuesday and did not come\nback.\n\n"
        "The mayor said so in a\nletter to the council\nof elders."
    )
    assert [words for _, words in blocks(article_of(text))] == [
        "Rebels left the town on Tuesday and did not come back.",
        "The mayor said so in a letter to the council of elders.",
    ]


def test_a_long_text_without_line_ends_is_cut_at_sentences() -> None:
    text = "The town is calm. " * 3000
    found = blocks(article_of(text))
    assert len(found) > 1
    assert all(words.startswith("The town") and text[at : at + len(words)] == words for at, words in found)


def check(parse: Parse) -> None:
    size = len(parse)
    assert all(parse.text[s:e] == w for s, e, w in zip(parse.start, parse.end, parse.word, strict=True))
    assert all(parse.end[i] <= parse.start[i + 1] for i in range(size - 1))
    covered = [t for first, stop in parse.sentences for t in range(first, stop)]
    assert covered == list(range(size))
    for token in range(size):
        assert parse.left[token] <= token < parse.right[token]
        assert parse.sentence_of[parse.head[token]] == parse.sentence_of[token]


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ab Á“”’\"'.,\n\r\t \u00a0\u200f\u0645😀—-1"), max_size=120))
def test_any_text_parses_with_true_offsets(parse: Callable[[str], Parse], text: str) -> None:
    check(parse(text))


def test_batches_keep_articles_apart(parser: SpacyParser) -> None:
    texts = ["Rebels attacked the town.\n\nIt fell.", "", "   \n", "The mayor left."]
    parses = list(parser.parse_many(article_of(text) for text in texts))
    assert [len(p) for p in parses] == [8, 0, 0, 4]
    assert [p.text for p in parses] == texts
    for found in parses:
        check(found)


def test_a_missing_pipeline_says_what_to_do() -> None:
    with pytest.raises(ResourceError, match="make setup"):
        SpacyParser("no_such_pipeline")
