"""Actor coding on `actors/ngec_dev.jsonl`: the country, the main sector, and nobody where there is nobody.

Rows whose notes say that "today" was the day the test was written are coded on their suggested date. A row that
expects the empty country or sector is right when none is found.

A second figure: of the positions of our stories that were found, how many name their source as the annotation does.
"""

import datetime as dt
import difflib
import sys
from typing import Any

from benchmarks import data
from benchmarks.scorers import Figure
from benchmarks.stories import Position, read_all
from reportedly.directory import Directory, load_directory, split_words
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


def same_name(one: str, other: str, directory: Directory) -> bool:
    """Whether two names are of one: all words of the shorter in the longer (spellings may differ), or one entry."""
    coded = code_actor(one, directory)
    if coded and (again := code_actor(other, directory)) and coded.name == again.name:
        return True
    first, second = sorted((_words(one, directory), _words(other, directory)), key=len)
    return bool(first) and all(difflib.get_close_matches(word, second, 1, 0.8) for word in first)


def _words(name: str, directory: Directory) -> set[str]:
    """The words of a name without articles and prepositions, countries by their code."""
    found = set()
    for word in split_words(name):
        country = directory.country(word.plain)
        if word.plain.isalnum() and word.key not in {"the", "a", "an", "of", "for", "in", "and"}:
            found.add(country.country or word.key if country else word.key)
    return found


def named_sources() -> list[tuple[Position, bool]]:
    """The positions of the stories with a source, and whether the source found has its name."""
    directory = load_directory()
    found = []
    for position in read_all():
        if position.gold["source"] is not None and position.statement is not None:
            name = position.statement.source.name if position.statement.source else None
            found.append((position, bool(name) and same_name(str(name), position.gold["source_name"], directory)))
    return found


def run() -> list[Figure]:
    """Accuracy of country, main sector and nobody; the share of sources on stories that are named right."""
    rows = outcomes()
    figures = []
    for measure in ("country", "sector", "nobody"):
        hits = [right[measure] for _, _, right in rows if measure in right]
        figures.append(Figure("actors", f"{measure} accuracy", sum(hits) / len(hits), len(hits), SET))
    named = [right for _, right in named_sources()]
    figures.append(Figure("actors", "source names on stories", sum(named) / len(named), len(named), "8 stories"))
    return figures


if __name__ == "__main__":
    if "--errors" in sys.argv:
        for position, right in named_sources():
            if not right:
                source = position.statement.source
                gold = f"{position.gold['source_name']!r} <- {position.gold['source']!r}"
                print(f"{gold} | {source and source.text!r} = {source and source.name!r}")
        sys.exit()
    for figure in run():
        print(f"{figure.task:10} {figure.measure:20} {figure.value:.3f}  n={figure.n}")
