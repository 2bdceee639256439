"""Scores shared by the tasks. All take plain data, so that they can score other systems too."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure: a share from 0 to 1 unless `unit` says otherwise, measured on `n` items."""

    task: str
    measure: str
    value: float
    n: int
    data: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1."""

    precision: float
    recall: float
    f1: float


def prf(matched_found: int, found: int, matched_gold: int, gold: int) -> Score:
    """Precision = matched_found / found, recall = matched_gold / gold; 0 where the divisor is 0."""
    precision = matched_found / found if found else 0.0
    recall = matched_gold / gold if gold else 0.0
    return Score(precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0)


Spans = Sequence[tuple[int, int]]


def exact_spans(found: Spans, gold: Spans) -> tuple[int, int, int, int]:
    """Counts for prf: spans that stand in both, to the character."""
    both = len(set(found) & set(gold))
    return both, len(set(found)), both, len(set(gold))


def overlapping_spans(found: Spans, gold: Spans) -> tuple[int, int, int, int]:
    """Counts for prf: spans that share at least one character with one of the other side."""

    def hits(these: Spans, those: Spans) -> int:
        return sum(any(s < e2 and s2 < e for s2, e2 in those) for s, e in these)

    found, gold = sorted(set(found)), sorted(set(gold))
    return hits(found, gold), len(found), hits(gold, found), len(gold)


def macro_f1(pairs: Iterable[tuple[Hashable, Hashable]]) -> float:
    """Mean F1 over the labels that occur in the gold; pairs are (gold, found)."""
    pairs = list(pairs)
    labels = {gold for gold, _ in pairs}
    total = 0.0
    for label in labels:
        both = sum(gold == found == label for gold, found in pairs)
        total += prf(both, sum(f == label for _, f in pairs), both, sum(g == label for g, _ in pairs)).f1
    return total / len(labels) if labels else 0.0
