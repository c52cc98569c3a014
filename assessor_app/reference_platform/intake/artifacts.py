"""Turns attached files and links into artifacts of a packet, through the confined worker."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from assessor_app.domain.ids import Sha256
from assessor_app.domain.packet import (
    CHUNK_BYTES,
    Artifact,
    ArtifactState,
    Blob,
    Capture,
    Page,
    TextRendition,
)
from assessor_app.reference_platform.intake.blinding import Blinder
from assessor_app.reference_platform.intake.files import read_artifact
from assessor_app.reference_platform.intake.naming import NamedItem
from assessor_app.render import results
from assessor_app.render.errors import RenderCode, RenderError, WorkerLostError
from assessor_app.render.kinds import SourceKind, kind_of
from assessor_app.wire.codec import sha256
from assessor_app.wire.evidence import dump_layer, dump_text_view


class Rebuilder(Protocol):
    """What intake needs of the confined worker. Real: `render.host.RenderHost`."""

    def rebuild(
        self,
        kind: SourceKind,
        data: bytes,
        *,
        identities: tuple[str, ...] = (),
        mask: bool = True,
    ) -> results.Rebuilt:
        """Return a raw file made anew, without the identities.

        Raises:
            RenderError: It cannot be rebuilt; its code says why.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An artifact, the bytes of its blobs, and what was found on the way."""

    artifact: Artifact
    blobs: dict[Sha256, bytes] = field(repr=False)
    hits: int = 0
    findings: tuple[results.Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where the artifacts of one submission are made."""

    folder: Path = field(repr=False)
    render: Rebuilder
    blinder: Blinder

    def make(self, named: NamedItem) -> Made:
        """Return one artifact. A file that cannot be rebuilt becomes an unreadable one.

        Raises:
            RenderError: There is no worker to rebuild anything.
        """
        name = named.item.source
        if name is None:
            return _bare(named, _state_of_link(named))
        kind = kind_of(name)
        if kind is None:
            return _bare(named, ArtifactState.KEPT_AT_PLATFORM)
        try:
            rebuilt = self._rebuilt(kind, read_artifact(self.folder, name))
        except RenderError as error:
            if error.code is RenderCode.UNAVAILABLE:
                raise
            return _bare(named, ArtifactState.UNREADABLE, problem=error.code.value)
        return self._made(named, rebuilt)

    def _rebuilt(self, kind: SourceKind, data: bytes) -> results.Rebuilt:
        """Return a file made anew. A lost worker may be the machine's fault: it has two tries."""
        try:
            return self._rebuilt_once(kind, data)
        except WorkerLostError:
            return self._rebuilt_once(kind, data)

    def _rebuilt_once(self, kind: SourceKind, data: bytes) -> results.Rebuilt:
        return self.render.rebuild(
            kind, data, identities=self.blinder.identities, mask=self.blinder.masks
        )

    def _made(self, named: NamedItem, rebuilt: results.Rebuilt) -> Made:
        blobs: dict[Sha256, bytes] = {}
        text = None
        if rebuilt.view is not None:
            view = _put(blobs, dump_text_view(self.blinder.view(rebuilt.view)))
            text = TextRendition(view=view, pictures=tuple(_pages(blobs, rebuilt.pictures)))
        artifact = _artifact(
            named,
            ArtifactState.AVAILABLE,
            pages=tuple(_pages(blobs, rebuilt.pages)),
            text=text,
            size_bytes=sum(map(len, blobs.values())),
        )
        return Made(artifact=artifact, blobs=blobs, hits=rebuilt.hits, findings=rebuilt.findings)


def _state_of_link(named: NamedItem) -> ArtifactState:
    return ArtifactState.INACCESSIBLE if named.item.capture else ArtifactState.NOT_CAPTURED


def _bare(named: NamedItem, state: ArtifactState, *, problem: str = "") -> Made:
    return Made(artifact=_artifact(named, state, problem=problem), blobs={})


def _artifact(
    named: NamedItem,
    state: ArtifactState,
    *,
    pages: tuple[Page, ...] = (),
    text: TextRendition | None = None,
    size_bytes: int = 0,
    problem: str = "",
) -> Artifact:
    """Return an artifact. It has no hash of the raw file: that would differ by what was removed."""
    capture = named.item.capture
    return Artifact(
        id=named.id,
        title=named.title,
        evidence=named.item.answers,
        kind=named.kind,
        state=state,
        size_bytes=size_bytes,
        students_visible=named.item.students_visible,
        release_confirmed=named.item.release_confirmed,
        pages=pages,
        text=text,
        capture=Capture(at=capture.at, status=capture.status) if capture else None,
        problem=problem,
    )


def _pages(blobs: dict[Sha256, bytes], rebuilt: tuple[results.Page, ...]) -> Iterator[Page]:
    for page in rebuilt:
        yield Page(
            image=_put(blobs, page.image),
            layer=_put(blobs, dump_layer(page.layer)),
            width_px=page.width_px,
            height_px=page.height_px,
            width_pt=float(page.width_pt),
            height_pt=float(page.height_pt),
            mode=page.mode,
        )


def _put(blobs: dict[Sha256, bytes], data: bytes) -> Blob:
    name = sha256(data)
    blobs[name] = data
    starts = range(0, len(data), CHUNK_BYTES) if len(data) > CHUNK_BYTES else ()
    chunks = tuple(sha256(data[start : start + CHUNK_BYTES]) for start in starts)
    return Blob(sha256=name, size_bytes=len(data), chunks=chunks)
