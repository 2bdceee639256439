"""Names of outlets and monitoring bodies in a parse: where they begin and end, and which outlet is meant."""

from collections.abc import Iterator
from typing import Protocol

from reportedly.language import Language
from reportedly.parsing import Parse

_NAME = frozenset({"PROPN", "NUM", "X"})
_LINKS = frozenset({"of", "de", "-", "–", "’s", "'s", "&"})
_MAX_NAME = 6
_NAMED = ("appos", "pobj", "nsubj", "nsubjpass", "dobj", "conj", "ROOT", "npadvmod")
_NO_NAME = frozenset({"DET", "PRON", "ADP", "CCONJ", "SCONJ", "PUNCT", "ADV", "PART"})
_POINTING = frozenset({"this", "that", "these", "those", "every", "each", "any", "another"})
_JOINING = frozenset({"for", "without", "to"})
_INSIDE = frozenset({"for", "of", "on", "against", "without", "in"})


class Outlets(Protocol):
    """What this part needs of the directory."""

    def outlet(self, text: str) -> str | None:
        """The canonical name of a known outlet, agency or platform; None when it is not known."""
        ...

    def body(self, text: str) -> str | None:
        """The canonical name of a known organisation or group; None when it is not known."""
        ...


def is_capital(parse: Parse, token: int) -> bool:
    """Whether a word is written as a name is: not just as the first of its sentence."""
    if not parse.word[token][:1].isupper() or parse.pos[token] in _NO_NAME:
        return False
    return parse.pos[token] == "PROPN" or parse.sentences[parse.sentence_of[token]][0] != token


def name_runs(parse: Parse, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, int]]:
    """Maximal runs of words written as names, with "of" and hyphens inside, in a range of tokens."""
    pos, word, size = parse.pos, parse.word, len(parse) if stop is None else stop
    bodies = {t for name in parse.names if name.label == "ORG" for t in range(name.first, name.stop)}
    named = [
        t
        for t in range(start, size)
        if pos[t] in _NAME or (word[t][:1].isupper() and (is_capital(parse, t) or (t in bodies and pos[t] == "NOUN")))
    ]
    at = 0
    while at < len(named):
        first = token = named[at]
        while at + 1 < len(named):
            gap = named[at + 1] - token
            if gap != 1 and not (gap == 2 and parse.lower[token + 1] in _LINKS):
                break
            at += 1
            token = named[at]
        yield first, token + 1
        at += 1


def outlet_name(
    parse: Parse, first: int, stop: int, directory: Outlets, language: Language
) -> tuple[str, int, int] | None:
    """(name, first, stop) of the longest known outlet in a run of names, or of one that its form gives away."""
    first = _after_owner(parse, first, stop, language)
    for length in range(min(stop - first, _MAX_NAME), 0, -1):
        for low in range(first, stop - length + 1):
            known = directory.outlet(parse.span(low, low + length).text)
            if known is not None and _is_meant(parse, (first, stop), (low, low + length), known, language):
                return known, low, low + length
    if (noun := _outlet_word_after(parse, stop, language)) is not None:
        known = directory.outlet(parse.span(first, noun + 1).text)
        if known is not None:
            return known, first, stop
    if (
        stop - first == 1
        and first
        and parse.lower[first - 1] == "the"
        and parse.word[first] in language.words["outlet-short"]
    ):
        return f"The {parse.word[first]}", first, stop
    if _is_by_form(parse, first, stop, language):
        return one_line(parse, first, stop), first, stop
    return _introduced(parse, first, stop, language)


def _after_owner(parse: Parse, first: int, stop: int, language: Language) -> int:
    """Past "Iraq's" in "Iraq's Al-Fajr": the country does not belong to its name."""
    for token in range(first + 1, stop - 1):
        if parse.lower[token] in ("’s", "'s"):
            place = any(name.first <= first < name.stop and name.label in ("GPE", "LOC") for name in parse.names)
            return token + 1 if place or parse.word[token + 1] in language.words["outlet-first"] else first
    return first


def _is_meant(parse: Parse, run: tuple[int, int], part: tuple[int, int], known: str, language: Language) -> bool:
    """Whether a part of a run of names is the outlet: in "BBC Hausa" it is, in "National Security Council" not."""
    (first, stop), (low, high) = run, part
    words = parse.span(low, high).text
    if (low, high) != (first, stop) and not words.isupper() and _is_within_other(parse, low, high):
        return False  # "Saad Maan" is a man, "Lower Shabelle" a region
    if low and parse.lower[low - 1] in _POINTING and high - low == 1:
        return False  # "This Week" is not "The Week"
    if known.startswith("The ") and high == stop and _is_one_of_many(parse, low, high):
        return False  # "a New Yorker said" is no paper's word
    beside = high < len(parse) and is_outlet_word(parse, high, language)
    if known.isupper() and not words.isupper() and "." not in words and not beside:
        return False  # the Yemeni capital, not the agency of that name
    if high < stop and parse.word[high] in language.words["not-outlet"]:
        return False  # "Coast Times Square"
    if (low, high) == (first, stop) or high - low > 1:
        return True
    after = parse.lower[high] if high < stop else ""
    leads = low == first or all(_is_of_a_people(parse, token) for token in range(first, low))
    outside = leads and parse.head[low] not in range(first, stop) and after not in _LINKS  # "on Facebook Monday"
    sure = outside or words.isupper() or known in language.words["agency"] or after in ("’s", "'s")
    return sure or (low == first and all(parse.word[t] in language.words["outlet-word"] for t in range(high, stop)))


def _is_one_of_many(parse: Parse, low: int, high: int) -> bool:
    """Whether a name that goes with "the" stands with "a" or a number, as the head of its phrase."""
    top = parse.top(low, high)
    left = parse.word[parse.left[top]].lower()
    return parse.dep[top] in _NAMED and (left in ("a", "an", "some") or parse.pos[parse.left[top]] == "NUM")


def _is_within_other(parse: Parse, low: int, high: int) -> bool:
    """Whether a longer name of a person or a place has these words."""
    return any(
        name.label in ("PERSON", "GPE", "LOC", "FAC")
        and name.first <= low
        and high <= name.stop
        and high - low < name.stop - name.first
        for name in parse.names
    )


def _is_by_form(parse: Parse, first: int, stop: int, language: Language) -> bool:
    """Whether its first or last word makes a run of names an outlet's: "Radio Kell", "Northern Times", "kell.info"."""
    words = language.words
    if stop - first == 1:
        address = "." in parse.word[first][1:-1] and "@" not in parse.word[first]
        return address and parse.word[first].rsplit(".", 1)[1] in words["domain"]
    if parse.word[first] in words["outlet-word"] - words["outlet-first"] and parse.dep[stop - 1] not in _NAMED:
        return False
    if any(parse.lower[token] in words["state-body"] for token in range(first, stop)):
        return False
    if parse.lower[first + 1] == "of" and parse.word[first] in words["outlet-of"] and stop - first > 2:
        return True
    last = parse.word[stop - 1]
    if last in words["outlet-weak"]:  # "Coast Press Agency", not "Youth Justice Agency"
        return parse.word[stop - 2] in words["outlet-word"] - words["outlet-weak"]
    return last in words["outlet-word"] or parse.word[first] in words["outlet-first"]


def _introduced(parse: Parse, first: int, stop: int, language: Language) -> tuple[str, int, int] | None:
    """A name that a word for an outlet stands before or after: "the daily Al-Fajr", "This Day newspaper"."""
    words = language.words
    while first < stop - 1 and _is_of_a_people(parse, first) and parse.word[first + 1] not in words["outlet-word"]:
        first += 1  # "the Lebanese As-Safir newspaper"
    if parse.word[stop - 1] in words["outlet-name"]:
        return one_line(parse, first, stop), first, stop
    if not is_capital(parse, stop - 1) or all(
        parse.lower[token] in words["outlet-form"] for token in range(first, stop)
    ):
        return None
    if parse.dep[stop - 1] in _NAMED and _introduces(parse, _before_list(parse, first, stop), language):
        return one_line(parse, first, stop), first, stop
    noun = _outlet_word_after(parse, stop, language)
    if (
        noun is not None
        and not (first and parse.lower[first - 1] in ("a", "an"))  # "a Kell newspaper" has no name here
        and any(parse.word[token] not in words["outlet-word"] for token in range(first, stop))
        and (parse.lemma[noun] not in words["outlet-loose"] or _speaks(parse, noun, language))
        and (parse.dep[noun] not in ("compound", "amod", "nmod") or parse.pos[parse.head[noun]] == "VERB")
        and not any(name.first <= stop - 1 < name.stop and name.label in ("NORP", "GPE") for name in parse.names)
        and parse.tag[stop - 1] not in ("JJ",)
    ):
        return _with_determiner(parse, first, stop)
    return None


def _before_list(parse: Parse, first: int, stop: int) -> int:
    """The word before a name, or before the first name of its list: "the newspapers Dawn and Fajr"."""
    top = parse.top(first, stop)
    while parse.dep[top] == "conj" and parse.head[top] < top:
        top = parse.head[top]
    return min(first, parse.left[top] if top < first else first) - 1


def _introduces(parse: Parse, noun: int, language: Language) -> bool:
    """Whether a word for an outlet stands before its name; a train station and a "Site" in a menu are none."""
    if noun < 0 or parse.dep[noun] == "ROOT":
        return False
    if not is_outlet_word(parse, noun, language) and parse.lemma[noun] not in language.words["outlet-noun"]:
        return False
    if parse.lemma[noun] not in language.words["outlet-loose"]:
        return True
    return noun > 0 and (parse.lower[noun - 1] in language.words["outlet-form"] or parse.word[noun - 1].isupper())


def _speaks(parse: Parse, noun: int, language: Language) -> bool:
    return parse.dep[noun] == "nsubj" and parse.lemma[parse.head[noun]] in language.cues


def _with_determiner(parse: Parse, first: int, stop: int) -> tuple[str, int, int]:
    """ "This Day newspaper": a determiner written large within a sentence is part of the name."""
    before = first - 1
    inside = before > parse.sentences[parse.sentence_of[first]][0]
    if (
        inside
        and parse.word[before][:1].isupper()
        and parse.pos[before] in ("DET", "PRON")
        and parse.lower[before] != "the"
    ):
        first = before
    return one_line(parse, first, stop), first, stop


def _outlet_word_after(parse: Parse, stop: int, language: Language) -> int | None:
    """The word for an outlet right after a name, the last one of "news agency"."""
    if stop + 1 < len(parse) and f"{parse.lower[stop]} {parse.lemma[stop + 1]}" in language.words["outlet"]:
        return stop + 1
    return stop if stop < len(parse) and is_outlet_word(parse, stop, language) else None


def is_presented(parse: Parse, first: int, stop: int, language: Language) -> bool:
    """Whether readers are told what an outlet is or where it is from, which no outlet does with itself."""
    after = _outlet_word_after(parse, stop, language) is not None
    beside = after or (first and is_outlet_word(parse, first - 1, language))
    owned = first > 1 and parse.lower[first - 1] in ("’s", "'s")
    return bool(beside or owned or (first and _is_of_a_people(parse, first - 1)))


def _is_of_a_people(parse: Parse, token: int) -> bool:
    return any(name.label == "NORP" and name.first <= token < name.stop for name in parse.names)


def is_outlet_word(parse: Parse, noun: int, language: Language) -> bool:
    """A word for an outlet, alone or with the one before it: "newspaper", "news agency"."""
    outlets = language.words["outlet"]
    return parse.lemma[noun] in outlets or (noun > 0 and f"{parse.lower[noun - 1]} {parse.lemma[noun]}" in outlets)


def body_name(parse: Parse, token: int) -> tuple[int, int]:
    """(first, stop) of the name of a body that has this word in it: "Sailors for Justice"."""
    low, high = token, token + 1
    start = parse.sentences[parse.sentence_of[token]][0]
    while low > start and (is_capital(parse, low - 1) or (low - 1 == start and parse.pos[low - 1] in ("PROPN", "ADJ"))):
        low -= 1
    if low - 1 > start and parse.lower[low - 1] in _JOINING and _is_noun(parse, low - 2):
        low -= 2
    high = _right(parse, high)
    return low, high


def _is_noun(parse: Parse, token: int) -> bool:
    return parse.word[token][:1].isupper() and parse.pos[token] in ("PROPN", "NOUN")


def _right(parse: Parse, high: int) -> int:
    """Past "for Human Rights", "for Relief and Reconciliation in the Middle East"."""
    size, inside = len(parse), False
    while high < size:
        if parse.pos[high] == "PROPN" or (inside and is_capital(parse, high)):
            high += 1
            continue
        linked = parse.lower[high] in _INSIDE or (parse.lower[high] == "and" and inside)
        following = high + 2 if high + 1 < size and parse.lower[high + 1] == "the" else high + 1
        if parse.lower[high] == "in" and following == high + 1:
            return high  # where it sits, not what it is called
        if not linked or following >= size or not is_capital(parse, following):
            return high
        inside = True
        high = following + 1
    return high


def one_line(parse: Parse, first: int, stop: int) -> str:
    """The words of a range on one line."""
    return " ".join(parse.span(first, stop).text.split())
