"""Which of two texts was there first: who credits whom, then who was published earlier, then which is longer."""

import datetime as dt
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property

from reportedly.linking.text import outlet_key, words
from reportedly.records import Article

# Where a credit line stands: before the first sentence or after the last.
_CREDIT_CHARS = 160
_CAPITAL = re.compile(r"[A-Z]\w+")
_LONG_NAME = 6
_NAME_CHARS = 40


@dataclass(frozen=True, slots=True)
class Direction:
    """Whether the left of two articles is the copy, why, and whether that is more than a guess."""

    left_copies: bool
    reason: str
    firm: bool


class Signed:
    """An article with the names that may be outlets' in it, each worked out once, when first asked for."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.publisher = article.publisher
        self.key = outlet_key(article.publisher) if article.publisher else ""
        self.agency = article.dateline.outlet if article.dateline else None

    def signs(self, key: str) -> bool:
        """Whether an outlet is named in the byline or at either end of the text."""
        return bool(key in self._squeezed or self.article.byline) and key in self._ends

    def names(self, key: str) -> bool:
        """Whether an outlet is named anywhere in the text."""
        return key in self._squeezed and key in self._capitals

    @cached_property
    def _squeezed(self) -> str:
        """All letters of the text without gaps: most keys do not stand even there."""
        return "".join(words(self.article.text.replace("-", " ")))

    @cached_property
    def _ends(self) -> Set[str]:
        text = self.article.text.strip()
        parts = (self.article.byline or "", text[:_CREDIT_CHARS], text[-_CREDIT_CHARS:])
        return frozenset(key for part in parts for key in _capitals(part))

    @cached_property
    def _capitals(self) -> Set[str]:
        return frozenset(_capitals(self.article.text))


def direction(left: Signed, right: Signed, longer: int) -> Direction:
    """`longer` is above 0 when the left text has more words, below when the right has."""
    for credit in (_credits, _names):
        for copies, copy, original in ((True, left, right), (False, right, left)):
            name = credit(copy, original)
            if name and not credit(original, copy):
                return Direction(copies, f"it credits {name}", True)
    later = _later(left.article, right.article)
    if later:
        copy, original = (left, right) if later > 0 else (right, left)
        when = f"{_moment(copy.article)} after {_moment(original.article)}"
        return Direction(later > 0, f"published later ({when})", True)
    if longer:
        return Direction(longer < 0, "the shorter of the two", False)
    return Direction(left.article.id > right.article.id, "of equal length", False)


def _moment(article: Article) -> str:
    return article.published.isoformat() if article.published else "no date"


def _credits(copy: Signed, original: Signed) -> str | None:
    """The other's publisher, where the dateline, byline or a line at either end of one article names it."""
    if not original.publisher or original.publisher == copy.publisher:
        return None
    named = (copy.agency and outlet_key(copy.agency) == original.key) or copy.signs(original.key)
    return original.publisher if named else None


def _names(copy: Signed, original: Signed) -> str | None:
    """The other's publisher, or the agency of its dateline, where the article names it anywhere in capitals.

    Publishers with short names are left out, since Time, Metro or Sun may be anything; so are agencies whose dateline
    both have.
    """
    outlets = []
    publisher = original.publisher
    if publisher and len(original.key) >= _LONG_NAME and publisher != copy.publisher:
        outlets.append(publisher)
    if original.agency and not copy.agency:
        outlets.append(original.agency)
    return next((name for name in outlets if copy.names(outlet_key(name))), None)


def _capitals(text: str) -> Iterator[str]:
    """Keys of all that may be an outlet's name: up to four words near each other that begin with capitals."""
    found = [match.span() for match in _CAPITAL.finditer(text)]
    for number, (start, _) in enumerate(found):
        for _, end in found[number : number + 4]:
            if end - start <= _NAME_CHARS:
                yield outlet_key(text[start:end])


def _later(left: Article, right: Article) -> int:
    """1 when the left was published later, -1 when earlier, 0 when the dates do not say."""
    a, b = left.published, right.published
    if a is None or b is None:
        return 0
    if isinstance(a, dt.datetime) and isinstance(b, dt.datetime) and bool(a.tzinfo) == bool(b.tzinfo):
        return (a > b) - (a < b)
    first, second = (moment.date() if isinstance(moment, dt.datetime) else moment for moment in (a, b))
    return (first > second) - (first < second)
