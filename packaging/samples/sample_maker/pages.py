"""PDF documents from their Typst sources, with fonts that are the same on every machine."""

from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import typst

FONT_PACKAGES = ("font_source_sans_pro", "font_source_serif_pro", "font_lato")
_MOMENT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def font_folders() -> list[Path]:
    """Return the folders of the fonts; see requirements.txt beside the package."""
    folders: list[Path] = []
    for name in FONT_PACKAGES:
        spec = find_spec(name)
        if spec is None or not spec.submodule_search_locations:
            raise SystemExit(f"The font package {name} is missing; see packaging/samples/README.md")
        folders.append(Path(spec.submodule_search_locations[0], "files"))
    return folders


def pdf(source: Path, *, root: Path) -> bytes:
    """Return the PDF of one source, whose imports lie below `root`."""
    return typst.compile(
        str(source),
        root=str(root),
        font_paths=[str(folder) for folder in font_folders()],
        ignore_system_fonts=True,
        timestamp=int(_MOMENT.timestamp()),
        format="pdf",
    )
