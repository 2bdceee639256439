"""Makes statements of cues: who is the source, what is the content, through whom and on what occasion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportedly.extract.statements.chains import cited, quoted_as
from reportedly.extract.statements.matching import Match
from reportedly.extract.statements.quotes import Quote
from reportedly.extract.statements.sources import outlet_span
from reportedly.extract.statements.torn import phrase_before
from reportedly.extract.statements.trees import (
    agent_of,
    child,
    is_passive,
    merged,
    minus,
    nearest_subject,
    object_of,
    subject_of,
    trim,
)
from reportedly.language import Language
from reportedly.parsing import Parse

_CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "conj", "relcl", "parataxis"})
_NOMINAL = frozenset({"PROPN", "PRON", "DET", "NOUN", "ADJ", "NUM"})
_CUE_PARTS = frozenset({"aux", "auxpass", "neg", "advmod"})
_LIGHT_REACH = 4
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
    relay: tuple[int, int] | None = None
    citing: int | None = None


def draft(
    parse: Parse,
    language: Language,
    match: Match,
    quotes: Sequence[Quote],
    own: list[int],
    quoted: Mapping[int, int],
    outer: int | None = None,
) -> Draft | None:
    """The statement that a cue makes, or None when nothing is said in it. `outer` is a verb that shares its subject."""
    source, head = _source(parse, match, [quotes[number] for number in own], quoted, outer)
    relay = citing = None
    reported = quoted_as(parse, language, match)
    if reported is not None:
        citing, head, relay = reported
        source = _source_range(parse, head, match)
    origin = None if reported is not None else cited(parse, language, match, source, head)
    if origin is not None and source is not None and head is not None:
        relay, citing = outlet_span(parse, head), origin[0]
        head, source = origin[1], trim(parse, parse.left[origin[1]], parse.right[origin[1]])
    if match.frame == "exhibit" and (head is None or parse.lemma[head] not in language.words["document"]):
        return None
    cue = _cue_range(parse, match)
    if reported is not None:
        cue = (reported[0], reported[0] + 1)
    holes = [cue] + ([source] if source is not None else [])
    if source is not None and head is not None and parse.head[head] == match.anchor and match.frame in _SPOKEN:
        holes = [(min(cue[0], source[0]), max(cue[1], source[1]))]
    if citing is not None and head is not None and reported is None:
        holes.append((citing, parse.right[head]))
    content = minus(_content_ranges(parse, match, source), holes)
    content += [(quotes[number].first, quotes[number].stop) for number in own]
    content = _whole_quotes(merged(content), quotes, quoted)
    content = minus(content, [cue])
    pieces = [_tidy(parse, piece, quoted) for piece in content]
    kept = [piece for piece in pieces if piece is not None]
    if not kept and match.frame not in ("bare",):
        return None
    return Draft(match, source, head, cue, by_paragraph(parse, merged(kept)), own, relay, citing)


def _source(
    parse: Parse, match: Match, own: Sequence[Quote], quoted: Mapping[int, int], outer: int | None
) -> tuple[tuple[int, int] | None, int | None]:
    """The source's words and their head, by the tree or, where that has lost the subject, by the order of the words."""
    if match.source is not None:
        return match.source, parse.top(*match.source)
    head = subject_of(parse, outer) if outer is not None else _source_head(parse, match, bool(own))
    if outer is None and _is_loose(parse, match):
        torn = phrase_before(parse, match.first)
        if torn is not None and torn[0] not in quoted:
            return torn, parse.top(*torn)
    if head is not None and head not in quoted:
        return _source_range(parse, head, match), head
    if match.cue.pos not in ("verb", "phrase"):
        return None, None
    source = _phrase_between(parse, match, own)
    if source is None and match.frame not in ("subject", "adverb") and _is_finite_active(parse, match.anchor):
        source = phrase_before(parse, match.first)
        if source is not None and (source[0] in quoted or source[1] - 1 in quoted):
            source = None
    return source, parse.top(*source) if source is not None else None


def _is_loose(parse: Parse, match: Match) -> bool:
    """Whether a verb is said to be coordinated though no conjunction joins it: "…, after residents reported …"."""
    verb = match.anchor
    if match.cue.pos != "verb" or parse.dep[verb] != "conj" or parse.tag[verb] not in ("VBD", "VBZ", "VBP"):
        return False
    if nearest_subject(parse, verb) is not None or is_passive(parse, verb):
        return False
    joined = any(parse.dep[kid] in ("cc", "conj") for kid in parse.children[parse.head[verb]] if kid != verb)
    return not joined and child(parse, verb, "cc") is None


def _is_finite_active(parse: Parse, verb: int) -> bool:
    """Whether a verb must have a subject that acts, wherever the parser has put it."""
    if is_passive(parse, verb) or parse.pos[verb] not in ("VERB", "AUX"):
        return False
    return parse.tag[verb] in ("VBD", "VBP", "VBZ") or any(
        parse.tag[kid] in ("VBD", "VBP", "VBZ", "MD") for kid in parse.children[verb] if parse.dep[kid] == "aux"
    )


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


def by_paragraph(parse: Parse, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A quotation over several paragraphs is one piece in each."""
    out = []
    for first, stop in pieces:
        while parse.paragraph_of[first] != parse.paragraph_of[stop - 1]:
            cut = parse.paragraphs[parse.paragraph_of[first]][1]
            out.append((first, cut))
            first = cut
        out.append((first, stop))
    return out


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
    while first - 1 in mine and parse.dep[first - 1] in _CUE_PARTS and parse.word[first - 1] != "IS":
        first -= 1
    if match.cue.pos == "adj" and parse.head[match.anchor] == first - 1 and parse.lemma[first - 1] in ("be", "’", "'s"):
        first -= 1
    if stop < len(parse) and stop in parse.children[match.tail]:
        governs = parse.dep[stop] == "prep" and parse.lower[stop] in match.cue.prepositions
        if (governs or parse.dep[stop] == "prt") and match.frame in ("prep", "clause", "object"):
            stop += 1
    return first, stop


def _source_head(parse: Parse, match: Match, quoting: bool) -> int | None:
    anchor, pos = match.anchor, match.cue.pos
    if match.frame == "credit":
        return match.roots[0]
    if match.frame in ("subject", "adverb"):
        return agent_of(parse, anchor) if match.frame == "subject" else None
    if pos == "noun" or (pos == "phrase" and parse.pos[anchor] == "NOUN"):
        return _source_of_noun(parse, anchor)
    if pos == "phrase" and parse.pos[anchor] == "ADJ" and parse.dep[anchor] in ("acomp", "attr", "oprd"):
        return subject_of(parse, parse.head[anchor])
    if pos == "phrase" and match.frame == "object" and is_passive(parse, anchor):
        return agent_of(parse, anchor)
    if pos == "adj":
        if parse.dep[anchor] in ("acomp", "attr", "oprd"):
            return subject_of(parse, parse.head[anchor])
        return parse.head[anchor] if parse.dep[anchor] in ("amod", "acl", "relcl") else subject_of(parse, anchor)
    if pos == "verb" and is_passive(parse, anchor):
        return agent_of(parse, anchor)
    found = subject_of(parse, anchor)
    if found is None:
        # The parser takes the Islamic State's "IS" for an auxiliary.
        found = next((kid for kid in parse.children[anchor] if parse.word[kid] == "IS" and kid < anchor), None)
    if found is None and quoting:
        # "…," said X: after a quotation the parser now and then takes X for an object.
        found = child(parse, anchor, "dobj", "attr", "dep", "npadvmod")
        if found is None or found < anchor or parse.pos[found] not in ("PROPN", "NOUN", "PRON"):
            return None
    return found


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
        return subject_of(parse, head) if not is_passive(parse, head) else agent_of(parse, head)
    if parse.dep[noun] == "attr" or (parse.dep[noun] == "pobj" and parse.dep[parse.head[head]] == "ROOT"):
        verb = head if parse.dep[noun] == "attr" else parse.head[head]
        return subject_of(parse, verb) if parse.pos[verb] in ("VERB", "AUX") else None
    return None


def _source_range(parse: Parse, head: int, match: Match) -> tuple[int, int] | None:
    """The whole noun phrase, up to the cue where the cue stands inside it."""
    first, stop = parse.left[head], parse.right[head]
    for kid in parse.children[parse.head[head]]:
        if (
            kid < head
            and parse.right[kid] == first
            and parse.dep[kid] == parse.dep[head] == "nsubj"
            and parse.pos[kid] != "PRON"
        ):
            first = parse.left[kid]  # "the state news agency BelTA" comes as two subjects
    while first > 0 and parse.start[first] == parse.end[first - 1] and parse.tag[first - 1] in ("NNP", "HYPH"):
        first -= 1  # "al-Abadi" comes as three words that the parser does not always tie together
    if first <= match.first < stop:
        if match.first > head:
            at = match.anchor
            while parse.head[at] != head and parse.head[at] != at:
                at = parse.head[at]
            stop = min(match.first, parse.left[at]) if parse.left[at] > head else match.first
        else:
            first = match.stop
    while stop < match.first and parse.start[stop] == parse.end[stop - 1] and parse.tag[stop] in ("NNP", "HYPH"):
        stop += 1
    if parse.dep[head] == "poss" and parse.tag[stop - 1] == "POS" and parse.head[stop - 1] == head:
        stop -= 1
    return trim(parse, first, stop)


def _content_ranges(parse: Parse, match: Match, source: tuple[int, int] | None) -> list[tuple[int, int]]:
    if match.frame in ("credit", "parenthetical", "adverb"):
        return _clause_around(parse, match, source)
    if match.content is not None:
        return [match.content]
    return [(parse.left[root], parse.right[root]) for root in match.roots]


def _clause_around(parse: Parse, match: Match, source: tuple[int, int] | None) -> list[tuple[int, int]]:
    """The clause that a parenthesis ("according to X", "officials say") stands in, without the parenthesis."""
    top = match.anchor if match.frame == "credit" else parse.head[match.anchor]
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


def join_light_verbs(parse: Parse, language: Language, drafts: Sequence[Draft]) -> list[Draft]:
    """ "Issued a denial of …", "released a statement saying …" are one statement, by who issues or releases.

    The verb's own statement (with "a denial of …" as its content) goes; its words join the cue.
    """
    light: dict[int, Draft] = {}
    for made in drafts:
        match = made.match
        if match.cue.pos == "verb" and match.frame == "object" and parse.lemma[match.anchor] in language.words["light"]:
            light[match.roots[0]] = made
    spoken = {made.match.roots for made in drafts if made.match.cue.pos != "noun" and made.match.frame == "clause"}
    out: dict[int, Draft] = {
        id(made): made for made in drafts if made.match.cue.pos != "noun" or made.match.roots not in spoken
    }
    for made in drafts:
        anchor = made.match.anchor
        noun = parse.head[anchor] if made.match.cue.pos == "verb" and parse.dep[anchor] == "acl" else anchor
        outer = light.get(noun)
        if outer is None or outer is made or (noun != anchor and parse.lemma[noun] not in language.channels):
            continue
        out.pop(id(outer), None)
        if noun != anchor and child(parse, noun, "poss") is None:
            made.source, made.source_head = outer.source, outer.source_head
        if 0 <= made.cue[0] - outer.cue[1] <= _LIGHT_REACH:
            made.cue = (outer.cue[0], made.cue[1])
    return list(out.values())
