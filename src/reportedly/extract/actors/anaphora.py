"""Earlier and fuller words for the same: "the ministry" after "Chile's health ministry"."""

import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field

from reportedly.parsing import Parse

_NOUNS = frozenset({"NOUN", "PROPN"})
_INSIDE = frozenset({"compound", "poss", "nmod", "amod"})
_MAX_PHRASE = 14  # tokens; longer phrases hold clauses
# Mentions of one noun looked through: no news article reaches it, and a text of 200 KB stays linear.
_MAX_BACK = 200
_SUBJECTS = ("nsubj", "nsubjpass")


@dataclass(slots=True)
class Heads:
    """The noun phrases of one article by the lower-case word that heads them, made on first use."""

    parse: Parse
    _index: dict[str, list[int]] = field(default_factory=dict)

    def earlier(self, token: int, said: frozenset[str]) -> Iterator[tuple[int, int]]:
        """Phrases before a token with its head noun and more words than `said`, the nearest first, as token ranges."""
        if not self._index:
            parse = self.parse
            for at, tag in enumerate(parse.pos):
                if tag in _NOUNS and parse.dep[at] not in _INSIDE:
                    self._index.setdefault(parse.lower[at], []).append(at)
        heads = self._index.get(self.parse.lower[token], ())
        nearest = bisect.bisect_left(heads, token)
        for head in reversed(heads[max(0, nearest - _MAX_BACK) : nearest]):
            first, stop = self.phrase(head)
            words = frozenset(self.parse.lower[first:stop])
            if said <= words and self._fuller(head, first, stop):
                yield first, stop

    def phrase(self, head: int) -> tuple[int, int]:
        """A noun with all before it that belongs to it and with what "of" and "for" add."""
        parse = self.parse
        first, stop = parse.left[head], head + 1
        for child in parse.children[head]:
            if child < head and parse.dep[child] in ("cc", "conj", "punct", "advmod", "mark"):
                first = max(first, parse.right[child])
            if child == stop and parse.lower[child] in ("of", "for") and parse.right[child] - first <= _MAX_PHRASE:
                stop = parse.right[child]
        return max(first, head - _MAX_PHRASE), stop

    def _fuller(self, head: int, first: int, stop: int) -> bool:
        """Whether a phrase says which one is meant: by a name, a noun before its head, or after "of"."""
        parse = self.parse
        return stop > head + 1 or any(
            parse.pos[at] in _NOUNS or (parse.pos[at] == "ADJ" and parse.word[at][:1].isupper())
            for at in range(first, head)
        )


def subject_of(parse: Parse, token: int) -> int | None:
    """The subject of the clause that a token stands in: whom "themselves" means."""
    at = token
    for _ in range(8):
        for child in parse.children[at]:
            if parse.dep[child] in _SUBJECTS and not parse.left[child] <= token < parse.right[child]:
                return child
        if parse.head[at] == at:
            return None
        at = parse.head[at]
    return None
