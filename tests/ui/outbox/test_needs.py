from dataclasses import replace

import pytest

from assessor_app.domain.outbox import AttentionReason
from assessor_app.ui.outbox.needs import attention
from assessor_app.wire.messages import Problem
from tests.ui.outbox.making import REFUSED


@pytest.mark.parametrize(
    ("status", "cure"), [(413, "Shorten the feedback"), (426, "newer version")]
)
def test_a_body_that_is_not_taken_says_what_would_be(status: int, cure: str) -> None:
    problem = Problem(type="", title="No", status=status)
    refused = replace(REFUSED, attention=AttentionReason.REFUSED, problem=problem)

    (state,) = attention((refused,))

    assert cure in state.words
    assert "does not count there. It is kept whole." in state.words
