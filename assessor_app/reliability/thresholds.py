"""The issuer's thresholds as data: when a figure may be shown and which word it earns."""

from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any, cast

from assessor_app.reliability.errors import ReliabilityError

Ladder = MappingProxyType[int, float]


@dataclass(eq=False)
class ThresholdError(ReliabilityError):
    """A thresholds file names something unknown or out of range."""

    name: str
    value: object


def _ladder() -> Ladder:
    return MappingProxyType({2: 0.85, 3: 0.80, 4: 0.75, 5: 0.75, 6: 0.60})


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """What an issuer has decided; the defaults are the published ones of large programmes.

    Attributes:
        decision_dependable: Lower limit of the same determination from here on is dependable.
        decision_usable: From here on it is usable.
        exact: By number of levels, exact agreement that counts as reading alike (NAEP).
        mostly_within: So far below it is still mostly alike.
        sometimes_within: So far below it is sometimes a level apart; beyond, often.
        severity_levels: Rubric levels beyond which a severity asks for action.
        percentages_from: Double reads before a percentage is shown.
        unweighted_from: Before a coefficient of exact agreement is shown.
        weighted_from: Before a weighted one.
        weighted_from_if_skewed: Before a weighted one when one level dominates.
        skewed: Share of the top level that counts as dominating.
        one_sided: Share of one level that makes chance-corrected numbers say little.
        minority_reads: Double reads with the rarer determination below which they say little.
        linked_packets: Shared packets before an assessor's severity is shown.
        pair_reads: Shared packets before a pair is shown.
        false_discovery_rate: Share of false alarms among named assessors.
        set_by: Who decided, a role or pseudonym.
        set_on: When, as a date.
    """

    decision_dependable: float = 0.85
    decision_usable: float = 0.75
    exact: Ladder = field(default_factory=_ladder)
    mostly_within: float = 0.15
    sometimes_within: float = 0.25
    severity_levels: float = 0.25
    percentages_from: int = 10
    unweighted_from: int = 30
    weighted_from: int = 60
    weighted_from_if_skewed: int = 150
    skewed: float = 0.60
    one_sided: float = 0.80
    minority_reads: int = 10
    linked_packets: int = 15
    pair_reads: int = 30
    false_discovery_rate: float = 0.10
    set_by: str = "default"
    set_on: str = ""

    def exact_for(self, n_levels: int) -> float:
        """Return the exact agreement wanted of a criterion with so many levels."""
        known = [levels for levels in sorted(self.exact) if levels <= n_levels]
        return self.exact[known[-1]] if known else self.exact[min(self.exact)]


DEFAULTS = Thresholds()


def thresholds_from(data: dict[str, Any]) -> Thresholds:
    """Return the defaults with an issuer's changes.

    Args:
        data: Names of `Thresholds` with their values; `exact` as {"levels": share}.

    Raises:
        ThresholdError: An unknown name, or a value of the wrong kind or out of range.
    """
    changes: dict[str, Any] = {}
    known: dict[str, object] = {one.name: getattr(DEFAULTS, one.name) for one in fields(DEFAULTS)}
    for name, value in data.items():
        if name not in known:
            raise ThresholdError(name, value)
        changes[name] = _checked(name, value, known[name])
    return replace(DEFAULTS, **changes)


def _checked(name: str, value: object, default: object) -> object:
    if isinstance(default, str) and isinstance(value, str):
        return value
    if isinstance(default, int) and _is_whole(value):
        return value
    if isinstance(default, float) and (share := _share(value)) is not None:
        return share
    if not isinstance(default, str | int | float) and (ladder := _rungs(value)):
        return ladder
    raise ThresholdError(name, value)


def _rungs(value: object) -> Ladder | None:
    if not isinstance(value, dict):
        return None
    given = cast("dict[str, object]", value)
    rungs = {int(key): _share(one) for key, one in given.items() if key.isdigit()}
    ladder = {levels: share for levels, share in rungs.items() if share is not None}
    return MappingProxyType(ladder) if ladder and len(ladder) == len(given) else None


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _share(value: object) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
        return float(value)
    return None
