"""Intake: from files, folders and pipes to articles. What is read, and why something is not, is in docs/formats.md."""

import datetime as dt
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from reportedly.errors import UnreadableInput, UsageError
from reportedly.intake.dates import read_published
from reportedly.intake.fields import Fields, language_code
from reportedly.intake.html import article_from_page
from reportedly.intake.jsonl import read_record, record_fields
from reportedly.intake.opening import (
    Source,
    check_binary,
    damage,
    decode,
    is_pipe,
    list_inputs,
    open_source,
    peek,
)
from reportedly.intake.skipping import SKIP_REASONS
from reportedly.intake.text import build_article
from reportedly.records import Article

__all__ = [
    "FORMATS",
    "SKIP_REASONS",
    "Format",
    "article_from_html",
    "article_from_text",
    "open_articles",
    "read_published",
]

Result = Article | UnreadableInput
Published = str | dt.date | dt.datetime | None
MAX_BYTES = 50_000_000
_PAGE = re.compile(rb"\s*<(?:!--|\?xml|(?:!doctype|html|head|body|meta|title|article|div|p)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read: its endings, and the function that reads one opened input with the given fields."""

    endings: tuple[str, ...]
    read: Callable[[Source, Fields], Iterator[Result]]
    about: str


def open_articles(
    inputs: Iterable[str | os.PathLike[str]],
    *,
    format: str | None = None,  # noqa: A002 - the flag's name
    published: Published = None,
    publisher: str | None = None,
    url: str | None = None,
    title: str | None = None,
    max_bytes: int = MAX_BYTES,
    language: str | None = None,
    retrieved: dt.datetime | None = None,
) -> Iterator[Result]:
    """The articles of files, folders (with their folders) and `-` (standard input), one after the other, read lazily.

    What cannot be read comes as an UnreadableInput in its place, and the rest is read. `format` is a key of FORMATS
    or one of their endings, for all inputs; the other fields go before what the inputs say. `max_bytes` holds for a
    file, or for one line of JSON lines, after gzip.
    Raises UsageError at once for an unknown format or a `published` that is no date.
    """
    given = _given(published, publisher=publisher, url=url, title=title, language=language, retrieved=retrieved)
    return _open_all([os.fspath(item) for item in inputs], _format_named(format), given, max_bytes)


def article_from_text(
    text: str,
    *,
    id: str | None = None,  # noqa: A002 - the record's name
    published: Published = None,
    publisher: str | None = None,
    url: str | None = None,
    title: str | None = None,
    language: str | None = None,
    retrieved: dt.datetime | None = None,
    path: str | None = None,
) -> Article:
    """The article of a text, which it keeps character for character.

    Raises UnreadableInput when there is no text in it, UsageError when `published` is no date.
    """
    given = _given(published, id=id, publisher=publisher, url=url, title=title, language=language, retrieved=retrieved)
    return build_article(text, given, where=path or "text", path=path)


def article_from_html(
    html: str | bytes,
    *,
    id: str | None = None,  # noqa: A002 - the record's name
    published: Published = None,
    publisher: str | None = None,
    url: str | None = None,
    title: str | None = None,
    language: str | None = None,
    retrieved: dt.datetime | None = None,
    path: str | None = None,
) -> Article:
    """The article of a web page; `html` is not fetched from anywhere.

    Raises UnreadableInput when the page holds no article, UsageError when `published` is no date.
    """
    given = _given(published, id=id, publisher=publisher, url=url, title=title, language=language, retrieved=retrieved)
    where = path or "html"
    page = decode(html, where, page=True) if isinstance(html, bytes) else html
    return article_from_page(page, given, where=where, path=path)


def _given(
    published: Published,
    *,
    publisher: str | None,
    url: str | None,
    title: str | None,
    language: str | None,
    retrieved: dt.datetime | None,
    id: str | None = None,  # noqa: A002 - the record's name
) -> Fields:
    day = read_published(published) if isinstance(published, str) else published
    if day is None and published is not None:
        raise UsageError(f"published: {published!r} is no date of publication; write it as 2014-12-03")
    code = language_code(language) if language else None
    if language and code is None:
        raise UsageError(f"language: {language!r} is no language; write its code, as en")
    raw = published if isinstance(published, str) else day.isoformat() if day else None
    return Fields(
        id=id,
        url=url,
        publisher=publisher,
        title=title,
        published=day,
        published_raw=raw,
        published_rule="flag" if day else None,
        language=code,
        retrieved=retrieved,
    )


def _format_named(name: str | None) -> Format | None:
    if name is None:
        return None
    for key, form in FORMATS.items():
        if name.lower() == key or f".{name.lower().lstrip('.')}" in form.endings:
            return form
    raise UsageError(f"unknown input format {name!r}; one of {', '.join(FORMATS)}")


def _open_all(inputs: list[str], form: Format | None, given: Fields, max_bytes: int) -> Iterator[Result]:
    for item in inputs:
        for path in list_inputs(item):
            if isinstance(path, UnreadableInput):
                yield path
                continue
            try:
                yield from _open_one(path, form, given, max_bytes)
            except UnreadableInput as reject:
                yield reject


def _open_one(path: str, form: Format | None, given: Fields, max_bytes: int) -> Iterator[Result]:
    form = form or _format_of(path)
    if form is None and not is_pipe(path):
        if not os.path.exists(path):
            raise UnreadableInput(path, "missing", "no such file")
        known = " ".join(ending for each in FORMATS.values() for ending in each.endings)
        raise UnreadableInput(
            path, "unknown-format", f"its ending is none of {known}; give --format to read it all the same"
        )
    with open_source(path, max_bytes) as source:
        yield from (form or _sniffed(peek(source))).read(source, given)


def _format_of(path: str) -> Format | None:
    """The format that a file's ending names, `.gz` left out."""
    name = os.path.basename(path).lower().removesuffix(".gz")
    return next((form for form in FORMATS.values() if name.endswith(form.endings)), None)


def _sniffed(head: bytes) -> Format:
    """The format of bytes without a name: an object is JSON lines, a tag is a web page, all else is text."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return FORMATS["jsonl" if start.startswith(b"{") else "html" if _PAGE.match(start) else "text"]


def _read_text(source: Source, given: Fields) -> Iterator[Result]:
    text = decode(source.read(), source.where)
    yield build_article(text, given, where=source.where, path=source.where)


def _read_html(source: Source, given: Fields) -> Iterator[Result]:
    page = decode(source.read(), source.where, page=True)
    yield article_from_page(page, given, where=source.where, path=source.where)


def _read_jsonl(source: Source, given: Fields) -> Iterator[Result]:
    """One article a line; blank lines are passed over. A line that cannot be read is rejected and the next one read."""
    check_binary(peek(source), source.where)
    number, seen = 0, False
    while True:
        number += 1
        with damage(f"{source.where}:{number}"):
            raw = source.stream.readline(source.max_bytes + 1)
        if not raw:
            break
        if not raw.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        seen = True
        try:
            yield _record(raw, number, source, given)
        except UnreadableInput as reject:
            yield reject
    if not seen:
        raise UnreadableInput(source.where, "empty", "it has no lines")


def _record(raw: bytes, number: int, source: Source, given: Fields) -> Article:
    where = f"{source.where}:{number}"
    if len(raw) > source.max_bytes:
        while raw and not raw.endswith(b"\n"):
            with damage(where):
                raw = source.stream.readline(source.max_bytes)
        raise UnreadableInput(where, "too-large", f"the line has more than {source.max_bytes:,} bytes")
    line = decode(raw, where).removeprefix("\ufeff" if number == 1 else "")
    text, html, fields = record_fields(read_record(line, where), where)
    fields = given.or_else(fields)
    if text is not None:
        return build_article(text, fields, where=where, path=source.where)
    return article_from_page(html or "", fields, where=where, path=source.where)


FORMATS: dict[str, Format] = {
    "text": Format((".txt", ".text"), _read_text, "plain text, one article a file"),
    "html": Format((".html", ".htm", ".xhtml"), _read_html, "a saved web page, one article a file"),
    "jsonl": Format((".jsonl", ".ndjson"), _read_jsonl, "one JSON object a line, one article an object"),
}
