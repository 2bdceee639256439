"""What linking keeps of an article."""

import base64
import dataclasses
import datetime as dt
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reportedly.ledger.codec import packed
from reportedly.linking import load_rules
from reportedly.linking.profiles import Profile, profile_from, profile_of
from reportedly.linking.terms import number_of
from reportedly.records import Entry, Skipped, TimeSpan
from tests.linking.making import (
    BULGARIA,
    GUARD,
    KARDZHALI,
    MONDAY,
    NORTHLAND,
    STORY,
    days,
    entry,
    made_article,
    party,
    profiles,
)

RULES = load_rules()
VECTOR = base64.b64encode(bytes(range(64))).decode()
PARTIES = st.lists(
    st.sampled_from((NORTHLAND, GUARD, party("the boat", coded=False), party("Ålesund Guard", "NOR", "MIL", "GOV")))
).map(tuple)
ENTRIES = st.builds(
    entry,
    st.text(min_size=1),
    article=st.just("x"),
    published=st.sampled_from((None, MONDAY, dt.datetime(2031, 3, 3, 9, 30, tzinfo=dt.UTC))),
    kind=st.sampled_from((None, "ASSAULT", "AID")),
    actors=PARTIES,
    recipients=PARTIES,
    persons=st.sampled_from(((), ("Northland",))),
    sentence=st.text(min_size=1),
    trigger=st.text(min_size=1),
    place=st.sampled_from((None, KARDZHALI, BULGARIA, dataclasses.replace(KARDZHALI, lat=None, lon=None, name=None))),
    time=st.sampled_from((None, days(MONDAY), TimeSpan(text="by then", start=0, end=7, last=MONDAY))),
    modality=st.sampled_from(("actual", "planned", "historical")),
    killed=st.none() | st.integers(0, 10**12),
    refers_to=st.none() | st.text(),
)


def one_of(made: Entry, text: str = STORY, **fields: Any) -> Profile:
    article = dataclasses.replace(made_article("x", [made]), text=text, **fields)
    return profile_of([made], article, RULES)


def quotes_of(words: str, quote: Any = "direct", source: Any = ("Ida Moss", "person")) -> tuple[int, ...]:
    made = entry("a", source=source, content=words)
    made = dataclasses.replace(made, statement=dataclasses.replace(made.statement, quote=quote))
    return one_of(made).reports[0].quotes


@given(st.lists(ENTRIES, min_size=1, max_size=3), st.booleans())
def test_a_profile_comes_back_from_its_json(entries: list[Entry], vectors: bool) -> None:
    held = {made.report.id: VECTOR for made in entries} if vectors else None
    (profile,) = profiles(*entries, vectors=held)
    back = profile_from(json.loads(packed(profile)))
    assert back == profile
    assert [traits.vector for traits in back.reports] == [VECTOR if vectors else None] * len(entries)


def test_skipped_parts_count_for_nothing() -> None:
    made = entry("a")
    advert = "Subscribe to velvet umbrellas. "
    skipped = (
        Skipped(start=0, end=len(advert), reason="form"),
        Skipped(start=10, end=len(advert), reason="share"),
        Skipped(start=len(advert) + len(STORY), end=2 * len(advert) + len(STORY), reason="form"),
    )
    assert one_of(made, advert + STORY + advert, skipped=skipped).terms == one_of(made).terms
    assert one_of(made, advert + STORY).terms != one_of(made).terms


def test_the_headline_counts() -> None:
    assert number_of("umbrellas") in one_of(entry("a"), title="Velvet umbrellas").terms[0]


def test_one_quotation_gives_the_same_sequences_wherever_it_stands() -> None:
    words = " ".join(f"word{n}" for n in range(40))
    here, there = quotes_of(words), quotes_of(f"Once more, as we said: {words} and so on and on and on.")
    assert len(here) == RULES.words["quotes"]
    assert set(here) & set(there)
    assert quotes_of("one two three four five six") == (number_of("one two three four five six"),)
    assert quotes_of("only five words in all") == ()


def test_only_quotations_of_somebody_are_kept() -> None:
    words = "we shelled nobody and we will shell nobody this year"
    assert quotes_of(words)
    assert quotes_of(words, quote="indirect") == quotes_of(words, source=("", "narrator")) == ()


def test_days_are_those_that_the_report_tells() -> None:
    def told(time: TimeSpan | None, published: dt.date | None = MONDAY) -> tuple[int | None, int | None]:
        (traits,) = profiles(entry("a", time=time, published=published))[0].reports
        return traits.first, traits.last

    monday = MONDAY.toordinal()
    assert told(None) == (None, None)
    assert told(days(MONDAY - dt.timedelta(3), MONDAY)) == (monday - 3, monday)
    since = TimeSpan(text="since", start=0, end=5, first=MONDAY - dt.timedelta(2))
    assert told(since) == (monday - 2, monday)


def test_how_much_a_sentence_tells_of_its_article() -> None:
    central, aside = (
        profiles(entry("a", sentence=sentence))[0].reports[0].salience
        for sentence in ("Millers counted dead horses at Sandvik bridge.", "Elsewhere, a choir sang.")
    )
    assert 0 <= aside < central <= 1
