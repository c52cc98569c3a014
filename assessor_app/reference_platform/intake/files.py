"""The folder artifacts/: which files may be in it, and how they are read."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from assessor_app.domain.packet import ArtifactKind
from assessor_app.reference_platform.intake.errors import Problem
from assessor_app.render.kinds import SourceKind, kind_of
from assessor_app.render.limits import MAX_INPUT_BYTES

FOLDER = "artifacts"
MAX_KEPT_BYTES = 4 * 1024 * 1024 * 1024
"""For files that are not rebuilt, such as recordings."""

_REBUILT = {
    SourceKind.PDF: ArtifactKind.DOCUMENT,
    SourceKind.DOCX: ArtifactKind.DOCUMENT,
    SourceKind.PPTX: ArtifactKind.PRESENTATION,
    SourceKind.XLSX: ArtifactKind.TABLE,
    SourceKind.CSV: ArtifactKind.TABLE,
    SourceKind.TEXT: ArtifactKind.TEXT,
    SourceKind.MARKDOWN: ArtifactKind.TEXT,
    SourceKind.IMAGE: ArtifactKind.IMAGE,
}
_KEPT = {
    ArtifactKind.VIDEO: (".mp4", ".m4v", ".mov", ".webm", ".mkv", ".avi"),
    ArtifactKind.AUDIO: (".mp3", ".m4a", ".aac", ".wav", ".ogg", ".opus", ".flac"),
    ArtifactKind.ARCHIVE: (".zip", ".7z", ".tar", ".gz", ".rar"),
    ArtifactKind.DOCUMENT: (".doc", ".odt", ".rtf", ".pages"),
    ArtifactKind.PRESENTATION: (".ppt", ".odp", ".key"),
    ArtifactKind.TABLE: (".xls", ".ods", ".numbers"),
}
_KEPT_BY_SUFFIX = {suffix: kind for kind, suffixes in _KEPT.items() for suffix in suffixes}


def artifact_kind(file_name: str) -> ArtifactKind:
    """Return what an artifact is, by the name of its file."""
    source = kind_of(file_name)
    if source is not None:
        return _REBUILT[source]
    return _KEPT_BY_SUFFIX.get(Path(file_name).suffix.lower(), ArtifactKind.OTHER)


def read_artifact(folder: Path, name: str) -> bytes:
    """Return the bytes of a listed file. A link that took its place meanwhile is not followed."""
    descriptor = os.open(folder / FOLDER / name, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as file:
        return file.read(MAX_INPUT_BYTES + 1)


def is_plain_name(name: str) -> bool:
    """Return whether a name can only mean a file in the folder itself."""
    return (
        name not in {"", ".", ".."}
        and not set(name) & set("/\\\0\r\n")
        and not (len(name) > 1 and name[1] == ":")
    )


def folder_problems(folder: Path, listed: set[str] | None) -> Iterator[Problem]:
    """Yield what is in a submission's folder and should not be, and what is missing.

    Args:
        folder: The submission's folder.
        listed: The names of files that submission.json lists, plain ones only; None where it cannot
            be read.
    """
    for path in sorted(folder.iterdir()):
        if path.name not in {FOLDER, "submission.json"}:
            yield Problem(
                path=path.name,
                what="is not part of a submission",
                how=f"Move it into {FOLDER}/ and list it, or remove it.",
            )
    artifacts = folder / FOLDER
    if artifacts.is_symlink() or (artifacts.exists() and not artifacts.is_dir()):
        yield Problem(path=FOLDER, what="is no folder", how="Make it a folder of its own.")
        return
    present = sorted(artifacts.iterdir()) if artifacts.is_dir() else []
    for path in present:
        yield from _entry_problems(path, listed)
    for name in sorted((listed or set()).difference(path.name for path in present)):
        yield Problem(
            path=f"{FOLDER}/{name}",
            what="is listed, but missing",
            how="Add the file, or correct its name in submission.json.",
        )


def _entry_problems(path: Path, listed: set[str] | None) -> Iterator[Problem]:
    place = f"{FOLDER}/{path.name}"
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        what = "is a link" if path.is_symlink() else "is no plain file"
        yield Problem(path=place, what=what, how="Put the file itself there.")
    elif listed is not None and path.name not in listed:
        yield Problem(
            path=place,
            what="is not listed in submission.json",
            how='Add an entry to "evidence", or remove the file.',
        )
    else:
        most = MAX_KEPT_BYTES if kind_of(path.name) is None else MAX_INPUT_BYTES
        if status.st_size > most:
            how = f"Keep it under {most // 1024 // 1024} MiB: split it, or hand in a link."
            yield Problem(path=place, what="is too large", how=how)
