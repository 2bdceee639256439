"""Finds the names of places in an article: the capitalised spans that the gazetteer knows, and what speaks for each.

The parser's names alone miss a third of the places in local news: it takes "Columbus Police" for an organisation whole
and small towns for people. So each span with a place of its name is a candidate, and a logistic model (weights in
data/places/weights.json, fitted by training/places.py) says how likely it is meant as a place.
"""

import functools
import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from reportedly.errors import ResourceError
from reportedly.extract.places.hints import hinted_areas
from reportedly.extract.places.weights import Weights, load_weights
from reportedly.gazetteer import Candidate, Gazetteer, Tier, normalise
from reportedly.language import Language
from reportedly.parsing import Parse
from reportedly.resources import data_path, read_toml

_LONGEST = 5  # words of a name
_OUTSIDE = "none"
_ARTICLES = frozenset({"al", "el", "ar", "as", "ash", "ad", "at", "az", "an"})
_LARGE = 100_000
LIKELY = 0.5
_DOUBTFUL = 0.07  # chosen on benchmarks/own/spatial.jsonl: .05 to .15 give the same on FA-KES
_LABELS = frozenset({"GPE", "LOC"})


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of data/places/finding.toml, lower case."""

    inner: frozenset[str]
    before: Mapping[str, str]
    after: Mapping[str, str]
    verbs: frozenset[str]
    between: frozenset[str]


@dataclass(frozen=True, slots=True)
class Option:
    """A span of tokens that may name a place, with the most likely of its namesakes.

    `seat`: a capital is among them, the seat of a government, and no country ("Washington", not "Singapore").
    """

    first: int
    stop: int
    name: str
    best: Candidate
    count: int
    seat: bool = False


@functools.lru_cache(maxsize=1)
def load_words() -> Words:
    """The word lists. Raises ResourceError when a key is missing."""
    path = data_path("places/finding.toml")
    table = read_toml(path)
    try:
        return Words(
            inner=frozenset(table["inner"]["words"]),
            before={word: kind for kind, words in table["before"].items() for word in words},
            after={word: kind for kind, words in table["after"].items() for word in words},
            verbs=frozenset(table["nobody"]["verbs"]),
            between=frozenset(table["nobody"]["between"]),
        )
    except KeyError as error:
        raise ResourceError(f"{path}: the key {error} is missing") from error


def find_names(parse: Parse, gazetteer: Gazetteer, language: Language) -> list[tuple[int, int, float]]:
    """The names of places as (first token, stop, likelihood), in text order, none overlapping another.

    Those less likely than `LIKELY` are the parser's places all the same: good enough for where something happened.
    """
    found = options(parse, gazetteer)
    rated = rate(parse, found, gazetteer, load_weights())
    labelled = {(name.first, name.stop) for name in parse.names if name.label in _LABELS}
    return [
        (option.first, option.stop, share)
        for option, share in best_of(found, rated, labelled)
        if not is_somebody(parse, option, language)
    ]


def options(parse: Parse, gazetteer: Gazetteer) -> list[Option]:
    """Every span of capitalised words that the gazetteer knows."""
    words = load_words()
    found: list[Option] = []
    for first in range(len(parse)):
        if not _opens(parse, first):
            continue
        limit = min(first + _LONGEST, parse.sentences[parse.sentence_of[first]][1])
        for stop in range(first + 1, limit + 1):
            last = stop - 1
            if _is_name(parse, last):
                name = parse.text[parse.start[first] : parse.end[last]]
                if len(name) > 1 and (known := gazetteer.find(name)):
                    best = _likeliest(known)
                    found.append(Option(first, stop, name, best, len(known), _is_seat(best, known)))
            elif parse.lower[last] not in words.inner and parse.word[last] not in "-–'’.":
                break
    return found


def _is_seat(best: Candidate, known: Sequence[Candidate]) -> bool:
    kinds = {place.kind for place in known if place.tier == Tier.MAIN}
    return best.kind == "capital" or ("capital" in kinds and "country" not in kinds)


def _opens(parse: Parse, token: int) -> bool:
    if _is_name(parse, token):
        return True
    return parse.lower[token] in _ARTICLES and token + 2 < len(parse) and parse.word[token + 1] == "-"


def _is_name(parse: Parse, token: int) -> bool:
    return parse.word[token][:1].isupper()


def _likeliest(known: Sequence[Candidate]) -> Candidate:
    """A namesake by its main name before one by another, the most peopled first; a town before the region around it."""
    best = min(known, key=lambda place: (place.kind not in _WIDE, place.tier != Tier.MAIN, -_fame(place)))
    if best.kind in ("admin1", "admin2"):
        for place in known:
            if place.kind in ("city", "capital") and place.admin1 == best.admin1 and place.tier == Tier.MAIN:
                return place
    return best


_WIDE = frozenset({"country", "continent"})
_FAME = 300_000  # people: a sea or region of our own table, which has none, is as well known as a town of so many


def _fame(place: Candidate) -> int:
    own = place.notable and place.population == 0 and place.kind not in ("city", "capital", "admin1", "admin2")
    return _FAME if own else place.population


def rate(parse: Parse, found: Sequence[Option], gazetteer: Gazetteer, weights: Weights) -> list[float]:
    """How likely each option is a place, 0 to 1: first by itself, then with what the article's others came to."""
    rows = features(parse, found, gazetteer)
    rated = [share_of(row, weights.alone) for row in rows]
    for row, more in zip(rows, around(found, rated), strict=True):
        row.update(more)
    return [share_of(row, weights.finding) for row in rows]


def share_of(row: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logistic model's answer for one option."""
    return _logistic(sum(weights.get(key, 0.0) * value for key, value in row.items()))


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def around(found: Sequence[Option], rated: Sequence[float]) -> list[dict[str, float]]:
    """What the other options of the article say of each: the same name elsewhere, places of its country and region."""
    names: dict[str, list[float]] = {}
    nations: dict[str, float] = {}
    regions: dict[str, float] = {}
    for option, share in zip(found, rated, strict=True):
        names.setdefault(option.name, []).append(share)
        if share > LIKELY:
            nations[option.best.country] = nations.get(option.best.country, 0.0) + share
            regions[option.best.admin1] = regions.get(option.best.admin1, 0.0) + share
    more = []
    for option in found:
        same = names[option.name]
        row = {"again": math.log(len(same)), "again_best": max(same), "again_mean": sum(same) / len(same)}
        own = sum(x for x in same if x > LIKELY)
        if option.best.country:
            row["nation"] = math.log1p(max(0.0, nations.get(option.best.country, 0.0) - own))
        if option.best.admin1:
            row["region"] = math.log1p(max(0.0, regions.get(option.best.admin1, 0.0) - own))
        more.append(row)
    return more


def features(parse: Parse, found: Sequence[Option], gazetteer: Gazetteer) -> list[dict[str, float]]:
    """What speaks for and against each option in its sentence and by its name."""
    words = load_words()
    label_of: dict[int, int] = {}
    for number, name in enumerate(parse.names):
        for token in range(name.first, name.stop):
            label_of[token] = number
    people = Counter(
        parse.lower[token]
        for name in parse.names
        if name.label == "PERSON" and name.stop - name.first > 1
        for token in range(name.first, name.stop)
    )
    total = Counter(parse.lower)
    shares = {word: count / total[word] for word, count in people.items()}
    low = {parse.lower[token] for token in range(len(parse)) if parse.word[token].islower()}
    sure = {parse.text[parse.start[n.first] : parse.end[n.stop - 1]] for n in parse.names if n.label in _LABELS}
    starts = {option.first for option in found}
    return [_row(parse, option, words, label_of, shares, low, sure, starts, gazetteer) for option in found]


def _row(
    parse: Parse,
    option: Option,
    words: Words,
    label_of: Mapping[int, int],
    people: Mapping[str, float],
    low: Set[str],
    sure: Set[str],
    starts: Set[int],
    gazetteer: Gazetteer,
) -> dict[str, float]:
    row: dict[str, float] = {"bias": 1.0}
    first, stop = option.first, option.stop
    row[f"label_{_label(parse, option, label_of)}"] = 1.0
    if row.get("label_PERSON_start") and _is_pair(parse, option, label_of):
        row["first_name"] = 1.0
    _name_features(option, row)
    one = stop - first == 1
    if option.name in sure:
        row["sure"] = 1.0
    if one and (share := people.get(parse.lower[first])):
        row["in_person"] = share
    if one and parse.lower[first] in low:
        row["lower_too"] = 1.0
    row[f"pos_{parse.pos[stop - 1]}"] = 1.0
    begin, end = parse.sentences[parse.sentence_of[first]]
    if first == begin:
        row["opens"] = 1.0
    before = first - 1
    if before >= begin and parse.lower[before] == "the":
        row["the"] = 1.0
        before -= 1
    if before >= begin:
        _side(parse, before, words.before, "before", row)
        if parse.word[before] == "," and before - 1 >= begin and before - 1 in label_of:
            row["before_comma_name"] = 1.0
        if parse.lower[before] in ("and", "or", ",") and before - 1 >= begin and _is_name(parse, before - 1):
            row["before_list"] = 1.0
    if stop < end:
        _side(parse, stop, words.after, "after", row)
        if parse.word[stop] == "," and stop + 1 in starts:
            row["after_comma_name"] = 1.0
    if row.get("before_in") or row.get("before_to") or row.get("before_of"):
        row["placed"] = 1.0
        if row.get("large") or option.best.population > _LARGE:
            row["placed_large"] = 1.0
        if parse.pos[stop - 1] == "PROPN" and not row.get("after_capital"):
            row["placed_name"] = 1.0
    hints = hinted_areas(parse.text, parse.start[first], parse.end[stop - 1], gazetteer)
    if hints.after or hints.before:
        area = (option.best.country, option.best.admin1)
        inside = any(a in (area, (area[0], "")) for a in (*hints.after, *hints.before))
        row["hinted" if inside else "hinted_other"] = 1.0
    return row


def _label(parse: Parse, option: Option, label_of: Mapping[int, int]) -> str:
    """The parser's label for the words, and where in the labelled name they stand: GPE, ORG_start, PERSON_end …"""
    at = label_of.get(option.first, label_of.get(option.stop - 1))
    if at is None:
        return _OUTSIDE
    name = parse.names[at]
    first = name.first + (parse.lower[name.first] == "the")
    stop = name.stop - (parse.tag[name.stop - 1] == "POS")
    if option.first == first and option.stop == stop:
        return name.label
    if option.first < name.first or option.stop > name.stop:
        return f"{name.label}_over" if option.first <= first and option.stop >= stop else f"{name.label}_across"
    if option.first == first:
        return f"{name.label}_start"
    return f"{name.label}_end" if option.stop == stop else f"{name.label}_inside"


def _is_pair(parse: Parse, option: Option, label_of: Mapping[int, int]) -> bool:
    """Whether the words are all but the last of a person's name: "Paris Hilton"."""
    name = parse.names[label_of[option.first]]
    last = name.stop - (parse.tag[name.stop - 1] == "POS")
    return option.stop == last - 1 and parse.pos[option.stop] == "PROPN"


def _name_features(option: Option, row: dict[str, float]) -> None:
    best, name = option.best, option.name
    row[f"tier_{best.tier.name.lower()}"] = 1.0
    row[f"kind_{best.kind if best.notable else 'city'}"] = 1.0  # a dump's hill is no better known than a village
    row["people"] = math.log10(1 + best.population)
    row["namesakes"] = math.log(option.count)
    row["words"] = option.stop - option.first - 1.0
    if name.isupper():
        row["capitals_short" if len(name) <= 3 else "capitals"] = 1.0
    if best.notable and best.kind not in ("city", "capital"):
        row["large"] = 1.0
    else:
        row[f"size_{min(6, len(str(best.population)) - 1)}"] = 1.0
    if normalise(name) != normalise(best.name) and best.tier == Tier.MAIN:
        row["other_main"] = 1.0


def _side(parse: Parse, token: int, kinds: Mapping[str, str], side: str, row: dict[str, float]) -> None:
    """What stands next to the name: a word of a listed kind, else whether it is a name, a word or a mark."""
    kind = kinds.get(parse.lower[token])
    if kind is not None:
        row[f"{side}_{kind}"] = 1.0
    if _is_name(parse, token):
        row[f"{side}_capital"] = 1.0
    elif kind is None:
        row[f"{side}_{'word' if parse.word[token][:1].isalpha() else 'mark'}"] = 1.0


def best_of(
    found: Sequence[Option], rated: Sequence[float], labelled: Set[tuple[int, int]] = frozenset()
) -> list[tuple[Option, float]]:
    """The likely options, the longest first where two overlap; then of the others those that are `labelled`."""

    def order(at: int) -> tuple[bool, int, float]:
        likely = rated[at] > LIKELY
        return not likely, -likely * (found[at].stop - found[at].first), -rated[at]

    taken: set[int] = set()
    chosen = []
    for at in sorted(range(len(found)), key=order):
        option, share = found[at], rated[at]
        span = range(option.first, option.stop)
        good = share > LIKELY or (share > _DOUBTFUL and _is_labelled(option, labelled))
        if good and taken.isdisjoint(span):
            taken.update(span)
            chosen.append((option, share))
    return sorted(chosen, key=lambda item: item[0].first)


def _is_labelled(option: Option, labelled: Set[tuple[int, int]]) -> bool:
    """Whether the option is a labelled name, maybe without its last word ("Rastan city") or its article."""
    return any(
        (first, stop) in labelled
        for first in (option.first, option.first - 1)
        for stop in (option.stop, option.stop + 1)
    )


def is_somebody(parse: Parse, option: Option, language: Language) -> bool:
    """Whether the name stands for who acts: a government ("Washington said", "talks between Moscow and Kiev"), a
    person or a team ("Jordan scored")."""
    words = load_words()
    top = parse.top(option.first, option.stop)
    head = parse.head[top]
    if parse.dep[top] == "nsubj" and parse.pos[head] == "VERB":
        lemma = language.lemmas.get(parse.lower[head], parse.lemma[head])
        speaks = lemma in language.quoting or any(cue.pos == "verb" for cue in language.cues.get(lemma, ()))
        return lemma in words.verbs or (option.seat and speaks)
    if not option.seat:
        return False
    while parse.dep[top] == "conj" and parse.head[top] != top:
        top = parse.head[top]
    between = parse.head[top]
    host = parse.head[between]
    return parse.dep[top] == "pobj" and parse.lower[between] == "between" and parse.lemma[host] in words.between
