"""Packet: the anonymised, immutable bundle of one submission, as an assessor may see it.

Nothing here has a place for who the earner is; ids of people travel beside a packet, never in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from assessor_app.domain.ids import (
    ArtifactId,
    EvidenceId,
    MicrocredentialId,
    PartId,
    PromptId,
    RubricId,
    Sha256,
)
from assessor_app.domain.policy import PolicyPack

CHUNK_BYTES = 64 * 1024
_HASH = re.compile(r"[0-9a-f]{64}")


class ArtifactKind(StrEnum):
    """What an artifact is, in words an assessor uses."""

    DOCUMENT = "document"
    PRESENTATION = "presentation"
    TABLE = "table"
    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    ARCHIVE = "archive"
    LINK = "link"
    OTHER = "other"


class ArtifactState(StrEnum):
    """Whether the packet carries something to see."""

    AVAILABLE = "available"
    KEPT_AT_PLATFORM = "kept_at_platform"
    NOT_CAPTURED = "not_captured"
    INACCESSIBLE = "inaccessible"
    UNREADABLE = "unreadable"


class PageMode(StrEnum):
    """How a page image was encoded."""

    LOSSLESS = "lossless"
    LOSSY = "lossy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """Immutable bytes named by their hash; `chunks` are the hashes of each 64 KiB, if larger."""

    sha256: Sha256
    size_bytes: int
    chunks: tuple[Sha256, ...] = ()

    def __post_init__(self) -> None:
        wanted = -(-self.size_bytes // CHUNK_BYTES) if self.size_bytes > CHUNK_BYTES else 0
        if self.size_bytes < 0 or len(self.chunks) != wanted:
            raise ValueError("the chunk hashes do not fit the size")
        if not all(map(_HASH.fullmatch, (self.sha256, *self.chunks))):
            raise ValueError("not the hash of a blob")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: an image (WebP) and its words with boxes (a page layer), both as blobs."""

    image: Blob
    layer: Blob
    width_px: int
    height_px: int
    width_pt: float
    height_pt: float
    mode: PageMode


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRendition:
    """A text view (blocks) as a blob, and the pictures its blocks refer to by index."""

    view: Blob
    pictures: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Proof of what the platform got from a link, and when. `status` is HTTP's, 0 for none."""

    at: datetime
    status: int
    sha256: Sha256 | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """One piece of evidence. `title` is neutral; the file's own name never leaves the platform."""

    id: ArtifactId
    title: str
    evidence: EvidenceId
    kind: ArtifactKind
    state: ArtifactState
    sha256: Sha256 | None = None
    size_bytes: int = 0
    students_visible: bool = False
    release_confirmed: bool = False
    pages: tuple[Page, ...] = ()
    text: TextRendition | None = None
    capture: Capture | None = None
    problem: str = ""

    def blobs(self) -> Iterator[Blob]:
        """Yield every blob of the artifact in reading order."""
        if self.text:
            yield self.text.view
        for page in (*self.pages, *(self.text.pictures if self.text else ())):
            yield page.image
            yield page.layer


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span of a response, in code points, that names an artifact."""

    start: int
    end: int
    artifact: ArtifactId


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A question of a part and the earner's response to it, after blinding."""

    id: PromptId
    text: str
    word_limit: int | None
    response: str = field(repr=False)
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Part 1 overview and context, Part 2 work examples, Part 3 and 4 reflections."""

    id: PartId
    number: int
    title: str
    prompts: tuple[Prompt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredEvidence:
    """One thing Part 2 asks for; artifacts answer it."""

    id: EvidenceId
    title: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreements:
    """The earner's three agreements. A packet without all three is refused at intake."""

    ready_for_review: bool
    confirm_release: bool
    confirm_work: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AiDeclaration:
    """The earner's own words about generative tools."""

    used: bool
    why: str = field(default="", repr=False)
    how: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaboration:
    """The earner's own words about working with others. `people` counts the others."""

    people: int = 0
    nature: str = field(default="", repr=False)
    division: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A piece of research or a resource named by the micro-credential."""

    title: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One component of the key method."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Microcredential:
    """The card of a micro-credential: what is certified, and how it is done well."""

    id: MicrocredentialId
    version: int
    title: str
    issuer: str
    competency: str
    key_method: str
    components: tuple[Component, ...]
    research: tuple[Source, ...]
    resources: tuple[Source, ...]
    required_evidence: tuple[RequiredEvidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedSubmission:
    """An earlier attempt of the same earner, named by the hash of its manifest."""

    manifest_sha256: Sha256
    submitted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindingReport:
    """What blinding found and did. Counts only: a quoted hit would be the leak itself."""

    policy_version: str
    detectors: tuple[str, ...]
    hits_masked: int
    hits_passed: int
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricRef:
    """The exact rubric a packet or review belongs to."""

    id: RubricId
    version: int
    sha256: Sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """The manifest of a packet. Its SHA-256 is over the exact bytes that were served."""

    microcredential: Microcredential
    rubric: RubricRef
    policy: PolicyPack
    submitted_at: datetime
    due_on: date
    parts: tuple[Part, ...]
    artifacts: tuple[Artifact, ...]
    agreements: Agreements
    ai: AiDeclaration
    collaboration: Collaboration
    related: tuple[RelatedSubmission, ...]
    blinding: BlindingReport

    def __post_init__(self) -> None:
        known = {artifact.id for artifact in self.artifacts}
        for part in self.parts:
            for prompt in part.prompts:
                for mention in prompt.mentions:
                    inside = 0 <= mention.start < mention.end <= len(prompt.response)
                    if mention.artifact not in known or not inside:
                        raise ValueError("a mention points nowhere")

    def artifact(self, artifact_id: ArtifactId) -> Artifact:
        """Return one artifact. Raises KeyError where there is none."""
        for artifact in self.artifacts:
            if artifact.id == artifact_id:
                return artifact
        raise KeyError(artifact_id)

    def blobs(self) -> tuple[Blob, ...]:
        """Return every blob once, in reading order."""
        ordered = {blob.sha256: blob for item in self.artifacts for blob in item.blobs()}
        return tuple(ordered.values())
