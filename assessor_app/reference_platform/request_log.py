"""Which kinds of requests came and how they ended. Allow-listed fields: nobody, no content."""

import contextlib
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assessor_app.wire.codec import dump, parse
from assessor_app.wire.errors import MalformedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request. `route` is the template of the contract, never the path that was asked for."""

    at: datetime
    method: str
    route: str
    status: int


class RequestLog:
    """A file of one request a line.

    Threads: any.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def add(self, request: Request) -> None:
        """Append one request. On a full disk it is missing: no answer depends on this file."""
        with contextlib.suppress(OSError):
            os.write(self._file, dump(request) + b"\n")

    def requests(self) -> tuple[Request, ...]:
        """Return all requests, oldest first; a line torn by a kill or a full disk is left out."""
        found: list[Request] = []
        for line in self._path.read_bytes().split(b"\n")[:-1]:
            with contextlib.suppress(MalformedError):
                found.append(parse(Request, line))
        return tuple(found)

    def counts(self) -> Mapping[str, int]:
        """Return how often each method and route was asked for."""
        found = Counter(f"{one.method} {one.route}" for one in self.requests())
        return dict(sorted(found.items()))

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)
