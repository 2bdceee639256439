"""What a report says of its happening."""

import dataclasses

import pytest

from reportedly.linking.facts import place_of, tense_of
from tests.linking.making import HASKOVO, entry


def test_a_place_in_the_name_of_the_source_is_not_where_it_happened() -> None:
    said = entry("a", source=("officials in Haskovo", "official"), place=dataclasses.replace(HASKOVO, start=13, end=20))
    source = dataclasses.replace(said.statement.source, start=0, end=20)  # type: ignore[type-var]
    said = dataclasses.replace(said, statement=dataclasses.replace(said.statement, source=source))
    assert place_of(said) is None
    assert place_of(entry("b", place=HASKOVO)) == HASKOVO


@pytest.mark.parametrize(
    ("modality", "stance", "tense"),
    [
        ("actual", "asserts", "fact"),
        ("planned", "asserts", "plan"),
        ("planned", "denies", "plan"),
        ("conditional", "asserts", "plan"),
        ("conditional", "declines", "fact"),
        ("historical", "condemns", "past"),
    ],
)
def test_a_position_on_whether_it_happened_is_about_the_deed(modality: str, stance: str, tense: str) -> None:
    assert tense_of(entry("a", modality=modality, stance=stance)) == tense
