"""`python -m benchmarks [TASK…]`: runs the tasks and writes docs/benchmarks.md when all of them ran."""

import importlib
import sys
import time
from pathlib import Path

from benchmarks.data import DataAbsentError
from benchmarks.report import print_figures, value_of
from benchmarks.scorers import Figure

TASKS = (
    "attribution",
    "stories",
    "stances",
    "relations",
    "precision",
    "actors",
    "places",
    "spatial",
    "whereabouts",
    "times",
    "certainty",
    "origins",
    "coverage",
    "speed",
)
PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
MARK = "<!-- figures below are written by `make benchmarks` -->"


def write_page(figures: list[Figure]) -> None:
    """Puts the table of figures below the mark in docs/benchmarks.md; what stands above it is kept."""
    head = PAGE.read_text(encoding="utf-8").split(MARK)[0]
    rows = ["| task | data | what | value | on |", "|---|---|---|---|---|"]
    rows += [f"| {f.task} | {f.data} | {f.measure} | {value_of(f)} | {f.n} |" for f in figures]
    PAGE.write_text(f"{head}{MARK}\n\n" + "\n".join(rows) + "\n", encoding="utf-8")


def main(names: list[str]) -> int:
    """Runs the named tasks, all without names; 2 for an unknown name."""
    if unknown := set(names) - set(TASKS):
        print(f"no task {', '.join(sorted(unknown))}: one of {', '.join(TASKS)}", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    skipped = []
    for name in names or TASKS:
        start = time.perf_counter()
        try:
            found = importlib.import_module(f"benchmarks.{name}").run()
        except DataAbsentError as absent:
            skipped.append(name)
            print(f"{name}: skipped, {absent}", file=sys.stderr)
            continue
        print(f"-- {name} ({time.perf_counter() - start:.0f} s)", file=sys.stderr)
        print_figures(found)
        figures += found
    if not names and not skipped:
        write_page(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
