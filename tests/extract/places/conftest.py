"""Shared by the tests of places: the gazetteer that setup built."""

import pytest

from reportedly.gazetteer import Gazetteer, open_gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The gazetteer that setup built."""
    return open_gazetteer()
