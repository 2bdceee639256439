"""Trains the stance heads: `python -m training.stances`, after the reading model's graph is written.

The heads stand on the early states of the reading graph, which runs anyway. They learn from sentences that we wrote
ourselves (training/stances); with `--folds` each file, whose stories no other file has, is scored by heads trained on
the rest.

Our sentences are full of positions and real news is not. So words and statements of news (`coverage/fnc1_train`, none
of the stories that positions are measured on) are added with the labels that the rules give them: a word outside the
cues that the rules know is none of a position, a statement with a plain cue and without a judging word asserts.
"""

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from benchmarks import data
from benchmarks.scorers import prf
from benchmarks.stances import FOLDER, HELD, Line, read_lines
from reportedly.encoding import words_of
from reportedly.extract.stance import load_stances
from reportedly.extract.statements import find_statements
from reportedly.language import POSITIONS, load_language
from reportedly.models.inputs import Inputs, Marks
from reportedly.models.runtime import Embeddings, Graph
from reportedly.models.stance import pooled
from reportedly.parsing import Parse, SpacyParser
from reportedly.records import STANCES, Article, Stance, Statement
from training.encoder import base_tokenizer
from training.folders import BUILD
from training.package import OUT

NEWS, NEWS_LENGTH = 150, 4000
STEPS, RATE = 300, 5e-3
KIND_DECAY, WORD_DECAY = 1e-2, 3e-4
SEED = 4
Floats = NDArray[np.float32]
Extent = tuple[int, int]


@dataclass(frozen=True)
class Example:
    """A stance with the early states of the words about it and its marks; `file` of ours, None for news."""

    stance: Stance
    early: Floats
    sentence: Extent
    cue: Extent | None
    content: Extent | None
    file: str | None


class Sight:
    """What the graph of the package in the making sees of a text."""

    def __init__(self) -> None:
        told = json.loads((OUT / "manifest.json").read_text(encoding="utf-8"))["reading"]
        self.graph, self.embed = Graph(OUT / "reading.onnx"), Embeddings(OUT / "embeddings.npz")
        self.inputs = Inputs(base_tokenizer(), Marks(told["columns"]), told["limit"])

    def early(self, parse: Parse, statements: Sequence[Statement]) -> Floats:
        """(W, 1152) states."""
        rows = self.inputs.rows(words_of(parse, statements))
        return np.concatenate(
            [self.graph.run({"embedded": self.embed(row.ids), "marks": row.marks, "at": row.at})[3] for row in rows]
        )


def ours(sight: Sight, lines: Sequence[Line]) -> list[Example]:
    """The lines that we wrote."""
    language = load_language("en")
    articles = [Article(id=line.name, sha256="", text=line.text) for line in lines]
    found = []
    for line, article, parse in zip(lines, articles, SpacyParser().parse_many(articles), strict=True):
        ruled, _ = find_statements(article, parse, language)
        marks = {key: (t.start, t.stop) for key, span in line.marks.items() if (t := parse.tokens_in(*span))}
        first = parse.sentence_of[min(span[0] for span in marks.values())]
        last = parse.sentence_of[max(span[1] for span in marks.values()) - 1]
        sentence = (parse.sentences[first][0], parse.sentences[last][1])
        stance = next(known for known in STANCES if known == line.stance)
        early, file = sight.early(parse, ruled), line.name.split(":")[0]
        found.append(Example(stance, early, sentence, marks.get("c"), marks.get("e"), file))
    return found


def news(sight: Sight) -> tuple[list[Example], Floats]:
    """Statements of news with the stance that the rules give them, and the states of words outside known cues."""
    held = {path.stem for path in data.path("stories").glob("*/*.txt")}
    rows = list(data.lines("coverage/fnc1_train.jsonl"))
    told = {row["story"] for row in rows if row["id"].split(":")[1] in held}
    rows = random.Random(SEED).sample([row for row in rows if row["story"] not in told], NEWS)
    articles = [Article(id=row["id"], sha256="", text=row["text"][:NEWS_LENGTH]) for row in rows]
    language, lexicon = load_language("en"), load_stances("en")
    found: list[Example] = []
    words = []
    for article, parse in zip(articles, SpacyParser().parse_many(articles), strict=True):
        ruled, _ = find_statements(article, parse, language)
        early, plain = sight.early(parse, ruled), np.ones(len(parse), dtype=bool)
        for statement in ruled:
            cue = parse.tokens_in(statement.cue.start, statement.cue.end) if statement.cue else range(0)
            content = [t for part in statement.content if (t := parse.tokens_in(part.start, part.end))]
            if not cue or not content:
                continue
            sentence = parse.sentences[parse.sentence_of[cue.start]]
            stance = POSITIONS.get(statement.cue_class or "", "asserts")
            if stance != "asserts":
                plain[cue.start : cue.stop] = False
            elif not _is_plain(parse, sentence, lexicon.forms):
                plain[slice(*sentence)] = False
                continue
            cues = (cue.start, cue.stop)
            found.append(Example(stance, early, sentence, cues, (content[0].start, content[0].stop), None))
        words.append(early[plain])
    return found, np.concatenate(words)


def _is_plain(parse: Parse, sentence: Extent, forms: frozenset[str]) -> bool:
    """Whether a sentence has neither a judging word nor a negation."""
    return not any(
        parse.lemma[t] in forms or parse.lower[t] in forms or parse.dep[t] == "neg" for t in range(*sentence)
    )


def _fit(x: Floats, y: NDArray[np.int64], decay: float) -> tuple[Floats, Floats]:
    """Weights (features, labels) and biases of a multinomial logistic regression; scaling is folded in."""
    torch.manual_seed(SEED)
    mean, scale = x.mean(0), x.std(0) + 1e-6
    inputs, labels = torch.tensor((x - mean) / scale), torch.tensor(y)
    head = torch.nn.Linear(x.shape[1], len(STANCES))
    optimizer = torch.optim.Adam(head.parameters(), lr=RATE)
    for _ in range(STEPS):
        loss = functional.cross_entropy(head(inputs), labels) + decay * head.weight.square().sum()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    weight = (head.weight.detach().numpy() / scale).T
    bias = head.bias.detach().numpy() - mean @ weight
    return weight.astype(np.float32), bias.astype(np.float32)


def _kinds(examples: Sequence[Example]) -> tuple[Floats, NDArray[np.int64]]:
    """What a stance is read off, once whole, once without what it is on; and its number."""
    rows, labels = [], []
    for e in examples:
        for content in ([e.content] if e.content else [], []):
            rows.append(pooled(e.early, e.sentence, e.cue, content))
            labels.append(STANCES.index(e.stance))
    return np.stack(rows), np.array(labels)


def _words(examples: Sequence[Example], plain: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """All words' states; the words of cues have the stance's number, all others the first one."""
    labels = []
    for e in examples:
        own = np.zeros(len(e.early), dtype=np.int64)
        if e.cue is not None:
            own[slice(*e.cue)] = STANCES.index(e.stance)
        labels.append(own)
    labels.append(np.zeros(len(plain), dtype=np.int64))
    return np.concatenate([*(e.early for e in examples), plain]), np.concatenate(labels)


def folds(examples: Sequence[Example], more: Sequence[Example]) -> None:
    """Prints F1 by stance, each file scored by heads that have not seen it; marks given."""
    pairs = []
    for file in sorted({e.file or "" for e in examples}):
        weight, bias = _fit(*_kinds([*(e for e in examples if e.file != file), *more]), KIND_DECAY)
        for e in examples:
            if e.file == file:
                scores = pooled(e.early, e.sentence, e.cue, [e.content] if e.content else []) @ weight + bias
                pairs.append((e.stance, STANCES[int(scores.argmax())]))
    for stance in STANCES:
        gold, got = sum(a == stance for a, _ in pairs), sum(b == stance for _, b in pairs)
        right = sum(a == b == stance for a, b in pairs)
        print(f"{stance:10} {prf(right, got, right, gold).f1:.3f}  n={gold}")
    print(f"{'right':10} {sum(a == b for a, b in pairs) / len(pairs):.3f}  n={len(pairs)}")


def main() -> None:
    """Folds if asked for, then the heads of all files."""
    options = argparse.ArgumentParser()
    options.add_argument("--folds", action="store_true", help="score each file by heads trained on the others")
    options.add_argument(
        "--without", nargs="*", default=HELD, help="files to leave out, by name; default: those held apart"
    )
    chosen = options.parse_args()
    sight = Sight()
    files = [path for path in sorted(FOLDER.glob("*.tsv")) if path.stem not in chosen.without]
    examples = ours(sight, [line for path in files for line in read_lines(path)])
    more, plain = news(sight)
    print(f"{len(examples)} lines, {len(more)} statements and {len(plain)} words of news")
    if chosen.folds:
        folds(examples, more)
    word, word_bias = _fit(*_words(examples, plain), WORD_DECAY)
    kind, kind_bias = _fit(*_kinds([*examples, *more]), KIND_DECAY)
    BUILD.mkdir(parents=True, exist_ok=True)
    np.savez(BUILD / "stances.npz", word=word, word_bias=word_bias, kind=kind, kind_bias=kind_bias)


if __name__ == "__main__":
    main()
