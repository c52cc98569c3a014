"""Run use cases: one transaction each, committed whole or undone."""

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from assessor_app.domain.ids import Sha256
from assessor_app.store.errors import DiskFullError
from assessor_app.store.journal import Journal
from assessor_app.store.opening import Store
from assessor_app.usecases.queue_rows import PacketFacts

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """What a use case works on: an open transaction, the journal, the folder of blobs."""

    session: Session
    journal: Journal
    blob_folder: Path
    facts: MutableMapping[Sha256, PacketFacts] = field(repr=False)


class Workbench:
    """Turns use cases into work for a background lane.

    Threads: any; what looks at `facts` runs on one, the STORE lane's.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._facts: dict[Sha256, PacketFacts] = {}

    def prepare(
        self,
        use_case: Callable[Concatenate[Transaction, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Callable[[], T]:
        """Return a function that performs `use_case`: commits it whole, or undoes it on error.

        On a full disk it is tried once more after the ballast was given up.
        """

        def perform() -> T:
            with self._store.sessions.begin() as session:
                transaction = Transaction(
                    session=session,
                    journal=self._store.journal,
                    blob_folder=self._store.blob_folder,
                    facts=self._facts,
                )
                return use_case(transaction, *args, **kwargs)

        def perform_twice() -> T:
            try:
                return perform()
            except DiskFullError as full:
                if not full.released:
                    raise
            return perform()

        return perform_twice
