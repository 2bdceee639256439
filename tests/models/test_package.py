"""A model package is whole or refused; without one the rules read alone and say so."""

import json
import shutil
from pathlib import Path

import pytest

import reportedly
from reportedly.errors import ResourceError, SettingsError
from reportedly.models import Package, find_package, load_models
from reportedly.models import package as packages
from reportedly.settings import load_settings

TEXT = "The army denied on Tuesday that it had shelled the town of Kadugli, a spokesman said."


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The installed English package, copied to where it may be damaged, and found there."""
    package = find_package("en")
    assert package is not None
    folder = tmp_path / "reportedly_en"
    shutil.copytree(package.folder, folder)
    monkeypatch.setattr(packages, "model_folder", lambda language: folder)
    find_package.cache_clear()
    yield folder
    find_package.cache_clear()


def test_the_package_fits_and_is_described() -> None:
    package = find_package("en")
    assert package is not None
    assert package.size < 60e6
    arrays = {"embeddings.npz", "heads.npz", "sentences.npz", "stances.npz"}
    assert arrays | {"reading.onnx", "relation.onnx", "tokenizer.json"} == set(package.manifest["files"])
    card = (Path(__file__).parents[2] / "models" / "en" / "README.md").read_text("utf-8")
    assert package.manifest["version"] in card


def test_a_damaged_file_is_named(copied: Path) -> None:
    data = bytearray((copied / "reading.onnx").read_bytes())
    data[len(data) // 2] ^= 1
    (copied / "reading.onnx").write_bytes(data)
    with pytest.raises(ResourceError, match=r"reading\.onnx: damaged"):
        find_package("en")


def test_a_missing_file_is_named(copied: Path) -> None:
    (copied / "heads.npz").unlink()
    with pytest.raises(ResourceError, match=r"heads\.npz: missing"):
        find_package("en")


def test_a_package_of_another_schema_is_refused(copied: Path) -> None:
    manifest = json.loads((copied / "manifest.json").read_text("utf-8"))
    (copied / "manifest.json").write_text(json.dumps({**manifest, "schema": 99}), "utf-8")
    with pytest.raises(ResourceError, match="schema 99"):
        find_package("en")


def test_a_manifest_without_checksums_is_refused(copied: Path) -> None:
    manifest = json.loads((copied / "manifest.json").read_text("utf-8"))
    (copied / "manifest.json").write_text(json.dumps({**manifest, "files": {}}), "utf-8")
    with pytest.raises(ResourceError, match="names no files"):
        find_package("en")


def test_a_graph_that_is_none_is_refused(copied: Path) -> None:
    package = find_package("en")
    assert package is not None
    (copied / "relation.onnx").write_bytes(b"no graph")
    with pytest.raises(ResourceError, match=r"relation\.onnx: onnxruntime cannot load it"):
        load_models(Package(copied, package.manifest))


def test_an_unknown_provider_is_refused() -> None:
    package = find_package("en")
    assert package is not None
    with pytest.raises(SettingsError, match="NoSuchProvider"):
        load_models(package, "NoSuchProvider")


def test_a_language_without_a_package_has_none() -> None:
    assert find_package("xx") is None


def test_without_models_the_rules_read_and_a_note_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "model_folder", lambda language: None)
    find_package.cache_clear()
    try:
        reading = reportedly.Reader().read(reportedly.article_from_text(TEXT))
    finally:
        find_package.cache_clear()
    assert any(note.code == "rules-only" for note in reading.notes)
    assert any(s.cue_class == "deny" for s in reading.statements)
    assert all("reportedly-en" not in model for model in reading.run.models)


def test_models_can_be_turned_off_and_are_part_of_the_run() -> None:
    article = reportedly.article_from_text(TEXT)
    learned, ruled = reportedly.Reader(), reportedly.Reader(load_settings(learned=False))
    assert learned.run.id != ruled.run.id
    assert any(model.startswith("reportedly-en ") for model in learned.run.models)
    assert all(note.code != "rules-only" for note in learned.read(article).notes)
    assert any(note.code == "rules-only" for note in ruled.read(article).notes)


def test_what_stands_beside_an_article_changes_nothing() -> None:
    reader = reportedly.Reader()
    article = reportedly.article_from_text(TEXT)
    other = reportedly.article_from_text("Ships waited outside the harbour, the captain said. " * 30)
    alone = reader.read(article)
    assert list(reader.read_many([other, article, other]))[1] == alone
