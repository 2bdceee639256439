"""Which reports link: the house's own small incidents, one habit of reporters each."""

import dataclasses
import datetime as dt
from typing import Any

import pytest

from reportedly.errors import ResourceError
from reportedly.linking import find_links, load_rules
from reportedly.linking.facts import all_facts, place_of
from reportedly.linking.parties import party_part
from reportedly.linking.rules import rules_from
from reportedly.linking.scores import context_part
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


BOAT, FOREIGN, VESSEL = (party(name, coded=False) for name in ("Sandvik fishing boat", "foreign boat", "the vessel"))
CREW, MEN = (party(name, coded=False) for name in ("its 11 crew members", "12 men"))
NAVY = party("Northland navy", "NOR", "MIL")
SEIZED: dict[str, Any] = {"kind": "COERCE", "mode": "seize", "place": VARNA, "trigger": "seized"}


def test_a_position_on_whether_it_happened_is_about_the_deed() -> None:
    deed = entry("a", sentence="Northland shelled the Hill Guard before dawn on the river.")
    asked: dict[str, Any] = {
        "modality": "conditional",
        "sentence": "They would not say whether Northland shelled the Hill Guard.",
    }
    assert linked(deed, entry("b", stance="declines", **asked))
    assert not linked(deed, entry("b", **asked))


def test_missing_pieces_are_compatible() -> None:
    whole = entry(
        "a", actors=(NAVY,), recipients=(BOAT,), time=days(MONDAY), sentence="x seized a boat off Varna", **SEIZED
    )
    bare = entry("b", actors=(), recipients=(FOREIGN,), sentence="a foreign boat had been seized off Varna", **SEIZED)
    assert linked(whole, bare)


def test_parties_are_alike_by_their_head_noun() -> None:
    rules = load_rules()
    assert party_part(BOAT, FOREIGN, rules) == party_part(BOAT, VESSEL, rules) == rules.parties["head_value"]
    assert party_part(BOAT, CREW, rules) == rules.parties["other_head_value"]
    assert party_part(party("army of Northmoor", coded=False), party("army of Eastmoor", coded=False), rules) == 0.0
    assert party_part(party("Ida Moss", coded=False), party("a reporter", coded=False), rules) is None


def test_a_boat_seized_and_its_crew_arrested_are_two() -> None:
    sentence = "The navy seized a fishing boat and detained its 11 crew members off Varna."
    common: dict[str, Any] = {"actors": (NAVY,), "sentence": sentence, "time": days(MONDAY)}
    arrest = SEIZED | {"mode": "arrest", "trigger": "detained"}
    seizures = [entry(name, article=f"of {name[0]}", recipients=(BOAT,), **common, **SEIZED) for name in ("a1", "b1")]
    arrests = [
        entry(name, article=f"of {name[0]}", recipients=(whom,), **common, **arrest)
        for name, whom in (("a2", CREW), ("b2", MEN))
    ]
    pairs = {(link.left, link.right) for link in find_links([*seizures, *arrests])}
    assert pairs == {("a1", "b1"), ("a2", "b2")}


def test_a_place_in_the_name_of_the_source_is_not_where_it_happened() -> None:
    said = entry("a", source=("officials in Haskovo", "official"), place=dataclasses.replace(HASKOVO, start=13, end=20))
    source = dataclasses.replace(said.statement.source, start=0, end=20)  # type: ignore[type-var]
    said = dataclasses.replace(said, statement=dataclasses.replace(said.statement, source=source))
    assert place_of(said) is None
    assert place_of(entry("b", place=HASKOVO)) == HASKOVO


def test_one_quotation_in_two_articles_is_one_utterance() -> None:
    def quoted(name: str, words: str, **fields: Any) -> Entry:
        made = entry(name, source=("Ida Moss", "person"), content=words, actors=(), recipients=(), **fields)
        return dataclasses.replace(made, statement=dataclasses.replace(made.statement, quote="direct"))

    words = "we shelled nobody and we will shell nobody this year"
    untyped: dict[str, Any] = {"kind": None, "trigger": "shelled", "published": None}
    (link,) = find_links([quoted("a", words, **untyped), quoted("b", f"Once more: {words}", **untyped)])
    assert link.why == {"same_quote": 1.0}
    assert not linked(quoted("a", words, **untyped), quoted("b", "we shelled nobody and we left", **untyped))
    assert not linked(quoted("a", words, article="x", **untyped), quoted("b", words, article="x", **untyped))


def test_two_articles_tell_one_story_as_they_share_words() -> None:
    """The headline and all reports count, not only the sentence that is compared."""
    titles = {
        "a": "Millers of Sandvik count dead horses after night raids along Amber River, blame drought",
        "b": "After raids along Amber River, Sandvik millers count horses and blame the drought",
        "c": "Parliament weighs pension vote while glaciers crumble near Kestrel Ridge observatory and lagoon",
    }
    entries = [dataclasses.replace(entry(name, sentence="So it was."), title=title) for name, title in titles.items()]
    again = dataclasses.replace(entries[0], report=dataclasses.replace(entries[0].report, id="d"))
    rules = load_rules()
    one, same, other, own = all_facts([*entries, again], rules)
    assert context_part(one, same, rules) == 1.0
    assert context_part(one, other, rules) == 0.0
    assert context_part(one, own, rules) == rules.context["own_article"]
    assert context_part(one, all_facts([entry("e", sentence="So it was.")], rules)[0], rules) is None


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
