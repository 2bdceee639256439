"""Precision of reports on a sample that we read ourselves: type, parties, source and stance right or not.

`benchmarks/own/precision.tsv` has one line a report: the article's id in `coverage/fnc1_train`, offsets and codes of
the report, and our verdicts (1 right, 0 wrong). No text is kept. The sample was drawn at random from the reports of
articles outside the annotated stories; `--draw N FILE` draws another one and writes what a reader needs to judge it.

A report counts as right when both its type and its parties are. A listed report that is no longer made counts neither
way; the share still made says how far the sample is that of today's system. By threshold (`coding` in the settings)
the figures say what is gained and lost by coding less: precision, and the share of all right ones that is left.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import reportedly
from benchmarks import data
from benchmarks.report import print_figures
from benchmarks.scorers import Figure
from reportedly.extract.events.scoring import score_of
from reportedly.records import Article, Reading, Report

SET = "coverage/fnc1_train.jsonl"
VERDICTS = Path(__file__).parent / "own" / "precision.tsv"
COLUMNS = (
    "article",
    "start",
    "end",
    "type",
    "stance",
    "actors",
    "recipients",
    "type_right",
    "parties_right",
    "source_right",
    "stance_right",
)
ARTICLES, SEED = 260, 11


def rows() -> list[dict[str, Any]]:
    """The articles outside the stories that positions are measured on."""
    held = {path.stem for path in data.path("stories").glob("*/*.txt")}
    found = list(data.lines(SET))
    told = {row["story"] for row in found if row["id"].split(":")[1] in held}
    return [row for row in found if row["story"] not in told]


def readings(chosen: list[dict[str, Any]]) -> Iterator[Reading]:
    """Their readings."""
    reader = reportedly.Reader()
    yield from reader.read_many(Article(id=row["id"], sha256="", text=row["text"]) for row in chosen)


def key(reading: Reading, report: Report) -> tuple[str, ...]:
    """What a verdict is on."""
    sides = (";".join(f"{p.start}-{p.end}" for p in side) for side in (report.actors, report.recipients))
    place = (str(report.trigger.start), str(report.trigger.end))
    return (reading.article.id, *place, report.type or "-", report.stance, *sides)


def draw(number: int, path: Path, seed: int = SEED) -> None:
    """Writes the lines of a new sample to `path` and, beside it, the sheet that a reader judges them by."""
    dice = random.Random(seed)
    pool = [(r, report) for r in readings(dice.sample(rows(), ARTICLES)) for report in r.reports]
    chosen = dice.sample(pool, number)
    chosen.sort(key=lambda pair: (pair[0].article.id, pair[1].trigger.start))
    path.write_text("\n".join("\t".join((*key(*pair), "", "", "", "")) for pair in chosen) + "\n", encoding="utf-8")
    sheets = (sheet(n, *pair) for n, pair in enumerate(chosen, 1))
    path.with_suffix(".txt").write_text("\n".join(sheets), encoding="utf-8")


def sheet(number: int, reading: Reading, report: Report) -> str:
    """What there is to know of one report."""
    text, statement = reading.article.text, next(s for s in reading.statements if s.id == report.statement)
    at, end = report.trigger.start, report.trigger.end
    context = f"{text[max(0, at - 450) : at]}[[{text[at:end]}]]{text[end : end + 300]}".replace("\n", " ")
    source, cue = statement.source, statement.cue
    who = "(the outlet itself)" if statement.is_narrator else repr(source.text) if source else "(no source)"
    sides = (
        "; ".join(f"{p.text} [{p.name}, {p.country}]" for p in side) or "-"
        for side in (report.actors, report.recipients)
    )
    first = next((r for r in reading.reports if r.id == report.refers_to), None)
    lines = [
        f"### {number}",
        f"TITLE: {(reading.article.title or text[:100]).splitlines()[0][:100]}",
        f"TEXT: {context}",
        f"SOURCE: {who}   CUE: {cue.text if cue else '-'}   STANCE: {report.stance}",
        f"TYPE: {report.type or 'none'} {report.mode or ''}  {report.modality}{' negated' * report.negated}",
        "ACTORS: {}   RECIPIENTS: {}".format(*sides),
    ]
    if first is not None:
        lines.append(f"POINTS BACK TO: {text[max(0, first.trigger.start - 100) : first.trigger.end + 100]!r}")
    return "\n".join(lines) + "\n"


def run() -> list[Figure]:
    """The share right of those listed that are still made, in parts, and by threshold."""
    lines = [row.split("\t") for row in VERDICTS.read_text(encoding="utf-8").splitlines()]
    wanted = {line[0] for line in lines}
    scores: dict[tuple[str, ...], float] = {}
    for reading in readings([row for row in rows() if row["id"] in wanted]):
        by_id = {s.id: s for s in reading.statements}
        scores.update((key(reading, r), score_of(r, by_id[r.statement])) for r in reading.reports)
    kept = [line for line in lines if tuple(line[:7]) in scores]
    figures = [Figure("precision", "listed reports still made", len(kept) / len(lines), len(lines), SET)]
    parts = {
        "all": kept,
        "with a type": [p for p in kept if p[3] != "-"],
        "without": [p for p in kept if p[3] == "-"],
        "asserted": [p for p in kept if p[4] == "asserts"],
        "other stances": [p for p in kept if p[4] != "asserts"],
    }
    right = {name: sum(line[7] == line[8] == "1" for line in part) for name, part in parts.items()}
    for name, part in parts.items():
        figures.append(Figure("precision", f"type and parties right, {name}", right[name] / len(part), len(part), SET))
    for place, name in ((7, "type"), (8, "parties"), (9, "source"), (10, "stance")):
        share = sum(line[place] == "1" for line in kept) / len(kept)
        figures.append(Figure("precision", f"{name} right", share, len(kept), SET))
    for threshold in (0.4, 0.5, 0.55, 0.6):
        part = [line for line in kept if scores[tuple(line[:7])] >= threshold]
        good = sum(line[7] == line[8] == "1" for line in part)
        figures.append(Figure("precision", f"coding = {threshold}: precision", good / len(part), len(part), SET))
        figures.append(
            Figure("precision", f"coding = {threshold}: right ones left", good / right["all"], len(part), SET)
        )
    return figures


if __name__ == "__main__":
    if "--draw" in sys.argv:
        at = sys.argv.index("--draw")
        draw(int(sys.argv[at + 1]), Path(sys.argv[at + 2]), int(sys.argv[at + 3]) if len(sys.argv) > at + 3 else SEED)
    else:
        print_figures(run())
