"""Full-text search over what is on the laptop. The index lives inside the encrypted database."""

import re
from dataclasses import dataclass, field

from sqlalchemy import exists, select, text
from sqlalchemy.orm import Session

from assessor_app.domain.assignment import Assignment
from assessor_app.domain.ids import AssignmentId, Sha256
from assessor_app.store import direct
from assessor_app.store.assignments import assignment_of
from assessor_app.store.packets import get_packet
from assessor_app.store.schema import AssignmentRow, IndexedTextRow, PacketRow

TITLE = "title"
RESPONSE = "response"
_WHOLE = "whole"
_WORD = re.compile(r"\w+")
_NOT_INDEXED = (
    select(AssignmentRow)
    .join(PacketRow, PacketRow.manifest_sha256 == AssignmentRow.manifest_sha256)
    .where(
        ~exists().where(
            IndexedTextRow.assignment == AssignmentRow.id,
            IndexedTextRow.kind == _WHOLE,
            IndexedTextRow.source == AssignmentRow.manifest_sha256,
        )
    )
    .order_by(AssignmentRow.due_on, AssignmentRow.id)
)
_SNIPPET_WORDS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One text that has every typed word. `source` as in `domain.review.Place`."""

    assignment: AssignmentId
    kind: str
    source: str
    snippet: str = field(repr=False)


def index_packet(session: Session, assignment: AssignmentId) -> bool:
    """Make the title, the submission ID, prompts and responses of a packet findable.

    Nothing that another version of the packet said is findable any more.

    Returns:
        False where the assignment or its manifest is not here.
    """
    row = session.get(AssignmentRow, assignment)
    packet = None if row is None else get_packet(session, Sha256(row.manifest_sha256))
    if row is None or packet is None:
        return False
    forget_texts(session, assignment)
    name = f"{row.title} {row.submission} {packet.microcredential.competency}"
    index_text(session, assignment, kind=TITLE, source="", content=name)
    for part in packet.parts:
        for prompt in part.prompts:
            content = f"{prompt.text}\n{prompt.response}"
            source = f"{part.id}/{prompt.id}"
            index_text(session, assignment, kind=RESPONSE, source=source, content=content)
    return True


def index_text(
    session: Session, assignment: AssignmentId, *, kind: str, source: str, content: str
) -> None:
    """Make one text findable, in place of what was indexed under this kind and source before."""
    known = select(IndexedTextRow).where(
        IndexedTextRow.assignment == assignment,
        IndexedTextRow.kind == kind,
        IndexedTextRow.source == source,
    )
    row = session.scalars(known).one_or_none()
    if row is None:
        row = IndexedTextRow(assignment=assignment, kind=kind, source=source)
        session.add(row)
        session.flush()
    session.execute(text("DELETE FROM search WHERE rowid = :id"), {"id": row.id})
    session.execute(
        text("INSERT INTO search (rowid, text) VALUES (:id, :text)"),
        {"id": row.id, "text": content},
    )


def put_indexed(session: Session, assignment: AssignmentId, manifest: Sha256) -> None:
    """Note that everything a packet version says is findable, until its texts are forgotten."""
    session.add(IndexedTextRow(assignment=assignment, kind=_WHOLE, source=manifest))


def list_not_indexed(session: Session) -> tuple[Assignment, ...]:
    """Return the assignments whose packet is here and not findable as a whole, by due date."""
    return tuple(assignment_of(row) for row in direct.rows(session, _NOT_INDEXED))


def forget_texts(session: Session, assignment: AssignmentId) -> None:
    """Take a packet out of the index."""
    about = {"assignment": assignment}
    ids = "(SELECT id FROM indexed_texts WHERE assignment = :assignment)"
    session.execute(text(f"DELETE FROM search WHERE rowid IN {ids}"), about)  # noqa: S608 (ours)
    session.execute(text("DELETE FROM indexed_texts WHERE assignment = :assignment"), about)


def search(session: Session, typed: str, *, limit: int = 50) -> tuple[Hit, ...]:
    """Return the texts that have every typed word, the last one as a beginning; best first."""
    words = [f'"{word}"' for word in _WORD.findall(typed)]
    if not words:
        return ()
    rows = session.execute(
        text(
            "SELECT t.assignment, t.kind, t.source, snippet(search, 0, '', '', '…', :words)"
            " FROM search JOIN indexed_texts AS t ON t.id = search.rowid"
            " WHERE search MATCH :query ORDER BY rank LIMIT :limit"
        ),
        {"query": " AND ".join(words) + "*", "words": _SNIPPET_WORDS, "limit": limit},
    )
    return tuple(
        Hit(assignment=AssignmentId(row[0]), kind=row[1], source=row[2], snippet=row[3])
        for row in rows
    )
