"""Certainty: did the event happen, as the author sees it, -3 … 3 (UW; MEANTIME). Pearson r and mean absolute error.

Published best on the test parts: r .669 (UW), .607 (MEANTIME).
"""

import statistics
from typing import Any

import reportedly
from benchmarks import data
from benchmarks.report import print_figures
from benchmarks.scorers import Figure

SETS = ("uw_dev", "meantime_dev")


def offsets(text: str) -> list[tuple[int, int]]:
    """Character spans of tokens that single spaces separate."""
    spans, at = [], 0
    for token in text.split(" "):
        spans.append((at, at + len(token)))
        at += len(token) + 1
    return spans


def score(rows: list[dict[str, Any]]) -> tuple[float, float, int]:
    """Pearson r, mean absolute error and the number of events."""
    found, gold = [], []
    for row in rows:
        spans = offsets(row["text"])
        events = [(spans[t["span1"][0]][0], spans[t["span1"][1] - 1][1]) for t in row["targets"]]
        for event, target in zip(events, row["targets"], strict=True):
            found.append(reportedly.rate_certainty(row["text"], event).value)
            gold.append(float(target["label"]))
    error = statistics.mean(abs(f - g) for f, g in zip(found, gold, strict=True))
    return statistics.correlation(found, gold), error, len(gold)


def run() -> list[Figure]:
    """Figures for each set."""
    figures = []
    for name in SETS:
        r, error, n = score(data.lines(f"factuality/{name}.jsonl"))
        figures += [
            Figure("certainty", "Pearson r", r, n, name),
            Figure("certainty", "mean absolute error", error, n, name, "points"),
        ]
    return figures


if __name__ == "__main__":
    print_figures(run())
