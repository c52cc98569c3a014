"""The platform as the sync speaks to it: the contract's questions, and answers that were checked.

Every method may raise what `http.Connection` and `answers.judge` raise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from assessor_app.domain.assignment import Assignment, PacketRef
from assessor_app.domain.ids import AssignmentId, Epoch, ReviewId, Sha256
from assessor_app.domain.outbox import ActKind
from assessor_app.domain.packet import RubricRef
from assessor_app.store.acts import Act
from assessor_app.sync.answers import Answer, judge
from assessor_app.sync.errors import (
    NewerPlatformError,
    OfflineError,
    OfflineReason,
    OtherEpochError,
    OtherKeyError,
    Seen,
)
from assessor_app.wire import routes
from assessor_app.wire.codec import dump, parse, sha256
from assessor_app.wire.errors import MalformedError
from assessor_app.wire.messages import (
    EPOCH_HEADER,
    PROTOCOL,
    PROTOCOL_HEADER,
    SHOWN_MANIFESTS,
    Feed,
    ManifestBatch,
    Me,
    Meta,
    Receipt,
    Snapshot,
)
from assessor_app.wire.receipts import is_genuine

T = TypeVar("T")


class Exchange(Protocol):
    """The questions and answers of one connection. Real: `http.Connection`."""

    def get(self, path: str, *, params: tuple[tuple[str, str], ...] = ()) -> Answer:
        """Ask for something small enough to hold."""
        ...

    def send(self, method: str, path: str, body: bytes, *, headers: Mapping[str, str]) -> Answer:
        """Deliver exactly these bytes."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An act as it travels: the frozen body, and the envelope that may change with every try."""

    act: Act
    view_version: int
    epoch: Epoch


@dataclass(frozen=True, slots=True)
class CheckedReceipt:
    """A receipt the pinned key signed, and its exact bytes."""

    receipt: Receipt
    content: bytes = field(repr=False)


class Platform:
    """One platform over one connection. `receipt_key` is the pinned one, None before sign-in."""

    def __init__(self, connection: Exchange, receipt_key: str | None) -> None:
        self._connection = connection
        self._receipt_key = receipt_key
        self._epoch: Epoch | None = None

    def meta(self) -> Meta:
        """Return what the platform is; later answers have to be of its epoch.

        Raises:
            OtherKeyError: It signs with another key than the pinned one.
            NewerPlatformError: It no longer speaks our protocol.
        """
        self._epoch = None
        meta = self._parsed(Meta, self._connection.get(routes.META))
        if PROTOCOL not in meta.protocols:
            raise NewerPlatformError(meta.protocols)
        if self._receipt_key not in (None, meta.receipt_key):
            raise OtherKeyError
        self._epoch = meta.epoch
        return meta

    def me(self) -> Me:
        """Return whose token this is."""
        return self._parsed(Me, self._connection.get(routes.ME))

    def feed(self, cursor: str | None) -> Feed:
        """Return a page of changes. RefusedError with `cursor-expired`: take a snapshot."""
        params = (("cursor", cursor),) if cursor else ()
        return self._of_epoch(self._parsed(Feed, self._connection.get(routes.FEED, params=params)))

    def snapshot(self) -> Snapshot:
        """Return everything this person may see."""
        return self._of_epoch(self._parsed(Snapshot, self._connection.get(routes.ASSIGNMENTS)))

    def assignment(self, assignment: AssignmentId) -> Assignment:
        """Return one assignment as it is now."""
        answer = self._connection.get(routes.assignment(assignment))
        found = self._parsed(Assignment, answer)
        if found.id != assignment:
            raise OfflineError(OfflineReason.NOT_THE_PLATFORM, Seen.OTHER_WORDS)
        return found

    def manifests(self, packets: tuple[PacketRef, ...]) -> ManifestBatch:
        """Return the manifests of the first of these packets, as many as fit one answer."""
        params = tuple(("packet", f"{ref.id}:{ref.version}") for ref in packets[:SHOWN_MANIFESTS])
        return self._parsed(ManifestBatch, self._connection.get(routes.MANIFESTS, params=params))

    def rubric(self, ref: RubricRef) -> bytes:
        """Return the exact bytes of a rubric version; their hash is not checked yet."""
        answer = self._connection.get(routes.rubric(ref.id, ref.version))
        self._check_epoch(answer)
        return judge(answer).untrusted_body

    def deliver(self, letter: Letter) -> CheckedReceipt:
        """Deliver the frozen bytes of an act and return its receipt.

        Raises:
            OfflineError: Somebody said yes, but without a receipt for exactly these bytes.
        """
        act = letter.act
        method, path = _target(act)
        answer = self._connection.send(
            method,
            path,
            act.body,
            headers={
                "If-Match": f'"{letter.view_version}"',
                EPOCH_HEADER: letter.epoch,
                PROTOCOL_HEADER: str(PROTOCOL),
            },
        )
        receipt = _parse(Receipt, judge(answer).untrusted_body, seen=Seen.NO_RECEIPT)
        return self.checked(receipt, act, act.body_sha256)

    def checked(self, receipt: Receipt, act: Act, body_sha256: Sha256) -> CheckedReceipt:
        """Return a receipt if the pinned key signed it for exactly this act and body.

        Raises:
            OfflineError: It is no receipt of ours, so it is nobody's word.
        """
        ours = (act.act_id, act.kind, act.assignment, body_sha256)
        told = (receipt.act, receipt.kind, receipt.assignment, receipt.body_sha256)
        if self._receipt_key is None or not is_genuine(receipt, self._receipt_key) or told != ours:
            raise OfflineError(OfflineReason.NOT_THE_PLATFORM, Seen.NO_RECEIPT)
        return CheckedReceipt(receipt, dump(receipt))

    def _parsed(self, kind: type[T], answer: Answer) -> T:
        self._check_epoch(answer)
        return _parse(kind, judge(answer).untrusted_body)

    def _of_epoch(self, answer: T) -> T:
        if isinstance(answer, Feed | Snapshot) and answer.epoch != self._epoch:
            raise OtherEpochError
        return answer

    def _check_epoch(self, answer: Answer) -> None:
        told = answer.headers.get(EPOCH_HEADER.lower())
        if self._epoch is not None and told is not None and told != self._epoch:
            raise OtherEpochError


def check_content(content: bytes, expected: Sha256) -> bytes:
    """Return content that has the promised hash.

    Raises:
        MalformedError: It has not.
    """
    if sha256(content) != expected:
        raise MalformedError("", "another hash than promised")
    return content


def _parse(kind: type[T], untrusted: bytes, *, seen: Seen = Seen.OTHER_WORDS) -> T:
    try:
        return parse(kind, untrusted)
    except MalformedError:
        raise OfflineError(OfflineReason.NOT_THE_PLATFORM, seen) from None


def _target(act: Act) -> tuple[str, str]:
    if act.kind is ActKind.REVIEW:
        return "PUT", routes.review(act.assignment, _review(act))
    if act.kind is ActKind.VOID:
        return "POST", routes.void(act.assignment, _review(act))
    return "POST", routes.act(act.assignment, act.kind)


def _review(act: Act) -> ReviewId:
    if act.review is None:
        raise ValueError("this act names no review")
    return act.review
