"""What is known of an article besides its text: from flags, from the record, from the page."""

import dataclasses
import datetime as dt
import re
import urllib.parse
from dataclasses import dataclass

import pycountry

from reportedly.intake.dates import read_published

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The fields of an article that do not come from its text; None is not known.

    `published_raw` may be there without `published`: the date as written, when it cannot be read.
    """

    id: str | None = None
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    byline: str | None = None
    published: dt.date | dt.datetime | None = None
    published_raw: str | None = None
    published_rule: str | None = None
    language: str | None = None
    retrieved: dt.datetime | None = None

    def or_else(self, other: "Fields") -> "Fields":
        """These fields, and where one is not known, the other's; the three of the date go together."""
        mine = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        filled = {name: getattr(other, name) if value is None else value for name, value in mine.items()}
        dated = self if self.published is not None or (other.published is None and self.published_raw) else other
        for name in ("published", "published_raw", "published_rule"):
            filled[name] = getattr(dated, name)
        return Fields(**filled)


def dated(raw: str, rule: str) -> Fields:
    """Fields with a date of publication as written, read if it can be."""
    return Fields(published=read_published(raw), published_raw=raw, published_rule=rule)


def host_of(url: str | None) -> str | None:
    """The host of an address without `www.`: stands for the publisher where none is named."""
    if not url:
        return None
    try:
        host = urllib.parse.urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def language_code(raw: str) -> str | None:
    """The code of a language given as a tag (en-GB, en_US) or by name (English); None for what is neither."""
    match = _TAG.fullmatch(raw.strip())
    if match:
        return match[1].lower()
    try:
        found = pycountry.languages.lookup(raw.strip())
    except LookupError:
        return None
    return str(getattr(found, "alpha_2", found.alpha_3))
