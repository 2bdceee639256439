"""Places with the names given (LGL, GeoVirus): the share put within 161 km of the gold point; unanswered is wrong.

Run with `python -m benchmarks.places`. The weights were chosen with both sets at hand: figures for development. The
protocol is that of Gritta et al. (2018), "What's missing in geographical parsing?".
"""

import functools
import math
import statistics
from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks import data
from benchmarks.scorers import Figure
from reportedly.extract.places import resolve_spans
from reportedly.gazetteer import open_gazetteer
from reportedly.parsing import Parse
from reportedly.reading import Reader
from reportedly.records import Article

SETS = ("lgl", "geovirus")
NEAR_KM = 161.0


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance between (latitude, longitude) points in degrees."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))


@functools.cache
def _parser() -> Reader:
    return Reader()


def parsed_articles(name: str) -> Iterator[tuple[dict[str, Any], Parse]]:
    """The articles of a set, each with its Parse. Raises DataAbsentError."""
    rows = data.lines(f"places/{name}.jsonl")
    yield from zip(rows, parsed_texts([row["text"] for row in rows]), strict=True)


def parsed_texts(texts: Sequence[str]) -> Iterator[Parse]:
    """The Parse of each text, all of it read as the report."""
    articles = (Article(id=str(at), sha256="", text=text) for at, text in enumerate(texts))
    for _, parse in _parser().parse_many(articles):
        yield parse


def distances(name: str) -> list[float | None]:
    """Kilometres from the gold point of each name in a set; None where there was no answer. Raises DataAbsentError."""
    gazetteer = open_gazetteer()
    away: list[float | None] = []
    for row in data.lines(f"places/{name}.jsonl"):
        gold = row["places"]
        spans = [(place["start"], place["end"]) for place in gold]
        found = resolve_spans(row["text"], spans, gazetteer, publisher=row["publisher"])
        for truth, place in zip(gold, found, strict=True):
            if place is None or place.lat is None or place.lon is None:
                away.append(None)
            else:
                away.append(kilometres((place.lat, place.lon), (truth["lat"], truth["lon"])))
    return away


def run() -> list[Figure]:
    """The figures of both sets. Raises DataAbsentError where a set is absent."""
    figures = []
    for name in SETS:
        away = distances(name)
        answered = [km for km in away if km is not None]
        right = sum(km <= NEAR_KM for km in answered)
        label = f"places/{name}.jsonl"
        figures += [
            Figure("places", "within 161 km", right / len(away), len(away), label),
            Figure("places", "within 161 km, of those answered", right / len(answered), len(answered), label),
            Figure("places", "answered", len(answered) / len(away), len(away), label),
            Figure("places", "median error of those answered", statistics.median(answered), len(answered), label, "km"),
        ]
    return figures


if __name__ == "__main__":
    try:
        for figure in run():
            print(f"{figure.data:24} {figure.measure:34} {figure.value:8.3f} {figure.unit:3} n={figure.n}")
    except data.DataAbsentError as error:
        print(f"skipped: {error}")
