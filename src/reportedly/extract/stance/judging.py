"""Judging words in what somebody says: "that simply isn't true", "it is unclear whether", "conflicting reports"."""

from reportedly.extract.stance.scene import Judged, Scene
from reportedly.extract.stance.trees import (
    OPEN,
    PRONOUNS,
    clause_of,
    is_negated,
    is_supposed,
    subject_of,
    told_below,
)
from reportedly.records import Statement

_WHETHER = frozenset({"if", "whether"})
_SHOWING = frozenset({"show", "find", "see", "give", "offer", "provide", "reveal"})
_EMERGING = frozenset({"begin", "spread", "emerge", "circulate", "surface", "swirl", "persist", "mount", "arise"})


def of_predicate(scene: Scene, token: int, statement: Statement) -> Judged | None:
    """What is said of a claim, or of "that": false, untrue, a hoax, of dubious credibility; unclear whether."""
    parse, lexicon = scene.parse, scene.lexicon
    stance = lexicon.stance(parse.lemma[token], parse.pos[token], "predicate")
    stance = stance or lexicon.stance(parse.lower[token], parse.pos[token], "predicate")
    clause = clause_of(parse, token)
    small = parse.dep[token] == "ccomp" and any(parse.dep[c] == "nsubj" for c in parse.children[token])
    if clause == token and parse.pos[token] != "VERB" and not small:
        return None
    negated = is_negated(parse, clause, token)
    if stance is None:
        stance = lexicon.stance(parse.lemma[token], parse.pos[token], "negated")
        if stance is None or not negated or parse.pos[token] not in ("ADJ", "VERB"):
            return None
    elif negated:
        stance = "denies" if stance == "confirms" else None
    if stance is None or is_supposed(parse, clause, token):
        return None
    subject = subject_of(parse, clause)
    below = told_below(parse, clause, token)
    if below is not None and (subject is None or parse.lower[subject] in ("it", "there")):
        marks = [parse.lower[c] for c in parse.children[below] if parse.dep[c] in ("mark", "advmod", "nsubj", "attr")]
        asked = any(word in OPEN for word in marks) and not any(word in _WHETHER for word in marks)
        if asked or any(parse.tag[c] == "TO" for c in parse.children[below]):
            return None
        if stance not in ("denies", "doubts") or not scene.is_main_clause(clause, statement):
            return None
        return Judged(statement, below, clause, stance, True, token)
    if subject is None or not scene.holds(clause, statement):
        return None
    pronoun = parse.lower[subject] in PRONOUNS
    if stance in ("endorses", "condemns"):
        pointed = any(parse.lower[c] in ("this", "that", "these", "such") for c in parse.children[subject])
        fits = parse.lower[subject] in ("this", "that", "it") or (
            parse.lemma[subject] in scene.lexicon.deeds and pointed
        )
        return Judged(statement, subject, clause, stance, True, token) if fits and not statement.is_narrator else None
    if parse.lemma[subject] in scene.lexicon.claims or pronoun:
        return Judged(statement, subject, clause, stance, True, token)
    return None


def of_noun(scene: Scene, token: int, statement: Statement) -> Judged | None:
    """ "There are rumours that …", "conflicting reports", "no evidence": in a main clause that says there are."""
    parse, lexicon = scene.parse, scene.lexicon
    noun, stance = token, lexicon.stance(parse.lemma[token], parse.pos[token], "above")
    if stance is not None and is_negated(parse, token):
        return None  # "no doubt"
    if stance is None and parse.dep[token] == "amod":
        stance = lexicon.stance(parse.lower[token], "ADJ", "modifier")
        noun = parse.head[token]
        if stance is not None and parse.lemma[noun] not in scene.lexicon.claims:
            return None
    clause = parse.head[noun]
    if parse.dep[noun] not in ("attr", "dobj", "nsubj", "nsubjpass") or parse.pos[clause] not in ("VERB", "AUX"):
        return None
    if stance is None:
        stance = lexicon.stance(parse.lemma[token], parse.pos[token], "negated")
        if stance is None or parse.pos[token] != "NOUN" or not is_negated(parse, clause, noun):
            return None
    subject = subject_of(parse, clause)
    exists = subject is not None and (
        parse.dep[subject] == "expl" or (subject == noun and parse.lemma[clause] in _EMERGING)
    )
    if statement.is_narrator and stance == "declines":
        return None
    spoken = parse.dep[noun] == "dobj" and _is_told_that(scene, clause, subject, statement)
    if not exists and (statement.is_narrator or not spoken):
        return None
    below = next((o for c in parse.children[noun] if parse.dep[c] == "prep" for o in parse.children[c] if o > c), None)
    told = told_below(parse, noun)
    if below is None or (told is not None and parse.left[told] < below):
        below = told
    return Judged(statement, noun if below is None else below, clause, stance, True, token)


def _is_told_that(scene: Scene, clause: int, subject: int | None, statement: Statement) -> bool:
    """ "We have no evidence", "the pictures showed no sign": the speaker's own, or the main thing that is said."""
    if scene.is_speaker(subject, statement):
        return True
    return scene.parse.lemma[clause] in _SHOWING and scene.is_main_clause(clause, statement)
