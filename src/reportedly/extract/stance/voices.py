"""Who says each word of an article: the innermost statement that holds it."""

from collections.abc import Sequence

from reportedly.parsing import Parse
from reportedly.records import Statement


class Voices:
    """The innermost statement by token; `cues` are the tokens of cues."""

    def __init__(self, parse: Parse, statements: Sequence[Statement]) -> None:
        self._by_token: dict[int, Statement] = {}
        self.cues: set[int] = set()
        said = [s for s in statements if not s.is_narrator]
        said.sort(key=lambda s: -sum(span.end - span.start for span in s.content))
        for statement in (*(s for s in statements if s.is_narrator), *said):
            for span in statement.content:
                for token in parse.tokens_in(span.start, span.end):
                    self._by_token[token] = statement
            if statement.cue is not None:
                self.cues.update(parse.tokens_in(statement.cue.start, statement.cue.end))

    def at(self, token: int) -> Statement | None:
        """The statement whose content holds a word, None for the words of sources and cues."""
        return self._by_token.get(token)
