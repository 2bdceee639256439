"""Words and sentences for comparing texts. Rough on purpose: nothing here is shown or stored as evidence."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"\w+(?:['’]\w+)*")
# A sentence ends at . ! ? … with its closing marks before a space and a capital or digit, or at a line end. A point
# after a short capitalised word ("Gen.", "Lt.", "U.S.") does not end one. What stands before is looked at second,
# since few characters are points.
_END = re.compile(
    r"[.!?…](?<!\b[A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\b[A-Z][a-z]{2}\.)[.!?…]*[\"'”’»)\]]*"
    r"(?=\s+[\"'“‘«(\[]*[A-Z0-9])|[\r\n\u2028\u2029]+"
)


def fold(text: str) -> str:
    """The text for comparison: compatibility forms, case and accents gone. Keeps no offsets."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def words(text: str) -> list[str]:
    """The folded words of a text, apostrophes straight."""
    return [word.replace("’", "'") for word in _WORD.findall(fold(text))]


def content_words(text: str, stop: frozenset[str]) -> frozenset[str]:
    """Words of four letters or more, and numbers, that are not in `stop`."""
    return frozenset(
        word for word in words(text) if (len(word) > 3 or word.isdigit()) and word not in stop and word != "the"
    )


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the sentences, blank ones left out."""
    spans = []
    at = 0
    for match in _END.finditer(text):
        spans.append((at, match.end()))
        at = match.end()
    spans.append((at, len(text)))
    trimmed = (_trim(text, start, end) for start, end in spans)
    return [span for span in trimmed if span[0] < span[1]]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """A name for comparison: folded words without a leading article. Cached: the same few names recur."""
    found = words(name)
    if len(found) > 1 and found[0] == "the":
        del found[0]
    return " ".join(found)


@lru_cache(maxsize=8192)
def outlet_key(name: str) -> str:
    """An outlet's name for comparison: "The Daily Sabre", "Daily Sabre" and "www.dailysabre.com" are one."""
    bare = re.sub(r"^(https?://)?(www\.)?", "", name.strip(), flags=re.IGNORECASE)
    if "." in bare and " " not in bare:
        bare = re.sub(r"\.(com?|org|net|info|news|tv|[a-z]{2})(\.[a-z]{2})?(/.*)?$", "", bare, flags=re.IGNORECASE)
    key = name_key(bare.replace("-", " ")).replace(" ", "")
    return key.removeprefix("the") if len(key) > 6 else key
