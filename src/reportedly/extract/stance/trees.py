"""Walks over the tree of a sentence that judging words need: their clause, its subject, what it is on."""

from reportedly.extract.stance.lexicon import StanceLexicon
from reportedly.parsing import Parse
from reportedly.records import Stance

# Words that point to something said, and those that open what is asked.
PRONOUNS = frozenset({"that", "this", "it", "which", "these", "those"})
OPEN = frozenset({"if", "whether", "what", "who", "where", "how", "which"})
_TRYING = frozenset({"try", "work", "seek", "attempt", "scramble", "struggle", "hope", "race"})
_RISING = frozenset({"acomp", "attr", "oprd", "conj", "amod", "pobj", "prep", "advmod", "dobj"})
_CLAUSES = frozenset({"ccomp", "acl", "relcl", "csubj", "csubjpass", "advcl", "xcomp"})
_SUBJECTS = ("nsubj", "nsubjpass", "expl")
_STEPS = 5


def clause_of(parse: Parse, token: int) -> int:
    """The verb that a judging word belongs to, up through phrases."""
    at = token
    for _ in range(_STEPS):
        if parse.pos[at] in ("VERB", "AUX") and parse.dep[at] not in ("amod", "acomp", "oprd"):
            break
        if parse.dep[at] not in _RISING:
            break
        at = parse.head[at]
    return at


def is_negated(parse: Parse, clause: int, *words: int) -> bool:
    return any(
        parse.dep[c] == "neg" or (parse.dep[c] == "det" and parse.lower[c] in ("no", "neither"))
        for token in (clause, *words)
        for c in parse.children[token]
    )


def is_supposed(parse: Parse, clause: int, token: int) -> bool:
    """ "If it is true", "it could never happen": tells of nothing that is so."""
    for child in parse.children[clause]:
        if parse.lower[child] == "if" or (parse.tag[child] == "MD" and clause == token and parse.tag[token] == "VB"):
            return True
        if parse.dep[child] == "advcl" and any(parse.lower[c] == "if" for c in parse.children[child]):
            return True
    return False


def subject_of(parse: Parse, clause: int) -> int | None:
    for child in parse.children[clause]:
        if parse.dep[child] in _SUBJECTS:
            return child
    if parse.dep[clause] == "conj":
        head = parse.head[clause]
        return next((c for c in parse.children[head] if parse.dep[c] in _SUBJECTS), None)
    return None


def told_below(parse: Parse, clause: int, *words: int) -> int | None:
    """The clause that is judged: "it is unclear whether …", "rumours that …"."""
    for word in (*words, clause):
        for child in parse.children[word]:
            if child > word and parse.dep[child] in _CLAUSES and parse.pos[child] in ("VERB", "AUX", "ADJ", "NOUN"):
                return child
    return None


def object_of(parse: Parse, verb: int) -> int:
    """What a verb is on: its object, that of its preposition, or its clause; else itself."""
    for child in parse.children[verb]:
        if child > verb and parse.dep[child] in ("dobj", "ccomp", "advcl"):
            return child
        if child > verb and parse.dep[child] in ("prep", "prt"):
            below = [c for c in parse.children[child] if parse.dep[c] in ("pobj", "pcomp")]
            if below:
                return below[0]
    return verb


def inquiry(parse: Parse, verb: int, lexicon: StanceLexicon) -> Stance | None:
    """ "Analysts are examining the video", "trying to verify where the shots came from": they cannot say yet."""
    stance = lexicon.stance(parse.lemma[verb], "VERB", "inquiry")
    if stance is None or parse.pos[verb] != "VERB" or parse.tag[verb] not in ("VBG", "VB"):
        return None
    head = parse.head[verb]
    if parse.tag[verb] == "VB" and (parse.dep[verb] not in ("xcomp", "advcl") or parse.lemma[head] not in _TRYING):
        return None
    about = object_of(parse, verb)
    asked = any(parse.lower[c] in OPEN for c in (*parse.children[about], about))
    return stance if asked or parse.lemma[about] in lexicon.claims or parse.lower[about] in PRONOUNS else None
