from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.identities import MASK, Span, find, mask, mask_all

NAME = "Maria Lopez"


@pytest.mark.parametrize(
    "written",
    [
        "Maria Lopez",
        "MARIA LOPEZ",
        "Maria  Lopez",
        "Maria\nLopez",
        "María López",
        "Mari\u0301a Lo\u0301pez",
        "LOPEZ, Maria",
        "Lopez Maria",
        "maria.lopez",
        "Maria_Lopez",
        "MariaLopez",
        "Maria-Lopez",
        "Maria Lo-\npez",
        "Ma-\nria Lopez",
        "Mar\u00adia Lo\u200bpez",
        "Mar\u3164ia Lo\u2800pez",
        "Maria%20Lopez",
        "M.%20Lopez",
        "Ms%20Lopez",
        "M a r i a  L o p e z",
        "M. Lopez",
        "M Lopez",
        "Ms. Lopez",
        "Coach Lopez",
        "\uff2d\uff41\uff52\uff49\uff41 Lopez",
    ],
)
def test_a_name_is_found_however_it_is_written(written: str) -> None:
    text = f"Planned by {written}, spring term."

    assert find(text, [NAME]) == (Span(11, 11 + len(written)),)
    assert mask(text, [NAME]) == (f"Planned by {MASK}, spring term.", 1)


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("Marialopezia is a plant", NAME),
        ("Maria spoke, then the class met Lopez", NAME),
        ("A rose is a rose", "Ro"),
        ("a b c", "a"),
        ("an A for effort", "Ana"),
        ("20lopez", "Lopez"),
        ("100%lopezia", "Lopez"),
        ("anything", ""),
        ("anything", "@"),
    ],
)
def test_other_words_stay(text: str, identity: str) -> None:
    assert mask(text, [identity]) == (text, 0)


@pytest.mark.parametrize(
    ("text", "identity", "masked"),
    [
        ("Write to m.lopez77@school.example.", "m.lopez77@school.example", f"Write to {MASK}."),
        ("M.LOPEZ77 @ School.Example", "m.lopez77@school.example", MASK),
        ("follow @mlopez_teach!", "@mlopez_teach", f"follow @{MASK}!"),
        ("at Lincoln  Middle School", "Lincoln Middle School", f"at {MASK}"),
        ("Lopez's class", "Lopez", f"{MASK}'s class"),
        ("lopez_plan_v2.docx", "Lopez", f"{MASK}_plan_v2.docx"),
        ("Søren Łukasz", "Soren Lukasz", MASK),
        ("Jose\u0301, too", "José", f"{MASK}, too"),
        ("Straße", "STRASSE", MASK),
        ("山田太郎です", "山田太郎", f"{MASK}です"),
        ("Dr O'Neil-Smith", "O'Neil-Smith", f"Dr {MASK}"),
        ("https://a.example/by%20Lopez%2Fplan", "Lopez", f"https://a.example/by%20{MASK}%2Fplan"),
        ("https://a.example/%2FMaria%20Lopez", NAME, f"https://a.example/%2F{MASK}"),
    ],
)
def test_other_kinds_of_identity(text: str, identity: str, masked: str) -> None:
    assert mask(text, [identity]) == (masked, 1)


def test_places_that_overlap_are_one() -> None:
    text = "Maria Lopez and Lopez"

    assert mask(text, ["Maria Lopez", "Lopez", "lopez"]) == (f"{MASK} and {MASK}", 2)


def test_a_first_and_last_name_are_found_without_the_middle_one() -> None:
    assert mask("Maria Lopez / M. E. Lopez", ["Maria Elena Lopez"]) == (f"{MASK} / {MASK}", 2)


def test_a_name_that_runs_over_cells_is_removed_from_both() -> None:
    masked, hits = mask_all(("1", "Maria", "Lopez", "7", "by Maria Lopez, late"), [NAME])

    assert masked == ("1", MASK, MASK, "7", f"by {MASK}, late")
    assert hits == (0, 1, 0, 0, 1)


@given(st.lists(st.text(max_size=20), max_size=5))
def test_texts_without_identities_come_back_as_they_are(texts: list[str]) -> None:
    assert mask_all(texts, ["\N{SNOWMAN}snowman"]) == (tuple(texts), (0,) * len(texts))


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_masked_text_holds_the_identity_no_more(before: str, after: str) -> None:
    masked, hits = mask(f"{before} Maria Lopez {after}", [NAME])

    assert hits >= 1
    assert find(masked.replace(MASK, "\N{WHITE SQUARE}" * 5), [NAME]) == ()


@given(st.text(max_size=200), st.lists(st.text(max_size=12), max_size=4))
def test_spans_are_ordered_and_apart(text: str, identities: list[str]) -> None:
    spans = find(text, identities)

    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))
