"""Skipped parts: the rows' own examples, and report sentences that must stay."""

import pytest

from reportedly.errors import ResourceError
from reportedly.intake import skipping as module
from reportedly.intake.lines import split_lines
from reportedly.intake.skipping import SKIP_REASONS, find_skipped, load_skips
from reportedly.records import Skipped
from reportedly.resources import data_path, read_csv

ROWS = [row for _, row in read_csv(data_path("languages/en/skips.csv"), ("match", "words", "reason", "example"))]
BODY = "The harbour was closed on Monday, officials said.\n\n"
AFTER = "\n\nThe port stays shut, they said."
FIELDS = "\n\nName *\nEmail (required)"


def skipped_of(text: str) -> list[Skipped]:
    return find_skipped(text, split_lines(text), load_skips())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["words"][:50])
def test_every_row_skips_its_example_and_nothing_else(row: dict[str, str]) -> None:
    form = row["match"] == "form"
    text = BODY + row["example"] + (FIELDS if form else AFTER)
    (part,) = skipped_of(text)
    assert part.reason == row["reason"]
    words = text[part.start : part.end]
    if form:
        assert words == row["example"] + FIELDS
    elif row["match"] == "part":
        assert row["example"].endswith(words)
        assert len(words) < len(row["example"])
    else:
        assert words == row["example"]


def test_no_phrase_is_listed_twice() -> None:
    phrases = [(row["match"], row["words"]) for row in ROWS]
    assert len(phrases) == len(set(phrases))


def test_every_reason_is_used_or_given_by_code() -> None:
    by_code = {"byline", "date-line", "byte-order-mark"}
    assert {row["reason"] for row in ROWS} | by_code == set(SKIP_REASONS)


@pytest.mark.parametrize(
    "line",
    [
        "More than forty ships were kept in the harbour.",
        "Related charges were dropped, the prosecutor said.",
        "Comments by the minister were not to be had.",
        "Email records show that the minister knew.",
        "Share prices fell after the strike.",
        "Advertisement revenue fell after the strike.",
        "Follow-up strikes on Twitter's offices were denied.",
        "Also on the list is the harbour master, the paper says.",
        "Watch officers said they saw two aircraft.",
        "Photo evidence shows two aircraft over the harbour.",
        "The video was posted by the group, the minister said.",
        "Copyright law was not on the agenda of the talks.",
        "Subscribe or not, said the minister, the paper will close.",
        "Images released by the army show two ships (one of them sunk).",
        "Next: the minister then left the room.",
        "Reporting by the harbour police was poor, a judge said.",
        "“Leave a reply,” the recording told the minister.",
        "Sign up, the officer told the young men.",
        "The army said it was filed in March.",
        "Please, the minister said, log in the ships as they come.",
        "Search teams found two of the crew.",
        "Credit must go to the harbour police, the minister said.",
        "Edited footage of the strike was shown on state television.",
    ],
)
def test_sentences_of_a_report_stay(line: str) -> None:
    assert skipped_of(BODY + line + AFTER) == []


def test_a_comment_form_goes_to_the_end() -> None:
    form = "Leave a Reply\n\nPlease log in using one of these methods:\n\nI saw it too.\n\nConnecting to %s\n"
    text = BODY + form
    assert skipped_of(text) == [Skipped(start=len(BODY), end=len(text) - 1, reason="comment-form")]


def test_a_heading_without_a_form_stays() -> None:
    text = (
        BODY + "Comments\n\nThe minister gave none, and the army gave none.\n\nNor did the port say when it will open."
    )
    assert skipped_of(text) == []


def test_a_form_heading_as_the_last_line_goes() -> None:
    (part,) = skipped_of(BODY + "Leave a comment")
    assert part.start == len(BODY)


def test_a_form_above_the_body_does_not_swallow_it() -> None:
    text = "Comments\n14 comments\n\n" + BODY
    assert all(part.end <= text.index(BODY) for part in skipped_of(text))


def test_the_links_below_a_heading_go_with_it() -> None:
    text = BODY + "RELATED\n\nHarbour reopens after the storm\n\nMinister: 'We were not there'" + AFTER
    parts = skipped_of(text)
    assert [part.reason for part in parts] == ["related"] * 3
    assert text[parts[-1].end :] == AFTER


def test_a_bad_pattern_is_named_with_its_line(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "skips.csv"
    path.write_text("match,words,reason,example\npattern,(,share,Share\n")
    monkeypatch.setattr(module, "data_path", lambda relative: path)
    with pytest.raises(ResourceError, match=r"skips\.csv:2: no regular expression"):
        load_skips.__wrapped__("en")
    path.write_text("match,words,reason,example\nline,share,because,Share\n")
    with pytest.raises(ResourceError, match=r"skips\.csv:2: match must be one of"):
        load_skips.__wrapped__("en")
