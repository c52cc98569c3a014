"""What the window remembers between two starts: where it was, and how it looked. Nothing secret."""

import base64
from dataclasses import dataclass
from pathlib import Path

import msgspec

from assessor_app.ui.theme.theme import Mode

FILE = "window.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowMemory:
    """`geometry` is what Qt saved, in base64; `section` the last one of the navigation."""

    geometry: str = ""
    section: str = ""
    mode: Mode = Mode.SYSTEM
    text_scale: float = 1.0

    def geometry_bytes(self) -> bytes:
        """Return the geometry as Qt takes it."""
        return base64.b64decode(self.geometry)


def encoded(geometry: bytes) -> str:
    """Return a geometry as it is remembered."""
    return base64.b64encode(geometry).decode()


def load_memory(root: Path) -> WindowMemory:
    """Return what was remembered; defaults where nothing, or nothing readable, was."""
    try:
        return msgspec.json.decode((root / FILE).read_bytes(), type=WindowMemory)
    except (OSError, msgspec.DecodeError):
        return WindowMemory()


def save_memory(root: Path, memory: WindowMemory) -> None:
    """Remember. A window that cannot is opened as the first time."""
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        (root / FILE).write_bytes(msgspec.json.encode(memory))
    except OSError:
        return
