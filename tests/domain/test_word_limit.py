from assessor_app.domain.word_limit import count_words, crossing


def test_words_are_what_people_count() -> None:
    assert count_words("We read — and re-read — the plan’s 2nd page.") == 8
    assert count_words(" \n ") == 0


def test_the_crossing_is_where_the_first_word_too_many_begins() -> None:
    text = "one two three"

    assert text[crossing(text, 2) :] == "three"
    assert crossing(text, 3) is None
    assert crossing(text, None) is None
