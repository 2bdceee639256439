"""Constructions by which news credits others, and some that look like it: `crediting.csv`, with the real directory."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reportedly.directory import load_directory
from reportedly.extract.origins import find_origins
from reportedly.extract.statements import find_statements
from reportedly.language import load_language
from reportedly.parsing import Parse
from reportedly.resources import read_csv
from tests.conftest import article_of

ROWS = [row for _, row in read_csv(Path(__file__).parent / "crediting.csv", ("text", "names"))]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:60])
def test_a_construction_credits_whom_it_should(parse: Callable[[str], Parse], row: dict[str, str]) -> None:
    article, parsed = article_of(row["text"]), parse(row["text"])
    statements = find_statements(article, parsed, load_language("en"))[0]
    names = [origin.name for origin in find_origins(article, parsed, statements, load_directory())]
    assert sorted(names) == sorted(name for name in row["names"].split(";") if name)
