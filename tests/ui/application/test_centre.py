"""The sync centre of an open profile: what is done in it, with a real store behind it."""

import json
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from assessor_app.store import account, outbox
from assessor_app.store.opening import Store
from assessor_app.ui.outbox.export_text import MARK
from assessor_app.usecases.outbox import OutboxLine, list_outbox
from assessor_app.usecases.packet import open_packet
from assessor_app.usecases.review import save_draft
from assessor_app.usecases.seal import seal
from assessor_app.usecases.settings import Settings
from assessor_app.usecases.syncing import Link, RoundProgress, RoundReport, Stage
from assessor_app.usecases.workbench import Workbench
from tests.journeys.writing import revisions
from tests.store.making import NOW
from tests.ui.application.test_controller import House, house, key, opened, store, vault
from tests.ui.desk.packet import packet_of_many_kinds
from tests.ui.desk.rubric import RUBRIC

__all__ = ["house", "key", "opened", "store", "vault"]

LAPTOP = "Only on this laptop"


def seal_one(house: House) -> OutboxLine:
    """Have a sealed review in the outbox, and the sync centre in front."""
    bench = house.profile.workbench
    blank = bench.prepare(open_packet, house.assignment, now=NOW)().draft.review
    *_, whole = revisions(blank, packet_of_many_kinds(), RUBRIC)
    bench.prepare(save_draft, whole, now=NOW)()
    bench.prepare(seal, house.assignment, now=NOW)()
    house.click("Sync centre")
    house.named("Sync now")
    house.controller.start("")
    house.controller.show_section("sync")
    house.named("Hold all")
    return house.outbox()[0]


def test_what_is_held_is_said_everywhere_and_survives_a_restart(house: House, store: Store) -> None:
    seal_one(house)

    house.click("Hold all")

    house.named("In the outbox 1 · held")
    house.named("1 in the outbox, sealed, held by you")
    house.qtbot.waitUntil(lambda: house.status(LAPTOP).endswith("held by you"))
    (line,) = Workbench(store).prepare(list_outbox)()
    assert line.is_held
    house.click("Send all")
    house.named("In the outbox 1")
    house.qtbot.waitUntil(lambda: "held" not in house.status(LAPTOP))
    assert not house.outbox()[0].is_held


def test_sending_all_does_a_round_soon(house: House) -> None:
    seal_one(house)
    house.controller.rounds.show_every(0)
    house.click("Hold all")
    house.named("Send all")

    with house.qtbot.waitSignal(house.controller.rounds.ended, timeout=6000):
        house.click("Send all")

    assert house.profile.rounds == 1


def test_all_unsent_reviews_go_into_one_file_and_nothing_else_changes(
    house: House, store: Store, tmp_path: Path
) -> None:
    line = seal_one(house)
    before = house.outbox()

    house.click("Export all…")
    text = chosen_file(house, tmp_path).read_text()

    assert text.startswith("1 sealed review without a receipt")
    (told,) = (json.loads(part.splitlines()[1]) for part in text.split(MARK)[1:])
    assert told["act"] == line.act
    assert told["content_sha256"] == line.body_sha256
    assert house.outbox() == before
    assert secrets_in(text, store) == []


def test_one_review_is_exported_from_its_row(house: House, tmp_path: Path) -> None:
    line = seal_one(house)

    house.click(f"Export my review {line.submission}…")

    written = chosen_file(house, tmp_path)
    assert written.name == f"{line.submission}.txt"
    assert line.act in written.read_text()


def chosen_file(house: House, folder: Path) -> Path:
    """Take the name that the dialog offers, in a folder; return what was written there."""
    dialog = house.frame.window.findChild(QFileDialog)
    assert dialog is not None
    house.qtbot.waitUntil(dialog.isVisible)
    assert "not encrypted" in dialog.windowTitle()
    named = Path(dialog.selectedFiles()[0]).name
    dialog.setDirectory(str(folder))
    dialog.selectFile(str(folder / named))
    dialog.accept()
    house.named("The review is in a file")
    return folder / named


def secrets_in(text: str, store: Store) -> list[str]:
    """Return what must not leave the laptop and is in a text."""
    with store.sessions.begin() as session:
        bound = account.get_account(session)
    if bound is None:
        return []
    secrets = (bound.token, bound.account, bound.platform_url)
    return [secret for secret in secrets if secret and secret in text]


def lose_answer(house: House, store: Store) -> OutboxLine:
    """Have a review in the outbox that may have arrived."""
    seal_one(house)
    with store.sessions.begin() as session:
        outbox.release(session, now=NOW + timedelta(days=30))
        act = outbox.begin_sending(session)
        assert act is not None
        outbox.lost_answer(session, act.act_id)
    return house.outbox()[0]


def test_what_leaves_shows_how_much_of_it_is_on_its_way(house: House) -> None:
    line = seal_one(house)
    leaving = RoundProgress(stage=Stage.SENDING, act=line.act, sent_bytes=18_000, body_bytes=29_000)

    house.controller.rounds.progressed.emit(leaving)

    house.named("62 %")
    house.named("Sending, first try, 18 of 29 kB")


def test_an_act_without_answer_counts_down_and_is_asked_for_at_once(
    house: House, store: Store
) -> None:
    house.controller.apply(Settings(sync_every_minutes=0))
    line = lose_answer(house, store)
    rounds = house.controller.rounds
    rounds.ended.emit(RoundReport(link=Link.ONLINE, began_at=NOW, ended_at=NOW))
    house.named("No answer came. The receipt is asked for with the next sync.")

    rounds.within(40.0)
    rounds.ended.emit(RoundReport(link=Link.ONLINE, began_at=NOW, ended_at=NOW))
    house.named("No answer came. Asking for the receipt again in 40 s.")
    with house.qtbot.waitSignal(rounds.ended):
        house.click(f"Ask now {line.submission}")

    assert house.profile.asked == [line.act]
    assert house.profile.rounds == 1
