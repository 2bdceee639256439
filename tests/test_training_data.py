"""The sentences that we wrote for the relation model: every line has its form, none stands twice."""

import collections

import pytest

from benchmarks.stances import FOLDER, HELD, read_lines
from reportedly.records import STANCES
from training.relation_data import LABELS, unmarked, written


def test_every_line_is_a_marked_sentence_of_a_known_type() -> None:
    pairs = written()
    counts = collections.Counter(label for pair in pairs for label in pair.labels)
    assert set(counts) == set(LABELS)
    assert min(counts.values()) >= 80
    for pair in pairs:
        for span in (pair.actor, pair.recipient):
            assert span is not None
            assert pair.text[slice(*span)].strip()


def test_no_pair_stands_twice() -> None:
    counts = collections.Counter((pair.text, pair.actor, pair.recipient) for pair in written())
    assert [key for key, n in counts.items() if n > 1] == []


@pytest.mark.parametrize(
    "line",
    ["PARTY\tThe {a:army} fed {r:Kano}.", "AID\tThe {a:army} fed Kano.", "AID\tThe {a:army} {fed} {r:Kano}.", "AID"],
)
def test_a_bad_line_is_named(line: str) -> None:
    with pytest.raises(ValueError, match=r"here\.tsv:3"):
        unmarked(line, "here.tsv:3")


def test_every_stance_line_has_its_form() -> None:
    stories: dict[str, str] = {}
    texts = set()
    for path in sorted(FOLDER.glob("*.tsv")):
        for line in read_lines(path):
            assert line.stance in STANCES, line.name
            assert line.marks, line.name
            assert "{" not in line.text, line.name
            assert stories.setdefault(line.story, path.stem) == path.stem, f"{line.story} stands in two files"
            texts.add(line.text)
    assert len(texts) > 1900


def test_the_files_held_apart_are_there() -> None:
    assert all((FOLDER / f"{name}.tsv").exists() for name in HELD)
