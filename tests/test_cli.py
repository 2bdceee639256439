"""The command line as a user meets it: exit codes, tables and pipes, odd input, resuming."""

import csv
import gzip
import io
import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from reportedly.resources import state_path

STORY = Path(__file__).parents[1] / "examples" / "fishing-boat"
Result = subprocess.CompletedProcess[str]
Runner = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Runner:
    def command(*words: object, stdin: str | None = None) -> Result:
        line = [sys.executable, "-m", "reportedly", *map(str, words)]
        return subprocess.run(
            line, cwd=tmp_path, input=stdin, capture_output=True, text=True, encoding="utf-8", check=False
        )

    return command


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the example story, read once."""
    path = tmp_path_factory.mktemp("ledger") / "story.db"
    line = [sys.executable, "-m", "reportedly", "read", str(STORY), "--ledger", str(path), "--quiet"]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return path


def rows(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def seizure_in(found: list[dict[str, object]]) -> dict[str, object]:
    return next(event for event in found if event["mode"] == "seize")


def test_help_answers_at_once(run: Runner) -> None:
    best = 9.0  # seconds of processor time: what else the machine does must not fail the test
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        result = run("--help")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert result.returncode == 0
    for command in ("read", "events", "show", "statements", "link", "export", "doctor"):
        assert command in result.stdout
    assert best < 0.5


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("read",),
        ("show",),
        ("events", "--format", "xml"),
        ("export", "xlsx"),
        ("statements", "--stance", "x"),
    ],
)
def test_wrong_usage_is_2(run: Runner, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.returncode == 2
    assert result.stderr
    assert "Traceback" not in result.stderr


def test_the_story_gives_an_event_that_is_disputed(run: Runner, ledger: Path) -> None:
    found = rows(run("events", "--ledger", ledger))
    assert all(event["schema"] == "reportedly/event/1" for event in found)
    seizure = seizure_in(found)
    assert seizure["type"] == "COERCE"
    assert seizure["status"] == "disputed"
    assert {"HND"} <= {actor["country"] for actor in seizure["actors"]}  # type: ignore[attr-defined]
    stances = {line["stance"] for line in seizure["reports"]}  # type: ignore[attr-defined]
    assert {"asserts", "confirms", "denies", "declines"} <= stances
    assert seizure["copies"] == 1
    assert seizure["publishers"] == 5


def test_show_prints_the_dossier_and_takes_the_start_of_an_id(run: Runner, ledger: Path) -> None:
    event = seizure_in(rows(run("events", "--ledger", ledger)))
    shown = run("show", str(event["id"])[:14], "--ledger", ledger)
    assert shown.returncode == 0
    for words in ("Denies it", "Says it happened", "Will not or cannot say", "independent"):
        assert words in shown.stdout
    missing = run("show", "event-0000", "--ledger", ledger)
    assert missing.returncode == 3
    assert "event-0000" in missing.stderr


@pytest.mark.parametrize("columns", [80, 160])
def test_the_dossier_says_all_at_any_width(ledger: Path, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from reportedly.cli import dossier
    from reportedly.ledger import Ledger

    out = Console(file=io.StringIO(), width=columns, highlight=False, markup=False)
    monkeypatch.setattr(dossier, "console", lambda: out)
    with Ledger(str(ledger), create=False) as book:
        event = next(event for event in book.events() if event.mode == "seize")
        dossier.print_dossier(event, {reading.article.id: reading.article for reading in book.readings_of(event)})
    assert isinstance(out.file, io.StringIO)
    lines = out.file.getvalue().splitlines()
    assert max(map(len, lines)) <= columns
    text = " ".join(" ".join(lines).split())
    assert f"{len(event.reports)} reports, 5 articles, 1 copy, 5 publishers, {event.origins} origins" in text
    assert "confirmed ‹that a foreign boat had been seized near Roatan› but gave no details." in text
    assert "1 copy: The Harbour Times, 11 Mar 2026, 13:05 UTC" in text
    assert "Meridian Newswire, 11 Mar 2026 (published by it" in text
    assert "The Harbour Times, 11 Mar 2026 (copy of it: 6 of 7 sentences; it credits Meridian Newswire)" in text
    assert "12 Mar 2026 First denial: Honduras denied it in Capital Tribune" in text
    for line in event.reports:
        assert " ".join(line.quote.split())[:40] in text or line.copy_of
    headings = [line for line in lines if line and not line.startswith(" ")]
    assert headings[0] == event.summary
    assert headings[-1] == "Why these reports belong together"


def test_words_of_an_article_do_not_steer_the_terminal() -> None:
    from reportedly.cli.dossier import _text

    assert _text("a\x1b[2Jb\u202ec\x9bd").plain == "a�[2Jb�c�d"


def test_show_writes_a_page(run: Runner, ledger: Path, tmp_path: Path) -> None:
    event = str(seizure_in(rows(run("events", "--ledger", ledger)))["id"])
    shown = run("show", event, "--html", "dossier.html", "--ledger", ledger)
    assert (shown.returncode, shown.stdout) == (0, "")
    whole = (tmp_path / "dossier.html").read_text("utf-8")
    assert whole.startswith("<!DOCTYPE html>")
    for words in ("<mark>that a foreign boat had been seized near Roatan</mark>", "map-title", "read by run"):
        assert words in whole
    again = run("show", event, "--html", "dossier.html", "--ledger", ledger, "--quiet")
    assert (again.returncode, again.stderr) == (0, "")
    assert (tmp_path / "dossier.html").read_text("utf-8") == whole
    assert [path.name for path in tmp_path.iterdir()] == ["dossier.html"]


def test_a_page_that_cannot_be_written_is_said(run: Runner, ledger: Path) -> None:
    event = str(rows(run("events", "--ledger", ledger))[0]["id"])
    nowhere = run("show", event, "--html", "no/such/folder/dossier.html", "--ledger", ledger)
    assert nowhere.returncode == 2
    assert "no/such/folder/dossier.html" in nowhere.stderr
    both = run("show", event, "--html", "dossier.html", "--format", "csv", "--ledger", ledger)
    assert both.returncode == 2
    assert "--format" in both.stderr


def test_statements_are_filtered(run: Runner, ledger: Path) -> None:
    denials = rows(run("statements", "--stance", "denies", "--ledger", ledger))
    assert denials
    assert any("spokesman" in str(row["source"]).lower() for row in denials)
    everything = rows(run("statements", "--ledger", ledger))
    assert len(everything) > len(denials)
    late = rows(run("statements", "--since", "2026-03-13", "--ledger", ledger))
    assert {row["publisher"] for row in late} == {"Northern Daily"}
    table = run("statements", "--source", "union", "--format", "csv", "--ledger", ledger)
    assert all("union" in row["source"].lower() for row in csv.DictReader(io.StringIO(table.stdout)))


@pytest.mark.parametrize("name", ["csv", "csv-reports", "jsonl", "geojson", "plover", "polecat", "parquet"])
def test_exports_are_written_whole(run: Runner, ledger: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    result = run("export", name, "-o", out, "--ledger", ledger)
    assert result.returncode == 0, result.stderr
    assert out.stat().st_size > 100
    assert not list(tmp_path.glob("*.part"))


def test_linking_again_changes_nothing(run: Runner, ledger: Path) -> None:
    before = run("events", "--ledger", ledger).stdout
    (row,) = rows(run("link", "--ledger", ledger))
    assert row["events"] == len(before.splitlines())
    assert run("events", "--ledger", ledger).stdout == before


def test_reading_twice_changes_nothing(run: Runner, tmp_path: Path) -> None:
    first = run("read", STORY)
    before = run("events").stdout
    again = run("read", STORY)
    assert (first.returncode, again.returncode) == (0, 0)
    assert rows(again)[0]["unchanged"] == 5
    assert run("events").stdout == before


def test_bad_input_is_named_and_the_rest_is_read(run: Runner, tmp_path: Path) -> None:
    box = tmp_path / "in"
    box.mkdir()
    (box / "good.txt").write_text(
        "KANO, May 3, 2026 (Wire) — Rebels attacked a camp near Kano on Sunday, the army said."
    )
    (box / "empty.txt").write_bytes(b"")
    (box / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    (box / "broken.txt").write_bytes(b"caf\xe9 \xff\xfe\xfa report")
    (box / "page.html").write_text("<html><body><nav>Home</nav></body></html>")
    (box / "lines.jsonl").write_text('{"text": "The mayor said the town is calm."}\nno json\n{"title": "x"}\n')
    whole = gzip.compress(b'{"text": "The mayor left the town."}\n' * 2000)
    (box / "cut.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    result = run("read", box, "--rejects", tmp_path / "rejects.jsonl")
    assert result.returncode == 1
    lines = (tmp_path / "rejects.jsonl").read_text("utf-8").splitlines()
    reasons = {Path(str(r["where"])).name: r["reason"] for r in map(json.loads, lines)}
    assert reasons["empty.txt"] == "empty"
    assert reasons["picture.txt"] == "binary"
    assert reasons["broken.txt"] == "encoding"
    assert reasons["page.html"] == "no-article"
    assert reasons["lines.jsonl:2"] == "not-json"
    assert reasons["lines.jsonl:3"] == "no-text"
    assert any(name.startswith("cut.jsonl.gz") and reason == "truncated" for name, reason in reasons.items())
    assert {str(r["reason"]) for r in rows(run("rejects"))} == set(reasons.values())


def test_nothing_usable_is_3(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    assert run("read", "empty.txt").returncode == 3
    assert run("read", "missing.txt").returncode == 3


def test_standard_input_and_readings_as_json(run: Runner) -> None:
    text = "The army said rebels attacked a camp near Kano on Sunday."
    result = run("read", "-", "--no-ledger", "--jsonl", "-", "--published", "2026-05-05", stdin=text)
    assert result.returncode == 0, result.stderr
    (reading,) = rows(result)
    assert reading["schema"] == "reportedly/reading/1"
    article = reading["article"]
    assert isinstance(article, dict)
    assert article["text"] == text
    assert article["published"] == "2026-05-05"


def test_two_processes_read_the_same(run: Runner, tmp_path: Path) -> None:
    run("read", STORY, "--no-ledger", "--jsonl", "one.jsonl", "--quiet")
    run("read", STORY, "--no-ledger", "--jsonl", "two.jsonl", "--quiet", "--jobs", 2)

    def readings(name: str) -> list[dict[str, object]]:
        found = [json.loads(line) for line in (tmp_path / name).read_text("utf-8").splitlines()]
        for reading in found:
            reading["article"]["retrieved"] = None
        return found

    assert len(readings("one.jsonl")) == 5
    assert readings("one.jsonl") == readings("two.jsonl")


def test_doctor_says_what_is_there(run: Runner) -> None:
    result = run("doctor", "--format", "table")
    assert result.returncode == 0
    for part in ("parser", "gazetteer", "directory", "ledger", "ok"):
        assert part in result.stdout


def test_explain_shows_what_is_behind_a_report(run: Runner, ledger: Path) -> None:
    exported = run("export", "csv-reports", "--ledger", ledger, "--quiet").stdout
    found = next(row for row in csv.DictReader(exported.splitlines()) if row["type"] and row["source"])
    result = run("explain", found["report"][:20], "--ledger", ledger, "--format", "jsonl")
    assert result.returncode == 0
    parts = {str(row["part"]): str(row["detail"]) for row in rows(result)}
    assert "[[" in parts["sentence"]
    assert parts["type"].startswith(found["type"])
    assert "triggers.csv:" in parts["lexicon"]
    assert {"stances by model", "score", "cue"} <= parts.keys()


def test_copies_are_listed_and_judged(run: Runner, tmp_path: Path) -> None:
    text = (
        "The gates of the harbour of Sandvik were shut on Monday. Eleven boats were still at sea. "
        "A tug brought nine of them home in the morning. The coast guard searches for the other two."
    )
    lines = [{"id": name, "text": text, "published": f"2031-03-0{day}"} for day, name in ((3, "wire"), (4, "print"))]
    (tmp_path / "two.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert run("read", "two.jsonl", "--quiet").returncode == 0
    (copy,) = rows(run("copies"))
    assert (copy["article"], copy["copy_of"], copy["kind"], copy["share"], copy["judged"]) == (
        "print",
        "wire",
        "whole",
        1.0,
        None,
    )
    assert [sentence["text"] for sentence in copy["sentences"]][1] == "Eleven boats were still at sea."  # type: ignore[attr-defined]
    assert next(csv.DictReader(io.StringIO(run("copies", "--format", "csv").stdout)))["sentences"] == "4"
    assert "print" in run("copies", "--format", "table").stdout
    done = run("judge", "print", "wire", "--different", "--by", "ana")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "print: no copy of wire\n")
    assert rows(run("copies")) == []
    assert run("judge", "print", "wire", "--same", "--by", "ana", "--quiet").stderr == ""
    assert [row["judged"] for row in rows(run("copies"))] == ["copy, by ana"]
    assert run("judge", "print", "wire", "--undo", "--by", "ana").returncode == 0
    assert [row["judged"] for row in rows(run("copies"))] == [None]


def test_reports_are_judged(run: Runner, ledger: Path) -> None:
    event = next(row for row in rows(run("events", "--ledger", ledger)) if len(row["reports"]) > 1)  # type: ignore[arg-type]
    left, right = [line["report"] for line in event["reports"]][:2]  # type: ignore[attr-defined]
    done = run("judge", left, right, "--different", "--by", "ana", "--ledger", ledger)
    assert (done.returncode, done.stderr) == (0, f"{left}, {right}: different\n")
    assert run("judge", left, right, "--undo", "--by", "ana", "--ledger", ledger).returncode == 0
    for words, code in (
        ((left, right, "--by", "ana"), 2),
        ((left, right, "--same", "--undo", "--by", "ana"), 2),
        ((left, right, "--same"), 2),
        ((left, "nothing", "--same", "--by", "ana"), 3),
        ((left, event["reports"][0]["article"], "--same", "--by", "ana"), 3),  # type: ignore[index]
    ):
        assert run("judge", *words, "--ledger", ledger).returncode == code, words


def test_explain_of_nothing_is_an_error(run: Runner, ledger: Path) -> None:
    assert run("explain", "report-nowhere", "--ledger", ledger).returncode == 3


def test_actors_are_imported_into_a_folder(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "actors.txt").write_text("TEST_LEAGUE_ [GBRREB]\n", encoding="utf-8")
    assert run("actors", "import", tmp_path / "actors.txt", "-o", tmp_path / "own").returncode == 0
    assert "Test League" in (tmp_path / "own" / "organisations.csv").read_text(encoding="utf-8")


def test_places_are_added_and_broken_lines_named(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "gazetteer.sqlite").symlink_to(state_path("gazetteer.sqlite"))
    monkeypatch.setenv("REPORTEDLY_HOME", str(home))
    cells = ["900001", "Ash Shimbar", "Ash Shimbar", "", "36.5", "43.5", "P", "PPL", "IQ", "", "15", *[""] * 8]
    (tmp_path / "IQ.txt").write_text("\t".join(cells) + "\n" + "broken\n" * 22, encoding="utf-8")
    (tmp_path / "own.csv").write_text(
        "name,kind,country,lat,lon,radius_km,names\nTel Gharib,site,IRQ,36.1,43.2,4,\n", encoding="utf-8"
    )
    added = run("gazetteer", "add", "IQ.txt", "own.csv")
    assert added.returncode == 1
    for words in ("IQ.txt: 1 places", "IQ.txt:2: 1 values between tabs, not 19", "and 2 more", "2 places of your own"):
        assert words in added.stderr
    again = run("gazetteer", "add", "own.csv")
    assert again.returncode == 0
    assert "nothing in it is new" in again.stderr
    assert run("gazetteer", "add", "own.csv", "--quiet").stderr == ""
    assert "IQ.txt:2:" in run("gazetteer", "add", "IQ.txt", "--quiet").stderr
    assert "2 places of your own" in run("doctor", "--format", "csv").stdout
    (tmp_path / "notes.txt").write_text("The mayor left the town.\n", encoding="utf-8")
    refused = run("gazetteer", "add", "notes.txt")
    assert refused.returncode == 3
    assert "notes.txt:1:" in refused.stderr
    assert "Traceback" not in refused.stderr
