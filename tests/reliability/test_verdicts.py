"""The sentences of the specification, from the bound of the range and never from the point."""

import pytest

from assessor_app.reliability.guards import Kind, needed
from assessor_app.reliability.thresholds import DEFAULTS, Thresholds
from assessor_app.reliability.verdicts import (
    CriterionCounts,
    Lean,
    Minority,
    Word,
    changed,
    leans,
    not_enough,
    not_linked,
    not_random,
    one_sided,
    percent,
    read_alike,
    same_decision,
    steady,
)


def counts(agreeing: int, n: int, **more: object) -> CriterionCounts:
    values: dict[str, object] = {"n_levels": 3, "top_level": "Proficient", "top_share": 0.5}
    return CriterionCounts(agreeing=agreeing, n=n, **{**values, **more})  # type: ignore[arg-type]  # a test's shorthand


def lean(levels: float, low: float, high: float, **more: object) -> Lean:
    values: dict[str, object] = {"name": "A-17", "shared": 40, "named": True, **more}
    return Lean(levels=levels, interval=(low, high), **values)  # type: ignore[arg-type]  # a test's shorthand


def test_the_decision_in_words() -> None:
    found = same_decision(47, 54, DEFAULTS)

    assert found.word is Word.USABLE
    assert found.sentence == (
        "Two assessors working alone reached the same decision on 47 of 54 packets (87 %). With "
        "this many packets the true figure is probably between 76 % and 94 %. Usable, keep "
        "watching."
    )


def test_the_word_follows_the_bound_not_the_point() -> None:
    assert same_decision(14, 15, DEFAULTS).word is Word.ACTION
    assert same_decision(95, 100, DEFAULTS).word is Word.DEPENDABLE
    assert same_decision(47, 54, Thresholds(decision_usable=0.8)).word is Word.ACTION


def test_too_little_evidence_says_how_much_is_missing() -> None:
    assert same_decision(8, 8, DEFAULTS).sentence == (
        "Not enough evidence yet: 8 double reads. 2 more before we show a percentage at all, "
        "about 22 before it is one you can act on."
    )
    assert "1 double read." in not_enough(1, DEFAULTS).sentence
    assert read_alike(counts(9, 9), DEFAULTS).word is Word.NOT_ENOUGH


def test_a_percentage_is_never_rounded_to_certainty() -> None:
    assert [percent(share) for share in (0, 0.001, 0.5, 0.999, 1)] == [
        "0 %",
        "1 %",
        "50 %",
        "99 %",
        "100 %",
    ]


def test_most_work_on_one_side_is_said() -> None:
    few = Minority(
        name="denials", named_by_any=9, named_by_both=5, share_of_other=0.7, of_other="award"
    )
    many = Minority(
        name="denials", named_by_any=30, named_by_both=25, share_of_other=0.7, of_other="award"
    )
    top = Minority(
        name="denials", named_by_any=30, named_by_both=25, share_of_other=0.9, of_other="award"
    )

    assert one_sided(few, DEFAULTS).endswith("is what matters: 5 of 9.")
    assert one_sided(many, DEFAULTS) == ""
    assert one_sided(top, DEFAULTS).startswith("90 % of the reads award")


@pytest.mark.parametrize(
    ("agreeing", "n", "word"),
    [
        (98, 100, Word.ALIKE),
        (45, 52, Word.MOSTLY),
        (37, 52, Word.SOMETIMES),
        (32, 51, Word.OFTEN),
    ],
)
def test_a_criterion_against_the_ladder(agreeing: int, n: int, word: Word) -> None:
    assert read_alike(counts(agreeing, n), DEFAULTS).word is word


def test_a_criterion_says_where_the_differences_are() -> None:
    found = read_alike(counts(32, 51, between=("Proficient", "Basic", 16)), DEFAULTS)
    skewed = read_alike(counts(98, 100, top_share=0.9, between=("a", "b", 2)), DEFAULTS)

    assert "16 of the 19 differences are between Proficient and Basic." in found.sentence
    assert found.sentence.endswith("Compare the packets and sharpen the descriptor.")
    assert skewed.sentence.endswith(
        "90 % of the reads are at Proficient, so numbers corrected for chance say little here."
    )
    assert "differences" not in skewed.sentence


def test_a_strict_assessor_in_words() -> None:
    found = leans(lean(-0.34, -0.5, -0.1, award=(0.38, 0.46)), DEFAULTS)

    assert found.word is Word.STRICTER
    assert found.sentence == (
        "A-17 gives on average a third of a level less than the panel on the same work (between "
        "0.1 and 0.5). On a typical packet that means 38 % awarded instead of 46 %. The pattern is "
        "the same on all criteria. Keep watching."
    )


@pytest.mark.parametrize(
    ("given", "word"),
    [
        (lean(-0.6, -0.8, -0.3), Word.MUCH_STRICTER),
        (lean(0.6, 0.3, 0.8), Word.MUCH_LENIENT),
        (lean(0.2, 0.02, 0.4), Word.LENIENT),
        (lean(0.2, -0.1, 0.4), Word.PANEL),
        (lean(0.2, 0.1, 0.4, named=False), Word.PANEL),
        (lean(0.6, 0.3, 0.8, shared=9), Word.NOT_ENOUGH),
    ],
)
def test_who_is_named_and_how(given: Lean, word: Word) -> None:
    assert leans(given, DEFAULTS).word is word


def test_words_of_leaning() -> None:
    uneven = leans(lean(0.42, 0.02, 0.8, same_everywhere=False), DEFAULTS).sentence
    half = leans(lean(0.5, 0.3, 0.7), DEFAULTS).sentence

    assert "0.4 of a level more" in uneven
    assert "between 0.02 and 0.8" in uneven
    assert "all criteria" not in uneven
    assert "half a level more" in half
    assert half.endswith("Go through shared packets together.")
    assert "6 more shared packets" in leans(lean(0.6, 0.3, 0.8, shared=9), DEFAULTS).sentence


def test_words_of_time_and_links() -> None:
    assert steady("A-17", "2026-03-01", 6).sentence == (
        "A-17: no sign of change since 2026-03-01. With the reads available we would notice a "
        "half-level shift within about 6 weeks."
    )
    assert steady("A-17", "2026-03-01", 1).sentence.endswith("within a week.")
    assert steady("A-17", "2026-03-01", None).sentence.endswith("since 2026-03-01.")
    assert "more lenient" in changed("A-17", "2026-03-12", stricter=False).sentence
    assert "stricter" in changed("A-17", "2026-03-12", stricter=True).sentence
    assert "Assign 5 shared packets" in not_linked("A-31", 5).sentence
    assert not_random().word is Word.NOT_RANDOM


def test_no_jargon_reaches_a_lead() -> None:
    sentences = [
        same_decision(47, 54, DEFAULTS).sentence,
        read_alike(counts(32, 51), DEFAULTS).sentence,
        leans(lean(-0.6, -0.8, -0.3), DEFAULTS).sentence,
        not_random().sentence,
    ]
    for word in ("kappa", "alpha", "p =", "significant", "logit", "σ", "theta"):
        assert not any(word in sentence for sentence in sentences)


def test_guards_by_count() -> None:
    assert [needed(kind, 0.5, DEFAULTS) for kind in Kind] == [0, 10, 30, 60, 15]
    assert needed(Kind.WEIGHTED, 0.61, DEFAULTS) == 150
