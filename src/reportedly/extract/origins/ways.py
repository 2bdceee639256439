"""How an outlet or a body stands in a sentence: it speaks, is told, is where something stands, or is only named."""

from typing import Literal

from reportedly.extract.origins.names import is_outlet_word
from reportedly.language import Language
from reportedly.parsing import Parse

# What an outlet does in the text: staff, its people speak; interview, it airs somebody; absent, it is not credited.
How = Literal["said", "told", "named", "posted", "staff", "interview", "line", "document", "group", "absent"]
_CREDITING = frozenset({"by", "to", "via", "from", "in", "on", "with", "per", "at", "of", "through"})
_SPEECH = frozenset({"interview", "announcement", "announce", "claim", "quote", "cite", "reporting"})
_TAKING_IN = frozenset({"read", "see", "hear", "learn", "know", "find", "watch", "follow"})


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
    if stop < len(parse) and (parse.lower[stop] in words["picture"] or parse.word[stop] == "/"):
        return "absent"  # "AP Photo/Ana Hill"
    top = parse.top(first, stop)
    if parse.dep[top] in ("compound", "nmod") and parse.pos[parse.head[top]] == "PROPN" and parse.head[top] >= stop:
        top = parse.head[top]  # "BBC Hausa"
    kind = top
    while parse.dep[kind] in ("compound", "nmod", "amod"):
        kind = parse.head[kind]
        if is_outlet_word(parse, kind, language):
            top = kind  # "Vogue magazine" stands where the magazine does
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
        if any(parse.lower[kid] in ("former", "ex", "retired") for kid in parse.children[head]):
            return "absent"
        person = parse.head[head] if parse.dep[head] == "compound" else head  # "CNN presenter Ana Hill"
        if parse.dep[person] == "dobj" and tells(parse, parse.head[person], language):
            return "told"
        if parse.dep[person] == "nsubj" and parse.lemma[parse.head[person]] in words["witnessing"]:
            return "staff"  # "a Reuters reporter saw smoke"
        return "staff" if head in speaking or not speaking.isdisjoint(range(first, stop)) else "absent"
    if dep == "nsubj" and parse.lemma[head] in words["airing"]:
        return "interview"
    if dep in ("compound", "nmod") and parse.lemma[head] in (words["unnamed"] | words["official"]) - words["own-eyes"]:
        return "absent"  # "a BBC source" speaks of the BBC
    if any(token in speaking for token in range(first, stop)):
        return "absent" if dep in ("compound", "amod") and _is_of_others(parse, head, language) else "said"
    if dep in ("pobj", "pcomp"):
        return _after_preposition(parse, head, language)
    if dep in ("dobj", "dative"):
        if parse.lemma[head] in words["relaying"] | words["telling"]:
            return "told"
        alone = all(not parse.dep[kid].startswith("nsubj") for kid in parse.children[head])
        return "said" if alone and tells(parse, head, language) else "absent"  # ", report the Coast Times"
    if dep in ("compound", "nmod", "poss"):
        known = any(parse.lemma[head] in words[name] for name in ("document", "coverage", "outlet"))
        return "named" if known else "absent"
    if dep == "nsubj" and not (tells(parse, head, language) or parse.lemma[head] in words["releasing"]):
        return "absent"
    if dep in ("attr", "acomp") and _is_cleft(parse, top, language):
        return "named"
    if dep == "appos" and parse.pos[head] == "NOUN" and not is_outlet_word(parse, head, language):
        return "absent"  # "his employer, X"
    return "named" if dep in ("agent", "appos", "nsubj", "ROOT") else "absent"


def _is_cleft(parse: Parse, top: int, language: Language) -> bool:
    """ "It was X that first reported it"."""
    after = [kid for word in (top, parse.head[top]) for kid in parse.children[word] if kid > top]
    return any(parse.dep[kid] in ("relcl", "ccomp") and tells(parse, kid, language) for kid in after)


def _is_of_others(parse: Parse, noun: int, language: Language) -> bool:
    """Whether a noun after a name is not what outlets have: "an Independent senator", not "an AFP tally"."""
    words = language.words
    people = words["unnamed"] | words["official"] | words["organisation"]
    return parse.pos[noun] == "NOUN" and parse.lemma[noun] in people - words["own-eyes"] - words["outlet-noun"] - {
        "agency"
    }


def _after_preposition(parse: Parse, preposition: int, language: Language) -> How:
    """ "told to X", "according to X", "a report in X", "published by X"; not "works for X"."""
    words = language.words
    governor = parse.head[preposition]
    noun = preposition - 1  # what "for X" belongs to is mostly the word before it, wherever the parser hangs it
    if parse.lower[preposition] in ("of", "for", "from", "with", "at") and parse.lemma[noun] in words["staff"]:
        # "told a reporter for X", not "two reporters of X were arrested"
        heard = parse.dep[noun] == "dobj" and parse.lemma[parse.head[noun]] in words["relaying"]
        return "told" if heard else "absent"
    if parse.lower[preposition] in ("to", "with", "on") and parse.lemma[governor] in words["speaking"]:
        return "told"
    if parse.lower[preposition] == "for" and parse.lemma[noun] in words["written"]:
        return "named"
    if parse.lower[preposition] == "to" and _hands_over(parse, governor, language):
        return "told"
    if parse.lower[preposition] == "including" and (
        parse.lemma[governor] in words["outlet-noun"] or is_outlet_word(parse, governor, language)
    ):
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


def _hands_over(parse: Parse, verb: int, language: Language) -> bool:
    """ "a statement sent to X": whether what is given is a document or an answer."""
    if parse.lemma[verb] not in language.words["handing"]:
        return False
    given = [kid for kid in parse.children[verb] if parse.dep[kid] in ("dobj", "nsubjpass")]
    given += [parse.head[verb]] if parse.dep[verb] == "acl" else []
    return any(parse.lemma[word] in language.words["document"] | language.words["channel"] for word in given)


def _is_speech(parse: Parse, governor: int) -> bool:
    return parse.pos[governor] == "VERB" or parse.lemma[governor] == "interview"


def tells(parse: Parse, word: int, language: Language) -> bool:
    """Whether a verb or a noun is one of saying or reporting; who reads a paper says nothing."""
    lemma = parse.lemma[word]
    if lemma in _TAKING_IN:
        return False
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
