"""A line of the queue and the one statement that reads it. Imports nothing slow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from assessor_app.domain.assignment import AssignmentKind, AssignmentState
from assessor_app.domain.ids import AssignmentId, SubmissionId
from assessor_app.domain.outbox import AttentionReason, OutboxState

PUT_AWAY = "put_away/"
"""Begins the name of the setting that an act, or the draft of an assignment, was put away."""

LINES_SQL = """
SELECT a.id, a.submission, a.kind, a.state, a.title, a.submitted_at, a.due_on, a.size_bytes,
       p.fetched_bytes, d.rated, r.criteria, d.saved_at, coalesce(g.state, o.state),
       CASE WHEN g.state IS NULL THEN o.reason END, w.value
FROM (SELECT * FROM assignments ORDER BY due_on, id LIMIT :limit OFFSET :offset) AS a
LEFT JOIN packets AS p ON p.manifest_sha256 = a.manifest_sha256
LEFT JOIN rubrics AS r ON r.sha256 = a.rubric_sha256
LEFT JOIN drafts AS d ON d.assignment = a.id
LEFT JOIN outbox AS o ON o.sequence = (
    SELECT max(sequence) FROM outbox
    WHERE assignment = a.id AND kind = 'review' AND state <> 'voided')
LEFT JOIN outbox AS g ON o.state = 'attention' AND g.sequence = (
    SELECT max(sequence) FROM outbox
    WHERE review = o.act_id AND kind = 'donate' AND state <> 'attention')
LEFT JOIN settings AS w ON w.name = 'put_away/' || coalesce(o.act_id, a.id)
ORDER BY a.due_on, a.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """One assignment in the queue. `rated` None: no draft.

    `outbox` is the state of its last live revision; of one given as a second read, the gift's.
    `put_away` is as what that revision, or else the draft, was put away, if it was.
    """

    assignment: AssignmentId
    submission: SubmissionId
    kind: AssignmentKind
    state: AssignmentState
    title: str
    submitted_at: datetime
    due_on: date
    size_bytes: int
    fetched_bytes: int
    has_packet: bool
    rated: int | None
    criteria: int | None
    saved_at: datetime | None
    outbox: OutboxState | None
    reason: AttentionReason | None
    put_away: str | None


def line_of(row: Sequence[Any]) -> QueueLine:
    """Return the line that a row of `LINES_SQL` spells."""
    fetched, rated, criteria, saved_at, outbox, reason, put_away = row[8:15]
    return QueueLine(
        assignment=AssignmentId(row[0]),
        submission=SubmissionId(row[1]),
        kind=AssignmentKind(row[2]),
        state=AssignmentState(row[3]),
        title=row[4],
        submitted_at=_utc(row[5]),
        due_on=date.fromisoformat(row[6]),
        size_bytes=row[7],
        fetched_bytes=fetched or 0,
        has_packet=fetched is not None,
        rated=rated,
        criteria=criteria,
        saved_at=None if saved_at is None else _utc(saved_at),
        outbox=None if outbox is None else OutboxState(outbox),
        reason=None if reason is None else AttentionReason(reason),
        put_away=put_away,
    )


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
