"""Monitoring bodies: groups that watch and count what happens, known by their names or by what they are called."""

from reportedly.extract.origins.names import Outlets, body_name, one_line
from reportedly.extract.origins.ways import How, tells
from reportedly.language import Language
from reportedly.parsing import Parse

_RELATIVES = frozenset({"which", "who"})


def body_word(parse: Parse, first: int, stop: int, language: Language) -> int | None:
    """The word of a run of names by which it may be a monitoring body's; None where nothing says that it is one.

    Some words are enough ("Observatory"); others end the names of many bodies ("Centre", "Institute"), and need beside
    them what the body is for ("for Human Rights") or what it is called ("the monitoring group").
    """
    words = language.words
    for token in range(first, stop):
        if parse.word[token] in words["monitor"]:
            return token
    weak = next((t for t in range(first, stop) if parse.word[t] in words["monitor-weak"]), None)
    if weak is not None:
        low, high = body_name(parse, weak)
        if parse.word[low] == "International" or any(
            _is_field(parse, token, low, language) for token in range(low, high)
        ):
            return weak
    return (weak if weak is not None else first) if _is_called(parse, first, stop, language) else None


def _is_field(parse: Parse, token: int, low: int, language: Language) -> bool:
    """Whether a word of a name says what the body is for; "Justice Grey" is a judge, "Sailors for Justice" a body."""
    if parse.word[token] not in language.words["monitor-field"]:
        return False
    return parse.word[token] not in language.words["monitor-weak"] or (token > low and parse.lower[token - 1] == "for")


def _is_called(parse: Parse, first: int, stop: int, language: Language) -> bool:
    """ "the watchdog X", "X, a monitoring group", "X, which tracks militants"."""
    top = parse.top(first, stop)
    if first and parse.pos[first - 1] == "NOUN" and _is_kind(parse, first - 1, language):
        return True
    for kid in parse.children[top]:
        if kid < stop:
            continue
        if parse.dep[kid] == "appos" and _is_kind(parse, kid, language):
            return True
        if parse.dep[kid] == "relcl" and parse.lemma[kid] in language.words["watching"]:
            return True
    return parse.dep[top] == "appos" and _is_kind(parse, parse.head[top], language)


def _is_kind(parse: Parse, noun: int, language: Language) -> bool:
    words = language.words
    if parse.lemma[noun] in words["monitor-noun"]:
        return True
    before = {parse.lower[t] for t in range(max(0, noun - 3), noun)}
    return parse.lemma[noun] in (
        "group",
        "organisation",
        "organization",
        "network",
        "body",
        "project",
        "service",
    ) and bool(before & words["monitor-kind"])


def credited_body(
    parse: Parse, token: int, speaking: set[int], directory: Outlets, language: Language
) -> tuple[str, int, int, How] | None:
    """(name, first, stop, how) of a monitoring body, credited where it says something; None where it is none."""
    low, high = body_name(parse, token)
    words = [parse.lower[word] for word in range(low, high)]
    if len(words) < 2 and parse.word[token] in language.words["monitor"] - {"Observatory", "Amnesty"}:
        return None
    organs = language.words["state-body"] & set(words)
    if (organs and (organs != {"committee"} or words[-1] == "committee")) or parse.lower[high - 1] == "intelligence":
        return None
    name = directory.body(one_line(parse, low, high)) or one_line(parse, low, high)
    top = parse.top(low, high)
    after = high + 1 if high < len(parse) and parse.lower[high] == "," else high
    says = after < len(parse) and parse.lower[after] in _RELATIVES and tells(parse, parse.head[after], language)
    counts = parse.dep[top] == "nsubj" and parse.lemma[parse.head[top]] in language.words["watching"]
    credited = says or counts or _is_from(parse, top, language) or any(t in speaking for t in range(low, high))
    return name, low, high, "group" if credited else "absent"


def _is_from(parse: Parse, top: int, language: Language) -> bool:
    """ "reports came from X", "released by X", "quoted officials of X"."""
    if parse.dep[top] != "pobj":
        return False
    preposition = parse.head[top]
    governor = parse.head[preposition]
    if parse.lower[preposition] in ("from", "by"):
        known = parse.lemma[governor] in language.words["releasing"] or parse.lemma[governor] == "come"
        return known or tells(parse, governor, language)
    if parse.lower[preposition] == "of" and parse.dep[governor] == "dobj":
        return parse.lemma[parse.head[governor]] in ("quote", "cite")
    return False
