"""Each source's stance towards each happening it speaks of: from the cue's class, negation and judging words."""

import dataclasses
from collections.abc import Iterable, Mapping

from reportedly.encoding import told_of
from reportedly.extract.stance.certainty import label_of
from reportedly.extract.stance.lexicon import StanceLexicon
from reportedly.extract.stance.trees import inquiry
from reportedly.language import POSITIONS, TELLING
from reportedly.models import SURE, Read
from reportedly.parsing import Parse
from reportedly.records import STANCES, CertaintyLabel, Report, Stance, Statement

# What a source that denies the denial, or doubts the doubt, does: "confirmed that no strike took place" denies it.
_TURNED: dict[Stance, Stance] = {"confirms": "denies", "denies": "asserts", "asserts": "denies"}
_FIXED: dict[Stance, CertaintyLabel] = {"denies": "CT-", "declines": "UU", "doubts": "PR-", "confirms": "CT+"}
_PREDICATE_DEPS = frozenset({"acomp", "attr", "oprd", "ccomp", "dobj", "prep", "amod", "advmod"})
_FIRST_PERSON = frozenset({"i", "we"})
_NEGATED = -0.5
_HARDLY = -1.2
_TOLD = frozenset({"claim", "report", "allegation", "accusation", "story", "account", "assertion"})
_CLIMB = 10


def stance_of(
    parse: Parse, report: Report, statement: Statement, value: float, lexicon: StanceLexicon, cue: range
) -> Stance:
    """The stance of a statement's source towards one happening; `value` is the certainty within the statement."""
    base: Stance = POSITIONS.get(statement.cue_class or "", "asserts")
    if base == "asserts":
        base = _unsourced(parse, statement, lexicon, cue) or base
    inside = parse.tokens_in(report.trigger.start, report.trigger.end)
    if inside and base in ("endorses", "condemns") and parse.lemma[inside[0]] in _TOLD:
        return "confirms" if base == "endorses" else "denies"  # who backs a claim says that it is true
    if base == "declines" and statement.source is None:
        return "doubts"  # "the claim could not be verified": nobody in particular will not say
    if base == "declines" and inside and _is_deed(parse, parse.top(inside.start, inside.stop), lexicon, cue):
        return "denies"
    if base in ("declines", "doubts", "endorses", "condemns") or not inside:
        return base
    judged = judgement(parse, parse.top(inside.start, inside.stop), lexicon, cue)
    negated = value < _NEGATED or report.negated
    if base == "asserts":
        if judged is not None:
            return judged
        if not negated or report.type is None:  # "the city has no laboratory": tells of something that is not so
            return base
        return "doubts" if _HARDLY < value < 0 else "denies"  # "may not have been rebels"
    if base == "confirms" and negated:
        # "No alliance has been confirmed" leaves it open; "confirmed that there was no alliance" denies it.
        return "doubts" if statement.source is None else _TURNED[base]
    return _turn_denial(base, value, report)


def _is_deed(parse: Parse, token: int, lexicon: StanceLexicon, cue: range) -> bool:
    """ "Refused to accept the result": what is refused is not to speak of it."""
    refused = parse.head[token] in cue and parse.dep[token] == "xcomp" and parse.tag[token] == "VB"
    return refused and lexicon.stance(parse.lemma[token], "VERB", "refused") == "denies"


def _unsourced(parse: Parse, statement: Statement, lexicon: StanceLexicon, cue: range) -> Stance | None:
    """ "There are conflicting reports that …", "unconfirmed reports said": the outlet's doubt, nobody stands by it."""
    source = statement.source
    if source is not None and source.kind != "document":
        return None
    words = parse.tokens_in(source.start, source.end) if source and source.start is not None and source.end else cue
    for token in words:
        if parse.pos[token] == "NOUN" and lexicon.stance(parse.lemma[token], "NOUN", "above") == "doubts":
            return "doubts"
        if parse.lemma[token] in lexicon.claims and _modifier(parse, token, lexicon) == "doubts":
            return "doubts"
    return None


def _turn_denial(base: Stance, value: float, report: Report) -> Stance:
    """Two negations make an assertion, unless the inner one is a noun of denial itself ("denied any refusal")."""
    turned = base == "denies" and report.negated and value < _NEGATED
    return _TURNED[base] if turned else base


def judgement(parse: Parse, token: int, lexicon: StanceLexicon, stop: range) -> Stance | None:
    """What the words around a happening make of it: "the report is false", "no evidence", "unconfirmed reports"."""
    at = token
    for _ in range(_CLIMB):
        found = _modifier(parse, at, lexicon)
        if found is None and at != token:
            found = _speech(parse, at, lexicon) or _above(parse, at, lexicon) or inquiry(parse, at, lexicon)
        if found is None:
            found = _predicate(parse, at, lexicon, stop)
        head = parse.head[at]
        if found is not None or head == at or head in stop or at in stop:
            return found
        at = head
    return None


def _speech(parse: Parse, at: int, lexicon: StanceLexicon) -> Stance | None:
    """The source speaks in the first person: "we deny …", "I am not going to confirm or deny …"."""
    refusal = lexicon.stance(parse.lemma[at], parse.pos[at], "refusal")
    speech = lexicon.stance(parse.lemma[at], parse.pos[at], "speech")
    if refusal is None and speech is None:
        return None
    verb, first_person, negated = at, False, False
    for _ in range(_CLIMB):
        for child in parse.children[verb]:
            negated = negated or parse.dep[child] == "neg"
            first_person = first_person or (parse.dep[child] == "nsubj" and parse.lower[child] in _FIRST_PERSON)
        if parse.dep[verb] == "relcl" and parse.lower[parse.head[verb]] == "nothing":  # "nothing to add"
            negated, verb = True, parse.head[verb]
        elif first_person or parse.dep[verb] not in ("conj", "xcomp", "ccomp", "advcl", "acomp"):
            break
        verb = parse.head[verb]
    if not first_person:
        return None
    return refusal if negated else speech


def _modifier(parse: Parse, at: int, lexicon: StanceLexicon) -> Stance | None:
    for child in parse.children[at]:
        if parse.dep[child] == "amod":
            stance = lexicon.stance(parse.lower[child], parse.pos[child], "modifier")
            if stance is None:
                stance = lexicon.stance(parse.lower[child], "ADJ", "modifier")
            if stance is not None:
                return stance
    return None


def _above(parse: Parse, at: int, lexicon: StanceLexicon) -> Stance | None:
    stance = lexicon.stance(parse.lemma[at], parse.pos[at], "above")
    if stance is not None and not _is_negated(parse, at):
        return stance
    stance = lexicon.stance(parse.lemma[at], parse.pos[at], "negated")
    if stance == "asserts" and not any(parse.lower[c] in ("no", "any", "little") for c in parse.children[at]):
        return None  # "no question" is one thing, "will not answer questions" another
    return stance if stance is not None and _is_negated(parse, at) else None


def _is_negated(parse: Parse, at: int) -> bool:
    """A noun or adjective with `no` or `any` under a negated verb, or with a negation at its verb."""
    head = parse.head[at]
    near = [(parse.dep[c], parse.lower[c]) for c in parse.children[at]]
    if any(dep == "neg" or word == "no" for dep, word in near):
        return True
    return any(parse.dep[c] == "neg" or parse.lower[c] in ("without", "lack") for c in (*parse.children[head], head))


def _predicate(parse: Parse, at: int, lexicon: StanceLexicon, stop: range) -> Stance | None:
    """A judging word that is said of the happening: it is the subject, or the object of calling it so."""
    head = parse.head[at]
    candidates: Iterable[int]
    if head == at:
        candidates = (c for c in parse.children[at] if parse.dep[c] in ("acomp", "attr") and c != at)
    elif parse.dep[at] in ("nsubj", "nsubjpass", "dobj", "ccomp", "csubj") or _is_condition(parse, at):
        candidates = _said_of(parse, head, at)
        if head in stop and parse.dep[at] not in ("dobj", "nsubjpass"):
            return None
    else:
        return None
    for word in candidates:
        if (
            word == head
            and parse.pos[word] == "VERB"
            and parse.dep[at] == "nsubj"
            and not _happens(parse, word, lexicon)
        ):
            continue  # "the states welcomed": what the subject does, not what is said of it
        stance = lexicon.stance(parse.lemma[word], parse.pos[word], "predicate")
        stance = stance or lexicon.stance(parse.lower[word], parse.pos[word], "predicate")
        if stance is not None:
            return _negate(stance) if _negated_predicate(parse, word) else stance
        stance = lexicon.stance(parse.lemma[word], parse.pos[word], "negated")
        if word == head and parse.dep[at] == "dobj":
            continue  # what somebody does not confirm is a refusal, not a judgement
        if stance is not None and _negated_predicate(parse, word):
            return stance
    return None


def _happens(parse: Parse, verb: int, lexicon: StanceLexicon) -> bool:
    """ "The attack never happened"."""
    return lexicon.stance(parse.lemma[verb], "VERB", "negated") == "denies"


def _is_condition(parse: Parse, at: int) -> bool:
    """ "If they strike the camps, it is positive": what is said in the main clause is said of the condition."""
    return parse.dep[at] == "advcl" and any(parse.lower[c] in ("if", "when", "whether") for c in parse.children[at])


def _said_of(parse: Parse, head: int, at: int) -> Iterable[int]:
    """The predicate itself and what completes it."""
    yield head
    if parse.dep[head] in ("auxpass", "aux"):
        verb = parse.head[head]
        yield verb
        yield from (c for c in parse.children[verb] if parse.dep[c] in ("acomp", "attr"))
    for child in parse.children[head]:
        if parse.dep[child] == "conj" and not any(
            parse.dep[c] in ("nsubj", "nsubjpass") for c in parse.children[child]
        ):
            yield from (c for c in parse.children[child] if parse.dep[c] in ("acomp", "attr"))
        if child != at and parse.dep[child] in _PREDICATE_DEPS:
            yield child
            for below in parse.children[child]:
                if parse.dep[below] in ("amod", "pobj", "acomp", "conj", "attr"):
                    yield below
                if parse.dep[below] == "pobj":  # "of dubious credibility"
                    yield from (c for c in parse.children[below] if parse.dep[c] == "amod")


def _negated_predicate(parse: Parse, word: int) -> bool:
    return any(parse.dep[c] == "neg" for t in (word, parse.head[word]) for c in parse.children[t])


def _negate(stance: Stance) -> Stance | None:
    """ "Not true" denies; "not false" and "not positive" say less than their opposites: no stance of their own."""
    return "denies" if stance == "confirms" else None


def shares_of(parse: Parse, report: Report, statement: Statement, read: Read) -> Mapping[str, float] | None:
    """What the reader makes of the statement's stance; None where nothing is told: the outlet's own voice, a demand."""
    if statement.cue_class not in TELLING:
        return None
    tokens = parse.tokens_in(report.trigger.start, report.trigger.end)
    told = told_of(parse, statement, tokens.start if tokens else None)
    return read.stance(*told) if told is not None else None


def settled(stance: Stance, shares: Mapping[str, float]) -> Stance:
    """The rules' stance; where they have found none but asserting, the reader's where it is sure enough.

    What the rules have found stays: overruling it lost on the annotated stories at any share.
    """
    if stance != "asserts":
        return stance
    likely = max(STANCES, key=lambda known: shares[known])
    return likely if shares[likely] >= SURE else stance


def certainty_of(stance: Stance, value: float, report: Report) -> CertaintyLabel:
    """FactBank's label relative to the source: fixed for those who deny, decline, doubt or confirm."""
    if stance in _FIXED:
        return _FIXED[stance]
    if report.modality == "conditional":
        return "UU"
    label = label_of(abs(value) if report.negated else value)
    return "PR+" if report.modality == "planned" and label == "CT+" else label


def with_stance(
    parse: Parse,
    report: Report,
    statement: Statement,
    value: float,
    lexicon: StanceLexicon,
    cue: range,
    shares: Mapping[str, float] | None = None,
    sure: float | None = None,
) -> Report:
    """The report with its stance and certainty; `sure` is the certainty to label where it is not `value`."""
    stance = stance_of(parse, report, statement, value, lexicon, cue)
    if shares is not None:
        stance = settled(stance, shares)
    return dataclasses.replace(
        report, stance=stance, certainty=certainty_of(stance, value if sure is None else sure, report)
    )
