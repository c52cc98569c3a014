"""Give up, for good, everything a decoder does not need. Called in the worker when it is warm.

On Linux a seccomp filter is the wall: whatever is not on its list kills the process. Landlock,
where the kernel has it, is a second one. Elsewhere there is no wall yet, and the answer says so.
"""

import sys
from enum import StrEnum

READ_FD, WRITE_FD = 0, 3
"""Frames leave by a number of their own: what a library prints goes nowhere."""
_NOWHERE_FDS = (1, 2)


class Confinement(StrEnum):
    """What holds the worker."""

    FULL = "full"
    """System calls by allow-list, and no file system rights at all."""
    SYSTEM_CALLS = "system_calls"
    """System calls by allow-list; this kernel has no landlock."""
    NONE = "none"
    """An ordinary process: show only text unless the user allows more."""

    @property
    def holds(self) -> bool:
        """Return whether artifacts may be decoded without asking the user."""
        return self is not Confinement.NONE


_ALLOWED = (
    "brk",
    "munmap",
    "mremap",
    "madvise",
    "futex",
    "lseek",
    "fstat",
    "close",
    "poll",
    "clock_gettime",
    "clock_getres",
    "gettimeofday",
    "time",
    "getrandom",
    "rt_sigreturn",
    "rt_sigaction",
    "rt_sigprocmask",
    "restart_syscall",
    "setitimer",
    "exit",
    "exit_group",
)
_EXECUTABLE = 4
"""PROT_EXEC: no memory becomes code once the worker is warm."""


if sys.platform == "linux":
    import ctypes
    import resource

    _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 4, 38

    def confine(*, memory_bytes: int) -> Confinement:
        """Confine this process and return what is in force. There is no way back."""
        try:
            import pyseccomp  # type: ignore[import-untyped] # noqa: PLC0415 (may not load)
        except (ImportError, RuntimeError, OSError):
            return Confinement.NONE
        resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) or libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
            return Confinement.NONE
        landlocked = _landlock()
        allowed = pyseccomp.SyscallFilter(pyseccomp.KILL_PROCESS)
        for call in _ALLOWED:
            allowed.add_rule(pyseccomp.ALLOW, call)
        for call in ("mmap", "mprotect"):
            data_only = pyseccomp.Arg(2, pyseccomp.MASKED_EQ, _EXECUTABLE, 0)
            allowed.add_rule(pyseccomp.ALLOW, call, data_only)
        allowed.add_rule(pyseccomp.ALLOW, "read", pyseccomp.Arg(0, pyseccomp.EQ, READ_FD))
        for fd in (WRITE_FD, *_NOWHERE_FDS):
            allowed.add_rule(pyseccomp.ALLOW, "write", pyseccomp.Arg(0, pyseccomp.EQ, fd))
        try:
            allowed.load()
        except OSError:
            return Confinement.NONE
        return Confinement.FULL if landlocked else Confinement.SYSTEM_CALLS

    def _landlock() -> bool:
        """Give up the file system, and return whether this kernel knows how."""
        try:
            import py_landlock  # noqa: PLC0415 (the second wall is optional)
        except ImportError:
            return False
        try:
            py_landlock.Landlock(strict=False).apply()
        except (py_landlock.LandlockError, OSError):
            return False
        return True

else:

    def confine(*, memory_bytes: int) -> Confinement:
        """Return that nothing holds this process: no recipe for this system is proved yet."""
        del memory_bytes
        return Confinement.NONE
