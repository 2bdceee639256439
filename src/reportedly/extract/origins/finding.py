"""Finds the outlets, agencies, documents and monitoring groups that an article credits for what it reports."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from reportedly.extract.origins.asides import Relevance
from reportedly.extract.origins.lines import credit_lines
from reportedly.extract.origins.names import Outlets, body_name, is_outlet_word, name_runs, one_line, outlet_name
from reportedly.extract.origins.unnamed import documents, released, unnamed_outlets
from reportedly.language import Language, load_language
from reportedly.parsing import Parse
from reportedly.records import Article, Origin, Statement

# How an outlet stands in the text: it says so, is told it, is where it stands, its people say so, it is only named.
How = Literal["said", "told", "named", "posted", "staff", "interview", "line", "document", "group", "absent"]
_CREDITING = frozenset({"by", "to", "via", "from", "in", "on", "with", "per", "at", "of"})
_SPEECH = frozenset({"interview", "announcement", "announce", "claim", "quote", "cite", "reporting"})
_RELATIVES = frozenset({"which", "who"})
_CREDIT_AT_END = frozenset({"credit", "named", "first"})


@dataclass(frozen=True, slots=True)
class Credit:
    """One mention of whom an article may credit. `token` is where it stands in the parse, None in a credit line."""

    name: str
    start: int
    end: int
    how: How
    token: int | None = None


def find_origins(
    article: Article,
    parse: Parse,
    statements: Sequence[Statement],
    directory: Outlets,
    language: Language | None = None,
) -> tuple[Origin, ...]:
    """One origin a name, at its first mention, in the order of the text; the publisher itself is none.

    Outlets count where they speak, are told, or stand after a crediting preposition or in a credit line; documents and
    monitoring groups where they are the source of a statement. What is credited for an aside only is left out.
    """
    pack = language or load_language("en")
    lines = [
        Credit(name, start, end, "line")
        for kind, name, start, end in _lines(article, directory, pack)
        if kind in _CREDIT_AT_END
    ]
    mentions = list(_mentions(parse, statements, directory, pack))
    full = _Full(credit.name for credit in (*lines, *mentions))
    own = _own(article, mentions, directory, pack, full)
    relevance = Relevance(parse, pack)
    found: dict[str, Credit] = {}
    held: dict[str, list[Credit]] = defaultdict(list)
    for credit in sorted((*lines, *_dateline(article, directory), *mentions), key=lambda c: (c.start, -c.end)):
        if credit.how != "absent":
            held[key_of(full(credit.name))].append(credit)
    bodies = {c.token for credits in held.values() for c in credits if c.how == "group" and c.token is not None}
    for key, credits in held.items():
        if key in own:
            continue
        kept = [c for c in credits if c.token is None or relevance.bears(c.how, c.token)]
        if bodies:
            kept = [c for c in kept if c.how != "posted" or not relevance.is_of(c.token or 0, bodies)]
        if kept:
            found[key] = credits[0]
    return tuple(
        Origin(name=full(c.name), start=c.start, end=c.end, text=article.text[c.start : c.end])
        for c in sorted(found.values(), key=lambda c: c.start)
    )


def key_of(name: str) -> str:
    """A name for comparison."""
    return re.sub(r"^the\s+|\.(?:com|org|net|co\.uk)$", "", name, flags=re.IGNORECASE).casefold().replace("-", " ")


class _Full:
    """The fullest of an article's names for one outlet or body: "the Observatory" is that of Hill Rights."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_words: dict[str, str] = {}
        for name in names:
            words = key_of(name).split()
            for at in range(len(words)):
                for stop in range(at + 1, len(words) + 1):
                    part = " ".join(words[at:stop])
                    if part != " ".join(words) and (stop == len(words) or at > 0 or stop - at > 1):
                        self._by_words.setdefault(part, name)

    def __call__(self, name: str) -> str:
        longer = self._by_words.get(key_of(name))
        return self(longer) if longer is not None and len(longer) > len(name) else name


def _lines(article: Article, directory: Outlets, language: Language) -> Iterator[tuple[str, str, int, int]]:
    """(kind, canonical name, start, end) of the names in credit lines: known outlets, or any where the line is sure."""
    for kind, name, start, end in credit_lines(article, language.code):
        known = directory.outlet(name)
        if known in language.words["platform"]:
            continue
        if known is not None or kind in ("named", "own", "first"):
            yield kind, known or name, start, end


def _dateline(article: Article, directory: Outlets) -> Iterator[Credit]:
    """The outlet of the dateline: the publisher where no other is known, credited in another's pages."""
    dateline = article.dateline
    if dateline is not None and dateline.outlet and article.publisher:
        at = article.text.find(dateline.outlet, dateline.start, dateline.end)
        if at >= 0:
            name = directory.outlet(dateline.outlet) or dateline.outlet
            yield Credit(name, at, at + len(dateline.outlet), "line")


def _own(
    article: Article, mentions: Sequence[Credit], directory: Outlets, language: Language, full: "_Full"
) -> set[str]:
    """Keys of the names of the article's own publisher, given or shown by the text."""
    line = article.dateline.outlet if article.dateline else None
    publisher = article.publisher or line
    own = {name for name in (publisher, directory.outlet(publisher) if publisher else None) if name}
    lines = [(kind, name) for kind, name, _, _ in _lines(article, directory, language)]
    if not any(kind == "first" for kind, _ in lines):  # else these lines are those of the page that had it first
        own |= {name for kind, name in lines if kind == "own"}
    if publisher is None and not own:
        ways: dict[str, list[How]] = defaultdict(list)
        for credit in mentions:
            ways[full(credit.name)].append(credit.how)
        own |= {
            name
            for name, how in ways.items()
            if name not in language.words["agency"]
            and name not in language.words["platform"]
            and how.count("told") + how.count("staff") > 1
            and not {"said", "named", "document"} & set(how)
        }
    return {key_of(full(name)) for name in own} | {key_of(name) for name in own}


def _mentions(
    parse: Parse, statements: Sequence[Statement], directory: Outlets, language: Language
) -> Iterator[Credit]:
    speaking = {
        token
        for statement in statements
        if statement.source is not None and statement.source.start is not None and statement.source.end is not None
        for token in parse.tokens_in(statement.source.start, statement.source.end)
    }
    strangers: set[str] = set()  # names that were looked up in vain: most names of a text come again and again
    taken: set[int] = set()
    past = 0
    for first, stop in name_runs(parse):
        words = parse.text[parse.start[first] : parse.end[stop - 1]]
        if words in strangers:
            continue
        found = outlet_name(parse, first, stop, directory, language)
        if found is None:
            group = next((t for t in range(first, stop) if parse.word[t] in language.words["monitor"]), None)
            if group is None:
                strangers.add(words)
            elif parse.start[group] >= past and (credit := _group(parse, group, speaking, directory, language)):
                past = credit.end
                yield credit
            continue
        canonical, low, high = found
        how = _way(parse, low, high, speaking, language)
        if canonical in language.words["platform"]:
            how = "posted" if _is_posted(parse, low, high, language) else "absent"
        taken.update(range(low, high))
        yield Credit(canonical, parse.start[low], parse.end[high - 1], how, low)
    for name, low, noun in unnamed_outlets(parse, taken, language):
        if _way(parse, noun, noun + 1, speaking, language) in ("said", "told", "named"):
            yield Credit(name, parse.start[low], parse.end[noun], "document", noun)
    shown = documents(parse, statements, taken, directory, language)
    for name, low, noun in (*shown, *released(parse, directory, language)):
        yield Credit(name, parse.start[low], parse.end[noun], "document", noun)


def _way(parse: Parse, first: int, stop: int, speaking: set[int], language: Language) -> How:
    """How an outlet's name stands in the text; absent where it is credited with nothing."""
    words = language.words
    top = parse.top(first, stop)
    if parse.dep[top] in ("compound", "nmod") and parse.pos[parse.head[top]] == "PROPN" and parse.head[top] >= stop:
        top = parse.head[top]  # "BBC Hausa"
    if parse.dep[top] in ("compound", "nmod") and is_outlet_word(parse, parse.head[top], language):
        top = parse.head[top]  # "Vogue magazine" stands where the magazine does
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
    if any(token in speaking for token in range(first, stop)):
        return "said"
    if dep in ("pobj", "pcomp"):
        return _after_preposition(parse, head, language)
    if dep in ("dobj", "dative"):
        return "told" if _tells(parse, head, language) else "absent"
    if dep in ("compound", "nmod", "poss"):
        known = any(parse.lemma[head] in words[name] for name in ("document", "coverage", "outlet"))
        return "named" if known else "absent"
    if dep == "nsubj" and not (_tells(parse, head, language) or parse.lemma[head] in words["releasing"]):
        return "absent"
    return "named" if dep in ("agent", "appos", "nsubj", "ROOT") else "absent"


def _after_preposition(parse: Parse, preposition: int, language: Language) -> How:
    """ "told to X", "according to X", "a report in X", "published by X"; not "works for X"."""
    words = language.words
    governor = parse.head[preposition]
    if parse.lower[preposition] == "including" and parse.lemma[governor] in words["outlet-noun"]:
        return "named"
    if parse.lower[preposition] not in _CREDITING:
        return "absent"
    if governor == preposition or parse.lower[governor] == "according":
        return "named"
    if parse.lemma[governor] in words["airing"]:
        return "interview"
    if _tells(parse, governor, language):
        return "told" if parse.lower[preposition] in ("to", "with", "in") and _is_speech(parse, governor) else "named"
    lemma = parse.lemma[governor]
    if lemma in words["releasing"] or any(lemma in words[name] for name in ("document", "coverage", "outlet-noun")):
        return "named"
    if parse.dep[governor] in ("prep", "pobj"):  # "in an announcement on X"
        return "named" if parse.dep[governor] == "pobj" and _tells(parse, governor, language) else "absent"
    return "named" if lemma in words["releasing"] else "absent"


def _is_speech(parse: Parse, governor: int) -> bool:
    return parse.pos[governor] == "VERB" or parse.lemma[governor] == "interview"


def _tells(parse: Parse, word: int, language: Language) -> bool:
    lemma = parse.lemma[word]
    return lemma in _SPEECH or any(
        cue.kind in ("say", "report", "deny", "confirm") for cue in language.cues.get(lemma, ())
    )


def _is_posted(parse: Parse, first: int, stop: int, language: Language) -> bool:
    """Whether a platform is where something was said ("wrote on Facebook"), not the kind of a page or an account."""
    top = parse.top(first, stop)
    if parse.dep[top] in ("compound", "nmod") and parse.lemma[parse.head[top]] in language.words["outlet-noun"]:
        top = parse.head[top]
    while parse.dep[top] == "conj" and parse.head[top] < top:
        top = parse.head[top]
    preposition = parse.head[top]
    verb = parse.head[preposition]
    posts = parse.lemma[verb] in language.words["posting"] or _tells(parse, verb, language)
    return parse.dep[top] == "pobj" and posts


def _group(parse: Parse, token: int, speaking: set[int], directory: Outlets, language: Language) -> Credit | None:
    """A monitoring body, credited where it says something; None for a person's title or an organ of a state."""
    low, high = body_name(parse, token)
    words = [parse.lower[word] for word in range(low, high)]
    if len(words) < 2 and token == low and parse.word[token] not in ("Observatory", "Amnesty"):
        return None
    if language.words["state-body"] & set(words) or (parse.word[token] == "Justice" and parse.lower[token - 1] != "for"):
        return None
    name = directory.body(one_line(parse, low, high)) or one_line(parse, low, high)
    top = parse.top(low, high)
    after = high + 1 if high < len(parse) and parse.lower[high] == "," else high
    says = after < len(parse) and parse.lower[after] in _RELATIVES and _tells(parse, parse.head[after], language)
    credited = says or _is_from(parse, top, language) or any(t in speaking for t in range(low, high))
    return Credit(name, parse.start[low], parse.end[high - 1], "group" if credited else "absent", low)


def _is_from(parse: Parse, top: int, language: Language) -> bool:
    """ "reports came from X", "released by X", "quoted officials of X"."""
    if parse.dep[top] != "pobj":
        return False
    preposition = parse.head[top]
    governor = parse.head[preposition]
    if parse.lower[preposition] in ("from", "by"):
        known = parse.lemma[governor] in language.words["releasing"] or parse.lemma[governor] == "come"
        return known or _tells(parse, governor, language)
    if parse.lower[preposition] == "of" and parse.dep[governor] == "dobj":
        return parse.lemma[parse.head[governor]] in ("quote", "cite")
    return False
