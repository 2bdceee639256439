"""Who said what, on PolNeAR's development part (US political news of 2015-16).

Scored for source, cue and content: spans exact and by overlap (a span counts when it shares a character with one of
the other side), and tokens. A role of several pieces counts as several spans, on both sides; an absent role as none.
`triple` counts statements whose source, cue and content all overlap those of one gold attribution (absent on both sides
is agreement), each gold attribution used once.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from benchmarks import data
from benchmarks.scorers import Figure, Spans, exact_spans, overlapping_spans, prf
from reportedly.extract.statements import find_statements
from reportedly.language import load_language
from reportedly.parsing import SpacyParser
from reportedly.records import Article, Statement, make_id

ROLES = ("source", "cue", "content")
_TOKEN = re.compile(r"\w+|[^\w\s]")
Roles = dict[str, list[tuple[int, int]]]


def roles_of(statement: Statement) -> Roles:
    """The spans of one statement by role."""
    source = statement.source
    return {
        "source": [(source.start, source.end)]
        if source is not None and source.start is not None and source.end is not None
        else [],
        "cue": [(statement.cue.start, statement.cue.end)] if statement.cue else [],
        "content": [(span.start, span.end) for span in statement.content],
    }


def gold_of(row: dict[str, Any]) -> list[Roles]:
    """The annotated attributions of one article by role."""
    return [{role: [(s, e) for s, e in gold[role]] for role in ROLES} for gold in row["attributions"]]


def _tokens(text: str, spans: Spans) -> set[int]:
    """The words and marks that spans cover, as numbers of the tokens of the text."""
    inside = bytearray(len(text) + 1)
    for start, end in spans:
        inside[start:end] = b"\x01" * (end - start)
    return {number for number, token in enumerate(_TOKEN.finditer(text)) if inside[token.start()]}


def _overlap(left: Spans, right: Spans) -> bool:
    if not left or not right:
        return not left and not right
    return any(s < e2 and s2 < e for s, e in left for s2, e2 in right)


def _triples(found: Sequence[Roles], gold: Sequence[Roles]) -> tuple[int, int, int, int]:
    free = list(gold)
    hits = 0
    for statement in found:
        for other in free:
            if all(_overlap(statement[role], other[role]) for role in ROLES):
                free.remove(other)
                hits += 1
                break
    return hits, len(found), hits, len(gold)


def _counts(
    text: str, found: Sequence[Roles], gold: Sequence[Roles]
) -> Iterator[tuple[str, tuple[int, int, int, int]]]:
    for role in ROLES:
        ours = [span for statement in found for span in statement[role]]
        theirs = [span for attribution in gold for span in attribution[role]]
        yield f"{role} overlap", overlapping_spans(ours, theirs)
        yield f"{role} exact", exact_spans(ours, theirs)
        left, right = _tokens(text, ours), _tokens(text, theirs)
        both = len(left & right)
        yield f"{role} tokens", (both, len(left), both, len(right))
    yield "triple", _triples(found, gold)


def score(articles: Iterable[tuple[str, Sequence[Roles], Sequence[Roles]]]) -> dict[str, tuple[int, int, int, int]]:
    """Counts for prf by measure, over (text, found, gold) of each article."""
    totals: dict[str, tuple[int, int, int, int]] = {}
    for text, found, gold in articles:
        for measure, counts in _counts(text, found, gold):
            old = totals.get(measure, (0, 0, 0, 0))
            totals[measure] = (old[0] + counts[0], old[1] + counts[1], old[2] + counts[2], old[3] + counts[3])
    return totals


def run(relative: str = "attribution/polnear_dev.jsonl") -> list[Figure]:
    """F1, precision and recall of each measure. Raises DataAbsentError."""
    rows = data.lines(relative)
    language = load_language("en")
    articles = [Article(id=make_id("article", row["id"]), sha256=row["id"], text=row["text"]) for row in rows]
    parses = SpacyParser().parse_many(articles)
    found = (
        [roles_of(statement) for statement in find_statements(article, parse, language)[0]]
        for article, parse in zip(articles, parses, strict=True)
    )
    totals = score((row["text"], statements, gold_of(row)) for row, statements in zip(rows, found, strict=True))
    figures = []
    for measure, counts in totals.items():
        result = prf(*counts)
        for name, value in (("F1", result.f1), ("precision", result.precision), ("recall", result.recall)):
            figures.append(Figure("attribution", f"{measure} {name}", value, counts[3], relative))
    return figures


def main() -> int:
    """Prints the table."""
    try:
        figures = run(*sys.argv[1:2])
    except data.DataAbsentError as absent:
        print(f"skipped: {absent}")
        return 0
    print(f"{'measure':<18}{'F1':>8}{'P':>8}{'R':>8}{'n':>8}")
    for f1, precision, recall in zip(figures[::3], figures[1::3], figures[2::3], strict=True):
        name = f1.measure.removesuffix(" F1")
        print(f"{name:<18}{f1.value:>8.3f}{precision.value:>8.3f}{recall.value:>8.3f}{f1.n:>8}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
