"""A reading as rows of the tables, and back."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from reportedly.ledger import schema
from reportedly.ledger.codec import fields_of, packed, record_from
from reportedly.linking import sentence_spans
from reportedly.linking.text import fold
from reportedly.records import (
    READING_SCHEMA,
    Actor,
    Article,
    Entry,
    Mention,
    Party,
    Reading,
    Report,
    Run,
    Span,
    Statement,
    make_id,
)

Row = dict[str, Any]
# What an integer column holds. Larger numbers stand whole in the reading's body, the column is for sorting.
_LARGEST = 2**63 - 1
_JOIN = " … "


def now() -> str:
    """The moment as ISO 8601 text, UTC."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def article_key(article: str) -> str:
    """The indexed key of an article's id."""
    return make_id("article", article)


def reading_key(article: str, sha256: str, run: str) -> str:
    """The indexed key of a reading: the same article and run again is the same reading."""
    return make_id("reading", article, sha256, run)


def run_row(run: Run) -> Row:
    """The row of a run."""
    return {
        "id": run.id,
        "version": run.version,
        "parser": run.parser,
        "language": run.language,
        "settings": run.settings,
        "models": packed(list(run.models)),
        "added": now(),
    }


def text_row(article: Article) -> Row:
    """The row of an article's text."""
    return {
        "digest": hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest(),
        "text": article.text,
    }


def reading_row(reading: Reading, digest: str) -> Row:
    """The row of a reading; its number is given by the database."""
    article, run = reading.article, reading.run.id
    body: Row = {"schema": READING_SCHEMA, **fields_of(reading)}
    body["run"] = {**fields_of(reading.run), "id": run}
    body["article"] = {name: value for name, value in fields_of(article).items() if name != "text"}
    return {
        "key": reading_key(article.id, article.sha256, run),
        "article_key": article_key(article.id),
        "article": article.id,
        "sha256": article.sha256,
        "run": run,
        "digest": digest,
        "body": packed(body),
        "added": now(),
    }


def reading_from(body: Mapping[str, Any], text: str) -> Reading:
    """The reading that was stored, equal to the one that was added."""
    return record_from(Reading, {**body, "article": {**body["article"], "text": text}})


def article_from(body: Mapping[str, Any], text: str) -> Article:
    """The article of a stored reading."""
    return record_from(Article, {**body["article"], "text": text})


def detail_rows(reading: Reading) -> list[tuple[sa.Table, list[Row]]]:
    """The rows of all that was derived, by table, without the reading's number and run."""
    tables: list[tuple[sa.Table, list[Row]]] = [
        (schema.articles, [_article_row(reading.article)]),
        (schema.skipped, [_ends(part) | {"reason": part.reason} for part in reading.article.skipped]),
        (schema.mentions, [_mention_row(mention) for mention in reading.mentions]),
        (schema.statements, [_statement_row(said) for said in reading.statements]),
        (schema.reports, _report_rows(reading)),
        (schema.parties, [row for report in reading.reports for row in _party_rows(report)]),
        (schema.numbers, [row for report in reading.reports for row in _number_rows(report)]),
        (schema.origins, [_ends(o) | {"name": o.name, "text": o.text} for o in reading.origins]),
        (schema.notes, [_ends(note) | {"code": note.code, "detail": note.detail} for note in reading.notes]),
    ]
    for table, rows in tables:
        if "position" in table.c:
            for position, row in enumerate(rows):
                row.setdefault("position", position)
    return [(table, rows) for table, rows in tables if rows]


def _ends(span: Any, prefix: str = "") -> Row:
    return {
        f"{prefix}start": None if span is None else span.start,
        f"{prefix}stop": None if span is None else span.end,
    }


def _words(span: Span | None) -> str | None:
    return None if span is None else span.text


def _iso(moment: dt.date | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _integer(value: int | None) -> int | None:
    return None if value is None else max(-_LARGEST, min(value, _LARGEST))


def _article_row(article: Article) -> Row:
    line = article.dateline
    return {
        "id": article.id,
        "url": article.url,
        "publisher": article.publisher,
        "title": article.title,
        "byline": article.byline,
        "dateline_place": line.place if line else None,
        "dateline_outlet": line.outlet if line else None,
        "dateline_date": line.date if line else None,
        "published": _iso(article.published),
        "day": _iso(article.day),
        "published_raw": article.published_raw,
        "published_rule": article.published_rule,
        "retrieved": _iso(article.retrieved),
        "language": article.language,
        "path": article.path,
    }


def _mention_row(mention: Mention) -> Row:
    actor = mention.actor
    return {
        "id": mention.id,
        "kind": mention.kind,
        "text": mention.text,
        "name": mention.name,
        "actor_name": actor.name if actor else None,
        "country": actor.country if actor else None,
        "sectors": ";".join(actor.sectors) if actor else None,
        **_ends(mention),
    }


def _statement_row(said: Statement) -> Row:
    source = said.source
    names = [name for name in (source.name, source.text) if name] if source else []
    return {
        "id": said.id,
        "source_mention": source.mention if source else None,
        "source_text": source.text if source else None,
        "source_name": source.name if source else None,
        "source_kind": source.kind if source else None,
        "source_folded": fold("\n".join(names)),
        **_ends(source, "source_"),
        "cue": _words(said.cue),
        "cue_class": said.cue_class,
        "content": _JOIN.join(span.text for span in said.content),
        "quote": said.quote,
        "channel": _words(said.channel),
        "relayed_by": said.relayed_by,
        "within": said.within,
        **_ends(said.cue, "cue_"),
    }


def _report_rows(reading: Reading) -> list[Row]:
    if not reading.reports:
        return []
    text = reading.article.text
    spans = sentence_spans(text)
    return [_report_row(report, _sentence(text, spans, report.trigger)) for report in reading.reports]


def _sentence(text: str, spans: list[tuple[int, int]], trigger: Span) -> str:
    """The sentence in which the words stand, by the same rough rule that linking compares texts with."""
    touching = [span for span in spans if span[0] < trigger.end and trigger.start < span[1]]
    return text[touching[0][0] : touching[-1][1]] if touching else trigger.text


def _report_row(report: Report, sentence: str) -> Row:
    place, time = report.place, report.time
    return {
        "id": report.id,
        "statement": report.statement,
        "type": report.type,
        "quad": report.quad,
        "mode": report.mode,
        "contexts": ";".join(report.contexts),
        "trigger_text": report.trigger.text,
        **_ends(report.trigger, "trigger_"),
        "sentence": sentence,
        "stance": report.stance,
        "certainty": report.certainty,
        "modality": report.modality,
        "negated": report.negated,
        "refers_to": report.refers_to,
        "killed": _integer(report.killed),
        "injured": _integer(report.injured),
        "size": _integer(report.size),
        "place": (place.name or place.text) if place else None,
        "place_country": place.country if place else None,
        "place_admin1": place.admin1 if place else None,
        "geonameid": place.geonameid if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "first": _iso(time.first) if time else None,
        "last": _iso(time.last) if time else None,
    }


def _party_rows(report: Report) -> list[Row]:
    return [
        _party_row(party) | {"report": report.id, "side": side, "position": position}
        for side, named in (("actor", report.actors), ("recipient", report.recipients))
        for position, party in enumerate(named)
    ]


def _party_row(party: Party) -> Row:
    return {
        "mention": party.mention,
        "text": party.text,
        "name": party.name,
        "country": party.country,
        "sectors": ";".join(party.sectors),
        **_ends(party),
    }


def _number_rows(report: Report) -> list[Row]:
    return [
        {
            "report": report.id,
            "position": position,
            "kind": number.kind,
            "low": _integer(number.low),
            "high": _integer(number.high),
            "text": number.text,
            **_ends(number),
        }
        for position, number in enumerate(report.numbers)
    ]


def entries_of(reading: Reading) -> list[Entry]:
    """Entries of a reading, as the ledger would give them."""
    text = reading.article.text
    spans = sentence_spans(text)
    sentences = {report.id: _sentence(text, spans, report.trigger) for report in reading.reports}
    return entries_from(json.loads(reading_row(reading, "")["body"]), sentences)


def entries_from(body: Mapping[str, Any], sentences: Mapping[str, str]) -> list[Entry]:
    """Entries of a stored reading for the reports named in `sentences` (by id), in the order of the reading."""
    head = body["article"]
    article = record_from(Article, {**head, "text": ""})
    said = {data["id"]: data for data in body["statements"]}
    actors = {data["id"]: data["actor"] for data in body["mentions"] if data["actor"]}
    people = {data["id"] for data in body["mentions"] if data["kind"] == "person"}
    credited = tuple(dict.fromkeys(origin["name"] for origin in body["origins"]))
    built: dict[str, Statement] = {}
    entries = []
    for data in body["reports"]:
        if data["id"] not in sentences:
            continue
        name = data["statement"]
        if name not in built:
            built[name] = record_from(Statement, said[name])
        source = built[name].source
        actor = actors.get(source.mention) if source and source.mention else None
        report = record_from(Report, data)
        named = {party.mention for party in (*report.actors, *report.recipients) if party.mention}
        entries.append(
            Entry(
                report=report,
                statement=built[name],
                source_actor=None if actor is None else record_from(Actor, actor),
                article=article.id,
                publisher=article.publisher or (article.dateline.outlet if article.dateline else None),
                published=article.published,
                title=article.title,
                origins=credited,
                sentence=sentences[data["id"]],
                url=article.url,
                persons=tuple(sorted(named & people)),
            )
        )
    return entries
