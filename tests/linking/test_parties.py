"""How well parties agree."""

import dataclasses

from reportedly.linking import load_rules
from reportedly.linking.parties import party_part, side_part
from reportedly.records import Party
from tests.linking.making import GUARD, NORTHLAND, party

RULES = load_rules()
BOAT, FOREIGN, VESSEL = (party(name, coded=False) for name in ("Sandvik fishing boat", "foreign boat", "the vessel"))
CREW = party("its 11 crew members", coded=False)


def test_parties_are_alike_by_their_head_noun() -> None:
    assert party_part(BOAT, FOREIGN, RULES) == party_part(BOAT, VESSEL, RULES) == RULES.parties["head_value"]
    assert party_part(BOAT, CREW, RULES) == RULES.parties["other_head_value"]
    assert party_part(party("army of Northmoor", coded=False), party("army of Eastmoor", coded=False), RULES) == 0.0
    assert party_part(party("Ida Moss", coded=False), party("a reporter", coded=False), RULES) is None


def test_kinds_of_bodies_are_not_one_body() -> None:
    assert not party_part(GUARD, party("Marsh Front", "IMG", "UAF"), RULES)


def test_two_people_of_one_state_are_not_one() -> None:
    names = ("Ida Moss", "Ada Berg", "President Berg", "Berg")
    moss, berg, president, bare = (dataclasses.replace(party(name, "NOR", "GOV"), mention=name) for name in names)

    def alike(left: Party, right: Party) -> float | None:
        return side_part((left,), (right,), RULES, names)

    assert alike(moss, berg) == 0.0
    assert alike(president, bare) == RULES.parties["alike_value"]
    assert alike(moss, NORTHLAND) == RULES.parties["person_value"]


def test_the_shorter_side_says_how_well_two_agree() -> None:
    assert side_part((GUARD,), (NORTHLAND, GUARD), RULES) == side_part((NORTHLAND, GUARD), (GUARD,), RULES) == 1.0
    assert side_part((), (GUARD,), RULES) is None
