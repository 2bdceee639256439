"""What bears on the happenings that an article is about, and what is an aside."""

from collections.abc import Sequence

from reportedly.parsing import Parse
from reportedly.records import Article, Statement


class Relevance:
    """The topic of one article."""

    def __init__(self, parse: Parse, statements: Sequence[Statement], article: Article) -> None:
        self._parse = parse

    def bears(self, token: int) -> bool:
        """Whether the sentence of a word is about what the article is about."""
        return True

    def said_by(self, token: int | None, bodies: set[int | None]) -> bool:
        """Whether one of the credited bodies is who posts something here."""
        return False
