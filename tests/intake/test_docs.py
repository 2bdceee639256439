"""docs/formats.md says what the code does: formats, endings, keys, reasons."""

import re
from pathlib import Path

from reportedly.errors import REJECT_REASONS
from reportedly.intake import FORMATS, SKIP_REASONS
from reportedly.intake.jsonl import KEYS

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def rows(heading: str) -> dict[str, str]:
    """The first table below a heading: its first column's word to its second column."""
    part = PAGE.split(f"\n## {heading}\n", 1)[1] if heading else PAGE
    table = re.search(r"(?:^\|.*\n)+", part, re.MULTILINE)
    assert table is not None
    cells = [line.strip("|\n").split("|") for line in table.group().splitlines()[2:]]
    return {row[0].strip(" `"): row[1].strip() for row in cells}


def test_every_format_and_ending_is_listed() -> None:
    assert {name: " ".join(f"`{e}`" for e in form.endings) for name, form in FORMATS.items()} == rows("")


def test_every_skip_reason_is_listed() -> None:
    assert list(rows("The text is the evidence")) == list(SKIP_REASONS)


def test_every_key_is_listed() -> None:
    assert {name: " ".join(f"`{key}`" for key in keys) for name, keys in KEYS.items()} == rows("Keys of JSON lines")


def test_every_reject_reason_is_listed() -> None:
    assert set(rows("Why something is not read")) == set(REJECT_REASONS)
