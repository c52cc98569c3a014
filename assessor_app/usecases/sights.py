"""What this laptop knows of its platform, and of what the platform could not give."""

import base64
import binascii
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from assessor_app.domain.ids import ArtifactId, AssignmentId, Sha256, SubmissionId
from assessor_app.store import account, assignments, packets
from assessor_app.usecases.workbench import Transaction

_SHOWN_DIGITS, _GROUP = 16, 4


@dataclass(frozen=True, slots=True)
class PlatformSight:
    """The platform of the profile, and the fingerprint of the one key whose receipts count."""

    host: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAside:
    """Something that did not come, or not as promised. `artifact` None: the packet itself."""

    assignment: AssignmentId
    submission: SubmissionId
    artifact: ArtifactId | None
    title: str


def platform_sight(at: Transaction) -> PlatformSight:
    """Return what is known of the platform; empty before the sign-in is complete."""
    bound = account.get_account(at.session)
    if bound is None:
        return PlatformSight("", "")
    return PlatformSight(
        urlsplit(bound.platform_url).hostname or "", fingerprint(bound.receipt_key)
    )


def fingerprint(receipt_key: str) -> str:
    """Return the first digits of the SHA-256 of a raw key, in groups that can be read aloud."""
    try:
        raw = base64.b64decode(receipt_key, validate=True)
    except (ValueError, binascii.Error):
        return ""
    digits = hashlib.sha256(raw).hexdigest()[:_SHOWN_DIGITS]
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def list_kept_aside(at: Transaction, missing: Collection[Sha256]) -> tuple[KeptAside, ...]:
    """Return in which packets the contents are missing that a round named."""
    found: list[KeptAside] = []
    for own in assignments.list_assignments(at.session) if missing else ():
        packet = packets.get_packet(at.session, own.packet.manifest_sha256)
        lacking: list[tuple[ArtifactId | None, str]] = []
        if own.packet.manifest_sha256 in missing:
            lacking.append((None, own.title))
        if packet is not None:
            lacking += [
                (artifact.id, artifact.title)
                for artifact in packet.artifacts
                if any(blob.sha256 in missing for blob in artifact.blobs())
            ]
        found += [
            KeptAside(assignment=own.id, submission=own.submission, artifact=artifact, title=title)
            for artifact, title in lacking
        ]
    return tuple(found)
