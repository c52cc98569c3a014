"""The text of an exported review: first for people, then one line for programs."""

import json
import textwrap
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from assessor_app.domain.ids import CriterionId
from assessor_app.domain.review import Pin, PlaceKind, Review
from assessor_app.domain.rubric import Criterion
from assessor_app.ui.desk.card_state import kind_word, reason_word
from assessor_app.ui.when import moment
from assessor_app.usecases.export import ExportedReview

FORMAT = "assessor-review/1"
MARK = "----- " + FORMAT + " -----"
_WIDTH = 76
_INDENT = "  "
_BETWEEN = "=" * _WIDTH


def text_of(exported: ExportedReview) -> str:
    """Return the whole file."""
    parts = (_wrapped(part) if part.startswith(_INDENT) else part for part in _parts(exported))
    return "\n".join((*parts, "", MARK, _line(exported), ""))


def words_of(exported: ExportedReview) -> str:
    """Return what people read of it, each sentence on one line however long it is."""
    return "\n".join(_parts(exported))


def text_of_all(exported: tuple[ExportedReview, ...], now: datetime) -> str:
    """Return one file with several reviews, each as in a file of its own."""
    several = _tr("{0} sealed reviews without a receipt, {1}")
    one = _tr("{0} sealed review without a receipt, {1}")
    head = (one if len(exported) == 1 else several).format(len(exported), moment(now))
    return f"\n{_BETWEEN}\n\n".join((f"{head}\n", *(text_of(each) for each in exported)))


def name_of_all(now: datetime) -> str:
    """Return a name for the file of all of them."""
    return _tr("unsent-reviews-{0}.txt").format(now.astimezone().date().isoformat())


def name_of(exported: ExportedReview) -> str:
    """Return a name for the file: the submission ID is the only handle."""
    return f"{exported.submission or 'review'}.txt"


def _parts(exported: ExportedReview) -> list[str]:
    return [*_head(exported), *_criteria(exported), *_whole(exported.review)]


def _head(exported: ExportedReview) -> list[str]:
    sealed = _tr("Sealed {0}") if exported.act else _tr("Draft of {0}")
    return [
        f"{exported.submission} · {exported.title}",
        sealed.format(moment(exported.written_at)),
        _tr("Rubric version {0}").format(exported.review.rubric.version),
    ]


def _criteria(exported: ExportedReview) -> list[str]:
    if exported.rubric is None:
        return []
    lines: list[str] = []
    for number, criterion in enumerate(exported.rubric.criteria, start=1):
        lines += ["", f"{number} {criterion.title}: {_level(exported.review, criterion)}"]
        lines += _said(exported.review, criterion.id)
    return lines


def _level(review: Review, criterion: Criterion) -> str:
    level = review.levels().get(criterion.id)
    return criterion.level(level).name if level else _tr("not rated")


def _said(review: Review, criterion: CriterionId | None) -> list[str]:
    pins = [_pin(pin) for pin in review.pins if pin.criterion == criterion]
    items = [
        f"{kind_word(item.kind)}: {item.text}"
        for item in review.feedback
        if item.criterion == criterion
    ]
    silent = [_tr("Nothing in the packet shows this.")] if criterion in review.nothing_shows else []
    return [_INDENT + " ".join(said.split()) for said in (*silent, *pins, *items)]


def _pin(pin: Pin) -> str:
    place = pin.place
    where = place.source
    if place.kind in (PlaceKind.PAGE_TEXT, PlaceKind.REGION):
        where = _tr("{0} page {1}").format(place.source, place.page + 1)
    return (
        _tr("Pin {0} “{1}”").format(where, place.quote) if place.quote else f"{_tr('Pin')} {where}"
    )


def _whole(review: Review) -> list[str]:
    reasons = [
        f"{_INDENT}{reason_word(reason.code)}: {reason.explanation}" for reason in review.reasons
    ]
    said = [*_said(review, None), *reasons]
    return ["", _tr("Whole submission"), *said] if said else []


def _wrapped(text: str) -> str:
    return textwrap.fill(
        text.strip(),
        _WIDTH,
        initial_indent=_INDENT,
        subsequent_indent=_INDENT * 2,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _line(exported: ExportedReview) -> str:
    """Return what a program reads: the text in `content` is, in UTF-8, exactly what was sealed."""
    return json.dumps(
        {
            "format": FORMAT,
            "submission": exported.submission,
            "act": exported.act,
            "state": exported.state.value if exported.state else "draft",
            "written_at": exported.written_at.isoformat(),
            "content_sha256": exported.content_sha256,
            "content": exported.content,
        },
        ensure_ascii=False,
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("export", words)
