import dataclasses
import datetime as dt
from typing import Any

from reportedly.linking import make_event
from reportedly.records import Actor, Copy, Entry, Judgement, Link, Number, Span
from tests.linking.making import BULGARIA, KARDZHALI, MONDAY, NORTHLAND, SOUTHLAND, VARNA, days, entry, party

DAY = dt.timedelta(days=1)
FIRST = entry(
    "a",
    publisher="Harbour Post",
    mode="heavy-weapons",
    place=KARDZHALI,
    time=days(MONDAY - DAY),
    killed=4,
    numbers=(Number(kind="killed", low=4, high=4, start=0, end=4, text="four"),),
    sentence="Northland shelled the Hill Guard, killing four.",
)
SECOND = entry(
    "b",
    publisher="Hill Gazette",
    published=MONDAY + DAY,
    place=BULGARIA,
    time=days(MONDAY - 7 * DAY, MONDAY),
    killed=9,
    source=("Hill Guard", "organisation"),
    content="at least nine had died when Northland shelled it",
    numbers=(Number(kind="killed", low=9, high=None, start=0, end=4, text="at least nine"),),
)
DENIAL = entry(
    "c",
    publisher="Hill Gazette",
    published=MONDAY + 2 * DAY,
    source=("Northland", "organisation"),
    stance="denies",
    killed=100,
)


def test_an_event_counts_and_keeps_who_said_what() -> None:
    event = make_event(
        [SECOND, DENIAL, FIRST],
        [Link(left="a", right="b", score=0.8, why={"actors": 1.0}), Link(left="b", right="z", score=0.8, why={})],
        [Copy(article=SECOND.article, copy_of="elsewhere", share=0.9, evidence="9 of 10 sentences")],
        [Judgement(left="a", right="c", same=True, by="ana", at=dt.datetime(2031, 3, 9, 8, tzinfo=dt.UTC))],
    )
    assert event.summary == "Northland shells Hill Guard in Kardzhali, 2 Mar 2031"
    assert (event.type, event.quad, event.mode) == ("ASSAULT", "material conflict", "heavy-weapons")
    assert event.actors == (Actor(name="Northland", country="NOR", kind="country"),)
    assert [actor.name for actor in event.recipients] == ["Hill Guard"]
    assert [place.name for place in event.places] == ["Kardzhali", "Bulgaria"]
    assert (event.first, event.last) == (MONDAY - DAY, MONDAY - DAY)
    assert (event.first_reported, event.last_reported) == (MONDAY, MONDAY + 2 * DAY)
    assert (event.articles, event.copies, event.publishers, event.origins) == (3, 1, 2, 2)
    assert (event.status, event.grade) == ("disputed", 4)
    assert (event.killed.min, event.killed.max) == (4, 9)
    assert [(line["source"], line["low"], line["high"]) for line in event.killed.by_source] == [
        ("Harbour Post", 4, 4),
        ("Hill Guard", 9, None),
    ]
    assert [line.report for line in event.reports] == ["a", "b", "c"]
    assert event.reports[0].quote == "Northland shelled the Hill Guard, killing four."
    assert event.reports[1].quote == "at least nine had died when Northland shelled it"
    assert event.reports[1].copy_of == "elsewhere"
    assert [line["kind"] for line in event.why] == ["link", "copy", "judgement"]
    assert [d.field for d in event.disagreements] == ["killed"]
    assert event.disagreements[0].values == (
        {"value": 4, "reports": ["a"], "sources": ["Harbour Post"], "since": "2031-03-03"},
        {"value": "9 or more", "reports": ["b"], "sources": ["Hill Guard"], "since": "2031-03-04"},
    )
    assert event.to_dict()["schema"] == "reportedly/event/1"


def test_later_reports_do_not_change_the_id() -> None:
    assert make_event([FIRST]).id == make_event([DENIAL, SECOND, FIRST]).id
    assert make_event([FIRST]).id != make_event([SECOND]).id


def test_what_is_not_said_stays_unknown() -> None:
    event = make_event([entry("a", actors=(), recipients=(), published=None)])
    assert event.summary == "Attack"
    assert (event.first, event.last, event.first_reported, event.places) == (None, None, None, ())
    assert (event.killed.min, event.killed.max, event.killed.by_source) == (None, None, ())


def test_a_position_on_something_without_a_type() -> None:
    said = {"kind": None, "actors": (), "recipients": (), "source": ("Ada Berg", "person"), "stance": "denies"}
    event = make_event([entry("a", content="that the\n rumours were true", **said)])
    assert event.summary == "“that the rumours were true” (no event type)"
    assert make_event([entry("a", content="so " * 30, **said)]).summary == f"“{'so ' * 12}…” (no event type)"
    assert (event.type, event.quad, event.status) == (None, None, "denied")


def test_the_reports_agree_on_parties() -> None:
    event = make_event(
        [
            entry("a", actors=(party("Northland jets", "NOR", "MIL"), party("fighters", coded=False))),
            entry("b", actors=(NORTHLAND,)),
            entry("c", actors=(NORTHLAND,)),
            entry("d", actors=(SOUTHLAND,)),
            entry("e", actors=(NORTHLAND,)),
        ]
    )
    assert [actor.name for actor in event.actors] == ["Northland"]
    assert [d.field for d in event.disagreements] == ["actors"]


def test_talks_name_each_party_once() -> None:
    fields = {"kind": "CONSULT"}
    event = make_event(
        [
            entry("a", actors=(NORTHLAND,), recipients=(SOUTHLAND,), **fields),
            entry("b", actors=(SOUTHLAND,), recipients=(NORTHLAND,), **fields),
            entry("c", actors=(SOUTHLAND,), recipients=(party("Northland's army", "NOR", "MIL"),), **fields),
        ]
    )
    assert event.summary == "Southland and Northland hold talks"


def test_a_place_that_is_a_party_is_named_once() -> None:
    event = make_event([entry("a", recipients=(party("Varna", "BGR"),), place=VARNA)])
    assert event.summary == "Northland attacks Varna"


def test_days_and_places_that_cannot_both_be_right_are_shown() -> None:
    event = make_event(
        [
            entry("a", place=KARDZHALI, time=days(MONDAY)),
            entry("b", place=VARNA, time=days(MONDAY - 3 * DAY, MONDAY - 2 * DAY)),
            entry("c", place=KARDZHALI, time=days(MONDAY - DAY, MONDAY)),
        ]
    )
    assert {d.field: [v["value"] for v in d.values] for d in event.disagreements} == {
        "place": ["Kardzhali", "Varna"],
        "time": ["2031-03-03", "2031-02-28/2031-03-01", "2031-03-02/2031-03-03"],
    }
    assert (event.first, event.last) == (MONDAY, MONDAY)


def test_plans_say_so() -> None:
    assert make_event([entry("a", modality="planned", time=days(MONDAY, MONDAY + 40 * DAY))]).summary == (
        "Northland to attack Hill Guard, 3 Mar–12 Apr 2031"
    )


def test_a_place_beside_another_says_so_itself() -> None:
    for words, told in (("near the Syrian border", ""), ("the Syrian border", "at ")):
        shape = dataclasses.replace(VARNA, name=None, text=words, geometry={"type": "Polygon", "coordinates": []})
        event = make_event([entry("a", kind="PROTEST", actors=(), recipients=(), place=shape)])
        assert event.summary == f"Protest {told}{words}"


def test_summaries_are_plain_english() -> None:
    navy, boat = party("Northland navy", "NOR", "MIL"), party("foreign boat", coded=False)
    seized: dict[str, Any] = {
        "kind": "COERCE",
        "mode": "seize",
        "recipients": (boat,),
        "sentence": "It was near the island of Varna.",
    }
    assert make_event([entry("a", actors=(navy,), place=VARNA, **seized)]).summary == (
        "Northland navy seizes foreign boat near Varna"
    )
    assert make_event([entry("a", actors=(), place=VARNA, **seized)]).summary == "Foreign boat seized near Varna"
    leaders = party("union leaders", coded=False)
    assert make_event([entry("a", kind="REQUEST", actors=(leaders,))]).summary == (
        "Union leaders make demand of Hill Guard"
    )
    assert make_event([entry("a", kind="PROTEST", actors=(), recipients=(), place=VARNA)]).summary == (
        "Protest in Varna"
    )
    assert make_event([entry("a", kind="COERCE", mode="seize", recipients=())]).summary == "Seizure by Northland"


def test_how_many_were_captured_can_differ() -> None:
    def arrest(name: str, count: int) -> Entry:
        number = Number(kind="captured", low=count, high=count, start=0, end=1, text=str(count))
        return entry(name, kind="COERCE", mode="arrest", numbers=(number,))

    (difference,) = make_event([arrest("a", 11), arrest("b", 12)]).disagreements
    assert difference.field == "captured"
    assert [line["value"] for line in difference.values] == [11, 12]


def test_a_line_says_where_its_quote_stands() -> None:
    told = "Northland shelled the hills."
    said = "that it had shelled them"
    lead = entry("a", sentence=told, trigger="shelled", url="https://post.example/a", title="Shelling")
    lead = dataclasses.replace(
        lead, report=dataclasses.replace(lead.report, trigger=Span(start=110, end=117, text="shelled"))
    )
    quoted = entry("b", source=("Northland", "organisation"), content=said)
    first, second = make_event([lead, quoted]).reports
    assert (first.url, first.title) == ("https://post.example/a", "Shelling")
    assert (first.quote, first.start, first.end) == (told, 100, 100 + len(told))
    assert (second.quote, second.start, second.end) == (said, 0, len(said))


def test_a_sentence_that_repeats_its_words_stands_where_other_words_put_it() -> None:
    told = "They shelled it; again Northland shelled it."
    at = dataclasses.replace(NORTHLAND, start=73, end=82)
    once = entry("a", sentence=told, actors=(at,), recipients=())
    once = dataclasses.replace(
        once, report=dataclasses.replace(once.report, trigger=Span(start=83, end=90, text="shelled"))
    )
    assert make_event([once]).reports[0].start == 50
    unclear = dataclasses.replace(once, report=dataclasses.replace(once.report, actors=()))
    assert make_event([unclear]).reports[0].start is None


def test_words_put_together_stand_nowhere() -> None:
    split = entry("a", source=("Northland", "organisation"), content="it was")
    parts = (Span(start=300, end=306, text="it was"), Span(start=320, end=325, text="false"))
    split = dataclasses.replace(split, statement=dataclasses.replace(split.statement, content=parts))
    line = make_event([split]).reports[0]
    assert (line.quote, line.start, line.end) == ("it was … false", None, None)
