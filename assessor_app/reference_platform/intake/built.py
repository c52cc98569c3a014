"""What intake hands to the platform: a packet with its bytes, and what stays beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from assessor_app.domain.ids import MicrocredentialId, Sha256
from assessor_app.domain.packet import Packet, RelatedSubmission
from assessor_app.domain.policy import SecondReads
from assessor_app.domain.rubric import Rubric


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An attempt that the platform already holds. `related` is how packets name it."""

    earner: str = field(repr=False)
    microcredential: MicrocredentialId
    related: RelatedSubmission


EarlierLookup = Callable[[str], Earlier | None]
"""Gives the attempt of a reference, None where the platform holds none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltSubmission:
    """One submission, blinded. Only `packet`, its bytes, blobs and rubric may leave the platform.

    `manifest` are the exact bytes of the packet, `rubric_bytes` those of the rubric; `blobs` has
    every blob that the packet names. `reference`, `earner` and `earlier` (references of the
    earlier attempts, oldest first) never leave. `held` means: kept back until the issuer releases
    it, because a known identity was found and the policy says so.
    """

    reference: str = field(repr=False)
    earner: str = field(repr=False)
    earlier: tuple[str, ...] = field(repr=False)
    packet: Packet
    manifest: bytes = field(repr=False)
    manifest_sha256: Sha256
    blobs: Mapping[Sha256, bytes] = field(repr=False)
    rubric: Rubric
    rubric_bytes: bytes = field(repr=False)
    second_reads: SecondReads
    held: bool
