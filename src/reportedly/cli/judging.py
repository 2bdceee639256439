"""What `reportedly judge` and `reportedly copies` do."""

from typing import Any

from reportedly.errors import LedgerError, UsageError
from reportedly.ledger import Ledger

COPY_COLUMNS = ("article", "copy_of", "kind", "share", "sentences", "evidence", "judged")


def decision(same: bool, different: bool, undo: bool) -> bool | None:
    """What was decided. Raises UsageError unless exactly one is said."""
    if same + different + undo != 1:
        raise UsageError("say one of --same, --different, --undo")
    return None if undo else same


def judge(book: Ledger, left: str, right: str, same: bool | None, by: str) -> str:
    """Judges two reports, or whether the first of two articles copies the second; what was done, in words.

    Reports are given by their ids or unique starts of them, articles by their ids. Raises LedgerError where the two
    are not both reports or both articles, UsageError without a name.
    """
    if not by.strip():
        raise UsageError("--by NAME: say who decides")
    articles = [book.has_article(name) for name in (left, right)]
    word = {True: "the same", False: "different", None: "taken back"}[same]
    if all(articles):
        book.judge_copy(left, right, same, by)
        word = {True: "a copy of", False: "no copy of", None: "taken back:"}[same]
        return f"{left}: {word} {right}"
    if any(articles):
        raise LedgerError(f"{left}, {right}: one is an article, the other is not; give two reports or two articles")
    first, second = (book.report(name)[1].id for name in (left, right))
    book.judge(first, second, same, by)
    return f"{first}, {second}: {word}"


def copy_rows(book: Ledger) -> list[dict[str, Any]]:
    """The copies in force as flat rows; `sentences` are the copied ones, `judged` what a person decided on the pair."""
    judged = {(one.left, one.right): one for one in book.copy_judgements()}
    rows = []
    for copy in book.copies():
        one = judged.get((copy.article, copy.copy_of))
        rows.append(
            {
                "article": copy.article,
                "copy_of": copy.copy_of,
                "kind": copy.kind,
                "share": copy.share,
                "sentences": [{"start": s.start, "end": s.end, "text": s.text} for s in copy.sentences],
                "evidence": copy.evidence,
                "judged": f"copy, by {one.by}" if one is not None and one.same else None,
            }
        )
    return rows
