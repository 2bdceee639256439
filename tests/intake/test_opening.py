"""Files, folders, pipes, gzip: what is read, and the reason for what is not."""

import gzip
import io
import json
import os
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reportedly.errors import UnreadableInput, UsageError
from reportedly.intake import FORMATS, open_articles
from reportedly.records import Article

TEXT = "OSLO (AP) — Two ships were hit by an air strike in the harbour on Monday, café owners said.\n"
PAGE = (
    "<html><head><title>Strike</title></head><body><article><p>Two ships were hit by an air strike in the harbour of "
    "the town on Monday, café owners said.</p><p>The ministry denied that any of its aircraft had been near.</p>"
    "</article></body></html>"
)
LINE = json.dumps({"text": TEXT})


def results(*inputs: str | Path, **options: Any) -> list[Article | UnreadableInput]:
    return list(open_articles([str(item) for item in inputs], **options))


def reasons(found: list[Article | UnreadableInput]) -> list[str]:
    return ["read" if isinstance(item, Article) else item.reason for item in found]


@pytest.mark.parametrize(
    ("name", "content"), [("a.txt", TEXT), ("a.HTML", PAGE), ("a.jsonl", LINE), ("a.ndjson", LINE)]
)
@pytest.mark.parametrize("packed", [False, True])
def test_every_format_plain_and_packed(tmp_path: Path, name: str, content: str, packed: bool) -> None:
    data = content.encode()
    path = tmp_path / (f"{name}.gz" if packed else name)
    path.write_bytes(gzip.compress(data) if packed else data)
    (article,) = results(path)
    assert isinstance(article, Article)
    assert "Two ships were hit" in article.text
    assert article.path == str(path)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t", "empty"),
        ("a.txt", "\ufeff".encode(), "empty"),
        ("a.jsonl", b"\n\n", "empty"),
        ("a.html", b"\n", "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n rest", "binary"),
        ("a.jsonl", b"%PDF-1.7 rest", "binary"),
        ("a.txt", b"Two ships\0were hit.", "binary"),
        ("a.html", PAGE.encode("utf-16-le"), "binary"),
        ("a.txt", TEXT.encode("cp1252"), "encoding"),
        ("a.html", PAGE.encode("cp1252"), "encoding"),
        ("a.html", PAGE.replace("<head>", "<head><meta charset=klingon>").encode("cp1252"), "encoding"),
        (
            "a.html",
            PAGE.replace("<head>", "<head><meta charset=shift_jis>").encode("cp1252")[:-1] + b"\xff",
            "encoding",
        ),
        ("a.html", b"<html><body><nav><a href=1>Home</a></nav></body></html>", "no-article"),
        ("a.txt.gz", gzip.compress(TEXT.encode() * 10)[:-12], "truncated"),
        ("a.txt.gz", gzip.compress(TEXT.encode())[:-8] + b"\0" * 8, "truncated"),
        ("a.txt", TEXT.encode() * 30, "too-large"),
        ("a.txt.gz", gzip.compress(TEXT.encode() * 30), "too-large"),
        ("a.html", PAGE.encode() * 30, "too-large"),
        ("a.jsonl", json.dumps({"text": TEXT * 30}).encode(), "too-large"),
        ("a.docx", b"PK", "unknown-format"),
        ("a", TEXT.encode(), "unknown-format"),
    ],
)
def test_what_cannot_be_read_has_its_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    bad, good = tmp_path / name, tmp_path / "good.txt"
    bad.write_bytes(data)
    good.write_text(TEXT)
    found = results(bad, good, max_bytes=2000)
    assert reasons(found) == [reason, "read"]
    assert isinstance(found[0], UnreadableInput)
    assert found[0].where.startswith(str(bad))
    assert found[0].detail


def test_a_missing_file_is_named() -> None:
    found = results("no/such/file.txt", "no/such/file", "")
    assert reasons(found) == ["missing"] * 3
    assert isinstance(found[0], UnreadableInput)
    assert found[0].where == "no/such/file.txt"


def test_utf16_is_read_by_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("utf-16"))
    (article,) = results(path)
    assert isinstance(article, Article)
    assert article.text == TEXT


def test_a_page_is_read_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(
        PAGE.replace("<head>", '<head><meta charset="iso-8859-1">').replace("Two", "“Two”").encode("cp1252")
    )
    (article,) = results(path)
    assert isinstance(article, Article)
    assert "café" in article.text
    assert "“Two”" in article.text


def test_text_is_kept_character_for_character(tmp_path: Path) -> None:
    text = "\ufeffOSLO (AP) —\u00a0Two ships\r\nwere hit.\r🚢 قال\n\n"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    (article,) = results(path)
    assert isinstance(article, Article)
    assert article.text == text


def test_a_folder_is_read_in_order_with_its_folders(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/z.txt",
        "a/y.html",
        ".hidden.txt",
        ".git/x.txt",
        "notes.md",
        "x.rejects.jsonl",
        "story.db",
        "story.db-wal",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(PAGE if name.endswith("html") else TEXT)
    found = results(tmp_path)
    names = [os.path.relpath(item.path or "" if isinstance(item, Article) else item.where, tmp_path) for item in found]
    assert names == ["b.txt", "notes.md", os.path.join("a", "y.html"), os.path.join("a", "z.txt")]
    assert reasons(found) == ["read", "unknown-format", "read", "read"]


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    assert reasons(results(tmp_path)) == ["empty"]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (LINE.encode(), "jsonl"),
        (b"\xef\xbb\xbf" + LINE.encode(), "jsonl"),
        (PAGE.encode(), "html"),
        (b"<!-- saved --><!DOCTYPE html>" + PAGE.encode(), "html"),
        (TEXT.encode(), "text"),
        (b"<strike> is what they called it, and two ships were hit.", "text"),
        (gzip.compress(LINE.encode()), "jsonl"),
    ],
)
def test_standard_input_is_told_by_its_first_bytes(monkeypatch: pytest.MonkeyPatch, data: bytes, rule: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    (article,) = results("-")
    assert isinstance(article, Article)
    assert article.path == "-"
    assert article.text.startswith(
        "<strike>" if data.startswith(b"<strike>") else ("Two" if rule == "html" else "OSLO")
    )


def test_the_format_flag_goes_before_the_ending(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(LINE)
    for name in ("jsonl", "ndjson", ".jsonl", "JSONL"):
        (article,) = results(path, format=name)
        assert isinstance(article, Article)
        assert article.text == TEXT


def test_wrong_flags_are_refused_at_once() -> None:
    with pytest.raises(UsageError, match="unknown input format 'docx'; one of text, html, jsonl"):
        open_articles(["a.txt"], format="docx")
    with pytest.raises(UsageError, match="'soon' is no date"):
        open_articles(["a.txt"], published="soon")


def test_lines_are_read_one_by_one_and_bad_ones_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [
        LINE,
        "",
        "{not json",
        "[1, 2]",
        json.dumps({"id": "x"}),
        json.dumps({"text": 7}),
        json.dumps({"text": " "}),
        '{"text": "half \\ud83d"}',
        '{"text": "nul \\u0000"}',
        "[" * 100_000,
        json.dumps({"html": "<p>no</p>"}),
        LINE,
    ]
    path.write_text("\n".join(lines))
    found = results(path)
    assert reasons(found) == [
        "read",
        "not-json",
        "not-json",
        "no-text",
        "bad-field",
        "empty",
        "encoding",
        "binary",
        "not-json",
        "no-article",
        "read",
    ]
    wheres = [item.where.rsplit(":", 1)[1] for item in found if isinstance(item, UnreadableInput)]
    assert wheres == ["3", "4", "5", "6", "7", "8", "9", "10", "11"]


def test_a_line_in_another_encoding_is_named_and_the_next_one_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = json.dumps({"text": TEXT}, ensure_ascii=False)
    path.write_bytes(line.encode("cp1252") + b"\n" + line.encode())
    assert reasons(results(path)) == ["encoding", "read"]


def test_a_line_over_the_limit_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{LINE}\n{json.dumps({'text': TEXT * 50})}\n{LINE}\n")
    assert reasons(results(path, max_bytes=1000)) == ["read", "too-large", "read"]
    assert reasons(results(path, max_bytes=len(LINE) + 1)) == ["read", "too-large", "read"]


def test_a_cut_gzip_keeps_the_lines_before_the_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    packer = zlib.compressobj(wbits=31)
    # A full flush after ten lines puts their bytes before the cut for certain.
    data = packer.compress(f"{LINE}\n".encode() * 10) + packer.flush(zlib.Z_FULL_FLUSH)
    rest = packer.compress(os.urandom(4000).hex().encode()) + packer.flush()
    path.write_bytes(data + rest[: len(rest) // 2])
    found = results(path)
    assert reasons(found) == ["read"] * 10 + ["truncated"]
    assert isinstance(found[-1], UnreadableInput)
    assert found[-1].where == f"{path}:11"


def test_a_file_packed_or_not_is_told_by_its_bytes(tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.txt.gz", tmp_path / "b.txt"
    plain.write_text(TEXT)
    packed.write_bytes(gzip.compress(TEXT.encode()))
    assert reasons(results(plain, packed)) == ["read", "read"]


def test_articles_come_one_at_a_time(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT)
    stream = open_articles([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")])
    assert isinstance(stream, Iterator)
    next(stream)
    (tmp_path / "b.txt").unlink()
    assert reasons(list(stream)) == ["missing"]


def test_no_two_formats_share_an_ending() -> None:
    endings = [ending for form in FORMATS.values() for ending in form.endings]
    assert len(endings) == len(set(endings))
