"""What of a part's evidence is other in the present packet: responses by words, pages by hash."""

from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from assessor_app.domain.ids import PartId, Sha256
from assessor_app.domain.packet import Artifact, Part, Prompt
from assessor_app.ui.parts.page_strip import PageCell, PageChange
from assessor_app.usecases.renewal import Version

_EVIDENCE_PART = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPair:
    """A response as it was and as it is."""

    title: str
    before: str = field(repr=False)
    now: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StripPair:
    """The pages of an artifact as they were and as they are, each also in words."""

    title: str
    before: tuple[PageCell, ...]
    now: tuple[PageCell, ...]
    words_before: str
    words_now: str


def texts_of(part: PartId, before: Version, now: Version) -> tuple[TextPair, ...]:
    """Return the responses of a part that say something else than before."""
    old = {prompt.id: prompt for prompt in _prompts(before, part)}
    new = {prompt.id: prompt for prompt in _prompts(now, part)}
    ids = (*new, *(key for key in old if key not in new))
    pairs = (
        TextPair(
            title=(new.get(key) or old[key]).text,
            before=old[key].response if key in old else "",
            now=new[key].response if key in new else "",
        )
        for key in ids
    )
    return tuple(pair for pair in pairs if pair.before != pair.now)


def strips_of(part: PartId, before: Version, now: Version) -> tuple[StripPair, ...]:
    """Return the artifacts that show something else than before; they are evidence of Part 2."""
    if not any(own.id == part and own.number == _EVIDENCE_PART for own in now.packet.parts):
        return ()
    old = {artifact.id: artifact for artifact in before.packet.artifacts}
    new = {artifact.id: artifact for artifact in now.packet.artifacts}
    ids = (*new, *(key for key in old if key not in new))
    return tuple(_strip(old.get(key), new.get(key)) for key in ids if old.get(key) != new.get(key))


def _prompts(version: Version, part_id: PartId) -> tuple[Prompt, ...]:
    part: Part | None = next((own for own in version.packet.parts if own.id == part_id), None)
    return part.prompts if part else ()


def _strip(before: Artifact | None, now: Artifact | None) -> StripPair:
    shown = now or before
    if shown is None:
        raise ValueError("an artifact of neither packet")
    old, new = _hashes(before), _hashes(now)
    gone = tuple(_cell(at, old, new, PageChange.GONE) for at in range(len(old)))
    fresh = tuple(_cell(at, new, old, PageChange.NEW) for at in range(len(new)))
    return StripPair(
        title=f"{shown.id} · {shown.title}",
        before=gone,
        now=fresh,
        words_before=_words(gone),
        words_now=_words(fresh),
    )


def _hashes(artifact: Artifact | None) -> tuple[Sha256, ...]:
    if artifact is None:
        return ()
    pages = tuple(page.image.sha256 for page in artifact.pages)
    return pages or ((artifact.text.view.sha256,) if artifact.text else ())


def _cell(
    at: int, own: tuple[Sha256, ...], other: tuple[Sha256, ...], alone: PageChange
) -> PageCell:
    """Return a page by what the other version has: the same one anywhere, another one, or none."""
    if own[at] in other:
        change = PageChange.SAME
    else:
        change = PageChange.CHANGED if at < len(other) else alone
    return PageCell(str(at + 1), change)


def _words(cells: tuple[PageCell, ...]) -> str:
    if not cells:
        return _tr("no pages")
    said = {
        PageChange.CHANGED: _tr("other than before: {0}"),
        PageChange.NEW: _tr("new: {0}"),
        PageChange.GONE: _tr("gone: {0}"),
    }
    parts = [
        words.format(", ".join(cell.label for cell in cells if cell.change is change))
        for change, words in said.items()
        if any(cell.change is change for cell in cells)
    ]
    return "; ".join((_tr("{0} pages").format(len(cells)), *parts))


def _tr(words: str) -> str:
    return QCoreApplication.translate("conflict", words)
