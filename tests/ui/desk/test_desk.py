"""The desk by keys and clicks: rating, pinning, feedback, reading, and what is on the disk."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractButton, QWidget

from assessor_app.domain.policy import ReasonCode
from assessor_app.domain.review import FeedbackKind, PlaceKind
from assessor_app.ui.evidence.pane import Shown
from assessor_app.ui.parts.level_row import LevelRow
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.theme.theme import Theme
from tests.store.making import sha256
from tests.ui.desk.conftest import House
from tests.ui.desk.packet import IMAGE, RESPONSE
from tests.ui.desk.rubric import HIGH, LOW, MIDDLE, PLAN, REFLECTION, TALK

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def select(house: House, text: str) -> None:
    view = house.desk.widget.evidence.reading
    start = view.toPlainText().index(text)
    cursor = QTextCursor(view.document())
    cursor.setPosition(start)
    cursor.setPosition(start + len(text), QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)


def show_pages(house: House) -> None:
    house.press("]")
    pages = house.desk.widget.evidence.pages
    house.qtbot.waitUntil(lambda: bool(pages.layer(0).words))
    pages.setFocus()


def test_digits_rate_and_the_next_unrated_criterion_opens(house: House) -> None:
    house.press("2", "1", "3")

    assert house.review().levels() == {PLAN: MIDDLE, TALK: HIGH, REFLECTION: LOW}


def test_a_click_on_a_level_rates(house: House) -> None:
    house.click("2 Basic")

    assert house.review().levels() == {PLAN: MIDDLE}


def test_a_digit_without_a_level_does_nothing(house: House) -> None:
    house.press("7")

    assert house.review().levels() == {}


def test_zero_clears_and_arrows_walk(house: House) -> None:
    house.press("1", Qt.Key.Key_Up, "0")

    assert house.review().levels() == {}


def test_undo_and_redo_reach_the_disk(house: House) -> None:
    house.press("2", "1")
    house.press(Qt.Key.Key_Z, hold=CONTROL)
    assert house.review().levels() == {PLAN: MIDDLE}

    house.press(Qt.Key.Key_Z, hold=CONTROL | SHIFT)
    assert house.review().levels() == {PLAN: MIDDLE, TALK: HIGH}


def test_keys_do_nothing_while_text_is_typed(house: House) -> None:
    house.press("c")
    house.write("1 plan, 2 steps")
    house.qtbot.waitUntil(lambda: bool(house.desk.review.feedback[0].text))
    house.desk.flush()

    stored = house.review()
    assert stored.levels() == {}
    assert [item.text for item in stored.feedback] == ["1 plan, 2 steps"]


def test_typed_text_is_saved_without_any_save(house: House) -> None:
    house.press("2", Qt.Key.Key_Up, "c")
    house.stored()
    with house.qtbot.waitSignal(house.desk.changed, timeout=2000):
        house.write("Say who acts in week 8.")

    item = house.review().feedback[0]
    assert (item.kind, item.criterion, item.text) == (
        FeedbackKind.CHALLENGE,
        PLAN,
        "Say who acts in week 8.",
    )


def test_feedback_left_empty_is_not_kept(house: House) -> None:
    house.click("Add praise")
    house.press(Qt.Key.Key_Escape)
    house.desk.widget.evidence.take_focus()

    assert house.review().feedback == ()


def test_a_passage_of_a_response_is_pinned_by_keys(house: House) -> None:
    select(house, "exit tickets")
    house.press("e", "2")

    pin = house.review().pins[0]
    start = RESPONSE.index("exit tickets")
    assert (pin.criterion, pin.place.kind, pin.place.source) == (
        TALK,
        PlaceKind.RESPONSE,
        "part1/p1",
    )
    assert (pin.place.start, pin.place.end, pin.place.quote) == (
        start,
        start + len("exit tickets"),
        "exit tickets",
    )


def test_words_of_a_page_are_pinned_with_the_hash_of_what_was_seen(house: House) -> None:
    show_pages(house)
    house.press(Qt.Key.Key_Right)
    house.press(Qt.Key.Key_Right, Qt.Key.Key_Right, hold=SHIFT)
    house.press("e", "1")

    place = house.review().pins[0].place
    assert (place.source, place.page, place.quote) == ("A1", 0, "Coach and teacher")
    assert place.sha256 == sha256(IMAGE)


def test_a_region_of_a_page_is_pinned_by_mouse(house: House) -> None:
    show_pages(house)
    house.click("Select a region")
    view = house.desk.widget.evidence.pages.viewport()
    start, end = QPoint(120, 120), QPoint(300, 240)
    house.qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    house.qtbot.mouseMove(view, end)
    house.qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    house.click("Pin to criterion 2, Coaching talk")

    place = house.review().pins[0].place
    assert (place.kind, place.source, place.page) == (PlaceKind.REGION, "A1", 0)
    assert place.region is not None
    assert place.region.right - place.region.left > 1000


def test_a_cell_of_a_table_is_pinned_by_mouse(house: House) -> None:
    house.press("]", "]")
    reading = house.desk.widget.evidence.reading
    house.qtbot.waitUntil(lambda: "19" in reading.toPlainText())
    select(house, "19")
    house.click("Pin to criterion 1, Coaching plan")

    place = house.review().pins[0].place
    assert (place.kind, place.source, place.quote) == (PlaceKind.TEXT, "A2", "19")


def test_a_pin_is_followed_to_its_place_and_taken_away(house: House) -> None:
    select(house, "exit tickets")
    house.press("e", "1")
    show_pages(house)
    pin = house.desk.review.pins[0]
    house.desk.widget.rubric.pin_followed.emit(pin.id)
    assert house.desk.widget.evidence.source.key == "part1"

    house.desk.widget.rubric.pin_removed.emit(pin.id)
    assert house.review().pins == ()


def test_a_pinned_page_is_highlighted_and_leads_back_to_its_card(house: House) -> None:
    show_pages(house)
    house.press(Qt.Key.Key_Right)
    house.press("e", "3")
    house.press("1")

    house.desk.widget.evidence.pages.pin_chosen.emit(house.desk.review.pins[0].id)
    assert house.named("3 Reflection").property("accessibleDescription").endswith("open")


def test_reading_is_remembered(house: House) -> None:
    show_pages(house)
    house.qtbot.waitUntil(lambda: any(mark.source == "A1" for mark in house.stored().read))

    assert house.stored().place == "A1"
    house.open()
    assert house.desk.widget.evidence.source.key == "A1"


def test_what_cannot_be_shown_says_so_and_rating_stays_possible(house: House) -> None:
    for _ in range(3):
        house.press("]")
    assert house.desk.widget.evidence.shown is Shown.NOTICE
    assert house.named("The platform could not open this link").isVisible()

    house.press("1")
    assert house.review().levels() == {PLAN: HIGH}


def test_an_inaccessible_link_becomes_a_reason_in_one_click(house: House) -> None:
    for _ in range(3):
        house.press("]")
    house.click("Use as reason: inaccessible artifact")

    reason = house.review().reasons[0]
    assert (reason.code, reason.artifact) == (ReasonCode.INACCESSIBLE_ARTIFACT, "A3")


def test_finding_steps_through_hits_on_all_pages(house: House) -> None:
    show_pages(house)
    house.press(Qt.Key.Key_F, hold=CONTROL)
    house.write("tuesday")

    assert house.named("1 of 9").isVisible()
    house.press(Qt.Key.Key_Return)
    assert house.named("2 of 9").isVisible()


def test_a_mention_leads_to_its_artifact(house: House) -> None:
    house.desk.widget.evidence.reading.mention_followed.emit("A1")

    assert house.desk.widget.evidence.source.key == "A1"


def test_a_response_over_its_limit_says_by_how_much(house: House) -> None:
    assert "5 over the limit of 10" in house.desk.widget.evidence.reading.toPlainText()


def test_showing_a_packet_changes_nothing(house: House) -> None:
    before = house.stored().draft
    house.open()
    house.open()

    assert house.stored().draft == before


def test_every_control_has_a_name(house: House) -> None:
    nameless = [
        type(widget).__name__
        for widget in house.desk.widget.findChildren(QAbstractButton)
        if widget.isVisible() and not (widget.accessibleName() or widget.text())
    ]

    assert nameless == []


def cut(house: House) -> list[str]:
    """Return what is lower than its words need: Qt cuts them silently."""
    return [
        widget.accessibleName() or str(widget.property("text"))
        for widget in house.window.findChildren(QWidget)
        if isinstance(widget, LevelRow | Paragraph)
        and widget.isVisible()
        and widget.height() < widget.heightForWidth(widget.width())
    ]


def test_no_descriptor_is_cut_even_for_a_moment(house: House) -> None:
    select(house, "exit tickets")
    assert cut(house) == []
    for keys in ("1", "2", "e2", "e1", "3"):
        house.press(*keys)
        assert cut(house) == []


def test_no_descriptor_is_cut_at_any_text_size(house: House, theme: Theme) -> None:
    for scale in (1.5, 2.0, 1.0):
        theme.use_text_scale(scale)
        house.press("1")
        house.qtbot.waitUntil(lambda: cut(house) == [])
