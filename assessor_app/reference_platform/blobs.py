"""Files named by the SHA-256 of their content."""

import hashlib
import os
import secrets
from pathlib import Path

from assessor_app.domain.ids import Sha256
from assessor_app.reference_platform.durable import sync


class BlobFiles:
    """A folder of immutable content. Writing something twice changes nothing.

    Threads and processes: any; each writes beside under a name of its own.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, exist_ok=True)

    def put(self, sha256: Sha256, content: bytes) -> None:
        """Keep some bytes: written beside, synced, renamed."""
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ValueError("the content has another hash")
        path = self._path(sha256)
        if path.exists():
            return
        if not path.parent.exists():
            path.parent.mkdir(mode=0o700, exist_ok=True)
            sync(self._folder)
        beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        try:
            with beside.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        sync(path.parent)

    def size_bytes(self, sha256: Sha256) -> int:
        """Return the size. Raises FileNotFoundError where there is none."""
        return self._path(sha256).stat().st_size

    def read(self, sha256: Sha256, start: int, stop: int) -> bytes:
        """Return the bytes from `start` to before `stop`."""
        with self._path(sha256).open("rb") as file:
            file.seek(start)
            return file.read(stop - start)

    def _path(self, sha256: Sha256) -> Path:
        return self._folder / sha256[:2] / sha256[2:]
