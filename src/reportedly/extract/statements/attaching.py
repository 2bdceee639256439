"""Says which verb introduces each quotation, and which quotations go on with the one before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportedly.extract.statements.quotes import Quote
from reportedly.extract.statements.trees import subject_of
from reportedly.language import Language
from reportedly.parsing import Parse

_STOPS = frozenset({".", "?", "!"})
_ENDS = _STOPS | {","}
_LEADS = frozenset({",", ":", "-", "–", "—", "--", "that", ";"})
_REACH = 40
_SHORT = 4
_FINITE = frozenset({"VBD", "VBP", "VBZ"})
_NOMINAL = frozenset({"PROPN", "PRON", "DET", "NOUN", "ADJ", "NUM"})
_VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})


@dataclass(frozen=True, slots=True)
class Attachment:
    """`verb_of` gives the token that introduces a quotation; `joins` the quotation that another one goes on with."""

    verb_of: Mapping[int, int]
    joins: Mapping[int, int]


def attach(parse: Parse, language: Language, quotes: Sequence[Quote], quoted: Mapping[int, int]) -> Attachment:
    """Looks for a reporting verb right after a quotation, then before it, then for a neighbour to go on with."""
    verb_of: dict[int, int] = {}
    joins: dict[int, int] = {}
    for number, quote in enumerate(quotes):
        first, stop = parse.paragraphs[parse.paragraph_of[quote.first]]
        verb = None
        if _is_speech(parse, quote) or _ends_open(parse, quote):
            verb = _after(parse, language, quote, stop, quoted)
        if verb is None:
            verb = _before(parse, language, quote, first, quoted)
        if verb is not None:
            verb_of[number] = verb
    for number, quote in enumerate(quotes):
        if number in verb_of or not (quote.continues or _is_speech(parse, quote)):
            continue
        other = _neighbour(parse, quotes, number, verb_of, joins)
        if other is not None:
            joins[number] = other
    return Attachment(verb_of, joins)


def _is_speech(parse: Parse, quote: Quote) -> bool:
    """Whether a quotation is more than a few words lifted into a sentence."""
    return quote.stop - quote.first > _SHORT + 2 or parse.lower[_last(quote)] in _ENDS


def _last(quote: Quote) -> int:
    """The last token before the closing mark."""
    return max(quote.first, quote.stop - 2 if quote.closed else quote.stop - 1)


def _ends_open(parse: Parse, quote: Quote) -> bool:
    return quote.closed and quote.stop < len(parse) and parse.word[quote.stop] == ","


def _after(parse: Parse, language: Language, quote: Quote, stop: int, quoted: Mapping[int, int]) -> int | None:
    """The verb of "…," said X / "…," X said; only where the quotation does not end its sentence with a full stop."""
    ended = parse.lower[_last(quote)] == "." and not _ends_open(parse, quote)
    for token in range(quote.stop, min(stop, quote.stop + _REACH)):
        if token in quoted or parse.word[token] in _STOPS or parse.word[token] in (";", ":"):
            return None
        if parse.tag[token] in _VERB_TAGS and _quotes(parse, language, token):
            between = range(quote.stop, token)
            if ended and (token + 1 < stop and parse.word[token + 1] not in _STOPS):
                return None  # "…." X said that …: the sentence after a quotation, not its frame
            if all(parse.pos[at] in ("PUNCT", "ADV", "AUX") for at in between):
                return token
            subject = subject_of(parse, token)
            if subject is not None and subject in between:
                return token
            if parse.tag[token] in _FINITE and _is_phrase(parse, between):
                return token
    return None


def _is_phrase(parse: Parse, between: range) -> bool:
    """Whether a noun phrase, with commas at most, fills the gap between a quotation and its verb."""
    words = [token for token in between if parse.pos[token] != "PUNCT"]
    return bool(words) and parse.pos[words[0]] in _NOMINAL and not any(parse.tag[token] in _FINITE for token in words)


def _before(parse: Parse, language: Language, quote: Quote, first: int, quoted: Mapping[int, int]) -> int | None:
    """The last reporting verb before the quotation in its sentence, with a comma, a colon or nothing between."""
    lead = parse.lower[quote.first - 1] if quote.first else ""
    if quote.first == first:
        if lead != ":":
            return None
        first = parse.paragraphs[parse.paragraph_of[first - 1]][0]  # "She said:" closed the paragraph before
    top = None
    for token in range(quote.first - 1, max(first, quote.first - _REACH) - 1, -1):
        if token in quoted or parse.word[token] in _STOPS:
            break
        if parse.tag[token] in _VERB_TAGS and parse.dep[token] not in ("aux", "auxpass"):
            top = token
            near = lead in _LEADS or token == quote.first - 1
            if _quotes(parse, language, token) and (near or parse.head[quote.first - 1] == token):
                return token
    if lead == ":" and top is not None and _is_speech(parse, quote):
        return top
    return None


def _quotes(parse: Parse, language: Language, token: int) -> bool:
    lemma = language.lemmas.get(parse.lower[token], parse.lemma[token])
    return lemma in language.quoting


def _neighbour(
    parse: Parse, quotes: Sequence[Quote], number: int, verb_of: Mapping[int, int], joins: Mapping[int, int]
) -> int | None:
    """The quotation that this one goes on with: of its paragraph, or the one left open in the paragraph before."""
    quote = quotes[number]
    paragraph = parse.paragraph_of[quote.first]
    previous = number - 1
    if previous >= 0:
        same = parse.paragraph_of[quotes[previous].first] == paragraph
        opens = quote.first == parse.paragraphs[paragraph][0]
        if same or quote.continues or (opens and parse.paragraph_of[quotes[previous].first] == paragraph - 1):
            if previous in verb_of:
                return previous
            if previous in joins:
                return joins[previous]
    following = number + 1
    if following < len(quotes) and parse.paragraph_of[quotes[following].first] == paragraph and following in verb_of:
        return following
    return None
