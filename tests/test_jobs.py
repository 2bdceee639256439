"""Runs: one bad article costs only itself; an interrupted run goes on; what was reported as read is kept."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportedly import jobs
from reportedly.errors import UnreadableInput
from reportedly.intake import article_from_text
from reportedly.ledger import Ledger
from reportedly.parsing import Parse
from reportedly.reading import Reader
from reportedly.records import Article, Reading
from reportedly.settings import load_settings

TEXTS = [f"Rebels attacked village number {n} on Monday, the army said." for n in range(5)]


def articles() -> list[Article]:
    return [article_from_text(text) for text in TEXTS]


def test_a_bug_in_one_article_costs_only_that_one(monkeypatch: pytest.MonkeyPatch) -> None:
    derive = Reader.derive

    def fails_on_two(self: Reader, article: Article, parse: Parse) -> Reading:
        if "number 2" in article.text:
            raise IndexError("list index out of range")
        return derive(self, article, parse)

    monkeypatch.setattr(Reader, "derive", fails_on_two)
    summary = jobs.read_into(articles(), load_settings())
    assert (summary.read, len(summary.rejects), summary.exit_code) == (4, 1, 1)
    assert summary.rejects[0].reason == "failed"
    assert "IndexError" in summary.rejects[0].detail


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    def cut_short() -> Iterator[Article | UnreadableInput]:
        yield from itertools.islice(articles(), 3)
        raise KeyboardInterrupt

    path = str(tmp_path / "l.db")
    settings = load_settings(batch_size=1)
    with Ledger(path) as ledger, pytest.raises(KeyboardInterrupt):
        jobs.read_into(cut_short(), settings, ledger)
    with Ledger(path) as ledger:
        kept = len(list(ledger.readings()))
        summary = jobs.read_into(articles(), settings, ledger)
        assert summary.unchanged == kept
        assert summary.read == len(TEXTS) - kept
        assert len(list(ledger.readings())) == len(TEXTS)


def test_exit_codes() -> None:
    reject = UnreadableInput("x", "empty", "nothing")
    assert jobs.Summary(read=1).exit_code == 0
    assert jobs.Summary(unchanged=1).exit_code == 0
    assert jobs.Summary(read=1, rejects=[reject]).exit_code == 1
    assert jobs.Summary(rejects=[reject]).exit_code == 3
    assert jobs.Summary().exit_code == 3
