"""Every rule of times.csv on its own example, news expressions against publication, and the times of reports."""

import csv
import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reportedly.errors import ResourceError
from reportedly.extract.times import calendar, find_times, resolve_time, resolve_times
from reportedly.extract.times.find import KINDS, find_all
from reportedly.extract.times.grammar import Grammar, Rule, load_grammar
from reportedly.extract.times.patterns import prefixes, read_pieces
from reportedly.extract.times.words import Words
from reportedly.language import load_language
from reportedly.parsing import Parse, read_conllu
from reportedly.records import Note, Report, Span
from reportedly.resources import data_path
from tests.conftest import article_of

PUBLISHED = dt.date(2014, 12, 4)  # a Thursday
RULES = load_grammar("en").rules


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_on_its_example(rule: Rule) -> None:
    found = [
        (one.span.text, one.span.value or "") for one in find_all(rule.example, PUBLISHED) if one.rule == rule.name
    ]
    assert found[:1] == [(rule.words, rule.value)]


NEWS = list(csv.DictReader((Path(__file__).parent / "news_times.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", NEWS, ids=lambda row: row["sentence"][:60])
def test_news_sentences(row: dict[str, str]) -> None:
    """Our own sentences in the styles of wires, war reports, relief updates and business news, each judged by hand."""
    spans = find_times(row["sentence"], PUBLISHED)
    assert "; ".join(f"{s.text} = {s.value} {s.first or ''}..{s.last or ''}" for s in spans) == row["times"]


def test_every_rule_has_a_known_kind_and_every_kind_a_rule() -> None:
    assert {rule.kind for rule in RULES} == set(KINDS)


@pytest.mark.parametrize(
    ("expression", "sentence", "first", "last"),
    [
        ("Monday", "The column left the depot on Monday.", "2014-12-01", "2014-12-01"),
        ("Thursday", "Two men were shot on Thursday.", "2014-12-04", "2014-12-04"),
        ("Saturday", "The envoys will meet on Saturday.", "2014-12-06", "2014-12-06"),
        ("Thursday", "Gates are scheduled to open Thursday.", "2014-12-04", "2014-12-04"),
        ("next Monday", "Talks begin next Monday.", "2014-12-08", "2014-12-08"),
        ("last Thursday", "They signed last Thursday.", "2014-11-27", "2014-11-27"),
        ("in June", "The dam burst in June.", "2014-06-01", "2014-06-30"),
        ("March", "The governor will step down in March.", "2015-03-01", "2015-03-31"),
        ("Nov. 24", "It was extended to Nov. 24 by the court.", "2014-11-24", "2014-11-24"),
        ("10 June 2014", "The mill closed on 10 June 2014.", "2014-06-10", "2014-06-10"),
        ("6/10/2014", "The mill closed on 6/10/2014.", "2014-06-10", "2014-06-10"),
        ("over the past week", "Ten boats went down over the past week.", "2014-11-27", "2014-12-04"),
        ("the next three days", "It will rain for the next three days.", "2014-12-04", "2014-12-07"),
        ("in recent weeks", "Raids have grown in recent weeks.", "2014-09-25", "2014-12-04"),
        ("since 2011", "Prices have doubled since 2011.", "2011-01-01", "2014-12-04"),
        ("until Friday", "Schools will stay shut until Friday.", None, "2014-12-05"),
        ("before 1990", "The road was built before 1990.", None, "1989-12-31"),
        ("after March 2011", "The mine was reopened after March 2011.", "2011-04-01", None),
        ("between 2004 and 2009", "The mine lay idle between 2004 and 2009.", "2004-01-01", "2009-12-31"),
        ("from Sunday to Tuesday", "The tunnel was shut from Sunday to Tuesday.", "2014-11-30", "2014-12-02"),
        ("early June", "It began in early June.", "2014-06-01", "2014-06-10"),
        ("late 2013", "It began in late 2013.", "2013-09-01", "2013-12-31"),
        ("earlier this year", "He was held earlier this year.", "2014-01-01", "2014-12-04"),
        ("a decade ago", "The lighthouse was lit a decade ago.", "2004-01-01", "2004-12-31"),
        ("last winter", "The roof fell in last winter.", "2013-12-01", "2014-02-28"),
        ("overnight", "Two trucks were hit overnight.", "2014-12-03", "2014-12-04"),
        ("March", "Crops failed in March and April 2012.", "2012-03-01", "2012-03-31"),
        ("the first two weeks of June", "They met in the first two weeks of June.", "2014-06-01", "2014-06-14"),
        ("the 1930s", "The canal dates from the 1930s.", "1930-01-01", "1939-12-31"),
        ("the same day", "He left on Nov. 3 and was held the same day.", "2014-11-03", "2014-11-03"),
        ("the following month", "The wall was begun in May 2010 and fell the following month.", "2010-06-01", "2010-06-30"),
        ("a year later", "The wall was begun in May 2010 and fell a year later.", "2011-01-01", "2011-12-31"),
        ("for three days", "They were held for three days.", None, None),
        ("March", "The march ended in March.", "2014-03-01", "2014-03-31"),
        ("from 15 to 20 October", "They fled from 15 to 20 October.", "2014-10-15", "2014-10-20"),
        ("between 8 a.m. and 10 a.m. on Sunday", "It was hit between 8 a.m. and 10 a.m. on Sunday.", "2014-11-30", "2014-11-30"),
        ("from Tuesday night into Wednesday", "They fought from Tuesday night into Wednesday.", "2014-12-02", "2014-12-03"),
        ("Nov. 24-26", "Talks were held on Nov. 24-26.", "2014-11-24", "2014-11-26"),
        ("until the end of the year", "It will run until the end of the year.", None, "2014-12-31"),
        ("since early November", "It has been shut since early November.", "2014-11-01", "2014-12-04"),
        ("July/August 2010", "It rained in July/August 2010.", "2010-07-01", "2010-08-31"),
    ],
)  # fmt: skip
def test_news_expressions(expression: str, sentence: str, first: str | None, last: str | None) -> None:
    span = resolve_time(expression, PUBLISHED, sentence)
    assert span is not None
    assert (span.first and str(span.first), span.last and str(span.last)) == (first, last)
    assert expression[span.start : span.end] == span.text


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("three days", "P3D"),
        ("two and a half years", "P2Y6M"),
        ("twenty-four hours", "PT24H"),
        ("the twentieth century", "19"),
        ("2014-12-02", "2014-12-02"),
        ("from Sunday to Tuesday", "2014-11-30/2014-12-02"),
        ("now", "PRESENT_REF"),
        ("Easter 2013", "2013-03-31"),
        ("Thanksgiving 2013", "2013-11-28"),
        ("Memorial Day 2013", "2013-05-27"),
        ("several weeks ago", "PAST_REF"),
    ],
)
def test_values(expression: str, value: str) -> None:
    span = resolve_time(expression, PUBLISHED)
    assert span is not None
    assert span.value == value


def test_no_publication_leaves_relative_times_open() -> None:
    text = "He left yesterday, on Tuesday, in June, three days ago and last year; the pact is of 10 June 2014."
    spans = {span.text: span for span in find_times(text, None)}
    assert (spans["10 June 2014"].first, spans["10 June 2014"].last) == (dt.date(2014, 6, 10), dt.date(2014, 6, 10))
    for words in ("yesterday", "Tuesday", "June", "three days ago", "last year"):
        assert spans[words].first is None, words
        assert spans[words].last is None, words
    assert (spans["yesterday"].value, spans["June"].value) == (None, "XXXX-06")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "He may march on the town.",
        "Rebels killed 2000 troops and 1990 civilians; 1950 people fled.",
        "The minister, 52 years old, sat down.",
        "About three-quarters of the wheat fell on 30 February fields.",
        "İstanbul’da may",
    ],
)
def test_words_that_are_no_times(text: str) -> None:
    assert not [span for span in find_times(text, PUBLISHED) if span.first]


def test_a_text_without_capitals_still_has_its_months() -> None:
    assert [span.value for span in find_times("the dam burst on monday, in june", PUBLISHED)] == [
        "2014-12-01",
        "2014-06",
    ]


def test_offsets_hold_after_letters_that_grow_when_lowered() -> None:
    text = "İİİ İzmir shook on Monday."
    (span,) = find_times(text, PUBLISHED)
    assert text[span.start : span.end] == "Monday"


def test_a_blank_line_ends_an_expression() -> None:
    assert [span.text for span in find_times("It closed in June\n\n2012 was quiet.", PUBLISHED)] == ["June", "2012"]


def test_a_story_of_years_gone_by_keeps_its_year() -> None:
    text = (
        "The dam was begun in March 1921. In May the river rose. It was breached on 3 November 1921. "
        "In January the governor fled. He came back on 7 June 1922. The next day he was shot. "
        "A new dam was planned in 1924 and begun in 1925."
    )
    values = [span.value for span in find_times(text, PUBLISHED)]
    assert values == [
        "1921-03", "1921-05", "1921-11-03", "1922-01", "1922-06-07", "1922-06-08", "1924", "1925",
    ]  # fmt: skip


def test_years_before_christ_have_a_value_and_no_interval() -> None:
    text = "The league was founded in 478 BC. The following year it took an island."
    spans = find_times(text, PUBLISHED)
    assert [(span.value, span.first) for span in spans] == [("BC0478", None), ("BC0477", None)]


def test_the_tree_decides_the_tense_where_there_is_one() -> None:
    parse = read_conllu(
        """
        1 Crews crew NOUN NNS _ 3 nsubj _ _
        2 will will AUX MD _ 3 aux _ _
        3 fix fix VERB VB _ 3 ROOT _ _
        4 what what PRON WP _ 5 nsubj _ _
        5 broke break VERB VBD _ 3 ccomp _ _
        6 in in ADP IN _ 3 prep _ _
        7 March March PROPN NNP _ 6 pobj _ _
        8 . . PUNCT . _ 3 punct _ _
        """
    )
    assert [span.value for span in find_times(parse.text, PUBLISHED)] == ["2014-03"]
    assert [span.value for span in find_times(parse.text, PUBLISHED, parse)] == ["2015-03"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The navy declined to comment Tuesday.", "2014-12-02"),
        ("The navy plans to sail Tuesday.", "2014-12-09"),
        ("The mayor gave them until Sunday to leave.", "2014-12-07"),
        ("The talks were postponed until Friday.", "2014-12-05"),
        ("The fighting lasted until Monday.", "2014-12-01"),
        ("Sixty more would be brought out on Friday if the roads were safe.", "2014-12-05"),
    ],
)
def test_days_ahead_and_days_gone_by(text: str, value: str, parse: Callable[[str], Parse]) -> None:
    assert [span.value for span in find_times(text, PUBLISHED, parse(text))] == [value]


@pytest.mark.parametrize("text", ["The navy declined to comment Tuesday.", "Sixty would be brought out on Friday."])
def test_the_same_by_words_alone(text: str) -> None:
    (span,) = find_times(text, PUBLISHED)
    assert span.value == ("2014-12-02" if "Tuesday" in text else "2014-12-05")


def test_a_day_can_be_a_name(parse: Callable[[str], Parse]) -> None:
    text = "Rear Adm. Sunday Bello said that April Moore had sailed."
    assert find_times(text, PUBLISHED, parse(text)) == ()
    assert find_times("Rear Adm. Sunday Bello said so.", PUBLISHED) == ()
    assert len(find_times("He told the admiral Sunday that it was late.", PUBLISHED)) == 1


@pytest.mark.parametrize(
    ("rule", "year", "first"),
    [
        ("hebrew-7-10", 2014, "2014-10-04"),
        ("hebrew-1-15", 2013, "2013-03-26"),
        ("hebrew-9-25", 2016, "2016-12-25"),
        ("hebrew-12-14", 2014, "2014-03-16"),
        ("hebrew-7-1", 2023, "2023-09-16"),
        ("islamic-10-1", 2013, "2013-08-08"),
        ("islamic-1-10", 2014, "2014-11-03"),
        ("islamic-9", 2023, "2023-03-23"),
        ("11/4/3+1", 2014, "2014-11-28"),
        ("5/-1/0", 2013, "2013-05-27"),
    ],
)
def test_feasts(rule: str, year: int, first: str) -> None:
    assert str(calendar.holiday(rule, year).first) == first


def test_an_islamic_month_may_come_twice_and_a_feast_of_one_year_only_then() -> None:
    assert str(calendar.holiday("islamic-9", 2030).first) == "2030-01-06"
    with pytest.raises(ValueError, match="not of 2014"):
        calendar.holiday("2001-09-11", 2014)


def test_every_number_has_its_classes() -> None:
    words = load_grammar("en").words
    for number in range(2500):
        for text in (f"{number}", f"{number:02}", f"{number:04}", f"{number / 100:.2f}"):
            assert words.tokens(text).line != ".", text


def test_a_glance_at_another_year_does_not_carry_a_story_away() -> None:
    text = (
        "The dam was begun in 1921. It was breached on 3 November 1922. The report, kept secret until 1990, blames no "
        "one. In December the governor fled. He came back on 7 June 1923. A new dam was planned in 1924 and begun in 1925."
    )
    assert [span.value for span in find_times(text, PUBLISHED)] == [
        "1921", "1922-11-03", "1990", "1922-12", "1923-06-07", "1924", "1925",
    ]  # fmt: skip


def test_a_year_before_the_quarter_at_hand() -> None:
    text = "Profit in the third quarter beat that of a year earlier. In the quarter, sales rose. A year ago they fell."
    assert [span.value for span in find_times(text, PUBLISHED)] == ["2014-Q3", "2013-Q3", "2014-Q3", "2013-Q3"]


def test_calendar_edges() -> None:
    assert calendar.step(dt.date(2014, 3, 31), "month", -1) == dt.date(2014, 2, 28)
    assert calendar.week(dt.date(2016, 1, 1)).value == "2015-W53"
    assert calendar.season(2014, "WI").last == dt.date(2015, 2, 28)
    assert calendar.easter(2019) == dt.date(2019, 4, 21)
    assert calendar.third(calendar.month(2014, 2), "late").first == dt.date(2014, 2, 21)


def test_far_away_dates_do_not_break_it() -> None:
    spans = find_times("It will last until 9 million years from now and began 99999 years ago.", PUBLISHED)
    assert all(span.first is None or span.first <= dt.date.max for span in spans)


@pytest.mark.parametrize("text", ["five ", "five and ", "about ", "- ", "early the ", "June 1 and "])
def test_time_grows_with_the_length_of_the_text_only(text: str) -> None:
    def seconds(copies: int) -> float:
        start = time.process_time()
        find_times(text * copies, PUBLISHED)
        return time.process_time() - start

    seconds(100)
    assert seconds(8000) < 40 * seconds(800) + 0.2


# --- the times of reports


def times_of(parse: Parse, *triggers: str, published: dt.date | None = PUBLISHED, **fields: object) -> tuple[
    dict[str, str | None], tuple[Report, ...], tuple[Note, ...]
]:  # fmt: skip
    """The interval of each trigger's report as `first..last`, with the reports and notes."""
    reports = []
    for trigger in triggers:
        start = parse.text.index(trigger)
        span = Span(start=start, end=start + len(trigger), text=trigger)
        reports.append(
            Report(id=trigger, statement="s", type="ASSAULT", quad="MATERIAL CONFLICT", trigger=span, **fields)
        )  # type: ignore[arg-type]
    article = article_of(parse.text, published=published)
    done, notes = resolve_times(article, parse, tuple(reports), load_language("en"))
    return {one.id: f"{one.time.first}..{one.time.last}" if one.time else None for one in done}, done, notes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels attacked the depot on Tuesday.", {"attacked": "2014-12-02..2014-12-02"}),
        ("Officials said Tuesday that rebels attacked the depot.", {"attacked": None}),
        ("Officials said Tuesday that rebels attacked the depot on Monday.", {"attacked": "2014-12-01..2014-12-01"}),
        ("Rebel attacks on the town in June killed dozens.", {"attacks": "2014-06-01..2014-06-30"}),
        ("Planes bombed the depot and killed ten guards on Monday.", {"bombed": "2014-12-01..2014-12-01"}),
        (
            "The army raided a village which rebels seized in 2012.",
            {"raided": None, "seized": "2012-01-01..2012-12-31"},
        ),
        ("Planes have bombed the depots over the past week.", {"bombed": "2014-11-27..2014-12-04"}),
        ("Rebels have attacked the town since 2012.", {"attacked": "2012-01-01..2014-12-04"}),
        ("Rebels attacked the town.", {"attacked": None}),
        ("On Tuesday the spokesman deferred support for the strikes.", {"strikes": None}),
        ("The minister condemned the raid on Monday.", {"raid": None}),
        ("In 2007 the port suffered a wave of raids.", {"raids": "2007-01-01..2007-12-31"}),
        ("The council promised that the wages would be paid by Friday.", {"promised": None}),
        ("Another march is planned for Friday.", {"march": "2014-12-05..2014-12-05"}),
        (
            "Prisoners ended a strike on Sunday, a day after the minister met their lawyers in Ankara.",
            {"ended": "2014-11-30..2014-11-30", "met": None},
        ),
        (
            "The police watchdog has opened an inquiry into the shooting of a taxi driver by officers on Tuesday.",
            {"shooting": "2014-12-02..2014-12-02"},
        ),
        ("The strikes began on Tuesday.", {"strikes": "2014-12-02..2014-12-02"}),
        ("Five people were killed in the raid on Monday.", {"raid": "2014-12-01..2014-12-01"}),
        (
            "Rebels bombed the depot on Monday. The attack killed five guards.",
            {"bombed": "2014-12-01..2014-12-01", "attack": "2014-12-01..2014-12-01"},
        ),
        (
            "Rebels bombed the depot on Monday. The attacks are part of a campaign.",
            {"bombed": "2014-12-01..2014-12-01", "attacks": None},
        ),
        (
            "Rebels bombed the depot on Monday. The army shelled a village.",
            {"bombed": "2014-12-01..2014-12-01", "shelled": None},
        ),
    ],
)
def test_times_of_reports(text: str, expected: dict[str, str | None], parse: Callable[[str], Parse]) -> None:
    assert times_of(parse(text), *expected)[0] == expected


def test_what_ended_more_than_a_year_ago_is_history(parse: Callable[[str], Parse]) -> None:
    _, (old,), notes = times_of(parse("Iraq invaded its neighbour in 1990."), "invaded")
    assert (old.modality, notes) == ("historical", ())
    _, (planned,), _ = times_of(parse("Iraq invaded its neighbour in 1990."), "invaded", modality="planned")
    assert planned.modality == "planned"
    _, (new,), _ = times_of(parse("Rebels invaded the island in June."), "invaded")
    assert new.modality == "actual"


def test_a_time_without_an_interval_is_noted(parse: Callable[[str], Parse]) -> None:
    text = "Rebels attacked the depot on Tuesday."
    _, (report,), notes = times_of(parse(text), "attacked", published=None)
    assert report.time is not None
    assert (report.time.text, report.time.first, report.time.last) == ("Tuesday", None, None)
    assert [(note.code, text[note.start : note.end]) for note in notes] == [("time-unresolved", "Tuesday")]


# --- the data files


def grammar_of(folder: Path, pattern: str) -> Grammar:
    rule = Rule("x", "year", pattern, "In 2014.", "2014", "2014", 7)
    return Grammar(Words(data_path("languages/en/times.toml")), (rule,), str(folder / "times.csv"))


@pytest.mark.parametrize("pattern", ["{yeer}", "#nothing", "{year}?", "the $ {year}"])
def test_a_bad_pattern_names_its_line(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(ResourceError, match=r"times\.csv:7"):
        grammar_of(tmp_path, pattern)


def test_an_unknown_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "times.toml"
    path.write_text(data_path("languages/en/times.toml").read_text("utf-8") + "\n[clases]\n", "utf-8")
    with pytest.raises(ResourceError, match="clases"):
        Words(path)


def test_prefixes_are_the_first_two_classes() -> None:
    pieces = read_pieces("the? {mod}? (<n>|<num>)", {}, "x")
    assert prefixes(pieces) == {
        ("=the", "mod"), ("=the", "n"), ("=the", "num"), ("mod", "n"), ("mod", "num"), ("n",), ("num",),
    }  # fmt: skip
