"""Makes the model package's `sentences.npz`: from what the encoder sees of a sentence to the vector that is compared.

Run with `python -m training.sentences` after `python -m training.package` (about ten minutes on two cores; no chance in
it). The mean of the encoder's first early states over a sentence's words holds mostly what all sentences share; so the
mean over all sentences is taken off, and the 64 directions in which they differ most are scaled to one spread
(whitening). Needs the sets of benchmarks/coverage.py and the annotated stories.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import reportedly
from benchmarks import data
from reportedly.encoding import words_of
from reportedly.extract.statements import find_statements
from reportedly.models.sentences import STATES, VECTOR
from reportedly.resources import sha256_of

OUT = Path("models/en/reportedly_en")
SETS = ("coverage/basil_2010_2016.jsonl", "coverage/fnc1_train.jsonl", "coverage/fakes_2011_2016.jsonl")


def articles() -> Iterator[reportedly.Article]:
    """The texts of the development coverage and of the stories."""
    for name in SETS:
        for row in data.lines(name):
            yield reportedly.article_from_text(row["text"], id=row["id"])
    folder = data.path("stories")
    yield from reportedly.open_articles([str(path) for path in sorted(folder.glob("*/*.txt"))])


def means() -> Iterator[NDArray[np.float32]]:
    """The mean state of every sentence."""
    reader = reportedly.Reader()
    assert reader.models is not None
    for article, parse in reader.parse_many(articles()):
        found, _ = find_statements(article, parse, reader.language)
        read = reader.models.reading.read(words_of(parse, found))
        for first, stop in parse.sentences:
            yield read.mean(first, stop)


def main() -> None:
    """Writes the file and its line in the manifest."""
    states = np.stack([mean for mean in means() if mean.any()])
    middle = states.mean(0)
    spread, directions = np.linalg.eigh(np.cov((states - middle).T))
    most = np.argsort(-spread)[:VECTOR]
    projection = (directions[:, most] / np.sqrt(spread[most])).astype(np.float16)
    assert projection.shape == (STATES, VECTOR)
    path = OUT / "sentences.npz"
    np.savez_compressed(path, mean=middle.astype(np.float32), projection=projection)
    manifest = json.loads((OUT / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"][path.name] = {"bytes": path.stat().st_size, "sha256": sha256_of(path)}
    (OUT / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
