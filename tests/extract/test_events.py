"""Reports of happenings: every trigger's example, roles by grammar, modality, numbers, positions, ties."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from reportedly.extract.events import code_relation, find_reports, tie_reports
from reportedly.extract.statements import find_statements, narrator_statement
from reportedly.language import TELLING, load_language
from reportedly.ontology import load_ontology
from reportedly.parsing import Parse, read_conllu
from reportedly.records import Article, Note, Party, Report, Source, Span, Statement
from tests.conftest import article_of

Parser = Callable[[str], Parse]


def narrator(text: str) -> Statement:
    span = Span(start=0, end=len(text), text=text)
    source = Source(kind="narrator")
    return Statement(id="s0", source=source, cue=None, cue_class=None, content=(span,), quote="indirect")


def said(text: str, words: str, cue: str | None, kind: str, ident: str = "s1") -> Statement:
    """A statement whose content is `words`; its cue is the first place of `cue`."""
    start = text.index(words)
    at = text.index(cue) if cue else 0
    return Statement(
        id=ident,
        source=Source(kind="official", text="x"),
        cue=Span(start=at, end=at + len(cue), text=cue) if cue else None,
        cue_class=kind,
        content=(Span(start=start, end=start + len(words), text=words),) if words else (),
        quote="indirect",
    )


def all_reports_of(parse: Parse, *statements: Statement, article: Article | None = None) -> tuple[Report, ...]:
    return find_reports(
        article or article_of(parse.text),
        parse,
        statements or (narrator(parse.text),),
        load_ontology(),
        load_language("en"),
    )


def reports_of(parse: Parse, *statements: Statement, article: Article | None = None) -> tuple[Report, ...]:
    """The reports but those claims that no type covers."""
    by_id = {statement.id: statement for statement in statements}

    def is_claim(report: Report) -> bool:
        kind = by_id[report.statement].cue_class if by_id else None
        word = parse.tokens_in(report.trigger.start, report.trigger.end)
        return report.type is None and (kind is None or kind in TELLING) and parse.pos[word[0]] in ("VERB", "AUX")

    return tuple(r for r in all_reports_of(parse, *statements, article=article) if not is_claim(r))


def texts(parties: tuple[Party, ...]) -> list[str]:
    return [party.text for party in parties]


def brief(report: Report) -> tuple[str | None, list[str], list[str]]:
    return report.type, texts(report.actors), texts(report.recipients)


def only(reports: tuple[Report, ...]) -> Report:
    assert len(reports) == 1, [brief(report) for report in reports]
    return reports[0]


def test_every_trigger_codes_its_example(parse: Parser) -> None:
    examples = {t.line: t for t in load_ontology().triggers}
    parsed = parse("\n".join(t.example for t in examples.values()))
    found: dict[int, list[Report]] = {}
    for report in reports_of(parsed):
        token = parsed.tokens_in(report.trigger.start, report.trigger.end)[0]
        found.setdefault(parsed.paragraph_of[token], []).append(report)
    missed = [
        f"{line}: {trigger.type} {trigger.mode}: {trigger.example} {[(r.type, r.mode) for r in found.get(at, [])]}"
        for at, (line, trigger) in enumerate(examples.items())
        if not any(
            r.type == trigger.type
            and (trigger.mode is None or r.mode == trigger.mode)
            and (r.actors or r.recipients or r.numbers)
            for r in found.get(at, [])
        )
    ]
    assert not missed, "\n".join(missed)


ACTIVE = """
1 Rebels rebel NOUN NNS _ 2 nsubj _ _
2 attacked attack VERB VBD _ 0 ROOT _ _
3 the the DET DT _ 5 det _ _
4 army army NOUN NN _ 5 compound _ _
5 base base NOUN NN _ 2 dobj _ SpaceAfter=No
6 . . PUNCT . _ 2 punct _ _
"""
PASSIVE = """
1 The the DET DT _ 2 det _ _
2 mayor mayor NOUN NN _ 4 nsubjpass _ _
3 was be AUX VBD _ 4 auxpass _ _
4 killed kill VERB VBN _ 0 ROOT _ _
5 by by ADP IN _ 4 agent _ _
6 gunmen gunman NOUN NNS _ 5 pobj _ _
"""
LIGHT = """
1 Norlandic norlandic ADJ JJ _ 2 amod _ Entity=B-NORP
2 airstrikes airstrike NOUN NNS _ 4 nsubjpass _ _
3 were be AUX VBD _ 4 auxpass _ _
4 conducted conduct VERB VBN _ 0 ROOT _ _
5 against against ADP IN _ 4 prep _ _
6 militants militant NOUN NNS _ 5 pobj _ _
"""
RELATIVE = """
1 The the DET DT _ 2 det _ _
2 group group NOUN NN _ 10 nsubj _ SpaceAfter=No
3 , , PUNCT , _ 2 punct _ _
4 which which PRON WDT _ 5 nsubj _ _
5 kidnapped kidnap VERB VBD _ 2 relcl _ _
6 two two NUM CD _ 7 nummod _ _
7 nurses nurse NOUN NNS _ 5 dobj _ SpaceAfter=No
8 , , PUNCT , _ 2 punct _ _
9 has have AUX VBZ _ 10 aux _ _
10 vanished vanish VERB VBN _ 0 ROOT _ _
"""


def test_active() -> None:
    assert brief(only(reports_of(read_conllu(ACTIVE)))) == ("ASSAULT", ["Rebels"], ["army base"])


def test_passive() -> None:
    assert brief(only(reports_of(read_conllu(PASSIVE)))) == ("ASSAULT", ["gunmen"], ["mayor"])


def test_a_noun_takes_the_parties_of_the_verb_that_carries_it() -> None:
    report = only(reports_of(read_conllu(LIGHT)))
    assert brief(report) == ("ASSAULT", ["Norlandic"], ["militants"])
    assert report.mode == "aerial"


def test_a_relative_pronoun_stands_for_its_noun() -> None:
    report = only(reports_of(read_conllu(RELATIVE)))
    assert brief(report) == ("ASSAULT", ["group"], ["two nurses"])
    assert [(n.kind, n.low, n.high, n.text) for n in report.numbers] == [("captured", 2, 2, "two")]


@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients"),
    [
        ("The attack by rebels on the army killed nobody.", "ASSAULT", ["rebels"], ["army"]),
        ("French air strikes on militants continued.", "ASSAULT", ["French"], ["militants"]),
        ("The killing of the mayor by gunmen was filmed.", "ASSAULT", ["gunmen"], ["mayor"]),
        ("Rebels used captured jets to strike government troops.", "ASSAULT", ["Rebels"], ["government troops"]),
        ("Norwegian warplanes bombed militants.", "ASSAULT", ["Norwegian"], ["militants"]),
        (
            "Norway and Sweden continued attempts to hash out a plan.",
            "CONSULT",
            ["Norway", "Sweden"],
            ["Sweden", "Norway"],
        ),
        ("Talks between the rebels and the army resumed.", "CONSULT", ["rebels", "army"], ["army", "rebels"]),
        ("The minister's visit to Norway began.", "CONSULT", ["minister"], ["Norway"]),
        ("Rebels and tribesmen attacked soldiers.", "ASSAULT", ["Rebels", "tribesmen"], ["soldiers"]),
        ("The rebels agreed to release the hostages.", "AGREE", ["rebels"], ["hostages"]),
        ("The rebels rejected an offer from the government.", "REJECT", ["rebels"], ["government"]),
    ],
)
def test_parties_by_grammar(parse: Parser, text: str, kind: str, actors: list[str], recipients: list[str]) -> None:
    assert brief(only(reports_of(parse(text)))) == (kind, actors, recipients)


@pytest.mark.parametrize(
    "text",
    [
        "The government launched an attack on poverty.",
        "The striker hit the winning goal in the league final.",
        "The minister struck a balance between growth and thrift.",
        "Governments impose sanctions to punish neighbours.",
        "The storm killed the power supply.",
        "A new virus attacks the lungs.",
        "She gave birth in a hospital in Norway.",
        "The film kills its best character in the third episode.",
        "He helped her with the shopping.",
        "The bank killed a plan to build a mall.",
    ],
)
def test_no_event(parse: Parser, text: str) -> None:
    assert [brief(report) for report in reports_of(parse(text))] == []


@pytest.mark.parametrize(
    ("text", "negated", "modality"),
    [
        ("Rebels attacked the army.", False, "actual"),
        ("Rebels did not attack the army.", True, "actual"),
        ("No rebels attacked the army.", True, "actual"),
        ("Rebels failed to attack the army.", True, "actual"),
        ("Rebels did not hesitate to attack the army.", False, "actual"),
        ("Rebels not only attacked the army.", False, "actual"),
        ("Rebels will attack the army.", False, "planned"),
        ("Rebels plan to attack the army.", False, "planned"),
        ("If rebels attack the army, the talks will end.", False, "conditional"),
        ("Rebels may attack the army.", False, "conditional"),
        ("Rebels may be attacking the army.", False, "actual"),
        ("The army may have attacked the rebels.", False, "actual"),
        ("Rebels attacked the army in 1991.", False, "historical"),
        ("Rebels attacked the army three decades ago.", False, "historical"),
        ("That is not something that the army is coordinating with rebels.", True, "actual"),
        ("There has been no coordination between the army and rebels.", True, "actual"),
        ("Cooperation between the army and rebels is impossible.", True, "actual"),
        ("The army prevented an attack by rebels on the base.", True, "actual"),
    ],
)
def test_modality(parse: Parser, text: str, negated: bool, modality: str) -> None:
    import datetime as dt

    parsed = parse(text)
    article = replace(article_of(text), published=dt.date(2014, 12, 3))
    reports = [r for r in reports_of(parsed, article=article) if r.type in ("ASSAULT", "COOPERATE")]
    assert [(report.negated, report.modality) for report in reports] == [(negated, modality)]


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Gunmen killed at least 12 people and wounded 30 soldiers.", (12, None), (30, 30)),
        ("An air strike killed dozens of militants.", (24, None), None),
        ("A car bomb killed up to forty-five villagers.", (0, 45), None),
        ("Rebels killed 1,200 soldiers.", (1200, 1200), None),
        ("Rebels killed three hundred soldiers.", (300, 300), None),
        ("Rebels killed several soldiers.", (3, None), None),
        ("Rebels killed soldiers in 2014.", None, None),
    ],
)
def test_numbers(
    parse: Parser, text: str, killed: tuple[int, int | None] | None, injured: tuple[int, int] | None
) -> None:
    report = reports_of(parse(text))[0]
    found = {n.kind: (n.low, n.high) for r in reports_of(parse(text)) for n in r.numbers}
    assert found.get("killed") == killed
    assert found.get("injured") == injured
    assert report.killed == (killed[0] if killed else None)
    assert all(text[n.start : n.end] == n.text for n in report.numbers)


def test_the_act_and_what_it_did_are_one_report(parse: Parser) -> None:
    report = only(reports_of(parse("American air strikes killed five militants near the dam.")))
    assert brief(report) == ("ASSAULT", ["American"], ["five militants"])
    assert (report.mode, report.killed) == ("aerial", 5)


def test_the_size_of_a_protest(parse: Parser) -> None:
    assert only(reports_of(parse("About 5,000 students protested against the government."))).size == 5000


def test_a_report_belongs_to_the_innermost_statement(parse: Parser) -> None:
    text = "The ministry said that rebels attacked the army."
    statement = said(text, "that rebels attacked the army", "said", "say")
    report = only(reports_of(parse(text), narrator(text), statement))
    assert (report.statement, *brief(report)) == ("s1", "ASSAULT", ["rebels"], ["army"])


def test_a_cue_that_is_an_act_belongs_to_the_voice_around_it(parse: Parser) -> None:
    text = "The ministry accused the rebels of attacking the army."
    statement = said(text, "the rebels of attacking the army", "accused", "accuse")
    found = {report.statement: brief(report) for report in reports_of(parse(text), narrator(text), statement)}
    assert found == {
        "s0": ("ACCUSE", ["ministry"], ["rebels"]),
        "s1": ("ASSAULT", ["rebels"], ["army"]),
    }


def test_ids_are_stable_and_apart(parse: Parser) -> None:
    text = "Rebels attacked the army and abducted two nurses. The army arrested six students."
    first, second = (reports_of(parse(text)) for _ in range(2))
    assert [r.id for r in first] == [r.id for r in second]
    assert len({r.id for r in first}) == len(first) == 3


def test_spans_quote_the_text(parse: Parser) -> None:
    text = "“The ‘army’s’ men,” he said, attacked the — so-called — rebels’ base on Monday."
    for report in reports_of(parse(text)):
        for span in (report.trigger, *report.actors, *report.recipients, *report.numbers):
            assert text[span.start : span.end] == span.text


def tied(parse: Parse, *statements: Statement) -> tuple[tuple[Report, ...], tuple[Note, ...]]:
    reports = reports_of(parse, *statements)
    return tie_reports(article_of(parse.text), parse, statements, reports, load_language("en"))


def test_a_definite_noun_inherits_parties(parse: Parser) -> None:
    text = "Norwegian air strikes hit militants on Monday. A general denied the strikes."
    parsed = parse(text)
    statement = said(text, "the strikes", "denied", "deny")
    reports, notes = tied(parsed, narrator(text), statement)
    first, second = reports
    assert brief(first) == ("ASSAULT", ["Norwegian"], ["militants"])
    assert (second.statement, *brief(second)) == ("s1", "ASSAULT", ["Norwegian"], ["militants"])
    assert (second.refers_to, second.mode) == (first.id, "aerial")
    assert [note.code for note in notes] == ["party-inherited"]


def test_a_bare_refusal_points_to_what_was_reported(parse: Parser) -> None:
    text = "Rebels attacked the army on Monday. A spokesman declined to comment."
    statement = said(text, "", "declined to comment", "decline")
    reports, _ = tied(parse(text), narrator(text), statement)
    assert (reports[1].statement, reports[1].type, reports[1].refers_to) == ("s1", "ASSAULT", reports[0].id)
    assert texts(reports[1].actors) == ["Rebels"]


def test_a_general_noun_points_to_a_happening_that_it_can_stand_for(parse: Parser) -> None:
    text = "Rebels attacked the army on Monday. The envoy visited Norway. A general confirmed the operation."
    statement = said(text, "the operation", "confirmed", "confirm")
    reports, _ = tied(parse(text), narrator(text), statement)
    assert [report.type for report in reports] == ["ASSAULT", "CONSULT", "ASSAULT"]
    assert reports[2].refers_to == reports[0].id


def test_a_position_on_what_no_type_covers_stays_untyped(parse: Parser) -> None:
    text = "Rebels attacked the army on Monday. The chairman denied that the fund had lost money."
    statement = said(text, "that the fund had lost money", "denied", "deny")
    reports, notes = tied(parse(text), narrator(text), statement)
    position = reports[1]
    assert (position.type, position.quad, position.refers_to) == (None, None, None)
    assert [note.code for note in notes] == ["untyped"]


def test_a_refusal_on_nothing_known_is_noted(parse: Parser) -> None:
    text = "The fund lost money. A spokesman declined to comment."
    statement = said(text, "", "declined to comment", "decline")
    reports, notes = tied(parse(text), narrator(text), statement)
    assert [(report.statement, report.type) for report in reports] == [("s1", None)]
    assert [note.code for note in notes] == ["referent-unresolved", "untyped"]


def test_the_other_side_of_what_we_do_together(parse: Parser) -> None:
    text = (
        "Cooperation between Norway and Sweden grew. “That is not something that we are coordinating,” the envoy said."
    )
    statement = said(text, "“That is not something that we are coordinating,”", "said", "say")
    parsed = parse(text)
    reports = reports_of(parsed, narrator(text), statement)
    coded = tuple(
        replace(
            report,
            actors=tuple(_coded(party) for party in report.actors),
            recipients=tuple(_coded(party) for party in report.recipients),
        )
        for report in reports
    )
    result, _ = tie_reports(article_of(text), parsed, (narrator(text), statement), coded, load_language("en"))
    assert (result[1].type, result[1].negated) == ("COOPERATE", True)
    assert [party.country for party in result[1].actors] == ["NOR"]
    assert [party.country for party in result[1].recipients] == ["SWE"]


def _coded(party: Party) -> Party:
    country = {"we": "NOR", "Norway": "NOR", "Sweden": "SWE"}[party.text]
    return replace(party, name=party.text, country=country)


def test_a_noun_that_points_to_nothing_is_no_report(parse: Parser) -> None:
    text = "“The strikes must end,” the envoy said."
    statement = said(text, "“The strikes must end,”", "said", "say")
    assert tied(parse(text), narrator(text), statement) == ((), ())


def test_reports_of_real_statements(parse: Parser) -> None:
    text = (
        "Norwegian air strikes hit militants near the dam on Monday. "
        "A Swedish official confirmed the strikes. The ministry declined to comment on the reports."
    )
    article, parsed = article_of(text), parse(text)
    language = load_language("en")
    found, _ = find_statements(article, parsed, language)
    statements = (narrator_statement(article, parsed, found), *found)
    reports = find_reports(article, parsed, statements, load_ontology(), language)
    reports, _ = tie_reports(article, parsed, statements, reports, language)
    classes = {statement.id: statement.cue_class for statement in statements}
    assert {(classes[r.statement], r.type) for r in reports} == {
        (None, "ASSAULT"),
        ("confirm", "ASSAULT"),
        ("decline", "ASSAULT"),
    }


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


@pytest.mark.parametrize(
    ("text", "actor", "recipient", "kind"),
    [
        ("Norway accused Sweden of spying on its ships.", "Norway", "Sweden", "ACCUSE"),
        ("Rebels fired rockets at the border town of the republic.", "Rebels", "republic", "ASSAULT"),
        ("Denmark will send food to the refugees.", "Denmark", "refugees", "AGREE"),
        ("The union will not hold talks with the company.", "union", "company", "REJECT"),
        ("The general will attack the rebels.", "general", "rebels", "THREATEN"),
        ("Police detained a student while the army praised the mayor.", "army", "mayor", "SUPPORT"),
    ],
)
def test_relation_of_given_parties(parse: Parser, text: str, actor: str, recipient: str, kind: str) -> None:
    coding = code_relation(parse(text), span(text, actor), span(text, recipient), load_ontology())
    assert coding.type == kind
    assert coding.quad == load_ontology().quad_of(kind)
    assert sum(coding.scores.values()) == pytest.approx(1)
    assert set(coding.scores) == set(load_ontology().types)
    assert max(coding.scores, key=lambda code: coding.scores[code]) == kind


def test_a_relation_is_always_one_of_the_types(parse: Parser) -> None:
    text = "The orchard lies between Norway and Sweden."
    coding = code_relation(parse(text), span(text, "Norway"), span(text, "Sweden"), load_ontology())
    assert coding.type in load_ontology().types


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The general blamed the ambush on the Karvian militia.", ("ASSAULT", ["Karvian militia"], [])),
        ("The tribe, whose fighters attacked a convoy, fled.", ("ASSAULT", ["tribe"], ["convoy"])),
        ("The village suffered a wave of attacks by rebels.", ("ASSAULT", ["rebels"], ["village"])),
        ("Smugglers were behind the ambush of a patrol.", ("ASSAULT", ["Smugglers"], ["patrol"])),
        ("A boy stood in the street after shelling by rebels.", ("ASSAULT", ["rebels"], [])),
        ("Police cordoned off the square.", ("COERCE", ["Police"], ["square"])),
        (
            "Villagers said in a report that two nurses had been beaten by guards.",
            ("ASSAULT", ["guards"], ["two nurses"]),
        ),
        ("The governor sent troops against the rebels.", ("MOBILIZE", ["governor"], ["rebels"])),
    ],
)
def test_parties_where_the_grammar_is_loose(parse: Parser, text: str, wanted: tuple[str, list[str], list[str]]) -> None:
    assert wanted in [brief(report) for report in reports_of(parse(text))]


def test_each_of_the_two_accused_the_other(parse: Parser) -> None:
    report = only(reports_of(parse("The army accused the other of lying.")))
    assert brief(report) == ("ACCUSE", ["army"], ["other"])


def test_what_follows_from_a_deed_leaves_its_name_to_the_deed(parse: Parser) -> None:
    report = only(reports_of(parse("Gunmen ambushed a convoy on Monday, killing two drivers and wounding a nurse.")))
    assert brief(report) == ("ASSAULT", ["Gunmen"], ["convoy"])
    assert report.trigger.text == "ambushed"
    assert (report.killed, report.injured) == (2, 1)


def test_two_deeds_of_one_doer_stay_two(parse: Parser) -> None:
    reports = reports_of(parse("Demonstrators stormed the ministry and set it on fire."))
    assert [report.mode for report in reports] == [None, "destroy"]


def test_one_person_counts(parse: Parser) -> None:
    report = only(reports_of(parse("Gunmen killed a guard near the dam.")))
    assert (report.killed, report.numbers[0].text) == (1, "a guard")
    assert only(reports_of(parse("The fatal shooting of a driver by officers caused anger."))).killed == 1
    assert only(reports_of(parse("Gunmen attacked an army near the dam."))).killed is None


def test_the_hurt_of_the_next_sentence_belong_to_the_deed_before(parse: Parser) -> None:
    reports = reports_of(parse("Police used tear gas against students. Four people were slightly hurt."))
    assert [(report.type, report.injured) for report in reports] == [("ASSAULT", 4)]
    reports = reports_of(parse("Rebels killed two nurses. In all three people died."))
    assert [(report.type, report.killed) for report in reports] == [("ASSAULT", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "The minister, asked about the fire, said nothing.",
        "He was fired from his job at the bank.",
        "In May she gave birth in a hospital.",
        "The crew is set to launch a free service.",
        "They hit it off.",
    ],
)
def test_phrases_that_only_look_like_a_happening(parse: Parser, text: str) -> None:
    assert [brief(report) for report in reports_of(parse(text))] == []


def test_a_judgement_needs_no_other_side(parse: Parser) -> None:
    text = "The Norwegian minister condemned the decision. The Swedish envoy promised that the money would be paid."
    reports, _ = tied(parse(text), narrator(text))
    assert [(report.type, report.recipients) for report in reports] == [("ACCUSE", ()), ("AGREE", ())]


def test_between_private_persons_nothing_political_is_reported(parse: Parser) -> None:
    text = "Ann Moss met Carl Reed at a dance and thanked him."
    assert tied(parse(text), narrator(text)) == ((), ())


def test_one_more_of_its_kind_is_not_the_same(parse: Parser) -> None:
    text = "Miners went on strike over pay. A similar strike in 2009 lasted five weeks."
    (first, second), _ = tied(parse(text), narrator(text))
    assert (first.type, second.type, texts(second.actors)) == ("PROTEST", "PROTEST", ["Miners"])
    assert second.refers_to is None


def test_soldiers_are_sent_to_a_town_not_against_it(parse: Parser) -> None:
    text = "The army sent 200 soldiers to Brimstead."
    (report,), _ = tied(parse(text), narrator(text))
    assert brief(report) == ("MOBILIZE", ["army"], [])


def test_a_claim_points_to_the_statement_just_before(parse: Parser) -> None:
    text = (
        "Norwegian jets bombed the harbour. Swedish officials said rebels had kidnapped two nurses. "
        "The rebel leader denied the claim."
    )
    earlier = said(text, "rebels had kidnapped two nurses", "said", "say", "s1")
    denial = said(text, "the claim", "denied", "deny", "s2")
    reports, _ = tied(parse(text), narrator(text), earlier, denial)
    assert [(report.statement, report.type, report.mode) for report in reports] == [
        ("s0", "ASSAULT", "explosives"),
        ("s1", "ASSAULT", "abduct"),
        ("s2", "ASSAULT", "abduct"),
    ]


def test_those_reports_are_the_ones_just_told_even_where_no_type_covers_them(parse: Parser) -> None:
    text = (
        "Norwegian jets bombed the harbour. Swedish media said the fund had lost money. "
        "The bank declined to comment on those reports."
    )
    earlier = said(text, "the fund had lost money", "said", "say", "s1")
    refusal = said(text, "those reports", "declined to comment", "decline", "s2")
    reports, _ = tied(parse(text), narrator(text), earlier, refusal)
    assert [(report.statement, report.type) for report in reports] == [("s0", "ASSAULT"), ("s2", None)]


def test_a_refusal_is_on_what_happened_not_on_what_says_who_is_meant(parse: Parser) -> None:
    text = "Norwegian jets bombed a nurse whom rebels had kidnapped. A spokesman declined to comment."
    refusal = said(text, "", "declined to comment", "decline")
    reports, _ = tied(parse(text), narrator(text), refusal)
    assert [(report.statement, report.mode) for report in reports] == [
        ("s0", "explosives"),
        ("s0", "abduct"),
        ("s1", "explosives"),
    ]


def test_who_only_cites_another_hands_on_what_was_told(parse: Parser) -> None:
    def kept(text: str) -> list[tuple[str, str | None]]:
        statements = narrator(text), said(text, "two unnamed officials", "cited", "say")
        found = all_reports_of(parse(text), *statements)
        reports, _ = tie_reports(article_of(text), parse(text), statements, found, load_language("en"))
        return [(report.statement, report.type) for report in reports if report.type or report.statement == "s1"]

    citing = "The gazette cited two unnamed officials."
    assert kept(f"Rebels attacked the army on Monday. {citing}") == [("s0", "ASSAULT"), ("s1", "ASSAULT")]
    assert kept(citing) == []


def test_news_of_a_deed_is_on_the_deed(parse: Parser) -> None:
    text = "Rebels attacked the army on Monday. The news of the attack was first told by the gazette."
    statement = said(text, "The news of the attack", "told", "say")
    reports, _ = tied(parse(text), narrator(text), statement)
    assert [(report.statement, report.type, report.trigger.text) for report in reports] == [
        ("s0", "ASSAULT", "attacked"),
        ("s1", "ASSAULT", "attack"),
    ]
