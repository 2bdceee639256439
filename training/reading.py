"""Trains the reading model: `python -m training.reading`. Needs PolNeAR and the factuality sets."""

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from benchmarks.attribution import Roles, gold_of, score
from benchmarks.scorers import prf
from reportedly.encoding import Ruled, branches
from reportedly.models.decoding import best_tags, log_softmax, spans_of
from reportedly.models.inputs import Inputs, Marks
from reportedly.models.links import DISTANCES, distances
from training.encoder import Average, base_tokenizer, groups
from training.folders import BUILD
from training.reader import ReadingModel
from training.reading_data import FACTUALITY, RATINGS, Sample, Text, batch, load, samples, vocabulary

LIMITS = (256, 224, 192)  # word pieces in a window; the first is the runtime's


def outputs(model: ReadingModel, made: dict[str, Tensor]) -> Tensor:
    """Vectors by word, (B, W, 384)."""
    h = model.encoder(made["ids"], made["marks"], made["mask"])
    return torch.gather(h, 1, made["at"][:, :, None].expand(-1, -1, h.shape[-1]))


def loss_of(model: ReadingModel, made: dict[str, Tensor], smooth: float) -> dict[str, Tensor]:
    """The parts of the loss for one batch."""
    h = outputs(model, made)
    parts = {}
    if "tags" in made:
        parts["cue"] = functional.cross_entropy(
            model.cue(h).float().transpose(1, 2), made["tags"], label_smoothing=smooth
        )
        flat = model.flat(h).float().view(*h.shape[:2], 2, 3).permute(0, 3, 2, 1)
        parts["flat"] = 0.3 * functional.cross_entropy(flat, made["flat"])
    if "cues" in made:
        roles = model.roles(h, made["cues"], made["owner"], made["relations"], made["distances"], made["linked"])
        parts["role"] = 3 * functional.cross_entropy(
            roles.float().transpose(1, 2), made["roles"], label_smoothing=smooth
        )
    if "value" in made:
        events = h[made["event"][:, 0], made["event"][:, 1]]
        rated = model.certainty(events, made["ruled"]).float()
        rated = rated * model.scale[made["set"]] + model.shift[made["set"]]
        parts["rate"] = 0.1 * functional.mse_loss(rated, made["value"].float())
    return parts


def batches(chosen: Sequence[Sample], pieces: int, shuffler: random.Random) -> list[list[Sample]]:
    """Batches of about `pieces` word pieces, of windows of like length, in random order."""
    order = sorted(chosen, key=lambda sample: len(sample.row.ids) + shuffler.uniform(-12, 12))
    out: list[list[Sample]] = []
    current: list[Sample] = []
    for sample in order:
        longest = max([len(sample.row.ids), *(len(other.row.ids) for other in current)])
        if current and longest * (len(current) + 1) > pieces:
            out.append(current)
            current = []
        current.append(sample)
    if current:
        out.append(current)
    shuffler.shuffle(out)
    return out


def found_roles(model: ReadingModel, text: Text, inputs: Inputs, relations: dict[str, int], bias: float) -> list[Roles]:
    """What the model finds in one text, as character spans by role."""
    parse, found = text.parse, []
    ruled = Ruled(parse, text.statements)
    for row in inputs.rows(text.words):
        low, high = row.window.first, row.window.stop
        made = {
            "ids": torch.from_numpy(row.ids)[None],
            "marks": torch.from_numpy(row.marks)[None],
            "mask": torch.ones(1, len(row.ids), dtype=torch.long),
            "at": torch.from_numpy(row.at)[None],
        }
        h = outputs(model, made)
        scores = log_softmax(model.cue(h).float().numpy())
        scores[..., 0] -= bias
        spans = spans_of(best_tags(scores)[0])
        if not spans:
            continue
        cues = [(first + low, stop + low) for first, stop in spans]
        labels = [[relations.get(label, 0) for label in branches(parse, *cue, low, high)] for cue in cues]
        roles = model.roles(
            h,
            torch.tensor([[first - low, stop - 1 - low] for first, stop in cues]),
            torch.zeros(len(cues), dtype=torch.long),
            torch.tensor(labels),
            torch.from_numpy(np.stack([distances(*cue, low, high) for cue in cues])),
            torch.tensor([ruled.linked(*cue, low, high) for cue in cues]),
        )
        for cue, tags in zip(cues, best_tags(log_softmax(roles.float().numpy())), strict=True):
            spread = {"cue": [cue]}
            spread["source"] = [(first + low, stop + low) for first, stop in spans_of(tags, 0)]
            spread["content"] = [(first + low, stop + low) for first, stop in spans_of(tags, 1)]
            found.append({r: [(parse.start[a], parse.end[b - 1]) for a, b in spans] for r, spans in spread.items()})
    return found


def evaluate(
    model: ReadingModel, texts: Sequence[Text], inputs: Inputs, relations: dict[str, int], bias: float
) -> dict[str, float]:
    """F1 by measure on whole articles."""
    model.eval()
    with torch.inference_mode():
        pairs = [(t.row["text"], found_roles(model, t, inputs, relations, bias), gold_of(t.row)) for t in texts]
    return {measure: prf(*counts).f1 for measure, counts in score(pairs).items()}


def correlations(model: ReadingModel, sets: dict[str, list[Sample]]) -> dict[str, float]:
    """Pearson r on each factuality set."""
    model.eval()
    out = {}
    with torch.inference_mode():
        for name, chosen in sets.items():
            pairs = []
            for group in batches(chosen, 4000, random.Random(0)):
                made = batch(group)
                h = outputs(model, made)
                rated = model.certainty(h[made["event"][:, 0], made["event"][:, 1]], made["ruled"])
                pairs.append(torch.stack([rated.float(), made["value"].float()]))
            out[name] = float(torch.corrcoef(torch.cat(pairs, 1))[0, 1])
    return out


def show(scores: dict[str, float]) -> str:
    """One line of figures."""
    return "  ".join(f"{name} {value:.3f}" for name, value in scores.items() if "tokens" not in name)


def options() -> argparse.Namespace:
    """What can be given on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=BUILD / "reading.pt")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=2.5e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--articles", type=int, default=0, help="of the training part; 0: all")
    parser.add_argument("--dev", type=int, default=0, help="articles measured on; 0: all")
    parser.add_argument("--pieces", type=int, default=3000, help="word pieces in a batch")
    parser.add_argument("--tasks", default="attribution,certainty")
    parser.add_argument("--uds", type=float, default=0.4, help="share of UDS-IH2 seen in an epoch")
    parser.add_argument("--smooth", type=float, default=0.0, help="label smoothing")
    parser.add_argument("--hide", type=float, default=0.1, help="share of windows whose rule marks are hidden")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--without", default="", help="columns left out, to measure what they bring")
    return parser.parse_args()


class Course:
    """All that a training sees: the samples, and how an epoch is made of them."""

    def __init__(self, given: argparse.Namespace) -> None:
        self.given, self.tasks = given, given.tasks.split(",")
        self.shuffler = random.Random(given.seed)
        train = load("attribution/polnear_train.jsonl")
        self.dev = load("attribution/polnear_dev.jsonl")[: given.dev or None]
        self.columns, self.names = vocabulary(train)
        for name in filter(None, given.without.split(",")):
            self.columns[name] = []
        if not self.columns["source"]:  # measured without the rules: their links to the cues go too
            for text in (*train, *self.dev):
                text.statements = ()
        self.relations = {name: number + 1 for number, name in enumerate(self.names)}
        tokenizer = base_tokenizer()
        # Windows cut at other paragraphs in every epoch.
        inputs = [Inputs(tokenizer, Marks(self.columns), limit) for limit in LIMITS]
        self.inputs = inputs[0]
        if given.articles:
            train = self.shuffler.sample(train, given.articles)
        self.windows = [[s for text in train for s in samples(text, made, self.relations)] for made in inputs]
        self.rated = {part: self._rated(part) for part in ("train", "dev")}
        self.ruled_columns = [list(self.columns).index(name) for name in ("source", "cue", "content")]

    def _rated(self, part: str) -> dict[str, list[Sample]]:
        return {
            name: [
                sample
                for text in load(f"factuality/{name}_{part}.jsonl")
                for sample in samples(text, self.inputs, self.relations, number)
                if sample.events
            ]
            for number, name in enumerate(FACTUALITY)
        }

    def epoch(self, number: int) -> list[list[Sample]]:
        """The batches of one epoch."""
        out = []
        if "attribution" in self.tasks:
            out += batches(self.windows[number % len(self.windows)], self.given.pieces, self.shuffler)
        if "certainty" in self.tasks:
            sets = self.rated["train"]
            seen = [*sets["uw"], *sets["meantime"] * 3]
            seen += self.shuffler.sample(sets["uds_ih2"], int(self.given.uds * len(sets["uds_ih2"])))
            out += batches(seen, self.given.pieces, self.shuffler)
        self.shuffler.shuffle(out)
        return out

    def tensors(self, group: Sequence[Sample]) -> dict[str, Tensor]:
        """One batch; what the rules found is hidden in some windows, so that the model does not lean on it alone."""
        made = batch(group)
        hidden = torch.rand(len(group)) < self.given.hide
        for column in self.ruled_columns:
            made["marks"][hidden, :, column] = 0
        if "owner" in made:
            made["linked"][hidden[made["owner"]]] = 0
        return made

    def report(self, model: ReadingModel) -> None:
        """Prints the figures on the development parts."""
        if "attribution" in self.tasks:
            print(" ", show(evaluate(model, self.dev, self.inputs, self.relations, 0.0)), flush=True)
        if "certainty" in self.tasks:
            print(" ", show(correlations(model, self.rated["dev"])), flush=True)


def train(model: ReadingModel, course: Course) -> ReadingModel:
    """Trains a model; what comes back are its averaged weights. Measures after each epoch."""
    given, started = course.given, time.time()
    total = sum(len(course.epoch(number)) for number in range(given.epochs))
    warm = 0.06 * total
    optimizer = torch.optim.AdamW(
        groups(model, model.encoder, given.rate, given.head_rate, 0.01), betas=(0.9, 0.98), fused=True
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(step / warm, max(0.0, (total - step) / (total - warm)))
    )
    average = Average(model, 0.995)
    for number in range(given.epochs):
        model.train()
        sums: dict[str, float] = {}
        for group in course.epoch(number):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                parts = loss_of(model, course.tensors(group), given.smooth)
            optimizer.zero_grad(set_to_none=True)
            torch.stack(list(parts.values())).sum().backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            average.update()
            for name, value in parts.items():
                sums[name] = sums.get(name, 0.0) + float(value.detach())
        losses = " ".join(f"{name} {value:.2f}" for name, value in sums.items())
        print(f"epoch {number + 1} of {given.epochs}, {time.time() - started:.0f} s, losses {losses}")
        course.report(average.module)
    return average.module


def main() -> None:
    """Trains, measures on the development parts after each epoch, and keeps the averaged weights."""
    given = options()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    course = Course(given)
    print(f"{len(course.windows[0])} windows, {sum(map(len, course.rated['train'].values()))} sentences", flush=True)
    model = ReadingModel(Marks(course.columns).size, len(course.relations) + 1, DISTANCES, RATINGS)
    model.encoder.load_base()
    model = train(model, course)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"model": model.state_dict(), "columns": course.columns, "relations": course.names}, given.out)
    given.out.with_suffix(".json").write_text(json.dumps(vars(given), default=str, indent=1))


if __name__ == "__main__":
    main()
