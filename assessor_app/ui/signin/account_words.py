"""What the screens say of an account: whose, and how much of it is only on this laptop."""

from PySide6.QtCore import QCoreApplication

from assessor_app.ui.when import day
from assessor_app.usecases.accounts import KnownAccount, Unsent

_UNBROKEN = "\u00a0"
"""A space at which no line ends: a date stays in one piece."""


def account_title(platform_url: str, tag: str) -> str:
    """Return the platform and the tag of an account; the tag alone where no more is known."""
    host = platform_url.partition("://")[2] or platform_url
    if not host:
        return _tr("Account {0}").format(tag)
    return f"{host} · {_tr('account {0}').format(tag)}" if tag else host


def account_detail(account: KnownAccount) -> str:
    """Return what is only here of an account that is not open, and when it was open last."""
    words = only_here(account.unsent)
    used = _tr("last used {0}").format(day(account.last_used.astimezone().date()))
    return f"{words} · {used.replace(' ', _UNBROKEN)}"


def only_here(unsent: Unsent | None) -> str:
    """Return "2 drafts and 1 sealed review only on this laptop"."""
    if unsent is None:
        return _tr("Not known what is only on this laptop")
    if not unsent.drafts and not unsent.sealed:
        return _tr("Nothing only on this laptop")
    drafts = _tr("1 draft") if unsent.drafts == 1 else _tr("{0} drafts").format(unsent.drafts)
    sealed = (
        _tr("1 sealed review")
        if unsent.sealed == 1
        else _tr("{0} sealed reviews").format(unsent.sealed)
    )
    if unsent.drafts and unsent.sealed:
        what = _tr("{0} and {1}").format(drafts, sealed)
    else:
        what = drafts if unsent.drafts else sealed
    return _tr("{0} only on this laptop").format(what)


def only_here_short(unsent: Unsent | None) -> str:
    """Return the same in two words."""
    if unsent is None:
        return _tr("Not known")
    return _tr("Work only here") if unsent.drafts or unsent.sealed else _tr("Nothing only here")


def others_words(others: tuple[KnownAccount, ...]) -> str:
    """Return what is only here of all other accounts together; empty where there are none."""
    if not others:
        return ""
    together = all_unsent(others)
    count = len(others)
    head = (
        _tr("1 other account is on this laptop.")
        if count == 1
        else _tr("{0} other accounts are on this laptop.").format(count)
    )
    if together is None or not (together.drafts or together.sealed):
        return head
    return f"{head} {_tr('There:')} {only_here(together)}."


def all_unsent(accounts: tuple[KnownAccount, ...]) -> Unsent | None:
    """Return what is known to be only here of all of some accounts.

    None where nothing is known to be, and one of them cannot be read.
    """
    known = [account.unsent for account in accounts if account.unsent is not None]
    drafts, sealed = sum(each.drafts for each in known), sum(each.sealed for each in known)
    is_known = drafts or sealed or len(known) == len(accounts)
    return Unsent(drafts, sealed) if is_known else None


def _tr(words: str) -> str:
    return QCoreApplication.translate("accounts", words)
