"""Actor coding on `actors/ngec_dev.jsonl`: the country, the main sector, and nobody where there is nobody.

Rows whose notes say that "today" was the day the test was written are coded on their suggested date. A row that
expects the empty country or sector is right when none is found.
"""

import datetime as dt
from typing import Any

from benchmarks import data
from benchmarks.scorers import Figure
from reportedly.directory import load_directory
from reportedly.extract.actors import code_actor
from reportedly.records import Actor

SET = "actors/ngec_dev.jsonl"


def day_of(row: dict[str, Any]) -> dt.date | None:
    """The day a row is coded on: its date in any of the forms that the set uses; None for "today"."""
    for value in (row.get("date"), row.get("suggested_date")):
        for form in ("%Y-%m-%d", "%d %B %Y"):
            try:
                return dt.datetime.strptime(value or "", form).date()  # noqa: DTZ007
            except ValueError:
                continue
    return None


def outcomes() -> list[tuple[dict[str, Any], Actor | None, dict[str, bool]]]:
    """Each usable row with what was found and whether each measure that it checks is right."""
    directory = load_directory()
    found = []
    for row in data.lines(SET):
        if not row["usable"]:
            continue
        actor = code_actor(row["text"], directory, context=row.get("context") or None, on=day_of(row))
        country, sector = (actor.country or "", (actor.sectors or ("",))[0]) if actor else ("", "")
        right: dict[str, bool] = {}
        if row["check"] == "none":
            right["nobody"] = actor is None
        if "country" in row["check"]:
            right["country"] = (
                country == row["expect_country"] if "expect_country" in row else country != row["expect_not_country"]
            )
        if "role" in row["check"]:
            right["sector"] = sector == row["expect_code1"]
        found.append((row, actor, right))
    return found


def run() -> list[Figure]:
    """Accuracy of country, main sector and nobody."""
    rows = outcomes()
    figures = []
    for measure in ("country", "sector", "nobody"):
        hits = [right[measure] for _, _, right in rows if measure in right]
        figures.append(Figure("actors", f"{measure} accuracy", sum(hits) / len(hits), len(hits), SET))
    return figures


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.task:10} {figure.measure:20} {figure.value:.3f}  n={figure.n}")
