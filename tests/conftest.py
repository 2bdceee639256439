"""Shared fixtures: the English pipeline is loaded once a session."""

from collections.abc import Callable

import pytest

from reportedly.parsing import Parse, SpacyParser
from reportedly.records import Article


def article_of(text: str, **fields: object) -> Article:
    """A bare article for tests."""
    return Article(id="a", sha256="", text=text, **fields)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def parser() -> SpacyParser:
    """The pinned English pipeline."""
    return SpacyParser()


@pytest.fixture(scope="session")
def parse(parser: SpacyParser) -> Callable[[str], Parse]:
    """Parses a text with the English pipeline."""
    return lambda text: next(iter(parser.parse_many([article_of(text)])))
