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
from reportedly.errors import ResourceError
from reportedly.extract.statements import class_of
from reportedly.language import Language, load_language
from reportedly.parsing import Parse
from reportedly.reading import Reader
from reportedly.records import Article, Statement, make_id
from reportedly.settings import load_settings

ROLES = ("source", "cue", "content")
MOODS = ("believe", "intend", "learn")
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


def _speech(statements: Sequence[Statement]) -> list[Roles]:
    return [roles_of(statement) for statement in statements if statement.cue_class not in MOODS]


def speech_score(
    articles: Iterable[tuple[Sequence[Statement], Sequence[Roles], Parse]], language: Language
) -> dict[str, tuple[int, int, int, int]]:
    """Counts for prf over speech acts alone: what is believed, intended or learned is left out on both sides.

    A gold cue's class is that of the language pack. Found spans are right where they are any gold attribution's, gold
    ones are found where they are any statement's, so that a word of another class costs neither side.
    """
    totals: dict[str, tuple[int, int, int, int]] = {}
    for found, gold, parse in articles:
        spoken = [roles for roles in gold if _kind(roles, parse, language) not in MOODS]
        for role in ROLES:
            ours, said = ({span for r in some for span in r[role]} for some in (map(roles_of, found), _speech(found)))
            theirs, told = ({span for r in some for span in r[role]} for some in (gold, spoken))
            counts = (len(said & theirs), len(said), len(told & ours), len(told))
            old = totals.get(role, (0, 0, 0, 0))
            totals[role] = tuple(a + b for a, b in zip(old, counts, strict=True))  # type: ignore[assignment]
    return totals


def _kind(roles: Roles, parse: Parse, language: Language) -> str:
    tokens = [token for start, end in roles["cue"] for token in parse.tokens_in(start, end)]
    return class_of(parse, language, tokens) or "say"


def readings(rows: Sequence[dict[str, Any]], *, learned: bool) -> Iterator[tuple[Parse, tuple[Statement, ...]]]:
    """Each article's parse and statements. Raises ResourceError where the models are asked for and missing."""
    reader = Reader(load_settings(learned=learned))
    if learned and reader.models is None:
        raise ResourceError("no learned models are installed: run `make setup`")
    articles = [Article(id=make_id("article", row["id"]), sha256=row["id"], text=row["text"]) for row in rows]
    for article, parse in reader.parse_many(articles):
        yield parse, reader.statements(article, parse)[0]


def run(relative: str = "attribution/polnear_dev.jsonl") -> list[Figure]:
    """F1, precision and recall of each measure, by the models and by the rules alone. Raises DataAbsentError."""
    rows = data.lines(relative)
    language = load_language("en")
    figures = []
    for name, learned in (("models", True), ("rules", False)):
        read = list(readings(rows, learned=learned))
        golds = [gold_of(row) for row in rows]
        roles = ([roles_of(statement) for statement in found] for _, found in read)
        totals = score((row["text"], found, gold) for row, found, gold in zip(rows, roles, golds, strict=True))
        for measure, counts in totals.items():
            figures += _figures(f"{name}: {measure}", counts, relative)
        spoken = speech_score(
            ((found, gold, parse) for (parse, found), gold in zip(read, golds, strict=True)), language
        )
        for role, counts in spoken.items():
            figures += _figures(f"{name}: speech acts, {role} exact", counts, relative)
    return figures


def _figures(measure: str, counts: tuple[int, int, int, int], relative: str) -> list[Figure]:
    result = prf(*counts)
    values = (("F1", result.f1), ("precision", result.precision), ("recall", result.recall))
    return [Figure("attribution", f"{measure} {name}", value, counts[3], relative) for name, value in values]


def main() -> int:
    """Prints the table."""
    try:
        figures = run(*sys.argv[1:2])
    except data.DataAbsentError as absent:
        print(f"skipped: {absent}")
        return 0
    print(f"{'measure':<38}{'F1':>8}{'P':>8}{'R':>8}{'n':>8}")
    for f1, precision, recall in zip(figures[::3], figures[1::3], figures[2::3], strict=True):
        name = f1.measure.removesuffix(" F1")
        print(f"{name:<38}{f1.value:>8.3f}{precision.value:>8.3f}{recall.value:>8.3f}{f1.n:>8}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
