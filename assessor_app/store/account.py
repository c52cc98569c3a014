"""The one account of a profile, and what its platform last said."""

from dataclasses import dataclass, field

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from assessor_app.domain.ids import Epoch
from assessor_app.store import direct
from assessor_app.store.ahead import write_ahead
from assessor_app.store.columns import from_json, to_json
from assessor_app.store.errors import OtherAccountError
from assessor_app.store.journal import BindingEntry, Journal
from assessor_app.store.schema import AccountRow

_WORDS = tuple[str, ...]
_ACCOUNT = select(AccountRow)
_TOKEN = update(AccountRow).values(token=bindparam("told"))
_CURSOR = update(AccountRow).values(cursor=bindparam("told"))
_CLOCK_OFFSET = update(AccountRow).values(clock_offset_ms=bindparam("told"))
_OWN_WORDS = update(AccountRow).values(own_words=bindparam("told"))
_EPOCH = update(AccountRow).values(epoch=bindparam("told"), cursor=None, durable_upto=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """What a sign-in found out. `receipt_key` is pinned: another one needs a new sign-in."""

    platform_url: str
    account: str
    receipt_key: str
    token: str = field(repr=False)
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Whose profile this is. `own_words` name the assessor, for the leak check."""

    platform_url: str
    account: str
    receipt_key: str
    token: str | None = field(repr=False)
    roles: tuple[str, ...]
    epoch: Epoch | None
    cursor: str | None
    durable_upto: int
    clock_offset_ms: int
    own_words: tuple[str, ...] = field(repr=False)


def bind(session: Session, journal: Journal, sign_in: SignIn) -> Account:
    """Make the profile this account's, or renew its token and its pinned key.

    Raises:
        OtherAccountError: It belongs to another account or platform: nothing may be sent there.
    """
    row = session.get(AccountRow, 1)
    if row is None:
        row = AccountRow(
            platform_url=sign_in.platform_url,
            account=sign_in.account,
            receipt_key="",
            roles=to_json(()),
            own_words=to_json(()),
        )
        session.add(row)
    if (row.platform_url, row.account) != (sign_in.platform_url, sign_in.account):
        raise OtherAccountError
    is_news = row.receipt_key != sign_in.receipt_key
    row.receipt_key, row.token = sign_in.receipt_key, sign_in.token
    row.roles = to_json(sign_in.roles)
    session.flush()
    if is_news:
        entry = BindingEntry(
            platform_url=sign_in.platform_url,
            account=sign_in.account,
            receipt_key=sign_in.receipt_key,
        )
        write_ahead(session, journal, entry)
    return _account_of(row)


def get_account(session: Session) -> Account | None:
    """Return the account, or None before the first sign-in."""
    row = direct.row(session, _ACCOUNT)
    return None if row is None else _account_of(row)


def put_token(session: Session, token: str | None) -> None:
    """Keep another token, or none."""
    direct.change(session, _TOKEN, {"told": token})


def put_cursor(session: Session, cursor: str | None) -> None:
    """Keep where the feed goes on; None asks for a snapshot."""
    direct.change(session, _CURSOR, {"told": cursor})


def put_clock_offset(session: Session, offset_ms: int) -> None:
    """Keep by how much the platform's clock is ahead of the laptop's."""
    direct.change(session, _CLOCK_OFFSET, {"told": offset_ms})


def put_epoch(session: Session, epoch: Epoch) -> None:
    """Keep another epoch. Cursor and durable sequence belong to the old one."""
    direct.change(session, _EPOCH, {"told": epoch})


def put_own_words(session: Session, words: tuple[str, ...]) -> None:
    """Keep the words that name the assessor."""
    direct.change(session, _OWN_WORDS, {"told": to_json(words)})


def _account_of(row: AccountRow) -> Account:
    return Account(
        platform_url=row.platform_url,
        account=row.account,
        receipt_key=row.receipt_key,
        token=row.token,
        roles=from_json(_WORDS, row.roles),
        epoch=None if row.epoch is None else Epoch(row.epoch),
        cursor=row.cursor,
        durable_upto=row.durable_upto,
        clock_offset_ms=row.clock_offset_ms,
        own_words=from_json(_WORDS, row.own_words),
    )
