"""What the platform had to say to this assessor."""

from assessor_app.store import notices
from assessor_app.usecases.workbench import Transaction
from assessor_app.wire.messages import NoticeKind

__all__ = ["NoticeKind", "list_notices", "read_notices"]


def list_notices(at: Transaction) -> tuple[str, ...]:
    """Return the names of what was not read yet; a newer platform has names that are unknown."""
    return notices.list_notices(at.session)


def read_notices(at: Transaction, read: tuple[str, ...]) -> None:
    """Forget what the assessor has read."""
    notices.drop_notices(at.session, read)
