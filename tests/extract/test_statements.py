"""Who said what: quotations, indirect speech, refusals, chains and the outlet's own voice."""

from collections.abc import Callable, Sequence

import pytest

from reportedly.extract.statements import find_statements, narrator_statement
from reportedly.extract.statements.quotes import find_quotes
from reportedly.language import Language, load_language
from reportedly.parsing import Parse, read_conllu
from reportedly.records import Note, Statement
from tests.conftest import article_of

Parser = Callable[[str], Parse]


@pytest.fixture(scope="module")
def language() -> Language:
    return load_language("en")


@pytest.fixture
def find(parse: Parser, language: Language) -> Callable[[str], tuple[Statement, ...]]:
    return lambda text: find_statements(article_of(text), parse(text), language)[0]


Find = Callable[[str], tuple[Statement, ...]]


def source(statement: Statement) -> str | None:
    return statement.source.text if statement.source else None


def content(statement: Statement) -> list[str]:
    return [span.text for span in statement.content]


def by_cue(statements: Sequence[Statement], word: str) -> Statement:
    return next(s for s in statements if s.cue is not None and word in s.cue.text.split())


def notes_of(parse: Parser, language: Language, text: str) -> list[Note]:
    return list(find_statements(article_of(text), parse(text), language)[1])


class TestQuotations:
    @pytest.mark.parametrize(
        ("text", "quotes"),
        [
            ("“We are ready,” said the mayor.", ["“We are ready,”"]),
            ('"We are ready," said the mayor.', ['"We are ready,"']),
            ("''We are ready,'' said the mayor.", ["''We are ready,''"]),
            ("‘We are ready,’ said the mayor.", ["‘We are ready,’"]),
            ("'We are ready,' said the mayor.", ["'We are ready,'"]),
            ("«We are ready», said the mayor.", ["«We are ready»"]),
            ("“He said ‘no’ to us,” the mayor said.", ["“He said ‘no’ to us,”"]),
            ("The mayor's car and the Smiths' house stood there.", []),
            ("It was in the '90s and it's over.", []),
            ("The pole was 6' 2\" long.", []),
        ],
    )
    def test_marks(self, parse: Parser, language: Language, text: str, quotes: list[str]) -> None:
        found = find_quotes(parse(text), language)
        assert [text[quote.start : quote.end] for quote in found] == quotes

    def test_a_quotation_over_paragraphs_opens_each_and_closes_once(self, find: Find) -> None:
        text = "“The harbour is closed,” the captain said. “We saw the fire.\n“Then the crane fell.”"
        (statement,) = find(text)
        assert source(statement) == "the captain"
        assert content(statement) == ["“The harbour is closed,”", "“We saw the fire.", "“Then the crane fell.”"]
        assert statement.quote == "direct"

    def test_a_quotation_that_goes_on_is_not_unbalanced_but_one_left_open_is(
        self, parse: Parser, language: Language
    ) -> None:
        text = "“The harbour is closed,” the captain said. “We saw the fire.\n“Then the crane fell.”"
        assert not notes_of(parse, language, text)
        broken = "“The harbour is closed, the captain said.\nShips waited outside."
        (note,) = [n for n in notes_of(parse, language, broken) if n.code == "unbalanced-quote"]
        assert broken[note.start : note.end] == "“The harbour is closed, the captain said."

    def test_split_quotation(self, find: Find) -> None:
        (statement,) = find("“And the reason,” the minister added, “was the cost of fuel.”")
        assert source(statement) == "the minister"
        assert content(statement) == ["“And the reason,”", "“was the cost of fuel.”"]

    def test_inverted_and_before(self, find: Find) -> None:
        after = find("“The dam will hold,” said Maria Ortega, an engineer.")[0]
        assert source(after) == "Maria Ortega, an engineer"
        before = find("The engineer said: “The dam will hold. We checked it twice.”")[0]
        assert content(before) == ["“The dam will hold. We checked it twice.”"]

    def test_an_age_between_name_and_verb(self, find: Find) -> None:
        statement = find("“We were wrong not to leave,” Ortega, 58, told reporters on Monday.")[0]
        assert source(statement) == "Ortega, 58"
        assert content(statement) == ["“We were wrong not to leave,”"]

    def test_mixed(self, find: Find) -> None:
        (statement,) = find("The minister said the attack was “a crime” and promised an inquiry.")[:1]
        assert statement.quote == "mixed"
        assert "“a crime”" in content(statement)[0]

    def test_a_following_quotation_belongs_to_the_same_speaker(self, find: Find) -> None:
        (statement,) = find("“The dam will hold,” the engineer said. “We checked it twice this week.”")
        assert content(statement) == ["“The dam will hold,”", "“We checked it twice this week.”"]

    def test_what_stands_inside_a_quotation_is_no_statement_of_its_own(self, find: Find) -> None:
        (statement,) = find("“I think that the rebels want to talk,” the envoy said.")
        assert source(statement) == "the envoy"

    def test_hyphenated_names_stay_whole(self, find: Find) -> None:
        (statement,) = find("“And the reason,” al-Karim added, “was because they left.”")
        assert source(statement) == "al-Karim"


class TestIndirectSpeech:
    def test_plain(self, find: Find) -> None:
        (statement,) = find("A senior official said on Monday that the bridge had been hit.")
        assert (source(statement), statement.cue_class) == ("A senior official", "say")
        assert content(statement) == ["that the bridge had been hit"]
        assert statement.quote == "indirect"
        assert statement.source is not None
        assert statement.source.kind == "official"

    def test_at_the_end_and_in_the_middle(self, find: Find) -> None:
        assert content(find("The bridge was hit, officials said.")[0]) == ["The bridge was hit"]
        middle = find("The bridge, officials said, was hit at night.")[0]
        assert source(middle) == "officials"
        assert " ".join(content(middle)) == "The bridge was hit at night"

    def test_according_to(self, find: Find) -> None:
        (statement,) = find("Two ships sank, according to the port authority.")
        assert source(statement) == "the port authority"
        assert content(statement) == ["Two ships sank"]
        assert statement.cue is not None
        assert statement.cue.text == "according to"

    def test_quoted_as_saying(self, find: Find) -> None:
        statement = find("The colonel was quoted as saying that the town had fallen.")[0]
        assert source(statement) == "The colonel"
        assert content(statement) == ["that the town had fallen"]

    def test_no_source_is_none_with_a_note(self, parse: Parser, language: Language) -> None:
        text = "It was claimed that the town had fallen."
        statements, notes = find_statements(article_of(text), parse(text), language)
        assert statements[0].source is None
        assert [note.code for note in notes] == ["source-absent"]

    def test_noun_cues(self, find: Find) -> None:
        claim = find("The minister's claim that the airport was in ruins angered the pilots.")[0]
        assert (source(claim), content(claim)) == ("The minister", ["that the airport was in ruins"])
        denial = by_cue(find("The ministry issued a denial of the report."), "denial")
        assert (source(denial), denial.cue_class, content(denial)) == ("The ministry", "deny", ["the report"])
        assert denial.cue is not None
        assert denial.cue.text == "issued a denial of"

    def test_a_statement_saying_is_one_statement_by_who_issues_it(self, find: Find) -> None:
        (statement,) = find("The ministry issued a statement saying that the talks would resume.")
        assert source(statement) == "The ministry"
        assert statement.cue is not None
        assert statement.cue.text == "issued a statement saying"
        assert content(statement) == ["that the talks would resume"]

    def test_asked_without_a_subject_has_no_source(self, find: Find) -> None:
        statements = find("Asked whether the dam would hold, the engineer said it was safe.")
        assert source(by_cue(statements, "Asked")) is None
        assert source(by_cue(statements, "said")) == "the engineer"

    def test_moods_within_speech_are_the_speakers(self, find: Find) -> None:
        (statement,) = find("The envoy said that the rebels want to talk.")
        assert source(statement) == "The envoy"

    def test_who_confirmed_is_who_gave_no_details(self, find: Find) -> None:
        found = find("A coast guard officer confirmed that a foreign boat had been seized but gave no details.")
        assert {source(one) for one in found} == {"A coast guard officer"}

    def test_two_that_hold_each_other_do_not_run_in_a_circle(self, find: Find) -> None:
        found = find("The ship was reportedly lost off Benin, the coast guard said.")
        assert {one.cue_class for one in found} == {"say", "report"}
        assert {one.within is None for one in found if one.source is not None} == {True}

    def test_denial_within_speech_is_kept_and_nested(self, find: Find) -> None:
        statements = find("The envoy said that the rebels denied the attack.")
        outer, inner = by_cue(statements, "said"), by_cue(statements, "denied")
        assert inner.within == outer.id
        assert (source(inner), inner.cue_class) == ("the rebels", "deny")


class TestPositions:
    @pytest.mark.parametrize(
        ("text", "who", "kind", "what"),
        [
            ("The army declined to comment on the raid.", "The army", "decline", ["the raid"]),
            ("The army declined to comment.", "The army", "decline", []),
            ("The navy could not confirm the report.", "The navy", "decline", ["the report"]),
            ("The army would neither confirm nor deny the raid.", "The army", "decline", ["the raid"]),
            ("The ministry did not respond to questions.", "The ministry", "decline", ["questions"]),
            ("The ministry has yet to comment on the raid.", "The ministry", "decline", ["the raid"]),
            ("The ministry denied the attack.", "The ministry", "deny", ["the attack"]),
            ("The ministry denied that it had sent troops.", "The ministry", "deny", ["that it had sent troops"]),
            ("The ministry dismissed the reports as rumours.", "The ministry", "deny", ["the reports as rumours"]),
            ("The ministry rejected reports of a coup.", "The ministry", "deny", ["reports of a coup"]),
            ("The ministry called the claims baseless.", "The ministry", "deny", ["the claims baseless"]),
            ("Officials called the strikes positive.", "Officials", "endorse", ["the strikes positive"]),
            ("The bishop called the raid a crime.", "The bishop", "condemn", ["the raid a crime"]),
            ("The army confirmed that a ship had sunk.", "The army", "confirm", ["that a ship had sunk"]),
            ("The council condemned the raid.", "The council", "condemn", ["the raid"]),
        ],
    )
    def test_classes(self, find: Find, text: str, who: str, kind: str, what: list[str]) -> None:
        statement = find(text)[0]
        assert (source(statement), statement.cue_class, content(statement)) == (who, kind, what)

    def test_no_acknowledgment_acknowledges_nothing(self, find: Find) -> None:
        assert not [s for s in find("There was no acknowledgment of the raid.") if s.cue_class == "confirm"]


class TestChainsAndChannels:
    def test_told_an_outlet(self, find: Find) -> None:
        (statement,) = find("A local official told Reuters that the town had fallen.")
        assert (source(statement), statement.relayed_by) == ("A local official", "Reuters")
        (other,) = find("The mayor told the council that the town had fallen.")
        assert other.relayed_by is None

    def test_citing(self, find: Find) -> None:
        for text in (
            "Reuters reported, citing the ministry, that the town had fallen.",
            "The town had fallen, Reuters reported, citing the ministry.",
        ):
            (statement,) = find(text)
            assert (source(statement), statement.relayed_by) == ("the ministry", "Reuters")
            assert "the town had fallen" in content(statement)[0].lower()
            assert "citing" not in content(statement)[0]

    def test_an_outlet_at_the_end_relays(self, find: Find) -> None:
        statements = find("Officials confirmed that the town had fallen, The Daily Herald reports.")
        inner, outer = by_cue(statements, "confirmed"), by_cue(statements, "reports")
        assert (source(inner), inner.relayed_by, inner.within) == ("Officials", "The Daily Herald", outer.id)
        assert content(inner) == ["that the town had fallen"]

    @pytest.mark.parametrize(
        "text",
        [
            "The Daily Herald quoted a doctor as saying that the town had fallen.",
            "According to a doctor quoted by The Daily Herald, the town had fallen.",
        ],
    )
    def test_quoted_by_an_outlet(self, find: Find, text: str) -> None:
        (statement,) = find(text)
        assert "a doctor" in (source(statement) or "")
        assert statement.relayed_by == "The Daily Herald"

    def test_what_the_same_source_goes_on_to_say_is_relayed_too(self, find: Find) -> None:
        statements = find(
            "A doctor told Reuters that the town had fallen. He said that people fled.\n"
            "The mayor said that the town held. He said that nobody fled."
        )
        assert [s.relayed_by for s in statements] == ["Reuters", "Reuters", None, None]

    @pytest.mark.parametrize(
        ("text", "channel"),
        [
            ("“The dam will hold,” he said in a televised interview.", "a televised interview"),
            ("“The dam will hold,” he told a news conference in Geneva.", "a news conference in Geneva"),
            ("He said in a statement that the dam would hold.", "a statement"),
            ("He said on Monday that the dam would hold.", None),
        ],
    )
    def test_channel(self, find: Find, text: str, channel: str | None) -> None:
        found = find(text)[0].channel
        assert (found.text if found else None) == channel


class TestLabels:
    def test_a_speaker_before_a_colon(self, find: Find) -> None:
        (statement,) = find("Maria Ortega: The dam will hold.")
        assert source(statement) == "Maria Ortega"
        assert content(statement) == ["The dam will hold."]

    @pytest.mark.parametrize("text", ["Update: The dam will hold.", "The dam: a short history of its walls."])
    def test_a_heading_before_a_colon_is_no_speaker(self, find: Find, text: str) -> None:
        assert find(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \r\n ",
        "”",
        "“",
        "'' ''",
        ":",
        "A:",
        "“\n“",
        "said",
        "“said”",
        "said “",
        "Said, said, said.",
        "\u202eقال 😀 said",
    ],
)
def test_odd_texts(parse: Parser, language: Language, text: str) -> None:
    statements, notes = find_statements(article_of(text), parse(text), language)
    narrator = narrator_statement(article_of(text), parse(text), statements)
    for statement in (*statements, narrator):
        for span in statement.content:
            assert text[span.start : span.end] == span.text
    assert {note.code for note in notes} <= {"source-absent", "unbalanced-quote"}


class TestNarrator:
    def test_the_rest_is_the_narrators(self, parse: Parser, language: Language) -> None:
        text = "Jets bombed a bridge on Sunday. The army denied the attack. Ten people fled."
        parsed = parse(text)
        article = article_of(text)
        statements = find_statements(article, parsed, language)[0]
        narrator = narrator_statement(article, parsed, statements)
        assert narrator.is_narrator
        assert narrator.cue is None
        assert content(narrator) == ["Jets bombed a bridge on Sunday.", "Ten people fled."]

    def test_an_empty_article_has_an_empty_narrator(self, parse: Parser, language: Language) -> None:
        article = article_of("")
        assert find_statements(article, parse(""), language) == ((), ())
        assert narrator_statement(article, parse(""), ()).content == ()


def test_every_span_quotes_the_article_and_ids_differ(parse: Parser, language: Language) -> None:
    text = (
        "“We are ready,” said the mayor.\r\n\r\nThe army, officials say, denied that it “fired first”. "
        "He told Reuters: “No\xa0comment.”\r\nAsked if the town fell, she said it did, according to the ministry."
    )
    statements = find_statements(article_of(text), parse(text), language)[0]
    assert len({s.id for s in statements}) == len(statements) >= 4
    for statement in statements:
        spans = [*statement.content, *(span for span in (statement.cue, statement.channel) if span)]
        for span in spans:
            assert text[span.start : span.end] == span.text
        if statement.source is not None:
            assert text[statement.source.start : statement.source.end] == statement.source.text


def test_a_reader_without_a_model(language: Language) -> None:
    parsed = read_conllu(
        """
1 Officials official NOUN NNS _ 2 nsubj _ _
2 denied deny VERB VBD _ 0 ROOT _ _
3 that that SCONJ IN _ 6 mark _ _
4 jets jet NOUN NNS _ 6 nsubj _ _
5 had have AUX VBD _ 6 aux _ _
6 bombed bomb VERB VBN _ 2 ccomp _ _
7 it it PRON PRP _ 6 dobj _ SpaceAfter=No
8 . . PUNCT . _ 2 punct _ _
"""
    )
    (statement,) = find_statements(article_of(parsed.text), parsed, language)[0]
    assert (source(statement), statement.cue_class, content(statement)) == (
        "Officials",
        "deny",
        ["that jets had bombed it"],
    )


class TestTornSentences:
    """Sentences that the parser takes apart: subject and clause are read off the order of the words."""

    def test_a_channel_at_the_end(self, find: Find) -> None:
        statement = find(
            "Rockets fell on the depot on Tuesday, the Libyan television channel Al-Ahrar reported, quoting an officer."
        )[0]
        assert source(statement) == "an officer"
        assert content(statement) == ["Rockets fell on the depot on Tuesday"]

    def test_two_kinds_of_witness(self, find: Find) -> None:
        (statement,) = find("Two bombs went off on Friday, killing 20 people and injuring some 40 others, police said.")
        assert source(statement) == "police"
        (statement,) = find(
            "Two bombs went off on Friday, killing 20 people and injuring some 40 others, police and witnesses said."
        )
        assert source(statement) == "police and witnesses"

    def test_a_phone_is_nobody(self, find: Find) -> None:
        (statement,) = find("“We have no such ships,” one of them, Sheikh Omar Tarik, said by phone.")
        assert source(statement) == "one of them, Sheikh Omar Tarik"
        assert statement.channel is not None
        assert statement.channel.text == "phone"

    def test_a_clause_that_the_parser_ties_to_the_conference(self, find: Find) -> None:
        statement = find("The deputy told a press conference that soldiers had fired in the air.")[0]
        assert content(statement) == ["that soldiers had fired in the air"]

    def test_after_residents_reported(self, find: Find) -> None:
        found = find(
            "The government denied that there had been a raid, after residents of the port, Kell, "
            "reported hearing shots near the pier."
        )
        assert [source(statement) for statement in found] == ["The government", "residents of the port, Kell"]

    def test_a_semicolon_parts_sentences(self, find: Find) -> None:
        statement = find("The guards had beaten a man; a police spokesman said that was untrue.")[0]
        assert content(statement) == ["that was untrue"]
        assert statement.cue_class == "deny"


class TestWhoseVerb:
    """Verbs that hang inside what is said but are the speaker's."""

    def test_a_participle_after_what_is_said(self, find: Find) -> None:
        first, second = find("Moreno argued that a list would keep people out, saying it was all about order.")
        assert content(first) == ["that a list would keep people out"]
        assert source(second) == "Moreno"
        assert second.within is None

    def test_a_coordinated_verb_whose_subject_cannot_speak(self, find: Find) -> None:
        first, second = find(
            "The navy confirmed that an air raid took place but insisted that its own planes had carried it out."
        )
        assert content(first) == ["that an air raid took place"]
        assert source(second) == "The navy"

    def test_another_speaker_keeps_his_own(self, find: Find) -> None:
        found = find("The navy said that the minister had lied and denied that he had resigned.")
        assert all(statement.within is not None for statement in found if statement.cue_class == "deny")


class TestWhatIsLeftOut:
    """Relative clauses without an object, numbers, objections."""

    def test_an_offer_the_students_rejected(self, find: Find) -> None:
        statement = find("The mayor named a sum, an offer the students rejected last week.")[-1]
        assert (source(statement), content(statement)) == ("the students", ["an offer"])

    def test_hard_to_believe(self, find: Find) -> None:
        statement = find("It was a story that the neighbours found hard to believe.")[-1]
        assert (source(statement), statement.cue_class, content(statement)) == ("the neighbours", "doubt", ["a story"])

    def test_putting_the_toll_at_a_number(self, find: Find) -> None:
        (statement,) = find("A police commissioner put the death toll at 18.")
        assert (source(statement), content(statement)) == ("A police commissioner", ["the death toll at 18"])
        assert not find("The commissioner put the file at the end of the shelf.")

    def test_having_done(self, find: Find) -> None:
        (statement,) = find("The minister, however, denied having made any concession.")
        assert content(statement) == ["having made any concession"]

    def test_what_an_outlet_hands_on_is_theirs_who_said_it(self, find: Find) -> None:
        found = find("Belarus called the move an economic war, the state news agency BelTA reported.")
        assert [source(statement) for statement in found] == ["Belarus", "the state news agency BelTA"]
        assert found[0].relayed_by == "the state news agency BelTA"


class TestChainsThroughNames:
    """Outlets that only their form or the word before them gives away."""

    @pytest.mark.parametrize(
        ("sentence", "speaker", "outlet"),
        [
            (
                "Radio Kell, citing hospital staff, reported that five patients had died.",
                "hospital staff",
                "Radio Kell",
            ),
            (
                "The mine had opposed the plan, the Porto newspaper O Farol reported, citing a union official.",
                "a union official",
                "the Porto newspaper O Farol",
            ),
            ("The pilot was alive, Xinhua quoted the navy as saying.", "the navy", "Xinhua"),
            ("The pilot was alive, the navy was quoted as saying by Xinhua.", "the navy", "Xinhua"),
        ],
    )
    def test_who_says_and_through_whom(self, find: Find, sentence: str, speaker: str, outlet: str) -> None:
        (statement,) = find(sentence)
        assert (source(statement), statement.relayed_by) == (speaker, outlet)

    def test_a_minister_who_cites_officials_speaks_himself(self, find: Find) -> None:
        statement = find("Moreno said the mine was closed, citing local officials.")[0]
        assert source(statement) == "Moreno"

    def test_quoted_as_ordering(self, find: Find) -> None:
        (statement,) = find("Reuters quoted the chief of staff as ordering his troops to comply with the truce.")
        assert (source(statement), statement.relayed_by) == ("the chief of staff", "Reuters")
        assert content(statement) == ["to comply with the truce"]
