"""Plain text: head, evidence untouched, offsets that hold for whatever characters come."""

import datetime as dt
import hashlib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.errors import UnreadableInput, UsageError
from reportedly.intake import article_from_text
from reportedly.records import Article, Skipped

LEAD = "OSLO, Dec. 3 (Reuters) - Two ships were hit by an air strike in the harbour on Monday, officials said."
REST = "The defence ministry denied that any of its aircraft had been near the town at the time of the attack."
BODY = f"{LEAD}\n\n{REST}\n"


def words_of(article: Article, reason: str) -> list[str]:
    return [article.text[part.start : part.end] for part in article.skipped if part.reason == reason]


def test_a_whole_head() -> None:
    byline, date = "By Jane Doe and John Roe, Harbour Post", "Published: December 4, 2014 10:15 AM"
    text = f"Two ships hit in harbour\n\n{byline}\n{date}\n\n{BODY}"
    article = article_from_text(text)
    assert article.text == text
    assert article.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert article.title == "Two ships hit in harbour"
    assert article.title_span is not None
    assert text[article.title_span.start : article.title_span.end] == article.title == article.title_span.text
    assert article.byline == "Jane Doe and John Roe, Harbour Post"
    assert words_of(article, "byline") == [byline]
    assert words_of(article, "date-line") == [date]
    assert article.published == dt.datetime(2014, 12, 4, 10, 15)  # noqa: DTZ001 - no zone was given
    assert (article.published_raw, article.published_rule) == (date, "page")
    assert article.dateline is not None
    assert (article.dateline.place, article.dateline.outlet, article.dateline.date) == ("Oslo", "Reuters", "Dec. 3")
    assert text[article.dateline.start : article.dateline.end] == "OSLO, Dec. 3 (Reuters) - "


def test_a_dateline_without_a_year_gives_no_date() -> None:
    article = article_from_text(BODY)
    assert (article.published, article.published_raw, article.published_rule) == (None, None, None)


def test_a_dateline_with_a_year_gives_the_date() -> None:
    article = article_from_text(BODY.replace("Dec. 3", "Dec. 3, 2014"))
    assert article.published == dt.date(2014, 12, 3)
    assert (article.published_raw, article.published_rule) == ("Dec. 3, 2014", "dateline")


def test_a_flag_goes_before_all_else() -> None:
    article = article_from_text(
        BODY.replace("Dec. 3", "Dec. 3, 2014"), published="2014-12-05", publisher="Harbour Post"
    )
    assert article.published == dt.date(2014, 12, 5)
    assert (article.published_raw, article.published_rule) == ("2014-12-05", "flag")
    assert article.publisher == "Harbour Post"
    assert article_from_text(BODY, published=dt.date(2014, 12, 5)).published_raw == "2014-12-05"


def test_a_flag_that_is_no_date_is_refused() -> None:
    with pytest.raises(UsageError, match="'03/12/2014' is no date"):
        article_from_text(BODY, published="03/12/2014")
    with pytest.raises(UsageError, match="'xx yy' is no language"):
        article_from_text(BODY, language="xx yy")


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("By JANE DOE, Associated Press", "JANE DOE, Associated Press"),
        ("by Jane Doe in Oslo and John Roe in Rome", "Jane Doe in Oslo and John Roe in Rome"),
        ("By Jane van der Doe | Harbour Post", "Jane van der Doe | Harbour Post"),
        ("By Jane Doe for the Harbour Post", "Jane Doe for the Harbour Post"),
        ("Written by Jane A. Doe", "Jane A. Doe"),
        ("By: Jane O'Doe-Roe", "Jane O'Doe-Roe"),
        ("By JANE DOE DEC. 4, 2014", "JANE DOE"),
    ],
)
def test_bylines(byline: str, names: str) -> None:
    article = article_from_text(f"Two ships hit in harbour\n\n{byline}\n\n{BODY}")
    assert article.byline == names
    assert words_of(article, "byline") == [byline]


@pytest.mark.parametrize(
    "line",
    [
        "By Tuesday the harbour was open again.",
        "By Monday evening the crews had left",
        "By the time the army came the crews had left",
        "By and large the crews had left",
        "By far the largest of the ships sank",
    ],
)
def test_sentences_that_are_no_byline(line: str) -> None:
    article = article_from_text(f"Two ships hit in harbour\n\n{line}\n\n{BODY}")
    assert article.byline is None
    assert words_of(article, "byline") == []


def test_an_agency_below_the_byline_belongs_to_it() -> None:
    article = article_from_text(f"Two ships hit in harbour\nBy Jane Doe\nAssociated Press\n\n{BODY}")
    assert words_of(article, "byline") == ["By Jane Doe", "Associated Press"]
    assert article.title == "Two ships hit in harbour"


def test_a_byline_may_stand_right_above_the_dateline() -> None:
    article = article_from_text("By JANE DOE\nOSLO — Two ships were hit by an air strike on Monday, officials said.")
    assert article.byline == "JANE DOE"
    assert article.dateline is not None
    assert article.dateline.place == "Oslo"


@pytest.mark.parametrize(
    "text",
    [
        LEAD,
        f"This post has been updated with more.\n\n{BODY}",
        f"This story first ran elsewhere:\n\n{BODY}",
        "Two ships were hit by an air strike in the\nharbour on Monday, the army\nsaid, and one of them sank.",
        "WARNING: graphic image below\n\n" + BODY,
        f"update\n\n{BODY}",
        "Two ships hit in harbour\n\nMinister denies it\n\nPort to stay shut",
    ],
)
def test_texts_without_a_title(text: str) -> None:
    article = article_from_text(text)
    assert article.title is None
    assert article.title_span is None


def test_a_known_title_is_found_in_the_text_or_not_at_all() -> None:
    article = article_from_text(f"Two Ships Hit in Harbour\n\n{BODY}", title="Two ships hit in harbour")
    assert article.title == "Two ships hit in harbour"
    assert article.title_span is not None
    assert article.title_span.text == "Two Ships Hit in Harbour"
    other = article_from_text(f"Two Ships Hit in Harbour\n\n{BODY}", title="Strike in Oslo")
    assert (other.title, other.title_span) == ("Strike in Oslo", None)


def test_the_publisher_is_the_host_where_none_is_named() -> None:
    assert article_from_text(BODY, url="https://www.example.org/a").publisher == "example.org"
    assert article_from_text(BODY, url="https://www.example.org/a", publisher="Post").publisher == "Post"
    assert article_from_text(BODY).publisher is None


def test_ids_depend_on_what_was_published_not_on_where_it_lies() -> None:
    one = article_from_text(BODY, url="https://example.org/a", path="a.txt")
    assert one.id == article_from_text(BODY, url="https://example.org/a", path="b.txt").id
    assert one.id != article_from_text(BODY, url="https://example.org/b").id
    assert one.id != article_from_text(BODY, url="https://example.org/a", published="2014-12-03").id
    assert article_from_text(BODY, id="mine").id == "mine"


def test_line_ends_and_marks_stay() -> None:
    text = (
        "\ufeffTwo ships hit in harbour\r\n\r\nBy Jane Doe\r\n\r\n"
        + BODY.replace("\n", "\r\n")
        + "\r\nLeave a Reply\r\n"
    )
    article = article_from_text(text)
    assert article.text == text
    assert article.skipped[0] == Skipped(start=0, end=1, reason="byte-order-mark")
    assert [part.reason for part in article.skipped] == ["byte-order-mark", "byline", "comment-form"]
    assert article.title == "Two ships hit in harbour"


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "empty"), (" \r\n\t\ufeff\u00a0", "empty"), ("Two\0ships", "binary"), ("Two \ud83d ships", "encoding")],
)
def test_texts_that_cannot_be_kept(text: str, reason: str) -> None:
    with pytest.raises(UnreadableInput) as error:
        article_from_text(text)
    assert error.value.reason == reason


PIECES = st.sampled_from(
    [
        "Two ships hit in harbour",
        "By Jane Doe",
        "3 December 2014",
        LEAD,
        REST,
        "OSLO — Two ships were hit.",
        "(Photo: Jane Doe)",
        "The port is shut. (Reporting by Jane Doe; Editing by John Roe)",
        "Leave a Reply",
        "Name *",
        "RELATED",
        "Share this:",
        "رست سفينتان في الميناء",
        "🚢🚢 hit",
        "\u00a0",
        "\ufeff",
        "Copyright 2014 Harbour Post",
    ]
)
BREAKS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\u2028", "\u2029", " ", "\t\n", "\u00a0\n", "\v", "\f", "\x85"])


@given(
    st.lists(st.tuples(PIECES | st.text(st.characters(exclude_categories=["Cs"]), max_size=60), BREAKS), max_size=12)
)
def test_offsets_hold_in_any_text(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + after for piece, after in pieces)
    if "\0" in text or not text.replace("\ufeff", "").strip():
        with pytest.raises(UnreadableInput):
            article_from_text(text)
        return
    article = article_from_text(text)
    assert article.text == text
    assert article.sha256 == hashlib.sha256(text.encode()).hexdigest()
    spans = [(part.start, part.end) for part in article.skipped]
    if article.dateline:
        spans.append((article.dateline.start, article.dateline.end))
        assert (article.dateline.place or article.dateline.outlet) is not None
    if article.title_span:
        spans.append((article.title_span.start, article.title_span.end))
        assert text[article.title_span.start : article.title_span.end] == article.title_span.text == article.title
    spans.sort()
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    assert article == article_from_text(text)
