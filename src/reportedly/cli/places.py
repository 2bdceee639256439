"""`reportedly gazetteer add`: adds the user's own places, shows progress, names the lines that could not be used."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from reportedly.cli.output import console
from reportedly.gazetteer.adding import Added, Watch, add_places


def add_command(files: list[Path], quiet: bool) -> int:
    """Adds the files and returns the exit code: 1 if lines were skipped, which are named even when it is `quiet`."""
    with _progress(quiet) as watch:
        added = add_places(files, watch)
    err = console(stderr=True)
    for tally in added.files:
        if not quiet:
            err.print(f"{tally.path}: {tally.places} places; left out: {tally.left_out}; broken: {tally.skipped}")
        for line, why in tally.named:
            err.print(f"  {tally.path}:{line}: {why}")
        if tally.skipped > len(tally.named):
            err.print(f"  and {tally.skipped - len(tally.named)} more")
    if not quiet:
        err.print(_outcome(added))
    return 1 if any(tally.skipped for tally in added.files) else 0


def _outcome(added: Added) -> str:
    news = "" if added.changed else ", as before: nothing in it is new"
    return f"{added.path}: {added.places} places of your own{news}"


@contextlib.contextmanager
def _progress(quiet: bool) -> Iterator[Watch | None]:
    if quiet or not sys.stderr.isatty():
        yield None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading places")
        yield lambda path, line: progress.update(task, description=f"{path.name}: {line} lines")
