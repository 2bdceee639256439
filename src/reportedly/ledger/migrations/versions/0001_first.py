"""The first tables."""

import sqlalchemy as sa
from alembic import op

from reportedly.ledger.schema import Words

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes every table; those that others point to first."""
    _judgements()
    _rejects()
    _runs()
    _texts()
    _readings()
    _articles()
    _copies()
    _inputs()
    _linked()
    _links()
    _mentions()
    _notes()
    _numbers()
    _origins()
    _parties()
    _reports()
    _skipped()
    _statements()


def _judgements() -> None:
    op.create_table(
        "judgements",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("left", Words(), nullable=False),
        sa.Column("right", Words(), nullable=False),
        sa.Column("same", sa.Boolean(), nullable=True),
        sa.Column("judge", Words(), nullable=False),
        sa.Column("judged", Words(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_judgements")),
    )


def _rejects() -> None:
    op.create_table(
        "rejects",
        sa.Column("id", Words(), nullable=False),
        sa.Column("location", Words(), nullable=True),
        sa.Column("reason", Words(), nullable=True),
        sa.Column("detail", Words(), nullable=True),
        sa.Column("added", Words(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejects")),
    )


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", Words(), nullable=False),
        sa.Column("version", Words(), nullable=True),
        sa.Column("parser", Words(), nullable=True),
        sa.Column("language", Words(), nullable=True),
        sa.Column("settings", Words(), nullable=True),
        sa.Column("models", Words(), nullable=True),
        sa.Column("added", Words(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )


def _texts() -> None:
    op.create_table(
        "texts",
        sa.Column("digest", Words(), nullable=False),
        sa.Column("text", Words(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_texts")),
    )


def _readings() -> None:
    op.create_table(
        "readings",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("key", Words(), nullable=False),
        sa.Column("article_key", Words(), nullable=False),
        sa.Column("article", Words(), nullable=False),
        sa.Column("sha256", Words(), nullable=False),
        sa.Column("run", Words(), nullable=False),
        sa.Column("digest", Words(), nullable=False),
        sa.Column("body", Words(), nullable=False),
        sa.Column("added", Words(), nullable=True),
        sa.ForeignKeyConstraint(["digest"], ["texts.digest"], name=op.f("fk_readings_digest")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_readings_run")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_readings")),
        sa.UniqueConstraint("key", name=op.f("uq_readings_key")),
    )
    op.create_index(op.f("ix_readings_article_key_number"), "readings", ["article_key", "number"], unique=False)


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("reading", sa.BigInteger(), nullable=False),
        sa.Column("run", Words(), nullable=False),
        sa.Column("id", Words(), nullable=False),
        sa.Column("url", Words(), nullable=True),
        sa.Column("publisher", Words(), nullable=True),
        sa.Column("title", Words(), nullable=True),
        sa.Column("byline", Words(), nullable=True),
        sa.Column("dateline_place", Words(), nullable=True),
        sa.Column("dateline_outlet", Words(), nullable=True),
        sa.Column("dateline_date", Words(), nullable=True),
        sa.Column("published", Words(), nullable=True),
        sa.Column("day", Words(), nullable=True),
        sa.Column("published_raw", Words(), nullable=True),
        sa.Column("published_rule", Words(), nullable=True),
        sa.Column("retrieved", Words(), nullable=True),
        sa.Column("language", Words(), nullable=True),
        sa.Column("path", Words(), nullable=True),
        sa.ForeignKeyConstraint(["reading"], ["readings.number"], name=op.f("fk_articles_reading")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_articles_run")),
        sa.PrimaryKeyConstraint("reading", name=op.f("pk_articles")),
    )


def _copies() -> None:
    op.create_table(
        "copies",
        sa.Column("reading", sa.BigInteger(), nullable=False),
        sa.Column("original", sa.BigInteger(), nullable=False),
        sa.Column("run", Words(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("evidence", Words(), nullable=False),
        sa.ForeignKeyConstraint(["original"], ["readings.number"], name=op.f("fk_copies_original")),
        sa.ForeignKeyConstraint(["reading"], ["readings.number"], name=op.f("fk_copies_reading")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_copies_run")),
        sa.PrimaryKeyConstraint("reading", "original", "run", name=op.f("pk_copies")),
    )


def _inputs() -> None:
    op.create_table(
        "inputs",
        sa.Column("id", Words(), nullable=False),
        sa.Column("reading", sa.BigInteger(), nullable=False),
        sa.Column("run", Words(), nullable=False),
        sa.Column("location", Words(), nullable=True),
        sa.Column("added", Words(), nullable=True),
        sa.ForeignKeyConstraint(["reading"], ["readings.number"], name=op.f("fk_inputs_reading")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_inputs_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inputs")),
    )


def _linked() -> None:
    op.create_table(
        "linked",
        sa.Column("reading", sa.BigInteger(), nullable=False),
        sa.Column("run", Words(), nullable=False),
        sa.Column("added", Words(), nullable=True),
        sa.ForeignKeyConstraint(["reading"], ["readings.number"], name=op.f("fk_linked_reading")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_linked_run")),
        sa.PrimaryKeyConstraint("reading", name=op.f("pk_linked")),
    )


def _links() -> None:
    op.create_table(
        "links",
        sa.Column("left_reading", sa.BigInteger(), nullable=False),
        sa.Column("left", Words(), nullable=False),
        sa.Column("right_reading", sa.BigInteger(), nullable=False),
        sa.Column("right", Words(), nullable=False),
        sa.Column("run", Words(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("why", Words(), nullable=False),
        sa.ForeignKeyConstraint(["left_reading"], ["readings.number"], name=op.f("fk_links_left_reading")),
        sa.ForeignKeyConstraint(["right_reading"], ["readings.number"], name=op.f("fk_links_right_reading")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_links_run")),
        sa.PrimaryKeyConstraint("left_reading", "left", "right_reading", "right", "run", name=op.f("pk_links")),
    )


def _mentions() -> None:
    op.create_table(
        "mentions",
        sa.Column("reading", sa.BigInteger(), nullable=False),
        sa.Column("run", Words(), nullable=False),
        sa.Column("id", Words(), nullable=False),
        sa.Column("kind", Words(), nullable=True),
        sa.Column("text", Words(), nullable=True),
        sa.Column("name", Words(), nullable=True),
        sa.Column("actor_name", Words(), nullable=True),
        sa.Column("country", Words(), nullable=True),
        sa.Column("sectors", Words(), nullable=True),
        sa.Column("start", sa.BigInteger(), nullable=True),
        sa.Column("stop", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["reading"], ["readings.number"], name=op.f("fk_mentions_reading")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_mentions_run")),
        sa.PrimaryKeyConstraint("reading", "id", name=op.f("pk_mentions")),
    )


def _notes() -> None:
    op.create_table(
        "notes",
        sa.Column("reading", sa.BigInteger(), nullable=False),
        sa.Column("run", Words(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", Words(), nullable=True),
        sa.Column("detail", Words(), nullable=True),
        sa.Column("start", sa.BigInteger(), nullable=True),
        sa.Column("stop", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["reading"], ["readings.number"], name=op.f("fk_notes_reading")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_notes_run")),
        sa.PrimaryKeyConstraint("reading", "position", name=op.f("pk_notes")),
    )


def _numbers() -> None:
    op.create_table(
        "numbers",
        sa.Column("reading", sa.BigInteger(), nullable=False),
        sa.Column("run", Words(), nullable=False),
        sa.Column("report", Words(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", Words(), nullable=True),
        sa.Column("text", Words(), nullable=True),
        sa.Column("low", sa.BigInteger(), nullable=True),
        sa.Column("high", sa.BigInteger(), nullable=True),
        sa.Column("start", sa.BigInteger(), nullable=True),
        sa.Column("stop", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["reading"], ["readings.number"], name=op.f("fk_numbers_reading")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_numbers_run")),
        sa.PrimaryKeyConstraint("reading", "report", "position", name=op.f("pk_numbers")),
    )


def _origins() -> None:
    op.create_table(
        "origins",
        sa.Column("reading", sa.BigInteger(), nullable=False),
        sa.Column("run", Words(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", Words(), nullable=True),
        sa.Column("text", Words(), nullable=True),
        sa.Column("start", sa.BigInteger(), nullable=True),
        sa.Column("stop", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["reading"], ["readings.number"], name=op.f("fk_origins_reading")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_origins_run")),
        sa.PrimaryKeyConstraint("reading", "position", name=op.f("pk_origins")),
    )


def _parties() -> None:
    op.create_table(
        "parties",
        sa.Column("reading", sa.BigInteger(), nullable=False),
        sa.Column("run", Words(), nullable=False),
        sa.Column("report", Words(), nullable=False),
        sa.Column("side", Words(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("mention", Words(), nullable=True),
        sa.Column("text", Words(), nullable=True),
        sa.Column("name", Words(), nullable=True),
        sa.Column("country", Words(), nullable=True),
        sa.Column("sectors", Words(), nullable=True),
        sa.Column("start", sa.BigInteger(), nullable=True),
        sa.Column("stop", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["reading"], ["readings.number"], name=op.f("fk_parties_reading")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_parties_run")),
        sa.PrimaryKeyConstraint("reading", "report", "side", "position", name=op.f("pk_parties")),
    )


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("reading", sa.BigInteger(), nullable=False),
        sa.Column("run", Words(), nullable=False),
        sa.Column("id", Words(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("statement", Words(), nullable=False),
        sa.Column("type", Words(), nullable=True),
        sa.Column("quad", Words(), nullable=True),
        sa.Column("mode", Words(), nullable=True),
        sa.Column("contexts", Words(), nullable=True),
        sa.Column("trigger_text", Words(), nullable=True),
        sa.Column("sentence", Words(), nullable=True),
        sa.Column("stance", Words(), nullable=True),
        sa.Column("certainty", Words(), nullable=True),
        sa.Column("modality", Words(), nullable=True),
        sa.Column("refers_to", Words(), nullable=True),
        sa.Column("trigger_start", sa.BigInteger(), nullable=True),
        sa.Column("trigger_stop", sa.BigInteger(), nullable=True),
        sa.Column("killed", sa.BigInteger(), nullable=True),
        sa.Column("injured", sa.BigInteger(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("negated", sa.Boolean(), nullable=True),
        sa.Column("place", Words(), nullable=True),
        sa.Column("place_country", Words(), nullable=True),
        sa.Column("place_admin1", Words(), nullable=True),
        sa.Column("first", Words(), nullable=True),
        sa.Column("last", Words(), nullable=True),
        sa.Column("geonameid", sa.BigInteger(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["reading"], ["readings.number"], name=op.f("fk_reports_reading")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_reports_run")),
        sa.PrimaryKeyConstraint("reading", "id", name=op.f("pk_reports")),
    )
    op.create_index(op.f("ix_reports_id"), "reports", ["id"], unique=False)


def _skipped() -> None:
    op.create_table(
        "skipped",
        sa.Column("reading", sa.BigInteger(), nullable=False),
        sa.Column("run", Words(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=True),
        sa.Column("stop", sa.BigInteger(), nullable=True),
        sa.Column("reason", Words(), nullable=True),
        sa.ForeignKeyConstraint(["reading"], ["readings.number"], name=op.f("fk_skipped_reading")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_skipped_run")),
        sa.PrimaryKeyConstraint("reading", "position", name=op.f("pk_skipped")),
    )


def _statements() -> None:
    op.create_table(
        "statements",
        sa.Column("reading", sa.BigInteger(), nullable=False),
        sa.Column("run", Words(), nullable=False),
        sa.Column("id", Words(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source_mention", Words(), nullable=True),
        sa.Column("source_text", Words(), nullable=True),
        sa.Column("source_name", Words(), nullable=True),
        sa.Column("source_kind", Words(), nullable=True),
        sa.Column("source_folded", Words(), nullable=True),
        sa.Column("source_start", sa.BigInteger(), nullable=True),
        sa.Column("source_stop", sa.BigInteger(), nullable=True),
        sa.Column("cue", Words(), nullable=True),
        sa.Column("cue_class", Words(), nullable=True),
        sa.Column("content", Words(), nullable=True),
        sa.Column("quote", Words(), nullable=True),
        sa.Column("channel", Words(), nullable=True),
        sa.Column("relayed_by", Words(), nullable=True),
        sa.Column("within", Words(), nullable=True),
        sa.Column("cue_start", sa.BigInteger(), nullable=True),
        sa.Column("cue_stop", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["reading"], ["readings.number"], name=op.f("fk_statements_reading")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_statements_run")),
        sa.PrimaryKeyConstraint("reading", "id", name=op.f("pk_statements")),
    )
