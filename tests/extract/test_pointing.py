"""Pronouns, definite nouns, possessives and states left unsaid. All people and places are invented."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from reportedly.directory import Directory
from reportedly.extract.actors import code_actor
from reportedly.parsing import Parse
from reportedly.records import Report, Statement
from tests.actor_data import small_directory
from tests.extract.test_actors import Told


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    return small_directory(tmp_path_factory.mktemp("actors"))


@pytest.fixture
def tell(parse: Callable[[str], Parse], small: Directory) -> Callable[[str], Told]:
    return lambda text: Told(text, parse, small)


def cued(told: Told, at: int, cue_class: str) -> None:
    told.statements[at] = replace(told.statements[at], cue_class=cue_class, quote="indirect")


def named(statement: Statement) -> str | None:
    return statement.source.name if statement.source else None


def coded(report: Report) -> tuple[str | None, str | None]:
    return report.actors[0].name, report.actors[0].country


def test_they_are_several(tell: Callable[[str], Told]) -> None:
    told = tell(
        "The ministry’s spokeswoman had seen no fraud. Observers of the vote called it calm, but they regretted the delays."
    )
    told.say("The ministry’s spokeswoman", "no fraud")
    told.say("Observers of the vote", "calm")
    told.say("they", "the delays")
    assert told.names()[-1] == "Observers of the vote"


def test_an_outlet_that_hands_on_does_not_threaten(tell: Callable[[str], Told]) -> None:
    told = tell(
        "Ruritania called the move a crime, the newspaper Hill Dispatch reported. It threatened to close the border."
    )
    inner = told.say("Ruritania", "the move a crime")
    outer = told.say("the newspaper Hill Dispatch", "Ruritania called the move a crime")
    told.statements[0] = replace(told.statements[0], within=outer)
    told.say("It", "to close the border")
    cued(told, 2, "warn")
    assert inner != outer
    assert told.names()[-1] == "Ruritania"


def test_it_reports_what_an_outlet_saw(tell: Callable[[str], Told]) -> None:
    told = tell(
        "The army of Ruritania was resting. Pictures seen by the newspaper Hill Dispatch show new trenches, it reported."
    )
    told.say("The army of Ruritania", "resting")
    told.say("it", "Pictures seen by the newspaper Hill Dispatch show new trenches", nth=1)
    cued(told, 1, "report")
    assert told.names()[-1] == "Hill Dispatch"


def test_a_short_form_is_the_body_named_before(tell: Callable[[str], Told]) -> None:
    told = tell(
        "The Ruritanian farm ministry sold the grain. A doctor asked for it. The ministry said that none was left."
    )
    told.say("The ministry", "none was left")
    assert told.names() == ["Ruritanian farm ministry"]


def test_a_body_known_by_its_seat(tell: Callable[[str], Told]) -> None:
    told = tell(
        "Ruritania turned away two men of the World Grain Agency. The Ankara-based agency said that it was surprised."
    )
    told.say("The Ankara-based agency", "it was surprised")
    assert told.names() == ["World Grain Agency"]


def test_possessives_give_the_country(tell: Callable[[str], Told]) -> None:
    told = tell("Ruritania, which has a base there, urged calm. Its president will meet the army.")
    told.report(told.say("Ruritania", "calm"), "Its president")
    assert coded(told.resolve()[2][0]) == ("Ruritania's president", "RUR")


def test_of_two_people_neither_owns_what_is_only_his(tell: Callable[[str], Told]) -> None:
    told = tell("Robin Hill met Terry Ford in Ankara. His lawyer said that nothing was signed.")
    told.say("His lawyer", "nothing was signed")
    assert told.names() == ["His lawyer"]


def test_a_pronoun_among_others_is_replaced_by_the_name(tell: Callable[[str], Told]) -> None:
    told = tell(
        "Foreign Minister Bruno Tarn was careful, but he and other Ruritanian officials made clear that the road was open."
    )
    told.say("he and other Ruritanian officials", "the road was open")
    _, statements, _, _ = told.resolve()
    assert named(statements[0]) == "Bruno Tarn and other Ruritanian officials"
    assert statements[0].source is not None
    assert statements[0].source.kind != "unnamed"


def test_the_army_is_that_of_the_one_state_that_acts(tell: Callable[[str], Told]) -> None:
    told = tell("Foreign Minister Bruno Tarn spoke. The army said that it had left the village.")
    told.report(told.say("The army", "it had left the village"), "The army")
    assert coded(told.resolve()[2][0]) == ("army", "RUR")


def test_no_state_is_guessed_where_two_act(tell: Callable[[str], Told]) -> None:
    told = tell(
        "Foreign Minister Bruno Tarn met the Turkish police in the hills. The army said that it had left the village."
    )
    told.report(told.say("The army", "it had left the village"), "The army")
    assert coded(told.resolve()[2][0]) == ("army", None)


def test_foreign_bodies_get_no_state(tell: Callable[[str], Told]) -> None:
    told = tell("Foreign Minister Bruno Tarn spoke. Rebel forces said that they had left the village.")
    told.report(told.say("Rebel forces", "they had left the village"), "Rebel forces")
    assert coded(told.resolve()[2][0])[1] is None


def test_a_town_that_is_attacked_is_a_place_without_a_note(tell: Callable[[str], Told]) -> None:
    told = tell("The Free Mountain Army attacked Liverpool, a doctor said.")
    told.report(told.say("a doctor", "The Free Mountain Army attacked Liverpool"), "Liverpool")
    mentions, _, reports, notes = told.resolve()
    assert [m.kind for m in mentions if m.text == "Liverpool"] == ["place"]
    assert reports[0].actors[0].country is None
    assert "actor-unresolved" not in {note.code for note in notes}


def test_an_office_keeps_the_words_where_nobody_names_its_holder(tell: Callable[[str], Told]) -> None:
    told = tell("Ruritania’s prime minister said that the road was open.")
    told.say("Ruritania’s prime minister", "the road was open")
    mentions, statements, _, _ = told.resolve()
    assert named(statements[0]) == "Ruritania’s prime minister"
    actor = next(m.actor for m in mentions if statements[0].source and m.id == statements[0].source.mention)
    assert actor is not None
    assert (actor.name, actor.country) == ("Anna al-Holm", "RUR")


def test_an_outlet_by_what_is_said_of_it(tell: Callable[[str], Told]) -> None:
    told = tell("The road was open, the newspaper Dolan said.")
    told.say("the newspaper Dolan", "The road was open")
    _, statements, _, _ = told.resolve()
    assert statements[0].source is not None
    assert (statements[0].source.name, statements[0].source.kind) == ("Dolan", "outlet")


def test_a_role_is_who_bears_it_further_down(tell: Callable[[str], Told]) -> None:
    told = tell("The road is open, a lawmaker said. “We agreed,” the lawmaker, Robin Hill, said.")
    told.say("a lawmaker", "The road is open")
    told.say("the lawmaker, Robin Hill", "We agreed")
    assert told.names() == ["Robin Hill", "Robin Hill"]


def test_one_of_several_has_the_name_after_the_comma(tell: Callable[[str], Told]) -> None:
    told = tell("“Nobody will die,” said one of the doctors, Terry Ford.")
    told.say("one of the doctors, Terry Ford", "Nobody will die")
    assert told.names() == ["Terry Ford"]


def test_their_is_of_the_subject_beside_it(tell: Callable[[str], Told]) -> None:
    told = tell("Two spokesmen confirmed that Ruritania had stepped up its patrols, including their use of boats.")
    told.report(
        told.say("Two spokesmen", "Ruritania had stepped up its patrols, including their use of boats"), "their"
    )
    assert coded(told.resolve()[2][0]) == ("Ruritania", "RUR")


def test_its_after_a_subject_and_an_object_is_left_open(tell: Callable[[str], Told]) -> None:
    told = tell("The Ruritania navy seized a fishing boat and detained its crew members.")
    told.report(told.say("navy", "detained its crew members"), "its crew members")
    assert coded(told.resolve()[2][0]) == ("crew members", None)


@pytest.mark.parametrize(
    ("text", "country", "sectors"),
    [
        ("Lahore police", "PAK", ("COP",)),
        ("Texas lawmakers", "USA", ("LEG",)),
        ("Mariupol", "UKR", ("CVL",)),
        ("Kerry lawmakers", None, ("LEG",)),
        ("Deputy Minister of Defence Colonel Robin Hill", None, ("GOV",)),
    ],
)
def test_towns_and_regions_tell_the_country(
    small: Directory, text: str, country: str | None, sectors: tuple[str, ...]
) -> None:
    actor = code_actor(text, small)
    assert actor is not None
    assert (actor.country, actor.sectors) == (country, sectors)
