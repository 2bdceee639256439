"""Plain text: the article's text is the input, character for character."""

import dataclasses
import hashlib

from reportedly.errors import UnreadableInput
from reportedly.intake.dateline import load_datelines
from reportedly.intake.dates import read_published
from reportedly.intake.fields import Fields, host_of
from reportedly.intake.heading import Head, read_head
from reportedly.intake.lines import split_lines
from reportedly.intake.skipping import find_skipped, load_skips
from reportedly.records import Article, Skipped, make_id


def build_article(text: str, fields: Fields, *, where: str, path: str | None) -> Article:
    """An article of a text and what is known besides; what is not known is looked for in the text's head.

    Raises UnreadableInput (`empty`, `binary`, `encoding`) for a text that cannot be read on.
    """
    check_text(text, where)
    lines = split_lines(text)
    skipped = find_skipped(text, lines, load_skips())
    gone = {part.start for part in skipped}
    stop = skipped[-1].start if skipped and skipped[-1].reason == "comment-form" else len(text)
    kept = [line for line in lines if line.start not in gone and line.start < stop]
    head = read_head(text, kept, load_datelines(), fields.title)
    fields = fields.or_else(_from_head(head))
    if text.startswith("\ufeff"):
        skipped.append(Skipped(start=0, end=1, reason="byte-order-mark"))
    return _article(text, fields, head, _merged([*skipped, *head.skipped], head), path)


def check_text(text: str, where: str) -> None:
    """Raises UnreadableInput for a text that is empty or holds what no ledger can keep."""
    if not text.replace("\ufeff", "").strip():
        raise UnreadableInput(where, "empty", "there is no text in it")
    if "\0" in text:
        raise UnreadableInput(where, "binary", f"a NUL character stands at character {text.index(chr(0))}")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UnreadableInput(where, "encoding", f"half a surrogate pair stands at character {error.start}") from error


def _from_head(head: Head) -> Fields:
    published, raw, rule = head.published, head.published_raw, "page" if head.published else None
    if published is None and head.dateline and head.dateline.date:
        # An agency's dateline seldom gives the year; without it there is no date.
        published = read_published(head.dateline.date)
        raw, rule = (head.dateline.date, "dateline") if published else (None, None)
    return Fields(
        title=head.title.text if head.title else None,
        byline=head.byline,
        published=published,
        published_raw=raw,
        published_rule=rule,
    )


def _article(text: str, fields: Fields, head: Head, skipped: tuple[Skipped, ...], path: str | None) -> Article:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    publisher = fields.publisher or host_of(fields.url)
    published = fields.published.isoformat() if fields.published else None
    known = {field.name: getattr(fields, field.name) for field in dataclasses.fields(fields)}
    return Article(
        **{
            **known,
            "id": fields.id or make_id("article", fields.url, publisher, published, sha256),
            "publisher": publisher,
        },
        dateline=head.dateline,
        sha256=sha256,
        text=text,
        title_span=head.title,
        skipped=skipped,
        path=path,
    )


def _merged(parts: list[Skipped], head: Head) -> tuple[Skipped, ...]:
    """The parts in order; none may overlap another, the dateline or the title."""
    taken = [(span.start, span.end) for span in (head.dateline, head.title) if span]
    merged: list[Skipped] = []
    for part in sorted(parts, key=lambda item: (item.start, -item.end)):
        if any(part.start < end and start < part.end for start, end in taken):
            continue
        merged.append(part)
        taken.append((part.start, part.end))
    return tuple(merged)
