"""The tables of the ledger: the only place with column names, but for the migrations that made them.

Rows are keyed by content and run. A reading has a running number; of an article's readings the last one counts, the
older ones are kept. Moments and days are ISO 8601 text, which keeps "a day" and "a moment" apart and sorts alike on
every database. Rows of one article carry the number of its reading and the id of its run.
"""

import re
from typing import Any

import sqlalchemy as sa

# Migrations in order; the last is what this version of the code reads and writes. A test holds it against the files.
REVISIONS = ("0001", "0002", "0003", "0004")
VERSION_TABLE = "reportedly_version"

# PostgreSQL takes no NUL in a text, and no database takes half a surrogate pair. Such characters are stored as
# this mark (a private-use character that news does not use) and four hex digits, and read back as they were.
_MARK = "\ue000"
_REFUSED = re.compile("[\x00\ud800-\udfff\ue000]")
_STORED = re.compile(_MARK + "([0-9a-f]{4})")


def stored(text: str) -> str:
    """The text as every database takes it; the same text unless it holds characters that one of them refuses."""
    return _REFUSED.sub(lambda match: f"{_MARK}{ord(match.group()):04x}", text)


def restored(text: str) -> str:
    """The text as it was before `stored`."""
    return _STORED.sub(lambda match: chr(int(match.group(1), 16)), text) if _MARK in text else text


class Words(sa.types.TypeDecorator[str]):
    """Text with any characters, read back exactly."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        """See `stored`."""
        return value if value is None or (value.isascii() and "\x00" not in value) else stored(value)

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        """See `restored`."""
        return value if value is None or value.isascii() else restored(value)


METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, Words) for name in names]


def _whole(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.BigInteger) for name in names]


def _number() -> sa.Column[Any]:
    # SQLite counts up by itself only in a column that it calls INTEGER.
    kind = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    return sa.Column("number", kind, primary_key=True, autoincrement=True)


def _of_reading() -> list[sa.Column[Any]]:
    return [
        sa.Column("reading", sa.BigInteger, sa.ForeignKey("readings.number"), primary_key=True),
        sa.Column("run", Words, sa.ForeignKey("runs.id"), nullable=False),
    ]


def _position() -> sa.Column[Any]:
    return sa.Column("position", sa.Integer, primary_key=True)


runs = sa.Table(
    "runs",
    METADATA,
    sa.Column("id", Words, primary_key=True),
    *_text("version", "parser", "language", "settings", "models", "added"),
)
# Texts by the SHA-256 of their characters: runs of one article share it.
texts = sa.Table(
    "texts", METADATA, sa.Column("digest", Words, primary_key=True), sa.Column("text", Words, nullable=False)
)
readings = sa.Table(
    "readings",
    METADATA,
    _number(),
    # make_id of article, sha256 and run, and of the article: an article's own id may be too long for an index.
    sa.Column("key", Words, nullable=False, unique=True),
    sa.Column("article_key", Words, nullable=False),
    sa.Column("article", Words, nullable=False),
    sa.Column("sha256", Words, nullable=False),
    sa.Column("run", Words, sa.ForeignKey("runs.id"), nullable=False),
    sa.Column("digest", Words, sa.ForeignKey("texts.digest"), nullable=False),
    sa.Column("body", Words, nullable=False),  # the reading's JSON but for the article's text
    *_text("added"),
    sa.Index(None, "article_key", "number"),
)
articles = sa.Table(
    "articles",
    METADATA,
    *_of_reading(),
    sa.Column("id", Words, nullable=False),
    *_text("url", "publisher", "title", "byline", "dateline_place", "dateline_outlet", "dateline_date"),
    *_text("published", "day", "published_raw", "published_rule", "retrieved", "language", "path"),
)
skipped = sa.Table("skipped", METADATA, *_of_reading(), _position(), *_whole("start", "stop"), *_text("reason"))
mentions = sa.Table(
    "mentions",
    METADATA,
    *_of_reading(),
    sa.Column("id", Words, primary_key=True),
    *_text("kind", "text", "name", "actor_name", "country", "sectors"),
    *_whole("start", "stop"),
)
statements = sa.Table(
    "statements",
    METADATA,
    *_of_reading(),
    sa.Column("id", Words, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    *_text("source_mention", "source_text", "source_name", "source_kind", "source_folded"),
    *_whole("source_start", "source_stop"),
    *_text("cue", "cue_class", "content", "quote", "channel", "relayed_by", "within"),
    *_whole("cue_start", "cue_stop"),
)
reports = sa.Table(
    "reports",
    METADATA,
    *_of_reading(),
    sa.Column("id", Words, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("statement", Words, nullable=False),
    *_text(
        "type", "quad", "mode", "contexts", "trigger_text", "sentence", "stance", "certainty", "modality", "refers_to"
    ),
    *_whole("trigger_start", "trigger_stop", "killed", "injured", "size"),
    sa.Column("negated", sa.Boolean),
    *_text("place", "place_country", "place_admin1", "first", "last"),
    *_whole("geonameid"),
    sa.Column("lat", sa.Float),
    sa.Column("lon", sa.Float),
    sa.Index(None, "id"),
)
parties = sa.Table(
    "parties",
    METADATA,
    *_of_reading(),
    sa.Column("report", Words, primary_key=True),
    sa.Column("side", Words, primary_key=True),
    _position(),
    *_text("mention", "text", "name", "country", "sectors"),
    *_whole("start", "stop"),
)
numbers = sa.Table(
    "numbers",
    METADATA,
    *_of_reading(),
    sa.Column("report", Words, primary_key=True),
    _position(),
    *_text("kind", "text"),
    *_whole("low", "high", "start", "stop"),
)
origins = sa.Table("origins", METADATA, *_of_reading(), _position(), *_text("name", "text"), *_whole("start", "stop"))
notes = sa.Table("notes", METADATA, *_of_reading(), _position(), *_text("code", "detail"), *_whole("start", "stop"))
# Machine views, keyed by the readings that they compare and the run (code, rules, thresholds) that made them.
copies = sa.Table(
    "copies",
    METADATA,
    sa.Column("reading", sa.BigInteger, sa.ForeignKey("readings.number"), primary_key=True),
    sa.Column("original", sa.BigInteger, sa.ForeignKey("readings.number"), primary_key=True, index=True),
    sa.Column("run", Words, sa.ForeignKey("runs.id"), primary_key=True),
    sa.Column("share", sa.Float, nullable=False),
    sa.Column("evidence", Words, nullable=False),
    # None in rows made before there were parts: a whole copy. The copied sentences, as JSON.
    *_text("kind", "sentences"),
)
# Keys that texts which share words are likely to share, by moment of publication: see linking/sketches.py. An index
# like any other, made of the texts and made anew when everything is linked from scratch.
sketches = sa.Table(
    "sketches",
    METADATA,
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("moment", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("reading", sa.BigInteger, sa.ForeignKey("readings.number"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
# Ids and JSON without words of articles: plain text will do, and a million links are written sooner.
links = sa.Table(
    "links",
    METADATA,
    sa.Column("left_reading", sa.BigInteger, sa.ForeignKey("readings.number"), primary_key=True),
    sa.Column("left", sa.Text, primary_key=True),
    sa.Column("right_reading", sa.BigInteger, sa.ForeignKey("readings.number"), primary_key=True),
    sa.Column("right", sa.Text, primary_key=True),
    sa.Column("run", sa.Text, sa.ForeignKey("runs.id"), primary_key=True),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Index(None, "right_reading"),
)
# What linking compares of an article (linking/profiles.py), by the version of the rules that made it; and the words
# by which articles find each other, with the day (an ordinal; 0: none). Made of the readings, anew for new rules.
profiles = sa.Table(
    "profiles",
    METADATA,
    sa.Column("reading", sa.BigInteger, sa.ForeignKey("readings.number"), primary_key=True),
    sa.Column("rules", Words, nullable=False),
    sa.Column("body", Words, nullable=False),
)
profile_keys = sa.Table(
    "profile_keys",
    METADATA,
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("reading", sa.BigInteger, sa.ForeignKey("readings.number"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
# The event that each linked report belongs to, as the links and judgements in force have it: worked out again whenever
# either changes. Nothing is told here that they do not tell.
members = sa.Table(
    "members",
    METADATA,
    sa.Column("reading", sa.BigInteger, sa.ForeignKey("readings.number"), primary_key=True, autoincrement=False),
    sa.Column("report", Words, primary_key=True),
    sa.Column("event", Words, nullable=False),
    sa.Index(None, "event"),
)
# By which run each reading was last linked with the rest: those links count. None: not yet linked.
linked = sa.Table(
    "linked",
    METADATA,
    sa.Column("reading", sa.BigInteger, sa.ForeignKey("readings.number"), primary_key=True),
    sa.Column("run", Words, sa.ForeignKey("runs.id"), index=True),
    *_text("added"),
)
# A person's decisions: never changed, a later one on the same pair replaces an earlier.
judgements = sa.Table(
    "judgements",
    METADATA,
    _number(),
    sa.Column("left", Words, nullable=False),
    sa.Column("right", Words, nullable=False),
    sa.Column("same", sa.Boolean),
    sa.Column("judge", Words, nullable=False),
    sa.Column("judged", Words, nullable=False),
)
# The same on articles: whether the left copies the right. Which of two is the copy matters, and the ids are those of
# articles, which readings of later runs share, so these stand apart from the decisions on reports.
copy_judgements = sa.Table(
    "copy_judgements",
    METADATA,
    _number(),
    sa.Column("article", Words, nullable=False),
    sa.Column("copy_of", Words, nullable=False),
    sa.Column("same", sa.Boolean),
    sa.Column("judge", Words, nullable=False),
    sa.Column("judged", Words, nullable=False),
)
rejects = sa.Table(
    "rejects",
    METADATA,
    sa.Column("id", Words, primary_key=True),
    *_text("location", "reason", "detail", "added"),
)
# Which input gave which reading, and when: a file read again under another name is a second row.
inputs = sa.Table(
    "inputs",
    METADATA,
    sa.Column("id", Words, primary_key=True),
    sa.Column("reading", sa.BigInteger, sa.ForeignKey("readings.number"), nullable=False),
    sa.Column("run", Words, sa.ForeignKey("runs.id"), nullable=False),
    *_text("location", "added"),
)
