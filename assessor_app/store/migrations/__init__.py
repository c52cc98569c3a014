"""Alembic: how the database of an earlier release becomes today's."""
