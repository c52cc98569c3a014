"""The first schema."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
_SEARCH = (
    "CREATE VIRTUAL TABLE search USING fts5("
    "text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
)
_FORGET = "INSERT INTO search(search, rank) VALUES ('secure-delete', 1)"


def upgrade() -> None:
    """Make every table."""
    _account()
    _assignments()
    _packets()
    _reviews()
    _outbox()
    op.create_table(
        "indexed_texts",
        _must("id", sa.Integer()),
        _must("assignment", sa.String()),
        _must("kind", sa.String()),
        _must("source", sa.String()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indexed_texts")),
        sa.UniqueConstraint(
            "assignment", "kind", "source", name=op.f("uq_indexed_texts_assignment")
        ),
    )
    op.execute(_SEARCH)
    op.execute(_FORGET)


def _must(name: str, kind: Any, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, **more)


def _maybe(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def _account() -> None:
    op.create_table(
        "account",
        _must("id", sa.Integer()),
        _must("platform_url", sa.String()),
        _must("account", sa.String()),
        _must("receipt_key", sa.String()),
        _must("roles", sa.LargeBinary()),
        _must("own_words", sa.LargeBinary()),
        _maybe("token", sa.String()),
        _maybe("epoch", sa.String()),
        _maybe("cursor", sa.String()),
        _must("durable_upto", sa.Integer()),
        _must("clock_offset_ms", sa.Integer()),
        sa.CheckConstraint("id = 1", name=op.f("ck_account_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
    )
    op.create_table(
        "settings",
        _must("name", sa.String()),
        _must("value", sa.String()),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
    )
    op.create_table(
        "page_marks",
        _must("assignment", sa.String()),
        _must("source", sa.String()),
        _must("page", sa.Integer()),
        sa.PrimaryKeyConstraint("assignment", "source", "page", name=op.f("pk_page_marks")),
    )
    op.create_table(
        "last_places",
        _must("assignment", sa.String()),
        _must("place", sa.String()),
        sa.PrimaryKeyConstraint("assignment", name=op.f("pk_last_places")),
    )


def _assignments() -> None:
    op.create_table(
        "assignments",
        _must("id", sa.String()),
        _must("submission", sa.String()),
        _must("kind", sa.String(32)),
        _must("state", sa.String(32)),
        _must("title", sa.String()),
        _must("packet_id", sa.String()),
        _must("packet_version", sa.Integer()),
        _must("manifest_sha256", sa.String()),
        _must("rubric_id", sa.String()),
        _must("rubric_version", sa.Integer()),
        _must("rubric_sha256", sa.String()),
        _must("submitted_at", sa.DateTime()),
        _must("due_on", sa.Date()),
        _must("size_bytes", sa.Integer()),
        _must("view_version", sa.Integer()),
        _maybe("lease_until", sa.DateTime()),
        _maybe("final_review", sa.String()),
        _must("epoch", sa.String()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
    )
    op.create_index("ix_assignments_due_on_id", "assignments", ["due_on", "id"])
    op.create_index(op.f("ix_assignments_manifest_sha256"), "assignments", ["manifest_sha256"])
    op.create_index(op.f("ix_assignments_submission"), "assignments", ["submission"])


def _packets() -> None:
    op.create_table(
        "packets",
        _must("manifest_sha256", sa.String()),
        _must("fetched_bytes", sa.Integer()),
        _must("manifest", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("manifest_sha256", name=op.f("pk_packets")),
    )
    op.create_table(
        "packet_blobs",
        _must("manifest_sha256", sa.String()),
        _must("sha256", sa.String()),
        _must("size_bytes", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["manifest_sha256"],
            ["packets.manifest_sha256"],
            name=op.f("fk_packet_blobs_manifest_sha256_packets"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("manifest_sha256", "sha256", name=op.f("pk_packet_blobs")),
    )
    op.create_index(op.f("ix_packet_blobs_sha256"), "packet_blobs", ["sha256"])
    op.create_table(
        "blob_names",
        _must("sha256", sa.String()),
        _must("blob_id", sa.String()),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob_names")),
    )
    op.create_table(
        "related",
        _must("manifest_sha256", sa.String()),
        _must("submission", sa.String()),
        sa.PrimaryKeyConstraint("manifest_sha256", name=op.f("pk_related")),
    )
    op.create_table(
        "rubrics",
        _must("sha256", sa.String()),
        _must("criteria", sa.Integer()),
        _must("content", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_rubrics")),
    )
    op.create_table(
        "blobs",
        _must("sha256", sa.String()),
        _must("size_bytes", sa.Integer()),
        _must("file", sa.String()),
        _must("key", sa.LargeBinary()),
        _must("state", sa.String(32)),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blobs")),
        sa.UniqueConstraint("file", name=op.f("uq_blobs_file")),
    )


def _reviews() -> None:
    op.create_table(
        "drafts",
        _must("assignment", sa.String()),
        _must("current", sa.Integer()),
        _must("rated", sa.Integer()),
        _must("saved_at", sa.DateTime()),
        _maybe("sealed_as", sa.String()),
        sa.PrimaryKeyConstraint("assignment", name=op.f("pk_drafts")),
    )
    op.create_table(
        "revisions",
        _must("assignment", sa.String()),
        _must("number", sa.Integer()),
        _must("merge_key", sa.String()),
        _must("content", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["assignment"],
            ["drafts.assignment"],
            name=op.f("fk_revisions_assignment_drafts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("assignment", "number", name=op.f("pk_revisions")),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        _must("sequence", sa.Integer(), autoincrement=True),
        _must("act_id", sa.String()),
        _must("kind", sa.String(32)),
        _must("assignment", sa.String()),
        _maybe("review", sa.String()),
        _must("body_sha256", sa.String()),
        _must("sealed_at", sa.DateTime()),
        _must("state", sa.String(32)),
        _maybe("grace_until", sa.DateTime()),
        _must("tries", sa.Integer()),
        _must("in_doubt", sa.Boolean()),
        _maybe("reason", sa.String(32)),
        _maybe("receipt_sequence", sa.Integer()),
        _maybe("receipt_epoch", sa.String()),
        _maybe("received_at", sa.DateTime()),
        _maybe("problem", sa.LargeBinary()),
        _maybe("receipt", sa.LargeBinary()),
        _must("body", sa.LargeBinary()),
        sa.CheckConstraint(
            "state NOT IN ('received', 'settled') OR receipt IS NOT NULL",
            name=op.f("ck_outbox_has_receipt"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('voiding') OR kind = 'review'", name=op.f("ck_outbox_voids_reviews")
        ),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_outbox")),
        sa.UniqueConstraint("act_id", name=op.f("uq_outbox_act_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_outbox_assignment"), "outbox", ["assignment"])
    op.create_index(op.f("ix_outbox_state"), "outbox", ["state"])
