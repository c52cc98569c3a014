"""Figures that do not depend on ratings, and the plain fit that other engines can repeat."""

import numpy as np

from assessor_app.reliability.drift import arl
from assessor_app.reliability.errors import NotComputableError
from assessor_app.reliability.facets.fit import Progress, fit
from assessor_app.reliability.facets.layout import Model
from assessor_app.reliability.facets.likelihood import uniform_grid
from assessor_app.reliability.facets.severity import severities
from assessor_app.reliability.qualification import DEFAULT_PLAN, bounds, characteristic
from assessor_app.reliability.report.figures import Collector, Ground
from assessor_app.reliability.report.selection import for_model, model_reads
from assessor_app.reliability.report.table import Ratings

_SHIFTS = ((4, 0.0), (4, 0.5), (4, 1.0), (4, 2.0), (5, 0.0), (5, 1.0))


def plan_figures(collector: Collector) -> None:
    """Add the default qualification plan and the run lengths of the drift chart."""
    ground = Ground(scope={"plan": "default"}, n=DEFAULT_PLAN.n_max)
    tables = bounds(DEFAULT_PLAN)
    collector.add("h0", DEFAULT_PLAN.h0, ground)
    collector.add("h1", DEFAULT_PLAN.h1, ground)
    collector.add("s", DEFAULT_PLAN.slope, ground)
    collector.add("qualify_if_failures_le_by_n", tables.qualify_at, ground)
    collector.add("reject_if_failures_ge_by_n", tables.stop_at, ground)
    for rate in (0.1, 0.2, 0.3):
        found, params = characteristic(DEFAULT_PLAN, rate), {"true_fail_rate": rate}
        collector.add("p_qualify", found.p_qualify, ground, params)
        collector.add("expected_packets", found.expected_packets, ground, params)
    chart = Ground(scope={"chart": "cusum", "k": 0.5}, n=0)
    for limit, shift in _SHIFTS:
        collector.add("arl", arl(shift, limit=limit), chart, {"h": limit, "shift": shift})


def plain_fit_figures(collector: Collector, ratings: Ratings, progress: Progress) -> None:
    """Add the fit without halo and shrinkage of all reads, as published engines make it."""
    own = for_model(ratings)
    ordered = all(one.ordered for one in own.criteria)
    ground = Ground(scope={}, n=len(np.unique(own.unit)))
    if not ordered or not len(own.unit):
        return
    try:
        fitted = fit(
            model_reads(own, None),
            Model(halo=False, shrink=False),
            grid=uniform_grid(9, 0.2),
            progress=progress,
        )
    except NotComputableError as refusal:
        collector.refuse("severity_centered", refusal.reason, ground)
        return
    found = severities(fitted, to_pool=True)
    names = [own.assessors[int(rater)] for rater in found.raters]
    logits = tuple(float(logit) for logit in found.logits)
    collector.add("severity_centered", logits, ground, {"assessors": names})
    collector.add("theta_variance", fitted.ability_sd**2, ground)
    collector.add("deviance", fitted.deviance, ground)
    for place, part in enumerate(fitted.layout.parts):
        scope: dict[str, object] = {}
        if len(own.rubrics) > 1:
            scope["rubric_version"] = own.criteria[int(part.criteria[0])].rubric
        of_rubric = Ground(scope=scope, n=part.n_packets)
        criteria = {"criteria": [own.criteria[int(one)].name for one in part.criteria]}
        steps = [
            tuple(float(step) for step in row[: levels - 1])
            for row, levels in zip(fitted.parameters(place).steps, part.n_levels, strict=True)
        ]
        means = tuple(sum(row) / max(1, len(row)) for row in steps)
        collector.add("criterion_difficulty", means, of_rubric, criteria)
        collector.add("step_parameters", tuple(steps), of_rubric, criteria)
