"""What a worker can do: one profile for the assessor's laptop, one for intake."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assessor_app.render.frames import FrameKind, Item, Reader

Message = tuple[FrameKind, Iterable[Item]]


class ProfileName(StrEnum):
    """Which worker to start."""

    VIEWER = "viewer"
    """Decodes page images. Needs Pillow only."""
    REBUILD = "rebuild"
    """Makes page sets and text views of raw files. Needs the extra `platform`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What one kind of worker loads and answers.

    `warm` runs everything once before the walls go up: an import after that is death. A handler
    yields the frames of its answer, without the last.
    """

    memory_bytes: int
    warm: Callable[[], None]
    handlers: Mapping[FrameKind, Callable[[Reader], Iterator[Message]]]
