"""Refusals and flat negations in what somebody says: "we don't discuss operations", "there were no cases"."""

from reportedly.extract.stance.scene import Judged, Scene
from reportedly.extract.stance.trees import (
    PRONOUNS,
    clause_of,
    inquiry,
    is_negated,
    is_supposed,
    object_of,
    subject_of,
)
from reportedly.parsing import Parse
from reportedly.records import Statement

_WHETHER = frozenset({"if", "whether"})
_NOT_ALL = frozenset({"just", "only", "about", "merely", "simply", "yet"})
_STEPS = 5


def of_refusal(scene: Scene, token: int, statement: Statement) -> Judged | None:
    """ "We don't discuss operations", "it could not vouch for", "I honestly don't know"."""
    parse = scene.parse
    stance = scene.lexicon.stance(parse.lemma[token], parse.pos[token], "refusal")
    if stance is None:
        return None
    clause, negated = token, False
    for _ in range(_STEPS):
        negated = negated or any(
            parse.dep[c] == "neg" or parse.lower[c] in ("unable", "neither") for c in (clause, *parse.children[clause])
        )
        if subject_of(parse, clause) is not None or parse.dep[clause] not in ("conj", "xcomp", "ccomp"):
            break
        clause = parse.head[clause]
    if parse.dep[clause] == "relcl" and parse.lower[parse.head[clause]] == "nothing":  # "nothing to add"
        clause, negated = parse.head[parse.head[clause]], True
    if not negated or not scene.is_speaker(subject_of(parse, clause), statement):
        return None
    about = object_of(scene.parse, token)
    known = (
        parse.lemma[about] in scene.lexicon.claims
        or parse.lower[about] in PRONOUNS
        or parse.lemma[about] in scene.lexicon.deeds
    )
    asked = any(parse.lower[c] in _WHETHER for c in parse.children[about])
    if about == token or known or asked or scene.is_known(about):
        return Judged(statement, about, token, stance, True, token)
    return None


def of_inquiry(scene: Scene, token: int, statement: Statement) -> Judged | None:
    """ "Analysts are examining the video", "trying to verify where the shots came from": they cannot say yet."""
    stance = inquiry(scene.parse, token, scene.lexicon)
    about = object_of(scene.parse, token)
    return None if stance is None else Judged(statement, about, token, stance, True, token, "inquiry")


def of_contrary(scene: Scene, token: int, statement: Statement) -> Judged | None:
    """ "She is safe and well", "all is fine with him": what cannot be so where the article tells of a capture."""
    parse = scene.parse
    stance = scene.lexicon.stance(parse.lower[token], parse.pos[token], "contrary")
    if stance is None or parse.dep[token] not in ("acomp", "advmod", "attr", "oprd", "conj"):
        return None
    clause = clause_of(parse, token)
    if (
        parse.pos[clause] not in ("VERB", "AUX")
        or is_negated(parse, clause, token)
        or is_supposed(parse, clause, token)
    ):
        return None
    subject = subject_of(parse, clause)
    if subject is None or not _is_told(scene, clause, statement, habit=True):
        return None
    return Judged(statement, token, clause, stance, True, token, "contrary")


def of_negation(scene: Scene, token: int, statement: Statement) -> Judged | None:
    """ "There were no cases", "the woman was not his wife": a flat negation on what the article is about."""
    parse = scene.parse
    about = clause = parse.head[token]
    noun = parse.lower[token] == "no"
    if noun:
        if parse.dep[about] not in ("attr", "nsubj", "nsubjpass", "dobj"):
            return None
        if scene.lexicon.stance(parse.lemma[about], "NOUN", "negated") is not None:
            return None
        clause = parse.head[about]
    if parse.pos[clause] not in ("VERB", "AUX") or not _is_told(scene, clause, statement):
        return None
    words = (clause, *(c for c in parse.children[clause] if parse.dep[c] == "acomp"))
    if any(scene.lexicon.stance(parse.lemma[w], parse.pos[w], "negated") is not None for w in words):
        return None
    if token + 1 < len(parse) and parse.lower[token + 1] in _NOT_ALL:
        return None
    subject = subject_of(parse, clause)
    if subject is None or parse.lower[subject] in ("i", "you", "we"):
        return None
    if not noun and not _is_definite(scene.parse, subject):
        return None
    shared = scene.shared(clause, statement)
    passive = noun and parse.dep[about] == "nsubjpass" and parse.tag[clause] == "VBN"  # "no files had been taken"
    flat = bool(shared) and not noun and parse.lemma[clause] == "be"  # "the woman was not his wife"
    if passive or flat or (noun and parse.lemma[about] in shared) or len(shared) > 1:
        return Judged(statement, clause if passive else about, clause, "denies", False, token)
    return None


def _is_definite(parse: Parse, subject: int) -> bool:
    """Whether a subject is somebody or something known: "aid is not a privilege" is on nothing that happened."""
    if parse.pos[subject] == "PROPN" or parse.lower[subject] in ("he", "she", "they"):
        return True
    return any(
        parse.dep[c] in ("poss", "acl", "relcl") or parse.lower[c] in ("the", "this", "that", "these", "those", "no")
        for c in parse.children[subject]
    )


def _is_told(scene: Scene, clause: int, statement: Statement, habit: bool = False) -> bool:
    """Whether a main clause plainly says that something did not happen or is not so: no modal, no habit."""
    parse = scene.parse
    auxiliaries = [c for c in parse.children[clause] if parse.dep[c] in ("aux", "auxpass")]
    if any(parse.tag[c] == "MD" or parse.lower[c] in ("do", "does") for c in auxiliaries):
        return False
    past = parse.tag[clause] in ("VBD", "VBN") or any(parse.lower[c] == "did" for c in auxiliaries)
    if not habit and (parse.lemma[clause] in ("have", "go") or not (past or parse.lemma[clause] == "be")):
        return False
    if any(parse.lower[c] in ("if", "unless") for c in parse.children[clause]):
        return False
    return scene.is_main_clause(clause, statement)
