"""What of a download the assessor's quota has room for. Only finished work ever makes room."""

from dataclasses import dataclass

from assessor_app.domain.ids import AssignmentId
from assessor_app.store.blobs import list_begun, taken_bytes
from assessor_app.store.opening import Store
from assessor_app.store.purge import make_room
from assessor_app.sync.ranges import Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """What may be fetched, how many bytes may not, and whose finished work left for it."""

    wanted: tuple[Wanted, ...]
    no_room_bytes: int = 0
    cleared: frozenset[AssignmentId] = frozenset()


def fit(store: Store, wanted: tuple[Wanted, ...], quota_bytes: int) -> Fitting:
    """Return what of a download fits, in its order; `quota_bytes` 0: everything.

    Where it is too much, finished work leaves first. What does not fit even then is left out, and
    what comes after it may still fit.
    """
    if not quota_bytes:
        return Fitting(wanted=wanted)
    with store.sessions.begin() as session:
        begun = list_begun(session)
        new_bytes = sum(item.blob.size_bytes for item in wanted if item.blob.sha256 not in begun)
        lacking = taken_bytes(session).together + new_bytes - quota_bytes
        cleared = make_room(session, store.journal, store.blob_folder, lacking)
        free_bytes = quota_bytes - taken_bytes(session).together
    fitting: list[Wanted] = []
    for item in wanted:
        needed = 0 if item.blob.sha256 in begun else item.blob.size_bytes
        if needed <= free_bytes or not needed:
            fitting.append(item)
            free_bytes -= needed
    return Fitting(
        wanted=tuple(fitting),
        no_room_bytes=sum(item.blob.size_bytes for item in wanted)
        - sum(item.blob.size_bytes for item in fitting),
        cleared=cleared,
    )
