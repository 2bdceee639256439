"""Rows of `reportedly statements`, and writing to a file whole or not at all."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from reportedly.errors import UsageError
from reportedly.ledger import StatementRow


def statement_row(item: StatementRow) -> dict[str, Any]:
    """A statement with the head of its article as one flat row."""
    statement = item.statement
    source = statement.source
    return {
        "statement": statement.id,
        "article": item.article,
        "url": item.url,
        "published": item.published.isoformat() if item.published else None,
        "publisher": item.publisher,
        "source": (source.name or source.text) if source else None,
        "kind": source.kind if source else None,
        "cue": statement.cue.text if statement.cue else None,
        "quote": statement.quote,
        "channel": statement.channel.text if statement.channel else None,
        "relayed_by": statement.relayed_by,
        "stances": ", ".join(dict.fromkeys(report.stance for report in item.reports)),
        "reports": [report.id for report in item.reports],
        "words": " … ".join(" ".join(part.text.split()) for part in statement.content),
    }


def write_file(path: Path | None, write: Callable[[BinaryIO], int]) -> int:
    """Runs `write` on a file that takes the place of `path` only when it is complete; on standard output for None."""
    if path is None:
        count = write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return count
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as out:
            count = write(out)
        os.replace(part, path)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)
    return count
