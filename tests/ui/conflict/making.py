"""Comparisons for the screen of two versions, made without a store."""

from dataclasses import replace
from datetime import UTC, datetime

from assessor_app.domain.evidence import PageLayer, Word
from assessor_app.domain.ids import CriterionId, FeedbackId, LevelId, PartId, PinId, RubricId
from assessor_app.domain.packet import Packet, RubricRef
from assessor_app.domain.review import (
    FeedbackItem,
    FeedbackKind,
    Pin,
    Place,
    PlaceKind,
    Region,
    Review,
)
from assessor_app.domain.rubric import Criterion, PerformanceLevel, Rubric
from assessor_app.usecases.carrying import cross
from assessor_app.usecases.renewal import Choices, Comparison, Version, criteria_of
from assessor_app.wire.evidence import dump_layer
from tests.store.making import assignment, blob_of, sha256
from tests.ui.desk.packet import RESPONSE, TEXT, VIEW, packet_of_many_kinds
from tests.ui.evidence.conftest import layer
from tests.usecases.page_sets import Shelf

HEARD = CriterionId("heard")
HIGH, MIDDLE, LOW = LevelId("proficient"), LevelId("basic"), LevelId("developing")
BEFORE = (
    "The work examples show several moments in which the answers changed what happened next.",
    "The work examples show one moment in which the answers changed what happened next.",
    "Answers are recorded, but nothing that follows depends on them.",
)
NOW = (
    (
        "The work examples show at least two moments in which the answers changed what happened "
        "next, and say for each of them why."
    ),
    (
        "The work examples show one moment in which the answers changed what happened next, or two "
        "without a reason."
    ),
    BEFORE[2],
)
TITLES = ("Purpose of the check", "Questions asked", "Time to think", "Acting on what was heard")
REST = ("Reaching everyone", "Work examples", "Reflection")
AT = datetime(2026, 11, 17, 11, 40, tzinfo=UTC)


def criterion(name: str, title: str, words: tuple[str, ...], part: str = "part1") -> Criterion:
    levels = tuple(
        PerformanceLevel(id=level, name=level.capitalize(), descriptor=descriptor)
        for level, descriptor in zip((HIGH, MIDDLE, LOW), words, strict=True)
    )
    return Criterion(
        id=CriterionId(name), title=title, part=PartId(part), levels=levels, required=HIGH
    )


def rubric(version: int, words: tuple[str, ...]) -> Rubric:
    same = ("It is all there.", "Some of it is there.", "Little of it is there.")
    names = ("purpose", "questions", "time", "heard", "everyone", "examples", "reflection")
    return Rubric(
        id=RubricId("rubric"),
        version=version,
        criteria=tuple(
            criterion(
                name,
                title,
                words if name == HEARD else same,
                "part2" if name == "examples" else "part1",
            )
            for name, title in zip(names, (*TITLES, *REST), strict=True)
        ),
    )


def reference(of: Rubric) -> RubricRef:
    return RubricRef(id=of.id, version=of.version, sha256=sha256(f"rubric-{of.version}".encode()))


def written(on: Rubric) -> Review:
    lent = assignment()
    review = Review(
        assignment=lent.id, manifest_sha256=lent.packet.manifest_sha256, rubric=reference(on)
    )
    for one in on.criteria:
        review = review.rate(one.id, HIGH)
    quote = RESPONSE[:31]
    place = Place(kind=PlaceKind.RESPONSE, source="part1/p1", end=len(quote), quote=quote)
    review = review.pin(Pin(id=PinId("pin-1"), criterion=HEARD, place=place))
    image = PACKET.artifacts[0].pages[1].image.sha256
    for number, words in enumerate(("the table", "meet every Tuesday"), start=2):
        page = Place(kind=PlaceKind.PAGE_TEXT, source="A1", page=1, quote=words, sha256=image)
        pin = Pin(id=PinId(f"pin-{number}"), criterion=CriterionId("examples"), place=page)
        review = review.pin(pin)
    region = Region(left=1000, top=6000, right=5000, bottom=8000)
    drawn = Place(kind=PlaceKind.REGION, source="A1", page=1, sha256=image, region=region)
    review = review.pin(Pin(id=PinId("pin-4"), criterion=CriterionId("examples"), place=drawn))
    text = "You changed course twice because of what was said, and the work shows both moments."
    item = FeedbackItem(id=FeedbackId("f-1"), kind=FeedbackKind.PRAISE, criterion=HEARD, text=text)
    return review.give_feedback(item)


def words_of(page: int) -> PageLayer:
    own = Word(text=f"sheet{page}", left=1000, top=8000, right=1700, bottom=8200)
    return PageLayer((*layer().words, own))


def packet_before() -> Packet:
    """The pages of A1 look different from each other, and a word of each is its own."""
    made = packet_of_many_kinds()
    first, *others = made.artifacts
    pages = tuple(
        replace(
            page,
            image=replace(page.image, sha256=sha256(f"page {at}".encode())),
            layer=blob_of(dump_layer(words_of(at))),
        )
        for at, page in enumerate(first.pages)
    )
    return replace(made, artifacts=(replace(first, pages=pages), *others))


PACKET = packet_before()
FEWER = PageLayer(layer().words[:20])
"""The words of the changed page: "meet every Tuesday" stands there twice."""


def other_packet() -> Packet:
    """One page of A1 is another one, and a sentence of the response too."""
    first, *others = PACKET.artifacts
    image = replace(first.pages[1].image, sha256=sha256(b"other"))
    page = replace(first.pages[1], image=image, layer=blob_of(dump_layer(FEWER)))
    pages = (first.pages[0], page, first.pages[2], page)
    part, *parts = PACKET.parts
    prompt = replace(
        part.prompts[0], response=RESPONSE.replace("one goal", "two goals"), mentions=()
    )
    return replace(
        PACKET,
        parts=(replace(part, prompts=(prompt,)), *parts),
        artifacts=(replace(first, pages=pages), *others),
    )


def comparison(before: Version, now: Version, *, packet_version: int = 1) -> Comparison:
    review = written(before.rubric)
    lent = assignment()
    hashed = sha256(b"new") if packet_version > 1 else lent.packet.manifest_sha256
    lent = replace(
        lent,
        title="Checking for Understanding",
        rubric=reference(now.rubric),
        packet=replace(lent.packet, version=packet_version, manifest_sha256=hashed),
    )
    return Comparison(
        assignment=lent,
        review=review,
        before=before,
        now=now,
        old_packet_version=1,
        written_at=AT,
        days_left=6,
        is_sealed=True,
        criteria=criteria_of(cross(review, before, now, shelf()), Choices()),
        removed=(),
        choices=Choices(),
    )


def shelf() -> Shelf:
    """The words of every page of both packets, and the one text view."""
    made = Shelf()
    for page in (*map(words_of, range(3)), FEWER):
        made.layers[blob_of(dump_layer(page)).sha256] = page
    made.views[blob_of(TEXT).sha256] = VIEW
    return made


def with_choices(comparison: Comparison, choices: Choices) -> Comparison:
    way = cross(comparison.review, comparison.before, comparison.now, shelf())
    return replace(comparison, choices=choices, criteria=criteria_of(way, choices))


def chosen(comparison: Comparison, criterion: CriterionId, level: LevelId) -> Comparison:
    return with_choices(comparison, Choices(levels={criterion: level}))


def both_comparison() -> Comparison:
    before = Version(packet=PACKET, rubric=rubric(3, BEFORE))
    now = Version(packet=other_packet(), rubric=rubric(4, NOW))
    return comparison(before, now, packet_version=2)


def rubric_comparison() -> Comparison:
    before = Version(packet=PACKET, rubric=rubric(3, BEFORE))
    return comparison(before, Version(packet=PACKET, rubric=rubric(4, NOW)))


def packet_comparison() -> Comparison:
    same = rubric(3, BEFORE)
    now = Version(packet=other_packet(), rubric=same)
    return comparison(Version(packet=PACKET, rubric=same), now, packet_version=2)
