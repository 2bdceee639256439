"""JSON lines: one article a line, under our own key names or the common other ones."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from reportedly.errors import UnreadableInput
from reportedly.intake.dates import read_published
from reportedly.intake.fields import Fields, dated, language_code

# What each field is called, our own name first; the first that holds something counts. docs/formats.md shows this.
KEYS: dict[str, tuple[str, ...]] = {
    "text": (
        "text",
        "maintext",
        "main_text",
        "body",
        "body_text",
        "bodyText",
        "article_body",
        "articleBody",
        "article_text",
        "full_text",
        "fulltext",
        "plain_text",
        "cleaned_text",
        "content",
        "article",
        "story",
    ),
    "html": ("html", "raw_html", "content_html", "body_html", "page_html"),
    "id": ("id", "article_id", "doc_id", "document_id", "story_id", "uuid", "guid", "_id"),
    "url": ("url", "link", "source_url", "canonical_url", "web_url", "webUrl", "permalink", "uri"),
    "title": ("title", "headline", "title_page", "title_rss", "webTitle"),
    "publisher": (
        "publisher",
        "source_domain",
        "outlet",
        "newspaper",
        "site_name",
        "source_name",
        "media_name",
        "publication",
        "source",
        "domain",
    ),
    "byline": ("byline", "authors", "author", "creator"),
    "published": (
        "published",
        "date_publish",
        "date_published",
        "datePublished",
        "published_at",
        "publishedAt",
        "published_date",
        "publish_date",
        "publication_date",
        "pub_date",
        "pubDate",
        "webPublicationDate",
        "isoDate",
        "date",
        "timestamp",
    ),
    "language": ("language", "lang", "language_code", "inLanguage"),
    "retrieved": (
        "retrieved",
        "date_download",
        "download_date",
        "retrieved_at",
        "scraped_at",
        "crawled_at",
        "fetched_at",
    ),
}
# Keys whose value may be an object ({"name": "Harbour Post"}) or a list of names.
_NAMES = ("publisher", "byline", "title")
_INNER = ("name", "main", "title")


def read_record(line: str, where: str) -> dict[str, Any]:
    """The object of one line. Raises UnreadableInput (`not-json`)."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(where, "not-json", str(error)) from error
    if not isinstance(record, dict):
        raise UnreadableInput(where, "not-json", f"a JSON {type(record).__name__}, not an object")
    return record


def record_fields(record: Mapping[str, Any], where: str) -> tuple[str | None, str | None, Fields]:
    """Text, HTML and the other fields of a record.

    Raises UnreadableInput (`bad-field`, `no-text`) when a value has a type that the field cannot have.
    """
    found = {name: _value(record, name, where) for name in KEYS}
    text, html = found["text"], found["html"]
    if text is None and html is None:
        if any(isinstance(record.get(key), str) for name in ("text", "html") for key in KEYS[name]):
            raise UnreadableInput(where, "empty", "there is no text in it")
        raise UnreadableInput(where, "no-text", f"it has neither text nor html; its keys are {', '.join(record)[:200]}")
    raw, language, retrieved = found["published"], found["language"], found["retrieved"]
    date = dated(raw, "json") if raw else Fields()
    fields = Fields(
        id=found["id"],
        url=found["url"],
        publisher=found["publisher"],
        title=found["title"],
        byline=found["byline"],
        published=date.published,
        published_raw=date.published_raw,
        published_rule=date.published_rule,
        language=language_code(language) if language else None,
        retrieved=_moment(retrieved) if retrieved else None,
    )
    return text, html, fields


def _value(record: Mapping[str, Any], name: str, where: str) -> str | None:
    """The first value under one of a field's keys that is not empty, as a string.

    Under our own key a wrong type is an error; under another's name it may well mean something else and is passed over.
    """
    for key in KEYS[name]:
        value = record.get(key)
        if value is None or value == "" or value == []:
            continue
        words = _words(value, name)
        if words is None and key == name:
            raise UnreadableInput(where, "bad-field", f"{key} is a JSON {type(value).__name__}: {str(value)[:80]}")
        if words and words.strip():
            _check(words, key, where)
            return words
    return None


def _check(words: str, key: str, where: str) -> None:
    """Raises UnreadableInput for characters that JSON can write and no database keeps."""
    if "\0" in words:
        raise UnreadableInput(where, "binary", f"{key} holds a NUL character")
    try:
        words.encode()
    except UnicodeEncodeError as error:
        raise UnreadableInput(
            where, "encoding", f"{key} holds half a surrogate pair at character {error.start}"
        ) from error


def _words(value: Any, name: str) -> str | None:
    """A field's value as a string; None when it has a type that the field cannot have."""
    if isinstance(value, str):
        return value if name in ("text", "html") else value.strip()
    if isinstance(value, int | float) and not isinstance(value, bool) and name in ("id", "published", "retrieved"):
        return str(int(value)) if value == value // 1 else str(value)
    if name in _NAMES and isinstance(value, dict):
        return next((value[key].strip() for key in _INNER if isinstance(value.get(key), str)), None)
    if name == "byline" and isinstance(value, list):
        names = [_words(item, name) for item in value]
        return None if None in names else ", ".join(filter(None, names))
    return None


def _moment(raw: str) -> dt.datetime | None:
    """A time of retrieval; a bare date has no clock time and does not count."""
    moment = read_published(raw)
    return moment if isinstance(moment, dt.datetime) else None
