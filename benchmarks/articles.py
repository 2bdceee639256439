"""The lines of the coverage sets as articles, and a ledger of them."""

import datetime as dt
import sys
from collections.abc import Iterable, Mapping
from typing import Any

import reportedly


def article_of(row: Mapping[str, Any]) -> reportedly.Article:
    """A line as an article. FA-KES writes its days month/day/year, the others in ISO 8601; FNC-1 has none."""
    published = row["published"]
    if published and "/" in published:
        month, day, year = map(int, published.split("/"))
        published = dt.date(year, month, day)
    made: reportedly.Article = reportedly.article_from_text(
        row["text"],
        id=row["id"],
        publisher=row["publisher"],
        published=published,
        title=row["headline"],
        url=row.get("url"),
    )
    return made


def ledger_of(articles: Iterable[reportedly.Article]) -> reportedly.Ledger:
    """A linked ledger in memory. An article that cannot be read is named and left out: it meets no other."""
    reader, ledger = reportedly.Reader(), reportedly.Ledger(":memory:")
    for one, parse in reader.parse_many(articles):
        try:
            reading = reader.derive(one, parse)
        except reportedly.ReportedlyError as error:
            print(f"not read: {one.id}: {error}", file=sys.stderr)
        else:
            ledger.add(reading)
    ledger.link()
    return ledger
