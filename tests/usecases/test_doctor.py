from assessor_app.usecases.doctor import Check, Finding, look_at_computer
from tests.fakes import NoVault, Vault


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
