"""Every state that needs the assessor, made by the real platform, with its next step walked.

Each is looked at in the window: with `ATTENTION_PICTURES=FOLDER` pictures of it are kept.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from assessor_app.domain.determination import Determination
from assessor_app.domain.ids import ActId, AssignmentId, FeedbackId, ReviewId
from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState, ReviewPlace
from assessor_app.domain.review import FeedbackItem, FeedbackKind, Review
from assessor_app.reference_platform.service import LIMITS
from assessor_app.usecases.export import export_act, export_review
from assessor_app.usecases.outbox import OutboxLine, list_outbox, list_stranded
from assessor_app.usecases.packet import open_packet
from assessor_app.usecases.profiles import OpenProfile
from assessor_app.usecases.queue import QueueGroup, list_queue
from assessor_app.usecases.renewal import compare
from assessor_app.usecases.review import save_draft
from assessor_app.usecases.seal import reopen, seal
from assessor_app.wire.codec import dump
from tests.journeys.house import Loan, Town
from tests.journeys.laptop import Assessor, first_row, now, sync
from tests.journeys.test_sync_centre import Centre, Room, render, room, tasks, theme
from tests.journeys.writing import revisions
from tests.reference_platform.factory import CONTEXT, DEVELOPING, blinded_again, rubric

__all__ = ["render", "room", "tasks", "theme"]

PICTURES = os.environ.get("ATTENTION_PICTURES", "")


@dataclass(frozen=True, slots=True)
class Desk:
    """An assessor with one packet, and the hand of the platform's operator."""

    town: Town
    loan: Loan
    opened: OpenProfile
    assignment: AssignmentId

    def write(self, change: Callable[[Review], Review] = lambda review: review) -> ReviewId:
        """Write, seal and return the review; `change` is made before the seal."""
        bench = self.opened.workbench
        packet = bench.prepare(open_packet, self.assignment, now=now())()
        *_, whole = revisions(packet.draft.review, packet.packet, packet.rubric)
        bench.prepare(save_draft, change(whole), now=now())()
        return bench.prepare(seal, self.assignment, now=now())().review

    def review_line(self) -> OutboxLine:
        lines = self.opened.workbench.prepare(list_outbox)()
        return next(line for line in lines if line.state is not OutboxState.VOIDED and line.review)

    def queued(self) -> list[QueueGroup]:
        """Return where the packet stands in the queue, if it does."""
        return [row.group for row in self.opened.workbench.prepare(list_queue, now=now())().rows]

    def picture(self, centre: Centre, name: str) -> None:
        if PICTURES:
            centre.window.grab().save(str(Path(PICTURES) / f"{name}.png"))

    def look(self, room: Room, name: str) -> Centre:
        """Open the sync centre on what is there."""
        centre = room.open(self.opened, Assessor(self.opened.folder.parent))
        row = self.review_line()
        room.qtbot.waitUntil(lambda: bool(centre.named(f"Export my review {row.submission}…")))
        if PICTURES:
            centre.window.resize(1366, 768)
            room.qtbot.waitUntil(lambda: centre.window.width() == 1366)
        self.picture(centre, name)
        return centre


@pytest.fixture
def desk(town: Town, assessor: Assessor, qtbot: QtBot) -> Iterator[Desk]:
    loan = town.lend()
    opened = assessor.sign_in(town.url, loan.token)
    sync(opened)
    yield Desk(town, loan, opened, first_row(opened).assignment)
    opened.close()


def other_laptop(desk: Desk, folder: Path, change: Callable[[Review], Review]) -> ReviewId:
    """Let the same person seal and send the same packet from another laptop."""
    opened = Assessor(folder / "other").sign_in(desk.town.url, desk.loan.token)
    sync(opened)
    there = Desk(desk.town, desk.loan, opened, desk.assignment)
    sent = there.write(change)
    sync(opened)
    opened.close()
    return sent


def same(review: Review) -> Review:
    return review


def another(review: Review) -> Review:
    first = review.feedback[0]
    return review.give_feedback(replace(first, text=f"{first.text} Said otherwise."))


def export(desk: Desk, review: ReviewId) -> str:
    """Return the hash of what an export of a sealed review holds."""
    exported = desk.opened.workbench.prepare(export_act, ActId(review))()
    return hashlib.sha256(exported.content.encode()).hexdigest()


@pytest.mark.parametrize(("change", "is_equal"), [(same, True), (another, False)])
def test_a_review_from_the_other_laptop_is_named_and_both_stay(
    desk: Desk, tmp_path: Path, room: Room, *, change: Callable[[Review], Review], is_equal: bool
) -> None:
    counts = other_laptop(desk, tmp_path, same)
    mine = desk.write(change)

    sync(desk.opened)

    line = desk.review_line()
    assert (line.review, line.attention) == (mine, AttentionReason.ALREADY_DECIDED)
    assert line.twin is not None
    assert (line.twin.review, line.twin.is_equal) == (counts, is_equal)
    assert desk.town.live_reviews(desk.assignment) == [counts]
    centre = desk.look(room, f"already-decided-{'equal' if is_equal else 'other'}")
    assert centre.says("The platform counts another review of yours, receipt 1")
    assert centre.says("word for word") is is_equal
    room.shut(centre)


def test_an_equal_review_of_the_other_laptop_is_put_away_and_brought_back(
    desk: Desk, tmp_path: Path, room: Room
) -> None:
    counts = other_laptop(desk, tmp_path, same)
    mine = desk.write(same)
    sync(desk.opened)
    line = desk.review_line()
    centre = desk.look(room, "to-be-put-away")

    centre.click(f"Put {line.submission} away")
    room.qtbot.waitUntil(lambda: not centre.named(f"Export my review {line.submission}…"))
    room.qtbot.waitUntil(lambda: centre.says("1 in the outbox, put away by you"))
    desk.picture(centre, "put-away")
    centre.round()
    sync(desk.opened)

    assert desk.queued() == []
    assert desk.town.live_reviews(desk.assignment) == [counts]
    assert export(desk, mine) == line.body_sha256
    centre.click("All 1")
    room.qtbot.waitUntil(lambda: bool(centre.named("Received and ended")))
    desk.picture(centre, "put-away-history")
    (past,) = centre.named("Received and ended")
    room.qtbot.keyClick(past, Qt.Key.Key_Home)
    room.qtbot.keyClick(past, Qt.Key.Key_Space)
    room.qtbot.waitUntil(lambda: centre.says("Brought back"))
    centre.click("Back")
    room.qtbot.waitUntil(lambda: bool(centre.named(f"Put {line.submission} away")))
    assert centre.says("1 in the outbox, sealed, not yet received")
    assert desk.queued() == [QueueGroup.ATTENTION]
    room.shut(centre)


def test_late_work_is_given_to_the_lead_and_kept_there_as_it_was_sealed(
    desk: Desk, room: Room
) -> None:
    mine = desk.write()
    desk.town.platform.withdraw(desk.loan.submissions[0])
    sync(desk.opened)
    line = desk.review_line()
    assert line.attention is AttentionReason.CLOSED
    frozen = line.body_sha256
    centre = desk.look(room, "closed")

    centre.click(f"Give it to the lead: {line.submission}")
    room.qtbot.waitUntil(lambda: desk.review_line().is_donated)
    centre.round()

    room.qtbot.waitUntil(lambda: centre.says("Second read given received by the platform"))
    room.qtbot.waitUntil(lambda: centre.says("1 received"))
    desk.picture(centre, "donated")
    assert not centre.named(f"Give it to the lead: {line.submission}")
    held = next(one for one in desk.town.platform.status().reviews if one.review == mine)
    assert (held.donated, held.live, held.counted) == (True, False, False)
    ((body,),) = desk.town.query("SELECT body FROM review WHERE review = ?", mine)
    assert hashlib.sha256(body).hexdigest() == frozen
    assert desk.town.live_reviews(desk.assignment) == []
    room.shut(centre)


def test_another_packet_is_compared_and_the_review_sealed_on_it(desk: Desk, room: Room) -> None:
    old = desk.write()
    desk.town.platform.take_in(blinded_again(desk.loan.built[0]))
    sync(desk.opened)
    assert desk.review_line().attention is AttentionReason.STALE_PACKET
    centre = desk.look(room, "stale-packet")

    centre.click(f"See what changed: {desk.review_line().submission}")
    room.qtbot.waitUntil(lambda: centre.says("packet version 1 became 2"))
    centre.click("Seal anew…")
    room.qtbot.waitUntil(lambda: centre.says("I rated against the rubric alone."))

    room.shut(centre)
    assert_sealed_anew(desk, old)


def test_another_rubric_is_compared_and_the_review_sealed_on_it(desk: Desk, room: Room) -> None:
    old = desk.write()
    desk.town.platform.publish_rubric(dump(rubric(2)))
    sync(desk.opened)
    assert desk.review_line().attention is AttentionReason.STALE_RUBRIC
    centre = desk.look(room, "stale-rubric")

    centre.click(f"See what changed: {desk.review_line().submission}")
    room.qtbot.waitUntil(lambda: centre.says("rubric version 1 became 2"))
    found = desk.opened.workbench.prepare(compare, desk.assignment, now=now())()
    assert found is not None
    assert len(found.waiting) == 2
    centre.click("Open on the desk")
    room.qtbot.waitUntil(lambda: centre.controller._frame.window.screen_key() == "desk")  # noqa: SLF001

    room.shut(centre)
    assert_sealed_anew(desk, old)


def assert_sealed_anew(desk: Desk, old: ReviewId) -> None:
    """The draft is on the present version: finish it, and let both reach the platform."""
    bench = desk.opened.workbench
    packet = bench.prepare(open_packet, desk.assignment, now=now())()
    assert not packet.is_outdated
    review = replace(packet.draft.review, no_conflict=True, rubric_alone=True)
    for criterion in packet.rubric.criteria:
        review = review.rate(criterion.id, criterion.required)
    bench.prepare(save_draft, review, now=now())()
    new = bench.prepare(seal, desk.assignment, now=now())().review
    sync(desk.opened)
    acts = bench.prepare(list_outbox)()
    assert [line.state for line in acts if (line.review, line.kind) == (old, ActKind.REVIEW)] == [
        OutboxState.VOIDED
    ]
    assert desk.town.live_reviews(desk.assignment) == [new]


def test_what_the_platform_cannot_take_opens_at_its_criterion(desk: Desk, room: Room) -> None:
    def misplaced(review: Review) -> Review:
        first, *others = review.pins
        return replace(
            review, pins=(*others, replace(first, place=replace(first.place, source="A9")))
        )

    desk.write(misplaced)
    sync(desk.opened)
    line = desk.review_line()
    assert line.attention is AttentionReason.INVALID
    (invalid,) = line.invalid
    assert invalid.pointer == "/pins/1/place/source"
    centre = desk.look(room, "invalid")

    centre.click(f"Open it there: {line.submission}")

    room.qtbot.waitUntil(lambda: centre.controller._frame.window.screen_key() == "desk")  # noqa: SLF001
    shown = centre.controller._room.desk._rubric._open_key  # noqa: SLF001 (which card is open)
    assert shown == invalid.criterion
    room.shut(centre)


def test_a_review_that_is_too_long_counts_nowhere_and_is_shortened(desk: Desk, room: Room) -> None:
    def longer(review: Review) -> Review:
        item = FeedbackItem(
            id=FeedbackId("long"),
            kind=FeedbackKind.RESOURCE,
            criterion=CONTEXT,
            text="long words " * (LIMITS.review_bytes // 10),
        )
        return review.give_feedback(item)

    long = desk.write(longer)
    sync(desk.opened)
    sync(desk.opened)
    line = desk.review_line()
    assert (line.attention, line.problem and line.problem.status) == (AttentionReason.REFUSED, 413)
    assert desk.town.live_reviews(desk.assignment) == []
    centre = desk.look(room, "too-long")
    assert centre.says("Shorten the feedback and seal it again, or export it.")
    room.shut(centre)

    bench = desk.opened.workbench
    draft = bench.prepare(reopen, long, now=now())().draft.review
    short = draft.drop_feedback(FeedbackId("long"))
    bench.prepare(save_draft, short, now=now())()
    again = bench.prepare(seal, desk.assignment, now=now())().review
    sync(desk.opened)
    assert desk.town.live_reviews(desk.assignment) == [again]


def test_a_void_that_comes_after_the_decision_brings_the_receipt_back(
    desk: Desk, room: Room
) -> None:
    counted = desk.write()
    sync(desk.opened)
    desk.town.platform.decide(desk.loan.submissions[0], Determination.AWARD)

    bench = desk.opened.workbench
    draft = bench.prepare(reopen, counted, now=now())().draft.review
    bench.prepare(save_draft, draft.rate(CONTEXT, DEVELOPING), now=now())()
    sync(desk.opened)

    line = desk.review_line()
    assert (line.review, line.place) == (counted, ReviewPlace.RECEIVED)
    (stranded,) = bench.prepare(list_stranded)()
    assert stranded.is_decided
    centre = desk.look(room, "void-refused")
    assert centre.says("Your draft is kept whole.")
    room.shut(centre)


def test_a_draft_of_a_packet_that_counts_already_is_kept_and_can_be_exported(
    desk: Desk, tmp_path: Path, room: Room
) -> None:
    bench = desk.opened.workbench
    packet = bench.prepare(open_packet, desk.assignment, now=now())()
    bench.prepare(save_draft, packet.draft.review.rate(CONTEXT, DEVELOPING), now=now())()
    other_laptop(desk, tmp_path, same)

    sync(desk.opened)

    (stranded,) = bench.prepare(list_stranded)()
    assert stranded.is_decided
    before = bench.prepare(export_review, desk.assignment)().content
    centre = room.open(desk.opened, Assessor(tmp_path))
    room.qtbot.waitUntil(lambda: bool(centre.named(f"Export my review {stranded.submission}…")))
    assert centre.says("The platform counts a review of yours for this packet already.")
    desk.picture(centre, "stranded")

    centre.click(f"Put {stranded.submission} away")
    room.qtbot.waitUntil(lambda: centre.says("1 on this laptop, put away by you"))
    centre.round()

    assert not centre.named(f"Export my review {stranded.submission}…")
    assert desk.queued() == []
    assert bench.prepare(export_review, desk.assignment)().content == before
    room.shut(centre)
