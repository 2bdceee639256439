"""Gives each report the time of its own clause; never publication's date in silence."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from reportedly.extract.times.find import find_all
from reportedly.extract.times.found import Found, stretches
from reportedly.extract.times.grammar import load_grammar
from reportedly.extract.times.lead import from_lead, points_back
from reportedly.extract.times.words import Words
from reportedly.language import Language
from reportedly.parsing import Parse
from reportedly.records import Article, Note, Report, TimeSpan
from reportedly.telling import goes_on

_HISTORY = dt.timedelta(days=366)
_CLAUSAL = frozenset({"relcl", "acl", "advcl"})
_MARKS = frozenset({"after", "before"})
_FINE = frozenset({"hour", "day", "week", "weekend"})


@dataclasses.dataclass(frozen=True, slots=True)
class Placed:
    """An expression in the tree: its sentence, the tokens it hangs from up to the verb, and that verb (-1: none)."""

    span: TimeSpan
    sentence: int
    path: frozenset[int]
    verb: int


def resolve_times(
    article: Article, parse: Parse, reports: tuple[Report, ...], language: Language
) -> tuple[tuple[Report, ...], tuple[Note, ...]]:
    """The reports with their times, and a `time-unresolved` note for each expression of theirs without an interval.

    A report has the time that hangs from its trigger or its clause's verb; else the sentence's only one, unless that
    belongs to another clause or to the verb of saying. Else, by `basis`: "earlier", that of the report just before in
    the paragraph, where the trigger points back to it ("the attack") or goes on telling; "lead", that of the lead's
    report of its type, for the title and for what points back from further on; "dateline", for the lead's own
    reports the day of the dateline as the latest that it can be. Otherwise None, with a note `time-unknown` for a typed
    happening. What ended more than a year before publication becomes `historical`.
    """
    words = load_grammar(language.code).words
    found = find_all(article.text, article.day, parse, language.code)
    found = stretches(found, article.text, article.day, words.signals)
    by_sentence: dict[int, list[Placed]] = {}
    for item in found:
        if (placed := _place(item, parse)) is not None:
            by_sentence.setdefault(placed.sentence, []).append(placed)
    times: dict[str, TimeSpan] = {}
    for report in reports:
        if (time := _own(report, parse, by_sentence, language, words)) is not None:
            times[report.id] = time
    times.update(_carry(reports, parse, times, by_sentence, words))
    times.update(from_lead(article, parse, reports, times, words))
    unknown = [
        Note(code="time-unknown", start=report.trigger.start, end=report.trigger.end, detail=report.id)
        for report in reports
        if report.id not in times and report.type is not None and report.modality == "actual"
    ]
    notes = [
        Note(code="time-unresolved", start=span.start, end=span.end, detail=span.text)
        for span in dict.fromkeys(times[report.id] for report in reports if report.id in times)
        if span.first is None and span.last is None
    ]
    return tuple(_timed(report, times.get(report.id), article.day) for report in reports), (*notes, *unknown)


def _timed(report: Report, time: TimeSpan | None, published: dt.date | None) -> Report:
    if time is None:
        return report
    old = published is not None and time.last is not None and time.last < published - _HISTORY
    modality = "historical" if old and report.modality == "actual" else report.modality
    return dataclasses.replace(report, time=time, modality=modality)


def _place(item: Found, parse: Parse) -> Placed | None:
    """Dates, and lengths that have a place in the calendar; none outside the report's tokens."""
    span = item.span
    if item.kind not in ("date", "duration") or (item.kind == "duration" and span.first is None and span.last is None):
        return None
    inside = parse.tokens_in(span.start, span.end)
    if not inside:
        return None
    at = parse.top(inside.start, inside.stop)
    path = set(inside)
    while parse.pos[at] not in ("VERB", "AUX"):
        path.add(at)
        if parse.head[at] == at:
            return Placed(span, parse.sentence_of[inside.start], frozenset(path), -1)
        at = parse.head[at]
    return Placed(span, parse.sentence_of[inside.start], frozenset(path), _main_verb(parse, at))


def _main_verb(parse: Parse, verb: int) -> int:
    """The verb that an auxiliary helps."""
    return parse.head[verb] if parse.dep[verb] in ("aux", "auxpass") else verb


def _own(
    report: Report, parse: Parse, by_sentence: dict[int, list[Placed]], language: Language, words: Words
) -> TimeSpan | None:
    inside = parse.tokens_in(report.trigger.start, report.trigger.end)
    if not inside:
        return None
    trigger = parse.top(inside.start, inside.stop)
    candidates = by_sentence.get(parse.sentence_of[trigger], [])
    rated = [
        (distance, abs(placed.span.start - report.trigger.start), placed)
        for placed in candidates
        if (distance := _distance(trigger, placed, parse, language, words, len(candidates) == 1)) is not None
    ]
    return min(rated, key=lambda item: item[:2])[2].span if rated else None


def _distance(trigger: int, placed: Placed, parse: Parse, language: Language, words: Words, alone: bool) -> int | None:
    """How far the expression hangs from the trigger in the tree: 0 from itself, 1 its clause, 2 a clause it shares the
    time of, 3 the only expression of its sentence; None where it belongs elsewhere."""
    if trigger in placed.path or trigger == placed.verb:
        return 0
    verb = _verb_of(parse, trigger)
    if placed.verb < 0:
        return 3 if alone else None
    if parse.pos[trigger] not in ("VERB", "AUX"):
        if placed.verb != verb:
            return None
        return 1 if _takes_part(parse, trigger, verb, language, words) or _outlives(parse, trigger, placed) else None
    if placed.verb == verb:
        return 1
    if _is_saying(parse, placed.verb, language):
        return None
    if verb >= 0 and (_shares(parse, verb, placed.verb) or _shares(parse, placed.verb, verb)):
        return 2 if _is_ahead(parse, verb) == _is_ahead(parse, placed.verb) else None
    if _is_said(parse, placed.verb, trigger) or _follows(parse, verb):
        return None
    if not alone or _apart(parse, placed.verb, trigger) or (verb >= 0 and _apart(parse, verb, placed.verb)):
        return None
    return 3


def _verb_of(parse: Parse, token: int) -> int:
    """The verb that governs a token (itself for a verb); -1 where none does."""
    while parse.pos[token] not in ("VERB", "AUX"):
        if parse.head[token] == token:
            return -1
        token = parse.head[token]
    return _main_verb(parse, token)


def _is_ahead(parse: Parse, verb: int) -> bool:
    """Whether a modal sets the verb apart from what has happened: "met on Monday and would ask"."""
    return any(parse.tag[kid] == "MD" for kid in parse.children[verb])


def _is_said(parse: Parse, verb: int, token: int) -> bool:
    """Whether `verb` lies in what is said and `token` does not: "promised that the wages would be paid by Friday"."""
    at = verb
    while parse.head[at] != at:
        if parse.dep[at] == "ccomp" and parse.head[at] < at and not parse.left[at] <= token < parse.right[at]:
            return True
        at = parse.head[at]
    return False


def _follows(parse: Parse, verb: int) -> bool:
    """Whether "a day after" or the like sets the verb's clause apart in time."""
    for kid in parse.children[verb] if verb >= 0 else ():
        if parse.dep[kid] == "mark" and parse.lower[kid] in _MARKS:
            before = kid - 1
            return before >= 0 and parse.pos[before] in ("NOUN", "ADV") and parse.dep[before] in ("npadvmod", "advmod")
    return False


def _outlives(parse: Parse, noun: int, placed: Placed) -> bool:
    """Whether a day can only be the noun's: "has opened an inquiry into the shooting of a driver on Tuesday".

    The perfect takes no day of its own.
    """
    if placed.span.grain not in _FINE or not placed.verb < noun < min(placed.path):
        return False
    return any(
        parse.dep[kid] == "aux" and parse.lemma[kid] == "have" and parse.tag[kid] in ("VBZ", "VBP")
        for kid in parse.children[placed.verb]
    )


def _takes_part(parse: Parse, noun: int, verb: int, language: Language, words: Words) -> bool:
    """Whether a happening named by a noun is what the verb is about, so that the verb's time is its own.

    "The attack came on Monday", "five died in the raid on Monday"; not what lies deeper ("deferred support for the
    strikes on Tuesday") nor what somebody speaks of ("condemned the raid on Monday").
    """
    at, steps = noun, 0
    while parse.dep[at] in ("conj", "compound") and parse.head[at] != at and steps < 4:
        at, steps = parse.head[at], steps + 1
    if parse.dep[at] == "pobj":
        at = parse.head[at]
        if parse.lower[at] == "of" and parse.lower[parse.head[at]] in words.classes["bundle"]:
            at = parse.head[at]
    if parse.dep[at] not in ("nsubj", "nsubjpass", "dobj", "attr", "prep", "agent"):
        return False
    lemma = language.lemmas.get(parse.lower[verb], parse.lemma[verb])
    planned = parse.dep[at] == "nsubjpass"  # "a march is planned for Friday"
    cue = any(
        len(one.words) == 1 and one.pos == "verb" and not (planned and one.kind == "intend")
        for one in language.cues.get(lemma, ())
    )
    return _main_verb(parse, parse.head[at]) == verb and not cue


def _is_saying(parse: Parse, verb: int, language: Language) -> bool:
    """Whether the verb reports speech: its time is that of the saying, not of what is said."""
    lemma = language.lemmas.get(parse.lower[verb], parse.lemma[verb])
    return lemma in language.quoting or any(
        len(cue.words) == 1 and cue.pos == "verb" and "clause" in cue.frames for cue in language.cues.get(lemma, ())
    )


def _shares(parse: Parse, lower: int, upper: int) -> bool:
    """Whether a clause lies in the other as a co-ordinate or an infinitive, so that both have one time."""
    for _ in range(4):
        if parse.dep[lower] not in ("conj", "xcomp"):
            return False
        lower = parse.head[lower]
        if lower == upper:
            return True
    return False


def _apart(parse: Parse, verb: int, token: int) -> bool:
    """Whether the verb's clause is a subordinate one that does not hold the token."""
    at = verb
    while True:
        if parse.dep[at] in _CLAUSAL and not parse.left[at] <= token < parse.right[at]:
            return True
        if parse.head[at] == at:
            return False
        at = parse.head[at]


def _carry(
    reports: Sequence[Report],
    parse: Parse,
    times: dict[str, TimeSpan],
    by_sentence: dict[int, list[Placed]],
    words: Words,
) -> dict[str, TimeSpan]:
    """Times handed on within a paragraph, from the sentence just before, to a definite noun of the same type.

    A sentence with dates of its own takes none over: they may be what the report is about.
    """
    last: dict[tuple[int, str | None], tuple[int, TimeSpan]] = {}
    carried: dict[str, TimeSpan] = {}
    for report in sorted(reports, key=lambda one: one.trigger.start):
        inside = parse.tokens_in(report.trigger.start, report.trigger.end)
        if not inside or report.modality != "actual" or report.negated:
            continue
        trigger = parse.top(inside.start, inside.stop)
        sentence = parse.sentence_of[trigger]
        key = (parse.paragraph_of[trigger], report.type)
        time = times.get(report.id)
        if time is None and sentence not in by_sentence and key in last:
            before, known = last[key]
            if sentence - before <= 1 and (
                points_back(parse, trigger, words) or (not report.actors and goes_on(parse, trigger))
            ):
                time = carried[report.id] = dataclasses.replace(known, basis="earlier")
        if time is not None and time.grain in _FINE and time.first is not None:
            last[key] = (sentence, time)
    return carried
