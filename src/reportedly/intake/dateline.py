"""The dateline of news agencies before the first sentence: WASHINGTON, Dec. 3 (Reuters) -."""

import functools
import re
from dataclasses import dataclass

from reportedly.errors import ResourceError
from reportedly.intake.dates import MONTH
from reportedly.intake.lines import Line
from reportedly.records import Dateline
from reportedly.resources import data_path, read_csv

_KINDS = ("outlet", "label", "place", "byline")
_WORD = rf"(?!(?:{MONTH})\b\.?\s*\d)[^\W\d_][\w'’.-]*"
_PLACE = rf"{_WORD}(?:\s{_WORD}){{0,4}}?"
_DATE = rf"(?:{MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}\.?)(?:,?\s+\d{{4}})?"
# A hyphen is a dash only between spaces or after a bracket.
_DASH = r"(?:\s*(?:—|–|―|--+)|(?:\s+|(?<=\)))-(?=\s|$))"
_END = r"[^\S\r\n]*"
_GAP = r"\s*[,.|]?\s*"
_OUTLET = r"[A-Z][\w./-]*(?:\s[A-Z][\w.-]*){0,2}?"
_PLACES = rf"{_PLACE}(?:(?:\s*[,/]\s*|\s+(?:and|&)\s+){_PLACE}){{0,3}}?"
# BEIRUT, Dec. 3 (Reuters) -     Baghdad (AFP) –     (CNN) --     MOSCOW, December 3. /TASS/.
_SIGNED = re.compile(
    rf"(?P<place>{_PLACES})?(?P<comma>{_GAP})(?P<date>(?i:{_DATE}))?{_GAP}"
    rf"(?:\((?P<outlet>[^()\r\n]{{2,40}})\)|/(?P<slashed>{_OUTLET})/)(?P<dash>{_DASH}|\s*:|\.(?=\s))?{_END}"
)
# (IraqiNews.com) Baghdad –     (ANSA) - Rome, December 3 -     NNA -
_OUTLET_FIRST = re.compile(
    rf"(?:\((?P<outlet>[^()\r\n]{{2,40}})\)(?:\s*(?P<place>{_PLACE})|{_DASH}\s*(?P<place2>{_PLACE}),\s+(?P<date>(?i:{_DATE})))"
    rf"|(?P<bare>{_OUTLET}))(?P<dash>{_DASH}){_END}"
)
# Damascus, SANA –     Tehran, Dec 3, IRNA –
_UNBRACKETED = re.compile(
    rf"(?P<place>{_PLACE})\s*,\s*(?:(?P<date>(?i:{_DATE})),?\s+)?(?P<outlet>{_OUTLET})(?P<dash>{_DASH}){_END}"
)
# BEIRUT, Dec. 3 —     Beirut, 3 December:
_DATED = re.compile(rf"(?P<place>{_PLACES})(?P<comma>\s*,?)\s*(?P<date>(?i:{_DATE}))(?P<dash>{_DASH}|\s*:){_END}")
# LONDON —     KOBANE, Syria —     ISLAMABAD:
_BARE = re.compile(rf"(?P<place>{_PLACES})(?P<dash>{_DASH}|:(?=\s)){_END}")
_AGENCY = re.compile(r".*\b(?:News|Press|Agency|Times|Post|Tribune|Herald|Network|Radio|TV)|[\w-]+\.(?:com|net|org)")
_SPEAKER = re.compile(r"(?m)^[^\S\r\n]*[A-Z][A-Z.'’ -]+:")
_NO_PLACE = re.compile(
    r"(?:an?|the(?! hague)|on|in|at|by|since|until|from|as|but|and|if|when|while|he|she|it|they|we|i|this|that)\b"
    r"(?!['’-])",
    re.IGNORECASE,
)
_NEARBY = re.compile(r"(?:near|outside|aboard) ", re.IGNORECASE)
_LOOK_AHEAD = 160
_SMALL = re.compile(r"au|del?|di|d[aou]|el|l[ae]|les|of|and|the|sur|upon|al|an")


@dataclass(frozen=True, slots=True)
class DatelineWords:
    """What `datelines.csv` lists: outlets that sign datelines, labels, places, lines under a byline."""

    outlets: frozenset[str]
    labels: frozenset[str]
    places: frozenset[str]
    bylines: frozenset[str]


@functools.lru_cache(maxsize=4)
def load_datelines(code: str = "en") -> DatelineWords:
    """The dateline words of a language pack. Raises ResourceError for an unknown kind."""
    found: dict[str, set[str]] = {kind: set() for kind in _KINDS}
    path = data_path(f"languages/{code}/datelines.csv")
    for number, row in read_csv(path, ("kind", "words", "example")):
        if row["kind"] not in found:
            raise ResourceError(f"{path}:{number}: unknown kind {row['kind']!r}; one of {', '.join(_KINDS)}")
        found[row["kind"]].add(row["words"] if row["kind"] != "byline" else row["words"].casefold())
    return DatelineWords(*(frozenset(found[kind]) for kind in _KINDS))


def find_dateline(text: str, line: Line, words: DatelineWords, *, lead: bool) -> Dateline | None:
    """The dateline at the start of a line, through its dash and the space after it; None when there is none.

    `lead` says that the line may be the first of the body: only there do forms that no outlet signs count.
    """
    head = text[line.start : min(line.end, line.start + _LOOK_AHEAD)]
    if _NO_PLACE.match(head):
        return None
    match = _OUTLET_FIRST.match(head)
    if match and _is_known(match["outlet"] or match["bare"], words) and _opens(head, match.end()):
        place = match["place"] or match["place2"]
        return _dateline(line, match, place, match["outlet"] or match["bare"], match["date"])
    match = _SIGNED.match(head)
    if match and _is_signed(match, head, words):
        return _dateline(line, match, match["place"], match["outlet"] or match["slashed"], match["date"])
    match = _UNBRACKETED.match(head)
    if match and _is_known(match["outlet"], words) and _opens(head, match.end()):
        return _dateline(line, match, match["place"], match["outlet"], match["date"])
    if not lead:
        return None
    match = _DATED.match(head)
    if match and (match["comma"].strip() or _is_capital(match["place"])) and match["place"] not in words.labels:
        return _dateline(line, match, match["place"], None, match["date"])
    match = _BARE.match(head)
    if match and _is_bare(match, head, text, words):
        return _dateline(line, match, match["place"], None, None)
    return None


def _is_signed(match: re.Match[str], head: str, words: DatelineWords) -> bool:
    """Whether place, date and outlet hold each other up: brackets after a name are common in running text."""
    place, outlet, dash = match["place"], match["outlet"] or match["slashed"], match["dash"]
    known = _is_known(outlet, words)
    if not dash and not _opens(head, match.end()):
        return False
    if place is None:
        return known and bool(dash or not match["date"])
    if place in words.labels or outlet.strip().isdigit():
        return False
    if _is_capital(place):
        return bool(known or (dash and outlet[:1].isupper()))
    signed = known or bool(_AGENCY.fullmatch(outlet))
    glued = match.end() < len(head) and head[match.end() - 1] == ")"  # Washington (CNN)The
    return (signed and bool(dash or match["date"] or glued)) or bool(match["date"] and dash and match["comma"].strip())


def _is_bare(match: re.Match[str], head: str, text: str, words: DatelineWords) -> bool:
    """Whether capitals before a dash or colon are a place: no label ("UPDATE —"), no speaker of a transcript."""
    place = match["place"]
    first = re.split(r"\s*[,/]", place, maxsplit=1)[0]
    if not _is_capital(first) or sum(map(str.isalpha, first)) < 4 or not _opens(head, match.end()):
        return False
    if any(part.rstrip(".") in words.labels for part in (first, first.split()[0])):
        return False
    return match["dash"] != ":" or (first in words.places and len(_SPEAKER.findall(text)) == 1)


def _opens(head: str, at: int) -> bool:
    """Whether a sentence may begin at `at`."""
    return at >= len(head) or not head[at].islower()


def _is_known(outlet: str, words: DatelineWords) -> bool:
    parts = [part.strip() for part in re.split(r"\s*(?:[;,&]|\band\b|/)\s*", outlet)]
    return outlet.strip() in words.outlets or all(part in words.outlets for part in parts)


def _is_capital(place: str) -> bool:
    """Whether the place (without the region after its comma) is in capitals, as agencies set it."""
    first = re.split(r"\s*[,/]", place, maxsplit=1)[0]
    plain = re.sub(r"\b(?:Mc|Mac|al-|and\b)", "", first)
    return plain.isupper()


def _dateline(line: Line, match: re.Match[str], place: str | None, outlet: str | None, date: str | None) -> Dateline:
    return Dateline(
        place=_place_name(place) if place else None,
        outlet=outlet.strip() if outlet else None,
        date=date,
        start=line.start,
        end=line.start + match.end(),
    )


def _place_name(words: str) -> str:
    """The place as it is written in a sentence: KOBANE , Syria -> Kobane, Syria; PORT-AU-PRINCE -> Port-au-Prince."""
    words = _NEARBY.sub("", re.sub(r"\s+", " ", words))
    parts = [part.strip() for part in words.split(",")]
    return ", ".join(_lower(part) if "." not in part.rstrip(".") else part for part in parts)


def _lower(words: str) -> str:
    names = re.split(r"([ /-])", words)
    return "".join(_name(name, index > 0) for index, name in enumerate(names))


def _name(word: str, inner: bool) -> str:
    if word.startswith("Mc") and word[2:].isupper():
        return f"Mc{word[2:].capitalize()}"
    if not word.isupper():
        return word
    small = word.lower()
    return small if inner and _SMALL.fullmatch(small) else small[:1].upper() + small[1:]
