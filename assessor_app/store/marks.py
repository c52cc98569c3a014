"""What was read in a packet, and where the assessor was last. Never sent."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor_app.domain.ids import AssignmentId
from assessor_app.store.schema import LastPlaceRow, PageMarkRow


@dataclass(frozen=True, slots=True)
class PageMark:
    """A page, block or response that was read. `source` as in `domain.review.Place`."""

    source: str
    page: int


def mark_read(session: Session, assignment: AssignmentId, source: str, page: int) -> None:
    """Note that a page was read."""
    session.merge(PageMarkRow(assignment=assignment, source=source, page=page))


def list_read(session: Session, assignment: AssignmentId) -> frozenset[PageMark]:
    """Return every page that was read in a packet."""
    rows = session.scalars(select(PageMarkRow).where(PageMarkRow.assignment == assignment))
    return frozenset(PageMark(row.source, row.page) for row in rows)


def put_place(session: Session, assignment: AssignmentId, place: str) -> None:
    """Keep where the assessor is in a packet, as the interface spells it."""
    session.merge(LastPlaceRow(assignment=assignment, place=place))


def get_place(session: Session, assignment: AssignmentId) -> str | None:
    """Return where the assessor was last, or None."""
    row = session.get(LastPlaceRow, assignment)
    return None if row is None else row.place
