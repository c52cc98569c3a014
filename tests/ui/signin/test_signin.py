import gc
import weakref
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.ui.signin.account_words import account_detail
from assessor_app.ui.signin.first_run import FirstRun
from assessor_app.ui.signin.form import SignInForm, TypedAccess
from assessor_app.ui.signin.unlock import UnlockForm
from assessor_app.ui.theme.theme import Mode, Theme
from assessor_app.usecases import errors
from assessor_app.usecases.accounts import KnownAccount
from assessor_app.usecases.errors import AddressFault, AppError, OfflineReason

LEFT = Qt.MouseButton.LeftButton
ADDRESS, TOKEN = "Address of the platform", "Token"
PASSPHRASE, AGAIN = "Passphrase", "The same once more"
SECRET = "marigold and rain"  # noqa: S105 (made up)
GIVEN = TypedAccess(address="https://platform.example", token="token-4711")  # noqa: S106 (made up)


def button(page: QWidget, name: str) -> QAbstractButton:
    return next(
        b
        for b in page.findChildren(QAbstractButton)
        if name in (b.accessibleName(), b.text()) and not b.isHidden()
    )


def line(page: QWidget, name: str) -> QLineEdit:
    return next(f for f in page.findChildren(QLineEdit) if f.accessibleName() == name)


def write(qtbot: QtBot, page: QWidget, name: str, text: str) -> None:
    field = line(page, name)
    field.clear()
    qtbot.keyClicks(field, text)


@pytest.fixture
def form(qtbot: QtBot, theme: Theme) -> SignInForm:
    made = SignInForm(theme)
    qtbot.addWidget(made)
    made.resize(1024, 700)
    made.show()
    return made


def fill(qtbot: QtBot, form: SignInForm) -> None:
    write(qtbot, form, ADDRESS, "https://platform.example")
    write(qtbot, form, TOKEN, GIVEN.token)


def test_enter_gives_address_and_token(qtbot: QtBot, form: SignInForm) -> None:
    fill(qtbot, form)

    with qtbot.waitSignal(form.access_given) as given:
        qtbot.keyClick(line(form, TOKEN), Qt.Key.Key_Return)

    assert given.args == [GIVEN]
    assert not button(form, "Sign in").isEnabled()


def test_a_token_is_in_no_representation() -> None:
    typed = repr(replace(GIVEN, passphrase=SECRET))

    assert "4711" not in typed
    assert SECRET not in typed


def test_a_token_is_not_readable_on_the_screen(form: SignInForm) -> None:
    assert line(form, TOKEN).echoMode() is QLineEdit.EchoMode.Password


def test_what_is_missing_is_said_and_nothing_is_given(qtbot: QtBot, form: SignInForm) -> None:
    write(qtbot, form, ADDRESS, "https://platform.example")

    with qtbot.assertNotEmitted(form.access_given):
        qtbot.keyClick(line(form, ADDRESS), Qt.Key.Key_Return)

    assert button(form, "Sign in").accessibleDescription() == "The token is missing."


def test_paste_takes_the_token_from_the_clipboard(qtbot: QtBot, form: SignInForm) -> None:
    QGuiApplication.clipboard().setText("  token-from-the-letter\n")

    qtbot.mouseClick(button(form, "Paste"), LEFT)

    assert line(form, TOKEN).text() == "token-from-the-letter"


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (errors.BadAddressError(AddressFault.UNREADABLE), ADDRESS),
        (errors.UnauthorisedError(), TOKEN),
    ],
)
def test_a_refusal_stands_beside_its_cause(form: SignInForm, error: AppError, name: str) -> None:
    form.show_error(error)

    assert line(form, name).accessibleDescription()
    assert line(form, name).property("tone") == "danger"


@pytest.mark.parametrize(
    "error",
    [
        errors.OfflineError(OfflineReason.NO_NETWORK),
        errors.OfflineError(OfflineReason.NOT_THE_PLATFORM),
        errors.UncertainError(502),
        errors.NewerPlatformError((2,)),
        errors.ProfileInUseError(Path()),
    ],
)
def test_any_other_refusal_is_a_sentence_and_can_be_tried_again(
    qtbot: QtBot, form: SignInForm, error: AppError
) -> None:
    fill(qtbot, form)
    qtbot.mouseClick(button(form, "Sign in"), LEFT)

    form.show_error(error)

    said = [w.accessibleName() for w in form.findChildren(QWidget) if "." in w.accessibleName()]
    assert any(len(text) > 40 for text in said)
    assert button(form, "Sign in").isEnabled()


def test_a_passphrase_is_asked_for_only_without_a_keyring(qtbot: QtBot, form: SignInForm) -> None:
    fill(qtbot, form)
    assert not line(form, PASSPHRASE).isVisible()

    form.show_error(errors.NoKeyringError())
    assert line(form, AGAIN).isVisible()
    write(qtbot, form, PASSPHRASE, SECRET)
    assert not button(form, "Sign in").isEnabled()
    write(qtbot, form, AGAIN, SECRET)
    with qtbot.waitSignal(form.access_given) as given:
        qtbot.keyClick(line(form, AGAIN), Qt.Key.Key_Return)

    assert given.args is not None
    assert given.args[0] == replace(GIVEN, passphrase=SECRET)


def test_a_known_passphrase_is_asked_for_once(form: SignInForm) -> None:
    form.show_error(errors.KeyMissingError(Path()))

    assert line(form, PASSPHRASE).isVisible()
    assert not line(form, AGAIN).isVisible()


def test_a_short_new_passphrase_is_not_taken(qtbot: QtBot, form: SignInForm) -> None:
    fill(qtbot, form)
    form.ask_passphrase()

    for name in (PASSPHRASE, AGAIN):
        write(qtbot, form, name, "short")

    assert "at least 10" in button(form, "Sign in").accessibleDescription()


def test_what_is_secret_is_forgotten(qtbot: QtBot, form: SignInForm) -> None:
    fill(qtbot, form)

    form.forget()

    assert line(form, TOKEN).text() == ""


def test_samples_are_hidden_where_they_cannot_run(qtbot: QtBot, theme: Theme) -> None:
    page = FirstRun(theme, has_samples=False)
    qtbot.addWidget(page)
    page.show()

    names = [b.accessibleName() for b in page.findChildren(QAbstractButton) if b.isVisible()]

    assert "Try with sample packets" not in names
    assert "Sign in" in names


def test_the_ways_in_are_told(qtbot: QtBot, theme: Theme) -> None:
    page = FirstRun(theme, has_samples=True)
    qtbot.addWidget(page)

    with qtbot.waitSignals([page.sign_in_chosen, page.samples_chosen]):
        qtbot.mouseClick(button(page, "Sign in"), LEFT)
        qtbot.mouseClick(button(page, "Try with sample packets"), LEFT)


def test_unlocking_gives_the_passphrase(qtbot: QtBot, theme: Theme) -> None:
    page = UnlockForm(theme)
    qtbot.addWidget(page)
    write(qtbot, page, PASSPHRASE, "marigold")

    with qtbot.waitSignal(page.unlocked) as unlocked:
        qtbot.keyClick(line(page, PASSPHRASE), Qt.Key.Key_Return)

    assert unlocked.args == ["marigold"]


def test_the_reason_stands_beside_what_cannot_be_pressed(qtbot: QtBot, theme: Theme) -> None:
    page = UnlockForm(theme)
    qtbot.addWidget(page)
    page.show()

    beside = [w.property("text") for w in page.findChildren(QWidget) if w.isVisible()]
    assert not button(page, "Unlock").isEnabled()
    assert "The passphrase is missing." in beside


def test_a_page_stands_in_the_middle_of_its_window(qtbot: QtBot, theme: Theme) -> None:
    page = FirstRun(theme, has_samples=True)
    qtbot.addWidget(page)
    page.resize(1366, 736)
    page.show()

    card = button(page, "Sign in")
    left = card.mapTo(page, card.rect().topLeft()).x()
    right = page.width() - left - card.width()
    assert abs(left - right) <= 1


def test_a_date_is_not_torn_apart() -> None:
    at = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    known = KnownAccount(folder=Path("a"), needs_passphrase=True, last_used=at)

    _unsent, _, used = account_detail(known).partition(" · ")

    assert used.startswith("last")
    assert " " not in used


def test_a_wrong_passphrase_is_said_in_place(qtbot: QtBot, theme: Theme) -> None:
    page = UnlockForm(theme)
    qtbot.addWidget(page)

    page.show_error(errors.WrongPassphraseError(Path()))

    assert "does not fit" in line(page, PASSPHRASE).accessibleDescription()


PAGES: tuple[Callable[[Theme], QWidget], ...] = (
    lambda theme: FirstRun(theme, has_samples=True),
    SignInForm,
    UnlockForm,
)


@pytest.mark.parametrize("make", PAGES)
@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_page_fits_a_small_window(
    qtbot: QtBot, theme: Theme, make: Callable[[Theme], QWidget], mode: Mode, scale: float
) -> None:
    theme.use_mode(mode)
    theme.use_text_scale(scale)
    page = make(theme)
    qtbot.addWidget(page)
    page.resize(1024, 640)

    assert page.minimumSizeHint().width() <= 1024
    assert not page.grab().isNull()


@pytest.mark.parametrize("make", PAGES)
def test_a_closed_page_is_freed(theme: Theme, make: Callable[[Theme], QWidget]) -> None:
    alive = weakref.ref(make(theme))
    gc.collect()

    assert alive() is None
