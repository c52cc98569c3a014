"""A letter as plain text, for mail and for reading without a browser."""

import textwrap
from collections.abc import Iterator

from assessor_app.reference_platform.letter import (
    KIND_WORDS,
    CriterionResult,
    Letter,
    Remark,
    day_in_words,
    decision_in_words,
)

WIDTH = 76


def text_of(letter: Letter) -> str:
    """Return the letter as plain text."""
    return "\n".join(_lines(letter)) + "\n"


def _lines(letter: Letter) -> Iterator[str]:
    yield letter.issuer
    yield letter.title
    yield f"Submission {letter.handle}, decided on {day_in_words(letter.decided_on)}"
    yield from _headline(decision_in_words(letter.decided))
    for reason in letter.reasons:
        yield f"{reason.words}{f': {reason.about}' if reason.about else ''}"
        yield from _wrapped(reason.explanation, "  ")
    yield from _headline("Your levels")
    for result in letter.results:
        yield from _wrapped(_level(result), "", "   ")
    yield from _headline("Feedback")
    for result in letter.results:
        if result.remarks:
            yield f"{result.number}. {result.title}"
            yield from _remarks(result.remarks)
    if letter.overall:
        yield "Your submission as a whole"
        yield from _remarks(letter.overall)
    yield from _headline("What you can do next")
    for number, step in enumerate(letter.next_steps, start=1):
        yield from _wrapped(f"{number}. {step}", "", "   ")


def _level(result: CriterionResult) -> str:
    if not result.level:
        return f"{result.number}. {result.title}: not rated"
    state = "reached" if result.reached else "not yet reached"
    asked = f"asked for: {result.required}, {state}"
    return f"{result.number}. {result.title}: {result.level} ({asked})"


def _remarks(remarks: tuple[Remark, ...]) -> Iterator[str]:
    for remark in remarks:
        yield f"   {KIND_WORDS[remark.kind]}:"
        yield from _wrapped(remark.text, "      ")
    yield ""


def _headline(words: str) -> Iterator[str]:
    yield ""
    yield words
    yield "-" * len(words)


def _wrapped(text: str, indent: str, hanging: str | None = None) -> Iterator[str]:
    for paragraph in text.splitlines() or [""]:
        yield from textwrap.wrap(
            paragraph,
            WIDTH,
            initial_indent=indent,
            subsequent_indent=indent if hanging is None else hanging,
        ) or [""]
