"""Known identities in texts are masked or passed, always counted; spelling is made one."""

from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.evidence import (
    Heading,
    ListItem,
    Paragraph,
    Picture,
    Table,
    TextView,
)
from assessor_app.domain.identities import MASK, find
from assessor_app.reference_platform.intake.blinding import Blinder, normalised
from assessor_app.reference_platform.intake.naming import names_of
from tests.reference_platform.intake.folders import NAME, SCHOOL
from tests.reference_platform.intake.test_naming import ATTACHED, LINK, REQUIRED, item

KNOWN = (NAME, SCHOOL, "mquandt@example.org", "@mq_teaches")
FILES = (*ATTACHED, item("work", file="Mirelda Quandt cv.txt"))
NAMES = names_of(FILES, REQUIRED, KNOWN)
MASKING = Blinder(names=NAMES, identities=KNOWN, masks=True)
PASSING = Blinder(names=NAMES, identities=KNOWN, masks=False)


def test_identities_are_masked_and_counted() -> None:
    blinded = MASKING.response("I, QUANDT, Mirelda, of Tarnbrook\nPrimary School, m.quandt.")

    assert (blinded.text, blinded.hits) == (f"I, {MASK}, of {MASK}, {MASK}.", 3)


def test_identities_that_may_pass_are_counted_all_the_same() -> None:
    blinded = PASSING.response(f"I am {NAME}.")

    assert (blinded.text, blinded.hits) == (f"I am {NAME}.", 1)


def test_a_name_in_a_file_name_goes_with_it_even_where_names_may_pass() -> None:
    for blinder in (MASKING, PASSING):
        blinded = blinder.response("See Mirelda Quandt cv.txt.")

        assert (blinded.text, blinded.hits) == ("See A4 Student work 3.", 1)
        assert len(blinded.mentions) == 1


def test_a_name_beside_a_mention_is_masked() -> None:
    blinded = MASKING.response(f"{NAME}: attachment 1: {NAME}")

    assert blinded.text == f"{MASK}: A2 Student work 1: {MASK}"
    assert [blinded.text[m.start : m.end] for m in blinded.mentions] == ["A2 Student work 1"]


def test_what_cannot_be_seen_is_dropped() -> None:
    hidden = "a\u200bb\u00adc\u202ed\ue000e\U000e0041f\x07g\r\nh\ti"

    assert normalised(hidden) == "abcdefg\nh\ti"
    assert normalised("e\u0301") == "é"


def test_every_block_of_a_view_loses_file_names_and_addresses() -> None:
    name = "IMG_2041.jpg"
    view = TextView(
        (
            Heading(1, name),
            Paragraph(f"at {LINK}"),
            ListItem(level=0, ordered=True, text=f"{MASK} cv.txt"),
            Table((("x", name), (name,))),
            Picture(0, name),
        )
    )

    told = MASKING.view(view)

    assert told.blocks == (
        Heading(1, "A2 Student work 1"),
        Paragraph("at A3 Student work 2"),
        ListItem(level=0, ordered=True, text="A4 Student work 3"),
        Table((("x", "A2 Student work 1"), ("A2 Student work 1",))),
        Picture(0, "A2 Student work 1"),
    )


def test_the_numbers_in_a_document_are_its_own() -> None:
    view = TextView((Paragraph("Figure 1, Appendix A"),))

    assert MASKING.view(view) == view


PIECES = st.sampled_from(
    [
        *KNOWN,
        "attachment 1",
        "IMG_2041.jpg",
        "Mirelda Quandt cv.txt",
        LINK,
        " ",
        ", ",
        "\n",
        "a",
        "🎨",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_nothing_that_was_known_is_left_and_every_mention_holds(text: str) -> None:
    blinded = MASKING.response(text)

    assert find(blinded.text, KNOWN) == ()
    for mention in blinded.mentions:
        assert blinded.text[mention.start : mention.end].startswith(f"{mention.artifact} ")
