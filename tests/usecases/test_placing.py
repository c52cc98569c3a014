"""Pins found again in page sets that were rendered anew."""

from dataclasses import replace

import pytest

from assessor_app.domain.ids import ArtifactId, Sha256
from assessor_app.domain.packet import Packet
from assessor_app.domain.page_text import quote
from assessor_app.domain.quotes import words_in
from assessor_app.domain.review import Place, PlaceKind, Region
from assessor_app.render.host import RenderHost
from assessor_app.usecases.placing import Placed, placed
from tests.render.conftest import rebuilder
from tests.usecases.page_sets import (
    GOAL,
    TALK,
    TICKETS,
    Shelf,
    artifact,
    packet_of,
    pin_in_text,
    pin_on,
    pin_region,
    sheet,
)

__all__ = ["rebuilder"]

FRONT = sheet("A page that was put in front")


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def before(rebuilder: RenderHost, shelf: Shelf) -> Packet:
    pages = shelf.pages(rebuilder, sheet("Coaching plan", GOAL, TALK), sheet(TICKETS))
    return packet_of(artifact("A1", pages))


def now_of(rebuilder: RenderHost, shelf: Shelf, *sheets: str) -> Packet:
    return packet_of(artifact("A1", shelf.pages(rebuilder, *sheets)))


def found(words: str, shelf: Shelf, before: Packet, now: Packet) -> Placed:
    return placed(pin_on(shelf, before, words), before, now, shelf)


def test_a_pin_stays_on_a_page_that_is_the_same(shelf: Shelf, before: Packet) -> None:
    pin = pin_on(shelf, before, GOAL)

    assert placed(pin, before, before, shelf).place == pin.place


def test_a_page_put_in_front_moves_the_pin_to_its_page(
    rebuilder: RenderHost, shelf: Shelf, before: Packet
) -> None:
    now = now_of(rebuilder, shelf, FRONT, sheet("Coaching plan", GOAL, TALK), sheet(TICKETS))
    own = found(GOAL, shelf, before, now)

    assert own.place is not None
    assert (own.place.page, own.place.sha256) == (
        1,
        now.artifacts[0].pages[1].image.sha256,
    )


def test_words_that_moved_on_their_page_are_found_by_the_quote(
    rebuilder: RenderHost, shelf: Shelf, before: Packet
) -> None:
    now = now_of(
        rebuilder,
        shelf,
        sheet("Coaching plan", "A line more", GOAL, TALK, left=60, top=180),
        sheet(TICKETS),
    )

    own = found(GOAL, shelf, before, now)

    assert own.moved is not None
    assert shelf.words_of(own.moved, now) == GOAL
    assert own.moved.place.start == pin_on(shelf, before, GOAL).place.start + 3
    assert own.moved.place.sha256 == now.artifacts[0].pages[0].image.sha256


def test_lines_that_break_elsewhere_are_the_same_quote(
    rebuilder: RenderHost, shelf: Shelf, before: Packet
) -> None:
    first, second = GOAL.split(" goal ")
    now = now_of(rebuilder, shelf, sheet("Coaching plan", first, f"goal {second}", TALK))

    own = found(GOAL, shelf, before, now)

    assert own.moved is not None
    assert shelf.words_of(own.moved, now) == GOAL


def test_words_that_went_to_another_page_are_found_there(
    rebuilder: RenderHost, shelf: Shelf, before: Packet
) -> None:
    now = now_of(rebuilder, shelf, sheet("Coaching plan", TALK), sheet(TICKETS, GOAL))

    own = found(GOAL, shelf, before, now)

    assert own.moved is not None
    assert (own.moved.place.page, shelf.words_of(own.moved, now)) == (1, GOAL)


def test_the_same_page_comes_before_every_other(
    rebuilder: RenderHost, shelf: Shelf, before: Packet
) -> None:
    now = now_of(rebuilder, shelf, sheet("Another title", GOAL), sheet(GOAL), sheet(GOAL))

    own = found(GOAL, shelf, before, now)

    assert own.place is not None
    assert own.place.page == 0


@pytest.mark.parametrize(
    ("sheets", "pages"),
    [
        ((sheet("Coaching plan", "The goal was chosen for her"),), []),
        ((sheet("Another title", GOAL, GOAL),), [0, 0]),
        ((sheet("Another title"), sheet(GOAL), sheet("Once more", GOAL)), [1, 2]),
    ],
    ids=["nowhere", "twice on its page", "on two other pages"],
)
def test_without_exactly_one_match_the_pin_waits_with_its_spot_ways(
    rebuilder: RenderHost,
    shelf: Shelf,
    before: Packet,
    sheets: tuple[str, ...],
    pages: list[int],
) -> None:
    own = found(GOAL, shelf, before, now_of(rebuilder, shelf, *sheets))

    assert (own.place, own.is_here) == (None, True)
    assert [found.place.page for found in own.spots] == pages


def test_a_part_of_a_word_is_not_the_quote(
    rebuilder: RenderHost, shelf: Shelf, before: Packet
) -> None:
    now = now_of(rebuilder, shelf, sheet(f"{GOAL}4"), sheet(f"X{GOAL}"))

    assert found(GOAL, shelf, before, now).place is None


def test_words_of_an_artifact_with_another_number_are_found(
    rebuilder: RenderHost, shelf: Shelf, before: Packet
) -> None:
    pages = shelf.pages(rebuilder, sheet("Other words in front", GOAL))
    now = packet_of(artifact("A1", shelf.pages(rebuilder, FRONT)), artifact("A2", pages))

    own = found(GOAL, shelf, before, now)

    assert own.moved is not None
    assert (own.moved.place.source, shelf.words_of(own.moved, now)) == ("A2", GOAL)


def test_an_artifact_that_is_the_same_is_found_under_another_number(
    rebuilder: RenderHost, shelf: Shelf, before: Packet
) -> None:
    renamed = replace(before.artifacts[0], id=ArtifactId("A2"))
    now = packet_of(artifact("A1", shelf.pages(rebuilder, FRONT)), renamed)
    pin = pin_on(shelf, before, GOAL)

    assert placed(pin, before, now, shelf).place == replace(pin.place, source="A2")


def test_nothing_is_concluded_from_pages_that_have_not_arrived(
    rebuilder: RenderHost, shelf: Shelf, before: Packet
) -> None:
    now = now_of(rebuilder, shelf, sheet("Another title"), sheet(GOAL), sheet("Not here yet"))
    pin = pin_on(shelf, before, GOAL)
    del shelf.layers[now.artifacts[0].pages[2].layer.sha256]

    own = placed(pin, before, now, shelf)

    assert (own.place, own.is_here) == (None, False)
    assert [found.place.page for found in own.spots] == [1]


def region_of(shelf: Shelf, of: Packet, words: str) -> Region:
    """Draw around words, with a margin as a hand leaves."""
    pin = pin_on(shelf, of, words)
    layer = shelf.layers[of.artifacts[0].pages[0].layer.sha256]
    inked = layer.words[pin.place.start : pin.place.end]
    return Region(
        left=min(word.left for word in inked) - 150,
        top=min(word.top for word in inked) - 100,
        right=max(word.right for word in inked) + 150,
        bottom=max(word.bottom for word in inked) + 100,
    )


def test_a_region_moves_as_far_as_the_words_in_it(
    rebuilder: RenderHost, shelf: Shelf, before: Packet
) -> None:
    region = region_of(shelf, before, GOAL)
    pin = pin_region(shelf, before, region)
    assert pin.place.quote == GOAL
    now = now_of(rebuilder, shelf, sheet("Coaching plan", "A line more", GOAL, TALK))

    own = placed(pin, before, now, shelf)

    assert own.place is not None
    assert own.place.region is not None
    moved = own.place.region
    assert (moved.right - moved.left, moved.bottom - moved.top) == (
        region.right - region.left,
        region.bottom - region.top,
    )
    layer = shelf.layers[now.artifacts[0].pages[0].layer.sha256]
    assert quote(layer, *words_in(layer, moved)) == GOAL


def test_a_region_without_words_on_a_changed_page_is_asked_for(
    rebuilder: RenderHost, shelf: Shelf, before: Packet
) -> None:
    region = Region(left=7000, top=7000, right=9000, bottom=9000)
    pin = pin_region(shelf, before, region)
    now = now_of(rebuilder, shelf, sheet("Another title"))

    own = placed(pin, before, now, shelf)

    assert own.place is None
    (suggested,) = own.spots
    assert (suggested.place.region, suggested.place.sha256) == (
        region,
        now.artifacts[0].pages[0].image.sha256,
    )


def test_a_pin_in_a_text_view_moves_with_its_words(shelf: Shelf) -> None:
    old = packet_of(artifact("A1", text=shelf.text("Exit tickets", f"{TICKETS}. More.")))
    now = packet_of(artifact("A1", text=shelf.text("New", "Exit tickets", f"So: {TICKETS}.")))
    pin = pin_in_text(old, 1, 0, TICKETS)

    own = placed(pin, old, now, shelf)

    assert own.place == replace(
        pin.place,
        page=2,
        start=4,
        end=4 + len(TICKETS),
        sha256=now.artifacts[0].text.view.sha256 if now.artifacts[0].text else None,
    )


def test_a_pin_in_a_text_view_waits_where_its_words_stand_twice(shelf: Shelf) -> None:
    old = packet_of(artifact("A1", text=shelf.text("Exit tickets", TICKETS)))
    now = packet_of(artifact("A1", text=shelf.text("New", "Exit tickets", TICKETS, TICKETS)))

    own = placed(pin_in_text(old, 0, 0, "Exit tickets"), old, now, shelf)
    twice = placed(pin_in_text(old, 1, 0, TICKETS), old, now, shelf)

    assert own.place is not None
    assert own.place.page == 1
    assert (twice.place, [found.place.page for found in twice.spots]) == (None, [2, 3])


def test_a_passage_of_a_response_is_found_in_another_response(shelf: Shelf) -> None:
    old = packet_of()
    part = old.parts[0]
    prompt = part.prompts[0]
    words = prompt.response[:9]
    pin = replace(
        pin_in_text(packet_of(artifact("A1")), 0, 0, words),
        place=Place(
            kind=PlaceKind.RESPONSE, source=f"{part.id}/{prompt.id}", end=len(words), quote=words
        ),
    )
    other = replace(prompt, id=type(prompt.id)("other"), response=f"Now: {prompt.response}")
    rest = replace(prompt, response="Something else.")
    now = replace(old, parts=(replace(part, prompts=(rest, other)),))

    own = placed(pin, old, now, shelf)

    assert own.place == replace(pin.place, source=f"{part.id}/other", start=5, end=5 + len(words))


def test_a_moment_stays_with_its_recording_and_is_asked_for_in_another(shelf: Shelf) -> None:
    old = packet_of(replace(artifact("A1"), sha256=Sha256("a" * 64)))
    place = Place(kind=PlaceKind.MOMENT, source="A1", sha256=old.artifacts[0].sha256, at_ms=134_000)
    pin = replace(pin_in_text(old, 0, 0, "x"), place=place)
    other = replace(old.artifacts[0], sha256=Sha256("0" * 64))

    assert placed(pin, old, old, shelf).place == place
    asked = placed(pin, old, packet_of(other), shelf)
    assert (asked.place, [own.place for own in asked.spots]) == (
        None,
        [replace(place, sha256=other.sha256)],
    )
