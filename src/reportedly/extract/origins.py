"""Finds the outlets, agencies and documents that an article credits for what it reports."""

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from reportedly.language import Language, load_language
from reportedly.parsing import Parse
from reportedly.records import Article, Origin, Statement

_NAME = frozenset({"PROPN", "NUM", "X"})
_LINKS = frozenset({"of", "de", "-", "–", "’s", "'s"})
_CREDIT_LINE = re.compile(r"\(([^()\n]{2,40})\)")
_CREDITING = frozenset({"by", "to", "via", "from", "in", "on", "with", "per", "at", "of", "for"})
_MAX_NAME = 6
_RELATIVES = frozenset({"which", "who"})


class Outlets(Protocol):
    """What this part needs of the directory."""

    def outlet(self, text: str) -> str | None:
        """The canonical name of a known outlet, agency or platform; None when it is not known."""
        ...


def find_origins(
    article: Article,
    parse: Parse,
    statements: Sequence[Statement],
    directory: Outlets,
    language: Language | None = None,
) -> tuple[Origin, ...]:
    """One origin a name, at its first mention, in the order of the text; the publisher itself is none.

    Outlets count where they speak, are told, or stand after a crediting preposition or in a credit line; documents and
    monitoring groups where they are the source of a statement.
    """
    pack = language or load_language("en")
    # A dateline's outlet is the publisher where no other is known: only in another's pages it is credited.
    line = article.dateline.outlet if article.dateline else None
    publisher = article.publisher or line
    own = {name.casefold() for name in (publisher, _known(directory, publisher)) if name}
    found: dict[str, Origin] = {}
    candidates = _candidates(article, parse, statements, directory, pack)
    for name, start, end in sorted(candidates, key=lambda found: (found[1], -found[2])):
        key = re.sub(r"^the\s+", "", name, flags=re.IGNORECASE).casefold()
        if key in own or name.casefold() in own or key in found:
            continue
        found[key] = Origin(name=name, start=start, end=end, text=article.text[start:end])
    return tuple(found.values())


def _known(directory: Outlets, text: str | None) -> str | None:
    return directory.outlet(text) if text else None


def _candidates(
    article: Article, parse: Parse, statements: Sequence[Statement], directory: Outlets, language: Language
) -> Iterator[tuple[str, int, int]]:
    speaking = {
        token
        for statement in statements
        if statement.source is not None and statement.source.start is not None and statement.source.end is not None
        for token in parse.tokens_in(statement.source.start, statement.source.end)
    }
    strangers: set[str] = set()  # names that were looked up in vain: most names of a text come again and again
    for first, stop in _names(parse):
        words = parse.text[parse.start[first] : parse.end[stop - 1]]
        if words in strangers:
            continue
        found = _outlet_name(parse, first, stop, directory, language)
        if found is None:
            strangers.add(words)
            continue
        canonical, low, high = found
        if canonical in language.words["platform"] and not _is_posted(parse, low, high):
            continue
        if _is_credited(parse, low, high, speaking, language):
            yield canonical, parse.start[low], parse.end[high - 1]
    yield from _speakers(parse, statements, language)
    if article.dateline is not None and article.dateline.outlet:
        at = article.text.find(article.dateline.outlet, article.dateline.start, article.dateline.end)
        if at >= 0:
            outlet = article.dateline.outlet
            yield directory.outlet(outlet) or outlet, at, at + len(outlet)
    for match in _CREDIT_LINE.finditer(article.text):
        credited = directory.outlet(match.group(1))
        if credited is not None:
            yield credited, match.start(1), match.end(1)


def _names(parse: Parse) -> Iterator[tuple[int, int]]:
    """Maximal runs of proper nouns, with "of" and hyphens inside."""
    token, size, pos = 0, len(parse), parse.pos
    while token < size:
        if pos[token] not in _NAME:
            token += 1
            continue
        first = token
        while token < size and (
            pos[token] in _NAME
            or (parse.lower[token] in _LINKS and token + 1 < size and pos[token + 1] in _NAME and token > first)
        ):
            token += 1
        yield first, token


def _outlet_name(
    parse: Parse, first: int, stop: int, directory: Outlets, language: Language
) -> tuple[str, int, int] | None:
    """(name, first, stop) of the longest known outlet in a run of names, or of one that its form gives away."""
    words = language.words
    for low in range(first, stop):
        for high in range(min(stop, low + _MAX_NAME), low, -1):
            with_article = low - 1 if low and parse.lower[low - 1] == "the" else low
            for begin in dict.fromkeys((with_article, low)):
                known = directory.outlet(parse.span(begin, high).text)
                if known is not None:
                    return known, low, high
    if stop - first > 1 and (
        parse.word[stop - 1] in words["outlet-word"] or parse.word[first] in words["outlet-first"]
    ):
        return _one_line(parse, first, stop), first, stop
    named = ("appos", "pobj", "nsubj", "dobj")
    if first and _is_outlet_word(parse, first - 1, language) and parse.dep[stop - 1] in named:
        return _one_line(parse, first, stop), first, stop
    if parse.word[stop - 1] in words["outlet-name"]:
        return _one_line(parse, first, stop), first, stop
    return None


def _is_outlet_word(parse: Parse, noun: int, language: Language) -> bool:
    """A word for an outlet, alone or with the one before it: "newspaper", "news agency"."""
    outlets = language.words["outlet"]
    return parse.lower[noun] in outlets or (noun > 0 and f"{parse.lower[noun - 1]} {parse.lower[noun]}" in outlets)


def _one_line(parse: Parse, first: int, stop: int) -> str:
    return " ".join(parse.span(first, stop).text.split())


def _is_credited(parse: Parse, first: int, stop: int, speaking: set[int], language: Language) -> bool:
    """Whether an outlet's name stands where a text says whom it has its news from."""
    if any(token in speaking for token in range(first, stop)):
        return True
    top = parse.top(first, stop)
    if parse.dep[top] == "compound" and parse.head[top] == stop and parse.pos[stop] == "PROPN":
        top = stop  # "BBC Hausa"
    dep, head = parse.dep[top], parse.head[top]
    if dep in ("pobj", "pcomp"):
        return parse.lower[head] in _CREDITING
    if dep in ("dobj", "dative"):
        lemma = parse.lemma[head]
        return any(cue.kind in ("say", "report") for cue in language.cues.get(lemma, ()))
    if dep in ("compound", "nmod", "poss"):
        words = language.words
        return any(parse.lemma[head] in words[name] for name in ("document", "coverage", "outlet"))
    return dep in ("agent", "appos", "nsubj", "conj", "ROOT")


def _is_posted(parse: Parse, first: int, stop: int) -> bool:
    """Whether a platform is where something was said ("wrote on Facebook"), not the kind of a page or an account."""
    top = parse.top(first, stop)
    preposition = parse.head[top]
    return parse.dep[top] == "pobj" and parse.pos[parse.head[preposition]] == "VERB"


def _speakers(parse: Parse, statements: Sequence[Statement], language: Language) -> Iterator[tuple[str, int, int]]:
    """Documents and monitoring groups that are the source of a statement: "an army video shows …".

    A bare "report" or "officials" credits nobody in particular: some word of the phrase must be a name.
    """
    documents, monitors = language.words["document"], language.words["monitor"]
    for statement in statements:
        source = statement.source
        if source is None or source.start is None or source.end is None:
            continue
        tokens = parse.tokens_in(source.start, source.end)
        head = parse.top(tokens.start, tokens.stop)
        if parse.lower[head] in _RELATIVES and parse.dep[parse.head[head]] == "relcl":
            head = parse.head[parse.head[head]]  # "the Red Cross, which said"
            tokens = range(parse.left[head], head + 1)
        for token in range(head + 1, tokens.stop):
            if parse.pos[head] != "PROPN" and parse.pos[token] == "PROPN" and parse.head[token] == parse.head[head]:
                head = token  # "the rights group Jamaicans for Justice" comes as two subjects
        low = parse.left[head]
        while low < head and parse.pos[low] in ("DET", "PRON", "NUM", "PUNCT"):
            low += 1
        if parse.lemma[head] in documents:
            if any(parse.pos[token] == "PROPN" for token in range(low, head)):
                yield _one_line(parse, low, head + 1), parse.start[low], parse.end[head]
        elif parse.pos[head] == "PROPN" and any(
            parse.word[token] in monitors for token in range(low, _name_end(parse, head, tokens.stop))
        ):
            high = _name_end(parse, head, tokens.stop)
            yield _one_line(parse, low, high), parse.start[low], parse.end[high - 1]


def _name_end(parse: Parse, head: int, stop: int) -> int:
    """Where a body's name ends: "Jamaicans for Justice", "the Institute for the Study of War"."""
    high = head + 1
    while high < stop and parse.pos[high] in ("ADP", "PROPN", "CCONJ", "DET"):
        high += 1
    while parse.pos[high - 1] != "PROPN" and high > head + 1:
        high -= 1
    return high
