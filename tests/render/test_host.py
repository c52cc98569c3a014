import contextlib
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessor_app.render.errors import RenderCode, RenderError, WorkerLostError
from assessor_app.render.host import Patience, RenderHost
from assessor_app.render.kinds import SourceKind
from assessor_app.render.process import WorkerProcess, command_of, environment
from assessor_app.render.profiles import ProfileName
from tests.render import bad_worker
from tests.render.pictures import page_image

SCRIPT = Path(bad_worker.__file__)


def host_of(deed: str, patience: Patience | None = None) -> RenderHost:
    command = (sys.executable, "-I", str(SCRIPT), deed)
    return RenderHost(ProfileName.VIEWER, command=command, patience=patience)


def code_of(host: RenderHost) -> RenderCode:
    with pytest.raises(RenderError) as failed:
        host.decode(b"any", max_width=1, max_height=9)
    return failed.value.code


@pytest.fixture(scope="module")
def viewer() -> Iterator[RenderHost]:
    with RenderHost(ProfileName.VIEWER) as host:
        yield host


def children() -> set[int]:
    """Return the processes, dead ones too, whose parent is this one."""
    found: set[int] = set()
    for task in Path(f"/proc/{os.getpid()}/task").iterdir():
        with contextlib.suppress(FileNotFoundError):  # a thread of an earlier test may end here
            found |= {int(child) for child in (task / "children").read_text().split()}
    return found


def test_an_answer_that_passes_the_checks_is_taken() -> None:
    with host_of("good") as host:
        assert host.decode(b"any", max_width=1, max_height=9).data == b"BGRA"


@pytest.mark.parametrize(
    "deed",
    [
        "no_pixels",
        "too_wide",
        "too_short",
        "twice",
        "wrong_kind",
        "surplus",
        "false_code",
        "free_text",
        "garbage",
        "huge",
    ],
)
def test_an_answer_that_fails_the_checks_is_not(deed: str) -> None:
    with host_of(deed) as host:
        assert code_of(host) is RenderCode.IMPLAUSIBLE


@pytest.mark.parametrize("deed", ["die", "abort", "open", "socket"])
def test_a_worker_that_dies_costs_one_request(deed: str) -> None:
    with host_of(deed) as host:
        host.start()
        assert code_of(host) is RenderCode.CRASHED

        host.start()
        assert code_of(host) is RenderCode.CRASHED


def test_a_worker_that_hangs_is_killed_and_costs_one_request() -> None:
    with host_of("hang", Patience(step_s=0.3)) as host:
        assert code_of(host) is RenderCode.HUNG
        assert code_of(host) is RenderCode.HUNG


def test_an_answer_without_end_is_cut_short() -> None:
    with host_of("hang", Patience(total_s=0.3)) as host:
        assert code_of(host) is RenderCode.HUNG


def test_a_decoder_without_end_of_its_own_is_an_ordinary_failure() -> None:
    with host_of("deep") as host:
        assert code_of(host) is RenderCode.BROKEN


def test_a_worker_that_died_while_idle_costs_nothing() -> None:
    before = children()
    with RenderHost(ProfileName.VIEWER) as host:
        host.start()
        (pid,) = children() - before
        os.kill(pid, 9)
        wait_for_end(pid)

        assert host.decode(page_image(), max_width=9, max_height=9).width_px == 9


def wait_for_end(pid: int) -> None:
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)


def test_nothing_is_left_of_a_worker() -> None:
    before = children()
    for deed in ("good", "die", "hang"):
        with host_of(deed, Patience(step_s=0.2)) as host:
            host.start()
            assert children() - before
            if deed != "good":
                code_of(host)

    assert children() == before


def test_a_closed_host_stays_closed() -> None:
    host = host_of("good")
    host.close()

    assert code_of(host) is RenderCode.UNAVAILABLE


@pytest.mark.parametrize(
    "command",
    [
        ("/no/such/program",),
        (sys.executable, "-c", "raise SystemExit(1)"),
        (sys.executable, "-c", "print('hello, I am no worker')"),
    ],
)
def test_a_program_that_is_no_worker_is_unavailable(command: tuple[str, ...]) -> None:
    with RenderHost(ProfileName.VIEWER, command=command) as host:
        assert code_of(host) is RenderCode.UNAVAILABLE
        with pytest.raises(RenderError):
            _ = host.confinement


def test_requests_from_many_threads_wait_for_each_other(viewer: RenderHost) -> None:
    image = page_image()
    widths: list[int] = []

    def ask(width: int) -> None:
        widths.append(viewer.decode(image, max_width=width, max_height=99).width_px)

    threads = [threading.Thread(target=ask, args=(width,)) for width in range(20, 40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(widths) == list(range(20, 40))


def test_each_profile_does_its_own_work_only(viewer: RenderHost) -> None:
    with pytest.raises(RenderError) as refused:
        viewer.rebuild(SourceKind.TEXT, b"words")

    assert refused.value.code is RenderCode.UNSUPPORTED


def test_a_request_over_the_limits_does_not_reach_the_worker(viewer: RenderHost) -> None:
    with pytest.raises(RenderError) as empty:
        viewer.rebuild(SourceKind.TEXT, b"")
    with pytest.raises(ValueError, match="identities"):
        viewer.rebuild(SourceKind.TEXT, b"x", identities=("a",) * 65)

    assert empty.value.code is RenderCode.EMPTY


def test_secrets_of_the_environment_stay_here() -> None:
    assert set(environment()) <= {
        "LC_ALL",
        "LD_LIBRARY_PATH",
        "MALLOC_MMAP_THRESHOLD_",
        "MALLOC_TRIM_THRESHOLD_",
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "SYSTEMROOT",
    }


def test_a_worker_whose_host_is_gone_ends() -> None:
    worker = WorkerProcess(command_of(ProfileName.VIEWER))
    worker.close_pipes()

    wait_for_end(worker.pid)

    assert not worker.alive()
    worker.reap()


def test_a_lost_worker_is_told_apart_from_a_bad_file(viewer: RenderHost) -> None:
    with host_of("die") as host, pytest.raises(WorkerLostError):
        host.decode(b"any", max_width=1, max_height=1)
    with pytest.raises(RenderError) as refused:
        viewer.decode(b"no image", max_width=1, max_height=1)

    assert not isinstance(refused.value, WorkerLostError)
