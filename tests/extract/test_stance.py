"""Every row of the stance and certainty lexicons on its own example, and the grammar around them."""

import dataclasses
from collections.abc import Callable, Sequence

import pytest

from reportedly.errors import ResourceError
from reportedly.extract.stance import load_stances, rate_certainty, rate_stance
from reportedly.extract.stance.certainty import label_of
from reportedly.extract.stance.positions import judgement
from reportedly.language import load_language
from reportedly.parsing import Parse
from reportedly.reading import Reader
from reportedly.records import Party, Report, Source, Span, Statement
from tests.conftest import article_of

LEXICON = load_stances("en")
OPERATORS = [row for rows in LEXICON.operators.values() for row in rows]
WORDS = [row for rows in LEXICON.words.values() for row in rows]


def marked(example: str, marks: str) -> tuple[str, Span]:
    start, end = example.index(marks[0]), example.index(marks[1]) - 1
    text = example.replace(marks[0], "").replace(marks[1], "")
    return text, Span(start=start, end=end, text=text[start:end])


@pytest.mark.parametrize("row", OPERATORS, ids=lambda row: f"{row.word}-{row.role}")
def test_every_operator_on_its_example(row, parse: Callable[[str], Parse]) -> None:  # type: ignore[no-untyped-def]
    text, span = marked(row.example, "{}")
    found = rate_certainty(parse(text), span, load_language("en"))
    assert found.value == pytest.approx(row.value, abs=0.35), row.example


# Words that say nothing without what goes before or stands above them: read in whole.
READ_WHOLE = ("contrary", "refused")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize("row", [w for w in WORDS if w.scope in READ_WHOLE], ids=lambda row: f"{row.word}-{row.scope}")
def test_every_word_of_a_whole_text_on_its_example(row, reader: Reader) -> None:  # type: ignore[no-untyped-def]
    text, _ = marked(row.example, "[]")
    reading = reader.read(article_of(text))
    assert row.stance in [report.stance for report in reading.reports], row.example


def test_who_is_well_was_not_seized(reader: Reader) -> None:
    reading = reader.read(article_of("Rebels had seized a nurse, Ada Hill. A doctor said: “All is fine with Hill.”"))
    assert [report.stance for report in reading.reports] == ["asserts", "denies"]
    assert reading.reports[1].refers_to == reading.reports[0].id


@pytest.mark.parametrize(
    "row", [w for w in WORDS if w.scope not in READ_WHOLE], ids=lambda row: f"{row.word}-{row.scope}"
)
def test_every_stance_word_on_its_example(row, parse: Callable[[str], Parse]) -> None:  # type: ignore[no-untyped-def]
    text, span = marked(row.example, "[]")
    tree = parse(text)
    tokens = tree.tokens_in(span.start, span.end)
    said = [t for t in range(len(tree)) if tree.lower[t] in ("said", "spoke")]
    stop = range(said[0], said[0] + 1) if said else range(0)
    assert judgement(tree, tokens.start, LEXICON, stop) == row.stance, row.example


def report_at(text: str, word: str, **fields: object) -> Report:
    start = text.index(word)
    trigger = Span(start=start, end=start + len(word), text=word)
    return Report(id="r", statement="s", type="ASSAULT", quad="material conflict", trigger=trigger, **fields)  # type: ignore[arg-type]


def statement(text: str, cue: str, cue_class: str) -> Statement:
    start = text.index(cue)
    span = Span(start=start, end=start + len(cue), text=cue)
    source = Source(text="mayor", start=4, end=9, kind="official")
    return Statement(id="s", source=source, cue=span, cue_class=cue_class, content=(), quote="indirect")


@pytest.mark.parametrize(
    ("text", "cue", "cue_class", "word", "stance", "certainty"),
    [
        ("The mayor said rebels attacked the town.", "said", "say", "attacked", "asserts", "CT+"),
        ("The mayor said rebels may have attacked the town.", "said", "say", "attacked", "asserts", "PS+"),
        ("The mayor said rebels had not attacked the town.", "said", "say", "attacked", "denies", "CT-"),
        ("The mayor denied that rebels attacked the town.", "denied", "deny", "attacked", "denies", "CT-"),
        ("The mayor confirmed that rebels attacked the town.", "confirmed", "confirm", "attacked", "confirms", "CT+"),
        ("The mayor confirmed that no attack took place.", "confirmed", "confirm", "attack", "denies", "CT-"),
        ("The mayor declined to comment on the attack.", "declined to comment", "decline", "attack", "declines", "UU"),
        ("The mayor said the reports of an attack were not true.", "said", "say", "attack", "denies", "CT-"),
        ("The mayor condemned the attack.", "condemned", "condemn", "attack", "condemns", "CT+"),
        ("The mayor said that if rebels attack the camp, it is positive.", "said", "say", "attack", "endorses", "UU"),
    ],
)
def test_stance_of_a_statement(
    text: str, cue: str, cue_class: str, word: str, stance: str, certainty: str, parse: Callable[[str], Parse]
) -> None:
    report = report_at(text, word, modality="conditional" if " if " in text else "actual")
    source = statement(text, cue, cue_class)
    (rated,), _ = rate_stance(article_of(text), parse(text), (source,), (report,), load_language("en"))
    assert (rated.stance, rated.certainty) == (stance, certainty)
    assert dataclasses.replace(rated, stance=report.stance, certainty=report.certainty) == report


def test_labels_follow_the_value() -> None:
    found = [label_of(value) for value in (3.0, 2.0, 1.0, 0.0, -1.0, -1.4, -2.6)]
    assert found == ["CT+", "PR+", "PS+", "UU", "PS-", "PR-", "CT-"]


def test_a_bad_row_is_named(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "stance.csv").write_text("word,pos,scope,stance,example\nfalse,adj,nowhere,denies,x\n")
    monkeypatch.setattr("reportedly.extract.stance.lexicon.data_path", lambda name: tmp_path / name.split("/")[-1])
    with pytest.raises(ResourceError, match=r"stance\.csv:2"):
        load_stances.__wrapped__("xx")


def read_positions(text: str, statements: Sequence[Statement], reports: Sequence[Report], tree: Parse) -> list[Report]:
    rated, _ = rate_stance(article_of(text), tree, statements, reports, load_language("en"))
    return [report for report in rated if report.id not in {known.id for known in reports}]


def said(text: str, cue: str, content: str, quote: str = "indirect") -> Statement:
    start, at = text.index(cue), text.index(content)
    return Statement(
        id="said",
        source=Source(text="ministry", start=4, end=12, kind="organisation"),
        cue=Span(start=start, end=start + len(cue), text=cue),
        cue_class="say",
        content=(Span(start=at, end=at + len(content), text=content),),
        quote=quote,  # type: ignore[arg-type]
    )


STORM = "Rebels stormed the harbour on Monday, a trader said. "


@pytest.mark.parametrize(
    ("sentence", "content", "stance", "word"),
    [
        ("The ministry said that simply is not true.", "that simply is not true", "denies", "that simply is not true"),
        ("The ministry said the claims were untrue.", "the claims were untrue", "denies", "claims"),
        ("The ministry said the claims had not been proven.", "the claims had not been proven", "doubts", "claims"),
        ("The ministry said the account was of dubious value.", "the account was of dubious value", "doubts", "account"),
        ("The ministry said it had nothing to sell.", "it had nothing to sell", None, None),
        ("The ministry said it had nothing to add to the report.", "it had nothing to add to the report", "declines", "report"),
        ("The ministry said there were doubts about the account.", "there were doubts about the account", "doubts", "account"),
        ("The ministry said there was no doubt about the account.", "there was no doubt about the account", None, None),
        ("The ministry said the rebels had not stormed it.", "the rebels had not stormed it", "denies", "stormed"),
        ("The ministry said if the claims are untrue, it is sorry.", "if the claims are untrue, it is sorry", None, None),
        ("The ministry said it could not vouch for the video.", "it could not vouch for the video", "declines", "video"),
        ("The ministry said it did not know if rebels came.", "it did not know if rebels came", "declines", "came"),
        ("The ministry said analysts were examining the video.", "analysts were examining the video", "declines", "video"),
        ("The ministry said surgeons were examining the wounded.", "surgeons were examining the wounded", None, None),
        ("The ministry said there were no rebels in the harbour.", "there were no rebels in the harbour", "denies", "rebels"),
        ("The ministry said the harbour would not close.", "the harbour would not close", None, None),
        ("The ministry said it could never happen.", "it could never happen", None, None),
        ("The ministry said bread was not cheap.", "bread was not cheap", None, None),
    ],
)  # fmt: skip
def test_positions_that_no_cue_gives(
    sentence: str, content: str, stance: str | None, word: str | None, parse: Callable[[str], Parse]
) -> None:
    text = STORM + sentence
    report = dataclasses.replace(report_at(text, "stormed"), actors=(party(text, "Rebels"),))
    voice = dataclasses.replace(said(text, "said. ", STORM[:36]), id="s")
    ministry = said(text, "said", content)
    start = text.index("said", len(STORM))
    ministry = dataclasses.replace(ministry, cue=Span(start=start, end=start + 4, text="said"))
    found = read_positions(text, (voice, ministry), (report,), parse(text))
    assert [(r.stance, r.trigger.text) for r in found] == ([(stance, word)] if stance else [])


def party(text: str, words: str) -> Party:
    start = text.index(words)
    return Party(mention=None, text=words, start=start, end=start + len(words))


def test_a_position_takes_over_what_it_points_back_to(parse: Callable[[str], Parse]) -> None:
    text = STORM + "The ministry said that was false."
    report = dataclasses.replace(report_at(text, "stormed"), actors=(party(text, "Rebels"),))
    voice = dataclasses.replace(said(text, "said. ", STORM[:36]), id="s")
    ministry = dataclasses.replace(said(text, "said that", "that was false"), cue=None)
    (found,) = read_positions(text, (voice, ministry), (report,), parse(text))
    assert (found.type, found.actors, found.refers_to) == ("ASSAULT", report.actors, "r")
    _, notes = rate_stance(article_of(text), parse(text), (voice, ministry), (report,), load_language("en"))
    assert [(note.code, note.detail) for note in notes] == [("party-inherited", "r")]


def test_a_position_on_nothing_told_has_no_type(parse: Callable[[str], Parse]) -> None:
    text = "The ministry said the rumour was untrue."
    tree = parse(text)
    rated, notes = rate_stance(
        article_of(text), tree, (said(text, "said", "the rumour was untrue"),), (), load_language("en")
    )
    assert [(report.type, report.refers_to, report.stance) for report in rated] == [(None, None, "denies")]
    assert [note.code for note in notes] == ["untyped"]


def test_the_outlet_doubts_in_its_own_voice(parse: Callable[[str], Parse]) -> None:
    text = "It is unclear whether the rebels left. It is unclear who paid them. We cannot say whether they left."
    whole = Span(start=0, end=len(text), text=text)
    narrator = Statement(
        id="n", source=Source(kind="narrator"), cue=None, cue_class=None, content=(whole,), quote="indirect"
    )
    (found,) = read_positions(text, (narrator,), (), parse(text))
    assert (found.stance, found.trigger.text) == ("doubts", "left")


@pytest.mark.parametrize(
    ("text", "cue", "cue_class", "word", "source", "stance"),
    [
        ("The mayor backed up the claims.", "backed up", "endorse", "claims", True, "confirms"),
        ("The mayor backed the ceasefire.", "backed", "endorse", "ceasefire", True, "endorses"),
        ("The attack could not be verified.", "could not be verified", "decline", "attack", False, "doubts"),
    ],
)
def test_a_cue_on_a_claim(
    text: str, cue: str, cue_class: str, word: str, source: bool, stance: str, parse: Callable[[str], Parse]
) -> None:
    voice = statement(text, cue, cue_class)
    voice = voice if source else dataclasses.replace(voice, source=None)
    (rated,), _ = rate_stance(article_of(text), parse(text), (voice,), (report_at(text, word),), load_language("en"))
    assert rated.stance == stance


@pytest.mark.parametrize(
    ("text", "word", "label"),
    [
        ("The mayor did not know that the rebels attacked the town.", "attacked", "CT+"),
        ("The bridge is not safe.", "safe", "CT-"),
        ("Two men were held; nobody was charged.", "held", "CT+"),
        ("The rebels did not continue to shell the town.", "shell", "CT-"),
        ("The decision to close the bridge surprised the town.", "close", "PS+"),
    ],
)
def test_what_bears_on_an_event(text: str, word: str, label: str, parse: Callable[[str], Parse]) -> None:
    start = text.index(word)
    span = Span(start=start, end=start + len(word), text=word)
    assert rate_certainty(parse(text), span, load_language("en")).label == label
