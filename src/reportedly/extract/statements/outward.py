"""Finds the reporting verbs that the parser hangs inside what is said though its speaker is their subject."""

from collections.abc import Mapping, Sequence

from reportedly.extract.statements.matching import Match
from reportedly.extract.statements.trees import child, is_passive, nearest_subject
from reportedly.language import Language
from reportedly.parsing import Parse

_MOODS = frozenset({"believe", "intend", "learn"})
_PAST = frozenset({"VBD", "VBZ"})


def outward(parse: Parse, language: Language, matches: Sequence[Match], quoted: Mapping[int, int]) -> Mapping[int, int]:
    """Anchor of such a verb -> the reporting verb whose subject it has.

    "He argued that the list was long, saying …" is his saying, not the list's; "the ministry confirmed that a raid took
    place but insisted that …" is the ministry's insistence, not the raid's.
    """
    speaking = {match.tail: match.anchor for match in matches if match.frame == "clause" and match.cue.pos != "noun"}
    found: dict[int, int] = {}
    for match in matches:
        if match.cue.pos not in ("verb", "phrase") or match.cue.kind in _MOODS or match.anchor in quoted:
            continue
        anchor = match.anchor
        if parse.tag[anchor] == "VBG" and parse.dep[anchor] == "advcl" and parse.word[parse.left[anchor] - 1] == ",":
            outer = _holder(parse, parse.head[anchor], speaking)
        elif parse.dep[anchor] == "conj" and _told_on(parse, language, anchor):
            outer = _holder(parse, parse.head[anchor], speaking)
            if outer is not None and parse.tag[outer] != parse.tag[anchor]:
                outer = None
        else:
            continue
        if outer is not None:
            found[anchor] = outer
    return found


def _holder(parse: Parse, verb: int, speaking: Mapping[int, int]) -> int | None:
    """The reporting verb before the clause that a verb belongs to."""
    for _ in range(4):
        head = parse.head[verb]
        if parse.dep[verb] == "ccomp" and head in speaking and head < verb and not is_passive(parse, speaking[head]):
            return speaking[head]
        if head == verb:
            return None
        verb = head
    return None


def _told_on(parse: Parse, language: Language, verb: int) -> bool:
    """Whether a coordinated verb can be the speaker's: one of its tense, where the clause has no speaker of its own."""
    if parse.tag[verb] not in _PAST or nearest_subject(parse, verb) is not None or is_passive(parse, verb):
        return False
    if any(parse.dep[kid] == "aux" for kid in parse.children[verb]):
        return False
    subject = nearest_subject(parse, parse.head[verb])
    if subject is None:
        return True
    if parse.lower[subject] in language.words["personal"]:
        return True
    words = language.words
    speaks = parse.pos[subject] in ("PROPN", "PRON") or any(
        parse.lemma[subject] in words[name] for name in ("unnamed", "official", "organisation", "outlet")
    )
    return not speaks and child(parse, verb, "ccomp") is not None
