"""PDFium with its built-in fonts only: the same pixels everywhere, and no font file is opened."""

import ctypes

from pypdfium2 import raw

_NO_PATHS = (ctypes.POINTER(ctypes.c_char) * 1)()


def use_own_fonts() -> None:
    """Start PDFium again without the system's fonts. Call it before any document is open."""
    raw.FPDF_DestroyLibrary()
    paths = ctypes.cast(_NO_PATHS, ctypes.POINTER(ctypes.POINTER(ctypes.c_char)))
    raw.FPDF_InitLibraryWithConfig(raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=paths))
