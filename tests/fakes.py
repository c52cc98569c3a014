"""What stands in for a computer's keyring, and for a computer without one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from assessor_app.usecases.errors import NoKeyringError


@dataclass(slots=True)
class Vault:
    """A keyring that lives as long as the test."""

    secrets: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def of_told(cls, told: Mapping[str, str]) -> Self:
        """Return the keyring that another process told."""
        return cls({name: bytes.fromhex(secret) for name, secret in told.items()})

    def told(self) -> dict[str, str]:
        """Return every secret as it is told to another process."""
        return {name: secret.hex() for name, secret in self.secrets.items()}

    def get(self, name: str) -> bytes | None:
        return self.secrets.get(name)

    def put(self, name: str, secret: bytes) -> None:
        self.secrets[name] = secret

    def drop(self, name: str) -> None:
        self.secrets.pop(name, None)


class NoVault:
    """A computer without a keyring."""

    def get(self, _name: str) -> bytes | None:
        raise NoKeyringError

    def put(self, _name: str, _secret: bytes) -> None:
        raise NoKeyringError

    def drop(self, _name: str) -> None:
        raise NoKeyringError
