"""What an article is about: the words of its opening and those that come back often."""

from collections import Counter
from functools import cached_property

from reportedly.parsing import Parse

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_LEAD = 3
_OFTEN = 4
_BACK = 2


class Topic:
    """The topic words of one article, as lemmas."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse

    @cached_property
    def words(self) -> frozenset[str]:
        """Content words of the first sentences, and those that stand in the article often."""
        parse = self.parse
        stop = parse.sentences[min(_LEAD, len(parse.sentences)) - 1][1] if parse.sentences else 0
        counts = Counter(parse.lemma[t] for t in range(len(parse)) if parse.pos[t] in _CONTENT)
        often = {lemma for lemma, count in counts.items() if count >= _OFTEN}
        return self.within(0, stop) | often

    def before(self, token: int) -> frozenset[str]:
        """The topic and the content words of the sentences just before a token's."""
        here = self.parse.sentence_of[token]
        first = self.parse.sentences[max(0, here - _BACK)][0]
        return self.words | self.within(first, self.parse.sentences[here][0])

    def within(self, first: int, stop: int) -> frozenset[str]:
        """The content words of a range of tokens."""
        parse = self.parse
        return frozenset(parse.lemma[t] for t in range(first, stop) if parse.pos[t] in _CONTENT)
