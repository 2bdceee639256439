"""What linking keeps of each article, keys to find others by, and the event of each report."""

import sqlalchemy as sa
from alembic import op

from reportedly.ledger.schema import Words

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds three tables. Links of earlier versions stay, but no longer count: everything is linked again."""
    op.create_table(
        "profiles",
        sa.Column("reading", sa.BigInteger(), nullable=False),
        sa.Column("rules", Words(), nullable=False),
        sa.Column("body", Words(), nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["readings.number"], name=op.f("fk_profiles_reading")),
        sa.PrimaryKeyConstraint("reading", name=op.f("pk_profiles")),
    )
    op.create_table(
        "profile_keys",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reading", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["readings.number"], name=op.f("fk_profile_keys_reading")),
        sa.PrimaryKeyConstraint("key", "day", "reading", name=op.f("pk_profile_keys")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "members",
        sa.Column("reading", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report", Words(), nullable=False),
        sa.Column("event", Words(), nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["readings.number"], name=op.f("fk_members_reading")),
        sa.PrimaryKeyConstraint("reading", "report", name=op.f("pk_members")),
    )
    op.create_index(op.f("ix_members_event"), "members", ["event"])
    op.create_index(op.f("ix_links_right_reading"), "links", ["right_reading"])
