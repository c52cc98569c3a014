"""Which engines make pages here. Other versions may make other bytes of the same file."""

from importlib.metadata import PackageNotFoundError, version

RULE = "rule 1"
"""Of encoding pages; it changes when `encode` does."""

_ENGINES = ("numpy", "pikepdf", "pillow", "pypdfium2")


def engine_versions() -> tuple[str, ...]:
    """Return name and version of each engine installed, in order of the names."""
    return (f"encoder {RULE}", *(f"{name} {found}" for name in _ENGINES if (found := _of(name))))


def _of(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
