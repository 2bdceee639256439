"""Outlets, agencies and documents that an article credits."""

from collections.abc import Callable

import pytest

from reportedly.extract.origins import find_origins
from reportedly.extract.statements import find_statements
from reportedly.language import load_language
from reportedly.parsing import Parse
from reportedly.records import Dateline
from tests.conftest import article_of


class Known:
    """A directory of four outlets."""

    def outlet(self, text: str) -> str | None:
        names = {"reuters": "Reuters", "ap": "Associated Press", "al arabiya": "Al Arabiya", "twitter": "Twitter"}
        return names.get(text.lower().removeprefix("the "))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A local official told Reuters that the town had fallen.", ["Reuters"]),
        ("The town had fallen, Al Arabiya reported.", ["Al Arabiya"]),
        ("The town had fallen, according to the Northern Times.", ["Northern Times"]),
        ("The town had fallen, according to the ministry.", []),
        ("The daily Al-Fajr reported that the town had fallen.", ["Al-Fajr"]),
        ("The town had fallen, she wrote on Twitter.", ["Twitter"]),
        ("The town had fallen. (Reuters)", ["Reuters"]),
        ("AP contributed to this report.", ["Associated Press"]),
        (
            "The Coastal Observatory for Human Rights said that the town had fallen.",
            ["Coastal Observatory for Human Rights"],
        ),
        ("An Interior Ministry report said that the town had fallen.", ["Interior Ministry report"]),
        ("The town had fallen, Radio Kell reported.", ["Radio Kell"]),
        ("The prisoners were well, said the Blue Cross, which saw them.", ["Blue Cross"]),
        ("The prisoners were seen by the Blue Cross, which said that they were well.", ["Blue Cross"]),
        ("The rights group Sailors for Justice says police killed 115 people.", ["Sailors for Justice"]),
        ("The commissioner confirmed the raid to Reuters Hausa on Sunday.", ["Reuters"]),
        ("The town had fallen, the mayor said on her Twitter page.", []),
        ("The Al Arabiya sports team won the cup of the media league.", []),
        ("Reuters reported the fall. Reuters also said that people fled.", ["Reuters"]),
    ],
)
def test_credits(parse: Callable[[str], Parse], text: str, names: list[str]) -> None:
    article = article_of(text)
    parsed = parse(text)
    statements = find_statements(article, parsed, load_language("en"))[0]
    origins = find_origins(article, parsed, statements, Known())
    assert [origin.name for origin in origins] == names
    for origin in origins:
        assert text[origin.start : origin.end] == origin.text


def test_the_publisher_is_no_origin_of_its_own(parse: Callable[[str], Parse]) -> None:
    text = "A local official told Reuters that the town had fallen."
    article = article_of(text, publisher="Reuters")
    assert find_origins(article, parse(text), (), Known()) == ()


@pytest.mark.parametrize(("publisher", "names"), [("Harbour Post", ["Associated Press"]), ("AP", []), (None, [])])
def test_the_outlet_of_the_dateline(parse: Callable[[str], Parse], publisher: str | None, names: list[str]) -> None:
    text = "GENEVA (AP) - The town had fallen."
    dateline = Dateline(place="GENEVA", outlet="AP", date=None, start=0, end=14)
    article = article_of(text, dateline=dateline, publisher=publisher)
    assert [origin.name for origin in find_origins(article, parse("The town."), (), Known())] == names
