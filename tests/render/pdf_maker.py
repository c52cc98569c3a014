"""PDF files made by code, each with what a test is about."""

import io
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

WIDTH, HEIGHT = 300, 200
"""Points of each page."""

Change = Callable[[pikepdf.Pdf], None]


def pdf_of(
    *pages: str, change: Change | None = None, encryption: pikepdf.Encryption | None = None
) -> bytes:
    """A PDF of content streams. Resources: fonts F1 to F3, Im, Fo, Un, Clear, Solid, Off, Lie."""
    with pikepdf.new() as pdf:
        resources = resources_of(pdf)
        for content in pages:
            page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
            page.obj["/Resources"] = resources
            page.obj["/Contents"] = pdf.make_stream(content.encode("latin-1"))
        if change is not None:
            change(pdf)
        made = io.BytesIO()
        pdf.save(made, encryption=encryption or False, deterministic_id=not encryption)
        return made.getvalue()


def resources_of(pdf: pikepdf.Pdf) -> pikepdf.Object:
    fonts = Dictionary(F1=font("Helvetica"), F2=font("Times-Roman"), F3=font("Courier"))
    picture = Stream(pdf, bytes([30, 90, 160] * 16), Type=Name.XObject, Subtype=Name.Image)
    picture.stream_dict.update(
        {"/Width": 4, "/Height": 4, "/BitsPerComponent": 8, "/ColorSpace": Name.DeviceRGB}
    )
    states = Dictionary(Clear=Dictionary(ca=0, CA=0), Solid=Dictionary(ca=1, CA=1))
    hidden = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="layer"))
    pdf.Root["/OCProperties"] = Dictionary(
        OCGs=Array([hidden]), D=Dictionary(OFF=Array([hidden]), Order=Array([hidden]))
    )
    return pdf.make_indirect(
        Dictionary(
            Font=fonts,
            ExtGState=states,
            Properties=Dictionary(Off=hidden, Lie=Dictionary(ActualText="liesinproperties")),
            XObject=Dictionary(
                Im=pdf.make_indirect(picture),
                Fo=form_of(pdf, line("insideform", 5, 5), fonts),
                Un=form_of(pdf, line("hiddeninform", 5, 5, "3 Tr"), fonts),
            ),
        )
    )


def form_of(pdf: pikepdf.Pdf, content: str, fonts: Dictionary) -> pikepdf.Object:
    form = Stream(pdf, content.encode("latin-1"), Type=Name.XObject, Subtype=Name.Form)
    form["/BBox"] = Array([0, 0, 200, 30])
    form["/Resources"] = Dictionary(Font=fonts)
    return pdf.make_indirect(form)


def font(name: str) -> Dictionary:
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{name}"), Encoding=Name.WinAnsiEncoding
    )


def line(text: str, x: float, y: float, before: str = "", *, size: float = 12) -> str:
    """One line of text; `before` are operators in front of it."""
    return f"q BT /F1 {size} Tf {before} 1 0 0 1 {x} {y} Tm ({text}) Tj ET Q\n"


def note(text: str, flags: int, y: int = 20) -> Change:
    """Put a free-text annotation with an appearance on the first page."""

    def change(pdf: pikepdf.Pdf) -> None:
        form = form_of(pdf, line(text, 2, 4), Dictionary(F1=font("Helvetica")))
        annotation = Dictionary(
            Type=Name.Annot,
            Subtype=Name.FreeText,
            Rect=Array([20, y, 220, y + 30]),
            F=flags,
            AP=Dictionary(N=form),
            Contents="contentsofnote",
        )
        page = pdf.pages[0].obj
        page["/Annots"] = Array([*page.get("/Annots", ()), annotation])

    return change


def field(text: str) -> Change:
    """Put a filled form field without an appearance on the first page."""

    def change(pdf: pikepdf.Pdf) -> None:
        widget = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T="field",
                V=text,
                F=4,
                Rect=Array([20, 60, 220, 80]),
                DA="/F1 12 Tf 0 g",
            )
        )
        pdf.pages[0].obj["/Annots"] = Array([widget])
        pdf.Root["/AcroForm"] = Dictionary(
            Fields=Array([widget]),
            NeedAppearances=True,
            DR=Dictionary(Font=Dictionary(F1=font("Helvetica"))),
            DA="/F1 12 Tf 0 g",
        )

    return change


def scripts_and_attachments(pdf: pikepdf.Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    pdf.Root["/OpenAction"] = script
    pdf.Root["/Names"] = Dictionary(JavaScript=Dictionary(Names=Array(["a", script])))
    pdf.attachments["roster.txt"] = b"attachedsecret"


def turned(degrees: int) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj["/Rotate"] = degrees

    return change


def cut(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj["/CropBox"] = Array([100, 50, 300, 150])


def stamped(pdf: pikepdf.Pdf) -> None:
    """Put a name where properties go."""
    pdf.docinfo["/Author"] = "propertysecret"
    pdf.Root["/Lang"] = "propertysecret"
