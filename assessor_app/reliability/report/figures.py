"""The figures of a report, and the one place where guards decide what is shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from assessor_app.reliability.errors import NotComputableError
from assessor_app.reliability.estimate import Estimate, Interval
from assessor_app.reliability.guards import Kind, needed
from assessor_app.reliability.report.catalogue import CATALOGUE
from assessor_app.reliability.thresholds import Thresholds

Value = float | str | tuple[object, ...]
Params = Mapping[str, object]
NONE: Params = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of a report, with everything needed to judge and to repeat it.

    Attributes:
        name: As in the catalogue.
        params: Variant of the figure.
        scope: What it speaks of (criterion, assessor, rubric version, …).
        value: A number, a word, or a list of either.
        standard_error: None when unknown.
        interval: 95 %; None when unknown.
        n: What it rests on.
        formula: Identifier of the definition.
        shown: False when there are too few reads to show it.
    """

    name: str
    params: Params
    scope: Params
    value: Value
    standard_error: float | None
    interval: Interval | None
    n: int
    formula: str
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A figure without a value, or one held back, and why."""

    name: str
    params: Params
    scope: Params
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the figures of one scope rest on, for the guards.

    Attributes:
        scope: What they speak of.
        n: Double reads, or shared packets for severities.
        top_share: Share of the commonest level.
    """

    scope: Params
    n: int
    top_share: float = 0.0


@dataclass(slots=True, kw_only=True)
class Collector:
    """Gathers figures; `every` keeps those that the guards hold back, marked as not shown."""

    thresholds: Thresholds
    every: bool
    figures: list[Figure] = field(default_factory=list)
    not_computable: list[Missing] = field(default_factory=list)
    held_back: list[Missing] = field(default_factory=list)

    def add(
        self,
        name: str,
        found: Estimate | Value,
        ground: Ground,
        params: Params = NONE,
        *,
        n: int | None = None,
    ) -> None:
        """Keep a figure, or note that it is held back.

        Args:
            name: As in the catalogue.
            found: An estimate, or a bare value that rests on `n` or on the ground's n.
            ground: What it rests on.
            params: Its variant.
            n: For a bare value.
        """
        shown = ground.n >= self._needed(name, ground, params)
        if not shown and not self.every:
            self._hold_back(name, ground, params)
            return
        rests_on = ground.n if n is None else n
        self.figures.append(
            Figure(
                name=name,
                params=params,
                scope=ground.scope,
                value=found.value if isinstance(found, Estimate) else found,
                standard_error=found.standard_error if isinstance(found, Estimate) else None,
                interval=found.interval if isinstance(found, Estimate) else None,
                n=found.n if isinstance(found, Estimate) else rests_on,
                formula=CATALOGUE[name].formula,
                shown=shown,
            )
        )

    def compute(
        self,
        name: str,
        work: Callable[[], Estimate | Value],
        ground: Ground,
        params: Params = NONE,
    ) -> None:
        """Compute and keep a figure, or note why it has no value or is held back."""
        if not self.every and ground.n < self._needed(name, ground, params):
            self._hold_back(name, ground, params)
            return
        try:
            found = work()
        except NotComputableError as refusal:
            self.refuse(name, refusal.reason, ground, params)
        else:
            self.add(name, found, ground, params)

    def refuse(self, name: str, reason: str, ground: Ground, params: Params = NONE) -> None:
        """Note a figure without a value."""
        self.not_computable.append(
            Missing(name=name, params=params, scope=ground.scope, reason=reason)
        )

    def _needed(self, name: str, ground: Ground, params: Params) -> int:
        return needed(_kind(name, params), ground.top_share, self.thresholds)

    def _hold_back(self, name: str, ground: Ground, params: Params) -> None:
        kind = _kind(name, params)
        what = "shared packets" if kind is Kind.SEVERITY else "double reads"
        article = "an" if kind is Kind.UNWEIGHTED else "a"
        reason = (
            f"{ground.n} of the {self._needed(name, ground, params)} {what} {article} {kind} needs"
        )
        self.held_back.append(Missing(name=name, params=params, scope=ground.scope, reason=reason))


def _kind(name: str, params: Params) -> Kind:
    """Return the evidence a variant needs: weights ask for more, none for less."""
    kind = CATALOGUE[name].kind
    if params.get("level") == "nominal" and name == "krippendorff_alpha":
        return Kind.UNWEIGHTED
    weighted = params.get("weights", "identity") != "identity"
    return Kind.WEIGHTED if weighted and kind is not Kind.COUNT else kind
