"""Trains the relation model: `python -m training.relations`. See docs/training.md for data, folds and scores."""

import argparse
import collections
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.scorers import macro_f1
from reportedly.encoding import PAIR_COLUMNS
from reportedly.models.inputs import Inputs, Marks
from reportedly.ontology import load_ontology
from training.encoder import WIDTH, Average, Encoder, base_tokenizer, groups
from training.folders import BUILD
from training.relation_data import (
    LABELS,
    TYPES,
    Pair,
    Sample,
    parsed,
    plv,
    related,
    samples,
    synthetic,
    words_of_pair,
    written,
)

LIMIT = 256
_RARE = 3


class RelationModel(nn.Module):
    """From a sentence with two marked spans to scores of the event types and of no event."""

    def __init__(self, marks: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(marks, dropout)
        self.join = nn.Linear(3 * WIDTH, WIDTH)
        self.label = nn.Linear(WIDTH, len(LABELS))
        self.text = nn.Linear(WIDTH, len(LABELS))  # for texts without spans: helps training only

    def vector(self, h: Tensor, mean: Tensor, at: Tensor) -> Tensor:
        """h (B, T, 384), mean (B, 384), at (B, 2) the places of the two marks -> (B, 384)."""
        rows = torch.arange(len(h), device=h.device)
        joined = torch.cat([h[rows, at[:, 0]], h[rows, at[:, 1]], mean], -1)
        return torch.tanh(self.join(functional.dropout(joined, self.encoder.dropout, self.training)))

    def forward(self, made: dict[str, Tensor]) -> Tensor:
        h = self.encoder(made["ids"], made["marks"], made["mask"])
        weight = made["mask"].to(h.dtype)[:, :, None]
        mean = (h * weight).sum(1) / weight.sum(1)
        scores = self.label(functional.dropout(self.vector(h, mean, made["at"]), self.encoder.dropout, self.training))
        return torch.where(made["spanned"][:, None], scores, self.text(mean))


def batch(chosen: Sequence[Sample], hide: float, column: int) -> dict[str, Tensor]:
    """The tensors of some samples; the lexicon's marks are hidden from a share `hide` of them."""
    longest = max(len(sample.row.ids) for sample in chosen)
    columns = chosen[0].row.marks.shape[1]
    ids = np.zeros((len(chosen), longest), dtype=np.int64)
    marks = np.zeros((len(chosen), longest, columns), dtype=np.int64)
    mask = np.zeros((len(chosen), longest), dtype=np.int64)
    at = np.zeros((len(chosen), 2), dtype=np.int64)
    for number, sample in enumerate(chosen):
        length = len(sample.row.ids)
        ids[number, :length], marks[number, :length], mask[number, :length] = sample.row.ids, sample.row.marks, 1
        if hide and random.random() < hide:
            marks[number, :, column] = 0
        if sample.at is not None:
            at[number] = sample.row.at[list(sample.at)]
    made = {"ids": ids, "marks": marks, "mask": mask, "at": at, "allowed": np.stack([s.allowed for s in chosen])}
    out = {name: torch.from_numpy(array) for name, array in made.items()}
    out["spanned"] = torch.tensor([sample.at is not None for sample in chosen])
    out["weight"] = torch.tensor([WEIGHTS[sample.pair.origin] for sample in chosen])
    return out


WEIGHTS = {"plv": 1.0, "own": 1.0, "aw": 0.5, "synthetic": 0.3}


def loss_of(scores: Tensor, made: dict[str, Tensor], smooth: float) -> Tensor:
    """Cross entropy with the sum over all labels that are right; `smooth` of it with all labels alike."""
    logs = scores.float().log_softmax(-1)
    right = torch.logsumexp(logs.masked_fill(~made["allowed"], -torch.inf), -1)
    each = -(1 - smooth) * right - smooth * logs.mean(-1)
    return (each * made["weight"]).mean()


def grouped(chosen: Sequence[Sample], size: int, shuffler: random.Random) -> list[list[Sample]]:
    """Batches of samples of like length, in random order."""
    order = sorted(chosen, key=lambda sample: len(sample.row.ids) + shuffler.uniform(-8, 8))
    out = [order[at : at + size] for at in range(0, len(order), size)]
    shuffler.shuffle(out)
    return out


def train(chosen: Sequence[Sample], columns: dict[str, list[str]], given: argparse.Namespace) -> RelationModel:
    """A model trained on some samples."""
    torch.manual_seed(given.seed)
    random.seed(given.seed)
    shuffler = random.Random(given.seed)
    model = RelationModel(Marks(columns).size)
    model.encoder.load_base()
    plain = [sample for sample in chosen if sample.at is None]
    spanned = [sample for sample in chosen if sample.at is not None]
    some = min(given.synthetic, len(plain))
    total = given.epochs * -(-(len(spanned) + some) // given.batch)
    optimizer = torch.optim.AdamW(
        groups(model, model.encoder, given.rate, given.head_rate, 0.01), betas=(0.9, 0.98), fused=True
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(step / (0.1 * total), max(0.0, (total - step) / (0.9 * total)))
    )
    average = Average(model, 0.99)
    started = time.time()
    for epoch in range(given.epochs):
        model.train()
        losses = []
        for group in grouped([*spanned, *shuffler.sample(plain, some)], given.batch, shuffler):
            made = batch(group, given.hide, PAIR_COLUMNS.index("trigger"))
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = model(made)
            loss = loss_of(scores, made, given.smooth)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            average.update()
            losses.append(float(loss.detach()))
        print(f"  epoch {epoch + 1}: loss {np.mean(losses):.3f}, {time.time() - started:.0f} s", flush=True)
    return average.module


def scored(model: RelationModel, chosen: Sequence[Sample]) -> np.ndarray:
    """Log shares of all labels, a row a sample."""
    model.eval()
    out = []
    with torch.inference_mode():
        for at in range(0, len(chosen), 64):
            out.append(model(batch(chosen[at : at + 64], 0.0, 0)).float().log_softmax(-1).numpy())
    return np.concatenate(out)


def figures(chosen: Sequence[Sample], logs: np.ndarray) -> dict[str, float]:
    """Root and quad macro-F1 as benchmarks/relations.py has them, and the no-event decision."""
    ontology = load_ontology()
    types: list[tuple[str, str]] = []
    quads: list[tuple[str, str]] = []
    none: list[tuple[bool, bool]] = []
    for sample, row in zip(chosen, logs, strict=True):
        pair = sample.pair
        if pair.origin == "plv":
            found = TYPES[int(row[: len(TYPES)].argmax())]
            gold = "YIELD" if len(pair.labels) > 1 else next(iter(pair.labels))
            folded = "YIELD" if found in ("CONCEDE", "RETREAT") else found
            types.append((gold, folded))
            quads.append((pair.quad, pair.quad if gold == folded == "YIELD" else ontology.quad_of(found)))
        if pair.origin in ("aw", "own"):
            none.append(("NONE" in pair.labels, row[-1] > np.log(0.5)))
    out = {"root": macro_f1(types), "quad": macro_f1(quads)} if types else {}
    if types:
        out["accuracy"] = float(np.mean([gold == found for gold, found in types]))
    if none:
        out["no event F1"] = _f1(none)
    return out


def _f1(pairs: Sequence[tuple[bool, bool]]) -> float:
    both = sum(gold and found for gold, found in pairs)
    return 2 * both / max(1, sum(gold for gold, _ in pairs) + sum(found for _, found in pairs))


def confusion(chosen: Sequence[Sample], logs: np.ndarray) -> str:
    """The most frequent confusions on PLV."""
    counts: collections.Counter[tuple[str, str]] = collections.Counter()
    for sample, row in zip(chosen, logs, strict=True):
        if sample.pair.origin == "plv":
            found = TYPES[int(row[: len(TYPES)].argmax())]
            if found not in sample.pair.labels:
                counts["/".join(sorted(sample.pair.labels)), found] += 1
    return ", ".join(f"{gold}>{found} {n}" for (gold, found), n in counts.most_common(25))


def vocabulary(words: Sequence[object]) -> dict[str, list[str]]:
    """The marks' columns with the values that occur at least thrice."""
    counts: list[collections.Counter[str]] = [collections.Counter() for _ in PAIR_COLUMNS]
    for made, _ in words:  # type: ignore[misc]
        for row in made.marks:
            for column, value in zip(counts, row, strict=True):
                column[value] += 1
    return {
        name: sorted(value for value, n in column.items() if value and n >= _RARE)
        for name, column in zip(PAIR_COLUMNS, counts, strict=True)
    }


def options() -> argparse.Namespace:
    """What can be given on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=BUILD / "relation.pt")
    parser.add_argument("--folds", type=int, default=0, help="measure by so many folds of PLV and AW; 0: do not")
    parser.add_argument("--only", type=int, default=0, help="how many of the folds to run; 0: all")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--synthetic", type=int, default=1000, help="machine-written texts an epoch")
    parser.add_argument("--smooth", type=float, default=0.05, help="label smoothing")
    parser.add_argument("--hide", type=float, default=0.3, help="share of samples whose lexicon marks are hidden")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--final", action=argparse.BooleanOptionalAction, default=True, help="train on everything")
    parser.add_argument("--own", action=argparse.BooleanOptionalAction, default=True, help="with our own sentences")
    parser.add_argument("--without", default="", help="columns left out, to measure what they bring")
    return parser.parse_args()


def measure(chosen: Sequence[Sample], columns: dict[str, list[str]], given: argparse.Namespace) -> None:
    """Trains and measures by folds of PLV and AW; what we wrote and what machines wrote is trained on in each."""
    split = random.Random(1)
    fold = [split.randrange(given.folds) if s.pair.origin in ("plv", "aw") else -1 for s in chosen]
    held: list[Sample] = []
    logs = []
    for number in range(given.only or given.folds):
        model = train([s for s, f in zip(chosen, fold, strict=True) if f != number], columns, given)
        part = [s for s, f in zip(chosen, fold, strict=True) if f == number]
        logs.append(scored(model, part))
        held += part
        print(f"fold {number + 1}:", json.dumps(figures(part, logs[-1])), flush=True)
    everything = np.concatenate(logs)
    print("all folds:", json.dumps(figures(held, everything)))
    print("confusions:", confusion(held, everything))
    temperature = min(np.arange(0.5, 3, 0.05), key=lambda t: -likelihood(held, everything, t))
    print(
        f"temperature {temperature:.2f}, reliability {json.dumps(reliability(held, everything, temperature))}",
        flush=True,
    )


def likelihood(chosen: Sequence[Sample], logs: np.ndarray, temperature: float) -> float:
    """Mean log share of PLV's types among the types, at a temperature."""
    rows = [
        (row[: len(TYPES)] / temperature, s.allowed[: len(TYPES)])
        for s, row in zip(chosen, logs, strict=True)
        if s.pair.origin == "plv"
    ]
    return float(np.mean([np.logaddexp.reduce(row[right]) - np.logaddexp.reduce(row) for row, right in rows]))


def reliability(chosen: Sequence[Sample], logs: np.ndarray, temperature: float) -> dict[str, list[float]]:
    """PLV by the share of the found type: in each fifth the mean share and the part that is right."""
    pairs = []
    for sample, row in zip(chosen, logs, strict=True):
        if sample.pair.origin == "plv":
            shares = np.exp(row[: len(TYPES)] / temperature - np.logaddexp.reduce(row[: len(TYPES)] / temperature))
            pairs.append((float(shares.max()), bool(sample.allowed[int(shares.argmax())])))
    out = {}
    for low in (0.0, 0.4, 0.6, 0.8, 0.9):
        high = {0.0: 0.4, 0.4: 0.6, 0.6: 0.8, 0.8: 0.9, 0.9: 1.01}[low]
        part = [pair for pair in pairs if low <= pair[0] < high]
        if part:
            out[f"{low}-"] = [round(float(np.mean([p[i] for p in part])), 3) for i in (0, 1)] + [len(part)]
    return out


def main() -> None:
    """Measures by folds where asked for, then trains on everything."""
    given = options()
    torch.set_num_threads(given.threads)
    pairs: list[Pair] = [*plv(), *related(), *(written() if given.own else ()), *synthetic()]
    words = [words_of_pair(pair, parse) for pair, parse in zip(pairs, parsed(pairs), strict=True)]
    columns = vocabulary(words)
    for name in filter(None, given.without.split(",")):
        columns[name] = []
    chosen = samples(pairs, words, Inputs(base_tokenizer(), Marks(columns), LIMIT))
    print(f"{len(chosen)} samples: {collections.Counter(sample.pair.origin for sample in chosen)}", flush=True)
    if given.folds:
        measure(chosen, columns, given)
    if given.final:
        model = train(chosen, columns, given)
        given.out.parent.mkdir(parents=True, exist_ok=True)
        torch.save({"model": model.state_dict(), "columns": columns}, given.out)
        given.out.with_suffix(".json").write_text(json.dumps(vars(given), default=str, indent=1))


if __name__ == "__main__":
    main()
