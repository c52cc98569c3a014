"""What each side loads: the laptop needs no PDF engine and no Office reader."""

import subprocess
import sys

import pytest

PLATFORM_ONLY = {
    "numpy",
    "pypdfium2",
    "pikepdf",
    "pypdf",
    "docx",
    "pptx",
    "openpyxl",
    "markdown_it",
}
HEAVY = PLATFORM_ONLY | {"PIL", "PySide6", "sqlalchemy", "requests", "keyring", "msgspec"}


def loaded_by(module: str) -> set[str]:
    code = f"import sys, {module}; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    return {name.partition(".")[0] for name in found.stdout.split()}


@pytest.mark.parametrize("module", ["host", "engines", "results", "worker"])
def test_the_host_and_the_bare_worker_load_no_decoder(module: str) -> None:
    assert not HEAVY & loaded_by(f"assessor_app.render.{module}")


def test_the_viewer_loads_pillow_alone() -> None:
    loaded = loaded_by("assessor_app.render.viewer")

    assert "PIL" in loaded
    assert not (HEAVY - {"PIL"}) & loaded
