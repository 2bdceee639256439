"""What can be told of a source from its words: its kind, whether it is an outlet, who relays whom."""

from collections.abc import Mapping

from reportedly.directory import load_directory
from reportedly.extract.statements.trees import object_of
from reportedly.language import Language
from reportedly.parsing import Parse
from reportedly.records import SourceKind, Span

_LONGEST_NAME = 4
_ABOUT = frozenset({"for", "of", "about", "against", "over", "after", "as"})


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
    if is_outlet_word(parse, language, head):
        return True
    if parse.pos[head] != "PROPN" or any(
        parse.dep[kid] == "appos" and parse.lemma[kid] in words["official"] for kid in parse.children[head]
    ):
        return False
    if parse.word[head] in words["outlet-name"] or _is_introduced(parse, language, head):
        return True
    if parse.word[head] in words["outlet-word"]:
        return span[1] - span[0] > 1
    outlets = load_directory()
    low = max(span[0], parse.left[head], head - _LONGEST_NAME)
    if any(outlets.outlet(parse.span(first, head + 1).text) is not None for first in range(low, head + 1)):
        return True
    # "BBC Hausa", "CNN Turk": the service of a known outlet. A person has more names ("BBC chief Tony Hall").
    return head - low == 1 and parse.dep[low] == "compound" and outlets.outlet(parse.word[low]) is not None


def is_outlet_word(parse: Parse, language: Language, noun: int) -> bool:
    """Whether a noun is a word for an outlet, alone or with the one before it: "newspaper", "news agency"."""
    outlets = language.words["outlet"]
    return parse.lemma[noun] in outlets or (noun > 0 and f"{parse.lower[noun - 1]} {parse.lemma[noun]}" in outlets)


def _is_introduced(parse: Parse, language: Language, head: int) -> bool:
    """Whether a name or the word before it tells: "Radio Beira", "the Vienna newspaper Der Kurier"."""
    low, first = parse.left[head], head
    while first > low and (parse.pos[first - 1] == "PROPN" or parse.tag[first - 1] == "HYPH"):
        first -= 1
    if first > low and is_outlet_word(parse, language, first - 1):
        return True
    leads = parse.word[first] in language.words["outlet-first"]
    return leads and (first < head or parse.right[head] > head + 1)


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
                heads = [inner, *_with(parse, inner)] if parse.lower[kid] in ("to", "in", "with", "on", "by") else []
        for head in heads:
            span = outlet_span(parse, head)
            named = dep != "prep" or any(parse.pos[token] == "PROPN" for token in range(head, span[1]))
            if named and is_outlet(parse, language, span, head):
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
    if stop == head + 1:
        stop = _with_number_or_place(parse, first, head)
    # "The state news agency Xinhua" comes as two subjects or objects of one verb.
    for kid in parse.children[parse.head[head]]:
        if parse.dep[kid] == parse.dep[head] and parse.pos[kid] == "PROPN" and kid != head:
            if parse.left[kid] == stop:
                stop = kid + 1
            elif parse.right[kid] == first:
                first = parse.left[kid]
    return first, stop


def _with_number_or_place(parse: Parse, first: int, head: int) -> int:
    """Past "2" in "Channel 2", and past "of the Hills" where an outlet of that name is known."""
    stop = head + 1
    for kid in parse.children[head]:
        if kid == stop and parse.dep[kid] == "nummod":
            return kid + 1
        if kid == stop and parse.lower[kid] == "of":
            end = parse.right[kid]
            return end if load_directory().outlet(parse.span(first, end).text) is not None else stop
    return stop


def channel_of(parse: Parse, language: Language, verb: int) -> Span | None:
    """The occasion or medium: "in a televised interview", "told a news conference in Brussels"."""
    channels = language.channels
    for kid in parse.children[verb]:
        dep = parse.dep[kid]
        head = (
            object_of(parse, kid) if dep in ("prep", "dative", "agent") and parse.pos[kid] in ("ADP", "SCONJ") else None
        )
        if dep in ("dobj", "dative") and head is None:
            head = kid
        if dep == "prep" and parse.lower[kid] in _ABOUT:
            continue
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
