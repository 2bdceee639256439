"""Which of a sentence's places a happening took place at, or none: nothing is guessed."""

from collections.abc import Mapping, Sequence, Set

from reportedly.extract.places.slots import Grammar, Slot
from reportedly.parsing import Parse
from reportedly.records import Report

# Edges that a place inside the trigger's phrase may lie behind.
_PHRASE = frozenset(
    {"prep", "pobj", "dobj", "conj", "appos", "attr", "npadvmod", "advmod", "agent", "dative", "prt", "oprd"}
)
_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
# Edges from a noun up to the verb that it goes with ("carried out strikes", "an attack killed").
_TO_VERB = frozenset(
    {"dobj", "nsubj", "nsubjpass", "pobj", "attr", "conj", "agent", "prep", "compound", "appos", "dative"}
)
_CLAUSES = frozenset({"conj", "advcl", "xcomp", "acl", "relcl", "pcomp"})
_NOMINAL = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
_MAX_STEPS = 12
_NEAR = 3


def place_of_report(
    parse: Parse,
    report: Report,
    slots: Sequence[Slot],
    grammar: Grammar,
    width: Mapping[tuple[int, int], int],
    triggers: Set[int],
) -> Slot | None:
    """The slot where the report's happening took place; None where the sentence does not say or says two things.

    `slots` are those of the trigger's sentence, `triggers` the tokens of all reports' triggers. `width` gives a name's
    extent by its tokens: 0 for a town or a site, 1 for a district, 2 for a region, 3 for a country, 4 and 5 for more.
    """
    tokens = parse.tokens_in(report.trigger.start, report.trigger.end)
    if not tokens:
        return None
    trigger = parse.top(tokens.start, tokens.stop)
    actors = [(party.start, party.end) for party in report.actors]
    open_slots = [
        slot
        for slot in slots
        if not any(start <= parse.start[slot.first] and parse.end[slot.stop - 1] <= end for start, end in actors)
        and _fits(parse, slot, report, grammar, width.get((slot.first, slot.stop)))
    ]
    if not open_slots:
        return None
    ranked: dict[int, list[Slot]] = {}
    for slot in open_slots:
        strikes = report.type in grammar.target_types
        level = _level(parse, slot, trigger, strikes, grammar, triggers)
        if level is None and report.type in grammar.together and slot.tie == "in":
            path = _path(parse, slot.host, trigger)
            level = 1 if path and parse.dep[path[-1]] in _PHRASE and len(path) <= _NEAR else None
        if level is not None:
            ranked.setdefault(level, []).append(slot)
    if ranked:
        return _nearest(ranked[min(ranked)], trigger, width)
    return _only(parse, open_slots, trigger, width)


def _fits(parse: Parse, slot: Slot, report: Report, grammar: Grammar, width: int | None) -> bool:
    """Whether the tie can give the place of a happening of this type."""
    strikes = report.type in grammar.target_types
    if slot.tie == "object":
        return strikes or parse.lemma[slot.host] in grammar.object_verbs
    if slot.tie == "target":
        return strikes
    if slot.tie == "before":
        # "The Syria attacks" may be in Syria or by Syria: in it, when another is known to have made them. An unknown
        # name may be no place at all.
        return width is not None and (width < 3 or (width == 3 and bool(report.actors)))
    return True


def _level(parse: Parse, slot: Slot, trigger: int, strikes: bool, grammar: Grammar, triggers: Set[int]) -> int | None:
    """How closely the slot belongs to the trigger, 0 the closest; None when it does not."""
    if slot.first <= parse.head[trigger] < slot.stop and parse.dep[trigger] == "relcl":
        return 1  # "in Mosul, where police fled"
    path = _path(parse, slot.host, trigger)
    if path is None:
        return None if slot.tie in ("object", "before", "target") else _above(parse, slot, trigger, strikes)
    edges = [parse.dep[token] for token in path]
    if strikes and all(edge in _PHRASE for edge in edges):
        return 0
    if all(_is_locative(parse, token, grammar) for token in path):
        return 0
    if (
        edges[-1] in _SUBJECT
        and all(edge in _PHRASE for edge in edges[:-1])
        and (slot.tie == "in" or path[-1] in triggers)
    ):
        return 2  # "the attack on Kobani killed"
    if strikes and slot.tie == "in" and _when(parse, path):
        return 2
    if (
        strikes
        and slot.tie == "in"
        and path[0] in triggers
        and all(edge in _PHRASE or edge == "relcl" for edge in edges)
    ):
        return 3  # "used tear gas against teachers who marched in Kisumu"
    return None


def _is_locative(parse: Parse, token: int, grammar: Grammar) -> bool:
    """Whether a step upwards stays on the ground: "at a hotel in Geneva" does, "for elections in Libya" does not."""
    dep = parse.dep[token]
    return dep in ("pobj", "advmod", "npadvmod") or (dep == "prep" and parse.lower[token] in grammar.always)


def _above(parse: Parse, slot: Slot, trigger: int, strikes: bool) -> int | None:
    """The level of a slot on a word above the trigger: the verb of a noun, the clause that a clause belongs to."""
    at, level = trigger, 1
    for _ in range(_MAX_STEPS):
        dep, head = parse.dep[at], parse.head[at]
        if head == at:
            return None
        noun = parse.pos[at] in ("NOUN", "PROPN", "ADP") or dep in _NOMINAL  # "after fighting reached the city"
        if (noun and dep in _TO_VERB) or (not noun and dep in ("relcl", "xcomp")):
            pass
        elif dep in _CLAUSES:
            level = 3
        else:
            return None
        if not (dep == "conj" and not noun and slot.first > at) and _belongs(parse, slot.host, head, at, strikes):
            return level
        at = head
    return None


def _belongs(parse: Parse, host: int, head: int, below: int, strikes: bool) -> bool:
    """Whether a slot's host is `head` or, for what is done on the ground, its phrase ("the blast killed people in")."""
    if host == head or not strikes:
        return host == head
    path = _path(parse, host, head)
    return path is not None and below not in path and all(parse.dep[token] in _PHRASE for token in path)


def _when(parse: Parse, path: list[int]) -> bool:
    """Whether a way up leads out of one "when" clause, which tells the same happening ("killed when a bomb hit X")."""
    clauses = [token for token in path if parse.dep[token] == "advcl"]
    return (
        len(clauses) == 1
        and all(token in clauses or parse.dep[token] in _PHRASE for token in path)
        and any(parse.lower[child] in ("when", "as") for child in parse.children[clauses[0]])
    )


def _path(parse: Parse, low: int, high: int) -> list[int] | None:
    """The tokens on the way up from `low` to just below `high`; None when `high` is not above it."""
    path: list[int] = []
    at = low
    while at != high:
        head = parse.head[at]
        if head == at or len(path) > _MAX_STEPS:
            return None
        path.append(at)
        at = head
    return path


def _nearest(slots: list[Slot], trigger: int, width: Mapping[tuple[int, int], int]) -> Slot:
    """The narrowest place, the nearest of those: "near Mosul in northern Iraq" is Mosul."""
    return min(
        slots,
        key=lambda s: (s.inner, width.get((s.first, s.stop), 0), abs(s.first - trigger), s.first),
    )


def _only(parse: Parse, slots: list[Slot], trigger: int, width: Mapping[tuple[int, int], int]) -> Slot | None:
    """The one place of the sentence, when no clause above the trigger's claims it ("said in Washington that …")."""
    above = set()
    at = trigger
    while parse.head[at] != at:
        if parse.dep[at] in ("ccomp", "parataxis"):
            above.add(parse.head[at])
        at = parse.head[at]
    left = [slot for slot in slots if slot.tie == "in" and not _hangs_on(parse, slot.host, above, trigger)]
    names = {parse.text[parse.start[slot.first] : parse.end[slot.stop - 1]] for slot in left}
    return left[0] if len(names) == 1 else None


def _hangs_on(parse: Parse, host: int, verbs: set[int], trigger: int) -> bool:
    """Whether a word belongs to the clause of a speech verb above the trigger, or to what the trigger's clause says."""
    at = host
    while True:
        if at in verbs:
            return True
        if at == trigger or parse.dep[at] in ("ccomp", "parataxis", "ROOT"):
            return at == trigger or (parse.dep[at] in ("ccomp", "parataxis") and not _under(parse, trigger, at))
        at = parse.head[at]


def _under(parse: Parse, token: int, top: int) -> bool:
    return parse.left[top] <= token < parse.right[top]
