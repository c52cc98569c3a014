"""The seal: nothing leaves before everything is there, and each missing thing leads to its cure."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTabBar

from assessor_app.domain.determination import Determination, Need
from assessor_app.domain.ids import ActId
from assessor_app.domain.outbox import OutboxState
from assessor_app.store.outbox import get_act
from assessor_app.usecases.outbox import list_outbox
from assessor_app.wire.codec import parse
from assessor_app.wire.messages import ReviewBody
from tests.ui.desk.conftest import House
from tests.ui.desk.rubric import PLAN
from tests.ui.desk.test_desk import CONTROL, select

SEAL = "Seal review"


def review_it(house: House, feedback: str = "Show who acts in week 8.") -> None:
    """Rate one criterion below, pin both, write the challenge."""
    select(house, "exit tickets")
    house.press("e", "1", "e", "2")
    house.press(Qt.Key.Key_Up, "2", "1", "1")
    house.press(Qt.Key.Key_Up, Qt.Key.Key_Up, "c")
    house.write(feedback)
    house.desk.widget.evidence.take_focus()


def to_the_seal(house: House) -> None:
    house.desk.seal()
    house.seal.open(house.stored())
    house.window.show_screen("seal")


def test_a_complete_review_is_sealed_and_waits_in_the_outbox(house: House) -> None:
    review_it(house)
    to_the_seal(house)
    house.click("I have no conflict of interest in this submission.")
    house.click("I rated against the rubric alone.")
    with house.qtbot.waitSignal(house.seal.sealed):
        house.press(Qt.Key.Key_Return, hold=CONTROL)

    stored = house.stored()
    assert stored.outbox is OutboxState.SEALED
    lines = house.run(house.services.workbench.prepare(list_outbox))
    assert [line.state for line in lines] == [OutboxState.SEALED]


def test_nothing_is_sealed_while_something_is_missing(house: House) -> None:
    to_the_seal(house)
    house.press(Qt.Key.Key_Return, hold=CONTROL)
    house.seal.seal()

    assert house.stored().outbox is None
    button = house.named(SEAL)
    assert isinstance(button, QPushButton)
    assert not button.isEnabled()
    assert "things left" in button.toolTip()


def test_each_missing_thing_leads_to_its_cure(house: House) -> None:
    to_the_seal(house)
    with house.qtbot.waitSignal(house.seal.need_chosen) as chosen:
        house.click("Rate it: Criterion 1 is not rated")

    assert (chosen.args[0].need, chosen.args[0].criterion) == (Need.RATING, PLAN)


def test_a_finding_of_the_leak_check_is_kept_only_with_a_reason(house: House) -> None:
    review_it(house, "When I coached at Lakeside it helped.")
    to_the_seal(house)
    keep = "Keep: “When I coached at Lakeside” in criterion 1, challenge"
    house.click(keep)
    house.click(keep)
    assert house.review().leak_answers == ()

    house.named("Why it can stay").setFocus()
    house.write("The earner wrote it")
    house.press(Qt.Key.Key_Return)
    assert [answer.why for answer in house.review().leak_answers] == ["The earner wrote it"]


def test_the_preview_is_what_the_earner_reads(house: House) -> None:
    review_it(house)
    to_the_seal(house)
    tabs = house.seal.widget.findChildren(QTabBar)[0]
    house.qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())

    text = next(
        label.text()
        for label in house.seal.widget.findChildren(QLabel)
        if label.isVisible() and "Thank you" in label.text()
    )
    assert "Show who acts in week 8." in text
    assert "Basic; Proficient required" in text
    assert "MC-4F2K-9" not in text


def test_the_sealed_bytes_hold_the_review_and_its_determination(house: House) -> None:
    review_it(house)
    to_the_seal(house)
    house.click("I have no conflict of interest in this submission.")
    house.click("I rated against the rubric alone.")
    with house.qtbot.waitSignal(house.seal.sealed) as sealed:
        house.click(SEAL)

    body = parse(ReviewBody, frozen_bytes(house, sealed.args[0].review))
    assert body.determination is Determination.DENY
    assert body.attestations.no_conflict
    assert [pin.place.quote for pin in body.pins] == ["exit tickets", "exit tickets"]


def frozen_bytes(house: House, review: str) -> bytes:

    with house.store.sessions.begin() as session:
        act = get_act(session, ActId(review))
        assert act is not None
        return act.body


def test_a_sealed_review_is_read_not_changed(house: House) -> None:
    test_a_complete_review_is_sealed_and_waits_in_the_outbox(house)
    before = house.review()
    house.open()
    house.press("3", "0")
    house.press("c")

    assert house.review() == before
    assert house.named("Reopen").isEnabled()
