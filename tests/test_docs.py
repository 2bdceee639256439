"""Docs as a contract: reference pages are what the code says, every file that docs name exists, examples in Python run."""

import doctest
import re
from pathlib import Path

import pytest

from docs import generate
from reportedly.errors import NOTE_CODES
from reportedly.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("name", generate.PAGES)
def test_reference_is_up_to_date(name: str) -> None:
    assert (generate.FOLDER / name).read_text("utf-8") == generate.PAGES[name](), "run `make docs`"


def test_every_setting_and_note_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())
    assert all(text.endswith(".") for text in NOTE_CODES.values())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_point_to_files(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_named_in_docs_exist(page: Path) -> None:
    from reportedly.cli.app import app

    known = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    known |= {str(group.name) for group in app.registered_groups}
    text = page.read_text("utf-8")
    code = "\n".join([*re.findall(r"```\w*\n(.*?)```", text, re.S), *re.findall(r"`([^`\n]+)`", text)])
    for command in re.findall(r"^(?:\$ )?reportedly ([a-z]+)", code, re.M):
        assert command in known, f"{page.name} names `reportedly {command}`"


def test_python_examples_in_the_readme_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.S)
    assert blocks
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    for number, block in enumerate(blocks):
        test = doctest.DocTestParser().get_doctest(block, {}, f"README block {number}", "README.md", 0)
        assert test.examples, "a Python block in the README has no >>> lines"
        runner.run(test)
    assert runner.failures == 0
