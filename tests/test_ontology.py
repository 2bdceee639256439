"""The ontology's data files: what they hold, and what is refused on load."""

from pathlib import Path

import pytest

from reportedly import ontology
from reportedly.errors import ResourceError
from reportedly.ontology import load_ontology, parse_frame, parse_needs


def test_plover_is_whole() -> None:
    loaded = load_ontology()
    assert len(loaded.types) == 16
    assert len(loaded.contexts) == 37
    assert len(loaded.sectors) == 25
    assert {kind.quad for kind in loaded.types.values()} == set(loaded.quads)
    assert sum(len(kind.modes) for kind in loaded.types.values()) == 67


def test_triggers_cover_every_type_and_mode() -> None:
    loaded = load_ontology()
    assert len({trigger.line for trigger in loaded.triggers}) >= 500
    named = {(trigger.type, trigger.mode) for trigger in loaded.triggers}
    for code, kind in loaded.types.items():
        assert any(found == code for found, _ in named)
        for name, mode in kind.modes.items():
            assert (code, name) in named or mode.words, f"nothing gives {code} the mode {name}"


def test_longer_triggers_come_first() -> None:
    rows = load_ontology().verbs["refuse"]
    assert [len(row.words) for row in rows] == sorted((len(row.words) for row in rows), reverse=True)


def test_inflected_forms() -> None:
    forms = load_ontology().forms
    assert forms["staged"] == "stage"
    assert forms["overran"] == "overrun"
    assert forms["vilified"] == "vilify"
    assert forms["banned"] == "ban"


def test_frames() -> None:
    frame = parse_frame("subj>obj|on", "here")
    assert (frame.actors, frame.recipients, frame.mutual) == (("subj",), ("obj", "on"), False)
    assert parse_frame("subj=with", "here").mutual
    with pytest.raises(ResourceError, match="neither > nor ="):
        parse_frame("subj obj", "here")


def test_needs() -> None:
    (need,) = parse_needs("obj|at?=@party|deal", "here")
    assert (need.slots, need.kind, need.words, need.classes) == (("obj", "at"), "?=", {"deal"}, {"party"})
    assert parse_needs("obj!=deal", "here")[0].kind == "!="
    with pytest.raises(ResourceError, match="slot=value"):
        parse_needs("obj", "here")


HEADER = "words,pos,type,mode,frame,needs,contexts,example\n"


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("hit,adverb,ASSAULT,,,,,They hit us.", "pos 'adverb'"),
        ("hit,verb,HARM,,,,,They hit us.", "type 'HARM'"),
        ("hit,verb,ASSAULT,softly,,,,They hit us.", "mode 'softly'"),
        ("hit,verb,ASSAULT,,,,weather,They hit us.", "context weather"),
        ("hit,verb,ASSAULT,,subj,,,They hit us.", "frame 'subj'"),
        ("hit,verb,ASSAULT,,,obj=@nobody,,They hit us.", "class @nobody"),
        ("hit,verb,ASSAULT,,,,,", "must not be empty"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(tmp_path: Path, row: str, complaint: str) -> None:
    loaded = load_ontology()
    path = tmp_path / "triggers.csv"
    path.write_text(f"{HEADER}# a comment\n{row}\n", encoding="utf-8")
    with pytest.raises(ResourceError, match=complaint) as caught:
        ontology._read_triggers(path, loaded.types, loaded.contexts, loaded.classes)
    assert f"{path}:3" in str(caught.value)
