"""What the outlet reports in its own voice: everything outside the statements of others."""

import bisect
from collections.abc import Sequence

from reportedly.parsing import Parse
from reportedly.records import Article, Source, Span, Statement, make_id

_TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})


def narrator_statement(article: Article, parse: Parse, statements: Sequence[Statement]) -> Statement:
    """One statement for the outlet's own voice; the article's title, where it stands in the text, belongs to it.

    Its content are the sentences, or what is left of them, outside other statements' source, cue and content. A rest
    without a noun, a verb, an adjective or a number is left out.
    """
    taken = _taken(statements)
    starts = [start for start, _ in taken]
    content: list[Span] = []
    for first, stop in parse.sentences:
        at = first
        while at < stop:
            while at < stop and (_is_taken(parse, at, taken, starts) or parse.pos[at] == "PUNCT"):
                at += 1
            end = at
            while end < stop and not _is_taken(parse, end, taken, starts):
                end += 1
            if any(parse.pos[token] in _TELLING for token in range(at, end)):
                content.append(parse.span(at, end))
            at = max(end, at + 1)
    return Statement(
        id=make_id("statement", article.id, article.sha256, "narrator"),
        source=Source(kind="narrator"),
        cue=None,
        cue_class=None,
        content=tuple(content),
        quote="indirect",
    )


def _taken(statements: Sequence[Statement]) -> list[tuple[int, int]]:
    """The characters of other statements, merged and sorted."""
    spans = []
    for statement in statements:
        spans += [(span.start, span.end) for span in statement.content]
        if statement.channel is not None:
            spans.append((statement.channel.start, statement.channel.end))
        if statement.cue is not None:
            spans.append((statement.cue.start, statement.cue.end))
        if statement.source is not None and statement.source.start is not None and statement.source.end is not None:
            spans.append((statement.source.start, statement.source.end))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _is_taken(parse: Parse, token: int, taken: list[tuple[int, int]], starts: list[int]) -> bool:
    index = bisect.bisect_right(starts, parse.start[token]) - 1
    return index >= 0 and parse.start[token] < taken[index][1]
