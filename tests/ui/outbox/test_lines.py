from dataclasses import replace
from datetime import timedelta

import pytest

from assessor_app.domain.ids import (
    AssignmentId,
)
from assessor_app.domain.outbox import ActKind, AttentionReason
from assessor_app.ui.outbox.lines import Leaving, RowAction, ended, put_away, waiting
from assessor_app.ui.outbox.needs import attention
from assessor_app.ui.when import hour_minute, moment
from assessor_app.usecases.outbox import OutboxLine, StrandedDraft
from tests.ui.outbox.making import (
    NOW,
    OFFLINE,
    ONLINE,
    QUEUED,
    REFUSED,
    SEALED,
    STALE,
    TWIN,
    UNKNOWN,
)


def test_offline_holds_what_waits_and_never_says_failed() -> None:
    held, unknown = waiting((QUEUED, UNKNOWN), OFFLINE)

    assert held.right == "held"
    assert "Nothing of it has left" in held.words
    assert unknown.right == "not known"
    assert "fail" not in f"{held.words} {unknown.words}".lower()


@pytest.mark.parametrize("reason", AttentionReason)
def test_every_reason_says_that_the_work_is_kept_and_what_to_do(reason: AttentionReason) -> None:
    (state,) = attention((replace(REFUSED, attention=reason),))

    assert "kept whole" in state.words
    assert "pen it" in state.words or "again" in state.words
    assert state.step_words


def test_only_what_sending_again_can_help_is_offered_again() -> None:
    forbidden, stale = attention((REFUSED, STALE))

    assert forbidden.retry_key == REFUSED.act
    assert stale.retry_key == ""


def test_a_refused_message_is_sent_again_and_a_refused_review_is_void_already() -> None:
    review = replace(REFUSED, attention=AttentionReason.REFUSED)
    (of_review,), (of_message,) = (
        attention((line,)) for line in (review, replace(review, kind=ActKind.ASK))
    )

    assert (of_review.retry_key, of_message.retry_key) == ("", REFUSED.act)
    assert "seal it again" in of_review.words
    assert "try again" in of_message.words


@pytest.mark.parametrize("is_equal", [True, False])
def test_a_review_that_counts_already_is_named_and_compared(is_equal: bool) -> None:  # noqa: FBT001 (a case)
    twin = replace(TWIN, is_equal=is_equal)
    line = replace(REFUSED, attention=AttentionReason.ALREADY_DECIDED, twin=twin)

    (state,) = attention((line,))

    assert "receipt 7" in state.words
    assert ("Both say the same" in state.words) == is_equal
    assert "other" in state.details
    assert REFUSED.act in state.details


def test_what_was_given_as_a_second_read_is_history_and_needs_nobody() -> None:
    given = replace(REFUSED, attention=AttentionReason.CLOSED, is_donated=True)

    assert attention((given,)) == ()
    assert "second read" in ended((given,))[0].words


def test_a_draft_that_cannot_be_sealed_is_kept_whole_and_can_be_exported() -> None:
    stranded = StrandedDraft(
        assignment=AssignmentId("a"), submission=None, title="", saved_at=NOW, is_decided=False
    )

    (state,) = attention((), (stranded,))

    assert "kept whole" in state.words
    assert (state.can_export, state.retry_key) == (True, "")


def test_what_was_put_away_is_history_that_can_be_brought_back() -> None:
    away = replace(REFUSED, is_put_away=True)
    draft = StrandedDraft(
        assignment=REFUSED.assignment,
        submission=REFUSED.submission,
        title="",
        saved_at=NOW,
        is_decided=False,
    )

    (still,) = attention((away,), (draft,))
    rows = put_away((away,), (replace(draft, is_put_away=True),))

    assert (still.key, still.can_put_away) == ("", True)
    assert attention((away,), (replace(draft, is_put_away=True),)) == ()
    assert [(row.key, row.action) for row in rows] == [
        (REFUSED.act, RowAction.BRING_BACK),
        ("", RowAction.BRING_BACK),
    ]
    assert all("kept whole" in row.words for row in rows)


def test_what_is_held_says_so_and_asks_nobody() -> None:
    lines = tuple(replace(line, is_held=True) for line in (SEALED, QUEUED, UNKNOWN))

    rows = waiting(lines, ONLINE)

    assert {row.right for row in rows} == {"held"}
    assert [row.action for row in rows] == [RowAction.REOPEN, RowAction.REOPEN, RowAction.NONE]
    assert all("send all" in row.words for row in rows)


def test_an_act_without_answer_counts_down_to_the_next_try() -> None:
    (at_the_round,) = waiting((UNKNOWN,), ONLINE)
    later = replace(ONLINE, asks={UNKNOWN.act: NOW + timedelta(seconds=70)})
    (after_its_wait,) = waiting((UNKNOWN,), later)
    (much_later,) = waiting((UNKNOWN,), replace(ONLINE, next_round=NOW + timedelta(days=1)))
    (by_hand,) = waiting((UNKNOWN,), replace(ONLINE, next_round=None))

    assert at_the_round.words == "No answer came. Asking for the receipt again in 40 s."
    assert after_its_wait.words.endswith("in 70 s.")
    assert f"at {moment(NOW + timedelta(days=1))}" in much_later.words
    assert by_hand.words.endswith("with the next sync.")


@pytest.mark.parametrize(
    ("line", "words"),
    [(QUEUED, "Sending, first try, 18 of 29 kB"), (UNKNOWN, "Sending, try 2, 18 of 29 kB")],
)
def test_what_is_leaving_says_how_much_of_it_is_on_its_way(line: OutboxLine, words: str) -> None:
    outlook = replace(ONLINE, leaving=Leaving(line.act, 18_000, 29_000))

    (row,) = waiting((line,), outlook)

    assert (row.words, row.right, row.action) == (words, "62 %", RowAction.NONE)
    assert row.share == pytest.approx(18 / 29)


def test_a_day_is_named_where_it_is_another_one() -> None:
    tomorrow = NOW + timedelta(days=1)
    (today,) = waiting((SEALED,), ONLINE)
    (other,) = waiting((replace(SEALED, grace_until=tomorrow),), ONLINE)

    until = hour_minute(NOW + timedelta(hours=2))
    assert today.words.endswith(f"You can reopen it until {until}.")
    assert other.words.endswith(f"You can reopen it until {moment(tomorrow)}.")
