"""Brings evidence to the pane: responses, text views, pages as they come into sight."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from assessor_app.domain.errors import AppError
from assessor_app.domain.evidence import PageLayer, TextView
from assessor_app.domain.ids import ArtifactId
from assessor_app.domain.packet import Artifact, ArtifactState, Packet
from assessor_app.domain.page_text import quote
from assessor_app.domain.review import Pin, PlaceKind, Review
from assessor_app.domain.rubric import Rubric
from assessor_app.render.results import Pixels
from assessor_app.ui.desk.find_controller import FindController
from assessor_app.ui.desk.page_loading import (
    Decoded,
    LoadedText,
    Stored,
    Wanted,
    decode_page,
    load_layers,
    load_page,
    load_text,
)
from assessor_app.ui.desk.places import Seen, page_marks, passage_marks, source_key
from assessor_app.ui.desk.sources import (
    AGREEMENTS,
    CREDENTIAL,
    notice_of,
    passages_of_agreements,
    passages_of_credential,
    passages_of_part,
    passages_of_view,
    source_of_artifact,
    source_of_part,
    tr,
)
from assessor_app.ui.evidence.notice import NoticeState
from assessor_app.ui.evidence.page_geometry import PageFace
from assessor_app.ui.evidence.pane import EvidencePane, Shown, SourceState
from assessor_app.ui.evidence.reading_text import Form, Passage
from assessor_app.ui.services import Services
from assessor_app.ui.tasks import Lane
from assessor_app.ui.words import sentence

T = TypeVar("T")
PICTURE_PX = 1200


class EvidenceController(QObject):
    """Owns what is loaded of the source being looked at.

    Signals:
        source_shown(key: str): Another part or artifact is in front.
        place_read(source: str, index: int): A page or passage was looked at.
    """

    source_shown = Signal(str)
    place_read = Signal(str, int)

    def __init__(self, pane: EvidencePane, services: Services) -> None:
        super().__init__(pane)
        self._pane, self._services = pane, services
        self._packet: Packet | None = None
        self._layers: dict[int, PageLayer] = {}
        self._view: TextView | None = None
        self._key = ""
        self._then: Pin | None = None
        self._marked: tuple[Review, Rubric] | None = None
        self.find = FindController(pane, self)
        pane.pages.page_wanted.connect(self._on_page_wanted)
        pane.pages.page_seen.connect(self._on_page_seen)
        pane.reading.picture_wanted.connect(self._on_picture_wanted)
        pane.reading.read_to_end.connect(self._on_read_to_end)
        pane.reading.mention_followed.connect(self.show_source)

    @property
    def key(self) -> str:
        """The part or artifact being looked at."""
        return self._key

    def seen(self) -> Seen:
        """Return what is loaded, to make a place of a selection."""
        if self._packet is None:
            raise RuntimeError("no packet is open")
        return Seen(packet=self._packet, layers=self._layers, view=self._view)

    def open_packet(self, packet: Packet) -> None:
        """Work on another packet; nothing of it is shown yet."""
        self._packet, self._key, self._marked = packet, "", None

    def show_marks(self, review: Review, rubric: Rubric) -> None:
        """Show the pins of the review in what is looked at."""
        self._marked = (review, rubric)
        if self._pane.shown is Shown.PAGES:
            self._pane.pages.show_marks(page_marks(review, rubric, self._key))
        else:
            self._pane.reading.show_marks(passage_marks(review, rubric))

    @Slot(str)
    def show_source(self, key: str) -> None:
        """Show a part, an artifact, the agreements or the credential."""
        if self._packet is None or key == self._key:
            return
        self._key, self._layers, self._view = key, {}, None
        self.find.forget()
        self._show(self._packet, key)
        self._remark()
        self.source_shown.emit(key)
        self._pane.take_focus()

    def show_again(self) -> None:
        """Load what is looked at once more, because more of it may have arrived."""
        key, self._key = self._key, ""
        if key:
            self.show_source(key)

    def follow(self, pin: Pin) -> None:
        """Go to the place of a pin."""
        self._then = pin
        key = source_key(pin.place)
        if key == self._key:
            self._arrive()
        else:
            self.show_source(key)
            self._arrive()

    def _show(self, packet: Packet, key: str) -> None:
        if key == AGREEMENTS:
            source = SourceState(key=key, icon="file-check", title=tr("Agreements"), detail="")
            self._pane.show_passages(source, passages_of_agreements(packet))
            return
        if key == CREDENTIAL:
            source = SourceState(key=key, icon="id-card", title=tr("Credential card"), detail="")
            self._pane.show_passages(source, passages_of_credential(packet.microcredential))
            return
        for part in packet.parts:
            if part.id == key:
                self._pane.show_passages(source_of_part(part), passages_of_part(part, packet))
                return
        self._show_artifact(packet.artifact(ArtifactId(key)))

    def _show_artifact(self, artifact: Artifact) -> None:
        source = source_of_artifact(artifact)
        if artifact.text is not None:
            self._pane.show_passages(source, ())
            self._run(load_text(self._services.workbench, artifact), self._on_text_loaded)
        elif artifact.pages and self._services.shows_images():
            faces = tuple(PageFace(page.width_pt, page.height_pt) for page in artifact.pages)
            self._pane.show_pages(source, faces)
            self._run(load_layers(self._services.workbench, artifact), self._on_layers_loaded)
        elif artifact.pages:
            self._pane.show_passages(source, ())
            self._run(load_layers(self._services.workbench, artifact), self._on_words_loaded)
        elif artifact.state is ArtifactState.AVAILABLE:
            self._pane.show_passages(source, ())
        else:
            self._pane.show_notice(source, notice_of(artifact))

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._services.tasks.run(Lane.STORE, work, owner=self, done=done, failed=self._on_failed)

    @Slot(object)
    def _on_text_loaded(self, loaded: LoadedText) -> None:
        if loaded.source != self._key:
            return
        artifact = self.seen().packet.artifact(ArtifactId(loaded.source))
        self._view = loaded.view
        if loaded.view is None:
            self._pane.show_notice(source_of_artifact(artifact), _not_here(loaded.error))
            return
        self._pane.show_passages(
            source_of_artifact(artifact), passages_of_view(artifact, loaded.view)
        )
        self._remark()
        self._arrive()

    @Slot(object)
    def _on_layers_loaded(self, loaded: LoadedText) -> None:
        if loaded.source == self._key:
            self._layers = {n: layer for n, layer in enumerate(loaded.layers) if layer is not None}
            self.find.use_layers(self._layers)
            for index, layer in self._layers.items():
                self._pane.pages.show_words(index, layer)
            self._arrive()

    @Slot(object)
    def _on_words_loaded(self, loaded: LoadedText) -> None:
        """Where pictures may not be decoded, show the words of the pages."""
        if loaded.source != self._key:
            return
        artifact = self.seen().packet.artifact(ArtifactId(loaded.source))
        passages = [Passage(form=Form.NOTE, text=tr("Only the text is shown on this computer."))]
        for number, layer in enumerate(loaded.layers, start=1):
            words = quote(layer, 0, len(layer.words)) if layer else tr("Not fetched yet.")
            passages.append(Passage(form=Form.PROMPT, text=tr("Page {0}").format(number)))
            passages.append(Passage(form=Form.PARAGRAPH, text=words))
        self._pane.show_passages(source_of_artifact(artifact), tuple(passages))

    @Slot(int, int, int)
    def _on_page_wanted(self, index: int, width: int, height: int) -> None:
        page = self.seen().packet.artifact(ArtifactId(self._key)).pages[index]
        wanted = Wanted(source=self._key, index=index, page=page, width_px=width, height_px=height)
        self._run(load_page(self._services.workbench, wanted), self._on_page_stored)

    @Slot(int)
    def _on_picture_wanted(self, index: int) -> None:
        text = self.seen().packet.artifact(ArtifactId(self._key)).text
        if text is None or index >= len(text.pictures) or not self._services.shows_images():
            return
        wanted = Wanted(
            source=self._key,
            index=index,
            page=text.pictures[index],
            width_px=PICTURE_PX,
            height_px=PICTURE_PX,
            is_picture=True,
        )
        self._run(load_page(self._services.workbench, wanted), self._on_page_stored)

    @Slot(object)
    def _on_page_stored(self, stored: Stored) -> None:
        wanted = stored.wanted
        if wanted.source != self._key:
            return
        if stored.image is None:
            if not wanted.is_picture:
                words = sentence(stored.error) if stored.error else tr("Not fetched yet.")
                self._pane.pages.show_problem(wanted.index, words)
            return
        self._services.tasks.run(
            Lane.RENDER,
            decode_page(self._services.render, stored),
            owner=self,
            done=self._on_page_decoded,
            failed=self._on_failed,
        )

    @Slot(object)
    def _on_page_decoded(self, decoded: Decoded) -> None:
        wanted = decoded.stored.wanted
        if wanted.source != self._key:
            return
        if decoded.pixels is None:
            if not wanted.is_picture and decoded.error:
                self._pane.pages.show_problem(wanted.index, sentence(decoded.error))
            return
        image = image_of(decoded.pixels)
        if wanted.is_picture:
            self._pane.reading.show_picture(wanted.index, image)
            return
        self._layers[wanted.index] = decoded.stored.layer
        self._pane.pages.show_page(wanted.index, image, decoded.stored.layer)
        if self._then is not None and self._then.place.page == wanted.index:
            self._arrive()

    def _arrive(self) -> None:
        """Bring the place of the pin that is followed into sight, as far as it is loaded."""
        if self._then is None or source_key(self._then.place) != self._key:
            return
        place = self._then.place
        if place.kind is PlaceKind.REGION and place.region is not None:
            self._pane.pages.go_to_region(place.page, place.region)
        elif place.kind is PlaceKind.PAGE_TEXT:
            self._pane.pages.go_to_words(place.page, place.start, place.end)
        else:
            self._pane.reading.go_to(place.source, place.page, place.start)
        is_loaded = place.page in self._layers or self._pane.shown is Shown.READING
        self._then = None if is_loaded else self._then

    def _remark(self) -> None:
        if self._marked:
            self.show_marks(*self._marked)

    @Slot(int)
    def _on_page_seen(self, index: int) -> None:
        self.place_read.emit(self._key, index)

    @Slot()
    def _on_read_to_end(self) -> None:
        self.place_read.emit(self._key, 0)

    @Slot(object)
    def _on_failed(self, error: AppError) -> None:
        self._pane.show_notice(self._pane.source, _not_here(error))


def _not_here(error: AppError | None) -> NoticeState:
    if error is None:
        text = tr("It arrives with the next sync. You can read and rate the rest meanwhile.")
        return NoticeState(icon="cloud-download", title=tr("Not fetched yet"), text=text)
    title = tr("This evidence can’t be shown")
    return NoticeState(icon="file-x", title=title, text=sentence(error))


def image_of(pixels: Pixels) -> QImage:
    """Return checked pixels as an image of its own memory."""
    stride = pixels.width_px * 4
    image = QImage(
        pixels.data, pixels.width_px, pixels.height_px, stride, QImage.Format.Format_RGB32
    )
    return image.copy()
