"""Full precision against int8: `python -m training.parity`, after `training.package`.

On the development parts; types on PLV's training part, where only the difference means anything.
"""

import json
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.attribution import gold_of, roles_of, score
from benchmarks.scorers import macro_f1, prf
from reportedly.encoding import words_of
from reportedly.extract.statements import settle_statements
from reportedly.language import load_language
from reportedly.models import Models, Package, load_models
from reportedly.records import Article
from training.package import FULL, OUT
from training.reading_data import FACTUALITY, Text, load
from training.relation_data import TYPES, parsed, plv, words_of_pair


def models_in(folder: Path) -> Models:
    """The models of a folder."""
    return load_models(Package(folder, json.loads((folder / "manifest.json").read_text(encoding="utf-8"))))


def attribution(models: Models, texts: Sequence[Text]) -> dict[str, float]:
    """F1 by measure."""
    language, pairs = load_language("en"), []
    for text in texts:
        article = Article(id="a", sha256="", text=text.row["text"])
        read = models.reading.read(words_of(text.parse, text.statements))
        settled, _ = settle_statements(article, text.parse, language, text.statements, read)
        pairs.append((article.text, [roles_of(statement) for statement in settled], gold_of(text.row)))
    return {measure: prf(*counts).f1 for measure, counts in score(pairs).items() if "tokens" not in measure}


def certainty(models: Models, texts: Sequence[Text]) -> float:
    """Pearson r."""
    found, gold = [], []
    for text in texts:
        words = words_of(text.parse, text.statements)
        for token, ruled, value in text.events:
            found.append(models.reading.certainty(words, token, ruled))
            gold.append(value)
    return statistics.correlation(found, gold)


def main() -> None:
    """One line a figure: full precision, int8, difference in points."""
    dev = load("attribution/polnear_dev.jsonl")
    pairs = plv()
    words = [words_of_pair(pair, parse) for pair, parse in zip(pairs, parsed(pairs), strict=True)]
    results: list[dict[str, Any]] = []
    for folder in (FULL, OUT):
        models = models_in(folder)
        found = attribution(models, dev)
        for name in FACTUALITY:
            found[f"certainty r, {name}"] = certainty(models, load(f"factuality/{name}_dev.jsonl"))
        shares = [models.relation.shares(made, at) for made, at in words if at is not None]
        types = [max(TYPES, key=share.__getitem__) for share in shares]
        found["PLV train, root macro-F1"] = macro_f1(
            ("/".join(sorted(p.labels)), "/".join(sorted(p.labels)) if t in p.labels else t)
            for p, t in zip(pairs, types, strict=True)
        )
        results.append(found)
    for name, full in results[0].items():
        small = results[1][name]
        print(f"{name:28} {full:.3f} {small:.3f} {100 * (small - full):+.2f}")


if __name__ == "__main__":
    main()
