"""What the earner receives."""

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

from typing_extensions import override

from assessor_app.domain.assignment import Assignment, AssignmentKind, AssignmentState, PacketRef
from assessor_app.domain.determination import Determination
from assessor_app.domain.ids import (
    ArtifactId,
    AssignmentId,
    FeedbackId,
    PacketId,
    SubmissionId,
)
from assessor_app.domain.policy import ReasonCode
from assessor_app.domain.review import FeedbackItem, FeedbackKind, Reason
from assessor_app.reference_platform.letter import Letter, letter_of
from assessor_app.reference_platform.letter_html import html_of
from assessor_app.reference_platform.letter_text import text_of
from assessor_app.wire.messages import ReviewBody
from tests.reference_platform.factory import MORNING, built, new_uuid, review

SUBMISSION = built()
HANDLE = SubmissionId("MC-4F2K-9")


def sealed(determination: Determination) -> ReviewBody:
    return review(
        Assignment(
            id=AssignmentId(new_uuid()),
            submission=SubmissionId("MC-7777-7"),
            kind=AssignmentKind.REVIEW,
            state=AssignmentState.OPEN,
            title=SUBMISSION.packet.microcredential.title,
            packet=PacketRef(
                id=PacketId(new_uuid()), version=1, manifest_sha256=SUBMISSION.manifest_sha256
            ),
            rubric=SUBMISSION.packet.rubric,
            submitted_at=MORNING,
            due_on=date(2026, 3, 20),
            size_bytes=1,
            view_version=1,
        ),
        determination=determination,
    )


def letter(body: ReviewBody, decided: Determination) -> Letter:
    return letter_of(
        body,
        SUBMISSION.packet,
        SUBMISSION.rubric,
        handle=HANDLE,
        decided=decided,
        decided_on=date(2026, 3, 12),
    )


class Page(HTMLParser):
    """Collects what a page is made of; open tags have to be closed in order."""

    VOID = ("meta",)

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.attributes: set[str] = set()
        self._open: list[str] = []
        self.feed(html)
        assert self._open == []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in self.VOID:
            self._open.append(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    @override
    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.text += data


def test_a_denial_tells_levels_feedback_and_what_to_do_next() -> None:
    told = letter(sealed(Determination.DENY), Determination.DENY)

    for page in (Page(html_of(told)).text, text_of(told)):
        for words in (
            "Tarnbrook Teaching Council",
            "Feedback that moves learning on",
            HANDLE,
            "12 March 2026",
            "Not awarded this time",
            "Developing",
            "Proficient",
            "Show how step 3 follows from what pupils did in step 2.",
            "The class comes alive in your words.",
            "You may submit again at any time.",
            "Answer the challenge on “Plan”",
        ):
            assert words in " ".join(page.split())


def test_an_award_asks_for_nothing_more() -> None:
    told = letter(sealed(Determination.AWARD), Determination.AWARD)

    for page in (Page(html_of(told)).text, text_of(told)):
        assert "Awarded" in page
        assert "There is nothing more to send." in page
        assert "submit again" not in page


def test_feedback_stands_under_its_criterion_praise_first() -> None:
    body = sealed(Determination.DENY)
    praise = FeedbackItem(
        id=FeedbackId("f9"),
        kind=FeedbackKind.PRAISE,
        criterion=body.feedback[1].criterion,
        text="Step 1 is clear.",
    )
    overall = replace(praise, id=FeedbackId("f8"), criterion=None, text="A warm read.")
    told = letter(replace(body, feedback=(*body.feedback, praise, overall)), Determination.DENY)

    plan, context = told.results
    assert [one.kind for one in plan.remarks] == [FeedbackKind.PRAISE, FeedbackKind.CHALLENGE]
    assert [one.text for one in context.remarks] == ["The class comes alive in your words."]
    assert [one.text for one in told.overall] == ["A warm read."]
    assert text_of(told).index("Step 1 is clear.") < text_of(told).index("Show how step 3")


def test_a_reason_is_told_with_its_explanation_in_a_denial_only() -> None:
    reason = Reason(
        code=ReasonCode.INACCESSIBLE_ARTIFACT,
        explanation="The link answered 404.",
        artifact=ArtifactId("A1"),
    )
    body = replace(sealed(Determination.DENY), reasons=(reason,))

    denied = Page(html_of(letter(body, Determination.DENY))).text
    awarded = Page(html_of(letter(body, Determination.AWARD))).text

    assert "A piece of evidence could not be opened: Lesson plan (A1)" in denied
    assert "The link answered 404." in denied
    assert "404" not in awarded


def test_a_submission_that_could_not_be_rated_says_so() -> None:
    reason = Reason(
        code=ReasonCode.MISSING_EVIDENCE, explanation="Nothing is there.", whole_packet=True
    )
    body = replace(sealed(Determination.DENY), ratings=(), reasons=(reason,))

    told = letter(body, Determination.DENY)

    assert "Not rated" in Page(html_of(told)).text
    assert "1. Plan: not rated" in text_of(told)


def test_words_of_a_review_are_text_and_nothing_else() -> None:
    hostile = '<img src=x onerror=alert(1)> & "quoted" <script>'
    body = sealed(Determination.DENY)
    body = replace(body, feedback=(replace(body.feedback[0], text=hostile), body.feedback[1]))

    page = Page(html_of(letter(body, Determination.DENY)))

    assert hostile in page.text
    assert not {"img", "script", "a", "link", "iframe"} & set(page.tags)
    assert page.attributes <= {"lang", "charset", "name", "content", "class", "scope"}


def test_a_page_has_one_title_and_headings_in_order() -> None:
    page = Page(html_of(letter(sealed(Determination.DENY), Determination.DENY)))

    levels = [int(tag[1]) for tag in page.tags if tag in ("h1", "h2", "h3")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert {"main", "header", "table", "th"} <= set(page.tags)


def test_text_lines_fit_a_mail() -> None:
    body = sealed(Determination.DENY)
    long = replace(body.feedback[1], text="word " * 80)
    told = letter(replace(body, feedback=(body.feedback[0], long)), Determination.DENY)

    assert max(len(line) for line in text_of(told).splitlines()) <= 76
