"""What has not been linked yet, and the copies of a text, are found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every reading has a row in `linked`, with no run until it is linked."""
    with op.batch_alter_table("linked") as batch:
        batch.alter_column("run", existing_type=sa.Text(), nullable=True)
    op.execute(
        "insert into linked (reading) select number from readings "
        "where not exists (select 1 from linked where linked.reading = readings.number)"
    )
    op.create_index(op.f("ix_linked_run"), "linked", ["run"])
    op.create_index(op.f("ix_copies_original"), "copies", ["original"])
