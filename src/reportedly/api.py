"""The functions of `import reportedly`: each part of the reading for a text at hand. One reader is loaded and kept."""

import dataclasses
import datetime as dt
import functools
import hashlib
from collections.abc import Sequence
from pathlib import Path

from reportedly import intake
from reportedly.errors import UnreadableInput, UsageError
from reportedly.extract import actors, events, places, stance, statements, times
from reportedly.parsing import Parse
from reportedly.reading import Reader
from reportedly.records import Actor, Article, Certainty, Coding, Place, Reading, Span, Statement, TimeSpan, make_id

Published = dt.datetime | dt.date | str | None
Extent = tuple[int, int]


@functools.cache
def _reader() -> Reader:
    return Reader()


def _day(published: Published) -> dt.date | None:
    if isinstance(published, str):
        read = intake.read_published(published)
        if read is None:
            raise UsageError(f"published={published!r} is no date: write it as 2014-12-03")
        published = read
    return published.date() if isinstance(published, dt.datetime) else published


def _parsed(text: str) -> tuple[Article, Parse]:
    """All of a text, nothing skipped: what stands at a span is parsed even where it looks like a title or a byline."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    article = Article(id=make_id("text", digest), sha256=digest, text=text)
    return next(_reader().parse_many([article]))


def _extent(text: str, extent: Extent, what: str) -> Span:
    start, end = extent
    if not 0 <= start < end <= len(text):
        raise UsageError(f"{what}={extent}: not a half-open span of a text of {len(text)} characters")
    return Span(start=start, end=end, text=text[start:end])


def read(
    path: str | Path | None = None,
    *,
    text: str | None = None,
    html: str | None = None,
    published: Published = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Reading:
    """The reading of one article: a file, or `text`, or `html`.

    Raises UnreadableInput when it cannot be read, and UsageError when a file holds several articles.
    """
    if sum(given is not None for given in (path, text, html)) != 1:
        raise UsageError("read() takes one of: a path, text=, html=")
    day = _day(published) if not isinstance(published, dt.datetime) else published
    if text is not None:
        article = intake.article_from_text(text, published=day, publisher=publisher, title=title, url=url)
    elif html is not None:
        article = intake.article_from_html(html, published=day, publisher=publisher, title=title, url=url)
    else:
        found = list(intake.open_articles([str(path)], published=day, publisher=publisher, title=title, url=url))
        if len(found) != 1:
            raise UsageError(f"{path} holds {len(found)} articles: use Reader().read_many(open_articles([path]))")
        if isinstance(found[0], UnreadableInput):
            raise found[0]
        article = found[0]
    return _reader().read(article)


def find_statements(text: str) -> list[Statement]:
    """Who said what in a text: all statements but the narrator's, with names resolved within it."""
    article, parse = _parsed(text)
    reader = _reader()
    said, _ = reader.statements(article, parse)
    _, resolved, _, _ = actors.resolve_actors(article, parse, said, (), reader.directory, reader.language)
    return list(resolved)


def code_actor(text: str, context: str | None = None, on: dt.date | None = None) -> Actor | None:
    """Who the words name, coded as on the day `on`; None where they name nobody."""
    return actors.code_actor(text, _reader().directory, context=context, on=on)


def resolve_places(text: str, spans: Sequence[Extent], publisher: str | None = None) -> list[Place | None]:
    """The places that the given spans name, each with the rest of the text as its context; None where unknown.

    A span may also be a spatial expression ("25 miles into Iraq").
    """
    for extent in spans:
        _extent(text, extent, "spans")
    found = list(places.resolve_spans(text, spans, _reader().gazetteer, publisher))
    if None not in found:
        return found
    drawn = find_spatial(text, publisher)
    return [place or _drawn(drawn, extent) for place, extent in zip(found, spans, strict=True)]


def _drawn(drawn: Sequence[Place], extent: Extent) -> Place | None:
    """The spatial expression at an extent, give or take a word."""
    start, end = extent
    shared = [(p, min(p.end, end) - max(p.start, start)) for p in drawn]
    return next((p for p, size in shared if 5 * size >= 4 * (max(p.end, end) - min(p.start, start))), None)


def find_places(text: str, publisher: str | None = None) -> list[Place]:
    """The places that a text names, in order; peoples ("Syrian troops") count and have the precision of a country."""
    article, parse, reader = _named(text, publisher)
    return list(places.name_places(article, parse, reader.gazetteer, reader.language)[1])


def find_spatial(text: str, publisher: str | None = None) -> list[Place]:
    """What a text's spatial expressions mean ("25 miles into Iraq", "near the Syrian border"), each with its shape.

    `geometry` is GeoJSON, `lat` and `lon` the best point, `radius_km` the radius around it that holds nine tenths.
    """
    article, parse, reader = _named(text, publisher)
    return list(places.find_spatial(article, parse, reader.gazetteer, reader.language))


def _named(text: str, publisher: str | None) -> tuple[Article, Parse, Reader]:
    article, parse = _parsed(text)
    return dataclasses.replace(article, publisher=publisher), parse, _reader()


def find_times(text: str, published: Published = None) -> list[TimeSpan]:
    """The time expressions of a text (TimeML's TIMEX3), resolved against the day of publication."""
    return list(times.find_times(text, _day(published)))


def resolve_time(expression: str, published: Published = None, sentence: str | None = None) -> TimeSpan | None:
    """One time expression as an interval; offsets count from its own start."""
    return times.resolve_time(expression, _day(published), sentence)


def code_relation(text: str, actor: Extent, recipient: Extent) -> Coding:
    """What the actor at one span does to the recipient at another: always one of PLOVER's types."""
    spans = _extent(text, actor, "actor"), _extent(text, recipient, "recipient")
    _, parse = _parsed(text)
    reader = _reader()
    return events.code_relation(parse, *spans, reader.ontology, reader.models)


def rate_certainty(text: str, event: Extent) -> Certainty:
    """How certain the text is that the event named at a span happened."""
    span = _extent(text, event, "event")
    article, parse = _parsed(text)
    reader = _reader()
    said, _ = statements.find_statements(article, parse, reader.language)
    return stance.rate_certainty(parse, span, reader.language, reader.models, said)
