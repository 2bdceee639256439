"""Makes statements of cues: who is the source, what is the content, through whom and on what occasion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportedly.extract.statements.matching import Match
from reportedly.extract.statements.quotes import Quote
from reportedly.extract.statements.trees import child, is_passive, merged, minus, object_of, subject_of, trim
from reportedly.language import Language
from reportedly.parsing import Parse

_CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "conj", "relcl", "parataxis"})
_NOMINAL = frozenset({"PROPN", "PRON", "DET", "NOUN", "ADJ", "NUM"})
_SPOKEN = frozenset({"clause", "parenthetical"})


@dataclass(slots=True)
class Draft:
    """A statement on its way: token ranges, not yet a record. `quotes` are the indices of its quotations."""

    match: Match
    source: tuple[int, int] | None
    source_head: int | None
    cue: tuple[int, int]
    content: list[tuple[int, int]]
    quotes: list[int]


def draft(
    parse: Parse, match: Match, quotes: Sequence[Quote], own: list[int], quoted: Mapping[int, int]
) -> Draft | None:
    """The statement that a cue makes, or None when nothing is said in it."""
    head = _source_head(parse, match, bool(own))
    if head is not None and head in quoted:
        head = None
    source = _source_range(parse, head, match) if head is not None else None
    if head is None and match.cue.pos in ("verb", "phrase"):
        source = _phrase_between(parse, match, [quotes[number] for number in own])
        head = parse.top(*source) if source is not None else None
    cue = _cue_range(parse, match)
    holes = [cue] + ([source] if source is not None else [])
    if source is not None and head is not None and parse.head[head] == match.anchor and match.frame in _SPOKEN:
        holes = [(min(cue[0], source[0]), max(cue[1], source[1]))]
    content = [piece for piece in _content_ranges(parse, match, source)]
    content = minus(content, holes)
    content += [(quotes[number].first, quotes[number].stop) for number in own]
    content = _whole_quotes(merged(content), quotes, quoted)
    content = minus(content, [cue])
    pieces = [_tidy(parse, piece, quoted) for piece in content]
    kept = [piece for piece in pieces if piece is not None]
    if not kept and match.frame not in ("bare",):
        return None
    return Draft(match, source, head, cue, merged(kept), own)


def _phrase_between(parse: Parse, match: Match, own: Sequence[Quote]) -> tuple[int, int] | None:
    """What stands between a quotation and its verb, where the parser has lost the subject: “…,” X, 58, told …"""
    stops = [quote.stop for quote in own if quote.stop <= match.first]
    if not stops:
        return None
    gap = trim(parse, max(stops), match.first)
    if gap is None or parse.pos[gap[0]] not in _NOMINAL or parse.pos[parse.top(*gap)] not in _NOMINAL:
        return None
    return gap


def _tidy(parse: Parse, piece: tuple[int, int], quoted: Mapping[int, int]) -> tuple[int, int] | None:
    """Without punctuation at the edges, but with the marks of a quotation."""
    first, stop = piece
    while first < stop and parse.pos[first] == "PUNCT" and first not in quoted:
        first += 1
    while stop > first and parse.pos[stop - 1] == "PUNCT" and stop - 1 not in quoted:
        stop -= 1
    return (first, stop) if first < stop else None


def _whole_quotes(
    pieces: list[tuple[int, int]], quotes: Sequence[Quote], quoted: Mapping[int, int]
) -> list[tuple[int, int]]:
    """Pieces that begin or end inside a quotation, widened to its marks."""
    out = []
    for first, stop in pieces:
        if first in quoted:
            first = min(first, quotes[quoted[first]].first)
        if stop - 1 in quoted:
            stop = max(stop, quotes[quoted[stop - 1]].stop)
        out.append((first, stop))
    return merged(out)


def _cue_range(parse: Parse, match: Match) -> tuple[int, int]:
    """The cue's words with the auxiliaries, negations and adverbs right before it and the particle right after it."""
    first, stop = match.first, match.stop
    mine = set(parse.children[match.anchor])
    while first - 1 in mine and parse.dep[first - 1] in ("aux", "auxpass", "neg", "advmod"):
        first -= 1
    if match.cue.pos == "adj" and parse.head[match.anchor] == first - 1 and parse.lemma[first - 1] in ("be", "’", "'s"):
        first -= 1
    if stop < len(parse) and stop in parse.children[match.tail]:
        particle = parse.dep[stop] == "prt" or (parse.dep[stop] == "prep" and parse.lower[stop] in match.cue.prepositions)
        if particle and match.frame in ("prep", "clause", "object"):
            stop += 1
    return first, stop


def _source_head(parse: Parse, match: Match, quoting: bool) -> int | None:
    anchor, pos = match.anchor, match.cue.pos
    if match.frame == "credit":
        return match.roots[0]
    if match.frame == "subject":
        return _agent(parse, anchor)
    if pos == "noun":
        return _source_of_noun(parse, anchor)
    if pos == "adj":
        if parse.dep[anchor] in ("acomp", "attr", "oprd"):
            return subject_of(parse, parse.head[anchor])
        return parse.head[anchor] if parse.dep[anchor] in ("amod", "acl", "relcl") else subject_of(parse, anchor)
    if pos == "verb" and is_passive(parse, anchor):
        return _agent(parse, anchor)
    found = subject_of(parse, anchor)
    if found is None and quoting:
        # "…," said X: after a quotation the parser now and then takes X for an object.
        found = child(parse, anchor, "dobj", "attr", "dep", "npadvmod")
        found = found if found is not None and found > anchor and parse.pos[found] in ("PROPN", "NOUN", "PRON") else None
    return found


def _agent(parse: Parse, verb: int) -> int | None:
    agent = child(parse, verb, "agent")
    return object_of(parse, agent) if agent is not None else None


def _source_of_noun(parse: Parse, noun: int) -> int | None:
    """X's claim; a claim by X; X made the claim."""
    owner = child(parse, noun, "poss")
    if owner is not None:
        return owner
    for kid in parse.children[noun]:
        if parse.dep[kid] in ("prep", "agent") and parse.lower[kid] in ("by", "from", "among"):
            return object_of(parse, kid)
    head = parse.head[noun]
    if parse.dep[noun] == "dobj" and parse.pos[head] == "VERB":
        return subject_of(parse, head) if not is_passive(parse, head) else _agent(parse, head)
    if parse.dep[noun] == "attr" or (parse.dep[noun] == "pobj" and parse.dep[parse.head[head]] == "ROOT"):
        verb = head if parse.dep[noun] == "attr" else parse.head[head]
        return subject_of(parse, verb) if parse.pos[verb] in ("VERB", "AUX") else None
    return None


def _source_range(parse: Parse, head: int, match: Match) -> tuple[int, int] | None:
    """The whole noun phrase, up to the cue where the cue stands inside it."""
    first, stop = parse.left[head], parse.right[head]
    if first <= match.first < stop:
        if match.first > head:
            at = match.anchor
            while parse.head[at] != head and parse.head[at] != at:
                at = parse.head[at]
            stop = min(match.first, parse.left[at]) if parse.left[at] > head else match.first
        else:
            first = match.stop
    if parse.dep[head] == "poss" and parse.tag[stop - 1] == "POS" and parse.head[stop - 1] == head:
        stop -= 1
    return trim(parse, first, stop)


def _content_ranges(parse: Parse, match: Match, source: tuple[int, int] | None) -> list[tuple[int, int]]:
    if match.frame in ("credit", "parenthetical"):
        return _clause_around(parse, match, source)
    return [(parse.left[root], parse.right[root]) for root in match.roots]


def _clause_around(parse: Parse, match: Match, source: tuple[int, int] | None) -> list[tuple[int, int]]:
    """The clause that a parenthesis ("according to X", "officials say") stands in, without the parenthesis."""
    top = parse.head[match.anchor] if match.frame == "parenthetical" else match.anchor
    if match.frame == "credit":
        while parse.head[top] != top and (top == match.anchor or parse.pos[top] not in ("VERB", "AUX")):
            top = parse.head[top]
    while parse.dep[top] not in _CLAUSES and parse.head[top] != top:
        top = parse.head[top]
    first, stop = parse.left[top], parse.right[top]
    inner = (parse.left[match.anchor], parse.right[match.anchor])
    if match.frame == "credit":
        low = min(match.first, source[0] if source else match.first)
        inner = (low, max(match.stop, source[1] if source else match.stop))
    return minus([(first, stop)], [inner])
