"""Let the next question travel while the last answer is kept."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Self, TypeVar

T = TypeVar("T")


class Meanwhile:
    """Does one thing after the other on a thread of its own.

    Use it in a `with`: its end waits for what was begun, and what was not is never begun.
    """

    def __enter__(self) -> Self:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="meanwhile")
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown(cancel_futures=True)

    def begin(self, work: Callable[[], T]) -> Future[T]:
        """Begin with something; its result, or what it raised, is there when asked for."""
        return self._thread.submit(work)
