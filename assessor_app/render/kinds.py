"""The kinds of file that can be rebuilt, by the name they come under. Content is checked later."""

from enum import StrEnum
from pathlib import PurePath
from types import MappingProxyType


class SourceKind(StrEnum):
    """A kind of raw file that the rebuild profile understands."""

    PDF = "pdf"
    IMAGE = "image"
    TEXT = "text"
    MARKDOWN = "markdown"
    CSV = "csv"
    DOCX = "docx"
    PPTX = "pptx"
    XLSX = "xlsx"


SUFFIXES = MappingProxyType(
    {
        ".pdf": SourceKind.PDF,
        ".png": SourceKind.IMAGE,
        ".jpg": SourceKind.IMAGE,
        ".jpeg": SourceKind.IMAGE,
        ".webp": SourceKind.IMAGE,
        ".gif": SourceKind.IMAGE,
        ".txt": SourceKind.TEXT,
        ".md": SourceKind.MARKDOWN,
        ".markdown": SourceKind.MARKDOWN,
        ".csv": SourceKind.CSV,
        ".tsv": SourceKind.CSV,
        ".docx": SourceKind.DOCX,
        ".pptx": SourceKind.PPTX,
        ".xlsx": SourceKind.XLSX,
    }
)


def kind_of(file_name: str) -> SourceKind | None:
    """Return the kind a file name claims, or None if that kind cannot be rebuilt."""
    return SUFFIXES.get(PurePath(file_name).suffix.lower())
