"""Outlets, agencies and documents that an article credits."""

from collections.abc import Callable

import pytest

from reportedly.directory import load_directory, outlet_names
from reportedly.extract.origins import find_origins
from reportedly.extract.origins.lines import credit_lines, load_credits
from reportedly.extract.statements import find_statements
from reportedly.language import load_language
from reportedly.parsing import Parse
from reportedly.records import Dateline, Skipped
from tests.conftest import article_of


class Known:
    """A directory of a few outlets and bodies."""

    def outlet(self, text: str) -> str | None:
        names = {
            "reuters": "Reuters",
            "ap": "Associated Press",
            "associated press": "Associated Press",
            "afp": "AFP",
            "al arabiya": "Al Arabiya",
            "bbc": "BBC",
            "national": "The National newspaper",
            "twitter": "Twitter",
            "facebook": "Facebook",
            "youtube": "YouTube",
            "vogue": "Vogue",
            "coast daily": "Coast Daily",
        }
        return names.get(text.lower().removeprefix("the "))

    def body(self, text: str) -> str | None:
        names = {
            "hill guard": "Hill Guard",
            "the hill guard": "Hill Guard",
            "sailors for justice": "Sailors for Justice",
        }
        return names.get(text.lower())


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
        ("A source told the Coast Daily that the town had fallen.", ["Coast Daily"]),
        ("The town had fallen, a resident told BBC Hausa.", ["BBC"]),
        ("A National Security Council spokesman said that the town had fallen.", []),
        ("The offices of Vogue magazine are full of rats, the tenants said.", []),
        ("A doctor who works for Reuters left the town.", []),
        ("Documents seen by Reuters show that the town had fallen.", ["Reuters"]),
        ("The mayor told Channel 2 that the town had fallen.", ["Channel 2"]),
        ("He told Shorenews.com that the town had fallen.", ["Shorenews.com"]),
        ("Pro-Northland websites claimed that the town had fallen.", ["Pro-Northland websites"]),
        ("Jihadist forums claimed that the town had fallen.", ["Jihadist forums"]),
        ("According to a blog linked to Northland, the town had fallen.", ["Northland-linked blog"]),
        ("The mayor told a Northland television station that the town had fallen.", ["Northland television station"]),
        ("The mayor told a website that the town had fallen.", []),
        ("Video footage released by the Hill Guard shows that the town has fallen.", ["Hill Guard video"]),
        ("The Hill Guard has released a video in which it says that the town had fallen.", ["Hill Guard video"]),
        ("The video was posted on YouTube on Tuesday.", ["YouTube"]),
        ("The town had fallen, said Reuters and AP.", ["Reuters", "Associated Press"]),
        ("Justice Ruth Grey said that the town had fallen.", []),
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


OPENING = "Raiders stormed the town of Kell and burned its mill. The raiders fled after they burned the mill. "


@pytest.mark.parametrize(
    ("aside", "names"),
    [
        ("The town is old. It has a church. Sailors for Justice says that wages fell.", []),
        (
            "The town is old. It has a church. Sailors for Justice says that they burned the mill.",
            ["Sailors for Justice"],
        ),
        ("The mayor spoke of his youth in a BBC interview last year.", []),
        ("The mayor spoke of the raiders in a BBC interview last year.", ["BBC"]),
        ("The town is old. It has a church. It is small. The mill is new. She wrote on Facebook.", []),
        ("Sailors for Justice wrote on Facebook that the raiders came.", ["Sailors for Justice"]),
        ("She wrote on Facebook that the raiders came.", ["Facebook"]),
    ],
)
def test_asides_are_no_credits(parse: Callable[[str], Parse], aside: str, names: list[str]) -> None:
    assert _names(parse, OPENING + aside) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The town had fallen, she told the Coast Daily. Coast Daily could not verify the claim.", []),
        ("The mayor told the Coast Daily that it fell. A guard told the Coast Daily that he saw it.", []),
        ("The mayor told Reuters that it fell. A guard told Reuters that he saw it.", ["Reuters"]),
        ("The town had fallen, she told the Coast Daily.\nmhill@coastdaily.com", []),
        (
            "The town had fallen. Coast Daily could not verify it.\nThis article first appeared at Coast Daily.",
            ["Coast Daily"],
        ),
    ],
)
def test_the_text_shows_its_own_publisher(parse: Callable[[str], Parse], text: str, names: list[str]) -> None:
    assert _names(parse, text) == names


def test_a_short_name_is_that_of_the_fullest(parse: Callable[[str], Parse]) -> None:
    text = "The Northern Observatory for Rights said the town had fallen. The Observatory said that people fled."
    assert _names(parse, text) == ["Northern Observatory for Rights"]


def test_the_times_is_the_one_that_the_article_names(parse: Callable[[str], Parse]) -> None:
    said = "The Times reported that the town had fallen."
    assert _names(parse, said) == ["The Times"]
    assert _names(parse, f"The Northern Times reported first. Later the Times said more. {said}") == ["Northern Times"]
    article = article_of(said, publisher="The Northern Times")
    statements = find_statements(article, parse(said), load_language("en"))[0]
    assert find_origins(article, parse(said), statements, Known()) == ()


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("Thomson Reuters", "Reuters"),
        ("AP", "Associated Press"),
        ("Agence France-Presse", "AFP"),
        ("United Press International", "UPI"),
        ("NYT", "The New York Times"),
        ("Ynet", "Ynet News"),
        ("IBTimes UK", "IBTimes UK"),
        ("Hurriyet Daily News", "Hurriyet"),
    ],
)
def test_names_of_outlets_are_one(alias: str, name: str) -> None:
    assert outlet_names()[alias] == name
    assert load_directory().outlet(alias) == name


def test_every_credit_pattern_finds_its_example() -> None:
    for row in load_credits():
        found = [name for kind, name, _, _ in credit_lines(article_of(row.example)) if kind == row.kind]
        assert set(row.names) <= set(found), row.example
        assert row.hint in row.example.lower()


def test_skipped_parts_credit_nobody() -> None:
    text = "The town had fallen. (Reuters)"
    skipped = (Skipped(start=21, end=30, reason="caption"),)
    assert not list(credit_lines(article_of(text, skipped=skipped)))


def _names(parse: Callable[[str], Parse], text: str) -> list[str]:
    article, parsed = article_of(text), parse(text)
    statements = find_statements(article, parsed, load_language("en"))[0]
    return [origin.name for origin in find_origins(article, parsed, statements, Known())]


@pytest.mark.parametrize(
    ("publisher", "names"),
    [("www.coastdaily.com", ["CNN"]), ("edition.cnn.com", ["Coast Daily"]), ("Coast Daily", ["CNN"])],
)
def test_a_publisher_known_by_its_address_is_no_origin(
    parse: Callable[[str], Parse], publisher: str, names: list[str]
) -> None:
    text = "The mayor told the Coast Daily that it fell. A guard told CNN that he saw it."
    article, parsed = article_of(text, publisher=publisher), parse(text)
    statements = find_statements(article, parsed, load_language("en"))[0]
    assert [o.name for o in find_origins(article, parsed, statements, load_directory())] == names


def test_an_outlet_that_is_presented_to_readers_is_not_the_articles_own(parse: Callable[[str], Parse]) -> None:
    told = "The mayor told Northland's Coast Daily newspaper that it fell. A guard told the Coast Daily that he saw it."
    assert _names(parse, told) == ["Coast Daily"]


@pytest.mark.parametrize(("publisher", "names"), [("Harbour Post", ["Reuters"]), (None, [])])
def test_a_byline_shows_whose_the_article_is(
    parse: Callable[[str], Parse], publisher: str | None, names: list[str]
) -> None:
    text = "By Ana Hill\nReuters\n\nThe town had fallen."
    article = article_of(text, publisher=publisher)
    assert [o.name for o in find_origins(article, parse("The town had fallen."), (), Known())] == names
