"""Leak check: what in outgoing text may tell the earner who the assessor is, or name a person.

Findings are hints to a human, who changes the text or keeps it with a reason.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from assessor_app.domain.identities import find
from assessor_app.domain.ids import CriterionId, FeedbackId
from assessor_app.domain.review import Review


class LeakKind(StrEnum):
    """What a finding may reveal."""

    OWN_WORD = "own_word"
    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    WORKPLACE = "workplace"
    PERSON = "person"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """One passage to be changed or kept with a reason. `start` and `end` are code points."""

    kind: LeakKind
    start: int
    end: int
    feedback: FeedbackId | None = None
    criterion: CriterionId | None = None
    quote: str = field(repr=False)

    @property
    def finding(self) -> str:
        """The handle under which an answer is kept: a changed passage needs a new answer."""
        return f"{self.kind}:{self.quote}"


_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_PATTERNS = (
    (LeakKind.EMAIL, re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        LeakKind.LINK,
        re.compile(
            r"\b(?:https?://|www\.)\S+"
            r"|(?<![\w-])(?<![\w-]\.)(?:[\w-]+\.)+(?:com|org|net|edu)/\S+"
        ),
    ),
    (LeakKind.PHONE, re.compile(r"(?<!\w)\+?\d[\d ()/.-]{7,}\d(?!\w)")),
    (
        LeakKind.WORKPLACE,
        re.compile(
            r"\b[Ww]hen I (?:taught|coached|worked|led|was teaching|studied)(?: \w+)? (?:at|in|for)"
            r" (?:the )?[A-Z][\w'-]*(?: [A-Z][\w'-]*)*"
            r"|\b(?:[Aa]t|[Ii]n) (?:my|our) (?:own )?(?:school|district|university|college|company)"
        ),
    ),
    (LeakKind.PERSON, re.compile(r"\b(?:Mr|Mrs|Ms|Mx|Dr|Prof)\.? [A-Z][\w'-]+")),
    (LeakKind.PERSON, re.compile(r"\b(?:Dear|Hi|Hello) [A-Z][\w'-]+")),
    (LeakKind.DATE, re.compile(rf"\b(?:\d{{1,2}}\.? (?:{_MONTH})|(?:{_MONTH}) \d{{1,2}})\b")),
)


def leaks_in(text: str, own_words: tuple[str, ...]) -> tuple[Leak, ...]:
    """Return the findings in one text, in order of place. `own_words` name the assessor."""
    found = [
        Leak(
            kind=LeakKind.OWN_WORD,
            start=span.start,
            end=span.end,
            quote=text[span.start : span.end],
        )
        for span in find(text, own_words)
    ]
    for kind, pattern in _PATTERNS:
        found += [
            Leak(kind=kind, start=hit.start(), end=hit.end(), quote=hit.group())
            for hit in pattern.finditer(text)
        ]
    return tuple(sorted(found, key=lambda leak: (leak.start, leak.end)))


def leaks_of(review: Review, own_words: tuple[str, ...]) -> tuple[Leak, ...]:
    """Return the findings in everything of a review that leaves the laptop as text."""
    found: list[Leak] = []
    for item in review.feedback:
        found += [
            Leak(
                kind=leak.kind,
                start=leak.start,
                end=leak.end,
                quote=leak.quote,
                feedback=item.id,
                criterion=item.criterion,
            )
            for leak in leaks_in(item.text, own_words)
        ]
    for reason in review.reasons:
        found += leaks_in(reason.explanation, own_words)
    return tuple(found)
