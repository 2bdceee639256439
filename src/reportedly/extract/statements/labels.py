"""Finds speakers that a colon names: "MAYOR: We are ready." in a transcript, "Mayor: bridge is safe" in a headline."""

from collections.abc import Mapping

from reportedly.extract.statements.building import Draft
from reportedly.extract.statements.matching import Match
from reportedly.language import Cue, Language
from reportedly.parsing import Parse

_COLON = Cue(words=(":",), pos="phrase", kind="say", frames=frozenset(), prepositions=frozenset(), example="", line=0)
_LABEL = frozenset({"PROPN", "NOUN", "ADJ", "NUM", "ADP", "DET", "PUNCT"})
_SPEAKERS = frozenset({"PERSON", "ORG", "NORP"})
_LONGEST = 8


def labelled(parse: Parse, language: Language, quoted: Mapping[int, int], names: Mapping[int, str]) -> list[Draft]:
    """A draft for each paragraph that begins with a speaker's name and a colon; its content is what follows."""
    found: list[Draft] = []
    for first, stop in parse.paragraphs:
        colon = next((t for t in range(first + 1, min(first + _LONGEST + 1, stop - 1)) if parse.word[t] == ":"), None)
        if colon is None or first in quoted or any(parse.pos[token] not in _LABEL for token in range(first, colon)):
            continue
        if parse.lower[first] in language.words["heading"] or not _names_speaker(parse, first, colon, names):
            continue
        match = Match(_COLON, colon, colon, colon, colon + 1, "bare", ())
        head = parse.top(first, colon)
        numbers = sorted({quoted[token] for token in range(colon + 1, stop) if token in quoted})
        found.append(Draft(match, (first, colon), head, (colon, colon + 1), [(colon + 1, stop)], numbers))
    return found


def _names_speaker(parse: Parse, first: int, colon: int, names: Mapping[int, str]) -> bool:
    if any(names.get(token) in _SPEAKERS for token in range(first, colon)):
        return True
    return colon - first == 1 and parse.word[first].isupper()
