"""The state of an open store, read for the doctor."""

from dataclasses import dataclass

from sqlalchemy import select

from assessor_app.domain.ids import Sha256
from assessor_app.store.blobs import open_reader
from assessor_app.store.errors import DamagedBlobError
from assessor_app.store.integrity import findings
from assessor_app.store.keys import ProfileKey
from assessor_app.store.opening import Store
from assessor_app.store.schema import BlobRow, BlobState


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What is wrong, in three places. Damaged blobs can be forgotten and fetched again."""

    database: tuple[str, ...]
    unreadable_journal_files: tuple[str, ...]
    damaged_blobs: tuple[Sha256, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.database or self.unreadable_journal_files or self.damaged_blobs)


def check(store: Store, key: ProfileKey) -> Health:
    """Read everything the profile holds, and return what is wrong."""
    return Health(
        database=findings(store.profile.database, key),
        unreadable_journal_files=store.journal.unreadable(),
        damaged_blobs=_damaged(store),
    )


def _damaged(store: Store) -> tuple[Sha256, ...]:
    damaged: list[Sha256] = []
    with store.sessions.begin() as session:
        complete = select(BlobRow.sha256).where(BlobRow.state == BlobState.COMPLETE)
        for sha256 in session.scalars(complete).all():
            try:
                with open_reader(session, store.blob_folder, Sha256(sha256)) as reader:
                    reader.read_all()
            except DamagedBlobError:
                damaged.append(Sha256(sha256))
    return tuple(damaged)
