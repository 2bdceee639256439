"""Finds time expressions in running text and resolves each to a TimeML value and an interval of days."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from reportedly.extract.times import dates, relative, tense
from reportedly.extract.times.calendar import Period
from reportedly.extract.times.found import Found, stretches
from reportedly.extract.times.grammar import Grammar, Match, load_grammar
from reportedly.extract.times.scene import Meaning, Parts, Scene, Tense
from reportedly.extract.times.words import Tokens
from reportedly.parsing import Parse
from reportedly.records import TimeSpan

KINDS: dict[str, Callable[[Parts, Scene], Meaning | None]] = {
    "iso": dates.iso,
    "slash": dates.slash,
    "date": dates.date,
    "month": dates.month,
    "season": dates.season,
    "year": dates.year,
    "old_year": dates.old_year,
    "decade": dates.decade,
    "century": dates.century,
    "quarter": dates.quarter,
    "half": dates.half,
    "weekday": dates.weekday,
    "holiday": dates.holiday,
    "nth_weekday": dates.nth_weekday,
    "week_of": dates.week_of,
    "week_number": dates.week_number,
    "anno": dates.anno,
    "deictic": relative.deictic,
    "part_of_day": relative.part_of_day,
    "bare_part": relative.bare_part,
    "unit": relative.unit,
    "offset": relative.offset,
    "reach": relative.reach,
    "length": relative.length,
    "head_of": relative.head_of,
    "repeat": relative.repeat,
    "reference": relative.reference,
    "clock": relative.clock,
    "same_quarter": relative.same_quarter,
}
_DEICTIC = frozenset({"weekday", "deictic", "part_of_day", "clock"})
_YEARLY = frozenset({"date", "month", "season"})
_OWNS = (("'", "s"), ("’", "s"))
_JOINS = frozenset({"and", "or", "to", "-", "–", "/", "through", "until"})
_CLOSE = 2  # years
_RUNS = (1, 2)  # years named in a row
_NAMES_YEAR = frozenset({"year", "yrel", "rel"})
_AFTER_YEAR = frozenset({(",", "in"), (",", "on"), ("in",), ("on",)})
_AND = frozenset({("and",), ("or",), (",",), (",", "and"), ("and", "in")})
# Kinds of which two may be joined, what the first must not have of its own, and what the second may have for both.
_SHARED = (
    (_YEARLY, _NAMES_YEAR, ("year", "yrel", "era")),
    (frozenset({"clock"}), {"weekday", "deictic", "month"}, ("weekday", "deictic", "month", "day", "year")),
    (frozenset({"weekday"}), {"wrel", "rel"}, ("wrel",)),
)
_DATED = frozenset({"date", "month", "year", "season"})


def find_times(
    text: str, published: dt.date | None, parse: Parse | None = None, language: str = "en"
) -> tuple[TimeSpan, ...]:
    """The time expressions of a text (TimeML's TIMEX3) in order, each with its interval, grain and TimeML value.

    `first` and `last` are days, both included; None is an open or unknown end. `value` is None where the expression is
    relative to a date that is not given. With `parse` the tense of the governing verb comes from the tree, else from
    the words around. Extents and values follow TimeML's guidelines (ISO-TimeML, TIDES TIMEX2 for early and late).
    """
    return tuple(found.span for found in find_all(text, published, parse, language))


def find_all(text: str, published: dt.date | None, parse: Parse | None = None, language: str = "en") -> list[Found]:
    """As find_times, with each expression's kind and rule."""
    if isinstance(published, dt.datetime):
        published = published.date()
    grammar = load_grammar(language)
    tokens = grammar.words.tokens(text)
    matches = list(grammar.find(tokens))
    scene = Scene(grammar.words, published, narrative=is_narrative(matches, published, grammar))
    asides = _asides(matches, grammar) if scene.narrative else frozenset()
    years: dict[int, Mapping[str, tuple[str, ...]]] = {}
    result: list[Found] = []
    people = _people(parse) if parse is not None else frozenset()
    for at, match in enumerate(matches):
        if parse is not None and people and _names_somebody(parse, tokens, match, people):
            continue
        scene.tense = _tense_of(tokens, match, grammar, parse)
        groups = _completed(match, matches[at + 1] if at + 1 < len(matches) else None, tokens)
        latest = scene.trail[-1] if scene.trail else None
        if year := _in_year(match, matches[at - 1] if at else None, latest, tokens, years.get(at - 1)):
            groups = {**year, **groups}
            years[at] = year
        meaning = KINDS[match.rule.kind](Parts(grammar.words, groups), scene)
        if meaning is None:
            continue
        period = meaning.period
        told = not scene.narrative or match.rule.kind not in _DEICTIC
        if meaning.kind == "date" and told and (period.first or period.value):
            scene.trail.append(period)
            if scene.narrative and at not in asides and match.rule.kind != "offset":
                scene.tell(period)
            if period.grain == "quarter" and match.rule.kind in ("quarter", "unit") and _is_topical(period, published):
                scene.topic = period
        start, end = tokens.starts[match.first], tokens.ends[match.stop - 1]
        span = TimeSpan(
            text=text[start:end],
            start=start,
            end=end,
            first=period.first,
            last=period.last,
            grain=period.grain,
            value=period.value,
        )
        result.append(Found(span, meaning.kind, match.rule.name))
    return result


def _asides(matches: Sequence[Match], grammar: Grammar) -> frozenset[int]:
    """The matches whose year is a glance at another time: the years named before and after are close to each other."""
    named = [
        (at, year)
        for at, match in enumerate(matches)
        if "year" in match.groups and match.rule.kind in _DATED
        if (year := Parts(grammar.words, match.groups).year()) is not None and year > 31
    ]
    found: set[int] = set()
    for first, (_, before) in enumerate(named):
        for size in _RUNS:
            run, rest = named[first + 1 : first + 1 + size], named[first + 1 + size : first + 2 + size]
            if (
                rest
                and abs(rest[0][1] - before) <= _CLOSE
                and all(min(abs(year - before), abs(year - rest[0][1])) > _CLOSE for _, year in run)
            ):
                found.update(at for at, _ in run)
    return frozenset(found)


def _is_topical(quarter: Period, published: dt.date | None) -> bool:
    """Whether a quarter is what the article reports on: it has begun, and not a year or more before publication."""
    if published is None or quarter.first is None:
        return True
    return quarter.first <= published < quarter.first + dt.timedelta(days=365)


def _people(parse: Parse) -> frozenset[int]:
    """The tokens of names of people."""
    return frozenset(token for name in parse.names if name.label == "PERSON" for token in range(name.first, name.stop))


def _names_somebody(parse: Parse, tokens: Tokens, match: Match, people: frozenset[int]) -> bool:
    """Whether the name of a day or month is somebody's: "Admiral Sunday Okoro", "April Moore"."""
    if match.rule.kind not in ("weekday", "month") or match.stop - match.first > 1:
        return False
    inside = parse.tokens_in(tokens.starts[match.first], tokens.ends[match.first])
    if len(inside) != 1 or parse.pos[inside[0]] != "PROPN":
        return False
    token, head = inside[0], parse.head[inside[0]]
    return token in people or (parse.dep[token] == "compound" and head == token + 1 and head in people)


def _completed(match: Match, following: Match | None, tokens: Tokens) -> Mapping[str, tuple[str, ...]]:
    """The match's words with those that a second one, joined to it, has for both.

    "March and April 1918", "8 a.m. and 10 a.m. on Sunday", "Monday and Tuesday last week".
    """
    groups = match.groups
    if following is None or not 1 <= following.first - match.stop <= 2 or tokens.keys[match.stop] not in _JOINS:
        return groups
    for kinds, own, shared in _SHARED:
        if match.rule.kind in kinds and following.rule.kind in kinds and groups.keys().isdisjoint(own):
            return {**groups, **{key: following.groups[key] for key in shared if key in following.groups}}
    return groups


def _in_year(
    match: Match,
    before: Match | None,
    period: Period | None,
    tokens: Tokens,
    carried: Mapping[str, tuple[str, ...]] | None,
) -> Mapping[str, tuple[str, ...]]:
    """The year of a month or day right after it: "last year, in March and May"; empty where nothing is said."""
    if before is None or period is None or period.first is None or not (carried or period.grain == "year"):
        return {}
    if match.rule.kind not in _YEARLY or not match.groups.keys().isdisjoint(_NAMES_YEAR):
        return {}
    between = tokens.keys[before.stop : match.first]
    if carried:
        return carried if between in _AND else {}
    return {"year": (str(period.first.year),)} if between in _AFTER_YEAR else {}


def _tense_of(tokens: Tokens, match: Match, grammar: Grammar, parse: Parse | None) -> Callable[[], Tense | None]:
    """Tense is worked out only for the expressions that ask for it."""

    def look() -> Tense | None:
        found: Tense | None = None
        if parse is not None:
            start, end = tokens.starts[match.first], tokens.ends[match.stop - 1]
            found = tense.by_tree(parse, start, end, grammar.words)
        found = found or tense.by_words(tokens, match.first, match.stop, grammar.words)
        # "Friday's losses are far below those": a day that has something is mostly over.
        return "past" if found == "present" and tokens.keys[match.stop : match.stop + 2] in _OWNS else found

    return look


def is_narrative(matches: Sequence[Match], published: dt.date | None, grammar: Grammar) -> bool:
    """Whether the text tells of years gone by, so that a bare month follows the last date rather than publication.

    It does when at least five dates name their year, most of them two years or more before publication, and the
    words that count from publication (weekdays, yesterday, clock times) are fewer than a fourth of those.
    """
    years, deictic = [], 0
    for match in matches:
        if match.rule.kind in _DATED and "year" in match.groups:
            if (year := Parts(grammar.words, match.groups).year()) is not None and year > 31:
                years.append(year)
        elif match.rule.kind in _DEICTIC:
            deictic += 1
    if len(years) < 5 or deictic * 4 > len(years):
        return False
    return published is None or sum(year <= published.year - 2 for year in years) * 2 > len(years)


def resolve_time(
    expression: str, published: dt.date | None, sentence: str | None = None, language: str = "en"
) -> TimeSpan | None:
    """The interval and value of one expression; `start` and `end` are offsets in the expression.

    With its sentence (or the sentences up to it) the verb's tense and the dates before it are used. "since 2011",
    "between 2004 and 2009", "from Sunday to Tuesday" give the whole stretch. None where there is no time in it.
    """
    at = sentence.find(expression) if sentence is not None else -1
    if sentence is not None and at >= 0:
        inside = _within(
            find_all(sentence, published, None, language), at, at + len(expression), sentence, published, language
        )
        if inside is not None:
            return dataclasses.replace(inside, start=inside.start - at, end=inside.end - at)
    return _within(find_all(expression, published, None, language), 0, len(expression), expression, published, language)


def _within(
    found: list[Found], start: int, end: int, text: str, published: dt.date | None, language: str
) -> TimeSpan | None:
    """The widest stretch inside `start:end`, dates before lengths."""
    inside = [item for item in found if start <= item.span.start and item.span.end <= end]
    if not inside:
        return None
    spans = stretches(inside, text, published, load_grammar(language).words.signals, start)
    return max(spans, key=lambda item: (item.kind == "date", item.span.end - item.span.start)).span
