"""The numbers and lists that linking works with."""

import pytest

from reportedly.errors import ResourceError
from reportedly.linking import load_rules
from reportedly.linking.rules import rules_from
from reportedly.resources import data_path, read_toml, read_yaml


def test_every_type_has_a_phrase_and_kin_are_types() -> None:
    rules, types = load_rules(), read_yaml(data_path("ontologies/plover/types.yaml"))["types"]
    assert types.keys() <= rules.phrases.keys()
    assert rules.phrases.keys() - types.keys() <= {f"{name}.{mode}" for name in types for mode in types[name]["modes"]}
    types = set(types)
    assert set().union(*rules.kin) | rules.symmetric <= types


@pytest.mark.parametrize(
    ("section", "key", "value", "word"),
    [
        ("context", "colour", 0.5, "must have"),
        ("types", "kin", [["AID", "AID"]], "two types"),
        ("colours", "red", 1, "sections"),
        ("phrases", "AID", {"do": ["aids {}"], "noun": "aid"}, "singular and plural"),
        ("phrases", "AID", {"do": ["aids", "aid"], "noun": "aid"}, "where those towards whom stand"),
    ],
)
def test_bad_rules_are_refused(section: str, key: str, value: object, word: str) -> None:
    table = {name: dict(part) for name, part in read_toml(data_path("linking/rules.toml")).items()}
    table.setdefault(section, {})[key] = value
    with pytest.raises(ResourceError, match=word):
        rules_from(table, "rules.toml")


def test_other_rules_have_another_digest() -> None:
    table = {name: dict(part) for name, part in read_toml(data_path("linking/rules.toml")).items()}
    same = rules_from(table, "rules.toml").digest
    table["context"]["window"] += 1
    assert same == load_rules().digest != rules_from(table, "rules.toml").digest
