"""Find packets, evidence and one's own words again."""

from assessor_app.store import search as index
from assessor_app.store.search import TITLE, Hit
from assessor_app.usecases.workbench import Transaction

__all__ = ["TITLE", "Hit", "search"]


def search(at: Transaction, typed: str, *, limit: int = 50) -> tuple[Hit, ...]:
    """Return what fits the typed words, best first."""
    return index.search(at.session, typed, limit=limit)
