"""Each test fails if its rule leaves the recipe: the deed then goes through, and the exit is 0."""

import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from assessor_app.render.confine import Confinement
from assessor_app.render.frames import FrameKind, pack
from tests.render import bad_worker

SCRIPT = Path(bad_worker.__file__)
pytestmark = pytest.mark.filterwarnings("error")


def exit_after(deed: str) -> tuple[int, bytes]:
    """Start a worker, ask once, close the pipe, and return how it ended and what it wrote."""
    command: Sequence[str] = (sys.executable, "-I", str(SCRIPT), deed)
    request = b"".join(pack(FrameKind.DECODE, ()))
    ended = subprocess.run(command, input=request, capture_output=True, check=False, timeout=30)
    return ended.returncode, ended.stdout


def test_a_worker_that_behaves_ends_in_peace() -> None:
    code, answer = exit_after("nothing")

    assert code == 0
    assert Confinement.NONE.value.encode() not in answer
    assert b"BGRA" in answer


@pytest.mark.parametrize("deed", sorted(bad_worker.FORBIDDEN))
def test_a_forbidden_call_kills_the_worker(deed: str) -> None:
    code, answer = exit_after(deed)

    assert code == -signal.SIGSYS
    assert b"BGRA" not in answer


def test_what_a_library_prints_does_not_cross() -> None:
    code, answer = exit_after("print")

    assert code == 0
    assert b"noise" not in answer


def test_memory_is_limited_and_that_is_an_answer() -> None:
    code, answer = exit_after("swallow_memory")

    assert code == 0
    assert b"too_large" in answer
