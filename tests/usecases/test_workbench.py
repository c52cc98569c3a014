import pytest

from assessor_app.store import settings
from assessor_app.store.errors import DiskFullError
from assessor_app.store.opening import Store
from assessor_app.usecases.changes import Changes, changes_to
from assessor_app.usecases.workbench import Transaction, Workbench
from tests.sync.bench import view


class Write:
    """Writes a setting and then fails as often as it is told."""

    def __init__(self, *errors: Exception) -> None:
        self._errors = list(errors)
        self.tries = 0

    def __call__(self, at: Transaction, value: str) -> str:
        self.tries += 1
        settings.put_setting(at.session, "kept", value)
        if self._errors:
            raise self._errors.pop(0)
        return value


def kept(store: Store) -> str | None:
    with store.sessions.begin() as session:
        return settings.get_setting(session, "kept")


def test_a_use_case_is_committed_whole(store: Store) -> None:
    assert Workbench(store).prepare(Write(), "yes")() == "yes"
    assert kept(store) == "yes"


def test_nothing_happens_before_it_is_performed(store: Store) -> None:
    Workbench(store).prepare(Write(), "yes")

    assert kept(store) is None


def test_an_error_undoes_everything(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        Workbench(store).prepare(Write(ZeroDivisionError()), "yes")()

    assert kept(store) is None


def test_a_full_disk_gets_one_more_try_when_ballast_was_given_up(store: Store) -> None:
    write = Write(DiskFullError(released=True))

    Workbench(store).prepare(write, "yes")()

    assert (kept(store), write.tries) == ("yes", 2)


@pytest.mark.parametrize("released", [(True, True), (False,)])
def test_a_full_disk_is_told_when_there_is_nothing_left_to_give_up(
    store: Store, released: tuple[bool, ...]
) -> None:
    write = Write(*(DiskFullError(released=each) for each in released))

    with pytest.raises(DiskFullError):
        Workbench(store).prepare(write, "yes")()

    assert (kept(store), write.tries) == (None, len(released))


def test_changes_add_up() -> None:
    one, two = view("a-1").id, view("a-2").id

    assert changes_to(one) | changes_to(two, outbox=True) == Changes(
        frozenset({one, two}), outbox=True
    )
