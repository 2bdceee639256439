"""Small questions to the tree that the parts of this package share."""

from reportedly.parsing import Parse

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_OWN_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_EDGE = frozenset({"PUNCT", "SPACE", "SYM"})
_SUBJECTLESS = frozenset(
    {"conj", "advcl", "xcomp", "ccomp", "pcomp", "prep", "parataxis", "dep", "acl", "aux", "relcl"}
)
_MAX_CLIMB = 6


def child(parse: Parse, token: int, *deps: str) -> int | None:
    """The first child that has one of the relations."""
    dep = parse.dep
    for kid in parse.children[token]:
        if dep[kid] in deps:
            return kid
    return None


def is_passive(parse: Parse, verb: int) -> bool:
    """Whether the verb has a passive auxiliary or is a bare past participle: "asked whether …", "a man called …"."""
    dep = parse.dep
    if any(dep[kid] in ("auxpass", "nsubjpass") for kid in parse.children[verb]):
        return True
    if parse.tag[verb] != "VBN":
        return False  # "said by phone": what the parser takes for an agent is none of an active verb
    if any(dep[kid] == "agent" for kid in parse.children[verb]):
        return True
    bare = not any(dep[kid] in ("aux", "nsubj") for kid in parse.children[verb])
    return dep[verb] == "acl" or (dep[verb] == "advcl" and bare)


def has_to(parse: Parse, verb: int) -> bool:
    """Whether the verb is an infinitive with "to"."""
    return any(parse.dep[kid] == "aux" and parse.tag[kid] == "TO" for kid in parse.children[verb])


def is_finite(parse: Parse, verb: int) -> bool:
    """Whether a clause has a subject of its own or a finite verb form."""
    if parse.tag[verb] in ("VBD", "VBZ", "VBP", "MD"):
        return True
    return any(parse.dep[kid] in SUBJECTS or parse.tag[kid] == "MD" for kid in parse.children[verb])


def nearest_subject(parse: Parse, verb: int) -> int | None:
    """A verb's own subject; of two that the parser gives it, the one that stands next to it."""
    found: int | None = None
    for kid in parse.children[verb]:
        if parse.dep[kid] in _OWN_SUBJECTS and (found is None or found < kid < verb):
            found = kid
    return found


def subject_of(parse: Parse, verb: int) -> int | None:
    """The head of the subject of a verb, its own or the one it shares with the verb it depends on."""
    at = verb
    for _ in range(_MAX_CLIMB):
        found = nearest_subject(parse, at)
        if found is not None:
            if at == verb or not _is_thing_done(parse, verb, at, found):
                return found
            at = parse.head[at]
            continue
        dep, head = parse.dep[at], parse.head[at]
        if head == at or dep not in _SUBJECTLESS:
            return None
        if dep in ("acl", "relcl") and parse.pos[head] in ("NOUN", "PROPN", "PRON"):
            return head
        if dep == "xcomp":
            controller = child(parse, head, "dobj", "dative")
            if controller is not None and controller < at:
                return controller
        at = head
    return None


def _is_thing_done(parse: Parse, verb: int, at: int, subject: int) -> bool:
    """ "Confirmed that a boat had been seized but gave no details": the boat is not who gave none."""
    passive = parse.dep[subject] == "nsubjpass" and parse.pos[subject] == "NOUN"
    return passive and parse.dep[at] == "ccomp" and not is_passive(parse, verb)


def object_of(parse: Parse, preposition: int) -> int | None:
    """What a preposition governs; "from inside X" and "to about X" are followed down."""
    found = child(parse, preposition, "pobj", "pcomp")
    if found is None:
        nested = child(parse, preposition, "prep")
        return child(parse, nested, "pobj", "pcomp") if nested is not None else None
    return found


def trim(parse: Parse, first: int, stop: int) -> tuple[int, int] | None:
    """The token range without punctuation at its edges; quotation marks that pair up inside stay. None when empty."""
    pos = parse.pos
    while first < stop and (pos[first] in _EDGE or parse.word[first].isspace()):
        first += 1
    while stop > first and pos[stop - 1] in _EDGE:
        stop -= 1
    return (first, stop) if first < stop else None


def minus(ranges: list[tuple[int, int]], holes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Token ranges without the tokens of the holes."""
    for low, high in holes:
        cut: list[tuple[int, int]] = []
        for first, stop in ranges:
            if high <= first or stop <= low:
                cut.append((first, stop))
                continue
            if first < low:
                cut.append((first, low))
            if high < stop:
                cut.append((high, stop))
        ranges = cut
    return ranges


def merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted, with ranges that touch or overlap made one."""
    out: list[tuple[int, int]] = []
    for first, stop in sorted(ranges):
        if out and first <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], stop))
        else:
            out.append((first, stop))
    return out


def agent_of(parse: Parse, verb: int) -> int | None:
    """Who acts in a passive clause: "by X"."""
    agent = child(parse, verb, "agent")
    return object_of(parse, agent) if agent is not None else None
