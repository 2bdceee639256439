"""Takes a phrase for somebody apart: segments, entries of the directory, a personal name at the end."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.directory import Directory, Item, Match, Word, split_words
from reportedly.extract.actors.words import ActorWords

_MAX_NAME = 120
_RELATIVE = re.compile(r",\s(?:which|who|whose|where)\b")
_MAX_CHARACTERS = 400  # no name is longer; the relative clauses of a long subject say nothing more


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a phrase between two breaks.

    `lead` is the break before it; matches hold indices into the phrase's words. `name` is a personal name that the
    directory does not have (its words, first:stop); `joined` tells that the segment joins several by "and".
    """

    lead: str
    first: int
    stop: int
    matches: tuple[Match, ...]
    name: tuple[int, int] | None
    joined: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a phrase and its segments."""

    text: str
    words: tuple[Word, ...]
    segments: tuple[Segment, ...]

    def span(self, first: int, stop: int) -> str:
        """The text of the words first:stop, without a possessive ending."""
        text = self.text[self.words[first].start : self.words[stop - 1].end]
        return text[: text.rfind(text[-1]) - 1] if text.endswith(("'s", "’s")) else text.rstrip("'’")


def take_apart(text: str, directory: Directory, lexicon: ActorWords) -> Phrase:
    """The phrase with its segments; a phrase without words has none."""
    words = split_words(text[:_MAX_CHARACTERS])
    for length in (3, 2, 1):
        if " ".join(word.key for word in words[:length]) in lexicon.quantities:
            words = words[length:]
            break
    matches = [m for m in directory.scan(words) if _stands(m, words, directory, lexicon)]
    covered = {at for match in matches for at in range(match.first, match.stop)}
    segments: list[Segment] = []
    lead, first = "", 0
    for at, word in enumerate([*words, None]):
        if word is not None and (word.key not in lexicon.breaks or at in covered):
            continue
        if at > first:
            segments.append(_segment(lead, first, at, words, matches, lexicon))
        if word is not None and (at > first or not lead or word.key not in lexicon.appositions):
            lead = word.key
        first = at + 1
    return Phrase(text, words, tuple(segments))


def _stands(match: Match, words: Sequence[Word], directory: Directory, lexicon: ActorWords) -> bool:
    """Whether a match is meant: not in "US-backed", not the surname in "James Baker" nor of another first name."""
    after = words[match.stop] if match.stop < len(words) else None
    if after is not None and after.key in lexicon.detached and match.item.kind not in ("role", "title"):
        return False
    if match.stop - match.first > 1 or not match.first:
        return True
    before, word, item = words[match.first - 1], words[match.first], match.item
    named = before.plain[:1].isupper() and directory.gender(before.key) is not None
    if (
        named
        and item.kind not in ("person", "demonym")
        and not word.plain.islower()
        and not directory.find(before.plain)
    ):
        return False  # "James Baker", "Michael Jordan"
    if item.kind == "person":
        another = before.plain[:1].isupper() and before.key not in item.name.lower()
        return not another or before.key in lexicon.determiners or bool(directory.find(before.plain))
    return True


def _segment(
    lead: str, first: int, stop: int, words: Sequence[Word], matches: Sequence[Match], lexicon: ActorWords
) -> Segment:
    inside = [m for m in matches if first <= m.first < stop]
    joined = any(words[at].key in lexicon.joiners for at in range(first, stop))
    begin = inside[-1].stop if inside else first
    name = None if joined else _name(begin, stop, words, lexicon)
    if name and inside and inside[-1].item.kind in ("capital", "country"):
        # "President Chad Doe" is a person, "Iraq Body Count" is not.
        titled = len(inside) > 1 and kind_of(inside[-2].item) == "role" and inside[-2].stop == inside[-1].first
        name = (inside.pop().first, stop) if titled else None
    return Segment(lead, first, stop, tuple(_named(inside, name)), name, joined)


def _named(matches: list[Match], name: tuple[int, int] | None) -> list[Match]:
    """Titles count only before a name: "Major" in "Major airlines" is none."""
    kept = []
    for at, match in enumerate(matches):
        items = match.items
        if items[0].kind == "title":
            follows = matches[at + 1].item.kind in ("person", "title") if at + 1 < len(matches) else name is not None
            if not follows:
                items = tuple(item for item in items if item.kind != "title")
        if items:
            kept.append(Match(match.first, match.stop, items))
    return kept


def _name(first: int, stop: int, words: Sequence[Word], lexicon: ActorWords) -> tuple[int, int] | None:
    """The words of a personal name that end a segment: capitalised words, with particles between them."""
    if first >= stop or any(word.possessive for word in words[first : stop - 1]):
        return None
    if words[first].key in lexicon.determiners:
        first += 1
    if first >= stop or stop - first > 6:
        return None
    for word in words[first:stop]:
        if not word.plain[:1].isupper() and not word.hyphened and word.key not in lexicon.particles:
            return None
    return (first, stop) if any(word.plain[:1].isupper() for word in words[first:stop]) else None


def kind_of(item: Item) -> str:
    """`place` for countries and capitals and demonyms, else `body`, `person` or `role`."""
    if item.kind in ("country", "capital", "demonym"):
        return "place"
    if item.kind in ("organisation", "group", "outlet"):
        return "body"
    return "person" if item.kind == "person" else "role"


def bare(text: str) -> str:
    """The words for somebody without a leading article, on one line, cut to a length that a table can show."""
    words = split_words(text)
    flat = " ".join(_RELATIVE.split(text[words[0].start if words else 0 :], maxsplit=1)[0].split())
    first, _, rest = flat.partition(" ")
    return (rest if first.lower() in ("the", "a", "an") and rest else flat)[:_MAX_NAME].rstrip(" ,")
