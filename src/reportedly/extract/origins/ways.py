"""How an outlet or a body stands in a sentence: it speaks, is told, is where something stands, or is only named."""

from typing import Literal

from reportedly.extract.origins.names import Outlets, body_name, is_outlet_word, one_line
from reportedly.language import Language
from reportedly.parsing import Parse

# What an outlet does in the text: staff, its people speak; interview, it airs somebody; absent, it is not credited.
How = Literal["said", "told", "named", "posted", "staff", "interview", "line", "document", "group", "absent"]
_CREDITING = frozenset({"by", "to", "via", "from", "in", "on", "with", "per", "at", "of"})
_SPEECH = frozenset({"interview", "announcement", "announce", "claim", "quote", "cite", "reporting"})
_RELATIVES = frozenset({"which", "who"})


def way(parse: Parse, first: int, stop: int, speaking: set[int], language: Language) -> How:
    """How an outlet's name stands in the text, or the word for it right before; absent where it is not credited."""
    how = _way(parse, first, stop, speaking, language)
    top = parse.top(first, stop)
    while parse.dep[top] == "conj" and parse.head[top] < top:
        top = parse.head[top]
    before = min(first, parse.left[top]) - 1
    if how == "absent" and before > 0 and parse.lemma[before] in language.words["outlet-noun"]:
        return _way(parse, before, before + 1, speaking, language)  # "on the websites Ridge and Kell"
    return how


def _way(parse: Parse, first: int, stop: int, speaking: set[int], language: Language) -> How:
    words = language.words
    top = parse.top(first, stop)
    if parse.dep[top] in ("compound", "nmod") and parse.pos[parse.head[top]] == "PROPN" and parse.head[top] >= stop:
        top = parse.head[top]  # "BBC Hausa"
    if parse.dep[top] in ("compound", "nmod", "amod") and is_outlet_word(parse, parse.head[top], language):
        top = parse.head[top]  # "Vogue magazine" stands where the magazine does
    if (
        parse.dep[top] == "poss"
        and parse.pos[parse.head[top]] == "PROPN"
        and parse.dep[parse.head[top]] in ("dobj", "pobj")
    ):
        top = parse.head[top]  # "told CNN's Ana Hill"
    dep, head = parse.dep[top], parse.head[top]
    while dep == "conj" and head < top:
        top = head
        dep, head = parse.dep[top], parse.head[top]
    whole = head
    while dep in ("compound", "nmod") and parse.dep[whole] in ("compound", "nmod"):
        whole = parse.head[whole]
    if dep in ("compound", "nmod", "poss") and parse.lemma[whole] in words["programme"]:
        return "interview"  # "the CBS news magazine show"
    if dep in ("compound", "nmod", "poss") and parse.lemma[head] in words["staff"]:
        return "staff" if head in speaking or not speaking.isdisjoint(range(first, stop)) else "absent"
    if dep == "nsubj" and parse.lemma[head] in words["airing"]:
        return "interview"
    if dep in ("compound", "nmod") and parse.lemma[head] in (words["unnamed"] | words["official"]) - words["own-eyes"]:
        return "absent"  # "a BBC source" speaks of the BBC
    if any(token in speaking for token in range(first, stop)):
        return "said"
    if dep in ("pobj", "pcomp"):
        return _after_preposition(parse, head, language)
    if dep in ("dobj", "dative"):
        return "told" if tells(parse, head, language) else "absent"
    if dep in ("compound", "nmod", "poss"):
        known = any(parse.lemma[head] in words[name] for name in ("document", "coverage", "outlet"))
        return "named" if known else "absent"
    if dep == "nsubj" and not (tells(parse, head, language) or parse.lemma[head] in words["releasing"]):
        return "absent"
    if dep == "appos" and parse.pos[head] == "NOUN" and not is_outlet_word(parse, head, language):
        return "absent"  # "his employer, X"
    return "named" if dep in ("agent", "appos", "nsubj", "ROOT") else "absent"


def _after_preposition(parse: Parse, preposition: int, language: Language) -> How:
    """ "told to X", "according to X", "a report in X", "published by X"; not "works for X"."""
    words = language.words
    governor = parse.head[preposition]
    if parse.lower[preposition] == "including" and parse.lemma[governor] in words["outlet-noun"]:
        return "named"
    if parse.lower[preposition] in ("via", "per"):
        return "named"
    if parse.lower[preposition] not in _CREDITING:
        return "absent"
    if governor == preposition or parse.lower[governor] == "according":
        return "named"
    if (
        parse.lower[preposition] == "to"
        and parse.dep[governor] == "dobj"
        and tells(parse, parse.head[governor], language)
    ):
        return "told"  # "confirmed the raid to X"
    if parse.lemma[governor] in words["airing"]:
        return "interview"
    if tells(parse, governor, language):
        return "told" if parse.lower[preposition] in ("to", "with", "in") and _is_speech(parse, governor) else "named"
    lemma = parse.lemma[governor]
    if lemma in words["releasing"] or any(lemma in words[name] for name in ("document", "coverage", "outlet-noun")):
        return "named"
    if parse.dep[governor] in ("prep", "pobj"):  # "in an announcement on X"
        return "named" if parse.dep[governor] == "pobj" and tells(parse, governor, language) else "absent"
    return "absent"


def _is_speech(parse: Parse, governor: int) -> bool:
    return parse.pos[governor] == "VERB" or parse.lemma[governor] == "interview"


def tells(parse: Parse, word: int, language: Language) -> bool:
    """Whether a verb or a noun is one of saying or reporting."""
    lemma = parse.lemma[word]
    return lemma in _SPEECH or any(
        cue.kind in ("say", "report", "deny", "confirm") and len(cue.words) == 1 for cue in language.cues.get(lemma, ())
    )


def is_posted(parse: Parse, first: int, stop: int, language: Language) -> bool:
    """Whether a platform is where something was said ("wrote on Facebook"), not the kind of a page or an account."""
    top = parse.top(first, stop)
    if parse.dep[top] in ("compound", "nmod") and parse.lemma[parse.head[top]] in language.words["outlet-noun"]:
        top = parse.head[top]
    while parse.dep[top] == "conj" and parse.head[top] < top:
        top = parse.head[top]
    preposition = parse.head[top]
    verb = parse.head[preposition]
    posts = parse.lemma[verb] in language.words["posting"] or tells(parse, verb, language)
    return parse.dep[top] == "pobj" and posts


def credited_body(
    parse: Parse, token: int, speaking: set[int], directory: Outlets, language: Language
) -> tuple[str, int, int, How] | None:
    """(name, first, stop, how) of a monitoring body, credited where it says something; None where it is none."""
    low, high = body_name(parse, token)
    words = [parse.lower[word] for word in range(low, high)]
    if len(words) < 2 and token == low and parse.word[token] not in ("Observatory", "Amnesty"):
        return None
    if (
        language.words["state-body"] & set(words)
        or parse.lower[high - 1] == "intelligence"
        or (parse.word[token] == "Justice" and parse.lower[token - 1] != "for")
    ):
        return None
    name = directory.body(one_line(parse, low, high)) or one_line(parse, low, high)
    top = parse.top(low, high)
    after = high + 1 if high < len(parse) and parse.lower[high] == "," else high
    says = after < len(parse) and parse.lower[after] in _RELATIVES and tells(parse, parse.head[after], language)
    credited = says or _is_from(parse, top, language) or any(t in speaking for t in range(low, high))
    return name, low, high, "group" if credited else "absent"


def _is_from(parse: Parse, top: int, language: Language) -> bool:
    """ "reports came from X", "released by X", "quoted officials of X"."""
    if parse.dep[top] != "pobj":
        return False
    preposition = parse.head[top]
    governor = parse.head[preposition]
    if parse.lower[preposition] in ("from", "by"):
        known = parse.lemma[governor] in language.words["releasing"] or parse.lemma[governor] == "come"
        return known or tells(parse, governor, language)
    if parse.lower[preposition] == "of" and parse.dep[governor] == "dobj":
        return parse.lemma[parse.head[governor]] in ("quote", "cite")
    return False
