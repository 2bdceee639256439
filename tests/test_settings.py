"""Settings: defaults < file < environment < flags; what is not understood is refused."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from reportedly.errors import SettingsError
from reportedly.settings import load_settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_later_sources_win(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().ledger == "reportedly.db"
    (folder / "reportedly.toml").write_text('ledger = "file.db"\njobs = 2\n')
    assert (load_settings().ledger, load_settings().jobs) == ("file.db", 2)
    monkeypatch.setenv("REPORTEDLY_LEDGER", "environment.db")
    assert load_settings().ledger == "environment.db"
    assert load_settings(ledger="flag.db").ledger == "flag.db"
    assert load_settings(ledger=None).ledger == "environment.db"


@pytest.mark.parametrize("text", ['legder = "x"', "jobs = 0", 'jobs = "many"', "jobs = "])
def test_what_is_not_understood_is_refused(folder: Path, text: str) -> None:
    (folder / "reportedly.toml").write_text(text)
    with pytest.raises(SettingsError, match=r"reportedly\.toml"):
        load_settings()


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        load_settings().jobs = 3


def test_the_digest_is_of_what_changes_a_reading() -> None:
    base = load_settings()
    assert load_settings(jobs=2, ledger="x.db", link_score=0.9).digest == base.digest
    assert load_settings(model="other").digest != base.digest
