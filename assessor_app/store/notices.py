"""What the platform had to say and nobody has read yet: by name, each once."""

from sqlalchemy.orm import Session

from assessor_app.store.columns import from_json, to_json
from assessor_app.store.settings import get_setting, put_setting

_NAME = "notices"
_NAMES = tuple[str, ...]
MOST = 20
"""More names than this cannot be meant."""


def put_notice(session: Session, name: str) -> None:
    """Keep a notice until it is read."""
    known = list_notices(session)
    if name not in known:
        _keep(session, (*known, name)[-MOST:])


def list_notices(session: Session) -> tuple[str, ...]:
    """Return what was not read yet, in the order of its arrival."""
    kept = get_setting(session, _NAME)
    return from_json(_NAMES, kept.encode()) if kept else ()


def drop_notices(session: Session, read: tuple[str, ...]) -> None:
    """Forget what was read."""
    _keep(session, tuple(name for name in list_notices(session) if name not in read))


def _keep(session: Session, names: tuple[str, ...]) -> None:
    put_setting(session, _NAME, to_json(names).decode())
