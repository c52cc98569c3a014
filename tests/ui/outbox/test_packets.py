"""Which packets stand in the card of the sync centre, and what is said of each."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from assessor_app.domain.ids import ArtifactId, AssignmentId, SubmissionId
from assessor_app.ui.outbox.packet_line import PacketLine
from assessor_app.ui.outbox.packets import SHOWN, Coming, fetch_rows
from assessor_app.ui.outbox.screen import OutboxScreen
from assessor_app.ui.theme.theme import Theme
from assessor_app.usecases.queue_rows import OnLaptop, QueueGroup
from assessor_app.usecases.sights import KeptAside
from tests.ui.queue.making import COMING

NEXT = replace(
    COMING,
    assignment=AssignmentId("a-2"),
    on_laptop=OnLaptop.NOT_HERE,
    fetched_bytes=0,
    size_bytes=212_000_000,
)
THEN = replace(NEXT, assignment=AssignmentId("a-3"))
READY = replace(COMING, assignment=AssignmentId("a-4"), on_laptop=OnLaptop.READY)
ODD = replace(COMING, assignment=AssignmentId("a-5"), submission=SubmissionId("MC-P3XN-6"))
ASIDE = KeptAside(
    assignment=ODD.assignment, submission=ODD.submission, artifact=ArtifactId("A2"), title="Plan"
)


def test_while_fetching_each_packet_says_where_it_stands() -> None:
    begun, first, second, ready = fetch_rows(
        (COMING, NEXT, THEN, READY), is_fetching=True, is_offline=False
    )

    assert (begun.coming, begun.right) == (Coming.ARRIVING, "41 of 96 MB")
    assert begun.share == 41 / 96
    assert (first.words, first.right, first.share) == ("starts next", "212 MB", None)
    assert second.words == "waits its turn"
    assert (ready.words, ready.right) == ("every hash checked", "Ready")


def test_what_did_not_come_as_promised_is_named_and_never_left_out() -> None:
    coming = tuple(replace(NEXT, assignment=AssignmentId(f"n-{n}")) for n in range(9))

    rows = fetch_rows((*coming, ODD), (ASIDE,), is_fetching=True, is_offline=False)

    assert len(rows) == SHOWN
    assert rows[-1].coming is Coming.ASIDE
    assert rows[-1].words == "A2 did not come as promised; kept aside"
    assert rows[-1].right == "Needs attention"


def test_offline_only_what_is_here_in_part_is_shown_as_held() -> None:
    (held,) = fetch_rows((COMING, NEXT, READY), is_fetching=False, is_offline=True)

    assert (held.coming, held.right) == (Coming.HELD, "41 of 96 MB are here")


def test_a_finished_packet_is_not_on_its_way() -> None:
    sealed = replace(COMING, group=QueueGroup.SEALED)

    assert fetch_rows((sealed,), is_fetching=True, is_offline=False) == ()


def test_a_packet_is_read_out_with_its_state(qtbot: QtBot, theme: Theme) -> None:
    screen = OutboxScreen(theme)
    qtbot.addWidget(screen)
    screen.resize(1150, 700)
    screen.show()

    screen.fetching.show_packets(fetch_rows((READY,), is_fetching=False, is_offline=False))

    shown = [line for line in screen.findChildren(PacketLine) if line.isVisible()]
    assert [line.accessibleName() for line in shown] == ["MC-88QX-1, every hash checked, Ready"]
