"""The command `assessor-app`."""


def main() -> None:
    """Start."""
