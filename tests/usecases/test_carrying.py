"""Whatever becomes of packet and rubric: no pin, and no word to the earner, is ever lost."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.evidence import PageLayer, Word
from assessor_app.domain.ids import ArtifactId, CriterionId, FeedbackId, PinId, PromptId, Sha256
from assessor_app.domain.packet import Artifact, Packet, Page, PageMode
from assessor_app.domain.page_text import quote
from assessor_app.domain.review import (
    FeedbackItem,
    FeedbackKind,
    Pin,
    Place,
    PlaceKind,
    Region,
    Review,
)
from assessor_app.domain.rubric import Criterion, Rubric
from assessor_app.usecases.carrying import Version, carried, cross
from assessor_app.wire.evidence import dump_layer
from tests.store.making import RUBRIC, RUBRIC_REF, assignment, blob_of, packet
from tests.usecases.page_sets import Shelf

WORDS = st.lists(st.sampled_from(("goal", "coach", "plan", "note-", "book")), max_size=6)
NAMES = ("plan", "talk", "text")
SHELF = Shelf()
PLAIN = RUBRIC.criteria[0]


def layer_of(words: list[str]) -> PageLayer:
    return PageLayer(
        tuple(
            Word(text=word, left=100 * at, top=100, right=100 * at + 80, bottom=200)
            for at, word in enumerate(words)
        )
    )


def page_of(words: list[str], looks: str) -> Page:
    layer = layer_of(words)
    blob = blob_of(dump_layer(layer))
    SHELF.layers[blob.sha256] = layer
    image = blob_of(f"{words} {looks}".encode())
    return Page(
        image=image,
        layer=blob,
        width_px=1000,
        height_px=1400,
        width_pt=595.0,
        height_pt=842.0,
        mode=PageMode.LOSSLESS,
    )


PAGES = st.builds(page_of, WORDS, st.sampled_from(("old", "new")))


@st.composite
def artifacts(draw: st.DrawFn) -> tuple[Artifact, ...]:
    base = packet().artifacts[0]
    return tuple(
        replace(
            base,
            id=ArtifactId(name),
            sha256=draw(st.sampled_from((Sha256("1" * 64), Sha256("2" * 64)))),
            pages=tuple(draw(st.lists(PAGES, max_size=3))),
            text=SHELF.text(*(" ".join(block) for block in draw(st.lists(WORDS, max_size=2)))),
        )
        for name in ("A1", "A2")[: draw(st.integers(0, 2))]
    )


@st.composite
def versions(draw: st.DrawFn) -> Version:
    made = packet()
    part = made.parts[0]
    prompts = tuple(
        replace(part.prompts[0], id=PromptId(name), response=" ".join(draw(WORDS)), mentions=())
        for name in ("p1", "p2")[: draw(st.integers(1, 2))]
    )
    named = draw(st.sets(st.sampled_from(NAMES), min_size=1))
    return Version(
        packet=replace(made, parts=(replace(part, prompts=prompts),), artifacts=draw(artifacts())),
        rubric=rubric_of(named, draw(st.booleans())),
    )


def rubric_of(names: set[str], other: bool) -> Rubric:  # noqa: FBT001 (drawn)
    title = "Another title" if other else PLAIN.title
    criteria: tuple[Criterion, ...] = tuple(
        replace(PLAIN, id=CriterionId(name), title=title) for name in sorted(names)
    )
    return replace(RUBRIC, criteria=criteria)


def spots(of: Packet) -> list[Place]:
    """Return places of each kind that the desk could have made."""
    part = of.parts[0]
    found = [
        Place(
            kind=PlaceKind.RESPONSE,
            source=f"{part.id}/{prompt.id}",
            end=len(prompt.response) // 2,
            quote=prompt.response[: len(prompt.response) // 2],
        )
        for prompt in part.prompts
    ]
    for artifact in of.artifacts:
        found += [Place(kind=PlaceKind.MOMENT, source=artifact.id, sha256=artifact.sha256, at_ms=5)]
        if artifact.text is not None:
            found += [
                Place(
                    kind=PlaceKind.TEXT,
                    source=artifact.id,
                    sha256=artifact.text.view.sha256,
                    page=at,
                    end=4,
                    quote=block.text[:4],
                )
                for at, block in enumerate(SHELF.views[artifact.text.view.sha256].blocks)
                if hasattr(block, "text") and len(block.text) >= 4
            ]
        for index, page in enumerate(artifact.pages):
            found += on_page(artifact, index, page)
    return found


def on_page(artifact: Artifact, index: int, page: Page) -> list[Place]:
    layer = SHELF.layers[page.layer.sha256]
    count = len(layer.words)
    region = Place(
        kind=PlaceKind.REGION,
        source=artifact.id,
        sha256=page.image.sha256,
        page=index,
        quote=quote(layer, 0, count),
        region=Region(left=0, top=0, right=9000, bottom=9000),
    )
    words = Place(
        kind=PlaceKind.PAGE_TEXT,
        source=artifact.id,
        sha256=page.image.sha256,
        page=index,
        end=min(count, 2),
        quote=quote(layer, 0, 2),
    )
    return [region, words] if count else [region]


@st.composite
def reviews(draw: st.DrawFn, before: Version) -> Review:
    lent = assignment()
    review = Review(
        assignment=lent.id, manifest_sha256=lent.packet.manifest_sha256, rubric=RUBRIC_REF
    )
    names = [criterion.id for criterion in before.rubric.criteria]
    chosen = draw(st.lists(st.sampled_from(spots(before.packet)), max_size=6))
    for number, place in enumerate(chosen):
        pin = Pin(id=PinId(f"pin-{number}"), criterion=draw(st.sampled_from(names)), place=place)
        if draw(st.booleans()):
            review = review.pin(pin)
        else:
            review = replace(review, unplaced=(*review.unplaced, pin))
    for number, name in enumerate(names):
        review = review.give_feedback(
            FeedbackItem(
                id=FeedbackId(f"f-{number}"),
                kind=FeedbackKind.PRAISE,
                criterion=name,
                text=f"Good: {name}",
            )
        )
    return review


def pins_of(review: Review) -> dict[str, Pin]:
    pins = (*review.pins, *review.unplaced)
    assert len({pin.id for pin in pins}) == len(pins)
    return {pin.id: pin for pin in pins}


def reads(pin: Pin, of: Packet) -> str:
    """Return what stands at the place of a pin, without blanks and hyphens at line ends."""
    place = pin.place
    if place.kind is PlaceKind.RESPONSE:
        (prompt,) = (own for own in of.parts[0].prompts if place.source.endswith(f"/{own.id}"))
        return prompt.response[place.start : place.end]
    artifact = of.artifact(ArtifactId(place.source))
    if place.kind is PlaceKind.TEXT:
        assert artifact.text is not None
        block = SHELF.views[artifact.text.view.sha256].blocks[place.page]
        return str(getattr(block, "text", ""))[place.start : place.end]
    if place.kind is PlaceKind.PAGE_TEXT:
        layer = SHELF.layers[artifact.pages[place.page].layer.sha256]
        return quote(layer, place.start, place.end)
    return place.quote


def plain(words: str) -> str:
    return "".join(word.rstrip("-") for word in words.split())


@given(data=st.data(), before=versions(), now=versions())
def test_no_pin_and_no_feedback_is_ever_lost(
    data: st.DataObject, before: Version, now: Version
) -> None:
    review = data.draw(reviews(before))

    after = carried(cross(review, before, now, SHELF), assignment())

    old, new = pins_of(review), pins_of(after)
    assert new.keys() == old.keys()
    for pin in after.unplaced:
        assert pin == old[pin.id]
    for pin in after.pins:
        assert pin.criterion == old[pin.id].criterion
        assert plain(reads(pin, now.packet)) == plain(old[pin.id].place.quote)
    assert [(item.id, item.text) for item in after.feedback] == [
        (item.id, item.text) for item in review.feedback
    ]
    known = {criterion.id for criterion in now.rubric.criteria}
    assert {item.criterion for item in after.feedback} <= {None, *known}
    assert {pin.criterion for pin in after.pins} <= known


@given(data=st.data(), before=versions())
def test_there_and_back_again_every_pin_is_at_its_place(
    data: st.DataObject, before: Version
) -> None:
    """What was lost on the way through another version is found when its words come back."""
    review = replace(data.draw(reviews(before)), unplaced=())
    away = Version(packet=replace(before.packet, artifacts=()), rubric=before.rubric)

    gone = carried(cross(review, before, away, SHELF), assignment())
    back = carried(cross(gone, away, before, SHELF), assignment())

    own = {pin.id: pin.place.kind for pin in review.pins}
    assert {pin.id for pin in gone.unplaced} == {
        name for name, kind in own.items() if kind is not PlaceKind.RESPONSE
    }
    assert pins_of(back).keys() == own.keys()
    for pin in back.pins:
        assert plain(reads(pin, before.packet)) == plain(pin.place.quote)
