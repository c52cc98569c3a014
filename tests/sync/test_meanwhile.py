from concurrent.futures import CancelledError
from threading import Event, get_ident

import pytest

from assessor_app.sync.errors import UncertainError
from assessor_app.sync.meanwhile import Meanwhile


def test_what_is_begun_goes_on_beside_the_caller() -> None:
    go = Event()
    with Meanwhile() as meanwhile:
        begun = meanwhile.begin(lambda: go.wait(10) and get_ident())
        go.set()

        assert begun.result() not in (False, get_ident())


def test_what_it_raised_is_raised_where_its_result_is_asked_for() -> None:
    def lose() -> None:
        raise UncertainError

    with Meanwhile() as meanwhile:
        begun = meanwhile.begin(lose)

        with pytest.raises(UncertainError):
            begun.result()


def test_its_end_waits_for_what_was_begun_and_drops_the_rest() -> None:
    running, done, go = Event(), Event(), Event()

    def work() -> None:
        running.set()
        go.wait(10)
        done.set()

    with Meanwhile() as meanwhile:
        meanwhile.begin(work)
        later = meanwhile.begin(work)
        running.wait(10)
        meanwhile.begin(lambda: None)
        go.set()
        running.clear()

    assert done.is_set()
    with pytest.raises(CancelledError):
        later.result()
