"""The evidence of a packet as it is on this laptop: images, words and text views."""

from assessor_app.domain.evidence import PageLayer, TextView
from assessor_app.domain.ids import Sha256
from assessor_app.domain.packet import Blob
from assessor_app.store import blobs
from assessor_app.store.errors import DamagedBlobError, NoBlobError
from assessor_app.usecases.workbench import Transaction
from assessor_app.wire.errors import MalformedError
from assessor_app.wire.evidence import parse_layer, parse_text_view


def page_image(at: Transaction, blob: Blob) -> bytes | None:
    """Return the encoded image of a page; None while it is not here.

    A damaged file is forgotten, so that the next round fetches it again.
    """
    try:
        with blobs.open_reader(at.session, at.blob_folder, blob.sha256) as reader:
            return reader.read_all()
    except NoBlobError:
        return None
    except DamagedBlobError:
        blobs.forget(at.session, at.blob_folder, blob.sha256)
        return None


def page_layer(at: Transaction, blob: Blob) -> PageLayer | None:
    """Return the words of a page; None while they are not here. MalformedError if they are none."""
    content = page_image(at, blob)
    return None if content is None else parse_layer(content)


def text_view(at: Transaction, blob: Blob) -> TextView | None:
    """Return a text view; None while it is not here. MalformedError if it is none."""
    content = page_image(at, blob)
    return None if content is None else parse_text_view(content)


class Words:
    """The words of artifacts while a transaction is open; each is read once.

    What cannot be read counts as not here, so that nothing is concluded from it.
    """

    def __init__(self, at: Transaction) -> None:
        self._at = at
        self._layers: dict[Sha256, PageLayer | None] = {}
        self._views: dict[Sha256, TextView | None] = {}

    def layer(self, blob: Blob) -> PageLayer | None:
        """Return the words of a page; None while they are not here."""
        if blob.sha256 not in self._layers:
            try:
                self._layers[blob.sha256] = page_layer(self._at, blob)
            except MalformedError:
                self._layers[blob.sha256] = None
        return self._layers[blob.sha256]

    def view(self, blob: Blob) -> TextView | None:
        """Return a text view; None while it is not here."""
        if blob.sha256 not in self._views:
            try:
                self._views[blob.sha256] = text_view(self._at, blob)
            except MalformedError:
                self._views[blob.sha256] = None
        return self._views[blob.sha256]
