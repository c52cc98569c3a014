"""What the packet list, the reading map, the head and the foot of the desk say."""

from assessor_app.domain.assignment import AssignmentKind
from assessor_app.domain.determination import Determination, by_the_rubric, determination
from assessor_app.domain.packet import Artifact, ArtifactState, Packet, Part
from assessor_app.domain.policy import AiPolicy, CollaborationPolicy, WordLimitPolicy
from assessor_app.domain.review import PlaceKind, Review
from assessor_app.domain.rubric import Rubric
from assessor_app.ui.desk.header import HeaderState
from assessor_app.ui.desk.packet_list import PacketItem
from assessor_app.ui.desk.places import source_key
from assessor_app.ui.desk.sources import (
    AGREEMENTS,
    CREDENTIAL,
    ICONS,
    kind_word,
    part_title,
    tr,
)
from assessor_app.ui.parts.reading_map import MapCell, MapStrip
from assessor_app.ui.when import days_left
from assessor_app.usecases.packet import OpenedPacket

Read = frozenset[tuple[str, int]]
SOON_DAYS = 3
EVIDENCE_PART_NUMBER = 2


def reading_order(packet: Packet) -> tuple[str, ...]:
    """Return what there is to look at: Part 1, Part 2 with its artifacts, the other parts."""
    keys: list[str] = []
    for part in packet.parts:
        if part.prompts or part.number != EVIDENCE_PART_NUMBER:
            keys.append(part.id)
        if part.number == EVIDENCE_PART_NUMBER:
            keys += [artifact.id for artifact in packet.artifacts]
    return tuple(keys)


def packet_items(packet: Packet, read: Read) -> tuple[PacketItem, ...]:
    """Return the lines of the packet list."""
    items: list[PacketItem] = []
    for key in reading_order(packet):
        part = next((part for part in packet.parts if part.id == key), None)
        if part is not None:
            items.append(_part_item(part, read))
        else:
            artifact = next(item for item in packet.artifacts if item.id == key)
            items.append(_artifact_item(artifact, read))
    return (
        *items,
        PacketItem(
            key=AGREEMENTS,
            icon="file-check",
            title=tr("Agreements"),
            short=tr("Agr"),
            state_icon="check",
            detail=tr("all three agreed"),
            begins_group=True,
        ),
        PacketItem(key=CREDENTIAL, icon="id-card", title=tr("Credential card"), short=tr("Card")),
    )


def _part_item(part: Part, read: Read) -> PacketItem:
    is_read = (part.id, 0) in read
    return PacketItem(
        key=part.id,
        icon="text-align-start",
        title=part_title(part),
        short=tr("P{0}").format(part.number),
        detail=tr("read") if is_read else tr("not read"),
        state_icon="check" if is_read else "",
    )


def _artifact_item(artifact: Artifact, read: Read) -> PacketItem:
    is_broken = artifact.state in (ArtifactState.INACCESSIBLE, ArtifactState.UNREADABLE)
    pages, seen = _count(artifact, read)
    all_read = bool(pages) and seen == pages
    return PacketItem(
        key=artifact.id,
        icon=ICONS[artifact.kind],
        title=f"{artifact.id}  {artifact.title}",
        short=artifact.id,
        detail=f"{kind_word(artifact)} · {_state_words(artifact, pages, seen)}",
        state_icon="triangle-alert" if is_broken else "check" if all_read else "",
        needs_you=is_broken,
        is_artifact=True,
    )


def _count(artifact: Artifact, read: Read) -> tuple[int, int]:
    pages = len(artifact.pages) or (1 if artifact.text else 0)
    return pages, sum((str(artifact.id), page) in read for page in range(pages))


def _state_words(artifact: Artifact, pages: int, seen: int) -> str:
    words = {
        ArtifactState.INACCESSIBLE: tr("inaccessible"),
        ArtifactState.UNREADABLE: tr("can’t be shown"),
        ArtifactState.NOT_CAPTURED: tr("not captured"),
        ArtifactState.KEPT_AT_PLATFORM: tr("kept at the platform"),
    }
    if artifact.state in words:
        return words[artifact.state]
    if pages <= 1:
        return tr("read") if seen else tr("not opened")
    if not seen:
        return tr("not opened")
    return tr("{0} of {1} read").format(seen, pages)


def map_strips(
    packet: Packet, read: Read, review: Review, here: tuple[str, int]
) -> tuple[MapStrip, ...]:
    """Return a strip per part and artifact."""
    pinned = {(source_key(pin.place), _cell(pin.place.kind, pin.place.page)) for pin in review.pins}
    strips: list[MapStrip] = []
    for key in reading_order(packet):
        part = next((part for part in packet.parts if part.id == key), None)
        artifact = next((item for item in packet.artifacts if item.id == key), None)
        count = 1 if part is not None or artifact is None else _count(artifact, read)[0]
        cells = tuple(
            MapCell(
                is_read=(key, number) in read,
                is_pinned=(key, number) in pinned,
                is_here=(key, number) == here,
            )
            for number in range(count)
        )
        seen = sum(cell.is_read for cell in cells)
        broken = artifact is not None and artifact.state is ArtifactState.INACCESSIBLE
        label = tr("Part {0}").format(part.number) if part else key
        strips.append(
            MapStrip(
                key=key,
                label=label,
                words=tr("{0}: {1} of {2} read").format(label, seen, count),
                cells=() if broken else cells,
                is_current=key == here[0],
                is_broken=broken,
            )
        )
    return tuple(strips)


def _cell(kind: PlaceKind, page: int) -> int:
    return page if kind in (PlaceKind.PAGE_TEXT, PlaceKind.REGION) else 0


def header_of(opened: OpenedPacket) -> HeaderState:
    """Return the head of the desk."""
    roles = {
        AssignmentKind.REVIEW: "",
        AssignmentKind.PRACTICE: tr("Practice"),
        AssignmentKind.ADJUDICATE: tr("Adjudication"),
    }
    policy = opened.packet.policy
    return HeaderState(
        title=opened.packet.microcredential.title,
        submission=opened.assignment.submission,
        days=days_left(opened.days_left),
        days_need_you=opened.days_left < SOON_DAYS,
        role=roles[opened.assignment.kind],
        policies=(
            ("bot", tr("AI: {0}").format(_ai_word(policy.ai))),
            ("users", tr("Collaboration: {0}").format(_together_word(policy.collaboration))),
            ("text-cursor-input", tr("Words: {0}").format(_words_word(policy.word_limit))),
        ),
    )


def _ai_word(policy: AiPolicy) -> str:
    return {
        AiPolicy.PROHIBITED: tr("prohibited"),
        AiPolicy.DISCLOSE: tr("disclose"),
        AiPolicy.OPEN: tr("open"),
    }[policy]


def _together_word(policy: CollaborationPolicy) -> str:
    return {
        CollaborationPolicy.INDIVIDUAL: tr("individual"),
        CollaborationPolicy.ALLOWED: tr("allowed"),
        CollaborationPolicy.EXPECTED: tr("expected"),
    }[policy]


def _words_word(policy: WordLimitPolicy) -> str:
    return {
        WordLimitPolicy.READ_ALL: tr("read all"),
        WordLimitPolicy.READ_TO_LIMIT: tr("read to the limit"),
        WordLimitPolicy.FLAG: tr("flag over limit"),
    }[policy]


def summary_of(review: Review, rubric: Rubric) -> tuple[str, str]:
    """Return what the rubric says so far, in a phrase and a sentence."""
    levels = review.levels()
    unrated = sum(criterion.id not in levels for criterion in rubric.criteria)
    below = len(rubric.below(levels))
    if review.reasons and determination(review, rubric) is Determination.DENY:
        return tr("A reason to deny is given"), tr("The ratings stay as they are.")
    said = by_the_rubric(review, rubric)
    if said is Determination.AWARD:
        return tr("By the rubric: award"), tr("Every criterion that has to reaches its level.")
    if said is Determination.DENY:
        return tr("By the rubric: deny"), _below_words(below)
    parts = [_below_words(below)] if below else []
    parts.append(
        tr("1 criterion is not rated.")
        if unrated == 1
        else tr("{0} criteria are not rated.").format(unrated)
    )
    return tr("By the rubric: not yet"), " ".join(parts)


def _below_words(below: int) -> str:
    if below == 1:
        return tr("1 criterion is below its required level.")
    return tr("{0} criteria are below their required level.").format(below)
