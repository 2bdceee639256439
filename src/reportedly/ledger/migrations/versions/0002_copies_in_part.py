"""Copies in part, keys to find candidates by, people's decisions on copies."""

import sqlalchemy as sa
from alembic import op

from reportedly.ledger.schema import Words

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds two columns and two tables; what is there stays as it is."""
    op.add_column("copies", sa.Column("kind", Words(), nullable=True))
    op.add_column("copies", sa.Column("sentences", Words(), nullable=True))
    op.create_table(
        "sketches",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("moment", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reading", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["readings.number"], name=op.f("fk_sketches_reading")),
        sa.PrimaryKeyConstraint("key", "moment", "reading", name=op.f("pk_sketches")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "copy_judgements",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("article", Words(), nullable=False),
        sa.Column("copy_of", Words(), nullable=False),
        sa.Column("same", sa.Boolean(), nullable=True),
        sa.Column("judge", Words(), nullable=False),
        sa.Column("judged", Words(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_copy_judgements")),
    )
