import pytest

from assessor_app.domain.leaks import LeakKind, leaks_in, leaks_of
from assessor_app.domain.policy import ReasonCode
from assessor_app.domain.review import FeedbackKind, Reason
from tests.domain.test_review import EMPTY, said
from tests.domain.test_rubric import PLAN

OWN = ("Ida Marchetti-Roe", "Lakeside")


@pytest.mark.parametrize(
    ("text", "kind", "quote"),
    [
        ("Kind regards, ida marchetti-roe.", LeakKind.OWN_WORD, "ida marchetti-roe"),
        ("Write to me: coach@example.org", LeakKind.EMAIL, "coach@example.org"),
        ("Ring +44 20 7946 0958 any day", LeakKind.PHONE, "+44 20 7946 0958"),
        ("See https://example.org/me/plan", LeakKind.LINK, "https://example.org/me/plan"),
        (
            "When I coached at Northmoor, it helped",
            LeakKind.WORKPLACE,
            "When I coached at Northmoor",
        ),
        ("As we do in our district.", LeakKind.WORKPLACE, "in our district"),
        ("Ask Dr. Voss about it", LeakKind.PERSON, "Dr. Voss"),
        ("Dear Orla, thank you", LeakKind.PERSON, "Dear Orla"),
        ("I read this on 12 March", LeakKind.DATE, "12 March"),
    ],
)
def test_what_may_reveal_a_person_is_found(text: str, kind: LeakKind, quote: str) -> None:
    leak = next(leak for leak in leaks_in(text, OWN) if leak.kind is kind)

    assert (leak.quote, text[leak.start : leak.end]) == (quote, quote)


@pytest.mark.parametrize(
    "text",
    [
        "For steps 3 and 4, state what evidence will show progress.",
        "The plan names one shared goal; 19 of 26 students gave a reason.",
        "When I read the plan at first, the goal was clear.",
    ],
)
def test_ordinary_feedback_is_left_alone(text: str) -> None:
    assert leaks_in(text, OWN) == ()


def test_everything_that_leaves_is_searched() -> None:
    review = EMPTY.give_feedback(said(FeedbackKind.PRAISE, PLAN, "At Lakeside we do")).give_reason(
        Reason(code=ReasonCode.AUTHENTICITY, explanation="mail a@b.org")
    )

    found = leaks_of(review, OWN)
    assert [(leak.kind, leak.criterion) for leak in found] == [
        (LeakKind.OWN_WORD, PLAN),
        (LeakKind.EMAIL, None),
    ]


def test_a_quote_is_not_in_a_representation() -> None:
    assert "Lakeside" not in repr(leaks_in("At Lakeside", OWN))


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["x", "a.", "-", "1 ", "@", "a@b."])
def test_a_long_text_without_an_end_is_searched_at_once(piece: str) -> None:
    leaks_in(piece * 200_000, OWN)


@pytest.mark.parametrize(
    "text", ["see...example.org/me", "at -example.org/me", "(a.example.org/x)"]
)
def test_a_link_is_found_behind_signs(text: str) -> None:
    assert [leak.kind for leak in leaks_in(text, OWN)] == [LeakKind.LINK]
