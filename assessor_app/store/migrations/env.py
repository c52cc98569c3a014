"""What Alembic runs: the revisions it was asked for, on the connection it was given."""

from alembic import context
from sqlalchemy import Connection

from assessor_app.store.columns import Row


def run(connection: Connection) -> None:
    """Run the revisions in one transaction each."""
    context.configure(
        connection=connection,
        target_metadata=Row.metadata,
        render_as_batch=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
