"""Names for the identifiers of the field, so that the type checker keeps them apart."""

from typing import NewType

SubmissionId = NewType("SubmissionId", str)
"""The one handle people use, for example MC-4F2K-9. Each person holds a different one."""
AssignmentId = NewType("AssignmentId", str)
PacketId = NewType("PacketId", str)
RubricId = NewType("RubricId", str)
MicrocredentialId = NewType("MicrocredentialId", str)
CriterionId = NewType("CriterionId", str)
LevelId = NewType("LevelId", str)
PartId = NewType("PartId", str)
PromptId = NewType("PromptId", str)
ArtifactId = NewType("ArtifactId", str)
"""Neutral and short: A1, A2, …"""
EvidenceId = NewType("EvidenceId", str)
"""One *required evidence* item of Part 2."""
ReviewId = NewType("ReviewId", str)
"""A random UUID drawn at the seal."""
ActId = NewType("ActId", str)
"""A random UUID; for a review act it is the review's own."""
PinId = NewType("PinId", str)
FeedbackId = NewType("FeedbackId", str)
BlobId = NewType("BlobId", str)
"""Opaque and per person: ids of two people never match."""
Sha256 = NewType("Sha256", str)
"""64 lower-case hexadecimal digits."""
Epoch = NewType("Epoch", str)
"""Changes when a platform is restored from a backup."""
