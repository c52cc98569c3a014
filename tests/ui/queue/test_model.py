from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from assessor_app.domain.ids import AssignmentId
from assessor_app.ui.queue.cells import Column, cells_of
from assessor_app.ui.queue.model import QueueList, QueueModel
from assessor_app.usecases.queue_rows import OnLaptop
from tests.ui.queue.making import BEGUN, COMING, LATE, READY

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def model_of(*rows: object, **more: object) -> QueueModel:
    model = QueueModel()
    model.show_list(QueueList(rows=rows, **more))  # type: ignore[arg-type]  # as the caller says
    return model


def submissions(model: QueueModel) -> list[str]:
    shown = (model.row_at(at) for at in range(model.rowCount()))
    return [row.submission for row in shown if row is not None]


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = model_of(READY, COMING, LATE)
    qtmodeltester.check(model)

    model.show_list(QueueList(rows=(COMING,)))
    model.show_list(QueueList(rows=(replace(COMING, fetched_bytes=42_000_000),)))

    assert model.rowCount() == 1


def test_the_first_due_comes_first() -> None:
    model = model_of(COMING, LATE, READY)

    assert submissions(model) == [LATE.submission, READY.submission, COMING.submission]


def test_days_left_and_not_dates_make_the_order() -> None:
    other_calendar = replace(COMING, days_left=2)

    assert submissions(model_of(READY, other_calendar))[0] == COMING.submission


def test_a_column_sorts_both_ways() -> None:
    model = model_of(READY, COMING, LATE)

    model.sort(Column.SUBMISSION, Qt.SortOrder.DescendingOrder)

    assert submissions(model) == ["MC-XR84-4", "MC-88QX-1", "MC-4F2K-9"]


def test_what_a_search_found_keeps_the_order_of_the_search() -> None:
    found = MappingProxyType({COMING.assignment: "…again…"})

    model = model_of(COMING, READY, found=found)

    assert submissions(model) == [COMING.submission, READY.submission]


def test_a_row_that_stays_is_changed_in_place(qtbot: QtBot) -> None:
    model = model_of(READY, COMING)
    further = replace(COMING, fetched_bytes=90_000_000)

    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show_list(QueueList(rows=(READY, further)))

    assert model.data(model.index(1, Column.LAPTOP)) == "90 of 96 MB"


def test_a_screen_reader_hears_the_column_and_both_lines() -> None:
    model = model_of(READY)

    said = model.data(model.index(0, Column.DUE), SPOKEN)

    assert said == "Due in: 3 business days, Wed 25 Nov"


def test_no_row_has_no_data() -> None:
    assert model_of(READY).data(QModelIndex()) is None


def test_words_for_what_is_here() -> None:
    missing = replace(COMING, on_laptop=OnLaptop.NOT_HERE, fetched_bytes=0)
    texts = [
        cells_of(READY, is_fetching=False)[Column.LAPTOP].text,
        cells_of(COMING, is_fetching=True)[Column.LAPTOP].text,
        cells_of(missing, is_fetching=True)[Column.LAPTOP].text,
        cells_of(missing, is_fetching=False)[Column.LAPTOP].text,
    ]

    assert texts == ["Ready", "41 of 96 MB", "Waiting to fetch", "Not fetched"]


def test_ready_names_what_no_download_will_bring() -> None:
    ready = replace(COMING, on_laptop=OnLaptop.READY)

    cell = cells_of(ready, is_fetching=False)[Column.LAPTOP]

    assert (cell.text, cell.detail) == ("Ready", "1 link inaccessible, with proof")


def test_words_for_the_review() -> None:
    texts = [cells_of(row, is_fetching=False)[Column.REVIEW].text for row in (READY, BEGUN, LATE)]

    assert texts == ["Not started", "5 of 7", "Needs attention"]


def test_a_packet_that_is_over_says_so() -> None:
    assert cells_of(LATE, is_fetching=False)[Column.DUE].text == "2 days over"


def test_the_position_of_a_packet() -> None:
    model = model_of(READY, COMING)

    assert model.position(COMING.assignment) == 1
    assert model.position(AssignmentId("unknown")) == -1
