"""Which reports link: the house's own small incidents, one habit of reporters each."""

import dataclasses
import datetime as dt

import pytest

from reportedly.errors import ResourceError
from reportedly.linking import find_links, load_rules
from reportedly.linking.rules import rules_from
from reportedly.records import Entry, Link, Party
from reportedly.resources import data_path, read_toml, read_yaml
from tests.linking.making import (
    BULGARIA,
    GUARD,
    HASKOVO,
    KARDZHALI,
    MONDAY,
    NORTHLAND,
    SOUTHLAND,
    VARNA,
    days,
    entry,
    party,
)

DAY = dt.timedelta(days=1)


def linked(*entries: Entry) -> bool:
    return bool(find_links(entries))


def test_two_outlets_on_one_attack_link_with_their_parts() -> None:
    (link,) = find_links(
        [
            entry(
                "a",
                place=KARDZHALI,
                time=days(MONDAY),
                sentence="Northland's guns shelled the Hill Guard near Kardzhali.",
            ),
            entry(
                "b", place=KARDZHALI, time=days(MONDAY), sentence="The Hill Guard came under shelling near Kardzhali."
            ),
        ]
    )
    assert (link.left, link.right) == ("a", "b")
    assert link.score > 0.75
    assert link.why["actors"] == link.why["place"] == link.why["time"] == 1.0
    assert 0 < link.why["words"] < 1


def test_a_denial_links_with_what_it_denies() -> None:
    assert linked(
        entry("a", time=days(MONDAY)),
        entry(
            "b",
            time=days(MONDAY),
            negated=True,
            stance="denies",
            certainty="CT-",
            source=("Northland's army", "organisation"),
        ),
    )
    assert linked(entry("a", time=days(MONDAY)), entry("b", time=days(MONDAY), stance="declines", certainty="UU"))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"place": KARDZHALI}, {"place": VARNA}),
        ({"time": days(MONDAY)}, {"time": days(MONDAY + 9 * DAY)}),
        ({"time": days(MONDAY)}, {"time": days(MONDAY + 60 * DAY)}),
        ({"actors": (NORTHLAND,)}, {"actors": (SOUTHLAND,)}),
        ({"kind": "ASSAULT"}, {"kind": "AID"}),
        ({"modality": "planned"}, {"modality": "actual"}),
        ({"modality": "conditional"}, {"modality": "actual"}),
        ({"modality": "historical"}, {"modality": "actual"}),
        ({"published": MONDAY}, {"time": days(MONDAY + 3 * DAY), "published": MONDAY + 4 * DAY}),
        ({"kind": None}, {"kind": None}),
        ({"kind": None}, {"kind": "ASSAULT"}),
        ({"recipients": (), "actors": ()}, {"recipients": (), "actors": ()}),
    ],
    ids=[
        "place",
        "days",
        "months",
        "actor",
        "type",
        "plan",
        "condition",
        "history",
        "not-yet",
        "untyped",
        "half-typed",
        "bare",
    ],
)
def test_kept_apart(left: dict[str, object], right: dict[str, object]) -> None:
    common = {"place": None} if "place" in left else {}
    assert not linked(entry("a", **{**common, **left}), entry("b", **{**common, **right}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"place": KARDZHALI}, {"place": HASKOVO}),  # 33 km
        ({"place": KARDZHALI}, {"place": BULGARIA}),
        ({"place": KARDZHALI}, {}),
        ({"time": days(MONDAY)}, {"published": MONDAY + DAY}),
        ({"time": days(MONDAY - 7 * DAY, MONDAY)}, {"time": days(MONDAY - DAY)}),
        ({"modality": "planned"}, {"modality": "planned"}),
        ({"modality": "historical", "time": days(MONDAY)}, {"modality": "historical", "time": days(MONDAY)}),
        ({"actors": (party("Northland jets", "NOR", "MIL"),)}, {"actors": (party("Northland", "NOR"),)}),
        ({"recipients": (party("Hill Guard fighters", coded=False),)}, {"recipients": (GUARD,)}),
        ({"published": None}, {"published": None, "time": days(MONDAY)}),
    ],
    ids=["near", "within", "unsaid", "published", "week", "plans", "histories", "organ", "uncoded", "undated"],
)
def test_put_together(left: dict[str, object], right: dict[str, object]) -> None:
    said = {"sentence": "Guns of Northland shelled the Hill Guard again before dawn."}
    also = {"sentence": "Before dawn, Northland shelled positions of the Hill Guard."}
    assert linked(entry("a", **{**said, **left}), entry("b", **{**also, **right}))  # type: ignore[arg-type]


def test_parties_of_a_meeting_stand_in_any_order() -> None:
    assert linked(
        entry("a", kind="CONSULT", actors=(NORTHLAND,), recipients=(SOUTHLAND,)),
        entry("b", kind="CONSULT", actors=(SOUTHLAND, NORTHLAND), recipients=()),
    )


def test_kinds_of_bodies_are_not_one_body() -> None:
    marsh = party("Marsh Front", "IMG", "UAF")
    assert not linked(
        entry("a", actors=(GUARD,), recipients=(NORTHLAND,)), entry("b", actors=(marsh,), recipients=(NORTHLAND,))
    )


def test_two_people_of_one_state_are_not_one() -> None:
    moss, berg, bergs = (
        dataclasses.replace(party(name, "NOR", "GOV"), mention=name)
        for name in ("Ida Moss", "Ada Berg", "President Berg")
    )

    def meets(*people: Party) -> list[Link]:
        entries = [
            entry(who.text, actors=(who,), recipients=(SOUTHLAND,), kind="REQUEST", persons=(who.text,))
            for who in people
        ]
        return find_links(entries)

    assert not meets(moss, berg)
    assert meets(bergs, dataclasses.replace(party("Berg", "NOR"), mention="Berg"))
    (link,) = find_links([entry("a", actors=(moss,), persons=("Ida Moss",)), entry("b", actors=(NORTHLAND,))])
    assert link.why["actors"] == 0.6


def test_what_refers_to_a_report_links_with_it_whatever_its_type() -> None:
    (link,) = find_links([entry("a", article="x"), entry("b", article="x", kind=None, refers_to="a", actors=())])
    assert (link.score, dict(link.why)) == (1.0, {"refers_to": 1.0})
    assert not linked(entry("b", kind=None, refers_to="gone"))


def test_a_sentence_printed_twice_links_whatever_was_resolved() -> None:
    same = "Shells fell on the grain market of the old town shortly after sunrise, wounding porters."
    (link,) = find_links(
        [
            entry("a", actors=(), recipients=(), sentence=same, trigger="fell"),
            entry("b", actors=(), recipients=(), sentence=same.replace("shortly", "soon"), trigger="fell"),
        ]
    )
    assert link.why["same_sentence"] == 1.0


def test_two_happenings_in_one_sentence_stay_two() -> None:
    same = "Northland helped the islanders rebuild the harbour and helped the Hill Guard with medical supplies."
    islanders = (party("islanders of Sandvik", "FIN", "CVL"),)
    entries = [
        entry(name, article=article, kind="AID", sentence=same, trigger="helped", recipients=helped)
        for name, article, helped in (
            ("a", "x", islanders),
            ("b", "x", (GUARD,)),
            ("c", "y", islanders),
            ("d", "y", (GUARD,)),
        )
    ]
    assert [(link.left, link.right) for link in find_links(entries) if "same_sentence" in link.why] == [
        ("a", "c"),
        ("b", "d"),
    ]


def test_links_come_piece_by_piece() -> None:
    entries = [entry(name, time=days(MONDAY + n * DAY)) for n, name in enumerate("abcdef")]
    whole = find_links(entries)
    assert whole
    pieces = {
        (link.left, link.right): link
        for n in range(1, 7)
        for link in find_links(entries[:n], touching={entries[n - 1].report.id})
    }
    assert [pieces[pair] for pair in sorted(pieces)] == whole
    assert find_links(list(reversed(entries))) == whole


def test_every_type_has_a_phrase_and_kin_are_types() -> None:
    rules, types = load_rules(), read_yaml(data_path("ontologies/plover/types.yaml"))["types"]
    assert types.keys() <= rules.phrases.keys()
    assert rules.phrases.keys() - types.keys() <= {f"{name}.{mode}" for name in types for mode in types[name]["modes"]}
    types = set(types)
    assert set().union(*rules.kin) | rules.symmetric <= types


@pytest.mark.parametrize(
    ("section", "key", "value", "word"),
    [
        ("weights", "type", 0.2, "sums"),
        ("contradiction", "place", 1.5, "0 to 1"),
        ("unknown", "colour", 0.5, "must have"),
        ("time", "published_days", [1], "one length"),
        ("types", "kin", [["AID", "AID"]], "two types"),
        ("colours", "red", 1, "sections"),
    ],
)
def test_bad_rules_are_refused(section: str, key: str, value: object, word: str) -> None:
    table = {name: dict(part) for name, part in read_toml(data_path("linking.toml")).items()}
    table.setdefault(section, {})[key] = value
    with pytest.raises(ResourceError, match=word):
        rules_from(table, "linking.toml")
