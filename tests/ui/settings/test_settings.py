from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.menu_button import MenuButton
from assessor_app.ui.settings.cards import SettingRow
from assessor_app.ui.settings.screen import SettingsScreen, SettingsState
from assessor_app.ui.theme.theme import Mode, Theme
from assessor_app.usecases.doctor import Check, Finding
from assessor_app.usecases.settings import AccountFacts, Settings
from assessor_app.usecases.settings import Theme as Colours
from assessor_app.usecases.space import BYTES_A_GB, Space
from tests.finding import button, said

LEFT = Qt.MouseButton.LeftButton
ACCOUNT = AccountFacts(
    platform_url="https://platform.example",
    account="account-1",
    roles=("assessor",),
    epoch=None,
    clock_offset_ms=-1200,
    is_signed_in=True,
)
STATE = SettingsState(settings=Settings(), own_words=("Lakeside",), account=ACCOUNT)
SPACE = Space(lent_bytes=900_000_000, over_bytes=520_000_000, quota_bytes=4 * BYTES_A_GB)
UNCONFINED = "Show pages and images although they cannot be decoded behind a wall"


@pytest.fixture
def screen(qtbot: QtBot, theme: Theme) -> SettingsScreen:
    made = SettingsScreen(theme)
    qtbot.addWidget(made)
    made.resize(1150, 900)
    made.show_settings(STATE)
    made.show()
    return made


def test_showing_is_not_choosing(qtbot: QtBot, screen: SettingsScreen) -> None:
    other = replace(STATE, settings=Settings(theme=Colours.DARK, text_scale=1.5, proxy="x"))

    with qtbot.assertNotEmitted(screen.settings_changed):
        screen.show_settings(other)

    assert button(screen, "Colours: Dark").isChecked()
    assert button(screen, "Text size: 150 %").isChecked()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Colours: Dark", Settings(theme=Colours.DARK)),
        ("Text size: 200 %", Settings(text_scale=2.0)),
        ("Single letters are keys, except while you type", Settings(letter_keys=False)),
        (UNCONFINED, Settings(unconfined=True)),
    ],
)
def test_a_choice_is_told_at_once(
    qtbot: QtBot, screen: SettingsScreen, name: str, wanted: Settings
) -> None:
    with qtbot.waitSignal(screen.settings_changed) as changed:
        qtbot.mouseClick(button(screen, name), LEFT)

    assert changed.args == [wanted]


def test_a_second_choice_keeps_the_first(qtbot: QtBot, screen: SettingsScreen) -> None:
    qtbot.mouseClick(button(screen, "Colours: Dark"), LEFT)

    with qtbot.waitSignal(screen.settings_changed) as changed:
        qtbot.mouseClick(button(screen, "Text size: 125 %"), LEFT)

    assert changed.args == [Settings(theme=Colours.DARK, text_scale=1.25)]


def test_unconfined_decoding_comes_with_its_warning(qtbot: QtBot, screen: SettingsScreen) -> None:
    warning = "Only on a computer you can do without"
    assert warning not in said(screen)

    qtbot.mouseClick(button(screen, UNCONFINED), LEFT)

    assert warning in said(screen)


def test_own_words_are_told_when_the_box_is_left(qtbot: QtBot, screen: SettingsScreen) -> None:
    box = next(b for b in screen.findChildren(QPlainTextEdit) if "own words" in b.accessibleName())
    screen.activateWindow()
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "Hilltop School")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.keyClicks(box, " Northby ")

    with qtbot.waitSignal(screen.own_words_changed) as changed:
        button(screen, "Sign out").setFocus()

    assert changed.args == [("Hilltop School", "Northby")]


def test_an_account_says_where_and_how_far_the_clock_is_off(screen: SettingsScreen) -> None:
    assert "platform.example" in said(screen)
    assert "1.2 s" in said(screen)


def test_signed_out_offers_a_new_sign_in(qtbot: QtBot, screen: SettingsScreen) -> None:
    screen.show_settings(replace(STATE, account=replace(ACCOUNT, is_signed_in=False)))

    with qtbot.waitSignal(screen.sign_in_chosen):
        qtbot.mouseClick(button(screen, "Sign in again"), LEFT)


def test_a_smaller_quota_is_told_and_shown_at_once(qtbot: QtBot, screen: SettingsScreen) -> None:
    screen.show_settings(replace(STATE, space=SPACE))
    assert "to review 900 MB, finished 520 MB, free 2.6 GB" in said(screen)
    menu = button(screen, "Use at most")
    assert isinstance(menu, MenuButton)

    with qtbot.waitSignal(screen.settings_changed) as changed:
        menu.choice_chosen.emit("2")

    assert changed.args == [Settings(quota_gb=2)]
    assert "free 580 MB" in said(screen)
    assert menu.text() == "2 GB"


@pytest.mark.parametrize(
    ("space", "words"),
    [
        (Space(lent_bytes=0, over_bytes=0, quota_bytes=4 * BYTES_A_GB), "free 4 GB"),
        (Space(lent_bytes=0, over_bytes=0, quota_bytes=0), "no limit"),
        (Space(lent_bytes=2 * BYTES_A_GB, over_bytes=0, quota_bytes=BYTES_A_GB), "to review 2 GB"),
    ],
)
def test_what_is_zero_has_no_words_in_the_space(
    screen: SettingsScreen, space: Space, words: str
) -> None:
    screen.show_settings(replace(STATE, space=space))

    assert f" | {words}" in said(screen)
    assert "0 kB" not in said(screen)


def test_findings_say_what_to_do(qtbot: QtBot, screen: SettingsScreen) -> None:
    with qtbot.waitSignal(screen.check_wanted):
        qtbot.mouseClick(button(screen, "Check now"), LEFT)
    screen.computer.show_findings(
        (
            Finding(check=Check.KEYRING, ok=False, fact="none"),
            Finding(check=Check.CIPHER, ok=True, fact="4.12"),
        )
    )

    qtbot.waitUntil(lambda: "There is no key store" in said(screen))
    assert "passphrase" in said(screen)
    assert "1 to look at" in said(screen)


@pytest.mark.parametrize("check", Check)
@pytest.mark.parametrize(("is_well", "words"), [(True, "All is well"), (False, "1 to look at")])
def test_every_finding_has_words(
    screen: SettingsScreen,
    check: Check,
    is_well: bool,  # noqa: FBT001 (a parameter of the test)
    words: str,
) -> None:
    screen.computer.show_findings((Finding(check=check, ok=is_well, fact=""),))

    assert words in said(screen)


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize(("scale", "width"), [(1.0, 1150), (1.0, 968), (1.5, 1283), (2.0, 1260)])
def test_the_screen_fits_its_window(
    screen: SettingsScreen, theme: Theme, mode: Mode, scale: float, width: int
) -> None:
    theme.use_mode(mode)
    theme.use_text_scale(scale)
    screen.show_settings(replace(STATE, space=SPACE))
    screen.resize(width, 640)

    assert screen.minimumSizeHint().width() <= width
    QCoreApplication.processEvents()
    rows = [row for row in screen.findChildren(SettingRow) if row.isVisible()]
    assert rows
    assert [_cut(row) for row in rows if _cut(row)] == []
    assert not screen.grab().isNull()


def _cut(row: SettingRow) -> str:
    """Return the words of a row that do not fit beside its control."""
    labels = (each for each in row.findChildren(Label) if each.isVisible())
    return " | ".join(each.text() for each in labels if each.width() < each.sizeHint().width())
