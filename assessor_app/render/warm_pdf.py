"""PDFs made in memory that lead through every part of the PDF engines once."""

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name, Stream

_TEXT = b"""
/Span <</ActualText (warm)>> BDC BT /F1 12 Tf 20 60 Td (Warm Up \\(fi\\)) Tj ET EMC
BT /F2 9 Tf 20 40 Td (Times) Tj 3 Tr (unseen) Tj ET
1 0 0 rg 100 10 20 20 re f q 20 0 0 20 150 10 cm /I1 Do Q /X1 Do
"""
_NOTE = b"BT /F1 8 Tf 2 2 Td (note) Tj ET"


def warm_pdfs() -> Iterator[bytes]:
    """Yield small PDFs: a plain one, and one for each way of encrypting without a password."""
    with _document() as pdf:
        yield _saved(pdf, None)
        yield _saved(pdf, Encryption(owner="warm", user="", R=3, aes=False, metadata=False))
        yield _saved(pdf, Encryption(owner="warm", user="", R=4))
        yield _saved(pdf, Encryption(owner="warm", user="", R=6))


def _saved(pdf: pikepdf.Pdf, encryption: Encryption | None) -> bytes:
    made = io.BytesIO()
    pdf.save(made, encryption=encryption or False)
    return made.getvalue()


def _document() -> pikepdf.Pdf:
    pdf = pikepdf.new()
    fonts = Dictionary(F1=_font("Helvetica"), F2=_font("Times-Roman"))
    resources = Dictionary(Font=fonts, XObject=Dictionary(I1=_image(pdf)))
    form = Stream(pdf, _NOTE, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 40, 12]))
    form["/Resources"] = Dictionary(Font=fonts)
    resources.XObject["/X1"] = pdf.make_indirect(form)
    page = pdf.add_blank_page(page_size=(200, 100))
    page.obj["/Resources"] = resources
    page.obj["/Contents"] = pdf.make_stream(_TEXT)
    field = pdf.make_indirect(_field(form))
    page.obj["/Annots"] = pdf.make_indirect(Array([_note(form, 4), _note(form, 36), field]))
    pdf.Root["/AcroForm"] = Dictionary(
        Fields=Array([field]), NeedAppearances=True, DR=Dictionary(Font=fonts), DA=b"/F1 8 Tf 0 g"
    )
    pdf.Root["/OpenAction"] = Dictionary(S=Name.JavaScript, JS=b"")
    return pdf


def _font(name: str) -> Dictionary:
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{name}"), Encoding=Name.WinAnsiEncoding
    )


def _image(pdf: pikepdf.Pdf) -> Stream:
    picture = Stream(pdf, bytes(range(12)), Type=Name.XObject, Subtype=Name.Image)
    picture.stream_dict.update(
        {"/Width": 2, "/Height": 2, "/BitsPerComponent": 8, "/ColorSpace": Name.DeviceRGB}
    )
    return picture


def _note(form: pikepdf.Object, flags: int) -> Dictionary:
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.FreeText,
        Rect=Array([100, 60, 140, 72]),
        F=flags,
        AP=Dictionary(N=form),
    )


def _field(form: pikepdf.Object) -> Dictionary:
    note = _note(form, 4)
    note["/Subtype"] = Name.Widget
    note["/FT"] = Name.Tx
    note["/T"] = b"warm"
    note["/V"] = b"up"
    note["/DA"] = b"/F1 8 Tf 0 g"
    return note
