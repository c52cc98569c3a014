"""What the app is allowed to bring along: permissive licences, and versions that hold."""

import re
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements" / "dev.lock").read_text("utf-8")
APP = (ROOT / "requirements" / "app.lock").read_text("utf-8")
PERMISSIVE = re.compile(
    r"MIT|BSD|ISC|Apache|MPL|Mozilla|PSF|Python Software Foundation|LGPL|Unlicense|HPND|CC0|zlib"
    r"|Public Domain|provided 'as-is'",
    re.IGNORECASE,
)
FIELDS = ("License-Expression", "License")
SHIPPED_EXTRAS = ("fastapi", "pikepdf", "pypdfium2", "typst", "uvicorn", "openpyxl", "lxml")


def names(lock: str) -> list[str]:
    return re.findall(r"^([a-z0-9][\w.-]*)==", lock, re.MULTILINE)


def licence(name: str) -> str | None:
    """Return the licence of an installed package; None if it is for other systems only."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    words = [value[:200] for key in FIELDS for value in told.get_all(key) or []]
    words += [line for line in told.get_all("Classifier") or [] if line.startswith("License")]
    if not words:
        files = metadata.files(name) or []
        words = [file.read_text()[:400] for file in files if "LICENSE" in file.name.upper()]
    return " ".join(words)


@pytest.mark.parametrize("name", [*names(APP), *SHIPPED_EXTRAS])
def test_every_licence_is_permissive(name: str) -> None:
    told = licence(name)
    if told is None:
        return

    assert PERMISSIVE.search(told), told
    assert not re.search(r"(?<!L)(?<!Lesser )GPL", told) or "LGPL" in told, told


def test_every_package_is_pinned_by_its_hash() -> None:
    assert len(names(LOCK)) > 60
    for entry in re.split(r"\n(?=[a-z0-9])", LOCK):
        assert "--hash=sha256:" in entry or entry.startswith("#"), entry


def test_no_registry_is_named() -> None:
    assert not re.search(r"https?://|index-url", LOCK + APP)
