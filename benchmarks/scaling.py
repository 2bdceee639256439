"""How linking grows: time, memory and quality on invented coverage, from a thousand reports to a million.

For each size a SQLite ledger is filled (`Ledger.add_many`), then linked from scratch in a fresh process, its events are
listed and compared with the truth in another, and in a third one article more is added and linked, five times. Every
process says how long it took, how much of one core, and the most memory that it held. An exponent is the growth between
two sizes: the logarithm of the ratio of the times over that of the sizes; 1 is linear.

Quality is over pairs of reports: together in an event, and of one happening. They are counted through the table of
events by happenings, so all of them count at every size. A report that stands in no listed event stands alone.

    python -m benchmarks.scaling                       # 1,000, 10,000 and 100,000 reports
    python -m benchmarks.scaling --million             # and 1,000,000
    python -m benchmarks.scaling 1000 5000 [--seed 2] [--keep FOLDER] [--no-events]
"""

import argparse
import itertools
import json
import math
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import reportedly
from benchmarks import synthetic
from benchmarks.report import print_figures
from benchmarks.scorers import Figure, Score, prf

TASK = "scaling"
SIZES = (1_000, 10_000, 100_000)
MILLION = 1_000_000
DATA = "invented"
# Readings in one transaction: beyond some hundreds, filling gets no faster.
_BATCH = 500
_MORE = 5
_PARTS = ("precision", "recall", "f1", "recall, bound")


def machine() -> str:
    """Cores, memory and versions, for the page."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{cores} cores, {memory:.0f} GiB of memory, {platform.machine()}, Python {platform.python_version()}"


def batches(told: Iterable[synthetic.Told]) -> Iterator[list[synthetic.Told]]:
    """Several at a time."""
    rest = iter(told)
    while batch := list(itertools.islice(rest, _BATCH)):
        yield batch


# The steps, each in a process of its own. What they return is printed as JSON.


def fill(ledger: reportedly.Ledger, reports: int, seed: int) -> dict[str, float]:
    """Generates and adds; `generate` and `add` are seconds of one core."""
    articles, told_reports, making, adding = 0, 0, 0.0, 0.0
    source = batches(synthetic.readings(reports, seed))
    while True:
        start = time.process_time()
        batch = next(source, None)
        making += time.process_time() - start
        if batch is None:
            break
        start = time.process_time()
        ledger.add_many(told.reading for told in batch)
        adding += time.process_time() - start
        articles += len(batch)
        told_reports += sum(len(told.truth) for told in batch)
    return {"articles": articles, "reports": told_reports, "generate": making, "add": adding}


def link(ledger: reportedly.Ledger, reports: int, seed: int) -> dict[str, float]:
    """Everything from scratch."""
    ledger.link()
    return {}


def score(ledger: reportedly.Ledger, reports: int, seed: int) -> dict[str, float]:
    """Lists the events and compares them with the truth."""
    start = time.process_time()
    events = ledger.events()
    listing = time.process_time() - start
    home = {line.report: number for number, event in enumerate(events) for line in event.reports}
    del events
    truth: dict[str, int] = {}
    copies: dict[str, str] = {}
    for told in synthetic.readings(reports, seed):
        truth.update(told.happenings)
        if told.copy_of is not None and not told.part:
            copies[told.reading.article.id] = told.copy_of
    whole, bound = pairs_of(truth, home)
    found = {copy.article for copy in ledger.copies()}
    return {
        "events": len(set(home.values())),
        "list": listing,
        "precision": whole.precision,
        "recall": whole.recall,
        "f1": whole.f1,
        "recall, bound": bound,
        "copies": len(found & copies.keys()) / len(copies) if copies else 1.0,
    }


def new(ledger: reportedly.Ledger, reports: int, seed: int) -> dict[str, float]:
    """Adds and links the next articles of the stream that the ledger does not have, each by itself; `one` is the median
    of their wall times."""
    held = sum(1 for _ in synthetic.readings(reports, seed))
    rest = itertools.islice(synthetic.stream(reports, seed), held, None)
    more = list(itertools.islice((told for told in rest if not ledger.has_article(told.reading.article.id)), _MORE))
    times = []
    for told in more:
        start = time.perf_counter()
        ledger.add(told.reading)
        ledger.link_new()
        times.append(time.perf_counter() - start)
    return {"one": statistics.median(times), "slowest": max(times)}


STEPS: Mapping[str, Callable[[reportedly.Ledger, int, int], dict[str, float]]] = {
    "fill": fill,
    "link": link,
    "score": score,
    "new": new,
}


def _pairs(counts: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in counts)


def pairs_of(truth: Mapping[str, int], home: Mapping[str, int]) -> tuple[Score, float]:
    """Precision and recall over pairs of reports, from the counts of the table of events by happenings.

    With it the recall that there would be if all reports that stand in some event stood in the right ones.
    """
    together = Counter(home[report] for report in truth if report in home)
    both = Counter((home[report], number) for report, number in truth.items() if report in home)
    right, true = _pairs(both.values()), _pairs(Counter(truth.values()).values())
    bound = _pairs(Counter(number for report, number in truth.items() if report in home).values())
    return prf(right, _pairs(together.values()), right, true), bound / true if true else 1.0


def step(name: str, path: Path, reports: int, seed: int) -> dict[str, float]:
    """Runs a step in this process: what it returns, with its wall and CPU seconds and the peak of memory in MiB."""
    with reportedly.Ledger(path) as ledger:
        wall, cpu = time.perf_counter(), time.process_time()
        found = STEPS[name](ledger, reports, seed)
        spent = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent["cpu"] += children.ru_utime + children.ru_stime
    peak = max(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, children.ru_maxrss)
    return {**found, **spent, "peak": peak / 1024 if sys.platform != "darwin" else peak / 2**20}


def in_child(name: str, path: Path, reports: int, seed: int) -> dict[str, float]:
    """The same in a fresh process. Raises CalledProcessError when it fails."""
    command = [sys.executable, "-m", "benchmarks.scaling", "--step", name, str(path), str(reports), "--seed", str(seed)]
    root = str(Path(__file__).parents[1])
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": paths}
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(reports: int, folder: Path, seed: int = 1, events: bool = True) -> tuple[list[Figure], float]:
    """The figures of one size, and the CPU seconds of linking."""
    path = folder / f"{reports}.db"
    filled = in_child("fill", path, reports, seed)
    count = int(filled["reports"])
    name = f"{DATA}, {count:,} reports"
    figures = [
        Figure(TASK, "generated, reports a second of one core", count / filled["generate"], count, name, "reports/s"),
        Figure(TASK, "added, reports a second of one core", count / filled["add"], count, name, "reports/s"),
        Figure(TASK, "size of the ledger", path.stat().st_size / 2**20, int(filled["articles"]), name, "MiB"),
    ]
    linked = in_child("link", path, reports, seed)
    figures += _spent("link", linked, count, name)
    if events:
        scored = in_child("score", path, reports, seed)
        figures += _spent("list events and score", scored, count, name)
        figures.append(
            Figure(TASK, "list events, seconds of one core", scored["list"], int(scored["events"]), name, "s")
        )
        figures += [Figure(TASK, f"pairs {part}", scored[part], count, name) for part in _PARTS]
        figures.append(Figure(TASK, "whole copies found", scored["copies"], int(filled["articles"]), name))
    added = in_child("new", path, reports, seed)
    figures.append(Figure(TASK, "one article more, added and linked", added["one"], _MORE, name, "s"))
    figures.append(Figure(TASK, "one article more, the slowest", added["slowest"], _MORE, name, "s"))
    return figures, linked["cpu"]


def _spent(what: str, found: Mapping[str, float], count: int, name: str) -> list[Figure]:
    rows = (("wall", "s", "wall time"), ("cpu", "s", "CPU time"), ("peak", "MiB", "peak memory"))
    return [Figure(TASK, f"{what}, {words}", found[key], count, name, unit) for key, unit, words in rows]


def exponents(costs: Mapping[int, float]) -> Iterator[Figure]:
    """The growth of linking from each size to the next."""
    for (small, less), (large, more) in itertools.pairwise(sorted(costs.items())):
        growth = math.log(more / less) / math.log(large / small)
        yield Figure(TASK, f"growth of linking, {small:,} to {large:,}", growth, large, DATA, "exponent")


def run(sizes: Sequence[int] = SIZES, seed: int = 1, keep: Path | None = None, events: bool = True) -> list[Figure]:
    """All figures; ledgers stand in a temporary folder, or stay in `keep`."""
    print(f"scaling: {machine()}", file=sys.stderr)
    figures: list[Figure] = []
    costs: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            found, costs[size] = measure(size, keep or Path(folder), seed, events)
            print_figures(found)
            figures += found
    return [*figures, *exponents(costs)]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; see above."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling")
    parser.add_argument("sizes", type=int, nargs="*", help="reports; default 1000 10000 100000")
    parser.add_argument("--million", action="store_true", help="a million reports as well")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="where the ledgers stay")
    parser.add_argument("--no-events", action="store_true", help="neither list the events nor score them")
    parser.add_argument("--step", nargs=2, metavar=("NAME", "LEDGER"), help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.step is not None:
        name, path = given.step
        result: dict[str, Any] = step(name, Path(path), given.sizes[0], given.seed)
        print(json.dumps(result))
        return 0
    sizes = [*(given.sizes or SIZES), *([MILLION] if given.million else [])]
    figures = run(sizes, given.seed, given.keep, not given.no_events)
    print_figures(figure for figure in figures if figure.unit == "exponent")
    return 0


if __name__ == "__main__":
    sys.exit(main())
