"""Plain sentences for leads: count before percent, always a range, always what to do.

A verdict follows from the bound of an interval, never from the point.
"""

from dataclasses import dataclass
from enum import StrEnum

from assessor_app.reliability.estimate import Interval, wilson_ci95
from assessor_app.reliability.thresholds import Thresholds

_FRACTIONS = ((0.25, "a quarter"), (1 / 3, "a third"), (0.5, "half"), (2 / 3, "two thirds"))


class Word(StrEnum):
    """The verdict in a word or two."""

    DEPENDABLE = "Dependable"
    USABLE = "Usable, keep watching"
    ACTION = "Needs action"
    NOT_ENOUGH = "Not enough evidence"
    ALIKE = "Read alike"
    MOSTLY = "Mostly read alike"
    SOMETIMES = "Sometimes a level apart"
    OFTEN = "Often a level apart"
    PANEL = "Like the panel"
    STRICTER = "A little stricter"
    LENIENT = "A little more lenient"
    MUCH_STRICTER = "Stricter: needs action"
    MUCH_LENIENT = "More lenient: needs action"
    STEADY = "No sign of change"
    CHANGED = "Has changed"
    NOT_LINKED = "Not connected"
    NOT_RANDOM = "Work does not look randomly assigned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One answer: its word, and the sentences that give count, range and next step."""

    word: Word
    sentence: str


def percent(share: float) -> str:
    """Return a share as a whole percentage; never 100 % or 0 % unless it is exactly that."""
    whole = round(100 * share)
    if share < 1:
        whole = min(whole, 99)
    if share > 0:
        whole = max(whole, 1)
    return f"{whole} %"


def not_enough(n: int, thresholds: Thresholds) -> Verdict:
    """Return the sentence that says how many double reads are missing."""
    before = thresholds.percentages_from - n
    act = thresholds.unweighted_from - n
    reads = "1 double read" if n == 1 else f"{n} double reads"
    return Verdict(
        word=Word.NOT_ENOUGH,
        sentence=(
            f"Not enough evidence yet: {reads}. {before} more before we show a percentage at all, "
            f"about {act} before it is one you can act on."
        ),
    )


def same_decision(agreeing: int, n: int, thresholds: Thresholds) -> Verdict:
    """Return whether another qualified assessor would decide the same.

    Args:
        agreeing: Packets with the same determination twice.
        n: Packets read twice, independently.
        thresholds: Of the issuer.
    """
    if n < thresholds.percentages_from:
        return not_enough(n, thresholds)
    low, high = wilson_ci95(agreeing, n)
    word, step = Word.ACTION, "Read together the packets that were decided differently."
    if low >= thresholds.decision_usable:
        word, step = Word.USABLE, ""
    if low >= thresholds.decision_dependable:
        word, step = Word.DEPENDABLE, "Nothing to do."
    sentence = (
        f"Two assessors working alone reached the same decision on {agreeing} of {n} packets "
        f"({percent(agreeing / n)}). With this many packets the true figure is probably between "
        f"{percent(low)} and {percent(high)}. {word}. {step}"
    )
    return Verdict(word=word, sentence=sentence.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Minority:
    """The rarer determination among double reads.

    Attributes:
        name: What it is, in the plural ("denials").
        named_by_any: Packets for which at least one of the two reads said it.
        named_by_both: Packets for which both did.
        share_of_other: Share of reads with the commoner determination.
        of_other: What the commoner one is ("awarded").
    """

    name: str
    named_by_any: int
    named_by_both: int
    share_of_other: float
    of_other: str


def one_sided(minority: Minority, thresholds: Thresholds) -> str:
    """Return the warning that chance-corrected numbers say little, or an empty text."""
    rare = minority.named_by_any < thresholds.minority_reads
    if minority.share_of_other <= thresholds.one_sided and not rare:
        return ""
    return (
        f"{percent(minority.share_of_other)} of the reads {minority.of_other}, so numbers "
        f"corrected for chance say little here. Agreement on the few {minority.name} is what "
        f"matters: {minority.named_by_both} of {minority.named_by_any}."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionCounts:
    """What two reads of one criterion had in common.

    Attributes:
        agreeing: Packets at the same level.
        n: Packets read twice.
        n_levels: Levels of the criterion.
        top_level: Name of the commonest level.
        top_share: Its share of all reads.
        between: The two levels that are confused most and how often, empty without differences.
    """

    agreeing: int
    n: int
    n_levels: int
    top_level: str
    top_share: float
    between: tuple[str, str, int] | None = None


def read_alike(counts: CriterionCounts, thresholds: Thresholds) -> Verdict:
    """Return whether a criterion is read alike."""
    n = counts.n
    if n < thresholds.percentages_from:
        return not_enough(n, thresholds)
    low, high = wilson_ci95(counts.agreeing, n)
    wanted = thresholds.exact_for(counts.n_levels)
    word, step = Word.OFTEN, "Compare the packets and sharpen the descriptor."
    if low >= wanted - thresholds.sometimes_within:
        word, step = Word.SOMETIMES, "Compare a few of these packets together."
    if low >= wanted - thresholds.mostly_within:
        word, step = Word.MOSTLY, ""
    if low >= wanted:
        word, step = Word.ALIKE, ""
    parts = [
        (
            f"Two assessors chose the same level on {counts.agreeing} of {n} packets "
            f"({percent(counts.agreeing / n)}); the true figure is probably between {percent(low)} "
            f"and {percent(high)}. {word}."
        )
    ]
    if counts.between and word is not Word.ALIKE:
        first, second, times = counts.between
        of = n - counts.agreeing
        parts.append(f"{times} of the {of} differences are between {first} and {second}.")
    if counts.top_share > thresholds.one_sided:
        parts.append(
            f"{percent(counts.top_share)} of the reads are at {counts.top_level}, so numbers "
            f"corrected for chance say little here."
        )
    return Verdict(word=word, sentence=" ".join([*parts, step]).strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Lean:
    """How an assessor leans.

    Attributes:
        name: The assessor's pseudonym.
        levels: More or less than the panel, in rubric levels.
        interval: Its range.
        shared: Packets shared with others.
        named: Whether it stands after the control of false alarms.
        panel: What they are compared with ("the panel" or "the other assessors").
        award: Award rate on typical work, and that of the panel; None without an award rule.
        same_everywhere: Whether no criterion differs from the rest.
    """

    name: str
    levels: float
    interval: Interval
    shared: int
    named: bool
    panel: str = "the panel"
    award: tuple[float, float] | None = None
    same_everywhere: bool = True


def leans(lean: Lean, thresholds: Thresholds) -> Verdict:
    """Return whether an assessor is stricter or more lenient, on the same work."""
    if lean.shared < thresholds.linked_packets:
        more = thresholds.linked_packets - lean.shared
        return Verdict(
            word=Word.NOT_ENOUGH,
            sentence=(
                f"{lean.name} shares {lean.shared} packets with others, too few to tell. Assign "
                f"{more} more shared packets."
            ),
        )
    low, high = sorted(abs(bound) for bound in lean.interval)
    if not lean.named or lean.interval[0] <= 0 <= lean.interval[1]:
        return Verdict(
            word=Word.PANEL,
            sentence=(
                f"{lean.name} rates like {lean.panel} as far as {lean.shared} shared packets can "
                f"tell (between {_signed(lean.interval[0])} and {_signed(lean.interval[1])} of a "
                f"level)."
            ),
        )
    stricter = lean.levels < 0
    strong = low > thresholds.severity_levels
    words = {
        (True, False): Word.STRICTER,
        (True, True): Word.MUCH_STRICTER,
        (False, False): Word.LENIENT,
        (False, True): Word.MUCH_LENIENT,
    }
    direction = "less" if stricter else "more"
    gives = f"{fraction(abs(lean.levels))} {direction} than {lean.panel}"
    between = f"between {_size(low)} and {_size(high)}"
    parts = [f"{lean.name} gives on average {gives} on the same work ({between})."]
    if lean.award:
        own, usual = lean.award
        parts.append(
            f"On a typical packet that means {percent(own)} awarded instead of {percent(usual)}."
        )
    if lean.same_everywhere:
        parts.append("The pattern is the same on all criteria.")
    parts.append("Go through shared packets together." if strong else "Keep watching.")
    return Verdict(word=words[stricter, strong], sentence=" ".join(parts))


def fraction(levels: float) -> str:
    """Return a part of a level, in words where a common fraction is near."""
    share, name = min(_FRACTIONS, key=lambda one: abs(one[0] - levels))
    if abs(share - levels) > 0.04:  # noqa: PLR2004 (a near miss)
        return f"{_size(levels)} of a level"
    return f"{name} a level" if name == "half" else f"{name} of a level"


def _size(levels: float) -> str:
    """Return a number of levels; a small one is never called 0."""
    return f"{levels:.1f}" if levels >= 0.05 else f"{levels:.2f}"  # noqa: PLR2004 (rounds to 0)


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "\N{MINUS SIGN}")


def steady(name: str, since: str, weeks: int | None) -> Verdict:
    """Return that no change is seen, and how long one would take to be seen.

    Args:
        name: The assessor's pseudonym.
        since: When the first read was, as a date.
        weeks: Weeks until a half-level shift is noticed; None when it cannot be said.
    """
    sentence = f"{name}: no sign of change since {since}."
    if weeks is not None:
        period = "a week" if weeks <= 1 else f"about {weeks} weeks"
        sentence += f" With the reads available we would notice a half-level shift within {period}."
    return Verdict(word=Word.STEADY, sentence=sentence)


def changed(name: str, on: str, *, stricter: bool) -> Verdict:
    """Return that an assessor has changed, and where to look."""
    direction = "stricter" if stricter else "more lenient"
    return Verdict(
        word=Word.CHANGED,
        sentence=(
            f"{name} has become {direction}; the chart passed its limit on {on}. Read the packets "
            f"since then together."
        ),
    )


def not_linked(name: str, packets: int) -> Verdict:
    """Return that an assessor cannot be compared with the others."""
    return Verdict(
        word=Word.NOT_LINKED,
        sentence=(
            f"{name} is not connected with the other assessors. Assign {packets} shared packets."
        ),
    )


def not_random() -> Verdict:
    """Return the warning that single reads tell another story than shared ones."""
    return Verdict(
        word=Word.NOT_RANDOM,
        sentence=(
            "Single reads tell another story than shared packets: work does not look randomly "
            "assigned. Severities are therefore taken from shared packets alone."
        ),
    )
