"""Outlets without a name and documents, called by whose they are: "a blog linked to the Guard", "an army video"."""

import re
from collections.abc import Container, Iterator, Sequence

from reportedly.extract.origins.names import Outlets, is_capital, is_outlet_word, name_runs, one_line
from reportedly.language import Language
from reportedly.parsing import Parse
from reportedly.records import Statement

_RELATIVES = frozenset({"which", "who", "that"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "punct", "npadvmod", "case", "cc", "conj"})
_LINKING = frozenset({"to", "with", "by", "of", "from"})


def unnamed_outlets(parse: Parse, taken: Container[int], language: Language) -> Iterator[tuple[str, int, int]]:
    """(name, first, noun) of outlets that have no name of their own, wherever they stand; not those `taken` by a name.

    A bare "website" credits nobody in particular: a name, or a side ("jihadist"), must say whose it is.
    """
    called = {parse.lemma[t] for t in range(len(parse)) if t not in taken and _is_beside(parse, t, taken)}
    for noun in range(len(parse)):
        lemma = parse.lemma[noun]
        if parse.dep[noun] == "appos" or (lemma in called and parse.tag[noun] != "NNS"):
            continue  # "the Echo, a Hill newspaper"; "a Hill channel" in the headline is named in the text
        if lemma == "medium" and not {"state", "official"} & {parse.lower[kid] for kid in parse.children[noun]}:
            continue  # "Northland media" are nobody in particular; its state media are
        if lemma in language.words["outlet-noun"] or (lemma == "agency" and is_outlet_word(parse, noun, language)):
            if _has_a_name(parse, noun) or any(token in taken for token in range(parse.left[noun], noun + 1)):
                continue
            name = _outlet(parse, noun, parse.right[noun], language)
            if name is not None:
                yield name, parse.left[noun], noun


def _is_beside(parse: Parse, token: int, taken: Container[int]) -> bool:
    """Whether a noun stands right before or after a name of an outlet."""
    return parse.pos[token] == "NOUN" and (token + 1 in taken or token - 1 in taken)


def documents(
    parse: Parse, statements: Sequence[Statement], taken: Container[int], directory: Outlets, language: Language
) -> Iterator[tuple[str, int, int]]:
    """(name, first, noun) of documents that are the source of a statement, called by whose they are."""
    for statement in statements:
        part = statement.source
        if part is None or part.start is None or part.end is None:
            continue
        tokens = parse.tokens_in(part.start, part.end)
        noun = _head(parse, tokens)
        named = any(token in taken for token in range(parse.left[noun], noun + 1))
        kinds = language.words["document"] - language.words["rule"]
        if parse.lemma[noun] in kinds and parse.word[noun].islower() and not named:
            name = _document(parse, noun, max(tokens.stop, noun + 1), directory, language)
            if name is not None:
                yield name, parse.left[noun], noun


def released(parse: Parse, directory: Outlets, language: Language) -> Iterator[tuple[str, int, int]]:
    """Recordings that a body made known: "the Hill Guard has released a video in which …"."""
    for noun in range(len(parse)):
        if parse.lemma[noun] not in language.words["recording"] or parse.dep[noun] not in ("dobj", "nsubjpass"):
            continue
        verb = parse.head[noun]
        if parse.lemma[verb] not in language.words["releasing"]:
            continue
        for kid in parse.children[verb]:
            if parse.dep[kid] == "nsubj" and parse.pos[kid] == "PROPN":
                name = directory.body(one_line(parse, *_own_run(parse, kid)))
                if name is not None:
                    yield f"{name} {parse.lower[noun]}", parse.left[noun], noun


def _head(parse: Parse, tokens: range) -> int:
    head = parse.top(tokens.start, tokens.stop)
    if parse.lower[head] in _RELATIVES and parse.dep[parse.head[head]] == "relcl":
        return parse.head[parse.head[head]]
    return head


def _has_a_name(parse: Parse, noun: int) -> bool:
    """ "Haaretz newspaper", "the newspaper Haaretz"; "the Hill paper" has been named before."""
    after = noun + 1
    while after < len(parse) and parse.pos[after] == "PUNCT" and after - noun <= 2:
        after += 1
    if after < len(parse) and is_capital(parse, after) and parse.sentence_of[after] == parse.sentence_of[noun]:
        return True
    if parse.tag[noun] in ("NN", "NNP") and parse.lower[parse.left[noun]] in ("the", "this", "that"):
        return True
    before = noun - 1
    compound = before >= 0 and parse.pos[before] == "PROPN" and parse.dep[before] == "compound"
    singular = parse.tag[noun] != "NNS" and parse.lower[parse.left[noun]] not in ("a", "an")
    return compound and singular and parse.head[before] == noun and parse.tag[max(0, before - 1)] != "HYPH"


def _outlet(parse: Parse, noun: int, stop: int, language: Language) -> str | None:
    sides, form = language.words["outlet-side"], language.words["outlet-form"]
    low = parse.left[noun]
    kept: list[int] = []
    for token in range(low, noun):
        modifies = parse.dep[token] in _MODIFIERS and parse.pos[token] not in ("DET", "NUM", "PRON")
        if modifies and (
            kept or _is_proper(parse, token) or parse.lower[token] in sides or _before_hyphen(parse, token)
        ):
            kept.append(token)
    said = [token for token in kept if parse.lower[token] not in form]
    if any(parse.word[token][:1].isupper() or parse.lower[token] in sides for token in said):
        return one_line(parse, kept[0], noun + 1)
    return _linked(parse, noun, stop)


def _is_proper(parse: Parse, token: int) -> bool:
    """Whether a word is a name or an adjective of one, also at the start of a sentence: "Syrian state television"."""
    return is_capital(parse, token) or any(
        name.first <= token < name.stop and name.label in ("NORP", "GPE") for name in parse.names
    )


def _before_hyphen(parse: Parse, token: int) -> bool:
    return parse.word[token][:1].isupper() and token + 1 < len(parse) and parse.word[token + 1] in ("-", "–")


def _linked(parse: Parse, noun: int, stop: int) -> str | None:
    """ "a blog linked to the Guard" -> "Guard-linked blog"; "a blog seen as one of the Guard's" -> "Guard blog"."""
    run = next((run for run in name_runs(parse, noun + 1, stop) if parse.pos[run[0]] != "NUM"), None)
    if run is None:
        return None
    name = one_line(parse, *run)
    for kid in parse.children[noun]:
        if kid > noun and parse.dep[kid] in ("acl", "amod") and parse.tag[kid] in ("VBN", "JJ"):
            if any(
                parse.dep[k] == "prep" and run[0] in range(parse.left[k], parse.right[k]) for k in parse.children[kid]
            ):
                return f"{name}-{parse.lower[kid]} {parse.lower[noun]}"
            return f"{name} {parse.lower[noun]}"
    return None


def _document(parse: Parse, noun: int, stop: int, directory: Outlets, language: Language) -> str | None:
    low = parse.left[noun]
    while low < noun and (parse.pos[low] in ("DET", "PRON", "NUM", "PUNCT") or parse.word[low].islower()):
        low += 1
    if parse.word[low] in language.words["outlet-word"]:
        return None  # "the Post report" credits the paper, which stands there in full
    words_of_bodies = language.words["monitor"]
    if any(name.label == "PERSON" and low <= name.first < noun for name in parse.names):
        return None  # "Mr Hill's account": he says so himself
    if not words_of_bodies.isdisjoint(parse.word[low:noun]):
        return None  # "a Rights Watch report" credits the body
    if any(parse.pos[token] == "PROPN" for token in range(low, noun)):
        return re.sub(r"\s*\([^)]*\)", "", one_line(parse, low, noun + 1))
    maker = _maker(parse, noun, stop)
    if maker is None:
        return None
    name = one_line(parse, *maker)
    if directory.outlet(name) is not None or not set(name.split()).isdisjoint(
        language.words["monitor"] | language.words["monitor-weak"]
    ):
        return None  # the outlet or the body itself is credited
    known = directory.body(name)
    if known is None:
        return None
    compound = parse.dep[noun - 1] == "compound" and parse.head[noun - 1] == noun
    word = parse.lower[noun - 1] if compound and parse.lower[noun - 1] in language.words["recording"] else None
    return f"{known} {word or parse.lower[noun]}"  # "video footage released by the Guard" is a Guard video


def _maker(parse: Parse, noun: int, stop: int) -> tuple[int, int] | None:
    """Who made a document: the last name in "uploaded by a group loyal to the Guard", "of the Guard"."""
    for kid in parse.children[noun]:
        if kid < noun or kid >= stop:
            continue
        inner = [kid] if parse.dep[kid] == "prep" else list(parse.children[kid]) if parse.dep[kid] == "acl" else []
        for word in inner:
            if parse.lower[word] in ("by", "from") and word < stop:
                runs = list(name_runs(parse, word, min(stop, parse.right[word])))
                if runs:
                    return runs[-1]
    return None


def _own_run(parse: Parse, head: int) -> tuple[int, int]:
    low = head
    while low > parse.left[head] and parse.pos[low - 1] in ("PROPN", "ADJ") and parse.word[low - 1][:1].isupper():
        low -= 1
    return low, head + 1
