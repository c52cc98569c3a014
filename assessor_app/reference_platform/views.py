"""What one person may see: assignments, the feed and its cursors, in that person's own numbers."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor_app.domain.assignment import Assignment, PacketRef
from assessor_app.domain.ids import (
    AssignmentId,
    Epoch,
    PacketId,
    ReviewId,
    RubricId,
    Sha256,
    SubmissionId,
)
from assessor_app.domain.packet import RubricRef
from assessor_app.reference_platform import keys
from assessor_app.reference_platform.errors import RefusedError
from assessor_app.reference_platform.people import Person
from assessor_app.reference_platform.schema import (
    AssignmentRow,
    EpochRow,
    FeedRow,
    HandleRow,
    LentRow,
    PacketRow,
    PersonRow,
    ReviewRow,
    RubricRow,
    SubmissionRow,
)
from assessor_app.wire.messages import Durable, Feed, FeedEntry, Me, ProblemKind, Snapshot

PAGE_ENTRIES = 200


def epoch(session: Session) -> Epoch:
    """Return the present epoch."""
    found = session.scalars(select(EpochRow.epoch).order_by(EpochRow.number.desc()).limit(1))
    return Epoch(found.one())


def me(session: Session, person: Person) -> Me:
    """Return the opaque account."""
    row = session.get_one(PersonRow, person.id)
    return Me(account=row.account, roles=("assessor", "lead") if row.is_lead else ("assessor",))


def own_assignment(session: Session, person: Person, assignment: AssignmentId) -> AssignmentRow:
    """Return this person's assignment; unknown and somebody else's are the same refusal.

    Both are a row that is not found, so that neither takes longer.
    """
    row = session.scalar(
        select(AssignmentRow).where(
            AssignmentRow.id == assignment, AssignmentRow.person_id == person.id
        )
    )
    if row is None:
        raise RefusedError(ProblemKind.NOT_FOUND)
    return row


def view(session: Session, row: AssignmentRow) -> Assignment:
    """Return an assignment as its assessor may know it."""
    submission = session.get_one(SubmissionRow, row.submission_id)
    rubric = session.get_one(RubricRow, row.rubric_sha256)
    final = session.scalar(select(ReviewRow.review).where(ReviewRow.live == row.id))
    return Assignment(
        id=AssignmentId(row.id),
        submission=SubmissionId(row.handle),
        kind=row.kind,
        state=row.state,
        title=submission.title,
        packet=_packet_ref(session, row),
        rubric=RubricRef(
            id=RubricId(rubric.rubric), version=rubric.version, sha256=Sha256(rubric.sha256)
        ),
        submitted_at=submission.submitted_at,
        due_on=submission.due_on,
        size_bytes=session.get_one(PacketRow, row.packet_row).size_bytes,
        view_version=row.view_version,
        lease_until=row.lease_until,
        final_review=ReviewId(final) if final else None,
    )


def _packet_ref(session: Session, row: AssignmentRow) -> PacketRef:
    packet = session.get_one(PacketRow, row.packet_row)
    return PacketRef(
        id=PacketId(session.get_one(HandleRow, row.handle).packet),
        version=session.get_one(LentRow, (row.handle, row.packet_row)).version,
        manifest_sha256=Sha256(packet.manifest_sha256),
    )


def snapshot(session: Session, person: Person, durable_sequence: int) -> Snapshot:
    """Return everything this person may see, withdrawn things included, and a cursor after it."""
    own = session.get_one(PersonRow, person.id)
    rows = session.scalars(
        select(AssignmentRow)
        .where(AssignmentRow.person_id == person.id)
        .order_by(AssignmentRow.number)
    )
    now = epoch(session)
    return Snapshot(
        epoch=now,
        assignments=tuple(view(session, row) for row in rows),
        cursor=keys.seal_cursor(person.secret, now, own.last_position),
        durable_upto=Durable(now, durable_sequence),
    )


def feed(session: Session, person: Person, cursor: str | None, durable_sequence: int) -> Feed:
    """Return the changes after a cursor, or all there ever were.

    Raises:
        RefusedError: The cursor is another person's, or of another epoch.
    """
    now = epoch(session)
    after = 0 if cursor is None else keys.open_cursor(person.secret, now, cursor)
    if after is None:
        raise RefusedError(ProblemKind.CURSOR_EXPIRED)
    rows = tuple(
        session.scalars(
            select(FeedRow)
            .where(FeedRow.person_id == person.id, FeedRow.position > after)
            .order_by(FeedRow.position)
            .limit(PAGE_ENTRIES + 1)
        )
    )
    page = rows[:PAGE_ENTRIES]
    return Feed(
        epoch=now,
        entries=tuple(
            FeedEntry(op=row.op, kind=row.kind, id=row.thing, view_version=row.view_version)
            for row in page
        ),
        cursor=keys.seal_cursor(person.secret, now, page[-1].position if page else after),
        more=len(rows) > len(page),
        durable_upto=Durable(now, durable_sequence),
    )
