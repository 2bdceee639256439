"""An event's history: who said it first, who reversed, which numbers rose, and the status day by day."""

import datetime as dt
import time
from typing import Any

from reportedly.linking import make_event, origins_of, status_of
from reportedly.linking.history import history_of
from reportedly.records import Actor, Copy, Entry, Number
from tests.linking.making import EASTLAND_MINISTRY, MONDAY, NORTHLAND_ARMY, entry, party, place

DAY = dt.timedelta(days=1)
POST, GAZETTE = {"publisher": "Harbour Post"}, {"publisher": "Hill Gazette"}
EASTLAND: dict[str, Any] = {"source": (EASTLAND_MINISTRY.name, "organisation"), "actor": EASTLAND_MINISTRY}
ARMY: dict[str, Any] = {"source": (NORTHLAND_ARMY.name, "organisation"), "actor": NORTHLAND_ARMY}
TUESDAY, WEDNESDAY = {"published": MONDAY + DAY}, {"published": MONDAY + 2 * DAY}
SILENT = {"stance": "declines", "certainty": "UU"}


def history(*entries: Entry, originals: dict[str, str] | None = None) -> list[dict[str, Any]]:
    return [dict(line) for line in history_of(entries, origins_of(entries), originals)]


def whats(lines: list[dict[str, Any]]) -> list[tuple[str | None, str]]:
    return [(line["at"], line["what"]) for line in lines]


def killed(count: int) -> dict[str, Any]:
    return {"numbers": (Number(kind="killed", low=count, high=count, start=0, end=1, text=str(count)),)}


def test_could_not_confirm_on_monday_confirms_on_tuesday() -> None:
    lines = history(
        entry("claim", **POST),
        entry("silence", **EASTLAND, **POST, **SILENT),
        entry("word", stance="confirms", **EASTLAND, **GAZETTE, **TUESDAY),
    )
    assert whats(lines) == [
        ("2031-03-03", "first report"),
        ("2031-03-03", "first refusal"),
        ("2031-03-03", "status"),
        ("2031-03-04", "first confirmation"),
        ("2031-03-04", "reversal"),
        ("2031-03-04", "status"),
    ]
    turn = lines[4]
    assert turn["text"] == (
        "Eastland's defence ministry did not confirm or deny it on 3 Mar 2031, and confirmed it on 4 Mar 2031"
    )
    assert (turn["from"], turn["to"], turn["report"], turn["supersedes"]) == (
        "declines",
        "confirms",
        "word",
        ["silence"],
    )
    assert (turn["source"], turn["publisher"]) == ("Eastland's defence ministry", "Hill Gazette")
    assert [(line["from"], line["to"]) for line in lines if line["what"] == "status"] == [
        (None, "unverified"),
        ("unverified", "confirmed"),
    ]
    assert lines[-1]["text"].startswith("Confirmed as of 4 Mar 2031: ")


def test_firsts_name_who_and_where() -> None:
    lines = history(
        entry("a", **EASTLAND, **POST),
        entry("b", stance="denies", **ARMY, **GAZETTE, **TUESDAY),
        entry("c", stance="denies", **ARMY, **POST, **WEDNESDAY),
        entry("d", stance="doubts", source=("Watch on Arms", "organisation"), **POST, **WEDNESDAY),
    )
    texts = {line["what"]: line["text"] for line in lines}
    assert texts["first report"] == "First report: Eastland's defence ministry said so in Harbour Post on 3 Mar 2031"
    assert texts["first denial"] == "First denial: Northland's army denied it in Hill Gazette on 4 Mar 2031"
    assert texts["first doubt"] == "First doubt: Watch on Arms doubted it in Harbour Post on 5 Mar 2031"
    assert "first refusal" not in texts
    assert [line["to"] for line in lines if line["what"] == "status"] == ["claimed", "disputed"]


def test_the_status_is_that_of_the_words_known_on_the_day() -> None:
    told = [
        entry("a", **POST),
        entry("b", stance="denies", **ARMY, **POST, **TUESDAY),
        entry("c", stance="confirms", **ARMY, **POST, **WEDNESDAY),
    ]
    statuses = [(line["at"], line["to"]) for line in history(*told) if line["what"] == "status"]
    assert statuses == [("2031-03-03", "claimed"), ("2031-03-04", "disputed"), ("2031-03-05", "admitted")]


def test_undated_reports_come_last_and_reverse_nothing() -> None:
    lines = history(
        entry("a", stance="denies", **EASTLAND, **POST),
        entry("b", stance="confirms", published=None, **EASTLAND, **POST),
    )
    assert whats(lines) == [
        ("2031-03-03", "first report"),
        ("2031-03-03", "first denial"),
        ("2031-03-03", "status"),
        (None, "first confirmation"),
        (None, "status"),
    ]
    assert [line["to"] for line in lines if line["what"] == "status"] == ["denied", "disputed"]
    assert lines[3]["text"] == "Confirmation, date unknown: Eastland's defence ministry confirmed it in Harbour Post"


def test_moments_of_one_day_are_told_apart() -> None:
    at = dt.datetime(2031, 3, 3, 8, tzinfo=dt.UTC)
    lines = history(
        entry("a", stance="denies", published=at, **EASTLAND, **POST),
        entry("b", stance="confirms", published=at + dt.timedelta(hours=3), **EASTLAND, **POST),
    )
    (turn,) = [line for line in lines if line["what"] == "reversal"]
    assert turn["at"] == "2031-03-03T11:00:00+00:00"
    assert turn["text"] == ("Eastland's defence ministry denied it on 3 Mar 2031, and confirmed it later that day")


def test_officials_without_a_name_are_not_one_source() -> None:
    told = [
        entry("a", stance="denies", source=("officials", "official"), **POST),
        entry("b", stance="confirms", source=("officials", "official"), **POST, **TUESDAY),
    ]
    assert "reversal" not in {line["what"] for line in history(*told)}


def test_officials_of_one_body_in_the_same_words_are() -> None:
    us = Actor(name="Northland officials", country="NOR", sectors=("GOV",), kind="organisation")
    them: dict[str, Any] = {"source": ("Northland officials", "official"), "actor": us}
    told = [entry("a", **them, **SILENT, **POST), entry("b", stance="confirms", **them, **GAZETTE, **TUESDAY)]
    assert "reversal" in {line["what"] for line in history(*told)}


def test_numbers_that_rise() -> None:
    lines = history(
        entry("a", **POST, **killed(12)),
        entry("b", **POST, **killed(15), **TUESDAY),
        entry("c", **GAZETTE, **killed(20), **TUESDAY),
        entry("d", **POST, **killed(15), **WEDNESDAY),
    )
    (rise,) = [line for line in lines if line["what"] == "number"]
    assert rise["text"] == "Harbour Post: 12 killed on 3 Mar 2031, 15 on 4 Mar 2031"
    assert (rise["field"], rise["from"], rise["to"], rise["supersedes"]) == ("killed", 12, 15, ["a"])


def test_a_denial_printed_by_a_copy_is_no_second_one() -> None:
    told = [
        entry("a", stance="denies", article="wire", **EASTLAND, **POST),
        entry("b", stance="confirms", **EASTLAND, **POST, **TUESDAY),
        entry("c", stance="denies", article="copy", **EASTLAND, **GAZETTE, **WEDNESDAY),
    ]
    turned = [line["to"] for line in history(*told, originals={"copy": "wire"}) if line["what"] == "reversal"]
    assert turned == ["confirms"]
    assert [line["to"] for line in history(*told) if line["what"] == "reversal"] == ["confirms", "denies"]


def test_the_event_ends_with_its_status() -> None:
    event = make_event(
        [entry("a", **POST), entry("b", **GAZETTE, **TUESDAY), entry("c", stance="denies", **ARMY, published=None)]
    )
    assert [line["to"] for line in event.history if line["what"] == "status"] == ["claimed", "confirmed", "disputed"]
    assert event.status == "disputed"


def crowd(count: int) -> list[Entry]:
    """So many reports by many outlets and sources on sixty days, in which they change their minds."""
    stances = ("asserts", "asserts", "asserts", "confirms", "denies", "declines", "doubts", "condemns")
    found = []
    for n in range(count):
        name = f"Name {n % 97} Surname"
        speaker: dict[str, Any] = {"source": (name, "person"), "actor": Actor(name=name, country=("NOR", None)[n % 2])}
        found.append(
            entry(
                f"r{n}",
                publisher=f"Outlet {n % 211}",
                published=None if n % 19 == 0 else MONDAY + (n * 7 % 60) * DAY,
                stance=stances[n % 8],
                place=place(f"Town {n % 83}", 40 + n % 83 / 20, 25, n % 83),
                actors=(party(f"Group {n % 53} Front", ("IMG", None)[n % 2]),),
                recipients=(party(f"{n % 90} {('civilians', 'fighters')[n % 2]}", coded=False),),
                **killed(n % 59),
                **(speaker if n % 3 else {}),
            )
        )
    return found


def test_the_last_status_is_the_events_also_in_a_crowd() -> None:
    told = crowd(400)
    origins = origins_of(told)
    lines = history_of(told, origins)
    assert [line for line in lines if line["what"] == "status"][-1]["to"] == status_of(told, origins)[0]
    assert [line["at"] is None for line in lines] == sorted(line["at"] is None for line in lines)


def test_a_thousand_reports_are_affordable() -> None:
    told = crowd(1000)
    origins = origins_of(told)
    started = time.process_time()
    history_of(told, origins)
    # 30 ms where we measured; the bound only catches what grows with the square of the reports.
    assert time.process_time() - started < 1.0


def test_copies_given_to_the_event_reach_its_history() -> None:
    told = [
        entry("a", stance="denies", article="wire", **EASTLAND, **POST),
        entry("b", stance="confirms", **EASTLAND, **POST, **TUESDAY),
        entry("c", stance="denies", article="copy", **EASTLAND, **GAZETTE, **WEDNESDAY),
    ]
    event = make_event(told, copies=[Copy(article="copy", copy_of="wire", share=1.0, evidence="")])
    assert event.status == "confirmed"
