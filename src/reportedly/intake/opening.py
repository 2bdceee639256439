"""Opens inputs as bytes: files, folders, pipes, gzip; size limit and encoding."""

import codecs
import contextlib
import gzip
import io
import os
import re
import stat
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportedly.errors import UnreadableInput

STANDARD_INPUT = "-"
# What reportedly itself writes beside the articles; in a folder these are no inputs.
_OWN_FILES = re.compile(r"reportedly\.toml|.*\.db(?:-wal|-shm|-journal)?|.*\.rejects\.jsonl")
_GZIP = b"\x1f\x8b"
_PEEK = 4096
_MAGIC = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive or office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x7fELF": "a program",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"\x28\xb5\x2f\xfd": "zstandard",
    b"7z\xbc\xaf": "a 7z archive",
    b"SQLite format 3": "a SQLite database",
}
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I
)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Browsers read these declarations as Windows-1252, which has more printable characters and is what was meant.
_WINDOWS = ("iso-8859-1", "latin-1", "latin1", "iso8859-1", "us-ascii", "ascii", "iso_8859-1")


@dataclass(frozen=True, slots=True)
class Source:
    """One opened input: `where` names it in rejects, `stream` gives its bytes with any gzip taken off."""

    where: str
    stream: io.BufferedReader
    max_bytes: int

    def read(self) -> bytes:
        """All bytes. Raises UnreadableInput (`too-large`, `truncated`), at most one byte over the limit read."""
        with damage(self.where):
            data = self.stream.read(self.max_bytes + 1)
        if len(data) > self.max_bytes:
            raise UnreadableInput(self.where, "too-large", f"more than {self.max_bytes:,} bytes")
        return data


@contextlib.contextmanager
def damage(where: str) -> Iterator[None]:
    """Turns what gzip and the system raise on damaged data into UnreadableInput."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableInput(where, "truncated", f"the gzip data is not whole: {error}") from error
    except OSError as error:
        raise UnreadableInput(where, "missing", f"it cannot be read: {error.strerror or error}") from error


def list_inputs(given: str) -> Iterator[str | UnreadableInput]:
    """The files that an input stands for: itself, or all files of a folder and its folders, sorted by path.

    Hidden files and folders, and the files that reportedly itself writes, are passed over in folders.
    """
    if given == STANDARD_INPUT or not os.path.isdir(given):
        yield given
        return
    refused: list[OSError] = []
    found = False
    for folder, folders, names in os.walk(given, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and not _OWN_FILES.fullmatch(name):
                found = True
                yield os.path.join(folder, name)
    for error in refused:
        yield UnreadableInput(str(error.filename), "missing", f"the folder cannot be read: {error.strerror}")
    if not found and not refused:
        yield UnreadableInput(given, "empty", "the folder holds no files")


@contextlib.contextmanager
def open_source(path: str, max_bytes: int) -> Iterator[Source]:
    """Opens a file or standard input. Raises UnreadableInput (`missing`, `truncated`)."""
    with contextlib.ExitStack() as stack:
        with damage(path):
            raw: Any = sys.stdin.buffer if path == STANDARD_INPUT else stack.enter_context(Path(path).open("rb"))
            # What tests and shells put in the place of standard input cannot always be looked at ahead.
            raw = raw if hasattr(raw, "peek") else io.BufferedReader(raw)
            head = raw.peek(2)[:2]
        # The bytes tell, not the ending: downloads are often unpacked on the way and keep their name.
        if head == _GZIP:
            raw = io.BufferedReader(stack.enter_context(gzip.GzipFile(fileobj=raw)), _PEEK)
        yield Source(path, raw, max_bytes)


def is_pipe(path: str) -> bool:
    """Whether the input has no name that could tell its format: standard input, a pipe, a terminal."""
    if path == STANDARD_INPUT:
        return True
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


def peek(source: Source) -> bytes:
    """The first bytes of an input, without taking them."""
    with damage(source.where):
        return source.stream.peek(_PEEK)[:_PEEK]


def check_binary(head: bytes, where: str) -> None:
    """Raises UnreadableInput (`binary`) for bytes that no text begins with."""
    for magic, name in _MAGIC.items():
        if head.startswith(magic):
            raise UnreadableInput(where, "binary", f"it is {name}")
    if b"\0" in head and not head.startswith(_UTF16):
        raise UnreadableInput(where, "binary", f"a NUL byte stands at byte {head.index(0)}")


def decode(data: bytes, where: str, *, page: bool = False) -> str:
    """The characters of an input: UTF-8, UTF-16 with its mark, or (for a web page) the encoding that it declares.

    A UTF-8 mark stays as the first character. No other encoding is guessed: a wrong guess gives wrong names.
    Raises UnreadableInput (`empty`, `binary`, `encoding`).
    """
    if not data:
        raise UnreadableInput(where, "empty", "it has no bytes")
    check_binary(data, where)
    try:
        return data.decode("utf-16" if data.startswith(_UTF16) else "utf-8")
    except UnicodeDecodeError as error:
        declared = _CHARSET.search(data[:_PEEK]) if page else None
        if declared is None:
            detail = f"byte {error.start} is not valid {error.encoding.upper()}; convert the file to UTF-8"
            raise UnreadableInput(where, "encoding", detail) from error
        name = declared[1].decode("ascii").lower()
    try:
        return data.decode("cp1252" if name in _WINDOWS else name)
    except (LookupError, UnicodeError) as error:
        raise UnreadableInput(where, "encoding", f"the page declares {name}, which does not fit: {error}") from error
