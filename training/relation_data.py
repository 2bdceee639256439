"""Samples for the relation model: pairs in sentences, with the event types that are right for them.

- `training/relations/*.tsv`: sentences that we wrote, `TYPE<TAB>… {a:the actor} … {r:the recipient} …`; NONE: no event
- PLV's training part; its YIELD may be CONCEDE or RETREAT
- ACE and WikiEvents pairs: political or not, without a type
- machine-written reports with a type and without spans: first sentences only
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import data
from reportedly.encoding import pair_of, text_of
from reportedly.extract.events.relation import triggers_of
from reportedly.models.inputs import Inputs, Row
from reportedly.models.windows import Words
from reportedly.ontology import load_ontology
from reportedly.parsing import Parse, SpacyParser
from reportedly.records import Article

WRITTEN = Path(__file__).parent / "relations"
TYPES = tuple(load_ontology().types)
LABELS = (*TYPES, "NONE")
_MARK = re.compile(r"\{([ar]):([^{}]*)\}")


@dataclass
class Pair:
    """A text with two character spans and the labels that are right; `origin` names the set."""

    origin: str
    text: str
    actor: tuple[int, int] | None
    recipient: tuple[int, int] | None
    labels: frozenset[str]
    quad: str = ""


@dataclass
class Sample:
    """A pair as the model takes it: `at` are the words where the two spans begin, None without spans."""

    pair: Pair
    row: Row
    at: tuple[int, int] | None
    allowed: np.ndarray


def unmarked(line: str, where: str) -> Pair:
    """A pair from a line of ours. Raises ValueError that says where and what."""
    label, _, marked = line.partition("\t")
    found: dict[str, tuple[int, int]] = {}
    text, at = "", 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        found[match[1]] = (len(text), len(text) + len(match[2]))
        text += match[2]
        at = match.end()
    text += marked[at:]
    if label not in LABELS or set(found) != {"a", "r"} or len(_MARK.findall(marked)) != 2 or set(text) & set("{}"):
        raise ValueError(f"{where}: not TYPE, tab, a sentence with one {{a:…}} and one {{r:…}}: {line!r}")
    return Pair("own", text, found["a"], found["r"], frozenset({label}))


def written() -> list[Pair]:
    """The sentences that we wrote. Raises ValueError with file and line."""
    return [
        unmarked(line, f"{path}:{number}")
        for path in sorted(WRITTEN.glob("*.tsv"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    ]


def _given(row: dict[str, Any], origin: str, labels: Iterable[str], quad: str = "") -> Pair:
    return Pair(origin, row["text"], tuple(row["actor"]), tuple(row["recipient"]), frozenset(labels), quad)


def plv() -> list[Pair]:
    """PLV's training part. Raises DataAbsentError."""
    folded = {"YIELD": ("CONCEDE", "RETREAT")}
    rows = data.lines("events/plv_train.jsonl")
    return [_given(row, "plv", folded.get(row["type"], (row["type"],)), row["quad"]) for row in rows]


def related() -> list[Pair]:
    """Pairs that are politically related, whatever the type, or not. Raises DataAbsentError."""
    return [_given(row, "aw", TYPES if row["political"] else ("NONE",)) for row in data.lines("events/aw_train.jsonl")]


def synthetic() -> list[Pair]:
    """First sentences of the machine-written reports. Raises DataAbsentError."""
    out = []
    for row in data.lines("events/ngec_synthetic.jsonl"):
        text = re.split(r"(?<=[.!?])\s|\n", row["text"].strip())[0][:300]
        out.append(Pair("synthetic", text, None, None, frozenset({row["type"]})))
    return out


def parsed(pairs: Sequence[Pair]) -> list[Parse]:
    """A parse a pair."""
    articles = [Article(id=str(number), sha256="", text=pair.text) for number, pair in enumerate(pairs)]
    return list(SpacyParser().parse_many(articles))


def words_of_pair(pair: Pair, parse: Parse) -> tuple[Words, tuple[int, int] | None]:
    """The words of a pair and where its spans begin; the whole text where it has none."""
    if pair.actor is not None and pair.recipient is not None:
        actor, recipient = parse.tokens_in(*pair.actor), parse.tokens_in(*pair.recipient)
        return pair_of(parse, actor, recipient, triggers_of(parse, load_ontology()))
    return text_of(parse, triggers_of(parse, load_ontology()), 60), None


def samples(
    pairs: Sequence[Pair], words: Sequence[tuple[Words, tuple[int, int] | None]], inputs: Inputs
) -> list[Sample]:
    """What the model takes."""
    out = []
    for pair, (made, at) in zip(pairs, words, strict=True):
        row = inputs.rows(made)[0]
        if at is not None and max(at) >= len(row.at):
            continue
        allowed = np.array([label in pair.labels for label in LABELS])
        out.append(Sample(pair, row, at, allowed))
    return out
