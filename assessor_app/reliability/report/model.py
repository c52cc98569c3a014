"""Figures and verdicts of the many-facet model: who leans where, and what reads would buy."""

import numpy as np

from assessor_app.reliability.arrays import Bools, Floats, Ints
from assessor_app.reliability.discovery import discoveries, two_sided_p
from assessor_app.reliability.errors import NotComputableError, Reason
from assessor_app.reliability.estimate import Estimate
from assessor_app.reliability.facets.compare import both_fits
from assessor_app.reliability.facets.decision import (
    Rule,
    accuracy,
    award_rate,
    consistency,
    planning_table,
)
from assessor_app.reliability.facets.evidence import from_others
from assessor_app.reliability.facets.fit import Fit, Progress
from assessor_app.reliability.facets.reads import Reads, link_groups, linked_reads
from assessor_app.reliability.facets.severity import (
    Severities,
    in_levels,
    level_slope,
    severities,
)
from assessor_app.reliability.report.effects import Effects, Modelled, assessor_effects
from assessor_app.reliability.report.figures import Collector, Ground
from assessor_app.reliability.report.selection import for_model, model_reads
from assessor_app.reliability.report.table import Ratings
from assessor_app.reliability.report.verdict_list import AssessorRow, Said
from assessor_app.reliability.verdicts import Lean, leans, not_linked, not_random

PANEL, POOL = "the panel", "the other assessors"


def fit_model(
    collector: Collector, ratings: Ratings, definitive: Ratings | None, progress: Progress
) -> Modelled | None:
    """Return the fitted model, or note why there is none."""
    own = for_model(ratings)
    ground = Ground(scope={}, n=0)
    if not all(one.ordered for one in own.criteria):
        collector.refuse("severity_levels", "the order of the levels is not known", ground)
        return None
    if not len(own.unit):
        collector.refuse("severity_levels", Reason.NO_EVIDENCE, ground)
        return None
    reads = model_reads(own, definitive)
    try:
        fits = both_fits(reads, progress=progress)
    except NotComputableError as refusal:
        collector.refuse("severity_levels", refusal.reason, ground)
        return None
    return Modelled(ratings=own, reads=reads, fits=fits, expected=from_others(fits.linked))


def model_figures(
    collector: Collector, modelled: Modelled, required: Ints | None, seed: int
) -> tuple[list[Said], list[AssessorRow], str]:
    """Add the figures of the model; return verdicts, chart rows and what they are relative to."""
    linked = modelled.linked
    shared = linked_reads(modelled.reads)
    ground = Ground(scope={}, n=len(np.unique(shared.packet)))
    _spreads(collector, linked, ground)
    rules = _rules(linked, required)
    for place, rule in rules.items():
        scope: dict[str, object] = {}
        if len(rules) > 1:
            first = int(linked.layout.parts[place].criteria[0])
            scope["rubric_version"] = modelled.ratings.criteria[first].rubric
        _planning(collector, rule, Ground(scope=scope, n=ground.n))
    said: list[Said] = []
    found = modelled.fits.divergence
    if found is not None:
        collector.add("divergence_p", found.p, ground)
        if found.alarm:
            said.append(Said(about="assignment", scope={}, verdict=not_random()))
    effects = assessor_effects(collector, modelled, seed)
    rate_rule = rules[min(rules)] if len(rules) == 1 else None
    verdicts, rows, relative_to = _severities(collector, modelled, effects, rate_rule)
    return said + verdicts + _unlinked(modelled), rows, relative_to


def _spreads(collector: Collector, linked: Fit, ground: Ground) -> None:
    collector.add("ability_sd", linked.ability_sd, ground)
    collector.add("halo_sd", linked.halo_sd, ground)
    collector.add("severity_sd", linked.severity_sd, ground)
    collector.add("level_slope", level_slope(linked), ground)
    if linked.layout.has_panel:
        collector.add("panel_sharpness", linked.parameters(0).sharpness, ground)


def _rules(linked: Fit, required: Ints | None) -> dict[int, Rule]:
    """Return the award rule of every rubric under the model, by place of its evidence."""
    if required is None:
        return {}
    rules: dict[int, Rule] = {}
    for place, part in enumerate(linked.layout.parts):
        own = required[part.criteria]
        if own.any():
            p = linked.parameters(place)
            rules[place] = Rule(
                steps=p.steps,
                n_levels=part.n_levels,
                required=own,
                ability_sd=p.ability_sd,
                halo_sd=p.halo_sd,
                severity_sd=linked.severity_sd,
            )
    return rules


def _planning(collector: Collector, rule: Rule, own: Ground) -> None:
    collector.add("decision_consistency", consistency(rule), own)
    collector.add("decision_accuracy", accuracy(rule), own)
    for policy, outcomes in planning_table(rule).items():
        params = {"policy": policy}
        collector.add("planned_correct", outcomes.correct, own, params)
        collector.add("planned_false_award", outcomes.false_award, own, params)
        collector.add("planned_false_denial", outcomes.false_denial, own, params)
        collector.add("planned_reads", outcomes.reads, own, params)


def _severities(
    collector: Collector, modelled: Modelled, effects: Effects, rule: Rule | None
) -> tuple[list[Said], list[AssessorRow], str]:
    linked, ratings = modelled.linked, modelled.ratings
    found = severities(linked)
    shared = _shared_packets(modelled.reads)[found.raters]
    estimates = in_levels(found, level_slope(linked), shared)
    named = _named(collector, found, shared)
    relative_to = PANEL if linked.layout.has_panel else POOL
    usual = award_rate(rule) if rule else 0.0
    said: list[Said] = []
    rows: list[AssessorRow] = []
    for place, rater in enumerate(found.raters):
        name = ratings.assessors[int(rater)]
        estimate = estimates[place]
        own = Ground(scope={"assessor": name}, n=int(shared[place]))
        rate = award_rate(rule, float(found.logits[place])) if rule else None
        _severity_figures(collector, (found, place), (estimate, bool(named[place]), rate), own)
        lean = Lean(
            name=name,
            levels=estimate.value,
            interval=estimate.interval or (0.0, 0.0),
            shared=own.n,
            named=bool(named[place]),
            panel=relative_to,
            award=None if rate is None else (rate, usual),
            same_everywhere=int(rater) not in effects.uneven,
        )
        verdict = leans(lean, collector.thresholds)
        said.append(Said(about="severity", scope=own.scope, verdict=verdict))
        rows.append(
            AssessorRow(
                name=name,
                word=verdict.word,
                value=estimate.value,
                interval=lean.interval,
                reads=int((modelled.reads.rater == rater).sum()),
            )
        )
    rows.sort(key=lambda row: (not row.enough, row.value))
    return said, rows, relative_to


def _severity_figures(
    collector: Collector,
    where: tuple[Severities, int],
    values: tuple[Estimate, bool, float | None],
    ground: Ground,
) -> None:
    (found, place), (estimate, named, rate) = where, values
    logits = Estimate(
        value=float(found.logits[place]),
        n=ground.n,
        standard_error=float(found.standard_errors[place]),
    )
    collector.add("severity_logits", logits, ground)
    collector.add("severity_levels", estimate, ground)
    collector.add("severity_named", "yes" if named else "no", ground)
    if rate is not None:
        collector.add("award_rate", rate, ground)


def _named(collector: Collector, found: Severities, shared: Ints) -> Bools:
    """Return who stands out after the control of false alarms, of those with enough packets."""
    z: Floats = found.logits / np.maximum(found.standard_errors, 1e-12)
    p_values = np.array([two_sided_p(float(one)) for one in z])
    p_values[shared < collector.thresholds.linked_packets] = np.nan
    return discoveries(p_values, collector.thresholds.false_discovery_rate)


def _shared_packets(reads: Reads) -> Ints:
    """Return how many packets each rater shares with others, shape (n_raters,)."""
    linked = linked_reads(reads)
    return np.bincount(linked.rater, minlength=reads.n_raters).astype(np.int64)


def _unlinked(modelled: Modelled) -> list[Said]:
    """Return the verdict on every assessor outside the largest linked group."""
    groups = link_groups(modelled.reads)
    present = np.unique(modelled.reads.rater)
    of_present = groups[present]
    sizes = np.bincount(of_present[of_present >= 0], minlength=len(groups))
    panel = modelled.reads.panel
    main = int(groups[panel]) if panel is not None else int(sizes.argmax())
    said: list[Said] = []
    for rater, group in zip(present, of_present, strict=True):
        if group == main or rater == panel:
            continue
        name = modelled.ratings.assessors[int(rater)]
        said.append(Said(about="severity", scope={"assessor": name}, verdict=not_linked(name, 5)))
    return said
