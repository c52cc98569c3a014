"""Says in lines of text what intake made of a folder, for the operator who holds it."""

from collections.abc import Iterator

from assessor_app.domain.packet import Artifact, ArtifactState
from assessor_app.reference_platform.intake.built import BuiltSubmission
from assessor_app.reference_platform.intake.errors import IntakeRefusedError


def refusal_lines(refused: IntakeRefusedError) -> Iterator[str]:
    """Yield every problem: where, what, how to mend."""
    count = len(refused.problems)
    yield f"Not taken in: {count} {'problem' if count == 1 else 'problems'}."
    for problem in refused.problems:
        yield f"  {problem.path}: {problem.what}. {problem.how}"


def summary_lines(built: BuiltSubmission) -> Iterator[str]:
    """Yield what the packet holds. Nothing of it is the earner's own text."""
    packet, blinding = built.packet, built.packet.blinding
    size = sum(map(len, built.blobs.values()))
    yield f"{packet.microcredential.title}, due on {packet.due_on.isoformat()}"
    for artifact in packet.artifacts:
        yield f"  {artifact.id} {artifact.title}: {_artifact(artifact)}"
    yield f"  {len(built.blobs)} blobs, {size // 1024} KiB"
    yield f"  identities masked: {blinding.hits_masked}, left in: {blinding.hits_passed}"
    if blinding.removed:
        yield f"  dropped: {', '.join(blinding.removed)}"
    if built.held:
        yield "  held: the issuer has to release it"


def _artifact(artifact: Artifact) -> str:
    if artifact.state is not ArtifactState.AVAILABLE:
        return f"{artifact.kind}, {artifact.state}{artifact.problem and f' ({artifact.problem})'}"
    count = len(artifact.pages)
    pages = f"{count} {'page' if count == 1 else 'pages'}" if count else ""
    text = "text view" if artifact.text else ""
    return f"{artifact.kind}, {' and '.join(filter(None, (pages, text)))}"
