"""One hostile file through the rebuild, and an ordinary one after it."""

import time
from dataclasses import dataclass

from assessor_app.render.errors import RenderError
from assessor_app.render.host import RenderHost
from assessor_app.render.kinds import SourceKind
from tests.hostile.corpus import Hostile


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What came of a file; `right` if that was expected and the worker serves on."""

    file: str
    bytes: int
    outcome: str
    spent_ms: int
    right: bool


def run(host: RenderHost, file: Hostile) -> Row:
    start = time.perf_counter()
    found = outcome(host, file)
    spent_ms = round((time.perf_counter() - start) * 1000)
    expected = {"shown" if code is None else code.value for code in file.outcomes}
    serves_on = host.rebuild(SourceKind.TEXT, b"still here").view is not None
    return Row(
        file=file.name,
        bytes=len(file.data),
        outcome=found,
        spent_ms=spent_ms,
        right=found.split(",")[0] in expected and serves_on,
    )


def outcome(host: RenderHost, file: Hostile) -> str:
    try:
        rebuilt = host.rebuild(file.kind, file.data)
    except RenderError as refused:
        return refused.code.value
    return f"shown, {len(rebuilt.pages)} pages" if rebuilt.pages else "shown, text"
