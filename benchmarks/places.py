"""Places of LGL and GeoVirus: the share put within 161 km of the gold point, with the names given and end to end.

With the names given, unanswered is wrong; the curve leaves out answers below a score. End to end, a gold name counts
as found when a name found overlaps it, one to one, and as right when that is put within 161 km; `precision` is of all
names found, and GeoVirus marks no peoples ("Kenyan officials"). The protocol is that of Gritta et al. (2018), "What's
missing in geographical parsing?". The weights were fitted on both sets: `python -m training.places --check` gives the
figures of models that have not seen the article.

Beside that the gazetteer's size, how long opening takes and what memory a thousand look-ups need, and processor
milliseconds an article for finding and resolving all names.
"""

import dataclasses
import functools
import math
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks import data
from benchmarks.scorers import Figure
from reportedly.extract.places import name_places, resolve_spans
from reportedly.gazetteer import open_gazetteer
from reportedly.parsing import Parse
from reportedly.reading import Reader
from reportedly.records import Article, Place

SETS = ("lgl", "geovirus")
NEAR_KM = 161.0
_LEAST = (0.5, 0.7, 0.9)
_MEMORY = r"""
import re, time
from reportedly.gazetteer import open_gazetteer
from reportedly.resources import data_path
names = [line.split(",")[0] for line in data_path("places/regions.csv").read_text().splitlines()[4:1004]]
def resident():
    return int(re.search(r"VmRSS:\s+(\d+)", open("/proc/self/status").read()).group(1)) / 1024
before = resident()
start = time.perf_counter()
gazetteer = open_gazetteer()
opened = time.perf_counter() - start
for name in names:
    gazetteer.find(name)
print(opened * 1000, resident() - before)
"""


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance between (latitude, longitude) points in degrees."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))


@functools.cache
def reader() -> Reader:
    """One reader for all sets."""
    return Reader()


def parsed_articles(name: str) -> Iterator[tuple[dict[str, Any], Parse]]:
    """The articles of a set, each with its Parse. Raises DataAbsentError."""
    rows = data.lines(f"places/{name}.jsonl")
    yield from zip(rows, parsed_texts([row["text"] for row in rows]), strict=True)


def parsed_texts(texts: Sequence[str]) -> Iterator[Parse]:
    """The Parse of each text, all of it read as the report."""
    articles = (Article(id=str(at), sha256="", text=text) for at, text in enumerate(texts))
    for _, parse in reader().parse_many(articles):
        yield parse


def away(place: Place | None, truth: dict[str, Any]) -> float | None:
    """Kilometres between a place and its gold point; None without coordinates."""
    if place is None or place.lat is None or place.lon is None:
        return None
    return kilometres((place.lat, place.lon), (truth["lat"], truth["lon"]))


def given(name: str) -> list[tuple[float | None, float]]:
    """Kilometres from the gold point and score of each name of a set, None and 0 without an answer."""
    gazetteer = open_gazetteer()
    found = []
    for row in data.lines(f"places/{name}.jsonl"):
        gold = row["places"]
        places = resolve_spans(row["text"], [(p["start"], p["end"]) for p in gold], gazetteer, row["publisher"])
        for truth, place in zip(gold, places, strict=True):
            found.append((away(place, truth), (place.score or 0.0) if place else 0.0))
    return found


def matched(found: Sequence[Place], gold: Sequence[dict[str, Any]]) -> list[tuple[Place, dict[str, Any]]]:
    """Each gold name with the found one that overlaps it and differs least, one to one in text order."""
    taken: set[int] = set()
    pairs = []
    for truth in gold:
        over = [
            (abs(p.start - truth["start"]) + abs(p.end - truth["end"]), at)
            for at, p in enumerate(found)
            if at not in taken and p.start < truth["end"] and truth["start"] < p.end
        ]
        if over:
            at = min(over)[1]
            taken.add(at)
            pairs.append((found[at], truth))
    return pairs


@dataclasses.dataclass
class EndToEnd:
    """Counts over a set: gold names, names found, both, both and near; processor seconds an article."""

    gold: int = 0
    found: int = 0
    both: int = 0
    near: int = 0
    seconds: list[float] = dataclasses.field(default_factory=list)

    def add(self, row: dict[str, Any], parse: Parse) -> None:
        """Counts an article in."""
        start = time.process_time()
        article = Article(id="", sha256="", text=row["text"], publisher=row["publisher"])
        _, places = name_places(article, parse, reader().gazetteer, reader().language)
        self.seconds.append(time.process_time() - start)
        pairs = matched(places, row["places"])
        self.gold += len(row["places"])
        self.found += len(places)
        self.both += len(pairs)
        self.near += sum((km := away(place, truth)) is not None and km <= NEAR_KM for place, truth in pairs)


def _set(name: str) -> list[Figure]:
    label = f"places/{name}.jsonl"
    names = given(name)
    answered = [km for km, _ in names if km is not None]
    near = sum(km <= NEAR_KM for km in answered)
    figures = [
        Figure("places", "within 161 km", near / len(names), len(names), label),
        Figure("places", "within 161 km, of those answered", near / len(answered), len(answered), label),
        Figure("places", "answered", len(answered) / len(names), len(names), label),
        Figure("places", "median error of those answered", statistics.median(answered), len(answered), label, "km"),
    ]
    for least in _LEAST:
        sure = [km for km, score in names if km is not None and score >= least]
        share, right = len(sure) / len(names), sum(km <= NEAR_KM for km in sure) / len(sure)
        figures.append(Figure("places", f"score from {least}: answered", share, len(names), label))
        figures.append(Figure("places", f"score from {least}: within 161 km", right, len(sure), label))
    whole = EndToEnd()
    for row, parse in parsed_articles(name):
        whole.add(row, parse)
    milliseconds = [1000 * second for second in whole.seconds]
    return [
        *figures,
        Figure("places", "end to end: name found", whole.both / whole.gold, whole.gold, label),
        Figure("places", "end to end: found and within 161 km", whole.near / whole.gold, whole.gold, label),
        Figure("places", "end to end: precision of names", whole.both / whole.found, whole.found, label),
        Figure(
            "places", "finding and resolving an article", statistics.mean(milliseconds), len(milliseconds), label, "ms"
        ),
    ]


def _gazetteer() -> list[Figure]:
    size = open_gazetteer().path.stat().st_size / 1e6
    done = subprocess.run([sys.executable, "-c", _MEMORY], capture_output=True, text=True, check=True)
    opened, memory = map(float, done.stdout.split())
    return [
        Figure("places", "the file's size", size, 1, "gazetteer", "MB"),
        Figure("places", "opening it", opened, 1, "gazetteer", "ms"),
        Figure("places", "memory after 1,000 look-ups", memory, 1000, "gazetteer", "MB"),
    ]


def run() -> list[Figure]:
    """The figures of both sets and of the gazetteer. Raises DataAbsentError where a set is absent."""
    return [*(figure for name in SETS for figure in _set(name)), *_gazetteer()]


if __name__ == "__main__":
    try:
        for figure in run():
            print(f"{figure.data:24} {figure.measure:38} {figure.value:8.3f} {figure.unit:3} n={figure.n}")
    except data.DataAbsentError as error:
        print(f"skipped: {error}")
