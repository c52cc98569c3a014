"""Builds the packet of one submission from its folder: checks everything, then blinds."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from assessor_app.domain.deadline import due_date
from assessor_app.domain.ids import PartId, PromptId
from assessor_app.domain.packet import (
    AiDeclaration,
    ArtifactState,
    BlindingReport,
    Collaboration,
    Packet,
    Part,
    Prompt,
    RubricRef,
)
from assessor_app.domain.policy import IdentityHits
from assessor_app.domain.rubric import Rubric
from assessor_app.reference_platform.intake.artifacts import Made, Rebuilder, Workshop
from assessor_app.reference_platform.intake.blinding import Blinded, Blinder
from assessor_app.reference_platform.intake.built import BuiltSubmission, EarlierLookup
from assessor_app.reference_platform.intake.credential import (
    AskedPrompt,
    Credential,
    credential_of,
    find_credential,
)
from assessor_app.reference_platform.intake.errors import IntakeRefusedError, Problem
from assessor_app.reference_platform.intake.files import FOLDER
from assessor_app.reference_platform.intake.forms import inner, read_form
from assessor_app.reference_platform.intake.naming import names_of
from assessor_app.reference_platform.intake.submission import (
    FORM,
    Draft,
    draft_of,
    listed_problems,
    submission_problems,
)
from assessor_app.wire.codec import dump, sha256

MAX_MANIFEST_BYTES = 3 * 1024 * 1024
"""With its escapes and names, an answer that a laptop still takes: about 2,500 pages."""
BLINDING_VERSION = "blinding/1"
DETECTORS = ("identities/1", "artifact-names/1", "rebuild/1")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Texts:
    """The earner's own texts, blinded."""

    parts: tuple[Part, ...]
    ai: AiDeclaration
    collaboration: Collaboration
    hits: int


def build(
    folder: Path,
    *,
    microcredentials: Path,
    earlier: EarlierLookup,
    render: Rebuilder,
    now: datetime,
) -> BuiltSubmission:
    """Return the submission of a folder, blinded. The same folder gives the same bytes.

    Args:
        folder: Holds submission.json and artifacts/.
        microcredentials: Holds one folder for each version of each micro-credential.
        earlier: Gives the attempts that the platform already holds.
        render: A worker of the rebuild profile.
        now: Only to refuse times that lie in the future.

    Raises:
        IntakeRefusedError: With every problem; none is left for a second try to find.
        RenderError: There is no worker to rebuild anything.
    """
    draft, credential = _checked(folder, microcredentials, earlier=earlier, now=now)
    policy = credential.policy(draft.submitted_at)
    masks = policy.identity_hits is not IdentityHits.PASS
    names = names_of(draft.evidence, credential.card.required_evidence, draft.identities)
    blinder = Blinder(names=names, identities=draft.identities, masks=masks)
    made = tuple(map(Workshop(folder, render, blinder).make, names.items))
    if credential.refuses_unreadable:
        _refuse_unreadable(made, tuple(item.item.source or "" for item in names.items))
    texts = _texts(draft, credential, blinder)
    hits = texts.hits + sum(one.hits for one in made)
    packet = Packet(
        microcredential=credential.card,
        rubric=_rubric_ref(credential.rubric),
        policy=policy,
        submitted_at=draft.submitted_at,
        due_on=due_date(draft.submitted_at, policy.calendar),
        parts=texts.parts,
        artifacts=tuple(one.artifact for one in made),
        agreements=draft.agreements,
        ai=texts.ai,
        collaboration=texts.collaboration,
        related=draft.related,
        blinding=_report(made, hits=hits, masks=masks),
    )
    return _built(draft, credential, packet=packet, made=made)


def _built(
    draft: Draft, credential: Credential, *, packet: Packet, made: tuple[Made, ...]
) -> BuiltSubmission:
    manifest = dump(packet)
    if len(manifest) > MAX_MANIFEST_BYTES:
        how = "Ask the earner for shorter responses, or for fewer pages."
        problem = Problem(path=FORM, what="makes a packet too large to be sent", how=how)
        raise IntakeRefusedError(problems=(problem,))
    hold = packet.policy.identity_hits is IdentityHits.HOLD
    return BuiltSubmission(
        reference=draft.reference,
        earner=draft.earner,
        earlier=draft.earlier,
        packet=packet,
        manifest=manifest,
        manifest_sha256=sha256(manifest),
        blobs=MappingProxyType({name: data for one in made for name, data in one.blobs.items()}),
        rubric=credential.rubric,
        rubric_bytes=dump(credential.rubric),
        second_reads=credential.second_reads,
        held=hold and packet.blinding.hits_masked > 0,
    )


def _rubric_ref(rubric: Rubric) -> RubricRef:
    return RubricRef(id=rubric.id, version=rubric.version, sha256=sha256(dump(rubric)))


def _checked(
    folder: Path, microcredentials: Path, *, earlier: EarlierLookup, now: datetime
) -> tuple[Draft, Credential]:
    """Return what the folder holds and what it was made for, both without a problem."""
    if not folder.is_dir():
        problem = Problem(path=folder.name, what="is no folder", how="Name a submission's folder.")
        raise IntakeRefusedError(problems=(problem,))
    problems: list[Problem] = []
    raw = read_form(folder / FORM, "submission", problems)
    wanted = inner(raw, "microcredential")
    credential = find_credential(microcredentials, wanted, problems) if wanted else {}
    problems.extend(submission_problems(raw, credential, earlier=earlier, now=now))
    problems.extend(listed_problems(folder, raw))
    if problems:
        raise IntakeRefusedError(problems=tuple(dict.fromkeys(problems)))
    return draft_of(raw, earlier), credential_of(credential)


def _refuse_unreadable(made: tuple[Made, ...], sources: tuple[str, ...]) -> None:
    problems = tuple(
        Problem(
            path=f"{FOLDER}/{source}",
            what=f"cannot be read ({one.artifact.problem})",
            how="Ask the earner for a file that opens without a password.",
        )
        for one, source in zip(made, sources, strict=True)
        if one.artifact.state is ArtifactState.UNREADABLE
    )
    if problems:
        raise IntakeRefusedError(problems=problems)


def _texts(draft: Draft, credential: Credential, blinder: Blinder) -> _Texts:
    hits = 0

    def blinded(text: str) -> Blinded:
        nonlocal hits
        told = blinder.response(text)
        hits += told.hits
        return told

    def responded(prompt: AskedPrompt) -> Prompt:
        told = blinded(draft.responses[prompt.id])
        return Prompt(
            id=PromptId(prompt.id),
            text=prompt.text,
            word_limit=prompt.word_limit,
            response=told.text,
            mentions=told.mentions,
        )

    parts = tuple(
        Part(
            id=PartId(part.id),
            number=part.number,
            title=part.title,
            prompts=tuple(map(responded, part.prompts)),
        )
        for part in credential.parts
    )
    ai, others = draft.ai, draft.collaboration
    ai = replace(ai, why=blinded(ai.why).text, how=blinded(ai.how).text)
    others = replace(
        others, nature=blinded(others.nature).text, division=blinded(others.division).text
    )
    return _Texts(parts=parts, ai=ai, collaboration=others, hits=hits)


def _report(made: tuple[Made, ...], *, hits: int, masks: bool) -> BlindingReport:
    removed: Counter[str] = Counter()
    for finding in (finding for one in made for finding in one.findings):
        removed[finding.kind.value] += finding.count
    return BlindingReport(
        policy_version=BLINDING_VERSION,
        detectors=DETECTORS,
        hits_masked=hits if masks else 0,
        hits_passed=0 if masks else hits,
        removed=tuple(f"{kind}:{count}" for kind, count in sorted(removed.items())),
    )
