"""A client as many are built: it queues, it retries, and its requests have idempotency keys.

It stands here to show that the simulation is hard enough: a rig that such a client survives would
prove nothing about ours. It believes every 2xx, forgets what was received, ends a review by not
sending it any more, and takes a list for the whole truth.
"""

import copy
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import uuid4

import msgspec

from assessor_app.domain.assignment import Assignment
from assessor_app.domain.determination import Determination
from assessor_app.domain.ids import ActId, AssignmentId, ReviewId
from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState
from assessor_app.domain.review import Review
from assessor_app.store.errors import IllegalTransitionError
from assessor_app.sync.errors import OfflineError, UncertainError
from assessor_app.usecases.errors import NotHereError
from assessor_app.wire import routes
from assessor_app.wire.codec import dump
from assessor_app.wire.messages import Attestations, Meta, ReviewBody, Snapshot
from tests.faults.simulator_content import finished
from tests.faults.simulator_laptop import World
from tests.faults.simulator_machine import Machine
from tests.faults.simulator_platform import Asked, Said
from tests.faults.simulator_shown import Shown, ShownAct, ShownAssignment, ShownDraft

S = OutboxState
WAIT = (401, 403, 408, 429, 500, 502, 503, 507)
REASONS = {
    409: AttentionReason.ALREADY_DECIDED,
    410: AttentionReason.CLOSED,
    412: AttentionReason.STALE_PACKET,
}


@dataclass
class _Files:
    """What it keeps."""

    person: str | None = None
    assignments: dict[str, Assignment] = field(default_factory=dict)
    drafts: dict[str, ShownDraft] = field(default_factory=dict)
    outbox: dict[str, ShownAct] = field(default_factory=dict)


class NaiveLaptop:
    """A laptop with the naive client."""

    def __init__(self, machine: Machine, person: str, world: World, _skew: timedelta) -> None:
        self.machine = machine
        self.person = person
        self._world = world
        self._files = _Files()
        self.sign_in(person)
        self.round()

    # The process and the disk

    def start(self) -> None:
        self.machine.fate.live_again()

    def keep_copy(self) -> object:
        return copy.deepcopy(self._files)

    def restore_copy(self, kept: object) -> None:
        if isinstance(kept, _Files):
            self._files = copy.deepcopy(kept)

    def destroy_database(self) -> None:
        self._files = _Files()

    def shown(self) -> Shown:
        return Shown(
            acts=tuple(self._files.outbox.values()),
            drafts=dict(self._files.drafts),
            assignments={
                name: ShownAssignment(
                    view.state, view.packet.manifest_sha256, view.rubric.sha256, is_here=True
                )
                for name, view in self._files.assignments.items()
            },
        )

    # The assessor

    def sign_in(self, person: str) -> None:
        if self._files.person is None or person == self.person:
            self._files.person = self.person

    def write(self, assignment: str, mark: str) -> None:
        self.machine.fate.step()
        self._files.drafts[assignment] = ShownDraft(mark, None)

    def seal(self, assignment: str) -> ReviewId:
        view = self._files.assignments.get(assignment)
        draft = self._files.drafts.get(assignment)
        if view is None or draft is None or draft.sealed_as is not None:
            raise NotHereError(AssignmentId(assignment))
        review = ReviewId(str(uuid4()))
        self._files.drafts[assignment] = replace(draft, sealed_as=review)
        self._files.outbox[review] = ShownAct(
            act=review,
            kind=ActKind.REVIEW,
            assignment=assignment,
            review=review,
            body=sealed_body(view, review, draft.mark),
            state=S.QUEUED,
        )
        self.machine.fate.step()
        return review

    def reopen(self, review: str) -> None:
        act = self._files.outbox.get(review)
        if act is None:
            raise IllegalTransitionError(ActId(review), S.VOIDED, S.VOIDED)
        draft = self._files.drafts[act.assignment]
        self._files.drafts[act.assignment] = replace(draft, sealed_as=None)
        del self._files.outbox[review]

    def renew(self, assignment: str) -> None:
        sealed_as = self._files.drafts[assignment].sealed_as
        if sealed_as is not None:
            self.reopen(sealed_as)

    def retry(self, act: str) -> None:
        self._change(act, state=S.QUEUED, reason=None)

    def donate(self, review: str) -> None:
        """It knows no donations."""

    def act(self, kind: ActKind, assignment: str) -> None:
        """It knows no other acts."""

    def hold(self, *, holds: bool) -> None:
        """It knows no hold."""

    def purge(self, _assignment: str, /) -> bool:
        return False

    # The network

    def round(self) -> object:
        try:
            epoch = msgspec.json.decode(self._get(routes.META).body, type=Meta).epoch
            for act in tuple(self._files.outbox.values()):
                if act.state is S.QUEUED and not self._send(act, epoch):
                    return None
            snapshot = msgspec.json.decode(self._get(routes.ASSIGNMENTS).body, type=Snapshot)
        except (OfflineError, UncertainError, msgspec.DecodeError):
            return None
        self.machine.fate.step()
        self._files.assignments = {view.id: view for view in snapshot.assignments}
        return None

    def _send(self, act: ShownAct, epoch: str) -> bool:
        """Send one review; return whether to go on."""
        view = self._files.assignments.get(act.assignment)
        said = self._exchange(
            Asked(
                method="PUT",
                path=routes.review(AssignmentId(act.assignment), ReviewId(act.act)),
                token=f"token-{self.person}",
                epoch=epoch,
                view_version=view.view_version if view else 0,
                body=act.body,
            )
        )
        if said.status < 300:
            self._change(act.act, state=S.RECEIVED, receipt=said.body, receipt_epoch=epoch)
        elif said.status in WAIT or said.status < 400 or said.status == 428:
            return False
        else:
            reason = REASONS.get(said.status, AttentionReason.INVALID)
            self._change(act.act, state=S.ATTENTION, reason=reason)
        return True

    def _change(self, act: str, **change: object) -> None:
        self.machine.fate.step()
        known = self._files.outbox.get(act)
        if known is not None:
            self._files.outbox[act] = replace(known, **change)  # type: ignore[arg-type]  # by name

    def _get(self, path: str) -> Said:
        return self._exchange(Asked(method="GET", path=path, token=f"token-{self.person}"))

    def _exchange(self, asked: Asked) -> Said:
        return self._world.network.exchange(self, asked)

    def about_to_send(self, asked: Asked) -> None:
        self._world.watch(self, asked)
        self.machine.fate.step()

    def about_to_hear(self, asked: Asked, said: Said, /) -> None:
        self.machine.fate.step()
        self._world.listen(self, asked, said)


def sealed_body(view: Assignment, review: ReviewId, mark: str) -> bytes:
    made = finished(
        Review(
            assignment=view.id,
            manifest_sha256=view.packet.manifest_sha256,
            rubric=view.rubric,
        ),
        mark,
    )
    return dump(
        ReviewBody(
            review=review,
            assignment=view.id,
            packet=view.packet,
            rubric=view.rubric,
            ratings=made.ratings,
            pins=(),
            nothing_shows=(),
            feedback=made.feedback,
            determination=Determination.AWARD,
            reasons=(),
            wants_second_read=False,
            attestations=Attestations(no_conflict=True, rubric_alone=True),
            app_version="0",
        )
    )
