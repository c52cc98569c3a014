"""Puts the frames of a rebuilt artifact together, each checked as it comes."""

from assessor_app.domain.evidence import Picture, TextView
from assessor_app.render import answers
from assessor_app.render.errors import RenderCode, WorkerLostError
from assessor_app.render.frames import Frame, FrameError, FrameKind
from assessor_app.render.limits import MAX_PAGES, MAX_PICTURES
from assessor_app.render.results import Finding, Page, Rebuilt


class Gathered:
    """The answer to one rebuild request, so far."""

    def __init__(self) -> None:
        self._pages: list[Page] = []
        self._pictures: list[Page] = []
        self._view: TextView | None = None
        self._view_hits: tuple[int, ...] = ()
        self._findings: tuple[Finding, ...] | None = None

    def take(self, untrusted: Frame) -> None:
        """Check one frame and keep it.

        Raises:
            FrameError: It is not what it should be, or one too many.
        """
        reader = untrusted.reader()
        if untrusted.kind is FrameKind.PAGE and len(self._pages) < MAX_PAGES:
            self._pages.append(answers.checked_page(reader))
        elif untrusted.kind is FrameKind.PICTURE and len(self._pictures) < MAX_PICTURES:
            self._pictures.append(answers.checked_page(reader))
        elif untrusted.kind is FrameKind.BLOCKS and self._view is None:
            self._view, self._view_hits = answers.checked_view(reader, pictures=len(self._pictures))
        elif untrusted.kind is FrameKind.FINDINGS and self._findings is None:
            self._findings = answers.checked_findings(reader)
        else:
            raise FrameError

    def result(self) -> Rebuilt:
        """Return the artifact.

        Raises:
            WorkerLostError: Parts are missing, or do not belong together.
        """
        shown = {block.index for block in _pictures_of(self._view)}
        whole = bool(self._pages) != (self._view is not None)
        if not whole or self._findings is None or shown != set(range(len(self._pictures))):
            raise WorkerLostError(RenderCode.IMPLAUSIBLE)
        return Rebuilt(
            pages=tuple(self._pages),
            view=self._view,
            pictures=tuple(self._pictures),
            view_hits=self._view_hits,
            findings=self._findings,
        )


def _pictures_of(view: TextView | None) -> tuple[Picture, ...]:
    blocks = view.blocks if view is not None else ()
    return tuple(block for block in blocks if isinstance(block, Picture))
