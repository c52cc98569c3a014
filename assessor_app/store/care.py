"""The state of an open store, read for the doctor."""

from dataclasses import dataclass

from sqlalchemy import select

from assessor_app.domain.ids import Sha256
from assessor_app.store.blobs import open_reader
from assessor_app.store.errors import DamagedBlobError, NoBlobError
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
    """Read everything the profile holds, and return what is wrong. Others may write meanwhile."""
    complete = select(BlobRow.sha256).where(BlobRow.state == BlobState.COMPLETE)
    with store.sessions.begin() as session:
        blobs = tuple(Sha256(each) for each in session.scalars(complete))
    return Health(
        database=findings(store.profile.database, key),
        unreadable_journal_files=store.journal.unreadable(),
        damaged_blobs=tuple(blob for blob in blobs if _is_damaged(store, blob)),
    )


def _is_damaged(store: Store, blob: Sha256) -> bool:
    try:
        with store.sessions.begin() as session:
            reader = open_reader(session, store.blob_folder, blob)
        with reader:
            reader.read_all()
    except NoBlobError:  # it left meanwhile
        return False
    except DamagedBlobError:
        return True
    return False
