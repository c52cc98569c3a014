"""Zip containers without the hour in which they were made."""

import io
import zipfile

_MOMENT = (2026, 9, 1, 9, 0, 0)


def settled(data: bytes) -> bytes:
    """Return the same archive with every member at one fixed moment and in one order."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as after,
    ):
        for name in _order(before.namelist()):
            info = zipfile.ZipInfo(name, _MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(info, before.read(name))
    return out.getvalue()


def _order(names: list[str]) -> list[str]:
    """Return the names sorted, with the list of content types first as readers expect."""
    return sorted(names, key=lambda name: (name != "[Content_Types].xml", name))
