"""Coding phrases to actors, and tying names together within an article. All people and places are invented."""

import datetime as dt
from collections.abc import Callable

import pytest

from reportedly.directory import Directory
from reportedly.errors import NOTE_CODES
from reportedly.extract.actors import code_actor, resolve_actors
from reportedly.extract.actors.words import load_words
from reportedly.language import load_language
from reportedly.parsing import Parse
from reportedly.records import Actor, Article, Mention, Note, Party, Report, Source, Span, Statement, make_id
from tests.actor_data import small_directory
from tests.conftest import article_of

DAY = dt.date(2014, 12, 3)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    return small_directory(tmp_path_factory.mktemp("actors"))


@pytest.mark.parametrize(
    ("text", "country", "sectors"),
    [
        ("Ruritanian police", "RUR", ("COP",)),
        ("four Fenwickian men", "GST", ("CVL",)),
        ("Ruritania", "RUR", ()),
        ("the Ruritanians", "RUR", ()),
        ("two Ruritanians", "RUR", ("CVL",)),
        ("Strelsau", "RUR", ("GOV",)),
        ("Strelsau police", "RUR", ("COP",)),
        ("the US", "USA", ()),
        ("FMA fighters", "RUR", ("REB",)),
        ("Red Palace officials", "RUR", ("GOV",)),
        ("a former Red Palace official", "RUR", ("ELI",)),
        ("a spokesman of the Central Security Bureau", "RUR", ("SPY",)),
        ("a spokesman for the Ruritanian army", "RUR", ("MIL",)),
        ("an opposition lawmaker", None, ("LEG", "OPP")),
        ("an intelligence official", None, ("SPY",)),
        ("president of the Diet", "RUR", ("LEG", "GOV")),
        ("Fenwick's ambassador to Ruritania", "GST", ("GOV",)),
        ("Several of the largest trade unions in Ruritania", "RUR", ("LAB",)),
        ("people in the U.S.", "USA", ("CVL",)),
        ("a Turkish doctor", "TUR", ("MED",)),
        ("a US-backed fighter", None, ("UAF",)),
        ("an American destroyer", "USA", ()),
        ("Rear Adm. Gustav Elm", None, ("MIL",)),
        ("Jane Roe, a Ruritanian doctor", "RUR", ("MED",)),
        ("Ruritanian and Red Palace officials", "RUR", ("GOV",)),
        ("Ruritanian and Turkish officials", None, ("GOV",)),
        ("Anna al-Holm", "RUR", ("GOV",)),
        ("former president Carl Quill", "GST", ("ELI",)),
        ("Grand Fenwick's Central Security Bureau", "GST", ("SPY",)),
    ],
)
def test_phrases_are_coded(small: Directory, text: str, country: str | None, sectors: tuple[str, ...]) -> None:
    actor = code_actor(text, small, on=DAY)
    found = (actor.country, actor.sectors) if actor else (None, ())
    assert found == (country, sectors)


@pytest.mark.parametrize(
    "text",
    ["", "  ", "the table", "a fever", "turkey", "Major", "anti-FMA", "the skies over Ruritania", "Gustav Elm", "—"],
)
def test_nobody_where_there_is_nobody(small: Directory, text: str) -> None:
    assert code_actor(text, small, on=DAY) is None


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("the Ruritanian prime minister", "Anna al-Holm", "person"),
        ("Ruritania’s prime minister, Anna al-Holm", "Anna al-Holm", "person"),
        ("a Ruritanian prime minister", "Ruritanian prime minister", "role"),
        ("Minister Tarn", "Bruno Tarn", "person"),
        ("Tarn", "Bruno Tarn", "person"),
        ("al-Holm", "Anna al-Holm", "person"),
        ("Turkish Minister Tarn", "Tarn", "person"),
        ("Rear Adm. Tarn", "Tarn", "person"),
        ("Minister Greta Elm", "Greta Elm", "person"),
        ("up to 1,000 Ruritanian soldiers", "1,000 Ruritanian soldiers", "role"),
        ("Minister Kim Il-sook", "Kim Il-sook", "person"),
        ("the Mountaineers", "Free Mountain Army", "group"),
        ("Free Mountain Army militants", "Free Mountain Army", "group"),
        ("FMA targets", "Free Mountain Army", "group"),
        ("the FMA group", "Free Mountain Army", "group"),
        ("the newspaper Hill Dispatch", "Hill Dispatch", "outlet"),
        ("James Fenwick, a doctor", "James Fenwick", "person"),
        ("the Daily Times", "The Strelsau Daily Times", "outlet"),
        ("Ruritanian", "Ruritania", "country"),
        ("Ankara", "Turkey", "country"),
        ("a senior Ruritanian official", "senior Ruritanian official", "role"),
        ("Fenwick's ambassador to Ruritania", "Fenwick's ambassador to Ruritania", "role"),
    ],
)
def test_names_are_canonical(small: Directory, text: str, name: str, kind: str) -> None:
    actor = code_actor(text, small, on=DAY)
    assert actor is not None
    assert (actor.name, actor.kind) == (name, kind)


def test_context_gives_the_country(small: Directory) -> None:
    assert code_actor("the police", small) == Actor(name="police", sectors=("COP",), kind="group")
    there = code_actor("the police", small, context="A strike in Ruritania")
    assert there is not None
    assert there.country == "RUR"
    guard = code_actor("the National Guard", small, context="Fenwickian")
    assert guard is not None
    assert guard.country == "GST"


def test_offices_are_read_on_the_day(small: Directory) -> None:
    for day, sectors in ((DAY, ("GOV",)), (dt.date(2015, 2, 1), ("ELI",)), (dt.date(2016, 1, 1), ("LEG",))):
        actor = code_actor("Anna al-Holm", small, on=day)
        assert actor is not None
        assert actor.sectors == sectors


def test_long_phrases_stay_cheap(small: Directory) -> None:
    assert code_actor("the police " * 20_000, small) is not None


# --- within an article -------------------------------------------------------------------------------------------


class Told:
    """An article under test: sources and parties are given as words (the n-th occurrence), then resolved."""

    def __init__(self, text: str, parse: Callable[[str], Parse], directory: Directory) -> None:
        self.article: Article = article_of(text, published=DAY)
        self.parse = parse(text)
        self.directory = directory
        self.statements: list[Statement] = []
        self.reports: list[Report] = []

    def span(self, words: str, nth: int = 0) -> Span:
        at = -1
        for _ in range(nth + 1):
            at = self.article.text.index(words, at + 1)
        return Span(start=at, end=at + len(words), text=words)

    def say(self, source: str, content: str, nth: int = 0, relayed_by: str | None = None) -> str:
        words, said = self.span(source, nth), self.span(content)
        statement = Statement(
            id=make_id("statement", words.start, said.start),
            source=Source(text=words.text, start=words.start, end=words.end, kind="person"),
            cue=None,
            cue_class="say",
            content=(said,),
            quote="direct",
            relayed_by=relayed_by,
        )
        self.statements.append(statement)
        return statement.id

    def report(self, statement: str, actor: str, nth: int = 0) -> None:
        words = self.span(actor, nth)
        party = Party(mention=None, text=words.text, start=words.start, end=words.end)
        self.reports.append(
            Report(
                id=make_id("report", len(self.reports)),
                statement=statement,
                type=None,
                quad=None,
                trigger=words,
                actors=(party,),
            )
        )

    def resolve(self) -> tuple[tuple[Mention, ...], tuple[Statement, ...], tuple[Report, ...], tuple[Note, ...]]:
        return resolve_actors(
            self.article, self.parse, self.statements, self.reports, self.directory, load_language("en")
        )

    def names(self) -> list[str | None]:
        return [s.source.name if s.source else None for s in self.resolve()[1]]


@pytest.fixture
def tell(parse: Callable[[str], Parse], small: Directory) -> Callable[[str], Told]:
    return lambda text: Told(text, parse, small)


def test_surnames_and_pronouns_get_the_full_name(tell: Callable[[str], Told]) -> None:
    told = tell(
        "The bridge was shelled, Ruritania’s foreign minister, Bruno Tarn, said on Monday. “It was a crime,” Tarn added. "
        "He said that an inquiry had begun."
    )
    told.say("Ruritania’s foreign minister, Bruno Tarn", "The bridge was shelled")
    told.say("Tarn", "It was a crime", nth=1)
    told.say("He", "an inquiry had begun")
    mentions, statements, _, _ = told.resolve()
    assert [s.source.name for s in statements if s.source] == ["Bruno Tarn"] * 3
    assert {s.source.kind for s in statements if s.source} == {"official"}
    by_id = {m.id: m for m in mentions}
    last = statements[-1].source
    assert last is not None
    assert by_id[last.mention or ""].actor == Actor(name="Bruno Tarn", country="RUR", sectors=("GOV",), kind="person")


def test_a_title_is_no_part_of_the_name(tell: Callable[[str], Told]) -> None:
    told = tell("Red Palace spokesman Rear Adm. James Elm denied it. Elm spoke in Strelsau.")
    told.say("Red Palace spokesman Rear Adm. James Elm", "it")
    told.say("Elm", "spoke", nth=1)
    assert told.names() == ["James Elm", "James Elm"]


def test_gender_keeps_people_apart(tell: Callable[[str], Told]) -> None:
    told = tell("Greta Hill met James Ford in Strelsau. “We agreed,” she said. “Hardly,” he replied.")
    told.say("she", "We agreed")
    told.say("he", "Hardly")
    assert told.names() == ["Greta Hill", "James Ford"]


def test_who_is_spoken_of_does_not_speak(tell: Callable[[str], Told]) -> None:
    told = tell("James Ford, a doctor, left. “I have never met Peter Hill,” he said.")
    told.say("he", "I have never met Peter Hill")
    assert told.names() == ["James Ford"]


def test_definite_roles_point_back(tell: Callable[[str], Told]) -> None:
    told = tell("Foreign Minister Bruno Tarn flew to Ankara. The army was ready, the minister said.")
    told.say("the minister", "The army was ready")
    assert told.names() == ["Bruno Tarn"]


def test_the_group_points_back_though_the_span_has_no_article(tell: Callable[[str], Told]) -> None:
    told = tell("The Free Mountain Army shelled a bridge. A doctor said that the group had burned a mill.")
    told.report(told.say("A doctor", "the group had burned a mill"), "group")
    assert told.resolve()[2][0].actors[0].name == "Free Mountain Army"


def test_she_is_not_he_further_down(tell: Callable[[str], Told]) -> None:
    told = tell("Robin Hill went to Ankara. “It is cold,” she said. “It is not,” he said.")
    told.say("she", "It is cold")
    told.say("he", "It is not")
    assert told.names() == ["Robin Hill", None]


def test_a_capital_is_the_government_not_the_country(tell: Callable[[str], Told]) -> None:
    told = tell("Ankara sent nine trucks. Turkey said that they were empty.")
    told.report(told.say("Turkey", "they were empty"), "Ankara")
    told.report(told.statements[-1].id, "Turkey")
    _, _, reports, _ = told.resolve()
    assert [(p.name, p.country, p.sectors) for r in reports for p in r.actors] == [
        ("Turkey", "TUR", ("GOV",)),
        ("Turkey", "TUR", ()),
    ]


def test_a_capital_that_does_nothing_is_a_place(tell: Callable[[str], Told]) -> None:
    told = tell("James Ford, a doctor, met nine people in Ankara.")
    told.say("James Ford, a doctor", "nine people")
    found = [(m.kind, m.actor) for m in told.resolve()[0] if m.text == "Ankara"]
    assert found == [("place", None)]


def test_acronyms_point_to_the_full_name(tell: Callable[[str], Told]) -> None:
    told = tell(
        "The Upland Relief Committee (URC) counted nine dead in the village. The URC said that the road was closed."
    )
    told.say("The URC", "the road was closed")
    (name,) = told.names()
    assert name is not None
    assert name.endswith("Upland Relief Committee")


def test_we_is_the_country_or_the_body_of_the_speaker(tell: Callable[[str], Told]) -> None:
    told = tell(
        "“We did not shell the bridge,” Foreign Minister Bruno Tarn said. “We shelled it,” said a spokesman for the Free "
        "Mountain Army. “I saw it,” said Greta Hill, a doctor."
    )
    told.report(told.say("Foreign Minister Bruno Tarn", "We did not shell the bridge"), "We")
    told.report(told.say("a spokesman for the Free Mountain Army", "We shelled it"), "We", nth=1)
    told.report(told.say("Greta Hill, a doctor", "I saw it"), "I")
    _, _, reports, notes = told.resolve()
    parties = [(p.name, p.country, p.sectors) for report in reports for p in report.actors]
    assert parties[0] == ("Ruritania", "RUR", ("GOV",))
    assert parties[1] == ("Free Mountain Army", "RUR", ("REB",))
    assert parties[2] == ("Greta Hill", None, ("MED",))
    assert not [note for note in notes if note.code == "actor-unresolved" and note.detail == "We"]


def test_short_names_of_outlets(tell: Callable[[str], Told]) -> None:
    told = tell("The Strelsau Daily Times reported on it first. James Ford told the Times that he left.")
    told.say("James Ford", "he left", relayed_by="the Times")
    assert told.resolve()[1][0].relayed_by == "The Strelsau Daily Times"
    alone = tell("James Ford told The Times that he left.")
    alone.say("James Ford", "he left", relayed_by="The Times")
    assert alone.resolve()[1][0].relayed_by == "The Times"


def test_the_unknown_keep_their_words_and_get_a_note(tell: Callable[[str], Told]) -> None:
    told = tell("He said that the table had been moved. The table fell.")
    told.report(told.say("He", "the table had been moved"), "The table")
    mentions, statements, reports, notes = told.resolve()
    assert statements[0].source is not None
    assert statements[0].source.name is None
    assert statements[0].source.kind == "person"
    assert (reports[0].actors[0].name, reports[0].actors[0].country) == (None, None)
    assert {note.code for note in notes} == {"source-unresolved", "actor-unresolved"} <= set(NOTE_CODES)
    assert len({m.id for m in mentions}) == len(mentions)


def test_mentions_quote_the_article(tell: Callable[[str], Told]) -> None:
    told = tell("Ruritanian police and Greta Hill’s lawyers met in Strelsau. “No,” said Hill’s doctor.")
    told.say("Hill’s doctor", "No")
    mentions = told.resolve()[0]
    assert mentions
    assert all(told.article.text[m.start : m.end] == m.text for m in mentions)
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)


def test_an_empty_article(tell: Callable[[str], Told]) -> None:
    assert tell("").resolve() == ((), (), (), ())


def test_words_are_loaded() -> None:
    words = load_words()
    assert words.pronouns["himself"] == "he"
    assert "team" in words.containers
