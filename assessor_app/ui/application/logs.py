"""The log file: an event and allow-listed fields, never a message, a name or a token."""

import contextlib
import logging
import os
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from typing_extensions import override

ROOT = "assessor_app"
FIELDS = (
    "link",
    "stage",
    "packets",
    "received",
    "refused",
    "uncertain",
    "missing",
    "fetched_bytes",
    "duration_ms",
    "error",
)
_MAX_BYTES, _KEPT = 256 * 1024, 3


class AllowListFormatter(logging.Formatter):
    """Writes the event and the fields that are allowed; everything else of a record is left out.

    A record of another library gives its logger and level alone: its words may quote anything.
    """

    @override
    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        is_ours = record.name.split(".")[0] == ROOT and not record.args
        event = str(record.msg) if is_ours and str(record.msg).isidentifier() else "-"
        fields = (
            f"{name}={record.__dict__[name]}"
            for name in FIELDS
            if is_ours and isinstance(record.__dict__.get(name), int | str)
        )
        return " ".join((at, record.levelname, record.name, event, *fields))


def start_log(folder: Path) -> logging.Handler:
    """Write everything that is logged from now on to a file of `folder`, and nowhere else.

    Where the folder takes none nothing is logged; the screen says what is wrong with it.
    """
    handler: logging.Handler = logging.NullHandler()
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.access(folder, os.W_OK):
        handler = RotatingFileHandler(
            folder / "assessor.log", maxBytes=_MAX_BYTES, backupCount=_KEPT, delay=True
        )
    handler.setFormatter(AllowListFormatter())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(ROOT).setLevel(logging.INFO)
    return handler


def stop_log(handler: logging.Handler) -> None:
    """Write no more."""
    logging.getLogger().removeHandler(handler)
    handler.close()
