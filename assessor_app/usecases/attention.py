"""What the platform said of a review it did not take, in terms of the review itself. Pure."""

from dataclasses import dataclass
from datetime import datetime

from assessor_app.domain.ids import CriterionId, ReviewId
from assessor_app.domain.outbox import ActKind, AttentionReason
from assessor_app.store.acts import Act, hash_of
from assessor_app.wire.codec import parse
from assessor_app.wire.errors import MalformedError
from assessor_app.wire.messages import Problem, Receipt, ReviewBody
from assessor_app.wire.receipts import is_genuine


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """The review the platform counts instead of this one. `is_equal`: apart from the UUIDs."""

    review: ReviewId
    sequence: int
    received_at: datetime
    is_equal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidField:
    """One rule the platform found broken. `criterion` None: it is about the whole review."""

    pointer: str
    problem: str
    criterion: CriterionId | None


def twin_of(act: Act, problem: Problem | None, receipt_key: str) -> Twin | None:
    """Return the review that counts, if its receipt is genuine; a claim alone is not shown."""
    if act.reason is not AttentionReason.ALREADY_DECIDED or problem is None:
        return None
    receipt = problem.receipt
    if receipt is None or not _is_about(act, receipt) or not is_genuine(receipt, receipt_key):
        return None
    renamed = act.body.replace(act.act_id.encode(), receipt.act.encode())
    return Twin(
        review=ReviewId(receipt.act),
        sequence=receipt.sequence,
        received_at=receipt.received_at,
        is_equal=hash_of(renamed) == receipt.body_sha256,
    )


def invalid_fields(act: Act, problem: Problem | None) -> tuple[InvalidField, ...]:
    """Return what the platform cannot take, each with the criterion where it is mended."""
    if act.reason is not AttentionReason.INVALID or act.kind is not ActKind.REVIEW or not problem:
        return ()
    try:
        body = parse(ReviewBody, act.body)
    except MalformedError:
        return ()
    return tuple(
        InvalidField(
            pointer=error.pointer,
            problem=error.problem,
            criterion=_criterion_at(body, error.pointer),
        )
        for error in problem.errors
    )


def _is_about(act: Act, receipt: Receipt) -> bool:
    return (receipt.kind, receipt.assignment) == (ActKind.REVIEW, act.assignment)


def _criterion_at(body: ReviewBody, pointer: str) -> CriterionId | None:
    """Return the criterion a JSON pointer into a review is about."""
    _, name, index, *_ = (*pointer.split("/"), "", "")
    if not index.isdecimal():
        return None
    lists: dict[str, list[CriterionId | None]] = {
        "ratings": [own.criterion for own in body.ratings],
        "pins": [own.criterion for own in body.pins],
        "nothing_shows": list(body.nothing_shows),
        "feedback": [own.criterion for own in body.feedback],
    }
    found = lists.get(name, [])
    return found[int(index)] if int(index) < len(found) else None
