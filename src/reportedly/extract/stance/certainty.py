"""How certain a text is that an event happened: operators on the way from the event's word up to its clause's root.

After Lotan et al. (2013), TruthTeller, and Saurí and Pustejovsky (2012), FactBank: modals, negation, adverbs and the
predicates above an event each limit or turn its value. The values in certainty.csv are rounded means of the
annotations in the training part of Lee et al. (2015), the UW set.
"""

from collections.abc import Collection

from reportedly.extract.stance.lexicon import Role, StanceLexicon
from reportedly.language import Language
from reportedly.parsing import Parse
from reportedly.records import CertaintyLabel

# Bounds of the labels on the scale of Stanovsky et al. (2017): near 3 certain, near 2 probable, near 1 possible.
_CERTAIN, _PROBABLE, _POSSIBLE = 2.5, 1.6, 0.85
_CONDITION = 0.9
_MAX_STEPS = 12
_NOBODY = frozenset({"nobody", "none", "nothing", "neither"})
# Verbs whose subject is the event itself: what is said of them is said of it.
_OCCUR = frozenset({"occur", "happen", "take", "be", "begin", "start", "continue", "follow", "come"})


def label_of(value: float) -> CertaintyLabel:
    """FactBank's label for a value from -3 to 3."""
    size = abs(value)
    if size < _POSSIBLE:
        return "UU"
    if value > 0:
        return "CT+" if size >= _CERTAIN else "PR+" if size >= _PROBABLE else "PS+"
    # Negation alone is certain: its value in the data is a little nearer to nought.
    return "CT-" if size >= _PROBABLE else "PR-" if size >= 1.2 else "PS-"


def certainty_value(
    parse: Parse, token: int, lexicon: StanceLexicon, language: Language, stop: Collection[int] = ()
) -> float:
    """The value, -3.0 … 3.0, of the event named by a token, climbing no further than the tokens of `stop` (a cue)."""
    value, at, steps, below = 3.0, token, 0, -1
    while steps < _MAX_STEPS:
        value = _own(parse, at, below, value, lexicon, language)
        head = parse.head[at]
        if head == at or head in stop:
            break
        granted = _granted(parse, at, head, lexicon)
        if granted is not None:
            return _limit(value, granted)
        turned = _from_above(parse, at, head, value, lexicon)
        if turned is None:
            return _limit(value, _CONDITION) if _conditional(parse, at, head, lexicon) else value
        value, at, steps, below = turned, head, steps + 1, at
    return value


def _granted(parse: Parse, at: int, head: int, lexicon: StanceLexicon) -> float | None:
    """What the word above takes for granted: "they did not know that …", "stopped the sale"."""
    dep = parse.dep[at]
    if dep in ("dobj", "nsubjpass") and parse.pos[at] == "NOUN":
        return lexicon.operator(parse.lemma[head], parse.pos[head], "object")
    if dep == "ccomp" and not any(parse.dep[c] == "mark" and parse.lower[c] != "that" for c in parse.children[at]):
        return lexicon.operator(parse.lemma[head], parse.pos[head], "factive")
    return None


def _conditional(parse: Parse, at: int, head: int, lexicon: StanceLexicon) -> bool:
    """Whether an event that its clause presupposes (its subject, say) stands in an if-clause."""
    marks = (parse.lower[c] for c in parse.children[head] if parse.dep[c] == "mark")
    return parse.dep[at] == "nsubj" and any(lexicon.operator(word, "SCONJ", "mark") is not None for word in marks)


def _limit(value: float, by: float) -> float:
    """An operator of value `by` over an event of value `value`: it caps the size, a negative one turns the sign."""
    size = min(abs(value), abs(by))
    return size if (value > 0) == (by > 0) else -size


def _own(parse: Parse, at: int, below: int, value: float, lexicon: StanceLexicon, language: Language) -> float:
    """Modals, negation, adverbs, adjectives and conjunctions that stand at the word itself."""
    negated = False
    for child in parse.children[at]:
        if child == below:
            continue
        dep, word = parse.dep[child], parse.lower[child]
        by: float | None = None
        if dep == "neg" or (dep == "det" and word in ("no", "neither")) or (dep == "preconj" and word == "neither"):
            negated = not negated
        elif dep in ("aux", "auxpass"):
            by = lexicon.operator(parse.lemma[child], parse.pos[child], "modal")
        elif dep == "mark":
            by = lexicon.operator(word, parse.pos[child], "mark")
        elif dep == "advmod":
            by = lexicon.operator(word, parse.pos[child], "adverb")
            if by is None and word in language.negators:
                negated = not negated
        elif dep in ("nsubj", "nsubjpass", "dobj") and _is_nobody(parse, child):
            negated = not negated
        elif dep == "amod":
            by = lexicon.operator(word, parse.pos[child], "adjective")
        if by is not None:
            value = _limit(value, by)
    return _limit(value, lexicon.default("negation")) if negated else value


def _is_nobody(parse: Parse, token: int) -> bool:
    if parse.lower[token] in _NOBODY:
        return True
    return any(parse.dep[c] == "det" and parse.lower[c] == "no" for c in parse.children[token])


def _from_above(parse: Parse, at: int, head: int, value: float, lexicon: StanceLexicon) -> float | None:
    """The value after the word above; None where what stands above does not bear on the event."""
    dep, lemma, pos = parse.dep[at], parse.lemma[head], parse.pos[head]
    infinitive = any(parse.tag[c] == "TO" for c in parse.children[at])
    match dep:
        case "conj":
            # A coordinated verb shares the first one's modals and negation unless it has some of its own.
            own = ("nsubj", "nsubjpass", "expl", "aux", "auxpass")
            return None if any(parse.dep[c] in own and parse.tag[c] != "TO" for c in parse.children[at]) else value
        case "prep":
            bears = pos in ("NOUN", "VERB", "ADJ") and parse.lower[at] in (
                "of",
                "from",
                "for",
                "to",
                "in",
                "on",
                "about",
            )
            return value if bears else None
        case "pobj" | "pcomp":
            return _after_preposition(parse, dep, head, value, lexicon)
        case "nsubj":
            return value if lemma in _OCCUR else None
        case "compound" | "nmod":
            return _limit(value, lexicon.default("compound")) if parse.pos[at] == "NOUN" else None
        case "relcl":
            return _limit(value, lexicon.default("infinitive")) if infinitive else None
        case "acomp":
            return value
        case "xcomp" | "ccomp" | "acl" | "dobj" | "nsubjpass" | "csubj" | "oprd" | "attr":
            by = lexicon.operator(lemma, pos, "above")
            if by is None and dep == "ccomp" and at < head and pos == "VERB":
                return None  # a clause set before another one: "two were held; none was charged"
            if by is None and lemma == "be":
                by = _of_predicate(parse, at, head, lexicon)
            if by is None and infinitive:
                by = lexicon.operator(lemma, pos, "to")
            if by is None and infinitive and dep in ("xcomp", "ccomp", "acl"):
                by = lexicon.default("infinitive")
            return value if by is None else _limit(value, by)
        case "advcl":
            if not infinitive:
                return None
            by = lexicon.operator(lemma, pos, "to")
            return _limit(value, lexicon.default("purpose") if by is None else by)
    return None


def _of_predicate(parse: Parse, at: int, head: int, lexicon: StanceLexicon) -> float | None:
    """ "It is possible that …": the predicate beside the clause is what stands above it."""
    for child in parse.children[head]:
        if child != at and parse.dep[child] in ("acomp", "attr"):
            return lexicon.operator(parse.lemma[child], parse.pos[child], "above")
    return None


def _after_preposition(parse: Parse, dep: str, head: int, value: float, lexicon: StanceLexicon) -> float | None:
    above = parse.head[head]
    role: Role = "above" if dep == "pcomp" else "of"
    by = lexicon.operator(parse.lemma[above], parse.pos[above], role)
    if by is None:
        by = lexicon.operator(parse.lower[head], parse.pos[head], "of")
    if by is not None:
        return _limit(value, by)
    return value if dep == "pcomp" else None
