"""`python -m benchmarks.gate`: measures on the set that we wrote ourselves and fails when a figure is below its floor.

Runs offline, on nothing but the repository and the installed models. `--raise` lifts the floors to today's values
(rounded down to two decimals, less a margin); it never lowers one. `--errors [PART]` prints what went wrong.
"""

import argparse
import json
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FLOORS = Path(__file__).parent / "floors.json"
MARGIN = 0.02


@dataclass(frozen=True, slots=True)
class Row:
    """One figure against its floor."""

    figure: str
    value: float | None
    floor: float | None

    @property
    def verdict(self) -> str:
        """`ok`, or why not: BELOW its floor, MISSING (not measured), NO FLOOR."""
        if self.value is None or math.isnan(self.value):
            return "MISSING"
        if self.floor is None:
            return "NO FLOOR"
        return "ok" if self.value >= self.floor else "BELOW"


def compare(values: Mapping[str, float], floors: Mapping[str, float]) -> list[Row]:
    """Every figure that was measured or has a floor, by name."""
    return [Row(name, values.get(name), floors.get(name)) for name in sorted(values.keys() | floors.keys())]


def raised(floors: Mapping[str, float], values: Mapping[str, float]) -> dict[str, float]:
    """The floors at today's values less the margin where that is higher; none falls or goes."""
    lifted = dict(floors)
    for name, value in values.items():
        floor = round(max(0.0, math.floor(round(value * 100, 6)) / 100 - MARGIN), 2)
        lifted[name] = max(floor, floors.get(name, 0.0))
    return dict(sorted(lifted.items()))


def passed(rows: Sequence[Row]) -> bool:
    """Whether there are figures and all are at or above their floors."""
    return bool(rows) and all(row.verdict == "ok" for row in rows)


def table(rows: Sequence[Row], counts: Mapping[str, int]) -> str:
    """The rows as text."""
    lines = [f"{'figure':36} {'value':>7} {'floor':>7} {'n':>5}  verdict"]
    for row in rows:
        value, floor = (f"{x:.3f}" if x is not None else "-" for x in (row.value, row.floor))
        lines.append(f"{row.figure:36} {value:>7} {floor:>7} {counts.get(row.figure, 0):>5}  {row.verdict}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when all figures hold, 1 when one does not."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gate", description=__doc__)
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to today's values")
    parser.add_argument("--errors", nargs="?", const="", metavar="PART", help="print what went wrong (in one part)")
    chosen = parser.parse_args(arguments)
    import reportedly
    from benchmarks.own.gold import load
    from benchmarks.own.measure import figures_of, mark

    marks = mark(load(), reportedly.Reader())
    if chosen.errors is not None:
        for part, article, words in sorted(marks.misses):
            if part.startswith(chosen.errors):
                print(f"{part:16} {article:20} {words}")
        return 0
    figures = figures_of(marks)
    values = {figure.measure: figure.value for figure in figures}
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    if chosen.lift:
        floors = raised(floors, values)
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
    rows = compare(values, floors)
    print(table(rows, {figure.measure: figure.n for figure in figures}))
    return 0 if passed(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
