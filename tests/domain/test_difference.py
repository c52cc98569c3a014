import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.difference import difference

SHOW = "The work examples show several moments in which the answers changed what happened next."
SAY = (
    "The work examples show at least two moments in which the answers changed what happened "
    "next, and say for each of them why."
)
TEXTS = st.text(alphabet="ab ,.é\n", max_size=30)


def gone_and_new(before: str, now: str) -> tuple[list[str], list[str]]:
    found = difference(before, now)
    return (
        [before[passage.start : passage.end] for passage in found.gone],
        [now[passage.start : passage.end] for passage in found.new],
    )


def test_words_that_were_replaced_and_added_are_found_whole() -> None:
    assert gone_and_new(SHOW, SAY) == (
        ["several"],
        ["at least two", ", and say for each of them why"],
    )


@pytest.mark.parametrize(
    ("before", "now", "gone", "new"),
    [
        ("same", "same", [], []),
        ("", "all of it", [], ["all of it"]),
        ("all of it", "", ["all of it"], []),
        ("one moment", "one  moment", [], []),
        ("the pupil’s plan", "the pupils’ plan", ["pupil’s"], ["pupils’"]),
    ],
)
def test_only_words_count(before: str, now: str, gone: list[str], new: list[str]) -> None:
    assert gone_and_new(before, now) == (gone, new)


@given(TEXTS, TEXTS)
def test_without_what_differs_both_texts_say_the_same(before: str, now: str) -> None:
    found = difference(before, now)

    left, right = list(before), list(now)
    for passage in reversed(found.gone):
        del left[passage.start : passage.end]
    for passage in reversed(found.new):
        del right[passage.start : passage.end]
    assert "".join(left).split() == "".join(right).split() or "".join("".join(left).split()) == (
        "".join("".join(right).split())
    )
