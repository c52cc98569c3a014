"""What the screen says of work that a newer version made. Imported after the first paint."""

import json
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from assessor_app.domain.outbox import OutboxState
from assessor_app.ui.outbox.export_text import words_of
from assessor_app.ui.outbox.lines import ActState
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.when import moment
from assessor_app.usecases.unopened import UnopenedReview, UnopenedWork


@dataclass(frozen=True, slots=True)
class ShownReview:
    """A row of the list, and the whole text that stands beside it."""

    row: ActState
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ShownWork:
    """What the screen shows; `everything` is what the export writes."""

    reviews: tuple[ShownReview, ...]
    everything: str = field(repr=False)


def shown_work(work: UnopenedWork) -> ShownWork:
    """Return work in words."""
    return ShownWork(tuple(map(_shown, work.reviews)), work.everything)


def _shown(review: UnopenedReview) -> ShownReview:
    icon, state = ("square-pen", _draft()) if review.act is None else _state(review.state)
    changed = moment(review.written_at) if review.written_at else _tr("time not known")
    row = ActState(
        key=review.act or "",
        assignment=review.assignment,
        icon=icon,
        tone=Tone.PLAIN,
        submission=review.submission or review.assignment,
        title=review.title,
        words=f"{state} · {changed}",
    )
    head = _tr("{0}. Last change: {1}.").format(state, changed)
    return ShownReview(row, f"{head}\n\n{_text(review)}")


def _text(review: UnopenedReview) -> str:
    """Return the text for people, or the kept one where its form is not known."""
    if review.exported is not None:
        return words_of(review.exported)
    why = _tr("Only the newer Assessor knows the form of this text, so it stands as it is kept:")
    about = f"{review.submission or review.assignment} · {review.title}"
    return "\n".join((about, "", why, "", _spread(review.content)))


def _spread(content: str) -> str:
    try:
        return json.dumps(json.loads(content), ensure_ascii=False, indent=2)
    except ValueError:
        return content


def _draft() -> str:
    return _tr("Draft, on this laptop")


def _state(state: OutboxState | None) -> tuple[str, str]:
    """Return an icon and words for how far a sealed review has come."""
    match state:
        case OutboxState.SEALED | OutboxState.QUEUED:
            return "lock", _tr("Sealed, not sent yet")
        case OutboxState.SENDING | OutboxState.AMBIGUOUS:
            return "circle-question-mark", _tr("Sealed, may have arrived")
        case OutboxState.RECEIVED | OutboxState.SETTLED:
            return "circle-check", _tr("Sealed, received")
        case OutboxState.ATTENTION:
            return "triangle-alert", _tr("Sealed, needs your attention")
        case OutboxState.VOIDING | OutboxState.VOIDED:
            return "lock-open", _tr("Being reopened")
        case None:
            return "lock", _tr("Sealed, state not known here")


def _tr(words: str) -> str:
    return QCoreApplication.translate("unopened", words)
