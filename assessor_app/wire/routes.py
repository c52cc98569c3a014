"""The paths of the contract, written once for both ends."""

from urllib.parse import quote

from assessor_app.domain.ids import AssignmentId, BlobId, PacketId, ReviewId, RubricId
from assessor_app.domain.outbox import ActKind

META = "/v1/meta"
ME = "/v1/me"
FEED = "/v1/feed"
ASSIGNMENTS = "/v1/assignments"
MANIFESTS = "/v1/manifests"

ASSIGNMENT = "/v1/assignments/{assignment}"
MANIFEST = "/v1/packets/{packet}/v/{version}/manifest"
RUBRIC = "/v1/rubrics/{rubric}/v/{version}"
BLOB = "/v1/blobs/{blob}"
REVIEW = "/v1/assignments/{assignment}/reviews/{review}"
VOID = "/v1/assignments/{assignment}/reviews/{review}/void"
ACT = "/v1/assignments/{assignment}/{kind}"

PLAIN_ACTS = (
    ActKind.LEASE,
    ActKind.RETURN,
    ActKind.RECUSE,
    ActKind.FLAG,
    ActKind.ASK,
    ActKind.DONATE,
)


def assignment(assignment_id: AssignmentId) -> str:
    """One assignment."""
    return _filled(ASSIGNMENT, assignment=assignment_id)


def manifest(packet: PacketId, version: int) -> str:
    """The manifest of one packet version."""
    return _filled(MANIFEST, packet=packet, version=str(version))


def rubric(rubric_id: RubricId, version: int) -> str:
    """The exact bytes of one rubric version."""
    return _filled(RUBRIC, rubric=rubric_id, version=str(version))


def blob(blob_id: BlobId) -> str:
    """The bytes of one blob, in ranges."""
    return _filled(BLOB, blob=blob_id)


def review(assignment_id: AssignmentId, review_id: ReviewId) -> str:
    """One sealed review: PUT creates it, GET asks for its receipt."""
    return _filled(REVIEW, assignment=assignment_id, review=review_id)


def void(assignment_id: AssignmentId, review_id: ReviewId) -> str:
    """The end of one review."""
    return _filled(VOID, assignment=assignment_id, review=review_id)


def act(assignment_id: AssignmentId, kind: ActKind) -> str:
    """Any act of `PLAIN_ACTS`."""
    return _filled(ACT, assignment=assignment_id, kind=kind)


def _filled(template: str, **ids: str) -> str:
    """Return a path in which each id is one segment, whatever is in it."""
    return template.format(**{name: quote(told, safe="") for name, told in ids.items()})
