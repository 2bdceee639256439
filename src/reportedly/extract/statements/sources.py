"""What can be told of a source from its words: its kind, whether it is an outlet, who relays whom."""

from collections.abc import Mapping

from reportedly.directory import load_directory
from reportedly.extract.statements.trees import object_of
from reportedly.language import Language
from reportedly.parsing import Parse
from reportedly.records import SourceKind, Span

_LONGEST_NAME = 4


def names_by_token(parse: Parse) -> Mapping[int, str]:
    """Token -> label of the name it is part of."""
    return {token: name.label for name in parse.names for token in range(name.first, name.stop)}


def kind_of(parse: Parse, language: Language, head: int, span: tuple[int, int], names: Mapping[int, str]) -> SourceKind:
    """The best guess that the words allow; resolving actors may know better."""
    words = language.words
    lemma, label = parse.lemma[head], names.get(head)
    if is_outlet(parse, language, span, head):
        return "outlet"
    if label == "PERSON" or parse.lower[head] in words["pronoun"]:
        return "person"
    if lemma in words["unnamed"]:
        return "unnamed"
    if lemma in words["official"]:
        return "official"
    if lemma in words["document"]:
        return "document"
    if label in ("ORG", "GPE", "NORP", "FAC") or lemma in words["organisation"]:
        return "organisation"
    return "person" if parse.pos[head] == "PROPN" else "unnamed"


def is_outlet(parse: Parse, language: Language, span: tuple[int, int], head: int) -> bool:
    """Whether a noun phrase names an outlet or an agency, or its head is a word for one."""
    words = language.words
    if parse.lemma[head] in words["outlet"]:
        return True
    if parse.pos[head] != "PROPN" or any(
        parse.dep[kid] == "appos" and parse.lemma[kid] in words["official"] for kid in parse.children[head]
    ):
        return False
    if parse.word[head] in words["outlet-name"]:
        return True
    if parse.word[head] in words["outlet-word"]:
        return span[1] - span[0] > 1
    outlets = load_directory()
    low = max(span[0], parse.left[head], head - _LONGEST_NAME)
    return any(outlets.outlet(parse.span(first, head + 1).text) is not None for first in range(low, head + 1))


def relay_of(parse: Parse, language: Language, verb: int) -> tuple[int, int] | None:
    """The outlet that is told: "told Reuters", "said in an interview with The Herald"."""
    for kid in parse.children[verb]:
        dep = parse.dep[kid]
        heads: list[int] = []
        if dep == "agent":
            inner = object_of(parse, kid)
            heads = [inner] if inner is not None else []
        elif dep in ("dobj", "dative"):
            heads = [kid]
            if parse.pos[kid] == "ADP":
                inner = object_of(parse, kid)
                heads = [inner] if inner is not None else []
        elif dep == "prep":
            inner = object_of(parse, kid)
            if inner is not None and kid > verb:
                heads = [inner, *_with(parse, inner)] if parse.lower[kid] in ("to", "in", "with", "on") else []
        for head in heads:
            span = outlet_span(parse, head)
            if is_outlet(parse, language, span, head) and (dep != "prep" or parse.pos[head] == "PROPN"):
                return span
    return None


def relay_within(parse: Parse, language: Language, span: tuple[int, int]) -> tuple[int, int] | None:
    """The outlet in a source's own words: "a resident who told The Herald", "a source quoted by The Herald"."""
    for token in range(*span):
        if parse.tag[token].startswith("V") and parse.lemma[token] in language.relaying:
            return relay_of(parse, language, token)
    return None


def _with(parse: Parse, noun: int) -> list[int]:
    return [
        inner
        for kid in parse.children[noun]
        if parse.dep[kid] == "prep" and parse.lower[kid] in ("with", "to", "by", "for")
        if (inner := object_of(parse, kid)) is not None
    ]


def outlet_span(parse: Parse, head: int) -> tuple[int, int]:
    """The name of an outlet without what follows it: "The New York Times", "the Lebanese daily As-Safir"."""
    first, stop = parse.left[head], head + 1
    for kid in parse.children[head]:
        if kid > head and parse.dep[kid] == "appos" and parse.pos[kid] == "PROPN" and kid - head <= 3:
            stop = kid + 1
    return first, stop


def channel_of(parse: Parse, language: Language, verb: int) -> Span | None:
    """The occasion or medium: "in a televised interview", "told a news conference in Brussels"."""
    channels = language.channels
    for kid in parse.children[verb]:
        dep = parse.dep[kid]
        head = object_of(parse, kid) if dep in ("prep", "dative") and parse.pos[kid] in ("ADP", "SCONJ") else None
        if dep in ("dobj", "dative") and head is None:
            head = kid
        if head is not None and parse.lemma[head] in channels and parse.dep[head] != "nsubj":
            return parse.span(parse.left[head], _without_clause(parse, head))
    if parse.dep[verb] == "acl" and parse.lemma[parse.head[verb]] in channels:
        noun = parse.head[verb]
        return parse.span(parse.left[noun], noun + 1)
    return None


def _without_clause(parse: Parse, head: int) -> int:
    """Where a noun phrase ends when the clauses that hang on it are left out."""
    stop = parse.right[head]
    for kid in parse.children[head]:
        if kid > head and parse.dep[kid] in ("acl", "relcl", "advcl", "ccomp", "conj", "appos", "cc", "punct"):
            return min(stop, parse.left[kid])
    return stop
