"""The language pack: what is in it, that each row's example works, and what is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reportedly.errors import ResourceError
from reportedly.extract.statements import find_statements
from reportedly.language import CUE_CLASSES, FRAMES, LISTS, Cue, Language, load_language, read_cues
from reportedly.parsing import Parse, SpacyParser
from tests.conftest import article_of


@pytest.fixture(scope="module")
def language() -> Language:
    return load_language("en")


def rows(language: Language) -> list[Cue]:
    return sorted((cue for some in language.cues.values() for cue in some), key=lambda cue: cue.line)


def test_pack_covers_every_class_frame_and_list(language: Language) -> None:
    cues = rows(language)
    assert len(cues) >= 350
    assert {cue.kind for cue in cues} == set(CUE_CLASSES)
    assert {frame for cue in cues for frame in cue.frames} == set(FRAMES)
    assert set(language.words) == set(LISTS)


def test_every_example_gives_its_cue_with_its_class(language: Language, parser: SpacyParser) -> None:
    cues = rows(language)
    articles = [article_of(cue.example) for cue in cues]
    missed = []
    for cue, article, parse in zip(cues, articles, parser.parse_many(articles), strict=True):
        found = find_statements(article, parse, language)[0]
        last = cue.words[-1]
        lemmas = {**dict(zip(parse.lower, parse.lemma, strict=True)), **language.lemmas}
        if not any(
            statement.cue is not None
            and statement.cue_class == cue.kind
            and any(last in (word, lemmas.get(word)) for word in statement.cue.text.lower().split())
            for statement in found
        ):
            missed.append(f"line {cue.line}: {' '.join(cue.words)} ({cue.pos}, {cue.kind}): {cue.example}")
    assert not missed, "\n".join(missed)


def test_examples_are_one_a_row(language: Language) -> None:
    examples = [cue.example for cue in rows(language)]
    assert len(examples) == len(set(examples))


HEADER = "lemma,pos,class,frame,example\n"


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("say,verb,utter,clause,He said so.", "class 'utter'"),
        ("say,verbs,say,clause,He said so.", "pos 'verbs'"),
        ("say,verb,say,clauses,He said so.", "frame 'clauses'"),
        ("say,verb,say,prep,He said so.", "write prep:of"),
        ("say,verb,say,clause:of,He said so.", "write prep:of"),
        ("say,verb,say,clause,", "must not be empty"),
        ("say,verb,say,clause", "4 values for 5 columns"),
        ("say,verb,say,clause,One.\nsay,verb,deny,clause,Two.", "on line 2"),
    ],
)
def test_bad_rows_are_refused_with_file_and_line(tmp_path: Path, row: str, complaint: str) -> None:
    path = tmp_path / "cues.csv"
    path.write_text(HEADER + row + "\n", encoding="utf-8")
    with pytest.raises(ResourceError, match=complaint) as raised:
        read_cues(path)
    assert f"{path}:{row.count(chr(10)) + 2}" in str(raised.value)


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(ResourceError, match="languages/xx"):
        load_language("xx")


def test_a_verb_added_as_data_is_found(language: Language, parse: Callable[[str], Parse], tmp_path: Path) -> None:
    import dataclasses

    text = "The mayor bloviated that the bridge was open."
    assert not find_statements(article_of(text), parse(text), language)[0]
    path = tmp_path / "cues.csv"
    path.write_text(f"{HEADER}bloviate,verb,say,clause,{text}\n", encoding="utf-8")
    (cue,) = read_cues(path)
    more = dataclasses.replace(language, cues={**language.cues, "bloviate": (cue,)})
    (statement,) = find_statements(article_of(text), parse(text), more)[0]
    assert statement.source is not None
    assert statement.source.text == "The mayor"
    assert statement.content[0].text == "that the bridge was open"
