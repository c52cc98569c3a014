"""Raw files with a name planted in every place a format can hide one, and a search for it."""

import gzip
from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import docx
import openpyxl
import pikepdf
import pptx
from PIL import Image, PngImagePlugin

WORK = "First the pupils count the beads."


def pdf(name: str) -> bytes:
    """Return a PDF with the name on the page, behind it, and in everything around it."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    page = document.pages[0]
    page.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            F1=pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Courier,
            )
        )
    )
    lines = (
        f"BT /F1 16 Tf 60 760 Td (By {name} alone) Tj ET",
        f"BT /F1 16 Tf 60 720 Td ({WORK}) Tj ET",
        f"BT /F1 16 Tf 3 Tr 60 640 Td ({name}) Tj ET",
        f"1 1 1 rg BT /F1 16 Tf 0 Tr 60 600 Td ({name}) Tj ET",
    )
    page.Contents = document.make_stream("\n".join(lines).encode())
    page.Annots = document.make_indirect(
        pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Text,
                    Rect=[400, 40, 420, 60],
                    F=2,
                    Contents=name,
                    T=name,
                )
            ]
        )
    )
    document.docinfo["/Author"] = name
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = [name]
    document.attachments["by.txt"] = name.encode()
    file = BytesIO()
    document.save(file, compress_streams=False, deterministic_id=True)
    return file.getvalue()


def png(name: str) -> bytes:
    noted = PngImagePlugin.PngInfo()
    noted.add_text("Author", name)
    noted.add_itxt("Comment", name)
    return _image("PNG", pnginfo=noted)


def jpeg(name: str) -> bytes:
    exif = Image.Exif()
    exif[0x013B] = name
    return _image("JPEG", exif=exif, comment=name.encode())


def word(name: str) -> bytes:
    document = docx.Document()
    document.core_properties.author = name
    document.core_properties.comments = name
    paragraph = document.add_paragraph(f"By {name} alone. {WORK}")
    document.add_comment(paragraph.runs, text=f"asked {name}", author=name)
    document.sections[0].header.paragraphs[0].text = name
    file = BytesIO()
    document.save(file)
    return _stored(file.getvalue())


def slides(name: str) -> bytes:
    deck = pptx.Presentation()
    deck.core_properties.author = name
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = f"By {name} alone"
    slide.placeholders[1].text = WORK
    slide.notes_slide.notes_text_frame.text = f"as {name} said"
    file = BytesIO()
    deck.save(file)
    return _stored(file.getvalue())


def sheet(name: str) -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator = name
    shown = book.create_sheet("Shown", 0)
    shown["A1"] = f"By {name} alone"
    shown["A2"] = WORK
    hidden = book.create_sheet("Hidden")
    hidden.sheet_state = "hidden"
    hidden["A1"] = name
    file = BytesIO()
    book.save(file)
    return _stored(file.getvalue())


def text(name: str) -> bytes:
    return f"By {name} alone.\n\n{WORK}\n".encode()


def markdown(name: str) -> bytes:
    return (
        f"# By {name} alone\n\n<!-- {name} -->\n\n[{WORK}](https://example.org/{name})\n".encode()
    )


def table(name: str) -> bytes:
    return f'who,what\n"{name}","{WORK}"\n'.encode()


def spellings(name: str) -> Iterator[bytes]:
    """Yield the ways in which a name can stand in bytes."""
    for form in (name, name.lower(), name.upper()):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            spelled = form.encode(encoding)
            yield spelled
            yield spelled.hex().encode()
            yield spelled.hex().upper().encode()
            yield from _base64_cores(spelled)


def unpacked(content: bytes) -> bytes:
    """Return bytes with what gzip or WebP hides in them."""
    if content.startswith(b"\x1f\x8b"):
        return content + gzip.decompress(content)
    if content[8:12] == b"WEBP":
        return content + Image.open(BytesIO(content)).convert("RGB").tobytes()
    return content


def _base64_cores(spelled: bytes) -> Iterator[bytes]:
    """Yield the base64 digits that do not depend on what stands around, for each alignment."""
    for shift in range(3):
        digits = b64encode(b"\0" * shift + spelled)
        yield digits[(0, 2, 3)[shift] : -4]


def _image(form: str, **extra: object) -> bytes:
    file = BytesIO()
    Image.linear_gradient("L").resize((240, 160)).convert("RGB").save(file, form, **extra)
    return file.getvalue()


def _stored(package: bytes) -> bytes:
    """Return an Office file without compression, so that a search of its bytes finds its text."""
    file = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return file.getvalue()
