import pytest

from assessor_app.domain.evidence import Block, Heading, ListItem, Paragraph, Table, TextView
from assessor_app.domain.identities import MASK
from assessor_app.render.errors import RenderCode, RenderError
from assessor_app.render.host import RenderHost
from assessor_app.render.kinds import SourceKind, kind_of
from assessor_app.render.limits import MAX_TABLE_ROWS
from assessor_app.render.results import FindingKind


def blocks(host: RenderHost, kind: SourceKind, data: bytes) -> tuple[Block, ...]:
    view = host.rebuild(kind, data).view
    assert view is not None
    return view.blocks


def test_a_blank_line_parts_paragraphs_and_line_ends_stay(rebuilder: RenderHost) -> None:
    found = blocks(rebuilder, SourceKind.TEXT, b"one\r\ntwo\r\n \r\nthree\n\n\n")

    assert found == (Paragraph("one\ntwo"), Paragraph("three"))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "latin-1"]
)
def test_text_is_read_in_the_encoding_it_has(rebuilder: RenderHost, encoding: str) -> None:
    text = "Prüfung: 5 × 3 für Zoë"

    assert blocks(rebuilder, SourceKind.TEXT, text.encode(encoding)) == (Paragraph(text),)


def test_text_carries_nothing_that_nobody_sees(rebuilder: RenderHost) -> None:
    tagged = "".join(chr(0xE0000 + ord(letter)) for letter in "secret")
    hostile = f"pla\u200bin{tagged} \u202etxet\u202c \ue000\x07\ufeff\U000e0101 e\u0301"

    assert blocks(rebuilder, SourceKind.TEXT, hostile.encode()) == (Paragraph("plain txet  é"),)


def test_joiners_that_scripts_need_stay(rebuilder: RenderHost) -> None:
    text = "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{SCHOOL} نامه\N{ZERO WIDTH NON-JOINER}ای"

    assert blocks(rebuilder, SourceKind.TEXT, text.encode()) == (Paragraph(text),)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\n \n\t\n", RenderCode.EMPTY),
        (b"\x00\x01\x02binary", RenderCode.BROKEN),
        (b"word " * 1_000_000, RenderCode.TOO_LARGE),
        (b"a\n\n" * 30_000, RenderCode.TOO_LARGE),
    ],
)
def test_text_that_cannot_be_shown_says_why(
    rebuilder: RenderHost, data: bytes, code: RenderCode
) -> None:
    with pytest.raises(RenderError) as refused:
        rebuilder.rebuild(SourceKind.TEXT, data)

    assert refused.value.code is code


def test_markdown_becomes_blocks(rebuilder: RenderHost) -> None:
    source = (
        "# Plan *A*\n\nSee [the page](http://x.example) and ![a chart](c.png),\nnow.\n\n"
        "1. one\n2. two\n   - deeper `code`\n\n> quoted\n\n| a | b |\n|--|--|\n| 1 | **2** |\n\n"
        "```\nx = 1\ny = 2\n```\n\n<script>alert(1)</script>\n"
    )

    assert blocks(rebuilder, SourceKind.MARKDOWN, source.encode()) == (
        Heading(1, "Plan A"),
        Paragraph("See the page (http://x.example) and a chart,\nnow."),
        ListItem(level=0, ordered=True, text="one"),
        ListItem(level=0, ordered=True, text="two"),
        ListItem(level=1, ordered=False, text="deeper code"),
        Paragraph("quoted"),
        Table((("a", "b"), ("1", "2"))),
        Paragraph("x = 1\ny = 2"),
        Paragraph("<script>alert(1)</script>"),
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_values_are_parted_at_their_delimiter(rebuilder: RenderHost, delimiter: str) -> None:
    rows = [["pupil", "before", "after"], ['"a, b; c|d"', "1", "2"], ["", "3", ""]]
    source = "\n".join(delimiter.join(row) for row in rows)

    assert blocks(rebuilder, SourceKind.CSV, source.encode()) == (
        Table((("pupil", "before", "after"), ("a, b; c|d", "1", "2"), ("", "3"))),
    )


def test_a_table_that_is_too_long_is_cut_and_says_so(rebuilder: RenderHost) -> None:
    rebuilt = rebuilder.rebuild(SourceKind.CSV, b"a,b\n" * (MAX_TABLE_ROWS + 10))

    assert rebuilt.view is not None
    (table,) = rebuilt.view.blocks
    assert isinstance(table, Table)
    assert len(table.rows) == MAX_TABLE_ROWS
    assert [finding.kind for finding in rebuilt.findings] == [FindingKind.CUT]


def test_names_are_masked_and_counted_by_block(rebuilder: RenderHost) -> None:
    source = (
        b"# By Maria Lopez\n\n- none\n- M. LOPEZ\n\n| first | last |\n|--|--|\n| Maria | Lopez |\n"
    )
    identities = ("Maria Lopez",)
    masked = rebuilder.rebuild(SourceKind.MARKDOWN, source, identities=identities)
    passed = rebuilder.rebuild(SourceKind.MARKDOWN, source, identities=identities, mask=False)

    assert masked.view == TextView(
        (
            Heading(1, f"By {MASK}"),
            ListItem(level=0, ordered=False, text="none"),
            ListItem(level=0, ordered=False, text=MASK),
            Table((("first", "last"), (MASK, MASK))),
        )
    )
    assert masked.view_hits == passed.view_hits == (1, 0, 1, 1)
    assert passed.view is not None
    assert passed.view.blocks[0] == Heading(1, "By Maria Lopez")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Plan.PDF", SourceKind.PDF),
        ("a.b.jpeg", SourceKind.IMAGE),
        ("notes.md", SourceKind.MARKDOWN),
        ("x.tsv", SourceKind.CSV),
        ("x.docm", None),
        ("x.svg", None),
        ("x.html", None),
        ("pdf", None),
    ],
)
def test_a_kind_is_known_by_its_suffix(name: str, kind: SourceKind | None) -> None:
    assert kind_of(name) is kind
