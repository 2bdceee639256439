"""Certainty: did the event happen, as the author sees it, -3 … 3 (UW; MEANTIME). Pearson r and mean absolute error.

Published best on the test parts: r .669 (UW), .607 (MEANTIME). The gold label is that of the gold value.
"""

import statistics
from typing import Any

from benchmarks import data
from benchmarks.report import print_figures
from benchmarks.scorers import Figure
from reportedly.errors import ResourceError
from reportedly.extract.stance import rate_certainty
from reportedly.extract.stance.certainty import label_of
from reportedly.extract.statements import find_statements
from reportedly.reading import Reader
from reportedly.records import Article, Certainty, Span

SETS = ("uw_dev", "meantime_dev")


def offsets(text: str) -> list[tuple[int, int]]:
    """Character spans of tokens that single spaces separate."""
    spans, at = [], 0
    for token in text.split(" "):
        spans.append((at, at + len(token)))
        at += len(token) + 1
    return spans


def score(rows: list[dict[str, Any]], reader: Reader, *, learned: bool) -> tuple[float, float, float, int]:
    """Pearson r, mean absolute error, share of right FactBank labels, and the number of events."""
    found: list[Certainty] = []
    gold: list[float] = []
    articles = [Article(id=str(number), sha256="", text=row["text"]) for number, row in enumerate(rows)]
    models = reader.models if learned else None
    for row, (article, parse) in zip(rows, reader.parse_many(articles), strict=True):
        said, _ = find_statements(article, parse, reader.language)
        spans = offsets(row["text"])
        for target in row["targets"]:
            start, end = spans[target["span1"][0]][0], spans[target["span1"][1] - 1][1]
            event = Span(start=start, end=end, text=row["text"][start:end])
            found.append(rate_certainty(parse, event, reader.language, models, said))
            gold.append(float(target["label"]))
    error = statistics.mean(abs(f.value - g) for f, g in zip(found, gold, strict=True))
    right = statistics.mean(f.label == label_of(g) for f, g in zip(found, gold, strict=True))
    return statistics.correlation([f.value for f in found], gold), error, right, len(gold)


def run() -> list[Figure]:
    """Figures for each set, by the models and by the rules alone."""
    figures = []
    reader = Reader()
    if reader.models is None:
        raise ResourceError("no learned models are installed: run `make setup`")
    for name in SETS:
        for who, learned in (("models", True), ("rules", False)):
            r, error, right, n = score(data.lines(f"factuality/{name}.jsonl"), reader, learned=learned)
            figures += [
                Figure("certainty", f"{who}: Pearson r", r, n, name),
                Figure("certainty", f"{who}: mean absolute error", error, n, name, "points"),
                Figure("certainty", f"{who}: label right", right, n, name),
            ]
    return figures


if __name__ == "__main__":
    print_figures(run())
