"""Stances on sentences that we wrote ourselves: the source's towards the marked happening, by class with confusion.

`training/stances/*.tsv` has lines `story<TAB>stance<TAB>text`; in the text `{s:…}` are the words of the source, `{c:…}`
the cue, `{e:…}` what the position is on, and ` || ` parts what goes before. A line is read whole; it counts as found
when a statement covers its marks and holds a report, as positions on the annotated stories do. The files of HELD were
neither looked at nor trained on; no story stands in two files.
"""

import collections
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import reportedly
from benchmarks.report import print_figures
from benchmarks.scorers import Figure, prf
from benchmarks.stories import STANCES, Extent, Position, match
from reportedly.records import Article

FOLDER = Path(__file__).parents[1] / "training" / "stances"
HELD = ("5", "7")
_MARK = re.compile(r"\{([sce]):([^{}]*)\}")


@dataclass(frozen=True)
class Line:
    """A line without its marks: text, stance, and the extents of source, cue and what it is on."""

    name: str
    story: str
    stance: str
    text: str
    marks: dict[str, Extent]


def read_lines(path: Path) -> list[Line]:
    """The lines of one file."""
    lines = []
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        story, stance, marked = row.split("\t")
        marked = marked.replace(" || ", " ")
        text, at, marks = "", 0, {}
        for mark in _MARK.finditer(marked):
            text += marked[at : mark.start()]
            marks[mark[1]] = (len(text), len(text) + len(mark[2]))
            text += mark[2]
            at = mark.end()
        text += marked[at:]
        lines.append(Line(f"{path.stem}:{number}", story, stance, text, marks))
    return lines


def read_all(files: list[Path]) -> list[tuple[Line, Position]]:
    """Each line with the position found."""
    reader = reportedly.Reader()
    lines = [line for path in files for line in read_lines(path)]
    articles = [Article(id=line.name, sha256="", text=line.text) for line in lines]
    found = []
    for line, reading in zip(lines, reader.read_many(articles), strict=True):
        marks = line.marks
        gold = {key: None if mark not in marks else line.text[slice(*marks[mark])] for key, mark in _KEYS.items()}
        position = Position(gold | {"source_name": None}, marks.get("s"), marks.get("c"), marks.get("e"))
        match(position, reading)
        found.append((line, position))
    return found


_KEYS = {"source": "s", "cue": "c", "content": "e"}


def run(files: list[Path] | None = None) -> list[Figure]:
    """Positions coded, stance F1 by class and their mean; on the files held apart unless others are given."""
    files = files or [FOLDER / f"{name}.tsv" for name in HELD]
    part = "our sentences, file " + ", ".join(path.stem for path in files)
    found = read_all(files)
    given = [(line.stance, p.report.stance if p.report else None) for line, p in found]
    n = len(given)
    figures = [Figure("stances", "positions coded", sum(g is not None for _, g in given) / n, n, part)]
    for stance in STANCES:
        right = sum(gold == stance == got for gold, got in given)
        score = prf(right, sum(got == stance for _, got in given), right, sum(gold == stance for gold, _ in given))
        figures.append(Figure("stances", f"stance F1, {stance}", score.f1, sum(g == stance for g, _ in given), part))
    four = [figure.value for figure in figures[1:5]]
    figures.append(Figure("stances", "stance F1, mean of those four", sum(four) / 4, n, part))
    return figures


def confusion(found: list[tuple[Line, Position]]) -> str:
    """Gold stances down, found ones across."""
    counts = collections.Counter((line.stance, p.report.stance if p.report else "-") for line, p in found)
    columns = (*STANCES, "-")
    rows = [f"{'':10}" + "".join(f"{c:>10}" for c in columns)]
    return "\n".join(rows + [f"{g:10}" + "".join(f"{counts[g, c]:10}" for c in columns) for g in STANCES])


if __name__ == "__main__":
    paths = [FOLDER / f"{name}.tsv" for name in sys.argv[1:] if not name.startswith("-")]
    paths = paths or [FOLDER / f"{name}.tsv" for name in HELD]
    if "--errors" in sys.argv:
        for line, position in read_all(paths):
            got = position.report.stance if position.report else None
            if got != line.stance:
                cue = position.statement and position.statement.cue and position.statement.cue.text
                print(f"{line.name} {line.stance} -> {got} [{cue}] | {line.text}")
    elif "--confusion" in sys.argv:
        print(confusion(read_all(paths)))
    else:
        print_figures(run(paths))
