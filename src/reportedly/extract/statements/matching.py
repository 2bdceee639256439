"""Finds the cues of a text: the words of the language pack in one of the frames they are listed with."""

from collections.abc import Mapping
from dataclasses import dataclass

from reportedly.extract.statements.torn import trailing
from reportedly.extract.statements.trees import child, has_to, is_finite, is_passive, nearest_subject, object_of, trim
from reportedly.language import Cue, Language
from reportedly.parsing import Parse

_CONTENT = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ", "ADP", "SCONJ", "ADV", "INTJ"})
_GAP = frozenset({"ADV", "DET", "PART", "AUX"})
_UNSPOKEN = frozenset({"believe", "learn", "intend"})  # "as you know" reports nothing
_MAX_GAP = 3
_THINGS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_RELATIVES = frozenset({"that", "which", "who", "whom"})
_POS: Mapping[str, frozenset[str]] = {
    "verb": frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ", "SCONJ", "ADP"}),
    "noun": frozenset({"NOUN", "PROPN"}),
    "adj": frozenset({"ADJ", "VERB", "ADV"}),
    "prep": frozenset({"ADP", "SCONJ", "VERB", "ADV"}),
    "phrase": _CONTENT | {"DET", "PRON", "PART", "CCONJ"},
}
_VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})


@dataclass(frozen=True, slots=True)
class Match:
    """A cue in the text. `anchor` is the token whose subject is the source, `tail` the one that the content hangs on.

    `first:stop` are the cue's words; `frame` the frame it was found in and `roots` the heads of its content there.
    `content` and `source` are token ranges where the tree does not give them: the noun that a relative clause hangs on,
    the words around a verb that the parser has torn from them.
    """

    cue: Cue
    anchor: int
    tail: int
    first: int
    stop: int
    frame: str
    roots: tuple[int, ...]
    content: tuple[int, int] | None = None
    source: tuple[int, int] | None = None


def find_matches(parse: Parse, language: Language, quoted: Mapping[int, int], heads: frozenset[int]) -> list[Match]:
    """All cues outside quotations, in order. `heads` are verbs that a quotation stands next to: any frame will do."""
    found: list[Match] = []
    cues, lemmas, pos = language.cues, language.lemmas, parse.pos
    taken = -1
    for token, lemma in enumerate(parse.lemma):
        lower = parse.lower[token]
        options = cues.get(lemmas.get(lower, lemma)) or cues.get(lower)
        if options is None or token <= taken or token in quoted or pos[token] not in _POS["phrase"]:
            continue
        for cue in options:
            match = _match(parse, language, cue, token, token in heads)
            if match is not None:
                found.append(match)
                taken = match.tail if len(cue.words) > 1 else token
                break
    return found


def _match(parse: Parse, language: Language, cue: Cue, token: int, beside_quote: bool) -> Match | None:
    if len(cue.words) > 1:
        span = _words(parse, language, cue, token)
        if span is None:
            return None
        anchor, tail, stop = span
    else:
        if parse.pos[token] not in _POS[cue.pos] or (cue.pos == "verb" and parse.tag[token] not in _VERB_TAGS):
            return None
        if parse.dep[token] in ("aux", "auxpass", "compound"):
            return None
        anchor, tail, stop = token, token, token + 1
    found = FRAME_FINDERS[cue.pos](parse, cue, anchor, tail)
    if found is None:
        quoting = _quoted_as(parse, language, cue, anchor)
        if quoting is not None:
            return Match(cue, anchor, tail, token, stop, *quoting)
        if beside_quote and cue.pos in ("verb", "phrase") and cue.frames & {"clause", "quote"}:
            found = ("quote", ())
        elif (around := _torn(parse, cue, anchor, token, stop)) is not None:
            return around
        elif "bare" in cue.frames:
            found = ("bare", ())
        else:
            return None
    content = None
    if found[0] == "relative":
        around = _torn(parse, cue, anchor, token, stop)
        if around is not None and around.source is not None and around.source[0] <= found[1][0]:
            return around
        found = ("object", found[1])
        content = trim(parse, parse.left[found[1][0]], parse.left[anchor])
    return Match(cue, anchor, tail, token, stop, *found, content)


def _quoted_as(
    parse: Parse, language: Language, cue: Cue, verb: int
) -> tuple[str, tuple[int, ...], tuple[int, int] | None] | None:
    """Frame, roots and content of "saying" in "…, the Herald quoted X as saying": what stands before belongs to it."""
    if parse.dep[verb] != "pcomp" or "clause" not in cue.frames or parse.lower[parse.head[verb]] != "as":
        return None
    quoting = parse.head[parse.head[verb]]
    if parse.lemma[quoting] not in language.words["citing"] or child(parse, verb, "ccomp") is not None:
        return None
    clause = child(parse, quoting, "ccomp")
    if clause is not None:
        return "clause", (clause,), None
    parts = trailing(parse, quoting)
    return ("clause", (), parts[0]) if parts is not None else ("quote", (), None)


def _torn(parse: Parse, cue: Cue, anchor: int, first: int, stop: int) -> Match | None:
    """ "…, the channel reported." with clause and subject read off the words, where the tree has neither."""
    if cue.pos != "verb" or "clause" not in cue.frames or cue.kind in _UNSPOKEN:
        return None
    parts = trailing(parse, anchor)
    if parts is None:
        return None
    content, source = parts
    return Match(cue, anchor, anchor, first, stop, "clause", (), content, source)


def _words(parse: Parse, language: Language, cue: Cue, token: int) -> tuple[int, int, int] | None:
    """(anchor, tail, stop) where the words of a phrase follow each other with at most two small words between."""
    at, anchor = token, token
    lemmas, limit = language.lemmas, parse.sentences[parse.sentence_of[token]][1]
    anchored = _can_anchor(parse, token)
    for word in cue.words[1:]:
        gap = 0
        at += 1
        while at < limit and word not in (parse.lemma[at], parse.lower[at], lemmas.get(parse.lower[at])):
            if parse.pos[at] not in _GAP or gap == _MAX_GAP:
                return None
            gap += 1
            at += 1
        if at >= limit:
            return None
        if not anchored and _can_anchor(parse, at):
            anchor, anchored = at, True
    return anchor, at, at + 1


def _can_anchor(parse: Parse, token: int) -> bool:
    """Whether a word can have the source as its subject or owner: a verb, a noun, a predicate adjective."""
    if parse.pos[token] == "ADJ":
        return parse.dep[token] in ("acomp", "attr", "oprd", "ROOT", "ccomp")
    return parse.tag[token] in _VERB_TAGS or parse.pos[token] == "NOUN"


Found = tuple[str, tuple[int, ...]] | None


def _verb(parse: Parse, cue: Cue, anchor: int, tail: int) -> Found:
    """The frame of a verb or a phrase and the heads of its content."""
    frames = cue.frames
    if "adverb" in frames:
        return "adverb", (parse.head[anchor],)
    kids = parse.children[tail] if anchor == tail else (*parse.children[anchor], *parse.children[tail])
    clause = infinitive = ing = thing = named = None
    preps: list[int] = []
    passive = is_passive(parse, anchor)
    dep, tag = parse.dep, parse.tag
    for kid in kids:
        relation = dep[kid]
        if kid == tail:
            if relation == "prep":
                preps.append(kid)
        elif relation in ("ccomp", "xcomp"):
            if has_to(parse, kid):
                infinitive = kid
            elif _is_gerund(parse, kid):
                ing = kid
            elif relation == "ccomp" and (is_finite(parse, kid) or parse.pos[kid] in ("VERB", "AUX")):
                if tag[kid].startswith("V") or tag[kid] == "MD" or parse.pos[kid] == "AUX":
                    clause = _nearer(parse, clause, kid, anchor)
                else:
                    named = kid
            else:
                named = kid if named is None or relation == "xcomp" else named
        elif relation == "dobj" or (relation == "nsubjpass" and passive):
            thing = kid
        elif relation == "oprd":
            named = kid
        elif (
            kid > tail
            and anchor != tail
            and (relation == "csubj" or (relation in ("advcl", "acl") and _is_complement(parse, kid)))
        ):
            clause = kid  # made clear that …, has no evidence that …
        elif relation == "advcl" and "clause" in frames and kid > tail and _is_indirect_question(parse, cue, kid):
            clause = kid
        elif relation == "advcl" and "object-to" in frames and kid > tail and has_to(parse, kid):
            infinitive = kid
        elif relation == "prep":
            if parse.lower[kid] == "as" and "object-as" in frames:
                named = kid
            elif parse.lower[kid] in cue.prepositions:
                preps.append(kid)
        elif relation == "acomp" and "subject" in frames:
            named = kid
    if clause is None and "clause" in frames:
        clause = _clause_after_channel(parse, kids, cue)
    if tail not in kids and tail != anchor and parse.pos[tail] in ("ADP", "SCONJ"):
        preps.append(tail)
    if thing is not None and named is None and "object-as" in frames:
        named = _as_phrase(parse, thing, kids)
    if "measure" in frames:
        return _measure(parse, cue, thing, kids)
    if "object" in frames and clause is None and infinitive is None and ing is None:
        noun = _antecedent(parse, anchor, thing)
        if noun is not None:
            return "relative", (noun,)
    return _choose(parse, cue, (clause, infinitive, ing, thing, named), preps, anchor)


def _is_gerund(parse: Parse, verb: int) -> bool:
    """ "Closing the port", "having closed the port"."""
    if parse.tag[verb] == "VBG":
        return not is_finite(parse, verb)
    return parse.tag[verb] == "VBN" and any(
        parse.tag[kid] == "VBG" and parse.dep[kid] in ("aux", "auxpass") for kid in parse.children[verb][:1]
    )


def _nearer(parse: Parse, clause: int | None, kid: int, verb: int) -> int | None:
    """Of two clauses the one after the verb; none that a semicolon parts from it: that is a sentence of its own."""
    if kid < verb and any(parse.word[token] == ";" for token in range(parse.right[kid], verb)):
        return clause
    return kid if clause is None or clause < verb < kid else clause


def _measure(parse: Parse, cue: Cue, thing: int | None, kids: tuple[int, ...]) -> Found:
    """ "Put the toll at 18": an object and a number after one of the cue's prepositions."""
    if thing is None:
        return None
    for kid in (*kids, *parse.children[thing]):
        if kid > thing and parse.dep[kid] == "prep" and parse.lower[kid] in cue.prepositions:
            governed = range(parse.left[kid], parse.right[kid])
            if any(parse.pos[token] == "NUM" for token in governed):
                return "object", (thing, kid)
    return None


def _antecedent(parse: Parse, verb: int, thing: int | None) -> int | None:
    """The noun whose relative clause lacks an object: "an offer the students rejected", "a charge that he denies"."""
    noun = parse.head[verb]
    if parse.dep[verb] not in ("relcl", "acl") or noun >= verb or parse.pos[noun] not in _THINGS:
        return None
    if thing is not None:
        return noun if thing < verb and parse.lower[thing] in _RELATIVES else None
    subject = nearest_subject(parse, verb)
    if subject is None or subject > verb or parse.lower[subject] in _RELATIVES or is_passive(parse, verb):
        return None
    return noun


def _clause_after_channel(parse: Parse, kids: tuple[int, ...], cue: Cue) -> int | None:
    """ "Said in a statement that …", "told a press conference that …": the parser ties the clause to the noun."""
    for kid in kids:
        if parse.dep[kid] in ("dobj", "dative") and "object" not in cue.frames and parse.pos[kid] != "ADP":
            for inner in parse.children[kid]:
                first = parse.left[inner]
                if parse.dep[inner] != "relcl" or first <= kid or parse.lower[first] != "that":
                    continue
                subject = nearest_subject(parse, inner)
                if subject is not None and subject != first:
                    return inner
        if parse.dep[kid] == "prep":
            noun = object_of(parse, kid)
            for inner in parse.children[noun] if noun is not None else ():
                if parse.dep[inner] in ("acl", "ccomp") and _is_complement(parse, inner) and not has_to(parse, inner):
                    return inner
    return None


def _as_phrase(parse: Parse, thing: int, kids: tuple[int, ...]) -> int | None:
    """ "As a test" in "see the visit as a test", where the parser ties it to the object or makes it a clause."""
    for kid in (*parse.children[thing], *kids):
        if kid > thing:
            if parse.lower[kid] == "as" and parse.dep[kid] == "prep":
                return kid
            if parse.dep[kid] == "advcl" and any(parse.lower[k] == "as" for k in parse.children[kid][:1]):
                return kid
    return None


def _choose(
    parse: Parse,
    cue: Cue,
    parts: tuple[int | None, int | None, int | None, int | None, int | None],
    preps: list[int],
    anchor: int,
) -> Found:
    clause, infinitive, ing, thing, named = parts
    frames = cue.frames
    if clause is None and named is not None and parse.dep[named] == "ccomp" and "object-as" not in frames:
        clause = named  # the parser now and then makes a noun the head of a clause
    if clause is not None and "clause" in frames:
        return "clause", (clause,)
    if "subject" in frames and (infinitive is not None or named is not None):
        subject = child(parse, anchor, "nsubj", "nsubjpass")
        if subject is not None and (len(frames) == 1 or is_passive(parse, anchor)):
            return "subject", (subject, infinitive if infinitive is not None else named or subject)
    if named is not None and "object-as" in frames:
        return "object-as", (thing, named) if thing is not None else (named,)
    if infinitive is not None and "object-to" in frames and (thing is not None or is_finite(parse, infinitive)):
        return "object-to", (infinitive,)
    if infinitive is not None and "to" in frames:
        return "to", (infinitive,)
    if ing is not None and "ing" in frames:
        return "ing", (ing,)
    governed = tuple(found for prep in preps if (found := object_of(parse, prep)) is not None)
    if thing is not None and "exhibit" in frames:
        return "exhibit", (thing,)
    if thing is not None and "object" in frames:
        return "object", (thing, *governed)
    if governed and ("prep" in frames or (cue.pos == "phrase" and "object" in frames)):
        return "prep", governed
    if "clause" in frames and cue.kind not in _UNSPOKEN and _is_parenthesis(parse, anchor):
        return "parenthetical", (parse.head[anchor],)
    return None


def _is_indirect_question(parse: Parse, cue: Cue, verb: int) -> bool:
    """ "Asked if …", "said whether …": the parser takes some of these for adverbial clauses."""
    marks = ("whether", "if") if cue.kind == "ask" else ("whether",)
    return any(parse.dep[kid] == "mark" and parse.lower[kid] in marks for kid in parse.children[verb])


def _is_parenthesis(parse: Parse, verb: int) -> bool:
    """Whether "officials say" or "as officials say" stands inside the clause that it reports."""
    if parse.dep[verb] == "advcl":
        return any(parse.dep[kid] == "mark" and parse.lower[kid] == "as" for kid in parse.children[verb])
    subject = child(parse, verb, "nsubj")
    if subject is None or parse.head[verb] == verb:
        return False
    if parse.dep[verb] == "parataxis":
        return True
    # "X happened, officials say.": the parser hangs the last words on the first verb as another clause.
    before, after = min(parse.left[subject], verb) - 1, max(parse.right[verb], parse.right[subject])
    return (
        parse.dep[verb] in ("ccomp", "conj", "advcl", "dep")
        and before > parse.head[verb]
        and parse.word[before] == ","
        and (after >= len(parse) or parse.pos[after] == "PUNCT" or parse.head[after] != parse.head[verb])
    )


def _noun(parse: Parse, cue: Cue, anchor: int, tail: int) -> Found:
    """The frame of a noun: its complement clause, its infinitive or what its preposition governs."""
    frames = cue.frames
    if "credit" in frames and parse.dep[anchor] == "pobj" and child(parse, anchor, "poss") is not None:
        return "credit", (child(parse, anchor, "poss") or anchor,)
    for kid in parse.children[tail]:
        relation = parse.dep[kid]
        if relation == "det" and parse.lower[kid] == "no":
            return None  # "no acknowledgment of" acknowledges nothing
        if relation in ("acl", "ccomp", "relcl", "xcomp"):
            if has_to(parse, kid):
                if "to" in frames:
                    return "to", (kid,)
            elif "clause" in frames and _is_complement(parse, kid):
                return "clause", (kid,)
        elif relation == "prep" and parse.lower[kid] in cue.prepositions and "prep" in frames:
            governed = object_of(parse, kid)
            if governed is not None:
                return "prep", (governed,)
    head = parse.head[anchor]
    if "clause" in frames and parse.dep[anchor] == "nsubj" and parse.lemma[head] == "be":
        clause = child(parse, head, "ccomp")
        if clause is not None and child(parse, clause, "mark") is not None:
            return "clause", (clause,)
    return None


def _is_complement(parse: Parse, verb: int) -> bool:
    """Whether a clause on a noun is what the noun says ("the claim that he fled"), not a relative clause."""
    for kid in parse.children[verb]:
        if parse.dep[kid] == "mark":
            return True
        if parse.lower[kid] in ("that", "whether") and parse.dep[kid] not in ("nsubj", "dobj", "nsubjpass"):
            return True
    return False


def _adjective(parse: Parse, cue: Cue, anchor: int, tail: int) -> Found:
    """The frame of a predicate adjective."""
    frames = cue.frames
    copula = parse.head[anchor]
    kids = parse.children[tail]
    if parse.dep[anchor] in ("acomp", "attr", "oprd"):
        kids = (*kids, *(kid for kid in parse.children[copula] if kid > anchor))
    for kid in kids:
        relation = parse.dep[kid]
        if relation in ("ccomp", "xcomp", "acl", "advcl"):
            if has_to(parse, kid):
                if "to" in frames:
                    return "to", (kid,)
            elif relation == "ccomp" and "clause" in frames:
                return "clause", (kid,)
        elif relation == "prep" and parse.lower[kid] in cue.prepositions and "prep" in frames:
            governed = object_of(parse, kid)
            if governed is not None:
                return "prep", (governed,)
    return None


def _credit(parse: Parse, cue: Cue, anchor: int, tail: int) -> Found:
    """ "According to X", "in the words of X": X is the source."""
    del anchor, cue
    for kid in parse.children[tail]:
        if parse.dep[kid] in ("pobj", "pcomp"):
            return "credit", (kid,)
    return None


FRAME_FINDERS = {"verb": _verb, "phrase": _verb, "noun": _noun, "adj": _adjective, "prep": _credit}
