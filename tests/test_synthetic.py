"""The invented coverage: the same each time, sound readings, and about the shares that it promises."""

import datetime as dt
import itertools
from collections import Counter

import pytest

from benchmarks import synthetic
from benchmarks.synthetic import Told
from reportedly.linking.text import content_words, words
from reportedly.reading import check
from reportedly.records import Report

REPORTS = 20_000


@pytest.fixture(scope="module")
def told() -> list[Told]:
    return list(synthetic.readings(REPORTS))


@pytest.fixture(scope="module")
def reports(told: list[Told]) -> list[Report]:
    return [report for one in told for report in one.reading.reports]


def share(found: int, of: int) -> float:
    return found / of


def test_the_same_each_time() -> None:
    first, again = (list(synthetic.readings(1000, seed=5)) for _ in range(2))
    assert first == again
    other = list(synthetic.readings(1000, seed=6))
    assert [one.reading.article.text for one in first] != [one.reading.article.text for one in other]


def test_every_reading_keeps_the_promises(told: list[Told]) -> None:
    for one in told[::3]:
        check(one.reading)
        assert len(one.truth) == len(one.reading.reports) > 0


def test_nothing_is_named_twice(told: list[Told], reports: list[Report]) -> None:
    articles = [one.reading.article.id for one in told]
    statements = [statement.id for one in told for statement in one.reading.statements]
    for ids in (articles, statements, [report.id for report in reports]):
        assert len(set(ids)) == len(ids)


def test_there_are_as_many_as_asked_for(reports: list[Report]) -> None:
    assert REPORTS <= len(reports) < REPORTS + 40
    assert sum(1 for _ in synthetic.articles(123)) == 123


def test_shares_are_those_promised(told: list[Told], reports: list[Report]) -> None:
    count = len(reports)
    assert share(sum(r.type is None for r in reports), count) == pytest.approx(0.15, abs=0.02)
    typed = [r for r in reports if r.type is not None]
    assert share(sum(r.time is None for r in typed), len(typed)) == pytest.approx(0.6, abs=0.03)
    assert share(sum(r.stance == "asserts" for r in typed), len(typed)) == pytest.approx(0.85, abs=0.02)
    assert share(sum(one.copy_of is not None and not one.part for one in told), len(told)) == pytest.approx(
        0.2, abs=0.02
    )
    assert share(sum(one.part for one in told), len(told)) == pytest.approx(0.1, abs=0.02)
    assert share(count, len(told)) == pytest.approx(5, abs=1)
    assert share(sum(bool(one.reading.origins) for one in told), len(told)) == pytest.approx(0.3, abs=0.05)
    assert {r.type for r in typed} >= {"ASSAULT", "COERCE", "CONSULT", "ACCUSE", "PROTEST"}
    assert share(sum(r.type == "ASSAULT" for r in typed), len(typed)) == pytest.approx(0.4, abs=0.15)
    assert {"country", "town"} <= {"town" if r.place.kind == "city" else r.place.kind for r in typed if r.place}


def test_the_news_comes_in_order_over_three_years(told: list[Told]) -> None:
    moments = [one.reading.article.published for one in told]
    assert all(isinstance(moment, dt.datetime) for moment in moments)
    assert moments == sorted(moments, key=str)
    assert dt.date(2033, 6, 1) < told[-1].reading.article.day < dt.date(2034, 6, 1)  # type: ignore[operator]


def test_most_is_told_a_few_times_and_some_very_often(told: list[Told]) -> None:
    articles = Counter(number for one in told for number in set(one.truth))
    assert share(sum(times <= 3 for times in articles.values()), len(articles)) > 0.75
    assert 50 < max(articles.values()) < 1000


def test_copies_are_copies(told: list[Told]) -> None:
    held = {one.reading.article.id: one for one in told}
    for one in told:
        if one.copy_of is None:
            continue
        original = held[one.copy_of]
        text, theirs = one.reading.article.text, original.reading.article.text
        if one.part:
            assert text != theirs
            first = one.reading.reports[0]
            assert text[: first.trigger.end] == theirs[: first.trigger.end]
            assert one.truth[0] == original.truth[0]
        else:
            assert (text, one.truth) == (theirs, original.truth)
            assert one.reading.article.sha256 == original.reading.article.sha256


def test_tellings_of_one_happening_share_some_words_but_not_all(told: list[Told]) -> None:
    stop: frozenset[str] = frozenset()
    sentences: dict[int, list[frozenset[str]]] = {}
    for one in told:
        if one.copy_of is None:
            for number, report in zip(one.truth, one.reading.reports, strict=True):
                if report.type is not None:
                    text = one.reading.article.text
                    start = text.rfind(". ", 0, report.trigger.start) + 1
                    end = text.find(".", report.trigger.end)
                    sentences.setdefault(number, []).append(content_words(text[start:end], stop))
    pairs = [pair[:2] for pair in sentences.values() if len(pair) > 1]
    alike = [len(a & b) / len(a | b) for a, b in pairs]
    strangers = [len(a[0] & b[1]) / len(a[0] | b[1]) for a, b in itertools.pairwise(pairs)]
    assert 0.2 < sum(alike) / len(alike) < 0.8
    assert sum(strangers) / len(strangers) < sum(alike) / len(alike) / 2


def test_numbers_differ_among_the_tellings(told: list[Told]) -> None:
    killed: dict[int, set[int]] = {}
    for one in told:
        for number, report in zip(one.truth, one.reading.reports, strict=True):
            if report.killed is not None:
                killed.setdefault(number, set()).add(report.killed)
    assert sum(len(found) > 1 for found in killed.values()) > 0.1 * len(killed)


def test_sentences_are_of_the_length_of_news(told: list[Told]) -> None:
    lengths = [
        len(words(content.text))
        for one in told
        for statement in one.reading.statements
        for content in statement.content
        if len(content.text) > 40
    ]
    assert 10 < sum(lengths) / len(lengths) < 30
