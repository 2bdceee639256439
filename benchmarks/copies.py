"""Is one article the other's text again? 300 pairs of articles from BASIL, FNC-1 and FA-KES, labelled by reading them.

benchmarks/own/copies.tsv has the articles' ids, the label and, where the texts tell, which of the two is the copy:
`whole` (nearly all of the copy stands in the original), `part` (some sentences in the copy's own voice do), `none`
(at most quotations, statements, documents or an outlet's standing lines are shared). `bin` says how the pair was drawn:
from one story or from two, and the share of the shorter text's four-word sequences that stand in the longer.
Thresholds were chosen on the even lines of the file; the odd lines are held out and reported apart.

    python -m benchmarks.copies            # figures
    python -m benchmarks.copies --speed    # seconds and memory on 10,000 and 100,000 invented articles
"""

import csv
import datetime as dt
import gc
import itertools
import random
import sys
import time
from collections import Counter
from pathlib import Path

from benchmarks import data
from benchmarks.articles import article_of
from benchmarks.report import print_figures
from benchmarks.scorers import Figure, prf
from reportedly.linking import find_copies, load_rules
from reportedly.linking.candidates import candidates
from reportedly.linking.copies import compared, matches
from reportedly.linking.proofs import pile
from reportedly.linking.sketches import moment, sketch
from reportedly.records import Article, Copy
from reportedly.settings import load_settings

TASK = "copies"
PAIRS = Path(__file__).parent / "own" / "copies.tsv"
_SETS = {"basil": "basil_2010_2016", "fnc1": "fnc1_train", "fakes": "fakes_2011_2016"}
_FIRST_LINE = 2

Row = dict[str, str]


def labelled() -> list[tuple[int, Row]]:
    """(line in the file, row) of every pair."""
    with PAIRS.open(encoding="utf-8", newline="") as handle:
        return list(enumerate(csv.DictReader(handle, delimiter="\t"), _FIRST_LINE))


def articles(rows: list[tuple[int, Row]]) -> dict[str, Article]:
    """The articles of the pairs by id. Raises DataAbsentError."""
    wanted = {(row["set"], row[side]) for _, row in rows for side in ("left", "right")}
    return {
        row["id"]: article_of(row)
        for name, file in _SETS.items()
        for row in data.lines(f"coverage/{file}.jsonl")
        if (name, row["id"]) in wanted
    }


def found_pairs(texts: dict[str, Article]) -> dict[frozenset[str], Copy]:
    """Every pair of these articles that is a copy, before one original of each text is chosen."""
    rules, share = load_rules(), load_settings().copy_share
    names = sorted(texts, key=lambda name: (moment(texts[name]), name))
    keys, bodies = zip(*(sketch(texts[name], rules) for name in names), strict=True)
    pairs = candidates(keys, rules).pairs
    found = list(matches(pairs, pile(bodies), lambda wanted: [texts[name] for name in wanted], share, rules))
    return {frozenset((copy.article, copy.copy_of)): copy for copy in compared(found, rules)}


def _scores(kind: str, counts: Counter[tuple[str, str]], where: str) -> list[Figure]:
    kinds = ("whole", "part") if kind == "any copy" else (kind,)
    both = sum(n for (gold, said), n in counts.items() if gold in kinds and said in kinds)
    said_, gold_ = (sum(n for key, n in counts.items() if key[at] in kinds) for at in (1, 0))
    score = prf(both, said_, both, gold_)
    return [
        Figure(TASK, f"{kind} precision", score.precision, said_, where),
        Figure(TASK, f"{kind} recall", score.recall, gold_, where),
    ]


def run() -> list[Figure]:
    """All figures. Raises DataAbsentError where a set is not on this machine."""
    rows = labelled()
    found = found_pairs(articles(rows))
    copies = {line: found.get(frozenset((row["left"], row["right"]))) for line, row in rows}
    said = {line: copy.kind if copy else "none" for line, copy in copies.items()}
    figures = []
    halves = {"even lines, thresholds chosen on them": 0, "odd lines, held out": 1}
    for where, half in halves.items():
        counts = Counter((row["label"], said[line]) for line, row in rows if line % 2 == half)
        for kind in ("whole", "part", "any copy"):
            figures += _scores(kind, counts, where)
    for name in sorted({row["bin"] for _, row in rows}):
        pairs = [(row["label"], said[line]) for line, row in rows if row["bin"] == name]
        right = sum((gold == "none") == (kind == "none") for gold, kind in pairs)
        figures.append(Figure(TASK, "copy or none told rightly", right / len(pairs), len(pairs), f"bin {name}"))
    told = [(row[row["copy"]], copies[line]) for line, row in rows if row["copy"] != "-"]
    hits = [gold == copy.article for gold, copy in told if copy is not None]
    figures.append(Figure(TASK, "direction right, of copies found", sum(hits) / len(hits), len(hits), "all lines"))
    return figures


def invented(count: int, seed: int = 1) -> list[Article]:
    """Articles of about 300 words; one in ten is an earlier one cut short, one in ten has two sentences of one."""
    rng = random.Random(seed)
    parts = [a + b + c for a in "bdfgklmnprst" for b in "aeiou" for c in ("rn", "lt", "ss", "nd", "x")]
    nouns = [left + right for left in parts for right in parts[:70]]
    rng.shuffle(nouns)
    weights = list(itertools.accumulate(1 / (n + 3) for n in range(len(nouns))))  # as frequent as words are (Zipf)
    made: list[list[str]] = []
    for _ in range(count):
        chance = rng.random()
        old = rng.choice(made[-2000:]) if made else []
        if old and chance < 0.1:
            made.append(old[: rng.randint(len(old) * 2 // 3, len(old))])
            continue
        new = [" ".join(rng.choices(nouns, cum_weights=weights, k=20)).capitalize() + "." for _ in range(15)]
        made.append(new[:7] + old[2:4] + new[7:] if chance < 0.2 else new)
    day = dt.date(2031, 1, 1)
    return [
        Article(
            id=f"{number:06}",
            sha256=str(number),
            text=" ".join(sentences),
            published=day + dt.timedelta(days=number * 300 // count),
        )
        for number, sentences in enumerate(made)
    ]


def _megabytes(field: str) -> float:
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    return int(status[field].split()[0]) / 1024


def speed(count: int) -> list[Figure]:
    """How fast copies are found among so many articles, and what memory that takes beside the articles (Linux)."""
    pool = invented(count)
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak starts from here
    before, start = _megabytes("VmRSS"), time.process_time()
    found = find_copies(pool)
    spent, held = time.process_time() - start, _megabytes("VmHWM") - before
    where = f"{count} invented articles"
    kinds = Counter(copy.kind for copy in found)
    return [
        Figure(TASK, "articles a second of one core", count / spent, count, where, "/s"),
        Figure(TASK, "memory of the articles", before, count, where, "MB"),
        Figure(TASK, "memory beside the articles", held, count, where, "MB"),
        Figure(TASK, "whole copies found", kinds["whole"] / count, count, where),
        Figure(TASK, "parts found", kinds["part"] / count, count, where),
    ]


if __name__ == "__main__":
    print_figures([f for n in (10_000, 100_000) for f in speed(n)] if "--speed" in sys.argv else run())
