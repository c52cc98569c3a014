from assessor_app.store.errors import NoKeyringError
from assessor_app.usecases.doctor import Check, Finding, look_at_computer
from tests.journeys.laptop import Vault


class NoVault:
    """A computer without a keyring."""

    def get(self, _name: str) -> bytes | None:
        raise NoKeyringError

    def put(self, _name: str, _secret: bytes) -> None:
        raise NoKeyringError

    def drop(self, _name: str) -> None:
        raise NoKeyringError


def by_check(findings: tuple[Finding, ...]) -> dict[Check, Finding]:
    return {finding.check: finding for finding in findings}


def test_a_computer_is_looked_at_without_leaving_anything() -> None:
    vault = Vault()

    found = by_check(look_at_computer(vault))

    assert found[Check.KEYRING].ok
    assert found[Check.CIPHER].ok
    assert found[Check.CIPHER].fact[0].isdigit()
    assert found[Check.CONFINEMENT].fact
    assert vault.secrets == {}


def test_a_missing_keyring_is_told() -> None:
    assert not by_check(look_at_computer(NoVault()))[Check.KEYRING].ok
