"""The rows of the answer table, and which of them an answer belongs to."""

from enum import StrEnum

from assessor_app.wire.codec import parse
from assessor_app.wire.messages import Problem, ProblemKind
from tests.faults.simulator_memory import genuine
from tests.faults.simulator_platform import PROBLEM, Asked, Said


class Row(StrEnum):
    """One row of the table in the specification; the long ones in their parts."""

    RECEIPT = "receipt"
    NOT_THE_PLATFORM = "2xx without a receipt, 3xx, wrong type"
    AMBIGUOUS = "timeout, reset, 408, 5xx"
    ALREADY_DECIDED = "409 already-decided"
    VOIDED = "409 voided"
    CLOSED = "410 closed"
    VOID_CLOSED = "410 closed to a void, with a receipt"
    STALE_VIEW = "412 stale-view"
    STALE_PACKET = "412 stale-packet"
    STALE_RUBRIC = "412 stale-rubric"
    INVALID = "422"
    EPOCH_MISMATCH = "428 epoch-mismatch"
    UNAUTHORISED = "401"
    REVIEW_NOT_THERE = "403, 404 to a PUT"
    VOID_NOT_THERE = "404 to a void"
    ACT_NOT_THERE = "404 to another act"
    BODY_REFUSED = "413, 415, 426"
    BUSY = "429, 503, 507"


_KINDS = {
    ProblemKind.ALREADY_DECIDED: Row.ALREADY_DECIDED,
    ProblemKind.VOIDED: Row.VOIDED,
    ProblemKind.STALE_VIEW: Row.STALE_VIEW,
    ProblemKind.STALE_PACKET: Row.STALE_PACKET,
    ProblemKind.STALE_RUBRIC: Row.STALE_RUBRIC,
    ProblemKind.INVALID: Row.INVALID,
    ProblemKind.DIFFERENT_BODY: Row.INVALID,
    ProblemKind.EPOCH_MISMATCH: Row.EPOCH_MISMATCH,
    ProblemKind.UNAUTHORISED: Row.UNAUTHORISED,
}


def row_of(asked: Asked, said: Said | None) -> Row:
    """Return the row of an answer to something that was sent; None is no answer."""
    if said is None:
        return Row.AMBIGUOUS
    if said.status in (429, 503, 507):
        return Row.BUSY
    if said.status == 408 or said.status >= 500:
        return Row.AMBIGUOUS
    if said.status < 300 and genuine(said.body):
        return Row.RECEIPT
    if said.status < 400 or said.content_type != PROBLEM:
        return Row.NOT_THE_PLATFORM
    return _of_problem(asked, parse(Problem, said.body))


def _of_problem(asked: Asked, problem: Problem) -> Row:
    if problem.kind in _KINDS:
        return _KINDS[problem.kind]
    is_void = asked.path.endswith("/void")
    if problem.kind is ProblemKind.CLOSED:
        return Row.VOID_CLOSED if is_void else Row.CLOSED
    if problem.status in (413, 415, 426):
        return Row.BODY_REFUSED
    if asked.method == "PUT":
        return Row.REVIEW_NOT_THERE
    return Row.VOID_NOT_THERE if is_void else Row.ACT_NOT_THERE
