"""Samples for the reading model: windows of PolNeAR with their cues and roles, sentences of the factuality sets.

Parsing and the rules run once; their output is kept in `build/training` and made again when that folder is deleted.
"""

import collections
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from benchmarks import data
from benchmarks.certainty import offsets
from reportedly.encoding import COLUMNS, Ruled, branches, words_of
from reportedly.extract.stance.certainty import certainty_value
from reportedly.extract.stance.lexicon import load_stances
from reportedly.extract.statements import find_statements
from reportedly.language import load_language
from reportedly.models.inputs import Inputs, Row
from reportedly.models.links import distances, numbered
from reportedly.models.reading import rating_number
from reportedly.models.windows import Words
from reportedly.parsing import Parse, SpacyParser
from reportedly.records import Article, Statement
from training.folders import BUILD
from training.reader import ROLES

FACTUALITY = ("uw", "meantime", "uds_ih2")
RATINGS = 14
_RARE = 3


@dataclass
class Text:
    """A text with what parser and rules make of it; `events` are (token, the rules' value, gold value)."""

    row: dict[str, Any]
    parse: Parse
    statements: Sequence[Statement]
    words: Words
    events: list[tuple[int, float, float]]


def load(relative: str) -> list[Text]:
    """The texts of a set under the data folder, parsed. Raises DataAbsentError."""
    cache = BUILD / (relative.replace("/", "-") + ".pickle")
    if cache.exists():
        return pickle.loads(cache.read_bytes())
    language, stances = load_language("en"), load_stances("en")
    rows = data.lines(relative)
    articles = [Article(id=str(number), sha256="", text=row["text"]) for number, row in enumerate(rows)]
    found = []
    for row, article, parse in zip(rows, articles, SpacyParser().parse_many(articles), strict=True):
        statements, _ = find_statements(article, parse, language)
        events = []
        for target in row.get("targets", ()):
            spans = offsets(row["text"])
            tokens = parse.tokens_in(spans[target["span1"][0]][0], spans[target["span1"][1] - 1][1])
            if tokens:
                token = parse.top(tokens[0], tokens[-1] + 1)
                events.append((token, certainty_value(parse, token, stances, language), float(target["label"])))
        found.append(Text(row, parse, statements, words_of(parse, statements), events))
    BUILD.mkdir(parents=True, exist_ok=True)
    cache.write_bytes(pickle.dumps(found))
    return found


def vocabulary(texts: Sequence[Text]) -> tuple[dict[str, list[str]], list[str]]:
    """The marks' columns with their values, and the relations of branches, as they occur at least thrice."""
    counts: list[collections.Counter[str]] = [collections.Counter() for _ in COLUMNS]
    for text in texts:
        for column, values in zip(counts, zip(*text.words.marks, strict=True), strict=True):
            column.update(values)
    columns = {
        name: sorted(value for value, n in column.items() if value and n >= _RARE)
        for name, column in zip(COLUMNS, counts, strict=True)
    }
    relations = columns["dep"]
    return columns, ["self", "up", *relations, *(f"up-{relation}" for relation in relations)]


@dataclass
class Cue:
    """A cue of a window: first and last word (in the window), and for each word: relation, distance, rule, role."""

    first: int
    last: int
    relations: np.ndarray
    distances: np.ndarray
    linked: np.ndarray
    roles: np.ndarray


@dataclass
class Sample:
    """One window: its row, cue tags and flat tags by word, its cues, and events (word, rating number, gold, set).

    `attributed`: whether it is of a text whose attributions are annotated.
    """

    row: Row
    tags: np.ndarray
    flat: np.ndarray
    cues: list[Cue]
    events: list[tuple[int, int, float, int]]
    attributed: bool


def _spans(parse: Parse, pieces: Sequence[Sequence[int]]) -> list[range]:
    return [tokens for start, end in pieces if (tokens := parse.tokens_in(start, end))]


def samples(text: Text, inputs: Inputs, relations: dict[str, int], number: int = 0) -> Iterator[Sample]:
    """The windows of one text. `number` is the set's among FACTUALITY where the text has events."""
    parse, ruled = text.parse, Ruled(text.parse, text.statements)
    gold = [
        {role: _spans(parse, attribution[role]) for role in ("source", "cue", "content")}
        for attribution in text.row.get("attributions", ())
    ]
    for row in inputs.rows(text.words):
        low, high = row.window.first, row.window.stop
        tags, flat = np.zeros(high - low, dtype=np.int64), np.zeros((2, high - low), dtype=np.int64)
        cues = []
        for attribution in gold:
            for place, role in enumerate(("source", "content")):
                for span in attribution[role]:
                    _tag(flat[place], span, low, high, 1)
            for span in attribution["cue"]:
                if span.start < low or span.stop > high:
                    continue
                _tag(tags, span, low, high, 1)
                roles = np.zeros(high - low, dtype=np.int64)
                for role in ("content", "source"):
                    for part in attribution[role]:
                        _tag(roles, part, low, high, ROLES.index(f"B-{role}"))
                labels = branches(parse, span.start, span.stop, low, high)
                cues.append(
                    Cue(
                        span.start - low,
                        span.stop - 1 - low,
                        numbered(labels, relations),
                        distances(span.start, span.stop, low, high),
                        np.array(ruled.linked(span.start, span.stop, low, high)),
                        roles,
                    )
                )
        events = [
            (token - low, rating_number(guess), value, number)
            for token, guess, value in text.events
            if low <= token < high
        ]
        yield Sample(row, tags, flat, cues, events, "attributions" in text.row)


def _tag(tags: np.ndarray, span: range, low: int, high: int, begin: int) -> None:
    inside = range(max(span.start, low), min(span.stop, high))
    for word in inside:
        tags[word - low] = begin if word == inside.start else begin + 1


def _padded(arrays: Sequence[np.ndarray], width: int, fill: int = 0) -> Tensor:
    shape = (len(arrays), width, *arrays[0].shape[1:])
    out = np.full(shape, fill, dtype=np.int64)
    for number, array in enumerate(arrays):
        out[number, : len(array)] = array
    return torch.from_numpy(out)


def batch(chosen: Sequence[Sample]) -> dict[str, Tensor]:
    """The tensors of some samples; places without a word are -100 in all targets."""
    rows = [sample.row for sample in chosen]
    pieces, words = max(len(row.ids) for row in rows), max(len(row.at) for row in rows)
    cues = [(number, cue) for number, sample in enumerate(chosen) for cue in sample.cues]
    events = [(number, *event) for number, sample in enumerate(chosen) for event in sample.events]
    made = {
        "ids": _padded([row.ids for row in rows], pieces),
        "marks": _padded([row.marks for row in rows], pieces),
        "mask": _padded([np.ones(len(row.ids), dtype=np.int64) for row in rows], pieces),
        "at": _padded([row.at for row in rows], words),
    }
    if all(sample.attributed for sample in chosen):
        made["tags"] = _padded([sample.tags for sample in chosen], words, -100)
        made["flat"] = torch.stack(
            [_padded([sample.flat[role] for sample in chosen], words, -100) for role in (0, 1)], dim=1
        )
    if cues:
        made["owner"] = torch.tensor([number for number, _ in cues])
        made["cues"] = torch.tensor([[cue.first, cue.last] for _, cue in cues])
        for name in ("relations", "distances", "linked"):
            made[name] = _padded([getattr(cue, name) for _, cue in cues], words)
        made["roles"] = _padded([cue.roles for _, cue in cues], words, -100)
    if events:
        made["event"] = torch.tensor([[number, word] for number, word, *_ in events])
        made["ruled"] = torch.tensor([event[2] for event in events])
        made["value"] = torch.tensor([event[3] for event in events])
        made["set"] = torch.tensor([event[4] for event in events])
    return made
