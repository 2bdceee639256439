"""Reads subject and clause off the order of the words where the parser has torn them from their verb."""

from reportedly.extract.statements.trees import trim
from reportedly.parsing import Parse

_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_NOMINAL = frozenset({"PROPN", "PRON", "DET", "NOUN", "ADJ", "NUM"})
_BEFORE_VERB = frozenset({"AUX", "ADV", "PART"})
_LEADING = frozenset({"ADP", "SCONJ", "CCONJ", "ADV", "PUNCT"})
_BREAKS = frozenset({",", ";", ":", "“", "”", '"', "''", "``", "–", "—", "--", "("})


def phrase_before(parse: Parse, verb: int) -> tuple[int, int] | None:
    """The noun phrase right before a verb and its auxiliaries, with an apposition between commas; None if it is none.

    "…, after residents of the town, Ash, reported hearing shots": "residents of the town, Ash".
    """
    low = parse.sentences[parse.sentence_of[verb]][0]
    stop = verb
    while stop > low and parse.pos[stop - 1] in _BEFORE_VERB:
        stop -= 1
    first = _break_before(parse, low, stop)
    if first == stop and stop > low and parse.word[stop - 1] == ",":
        aside = _break_before(parse, low, stop - 1)
        if aside == low or parse.word[aside - 1] != ",":
            return None
        first = _break_before(parse, low, aside - 1)
        stop = stop - 1 if any(parse.pos[t] in ("PROPN", "NOUN") for t in range(aside, stop - 1)) else aside - 1
    while first < stop and parse.pos[first] in _LEADING:
        first += 1
    found = trim(parse, first, stop)
    if found is None or parse.pos[found[0]] not in _NOMINAL or parse.pos[parse.top(*found)] not in _NOMINAL:
        return None
    return None if any(parse.tag[token] in _FINITE for token in range(*found)) else found


def _break_before(parse: Parse, low: int, stop: int) -> int:
    first = stop
    while first > low and parse.word[first - 1] not in _BREAKS:
        first -= 1
    return first


def trailing(parse: Parse, verb: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """(clause, subject) of "X fell, the channel reported": a finite verb with its subject at the end of a sentence."""
    if parse.tag[verb] not in _FINITE:
        return None
    low, high = parse.sentences[parse.sentence_of[verb]]
    if any(parse.tag[token] in _FINITE or parse.lower[token] == "that" for token in range(verb + 1, high)):
        return None
    subject = phrase_before(parse, verb)
    if subject is None or subject[0] <= low or parse.word[subject[0] - 1] != ",":
        return None
    clause = trim(parse, low, subject[0] - 1)
    if clause is None or parse.pos[clause[0]] in ("SCONJ", "ADP") or parse.dep[clause[0]] == "mark":
        return None
    return (clause, subject) if any(parse.tag[token] in _FINITE for token in range(*clause)) else None
