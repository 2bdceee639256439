"""Data files: every complaint names file and line."""

from pathlib import Path

import pytest

from reportedly import resources
from reportedly.errors import ResourceError


def test_rows_come_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('a,b\n# note\n1, two\n\n"3,5",é\n', encoding="utf-8")
    assert list(resources.read_csv(path, ("a", "b"))) == [(3, {"a": "1", "b": "two"}), (5, {"a": "3,5", "b": "é"})]


@pytest.mark.parametrize(("text", "line"), [("a,c\n1,2\n", 1), ("a,b\n1,2,3\n", 2), ("", 1)])
def test_a_bad_table_is_named(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ResourceError, match=rf"x\.csv:{line}"):
        list(resources.read_csv(path, ("a", "b")))


def test_bad_yaml_and_toml_are_named(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("a: [1", encoding="utf-8")
    (tmp_path / "x.toml").write_text("a = ", encoding="utf-8")
    with pytest.raises(ResourceError, match=r"x\.yaml"):
        resources.read_yaml(tmp_path / "x.yaml")
    with pytest.raises(ResourceError, match=r"x\.toml"):
        resources.read_toml(tmp_path / "x.toml")
    with pytest.raises(ResourceError, match="no such file"):
        resources.read_toml(tmp_path / "y.toml")


def test_package_data_is_found_or_named() -> None:
    assert resources.data_path("languages/en/cues.csv").is_file()
    with pytest.raises(ResourceError, match="nowhere"):
        resources.data_path("nowhere.csv")


def test_state_lies_in_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTEDLY_HOME", str(tmp_path))
    assert resources.state_path("gazetteer.sqlite") == tmp_path / "gazetteer.sqlite"


def test_sha256(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abc")
    assert resources.sha256_of(tmp_path / "x").startswith("ba7816bf")
