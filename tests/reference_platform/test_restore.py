"""Epochs, backups and what is durable."""

from pathlib import Path

import pytest

from assessor_app.domain.ids import Epoch
from assessor_app.domain.outbox import ActKind
from assessor_app.reference_platform.errors import NoBackupError
from assessor_app.reference_platform.receiving import Envelope
from assessor_app.reference_platform.service import Platform
from assessor_app.wire import routes
from assessor_app.wire.codec import dump
from assessor_app.wire.messages import Durable, ProblemKind
from assessor_app.wire.receipts import is_genuine
from tests.reference_platform.factory import FIRST, SECOND, act, built, open_platform, review
from tests.reference_platform.serving import Hand, receipt, refusal


def durable(hand: Hand) -> tuple[Epoch, int]:
    told: Durable = hand.feed().durable_upto
    assert told == hand.snapshot().durable_upto
    return told.epoch, told.sequence


def test_nothing_is_durable_without_a_backup(first: Hand, lent: str) -> None:
    assignment = first.only()
    receipt(first.put(review(assignment), assignment.view_version))

    assert durable(first) == (first.meta().epoch, 0)


def test_durable_is_what_every_kept_backup_holds(
    platform: Platform, first: Hand, second: Hand, lent: str
) -> None:
    assignment = first.only()
    old = platform.back_up()
    sealed = review(assignment)
    receipt(first.put(sealed, assignment.view_version))
    platform.back_up()
    receipt(first.act(act(ActKind.VOID, assignment.id, of_review=sealed)))

    before = durable(first)
    platform.retire_backup(old.name)

    epoch = first.meta().epoch
    assert (before, durable(first)) == ((epoch, 0), (epoch, 1))
    assert durable(second) == (epoch, 0)


def test_a_restore_begins_an_epoch_without_what_came_after(
    platform: Platform, first: Hand, lent: str
) -> None:
    assignment = first.only()
    epoch, cursor = first.meta().epoch, first.feed().cursor
    backup = platform.back_up()
    sealed = review(assignment)
    old = receipt(first.put(sealed, assignment.view_version))

    now = platform.restore(backup.name)

    assert now == first.meta().epoch != epoch
    assert platform.status().reviews == ()
    assert refusal(first.get(f"{routes.FEED}?cursor={cursor}"))[1] is ProblemKind.CURSOR_EXPIRED
    stale = first.put(sealed, assignment.view_version, {"Assessor-Epoch": epoch})
    assert refusal(stale) == (428, ProblemKind.EPOCH_MISMATCH)
    new = receipt(first.put(sealed, assignment.view_version))
    assert (new.sequence, new.body_sha256) == (old.sequence, old.body_sha256)
    assert (old.epoch, new.epoch) == (epoch, now)


def test_what_the_backup_holds_gets_its_receipt_signed_for_the_new_epoch(
    platform: Platform, first: Hand, lent: str
) -> None:
    assignment = first.only()
    sealed = review(assignment)
    old = receipt(first.put(sealed, assignment.view_version))
    backup = platform.back_up()

    platform.restore(backup.name)

    answer = first.put(sealed, assignment.view_version, {"Assessor-Epoch": old.epoch})
    assert answer.status_code == 200
    new = receipt(answer)
    assert (new.sequence, new.received_at) == (old.sequence, old.received_at)
    assert new.epoch == first.meta().epoch != old.epoch
    assert is_genuine(new, first.meta().receipt_key)
    assert durable(first) == (new.epoch, new.sequence)


def test_a_void_is_known_after_a_restore_that_holds_it(
    platform: Platform, first: Hand, lent: str
) -> None:
    assignment = first.only()
    sealed = review(assignment)
    receipt(first.act(act(ActKind.VOID, assignment.id, of_review=sealed)))
    platform.restore(platform.back_up().name)

    answer = first.put(sealed, assignment.view_version)

    assert refusal(answer) == (409, ProblemKind.VOIDED)


def test_a_restore_retires_the_backups_made_after_it(
    platform: Platform, first: Hand, lent: str
) -> None:
    early = platform.back_up()
    assignment = first.only()
    receipt(first.put(review(assignment), assignment.view_version))
    late = platform.back_up()

    platform.restore(early.name)

    with pytest.raises(NoBackupError):
        platform.restore(late.name)
    assert durable(first) == (first.meta().epoch, 0)


def test_the_epoch_and_the_key_stay_over_a_restart(tmp_path: Path) -> None:
    platform = open_platform(tmp_path)
    before = platform.meta()
    platform.close()

    again = open_platform(tmp_path)
    after = again.meta()
    again.close()

    assert (after.epoch, after.receipt_key) == (before.epoch, before.receipt_key)
    assert (tmp_path / "receipt.key").stat().st_mode & 0o777 == 0o600
    assert tmp_path.joinpath("blobs").stat().st_mode & 0o777 == 0o700


def test_a_platform_killed_after_the_commit_has_one_row_and_answers_with_its_receipt(
    tmp_path: Path,
) -> None:
    platform = open_platform(tmp_path)
    person = platform.person_of(platform.token(FIRST))
    assert person
    platform.assign(platform.take_in(built()), FIRST)
    (assignment,) = platform.snapshot(person).assignments
    sealed = review(assignment)
    envelope = Envelope(epoch=platform.meta().epoch, view_version=assignment.view_version)
    lost = platform.receive_review(person, dump(sealed), sealed, envelope)
    platform.close()

    again = open_platform(tmp_path)
    found = again.receive_review(person, dump(sealed), sealed, envelope)
    reviews = again.status().reviews
    again.close()

    assert (found.receipt, found.created, len(reviews)) == (lost.receipt, False, 1)


def test_restoring_keeps_everybody_apart(
    platform: Platform, first: Hand, second: Hand, lent: str
) -> None:
    platform.assign(lent, SECOND)
    mine, other = first.only(), second.only()
    platform.restore(platform.back_up().name)

    assert (first.only(), second.only()) == (mine, other)
    assert len({mine.submission, other.submission, lent}) == 3
