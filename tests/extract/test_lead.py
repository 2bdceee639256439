"""Days from the lead and the dateline: who takes them, and who never does."""

import datetime as dt

import pytest

from reportedly.extract.times import resolve_times
from reportedly.language import load_language
from reportedly.parsing import Parse, read_conllu
from reportedly.records import Article, Dateline, Note, Report, Span, TimeSpan
from reportedly.telling import goes_on
from tests.conftest import article_of

PUBLISHED = dt.date(2031, 3, 6)  # a Thursday
TITLE = """
1 Rebels rebel NOUN NNS _ 2 nsubj _ _
2 raid raid VERB VBP _ 0 ROOT _ _
3 depot depot NOUN NN _ 2 dobj _ _
"""
DATED = """
1 Rebels rebel NOUN NNS _ 2 nsubj _ _
2 {verb} {verb} VERB VBD _ 0 ROOT _ _
3 a a DET DT _ 4 det _ _
4 depot depot NOUN NN _ 2 dobj _ _
5 {rest}
"""
ON = "on on ADP IN _ 2 prep _ _\n6 {day} {day} PROPN NNP _ 5 pobj _ _\n7 . . PUNCT . _ 2 punct _ _"
DOT = ". . PUNCT . _ 2 punct _ _"
RAIN = """
1 It it PRON PRP _ 2 nsubj _ _
2 rained rain VERB VBD _ 0 ROOT _ _
3 . . PUNCT . _ 2 punct _ _
"""
ATTACK = """
1 {article} {article} DET DT _ 2 det _ _
2 attack attack NOUN NN _ 3 nsubj _ _
3 {verb} {verb} VERB {tag} _ 0 ROOT _ _
4 five five NUM CD _ 3 dobj _ _
5 . . PUNCT . _ 3 punct _ _
"""


def dated(verb: str, day: str | None) -> str:
    return DATED.format(verb=verb, rest=ON.format(day=day) if day else DOT)


def attack(article: str = "The", verb: str = "killed", tag: str = "VBD") -> str:
    return ATTACK.format(article=article, verb=verb, tag=tag)


def parsed(*sentences: str, titled: bool = False, paragraphs: bool = False) -> tuple[Article, Parse]:
    """Sentences as one parse, with a title before them where told; `paragraphs` gives each one of its own."""
    gap = "\n# newpar\n" if paragraphs else "\n"
    parse = read_conllu((f"{TITLE}\n# newpar\n" if titled else "") + gap.join(sentences))
    span = parse.span(*parse.sentences[0]) if titled else None
    return article_of(parse.text, published=PUBLISHED, title_span=span), parse


def times(
    given: tuple[Article, Parse], *triggers: str, kinds: dict[str, str | None] | None = None, **fields: object
) -> tuple[dict[str, TimeSpan | None], tuple[Report, ...], tuple[Note, ...]]:
    article, parse = given
    reports = []
    for words in triggers:
        start = article.text.index(words)
        span = Span(start=start, end=start + len(words), text=words)
        kind = (kinds or {}).get(words, "ASSAULT")
        reports.append(Report(id=words, statement="s", type=kind, quad=None, trigger=span, **fields))  # type: ignore[arg-type]
    done, notes = resolve_times(article, parse, tuple(reports), load_language("en"))
    return {report.id: report.time for report in done}, done, notes


def told(time: TimeSpan | None) -> tuple[str | None, str | None] | None:
    return (str(time.first), time.basis) if time else None


MONDAY = "2031-03-03"


def test_the_title_takes_the_leads_day() -> None:
    found, _, _ = times(parsed(dated("raided", "Monday"), titled=True), "raid", "raided")
    assert (told(found["raid"]), told(found["raided"])) == ((MONDAY, "lead"), (MONDAY, None))


def test_the_title_takes_no_day_of_another_type() -> None:
    given = parsed(dated("raided", "Monday"), titled=True)
    assert times(given, "raid", "raided", kinds={"raid": "PROTEST"})[0]["raid"] is None


def test_two_days_in_the_lead_give_none() -> None:
    given = parsed(dated("raided", "Monday"), dated("burned", "Tuesday"), titled=True)
    assert times(given, "raid", "raided", "burned")[0]["raid"] is None


def test_the_same_day_told_twice_is_one() -> None:
    given = parsed(dated("raided", "Monday"), dated("burned", "Monday"), titled=True)
    assert told(times(given, "raid", "raided", "burned")[0]["raid"]) == (MONDAY, "lead")


def test_a_day_below_the_lead_is_not_the_titles() -> None:
    given = parsed(RAIN, RAIN, dated("raided", "Monday"), titled=True)
    assert times(given, "raid", "raided")[0]["raid"] is None


def test_the_attack_further_on_has_the_leads_day() -> None:
    given = parsed(dated("raided", "Monday"), RAIN, RAIN, RAIN, attack(), titled=True, paragraphs=True)
    assert told(times(given, "raided", "attack")[0]["attack"]) == (MONDAY, "lead")


def test_without_a_title_the_lead_is_the_beginning() -> None:
    given = parsed(dated("raided", "Monday"), RAIN, RAIN, attack(), paragraphs=True)
    assert told(times(given, "raided", "attack")[0]["attack"]) == (MONDAY, "lead")


@pytest.mark.parametrize(("article", "verb", "tag"), [("An", "killed", "VBD"), ("The", "kills", "VBZ")])
def test_what_does_not_point_back_has_none(article: str, verb: str, tag: str) -> None:
    given = parsed(dated("raided", "Monday"), RAIN, RAIN, attack(article, verb, tag), paragraphs=True)
    assert times(given, "raided", "attack")[0]["attack"] is None


def test_the_attack_has_no_day_where_another_of_its_type_stands_between() -> None:
    given = parsed(dated("raided", "Monday"), RAIN, dated("burned", "Tuesday"), RAIN, RAIN, attack(), paragraphs=True)
    assert times(given, "raided", "burned", "attack")[0]["attack"] is None


# --- the dateline


def with_dateline(*sentences: str, date: str = "March 5") -> tuple[Article, Parse]:
    line = f"AMMAN, {date} (Wire) - "
    parse = read_conllu("\n".join(sentences))
    moved = {field: tuple(at + len(line) for at in getattr(parse, field)) for field in ("start", "end")}
    whole = Parse(**{n: moved.get(n, line + parse.text if n == "text" else getattr(parse, n)) for n in Parse.__slots__})
    dateline = Dateline(place="Amman", outlet="Wire", date=date, start=0, end=len(line))
    return article_of(whole.text, dateline=dateline, published=PUBLISHED), whole


def test_the_datelines_day_is_the_latest_that_the_leads_happening_can_have() -> None:
    given = with_dateline(dated("raided", None))
    time = times(given, "raided")[0]["raided"]
    assert time is not None
    assert (time.first, str(time.last), time.basis, time.grain) == (None, "2031-03-05", "dateline", "day")
    assert given[0].text[time.start : time.end] == time.text == "March 5"


def test_a_day_of_its_own_comes_before_the_datelines() -> None:
    assert told(times(with_dateline(dated("raided", "Monday")), "raided")[0]["raided"]) == (MONDAY, None)


def test_below_the_lead_the_dateline_says_nothing() -> None:
    assert times(with_dateline(RAIN, RAIN, dated("raided", None)), "raided")[0]["raided"] is None


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"modality": "historical"}, "ASSAULT"),
        ({"modality": "planned"}, "ASSAULT"),
        ({"negated": True}, "ASSAULT"),
        ({}, None),
    ],
)
def test_histories_plans_and_what_did_not_happen_never_get_it(fields: dict[str, object], kind: str | None) -> None:
    found, _, _ = times(with_dateline(dated("raided", None)), "raided", kinds={"raided": kind}, **fields)
    assert found["raided"] is None


def test_a_dateline_without_a_date_says_nothing() -> None:
    article, parse = parsed(dated("raided", None))
    line = Dateline(place="Rebels", outlet=None, date=None, start=0, end=6)
    assert times((article_of(article.text, dateline=line, published=PUBLISHED), parse), "raided")[0]["raided"] is None


def test_a_happening_without_a_day_is_noted() -> None:
    article, _ = given = parsed(dated("raided", None))
    _, _, notes = times(given, "raided")
    assert [(n.code, n.detail, article.text[n.start : n.end]) for n in notes] == [("time-unknown", "raided", "raided")]


# --- going on


GOING = """
1 Four four NUM CD _ 2 nummod _ _
2 people people NOUN NNS _ {head} nsubj _ _
{rest}
"""


@pytest.mark.parametrize(
    ("rest", "trigger", "goes"),
    [
        ("3 died die VERB VBD _ 0 ROOT _ _", "died", True),
        ("3 were be AUX VBD _ 4 auxpass _ _\n4 hurt hurt VERB VBN _ 0 ROOT _ _", "hurt", True),
        ("3 had have AUX VBD _ 4 aux _ _\n4 died die VERB VBN _ 0 ROOT _ _", "died", False),
        ("3 are be AUX VBP _ 4 auxpass _ _\n4 hurt hurt VERB VBN _ 0 ROOT _ _", "hurt", False),
        ("3 died die VERB VBD _ 0 ROOT _ _\n4 earlier earlier ADV RB _ 3 advmod _ _", "died", False),
        ("3 burned burn VERB VBD _ 0 ROOT _ _\n4 tyres tyre NOUN NNS _ 3 dobj _ _", "burned", False),
        ("3 die die VERB VBP _ 0 ROOT _ _", "die", False),
        ("3 died die VERB VBD _ 4 ccomp _ _\n4 said say VERB VBD _ 0 ROOT _ _", "died", False),
    ],
)  # fmt: skip
def test_a_clause_goes_on_that_tells_what_came_of_it(rest: str, trigger: str, goes: bool) -> None:
    parse = read_conllu(GOING.format(head=rest.splitlines()[-1][0], rest=rest))
    assert goes_on(parse, parse.word.index(trigger)) == goes


def test_what_came_of_it_has_its_day() -> None:
    given = parsed(dated("raided", "Monday"), GOING.format(head=3, rest="3 died die VERB VBD _ 0 ROOT _ _"))
    assert told(times(given, "raided", "died")[0]["died"]) == (MONDAY, "earlier")


def test_it_does_not_go_on_in_another_paragraph() -> None:
    died = GOING.format(head=3, rest="3 died die VERB VBD _ 0 ROOT _ _")
    given = parsed(dated("raided", "Monday"), died, paragraphs=True)
    assert times(given, "raided", "died")[0]["died"] is None
