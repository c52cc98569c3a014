"""Hostile files made by code, each with what the rebuild may say of it."""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name

from assessor_app.render.errors import RenderCode
from assessor_app.render.kinds import SourceKind
from tests.render.office_maker import docx_of, pptx_of, repacked, xlsx_of
from tests.render.pdf_maker import line, pdf_of, scripts_and_attachments
from tests.render.pictures import drawing, huge_gif, huge_png, packed, photo

SHOWN = None
TEXT = line("ordinary words", 20, 80)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """A file and the outcomes that are right; `SHOWN` stands for a result."""

    name: str
    kind: SourceKind
    data: bytes
    outcomes: frozenset[RenderCode | None]


def corpus(*groups: "Group") -> Iterator[Hostile]:
    """Yield the files of some groups, or of all; each is made when it is asked for."""
    for made in groups or GROUPS:
        for name, kind, data, outcomes in made():
            yield Hostile(name=name, kind=kind, data=data, outcomes=frozenset(outcomes))


Case = tuple[str, SourceKind, bytes, tuple[RenderCode | None, ...]]


def empty_files() -> Iterator[Case]:
    for kind in SourceKind:
        yield f"{kind}: no bytes", kind, b"", (RenderCode.EMPTY,)
        if kind not in {SourceKind.TEXT, SourceKind.MARKDOWN, SourceKind.CSV}:
            yield f"{kind}: one byte", kind, b"x", (RenderCode.BROKEN,)
            yield f"{kind}: text", kind, b"not what it says", (RenderCode.BROKEN,)
        yield f"{kind}: zeros", kind, bytes(100_000), (RenderCode.BROKEN,)


def pictures() -> Iterator[Case]:
    image = SourceKind.IMAGE
    yield "PNG of 20,000 x 20,000", image, huge_png(20_000, 20_000), (RenderCode.TOO_LARGE,)
    yield "PNG of 2^31 pixels", image, huge_png(2**31 - 1, 1), (RenderCode.TOO_LARGE,)
    yield "PNG of 10,000 x 7,000", image, huge_png(10_000, 7_000), (RenderCode.TOO_LARGE,)
    yield "PNG of 8,000 x 8,000", image, huge_png(8_000, 8_000), (SHOWN,)
    yield "GIF of 20,000 x 20,000", image, huge_gif(20_000, 20_000), (RenderCode.TOO_LARGE,)
    broken = (RenderCode.BROKEN, SHOWN)
    yield "GIF of 65,535 x 9", image, huge_gif(65_535, 9), broken
    for form in ("PNG", "JPEG", "WEBP", "GIF"):
        whole = packed(photo(), form)
        yield f"{form} cut in half", image, whole[: len(whole) // 2], (RenderCode.BROKEN,)
        yield f"{form} with a flipped middle", image, flipped(whole), broken
        yield f"{form} with a trailer", image, whole + b"PK\x03\x04" + TEXT.encode(), (SHOWN,)
    yield (
        "SVG called PNG",
        image,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        (RenderCode.BROKEN,),
    )
    yield "TIFF called PNG", image, packed(drawing(), "TIFF"), (RenderCode.BROKEN,)
    yield "PNG with a text bomb", image, text_bomb(), (RenderCode.BROKEN, SHOWN)
    yield "one pixel", image, packed(drawing(1, 1), "PNG"), (SHOWN,)


def pdf_structures() -> Iterator[Case]:
    pdf = SourceKind.PDF
    whole = pdf_of(TEXT)
    yield "PDF cut in half", pdf, whole[: len(whole) // 2], (RenderCode.BROKEN, SHOWN)
    yield "PDF header alone", pdf, b"%PDF-1.7\n", (RenderCode.BROKEN,)
    yield "PDF without xref", pdf, whole.replace(b"startxref", b"startxxxx"), (SHOWN,)
    yield "PDF behind 900 bytes", pdf, b"x" * 900 + whole, (SHOWN,)
    encrypted = pdf_of(TEXT, encryption=Encryption(owner="a", user="b"))
    yield "PDF with a password", pdf, encrypted, (RenderCode.ENCRYPTED,)
    printable = pdf_of(TEXT, encryption=Encryption(owner="a", user=""))
    yield "PDF that may not be printed", pdf, printable, (SHOWN,)
    yield "PDF with scripts", pdf, pdf_of(TEXT, change=scripts_and_attachments), (SHOWN,)
    yield "PDF without pages", pdf, pdf_of(), (RenderCode.EMPTY, RenderCode.BROKEN)
    yield "PDF of 501 pages", pdf, pdf_of(*[""] * 501), (RenderCode.TOO_MANY_PAGES,)
    yield "PDF whose page tree loops", pdf, pdf_of(TEXT, change=loop_pages), tuple(CAUGHT)
    yield "PDF nested 5,000 deep", pdf, deep_pdf(), tuple(CAUGHT)
    yield "zip called PDF", pdf, zipped("a", b"b"), (RenderCode.BROKEN,)
    yield "HTML called PDF", pdf, b"<html><script>1</script></html>", (RenderCode.BROKEN,)


CAUGHT = (RenderCode.BROKEN, RenderCode.EMPTY, RenderCode.TOO_LARGE, SHOWN)


def pdf_contents() -> Iterator[Case]:
    pdf = SourceKind.PDF
    yield "PDF page without text", pdf, pdf_of("1 0 0 rg 0 0 50 50 re f"), (SHOWN,)
    yield "PDF of unknown operators", pdf, pdf_of("zz ((( <<< >> ]]] Tj ET Q Q Q" + TEXT), (SHOWN,)
    yield "PDF with 100,000 nested states", pdf, pdf_of("q " * 100_000 + TEXT), (SHOWN,)
    yield "PDF with 50,000 lines", pdf, pdf_of("1 1 m 200 200 l S " * 50_000), (SHOWN,)
    yield "PDF with a form that draws itself", pdf, pdf_of("/Fo Do", change=loop_form), (SHOWN,)
    yield "PDF page of 200 inches", pdf, pdf_of(TEXT, change=sized(14_400, 14_400)), (SHOWN,)
    yield "PDF page of 10^9 points", pdf, pdf_of(TEXT, change=sized(10**9, 10**9)), (SHOWN,)
    yield "PDF page without width", pdf, pdf_of(TEXT, change=sized(0, 100)), (SHOWN,)
    huge = (RenderCode.TOO_LARGE, RenderCode.BROKEN, RenderCode.CRASHED, RenderCode.HUNG, SHOWN)
    yield "PDF image of 30,000 x 30,000", pdf, pdf_of("/Im Do", change=big_image), huge
    yield "PDF stream that unpacks to 1 GiB", pdf, bomb_pdf(), huge
    slow = (RenderCode.HUNG, RenderCode.CRASHED, RenderCode.TOO_LARGE, SHOWN)
    yield "PDF that takes for ever", pdf, pdf_of("/Fo Do", change=doubling_forms), slow


def offices() -> Iterator[Case]:
    word, deck, book = SourceKind.DOCX, SourceKind.PPTX, SourceKind.XLSX
    document = docx_of(lambda document: document.add_paragraph("ordinary words"))
    yield "zip called DOCX", word, zipped("a.txt", b"b"), (RenderCode.BROKEN,)
    yield "DOCX called XLSX", book, document, (RenderCode.BROKEN,)
    yield "DOCX called PPTX", deck, document, (RenderCode.BROKEN,)
    yield "DOCX cut in half", word, document[: len(document) // 2], (RenderCode.BROKEN,)
    yield "DOCX with flipped bytes", word, flipped(document), (RenderCode.BROKEN, SHOWN)
    yield "empty DOCX", word, docx_of(unchanged), (RenderCode.EMPTY,)
    yield "empty PPTX", deck, pptx_of(unchanged), (RenderCode.EMPTY,)
    yield "empty XLSX", book, xlsx_of(unchanged), (SHOWN,)
    laughs = {"word/document.xml": laughing()}
    yield "DOCX of a billion laughs", word, repacked(document, laughs), (RenderCode.BROKEN,)
    bomb = {"word/media/a.bin": bytes(400 * 1024 * 1024)}
    yield "DOCX zip bomb", word, repacked(document, bomb), (RenderCode.TOO_LARGE,)
    nested = {"word/document.xml": deep_word(2_000)}
    deep = (RenderCode.TOO_LARGE, RenderCode.BROKEN)
    yield "DOCX of 2,000 nested tables", word, repacked(document, nested), deep
    wide = {"xl/worksheets/sheet1.xml": wide_sheet()}
    sheet = xlsx_of(unchanged)
    yield "XLSX with a cell at the far corner", book, repacked(sheet, wide), (SHOWN,)
    yield (
        "old Office file",
        word,
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(999),
        (RenderCode.ENCRYPTED,),
    )


def texts() -> Iterator[Case]:
    text, csv, md = SourceKind.TEXT, SourceKind.CSV, SourceKind.MARKDOWN
    yield "text of 9 MB", text, b"word " * 1_800_000, (RenderCode.TOO_LARGE,)
    yield "text of one long line", text, b"x" * 900_000, (SHOWN,)
    yield "gzip called text", text, gzip.compress(bytes(100_000), mtime=0), (RenderCode.BROKEN,)
    yield "CSV of one open quote", csv, b'a,"' + b"b,\n" * 200_000, (SHOWN, RenderCode.BROKEN)
    yield "CSV of a million commas", csv, b"," * 1_000_000, (SHOWN, RenderCode.EMPTY)
    yield "Markdown nested 10,000 deep", md, b"> " * 10_000 + b"x", (SHOWN, RenderCode.EMPTY)
    yield "Markdown of open brackets", md, b"[" * 50_000, (SHOWN, RenderCode.HUNG)
    yield "Markdown of stars", md, b"*a " * 50_000, (SHOWN, RenderCode.HUNG)


Group = Callable[[], Iterator[Case]]
GROUPS: tuple[Group, ...] = (
    empty_files,
    pictures,
    pdf_structures,
    pdf_contents,
    offices,
    texts,
)


def unchanged(_made: object) -> None:
    """Leave a new file as it is: empty."""


def flipped(data: bytes) -> bytes:
    """The same bytes with a hundred in the middle turned over."""
    middle = len(data) // 2
    turned = bytes(byte ^ 0xFF for byte in data[middle : middle + 100])
    return data[:middle] + turned + data[middle + 100 :]


def zipped(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return made.getvalue()


def text_bomb() -> bytes:
    """A PNG whose comment unpacks to 100 MB."""
    content = b"Comment\0\0" + zlib.compress(bytes(100 * 1024 * 1024), 9)
    chunk = struct.pack(">I", len(content)) + b"zTXt" + content
    image = packed(drawing(), "PNG")
    return image[:33] + chunk + struct.pack(">I", zlib.crc32(chunk[4:])) + image[33:]


def loop_pages(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)
    pdf.Root.Pages.Count = 2


def loop_form(pdf: pikepdf.Pdf) -> None:
    form = pdf.pages[0].obj.Resources.XObject.Fo
    form.Resources["/XObject"] = Dictionary(Fo=form)
    form.write(TEXT.encode() + b"/Fo Do")


def doubling_forms(pdf: pikepdf.Pdf) -> None:
    """Forms that draw the next one four times: 4^12 drawings from a few hundred bytes."""
    resources = pdf.pages[0].obj.Resources
    form = resources.XObject.Fo
    for _ in range(12):
        outer = pikepdf.Stream(pdf, b"/Fo Do " * 4, Type=Name.XObject, Subtype=Name.Form)
        outer["/BBox"] = Array([0, 0, 300, 200])
        outer["/Resources"] = Dictionary(XObject=Dictionary(Fo=form))
        form = pdf.make_indirect(outer)
    resources.XObject["/Fo"] = form


def big_image(pdf: pikepdf.Pdf) -> None:
    image = pdf.pages[0].obj.Resources.XObject.Im
    image.write(zlib.compress(bytes(1_000_000), 9), filter=Name.FlateDecode)
    image["/Width"] = image["/Height"] = 30_000


def sized(width: int, height: int) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj["/MediaBox"] = Array([0, 0, width, height])

    return change


def deep_pdf() -> bytes:
    catalogue = b"<</Type/Catalog/Pages 2 0 R/Deep " + b"[" * 5_000 + b"]" * 5_000 + b">>"
    return (
        b"%PDF-1.4\n1 0 obj" + catalogue + b"endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>"
        b"endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n"
    )


def bomb_pdf() -> bytes:
    """A page whose content unpacks to 1 GiB of blanks."""
    packer = zlib.compressobj(1)
    content = b"".join(packer.compress(b" " * 1024 * 1024) for _ in range(1024)) + packer.flush()

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents.write(content, filter=Name.FlateDecode)

    return pdf_of("", change=change)


def laughing() -> bytes:
    entities = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10 if n else 'ha'}'>" for n in range(10))
    return f"<!DOCTYPE a [{entities}]><a>&e9;</a>".encode()


def deep_word(depth: int) -> bytes:
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    before, after = "<w:tbl><w:tr><w:tc>" * depth, "</w:tc></w:tr></w:tbl>" * depth
    return f"<w:document xmlns:w='{name}'><w:body>{before}{after}</w:body></w:document>".encode()


def wide_sheet() -> bytes:
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cells = "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>2</v></c>"
    return f"<worksheet xmlns='{name}'><sheetData>{cells}</row></sheetData></worksheet>".encode()
