"""Run by Alembic on the connection that `reportedly.ledger.opening` holds open, inside its transaction."""

from alembic import context

from reportedly.ledger.schema import METADATA, VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
context.run_migrations()
