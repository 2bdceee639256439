"""Finds through whom a statement comes: "Reuters reported, citing X", "The Herald quoted X as saying"."""

from reportedly.extract.statements.matching import Match
from reportedly.extract.statements.sources import is_outlet, outlet_span
from reportedly.extract.statements.trees import agent_of, child, is_passive
from reportedly.language import Language
from reportedly.parsing import Parse

_CITING_REACH = 4


def quoted_as(parse: Parse, language: Language, match: Match) -> tuple[int, int, tuple[int, int] | None] | None:
    """(verb, who speaks, which outlet) of "The Herald quoted X as saying", "X is quoted by The Herald as saying"."""
    marker = parse.head[match.anchor]
    if parse.dep[match.anchor] != "pcomp" or parse.lower[marker] != "as":
        return None
    verb = parse.head[marker]
    if parse.lemma[verb] not in language.words["citing"]:
        return None
    passive = is_passive(parse, verb)
    speaker = child(parse, verb, "nsubjpass") if passive else child(parse, verb, "dobj")
    outlet = agent_of(parse, verb) if passive else child(parse, verb, "nsubj")
    if speaker is None:
        return None
    known = outlet is not None and is_outlet(parse, language, (parse.left[outlet], outlet + 1), outlet)
    return verb, speaker, outlet_span(parse, outlet) if known and outlet is not None else None


def cited(
    parse: Parse, language: Language, match: Match, source: tuple[int, int] | None, head: int | None
) -> tuple[int, int] | None:
    """(the word "citing", the head of who is cited) where an outlet says from whom it has a report."""
    if source is None or head is None or match.cue.kind not in ("say", "report"):
        return None
    quoted = child(parse, match.anchor, "dobj")
    if match.cue.words == ("quote",) and quoted is not None and parse.tag[match.anchor] != "VBG":
        return (match.anchor, quoted) if is_outlet(parse, language, source, head) else None
    limit = min(parse.sentences[parse.sentence_of[match.anchor]][1], match.stop + _CITING_REACH)
    near = range(match.stop, limit)
    kids = (*parse.children[match.anchor], *parse.children[head])
    for token in (*near, *(kid for kid in kids if kid not in near)):
        if parse.lemma[token] in language.words["citing"] and parse.tag[token] == "VBG":
            cited = child(parse, token, "dobj")
            if cited is None:
                return None
            known = is_outlet(parse, language, source, head) or _hands_on(parse, language, head, cited)
            return (token, cited) if known else None
    return None


def _hands_on(parse: Parse, language: Language, head: int, cited: int) -> bool:
    """Whether a body that is not known as an outlet hands on what people told it: "Sahara Line, citing officials"."""
    if parse.pos[head] != "PROPN" or any(
        name.label == "PERSON" and name.first <= head < name.stop for name in parse.names
    ):
        return False
    return any(parse.lemma[cited] in language.words[name] for name in ("unnamed", "official"))
