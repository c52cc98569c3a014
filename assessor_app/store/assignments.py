"""Assignments as this person may know them. Absence deletes nothing."""

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from assessor_app.domain.assignment import Assignment, AssignmentState, PacketRef
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
from assessor_app.store import direct
from assessor_app.store.schema import AssignmentRow
from assessor_app.store.settings import get_setting, put_setting

_SNAPSHOT = "snapshot"
_ASSIGNMENT = select(AssignmentRow).where(AssignmentRow.id == bindparam("id"))
_BY_DUE_DATE = select(AssignmentRow).order_by(AssignmentRow.due_on, AssignmentRow.id)
_NEW = insert(AssignmentRow)
_PUT = _NEW.on_conflict_do_update(
    index_elements=["id"],
    set_={column.name: column for column in _NEW.excluded},
    where=or_(
        AssignmentRow.epoch != _NEW.excluded.epoch,
        AssignmentRow.view_version <= _NEW.excluded.view_version,
    ),
)
_WITHDRAW = (
    update(AssignmentRow)
    .where(AssignmentRow.id == bindparam("of"))
    .values(
        state=AssignmentState.WITHDRAWN,
        view_version=bindparam("version"),
        epoch=bindparam("now_in"),
    )
)
_DOUBT = update(AssignmentRow).where(AssignmentRow.id == bindparam("of")).values(epoch="")


def put_assignment(session: Session, assignment: Assignment, *, epoch: Epoch) -> bool:
    """Keep an assignment. Return False for an older view of the same epoch, which is ignored."""
    return direct.change(session, _PUT, _columns_of(assignment, epoch)) > 0


def withdraw(
    session: Session, assignment: AssignmentId, *, view_version: int, epoch: Epoch
) -> bool:
    """Note an explicit withdrawal. Drafts and sealed work stay. Return whether it was news."""
    row = direct.row(session, _ASSIGNMENT, {"id": assignment})
    if row is None or (row.epoch == epoch and row.view_version > view_version):
        return False
    told = {"of": assignment, "version": view_version, "now_in": epoch}
    direct.change(session, _WITHDRAW, told)
    return row.state is not AssignmentState.WITHDRAWN


def was_seen_in(session: Session, assignment: AssignmentId, epoch: Epoch) -> bool:
    """Return whether the platform has shown this assignment in an epoch."""
    row = direct.row(session, _ASSIGNMENT, {"id": assignment})
    return row is not None and row.epoch == epoch


def doubt(session: Session, assignment: AssignmentId) -> None:
    """Note that the platform contradicts what is known: the next view is believed, old or new.

    The feed has told of assignments already what it had to tell, so a snapshot has to come.
    """
    direct.change(session, _DOUBT, {"of": assignment})
    put_setting(session, _SNAPSHOT, "wanted")


def wants_snapshot(session: Session) -> bool:
    """Return whether the feed is not enough."""
    return bool(get_setting(session, _SNAPSHOT))


def snapshot_came(session: Session) -> None:
    """Note that a snapshot was kept: the feed is enough again."""
    if wants_snapshot(session):
        put_setting(session, _SNAPSHOT, "")


def get_assignment(session: Session, assignment: AssignmentId) -> Assignment | None:
    """Return an assignment, or None."""
    row = direct.row(session, _ASSIGNMENT, {"id": assignment})
    return None if row is None else assignment_of(row)


def list_assignments(session: Session) -> tuple[Assignment, ...]:
    """Return every assignment by due date."""
    return tuple(assignment_of(row) for row in direct.rows(session, _BY_DUE_DATE))


def packet_ref_of(row: AssignmentRow) -> PacketRef:
    """Return the packet of an assignment."""
    return PacketRef(
        id=PacketId(row.packet_id),
        version=row.packet_version,
        manifest_sha256=Sha256(row.manifest_sha256),
    )


def rubric_ref_of(row: AssignmentRow) -> RubricRef:
    """Return the rubric of an assignment."""
    return RubricRef(
        id=RubricId(row.rubric_id), version=row.rubric_version, sha256=Sha256(row.rubric_sha256)
    )


def _columns_of(assignment: Assignment, epoch: Epoch) -> dict[str, object]:
    return {
        "id": assignment.id,
        "submission": assignment.submission,
        "kind": assignment.kind,
        "state": assignment.state,
        "title": assignment.title,
        "packet_id": assignment.packet.id,
        "packet_version": assignment.packet.version,
        "manifest_sha256": assignment.packet.manifest_sha256,
        "rubric_id": assignment.rubric.id,
        "rubric_version": assignment.rubric.version,
        "rubric_sha256": assignment.rubric.sha256,
        "submitted_at": assignment.submitted_at,
        "due_on": assignment.due_on,
        "size_bytes": assignment.size_bytes,
        "view_version": assignment.view_version,
        "lease_until": assignment.lease_until,
        "final_review": assignment.final_review,
        "epoch": epoch,
    }


def assignment_of(row: AssignmentRow) -> Assignment:
    """Return the frozen value of a row."""
    return Assignment(
        id=AssignmentId(row.id),
        submission=SubmissionId(row.submission),
        kind=row.kind,
        state=row.state,
        title=row.title,
        packet=packet_ref_of(row),
        rubric=rubric_ref_of(row),
        submitted_at=row.submitted_at,
        due_on=row.due_on,
        size_bytes=row.size_bytes,
        view_version=row.view_version,
        lease_until=row.lease_until,
        final_review=None if row.final_review is None else ReviewId(row.final_review),
    )
