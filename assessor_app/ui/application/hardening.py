"""What the process is not to leak while it runs."""

import ctypes
import sys

_PR_SET_DUMPABLE = 4


def harden() -> None:
    """Let no core dump hold what was on the screen, and no other program look inside."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 (there is none elsewhere)

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
