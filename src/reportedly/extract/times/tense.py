"""Which way the verb that governs an expression points: by the tree where there is one, else by the words around."""

from reportedly.extract.times.scene import Tense
from reportedly.extract.times.words import Tokens, Words
from reportedly.parsing import Parse

_REACH = 14  # words looked at on each side; a clause of news is seldom longer
_STOPS = frozenset(".;?!:")


def by_words(tokens: Tokens, first: int, stop: int, words: Words) -> Tense | None:
    """The tense of the nearest telling word before the expression in its sentence, else after it."""
    keys = tokens.keys
    for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
        key = keys[at]
        if key in _STOPS or key.isspace():
            break
        if key == "to" and at > 0 and _is_form(keys[at - 1], words.tense["atonce"]):
            continue
        following = tokens.text[tokens.starts[at + 1] : tokens.ends[at + 1]] if key == "to" else ""
        if found := _sign(key, following, words):
            if found == "future" and at > 0 and (keys[at - 1] == "previously" or keys[at - 2 : at] == ("had", "been")):
                return "past"
            # "Would be brought out on Friday": a participle after "be" is not past.
            return "future" if found == "past" and at > 0 and keys[at - 1] == "be" else found
    for at in range(stop, min(len(keys), stop + _REACH)):
        key = keys[at]
        if key in _STOPS or key.isspace():
            break
        if found := _sign(key, "", words):
            return found
    return None


def _is_form(key: str, verbs: frozenset[str]) -> bool:
    """Whether a word is one of the verbs, or a regular form of one."""
    return (
        key in verbs
        or (key.endswith("s") and key[:-1] in verbs)
        or (key.endswith("d") and key[:-1] in verbs)
        or (key.endswith(("ed", "es")) and key[:-2] in verbs)
    )


def _sign(key: str, following: str, words: Words) -> Tense | None:
    signs = words.tense
    if key in signs["past"]:
        return "past"
    if key in signs["future"]:
        return "future"
    if key in signs["present"]:
        return "present"
    if key.endswith("ed") and len(key) > 3 and key not in signs["notpast"]:
        return "past"
    if following.islower() and following.isalpha() and key == "to" and following not in signs["articles"]:
        return "future"
    return None


def by_tree(parse: Parse, start: int, end: int, words: Words) -> Tense | None:
    """The tense of the verb that governs the characters `start:end`; None where no verb does."""
    inside = parse.tokens_in(start, end)
    if not inside:
        return None
    at = parse.top(inside.start, inside.stop)
    while parse.pos[at] not in ("VERB", "AUX"):
        if parse.head[at] == at:
            return None
        at = parse.head[at]
    signs = words.tense
    first = inside.start
    if first > 0 and parse.lower[first - 1] in signs["termini"] and parse.lemma[at] in signs["granting"]:
        return "future"
    head = parse.head[at]
    if parse.dep[at] == "xcomp" and parse.tag[at] == "VB" and parse.lemma[head] in signs["atonce"]:
        at = head
    return _of_verb(parse, at)


def _of_verb(parse: Parse, verb: int) -> Tense | None:
    for child in parse.children[verb]:
        if parse.dep[child] in ("aux", "auxpass"):
            tag, lemma = parse.tag[child], parse.lemma[child]
            if tag == "MD" or tag == "TO":
                return "future"
            if tag == "VBD" or (lemma == "have" and tag in ("VBZ", "VBP")):
                return "past"
            if tag in ("VBZ", "VBP"):
                return "present"
    tag = parse.tag[verb]
    if tag in ("VBD", "VBN"):
        return "past"
    if tag in ("VBZ", "VBP"):
        return "present"
    head = parse.head[verb]
    if head != verb and tag in ("VB", "VBG") and parse.pos[head] in ("VERB", "AUX"):
        return _of_verb(parse, head)
    return None
