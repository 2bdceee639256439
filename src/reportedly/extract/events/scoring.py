"""How likely a report has the right type and parties: a few traits of its words, weighed on reports that we read.

The weights are in `data/scores.csv`, with what each trait says; `python -m training.scores` makes the file from the
verdicts in `training/scores.tsv`.
"""

import math
from collections.abc import Mapping
from functools import lru_cache

from reportedly.errors import ResourceError
from reportedly.records import Party, Report, Statement
from reportedly.resources import data_path, read_csv

_THIRD = frozenset({"he", "she", "it", "they", "him", "her", "them", "his", "its", "their"})
_FIRST = frozenset({"i", "we", "us", "me", "my", "our", "you"})
COLUMNS = ("trait", "weight", "meaning")
TRAITS: Mapping[str, str] = {
    "bias": "stands in every report",
    "typed": "one of the event types",
    "both": "names who and whom",
    "third": "a party is a pronoun that was resolved",
    "first": "a party is I, we or you",
    "renamed": "a party in small letters was resolved to a name",
    "several": "more than two parties",
    "narrator": "told by the outlet itself",
    "nobody": "a statement without a source",
    "pronoun": "the source is a pronoun",
    "quoted": "told in quotation marks",
    "position": "another stance than asserting",
    "tied": "points back to another report",
    "negated": "told as not having happened",
    "planned": "planned, conditional or long past",
}


def traits(report: Report, statement: Statement) -> dict[str, float]:
    """The traits of one report, 0 or 1 each."""
    parties = (*report.actors, *report.recipients)
    source = statement.source
    said = (source.text or "").lower() if source and not statement.is_narrator else None
    found = {
        "bias": True,
        "typed": report.type is not None,
        "both": bool(report.actors and report.recipients),
        "third": any(p.text.lower() in _THIRD and p.name for p in parties),
        "first": any(p.text.lower() in _FIRST for p in parties),
        "renamed": any(map(_is_renamed, parties)),
        "several": len(parties) > 2,
        "narrator": statement.is_narrator,
        "nobody": not statement.is_narrator and source is None,
        "pronoun": said in _THIRD | _FIRST,
        "quoted": statement.quote == "direct",
        "position": report.stance != "asserts",
        "tied": report.refers_to is not None,
        "negated": report.negated,
        "planned": report.modality != "actual",
    }
    return {name: float(value) for name, value in found.items()}


def _is_renamed(party: Party) -> bool:
    text = party.text
    return text.islower() and text not in _THIRD | _FIRST and bool(party.name) and party.name.lower() != text  # type: ignore[union-attr]


@lru_cache(maxsize=1)
def load_weights() -> Mapping[str, float]:
    """The weight of each trait. Raises ResourceError with file and line."""
    path = data_path("scores.csv")
    weights: dict[str, float] = {}
    for line, row in read_csv(path, COLUMNS):
        if row["trait"] not in TRAITS:
            raise ResourceError(f"{path}:{line}: no trait {row['trait']!r}; one of {', '.join(TRAITS)}")
        try:
            weights[row["trait"]] = float(row["weight"])
        except ValueError as error:
            raise ResourceError(f"{path}:{line}: weight {row['weight']!r} is no number") from error
    if missing := TRAITS.keys() - weights.keys():
        raise ResourceError(f"{path}: no row for {', '.join(sorted(missing))}")
    return weights


def score_of(report: Report, statement: Statement) -> float:
    """The score, 0 to 1."""
    weights = load_weights()
    total = sum(weights[name] * value for name, value in traits(report, statement).items())
    return 1 / (1 + math.exp(-total))
