"""What the earner will read of a review, as values: the issuer's letter adds only its decision."""

import textwrap
from dataclasses import dataclass, field

from assessor_app.domain.ids import CriterionId
from assessor_app.domain.leaks import Leak
from assessor_app.domain.packet import Packet
from assessor_app.domain.review import FeedbackItem, FeedbackKind, Review
from assessor_app.domain.rubric import Criterion, Rubric
from assessor_app.ui.desk.card_state import kind_word, reason_word
from assessor_app.ui.desk.sources import tr

TEXT_WIDTH = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewItem:
    """One feedback item. `findings` are passages of the leak check without an answer."""

    kind: FeedbackKind
    word: str
    text: str = field(repr=False)
    findings: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewSection:
    """One criterion with something said about it, or the submission as a whole."""

    title: str
    level: str
    required: str
    items: tuple[PreviewItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewState:
    """The whole letter as far as it is the assessor's."""

    title: str
    opening: str
    reasons: tuple[tuple[str, str], ...] = field(repr=False)
    sections: tuple[PreviewSection, ...]
    closing: str


def preview_of(
    review: Review, rubric: Rubric, packet: Packet, open_leaks: tuple[Leak, ...]
) -> PreviewState:
    """Return what the earner will read."""
    levels = review.levels()
    sections = [
        _section(review, criterion, number, open_leaks)
        for number, criterion in enumerate(rubric.criteria, start=1)
    ]
    shown = tuple(section for section in sections if section.items)
    overall = _items(review, None, open_leaks)
    if overall:
        title = tr("Your submission as a whole")
        shown = (*shown, PreviewSection(title=title, level="", required="", items=overall))
    said = {item.criterion for item in review.feedback}
    silent = [c for c in rubric.criteria if c.id not in said and c.id in levels]
    reaching = sum(c.reaches(levels[c.id]) for c in silent)
    return PreviewState(
        title=packet.microcredential.title,
        opening=_opening(review, rubric),
        reasons=tuple((reason_word(r.code), r.explanation) for r in review.reasons),
        sections=shown,
        closing=_closing(reaching),
    )


def _opening(review: Review, rubric: Rubric) -> str:
    levels = review.levels()
    total, below = len(rubric.criteria), len(rubric.below(levels))
    thanks = tr("Thank you for letting us see this work.")
    if len(levels) < total:
        return thanks
    if not below:
        said = tr("Read against the rubric, every criterion reaches the required level.")
    else:
        said = tr("Read against the rubric, {0} of {1} criteria reach the required level.").format(
            total - below, total
        )
        said += " " + tr("The notes below say what evidence would show the rest.")
    return f"{thanks} {said}"


def _closing(reaching: int) -> str:
    if not reaching:
        return ""
    if reaching == 1:
        return tr("One more criterion reaches the required level.")
    return tr("{0} more criteria reach the required level.").format(reaching)


def _section(
    review: Review, criterion: Criterion, number: int, leaks: tuple[Leak, ...]
) -> PreviewSection:
    level = review.levels().get(criterion.id)
    return PreviewSection(
        title=f"{number}  {criterion.title}",
        level=criterion.level(level).name if level else tr("not rated"),
        required=tr("{0} required").format(criterion.level(criterion.required).name),
        items=_items(review, criterion.id, leaks),
    )


def _items(
    review: Review, criterion: CriterionId | None, leaks: tuple[Leak, ...]
) -> tuple[PreviewItem, ...]:
    order = tuple(FeedbackKind)
    own = [item for item in review.feedback if item.criterion == criterion and item.text.strip()]
    return tuple(_item(item, leaks) for item in sorted(own, key=lambda i: order.index(i.kind)))


def _item(item: FeedbackItem, leaks: tuple[Leak, ...]) -> PreviewItem:
    spans = tuple((leak.start, leak.end) for leak in leaks if leak.feedback == item.id)
    return PreviewItem(kind=item.kind, word=kind_word(item.kind), text=item.text, findings=spans)


def as_text(preview: PreviewState) -> str:
    """Return the preview as plain text, as a screen reader or a mail gives it."""
    lines = [preview.title, "", *textwrap.wrap(preview.opening, TEXT_WIDTH)]
    for title, explanation in preview.reasons:
        lines += ["", title, *_indented(explanation)]
    for section in preview.sections:
        state = f" ({section.level}; {section.required})" if section.required else ""
        lines += ["", f"{section.title}{state}"]
        for item in section.items:
            lines += [f"  {item.word}:", *_indented(item.text)]
    if preview.closing:
        lines += ["", preview.closing]
    return "\n".join(lines)


def _indented(text: str) -> list[str]:
    return [
        line
        for paragraph in text.splitlines()
        for line in textwrap.wrap(
            paragraph, TEXT_WIDTH, initial_indent="    ", subsequent_indent="    "
        )
    ]
