"""Weighs the traits of reports: `python -m training.scores`, on the verdicts in training/scores.tsv.

400 reports of an earlier state of the system, drawn at random (`python -m benchmarks.precision --draw 400 FILE 3`) and
read by us; those that are still made count. Prints what a threshold would leave, each article scored by weights that
have not seen it, and writes `data/scores.csv`.
"""

import csv
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from benchmarks.precision import key, readings, rows
from reportedly.extract.events.scoring import COLUMNS, TRAITS, traits
from reportedly.resources import data_path

VERDICTS = Path(__file__).parent / "scores.tsv"
DECAY, STEPS, FOLDS = 5e-3, 800, 8
Floats = NDArray[np.float32]


def examples() -> tuple[Floats, Floats, list[str]]:
    """Traits (n, t), right or not (n,), and the articles."""
    lines = [row.split("\t") for row in VERDICTS.read_text(encoding="utf-8").splitlines()]
    verdicts = {tuple(line[:7]): line[7] == line[8] == "1" for line in lines}
    wanted = {line[0] for line in lines}
    found, right, articles = [], [], []
    for reading in readings([row for row in rows() if row["id"] in wanted]):
        by_id = {s.id: s for s in reading.statements}
        for report in reading.reports:
            verdict = verdicts.get(key(reading, report))
            if verdict is not None:
                found.append(list(traits(report, by_id[report.statement]).values()))
                right.append(verdict)
                articles.append(reading.article.id)
    return np.array(found, dtype=np.float32), np.array(right, dtype=np.float32), articles


def fit(x: Floats, y: Floats) -> Floats:
    """Logistic regression; all weights but the bias are held small."""
    inputs, labels = torch.tensor(x), torch.tensor(y)
    weight = torch.zeros(x.shape[1], requires_grad=True)
    optimizer = torch.optim.Adam([weight], lr=0.03)
    for _ in range(STEPS):
        loss = functional.binary_cross_entropy_with_logits(inputs @ weight, labels)
        loss = loss + DECAY * weight[1:].square().sum()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    found: Floats = weight.detach().numpy()
    return found


def main() -> None:
    """The curve, then the file."""
    x, y, articles = examples()
    order = {name: number for number, name in enumerate(sorted(set(articles)))}
    fold = np.array([order[name] % FOLDS for name in articles])
    scores = np.zeros_like(y)
    for number in range(FOLDS):
        weight = fit(x[fold != number], y[fold != number])
        scores[fold == number] = 1 / (1 + np.exp(-x[fold == number] @ weight))
    for threshold in (0.0, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7):
        kept = scores >= threshold
        if kept.any():
            right = y[kept].mean()
            print(f"from {threshold:.2f}: precision {right:.3f}, left {y[kept].sum() / y.sum():.3f}, n={kept.sum()}")
    path = data_path("scores.csv")
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((name, f"{w:.3f}", TRAITS[name]) for name, w in zip(TRAITS, fit(x, y), strict=True))


if __name__ == "__main__":
    main()
