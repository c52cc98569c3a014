"""Settings of the interface, by name. What they mean is the interface's business."""

from sqlalchemy.orm import Session

from assessor_app.store.schema import SettingRow


def put_setting(session: Session, name: str, value: str) -> None:
    """Keep a setting."""
    session.merge(SettingRow(name=name, value=value))


def get_setting(session: Session, name: str) -> str | None:
    """Return a setting, or None where it was never set."""
    row = session.get(SettingRow, name)
    return None if row is None else row.value
