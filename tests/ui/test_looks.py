"""Every screen in light, in dark, at 150 % and at 200 % text: nothing cut, nothing squeezed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from assessor_app.ui.outbox.screen import Notice, OutboxScreen
from assessor_app.ui.queue.screen import QueueScreen
from assessor_app.ui.settings.screen import SettingsScreen
from assessor_app.ui.signin.accounts import AccountsPage
from assessor_app.ui.signin.first_run import FirstRun
from assessor_app.ui.signin.form import SignInForm
from assessor_app.ui.signin.locked import LockedPage
from assessor_app.ui.signin.unlock import UnlockForm
from assessor_app.ui.signin.unopened import UnopenedPage
from assessor_app.ui.signin.unopened_words import shown_work
from assessor_app.ui.theme.theme import Mode, Theme
from assessor_app.usecases.accounts import KnownAccount, Unsent
from assessor_app.usecases.errors import (
    NewerStoreError,
    NoKeyringError,
    ProfileInUseError,
    UnauthorisedError,
)
from assessor_app.usecases.unopened import UnopenedWork
from tests.ui.looks import LOOKS, Sound, in_window, is_drawn
from tests.ui.outbox.making import RECEIVED, REFUSED, SEALED, STALE, UNKNOWN, state_of
from tests.ui.settings.test_settings import STATE
from tests.ui.signin.test_unopened import DRAFT
from tests.ui.signin.test_unopened import SEALED as KEPT_REVIEW

USED = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KNOWN = (
    KnownAccount(
        folder=Path("3f9a"),
        needs_passphrase=False,
        last_used=USED,
        platform_url="https://reviews.example",
        unsent=Unsent(2, 1),
    ),
    KnownAccount(folder=Path("b81c"), needs_passphrase=True, last_used=USED),
)


def first_run(theme: Theme) -> QWidget:
    return FirstRun(theme, has_samples=True)


def sign_in(theme: Theme) -> QWidget:
    form = SignInForm(theme)
    form.show_error(NoKeyringError())
    return form


def sign_in_refused(theme: Theme) -> QWidget:
    form = SignInForm(theme)
    form.show_error(UnauthorisedError())
    return form


def outbox(theme: Theme) -> QWidget:
    screen = OutboxScreen(theme)
    screen.show_outbox(state_of(SEALED, UNKNOWN, RECEIVED, REFUSED, is_offline=True))
    return screen


def portal(theme: Theme) -> QWidget:
    screen = OutboxScreen(theme)
    stale = replace(STALE, can_be_put_away=True)
    screen.show_outbox(state_of(stale, SEALED, UNKNOWN, RECEIVED, REFUSED, is_offline=True))
    title = "This network wants you to sign in first"
    screen.show_notice(Notice(title, "It answers itself.", opens_browser=True, beside="Then back."))
    return screen


def accounts(theme: Theme) -> QWidget:
    page = AccountsPage(theme)
    page.show_accounts(KNOWN)
    page.show_error(ProfileInUseError(Path("profile")))
    return page


def locked(theme: Theme) -> QWidget:
    page = LockedPage(theme)
    page.show_accounts(KNOWN[0], KNOWN[1:])
    return page


def settings(theme: Theme) -> QWidget:
    screen = SettingsScreen(theme)
    screen.show_settings(STATE)
    return screen


def unopened(theme: Theme) -> QWidget:
    page = UnopenedPage(theme)
    page.show_work(shown_work(UnopenedWork((DRAFT, KEPT_REVIEW), "everything")))
    return page


def refused_newer(theme: Theme) -> QWidget:
    form = UnlockForm(theme)
    form.show_error(NewerStoreError(Path("profile") / "store.db", "9999"))
    return form


SCREENS: tuple[Callable[[Theme], QWidget], ...] = (
    first_run,
    sign_in,
    sign_in_refused,
    UnlockForm,
    QueueScreen,
    accounts,
    locked,
    outbox,
    portal,
    settings,
    unopened,
    refused_newer,
)

WITH_NAV = (QueueScreen, outbox, portal, settings)


@pytest.mark.parametrize(("mode", "scale"), LOOKS)
@pytest.mark.parametrize("make", SCREENS, ids=lambda make: make.__name__)
def test_a_screen_shows_all_it_says(
    qtbot: QtBot, theme: Theme, make: Callable[[Theme], QWidget], mode: Mode, scale: float
) -> None:
    theme.use_mode(mode)
    theme.use_text_scale(scale)
    window = in_window(qtbot, theme, make(theme), with_nav=make in WITH_NAV)

    qtbot.waitUntil(Sound(window), timeout=2000)
    assert is_drawn(window)
