"""Whether a credit bears on what the article is about, or is an aside: an old interview, a group's word on the past."""

from collections.abc import Container
from functools import cached_property

from reportedly.language import Language
from reportedly.parsing import Parse

# Chosen on stories by several outlets (`python -m benchmarks.origins --errors`): what a monitoring body says
# after the third sentence bears on the event only where it shares a word with the lead; platforms and asides likewise.
_LEAD = 2
_OPENING = 3
_PLATFORM = 6
_FAR = 40
_WORDS = frozenset({"NOUN", "VERB"})
_PLAIN = ("unnamed", "outlet", "outlet-noun", "document", "coverage", "channel", "platform")


class Relevance:
    """What one article is about: the deeds and things of its first sentences."""

    def __init__(self, parse: Parse, language: Language) -> None:
        self._parse = parse
        self._language = language

    @cached_property
    def _deeds(self) -> frozenset[str]:
        parse, words = self._parse, self._language.words
        stop = parse.sentences[min(_LEAD, len(parse.sentences)) - 1][1] if parse.sentences else 0
        plain = {lemma for name in _PLAIN for lemma in words[name]}
        names = {parse.lemma[token] for token in range(len(parse)) if parse.pos[token] == "PROPN"}
        return self._content(0, stop) - plain - names - self._language.cues.keys()

    def _content(self, first: int, stop: int) -> frozenset[str]:
        parse = self._parse
        return frozenset(parse.lemma[t] for t in range(first, stop) if parse.pos[t] in _WORDS)

    def _shares(self, token: int) -> bool:
        """Whether the sentence of a word speaks of a deed or a thing of the lead."""
        return not self._deeds.isdisjoint(self._content(*self._parse.sentences[self._parse.sentence_of[token]]))

    def bears(self, how: str, token: int) -> bool:
        """Whether a credit in that way, at a word, bears on what the article is about."""
        sentence = self._parse.sentence_of[token]
        if how == "posted":
            return sentence < _PLATFORM
        if how == "group":
            return sentence < _OPENING or self._shares(token)
        if how == "interview" or sentence >= _FAR:
            return self._shares(token)
        return True

    def is_of(self, token: int, bodies: Container[int]) -> bool:
        """Whether a credited body is who says something in the sentence of a word, by its name or as "the group"."""
        parse = self._parse
        first, stop = parse.sentences[parse.sentence_of[token]]
        organisations = self._language.words["organisation"]
        return any(
            t in bodies or (parse.dep[t] == "nsubj" and parse.lemma[t] in organisations) for t in range(first, stop)
        )
