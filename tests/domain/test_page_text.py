from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.evidence import PageLayer, Word
from assessor_app.domain.page_text import Box, boxes, find_words, line_left, quote, word_near


def line(text: str, top: int, left: int = 1000) -> tuple[Word, ...]:
    words = []
    for part in text.split():
        words.append(
            Word(text=part, left=left, top=top, right=left + 80 * len(part), bottom=top + 150)
        )
        left = words[-1].right + 60
    return tuple(words)


LAYER = PageLayer(line("The coach and teacher", 1000) + line("meet every Tuesday Café", 1200))


def test_the_word_under_a_point_is_nearest() -> None:
    assert word_near(LAYER, 1010, 1050) == 0
    assert word_near(LAYER, 9000, 1080) == 3
    assert word_near(LAYER, 0, 9999) == 4


def test_a_page_without_words_has_no_word_near() -> None:
    assert word_near(PageLayer(), 5, 5) is None


def test_a_passage_is_quoted_with_single_blanks() -> None:
    assert quote(LAYER, 2, 5) == "and teacher meet"


def test_a_passage_over_two_lines_has_two_boxes() -> None:
    assert boxes(LAYER, 3, 5) == (
        Box(LAYER.words[3].left, 1000, LAYER.words[3].right, 1150),
        Box(1000, 1200, LAYER.words[4].right, 1350),
    )


def test_words_of_the_next_column_start_a_box_of_their_own() -> None:
    columns = PageLayer(line("left bottom", 5000) + line("right top", 1000, left=6000))

    assert len(boxes(columns, 0, 4)) == 2


def test_a_line_begins_where_its_first_word_does() -> None:
    columns = PageLayer(line("left words", 1000) + line("right words here", 1000, left=6000))

    assert [line_left(columns, index) for index in range(4)] == [1000, 1000, 1000, 1000]
    assert [line_left(LAYER, index) for index in (3, 4, 6)] == [1000, 1000, 1000]


def test_finding_ignores_case_accents_and_line_breaks() -> None:
    assert find_words(LAYER, "TEACHER  meet") == ((3, 5),)
    assert find_words(LAYER, "cafe") == ((7, 8),)
    assert find_words(LAYER, "e") == (
        (0, 1),
        (3, 4),
        (3, 4),
        (4, 5),
        (4, 5),
        (5, 6),
        (5, 6),
        (6, 7),
        (7, 8),
    )
    assert find_words(LAYER, "nowhere") == find_words(LAYER, "  ") == ()


@given(st.integers(0, 8), st.integers(0, 8))
def test_every_quote_is_found_where_it_stands(start: int, length: int) -> None:
    end = min(start + length, len(LAYER.words))
    text = quote(LAYER, start, end)

    assert not text or (start, end) in find_words(LAYER, text)
