"""Time of a whole reading against bare spaCy on the same texts: same model, one core, best of three, interleaved.

The bare run pipes whole texts; the reading parses paragraphs and extracts everything. Also: articles a second into a
ledger.
"""

import importlib.metadata
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import spacy

import reportedly
from benchmarks import data
from benchmarks.report import print_figures
from benchmarks.scorers import Figure

ROUNDS = 3


def pin() -> None:
    """Keeps this process on one core, where the system lets it."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def seconds(work: Callable[[], Any]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(texts: list[str], name: str) -> list[Figure]:
    """The ratio of the best times, words a second, and the ledger's share."""
    reader = reportedly.Reader()
    nlp = spacy.load(reader.settings.model)
    articles = [reportedly.article_from_text(text) for text in texts]
    words = sum(len(text.split()) for text in texts)
    list(reader.read_many(articles[:2]))  # warms caches on both sides
    list(nlp.pipe(texts[:2]))
    bare, whole = [], []
    for _ in range(ROUNDS):
        bare.append(seconds(lambda: list(nlp.pipe(texts, batch_size=64))))
        whole.append(seconds(lambda: list(reader.read_many(articles))))
    readings = list(reader.read_many(articles))
    with tempfile.TemporaryDirectory() as folder, reportedly.Ledger(str(Path(folder) / "l.db")) as ledger:
        adding = seconds(lambda: [ledger.add(reading) for reading in readings])
    spacy_version = importlib.metadata.version("spacy")
    return [
        Figure("speed", f"reading / bare spaCy {spacy_version}", min(whole) / min(bare), len(texts), name, "x"),
        Figure("speed", "reading, words a second, one core", words / min(whole), words, name, "words/s"),
        Figure("speed", "added to a SQLite ledger", len(readings) / adding, len(readings), name, "articles/s"),
    ]


def run() -> list[Figure]:
    """On whole articles of the attribution set."""
    pin()
    return measure([row["text"] for row in data.lines("attribution/polnear_dev.jsonl")], "polnear_dev")


if __name__ == "__main__":
    print_figures(run())
