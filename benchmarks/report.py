"""Prints figures as a table."""

from collections.abc import Iterable

from benchmarks.scorers import Figure


def value_of(figure: Figure) -> str:
    """A share as .123, anything else with its unit."""
    if figure.unit:
        return f"{figure.value:.2f} {figure.unit}" if figure.value < 100 else f"{figure.value:.0f} {figure.unit}"
    return "1.000" if figure.value >= 0.9995 else f"{figure.value:.3f}".removeprefix("0")


def print_figures(figures: Iterable[Figure]) -> None:
    """One line a figure: task, data, what is measured, value, on how many."""
    for f in figures:
        print(f"{f.task:12} {f.data:28} {f.measure:44} {value_of(f):>14}  n={f.n}")
