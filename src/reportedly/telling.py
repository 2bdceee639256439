"""How a sentence goes on from the one before: what points back to a happening, and what tells of it further."""

from reportedly.parsing import Parse

_DEFINITE = frozenset({"the", "that", "this", "these", "those"})
_BEFORE = frozenset({"earlier", "previously", "once", "already", "before", "ago", "then", "later"})


def is_definite(parse: Parse, noun: int) -> bool:
    """Whether a noun has an article or pronoun that points to something known: "the attack", "this raid"."""
    return parse.pos[noun] == "NOUN" and any(
        parse.dep[kid] == "det" and parse.lower[kid] in _DEFINITE for kid in parse.children[noun]
    )


def goes_on(parse: Parse, trigger: int) -> bool:
    """Whether it is a main clause in the plain past that tells what came of it: "Four people died", "Ten were hurt".

    Not "had died" or "earlier", and not a deed of its own ("the army shelled a village").
    """
    kids = parse.children[trigger]
    passive = any(parse.dep[kid] == "auxpass" and parse.tag[kid] == "VBD" for kid in kids)
    plain = parse.tag[trigger] == "VBD" and not any(parse.dep[kid] in ("dobj", "auxpass") for kid in kids)
    if parse.dep[trigger] != "ROOT" or not (passive or plain):
        return False
    return not any(parse.dep[kid] == "aux" or parse.lower[kid] in _BEFORE for kid in kids)
