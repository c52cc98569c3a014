"""How much room packets take on this laptop, and how much they may."""

from dataclasses import dataclass

from assessor_app.store.blobs import taken_bytes
from assessor_app.usecases.settings import load_settings
from assessor_app.usecases.workbench import Transaction

BYTES_A_GB = 1000**3


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """`lent_bytes` are of packets to review, `over_bytes` of finished ones, which may go.

    What is being fetched counts in full. `quota_bytes` 0: no limit.
    """

    lent_bytes: int
    over_bytes: int
    quota_bytes: int

    @property
    def used_bytes(self) -> int:
        """What packets take altogether."""
        return self.lent_bytes + self.over_bytes

    @property
    def free_bytes(self) -> int | None:
        """What packets may still take; None: no limit."""
        return max(self.quota_bytes - self.used_bytes, 0) if self.quota_bytes else None


def space(at: Transaction) -> Space:
    """Return how much room packets take and may take."""
    taken = taken_bytes(at.session)
    return Space(
        lent_bytes=taken.lent,
        over_bytes=taken.over,
        quota_bytes=load_settings(at).quota_gb * BYTES_A_GB,
    )
