"""Statistics of ratings: how far assessors agree, and how sure we can be. Pure numpy and scipy.

The public face for use on its own; the many-facet engine is in `facets`, reports are in `report`.
"""

from assessor_app.reliability.agreement import (
    brennan_prediger,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    krippendorff_alpha_gwet_form,
    percent_agreement,
    percent_within_one,
    scott_pi,
)
from assessor_app.reliability.alpha import Metric, krippendorff_alpha
from assessor_app.reliability.benchmark import band_at_95_percent, cumulative_membership
from assessor_app.reliability.bootstrap import bootstrap_assessors, bootstrap_submissions
from assessor_app.reliability.compensatory import effective_test_length, livingston_lewis
from assessor_app.reliability.definitive import against_definitive, decision_rates, qwk
from assessor_app.reliability.discovery import discoveries
from assessor_app.reliability.drift import arl, cusum
from assessor_app.reliability.errors import CancelledError, NotComputableError, Reason
from assessor_app.reliability.estimate import Estimate, clopper_pearson_ci95, wilson_ci95
from assessor_app.reliability.facets.compare import both_fits, divergence, period_contrasts
from assessor_app.reliability.facets.decision import (
    Rule,
    accuracy,
    award_rate,
    consistency,
    planning_table,
)
from assessor_app.reliability.facets.effects import (
    central_tendency,
    criterion_severity,
    halo_sd,
    surprise,
)
from assessor_app.reliability.facets.evidence import from_others
from assessor_app.reliability.facets.fit import fit
from assessor_app.reliability.facets.layout import Model
from assessor_app.reliability.facets.reads import Reads, link_groups, linked_reads
from assessor_app.reliability.facets.severity import in_levels, level_slope, severities
from assessor_app.reliability.generalizability import nested_components, reml
from assessor_app.reliability.icc import (
    all_raters_within_percent,
    icc1,
    icc1k,
    icc2,
    icc2k,
    icc3,
    icc3k,
    kendall_w,
    mean_squares,
)
from assessor_app.reliability.panel import (
    Panel,
    cross_table,
    panel_from_cross_table,
    panel_from_matrix,
)
from assessor_app.reliability.qualification import (
    DEFAULT_PLAN,
    Plan,
    bounds,
    characteristic,
    in_tolerance,
    outcome,
)
from assessor_app.reliability.thresholds import Thresholds, thresholds_from
from assessor_app.reliability.two_raters import (
    bhapkar,
    cohen_kappa,
    cohen_pe,
    mcnemar_exact_p,
    stuart_maxwell,
    two_by_two,
)
from assessor_app.reliability.weights import Weights

__all__ = [
    "DEFAULT_PLAN",
    "CancelledError",
    "Estimate",
    "Metric",
    "Model",
    "NotComputableError",
    "Panel",
    "Plan",
    "Reads",
    "Reason",
    "Rule",
    "Thresholds",
    "Weights",
    "accuracy",
    "against_definitive",
    "all_raters_within_percent",
    "arl",
    "award_rate",
    "band_at_95_percent",
    "bhapkar",
    "bootstrap_assessors",
    "bootstrap_submissions",
    "both_fits",
    "bounds",
    "brennan_prediger",
    "central_tendency",
    "characteristic",
    "clopper_pearson_ci95",
    "cohen_kappa",
    "cohen_pe",
    "conger_kappa",
    "consistency",
    "criterion_severity",
    "cross_table",
    "cumulative_membership",
    "cusum",
    "decision_rates",
    "discoveries",
    "divergence",
    "effective_test_length",
    "fit",
    "fleiss_kappa",
    "from_others",
    "gwet_ac1",
    "gwet_ac2",
    "halo_sd",
    "icc1",
    "icc1k",
    "icc2",
    "icc2k",
    "icc3",
    "icc3k",
    "in_levels",
    "in_tolerance",
    "kendall_w",
    "krippendorff_alpha",
    "krippendorff_alpha_gwet_form",
    "level_slope",
    "link_groups",
    "linked_reads",
    "livingston_lewis",
    "mcnemar_exact_p",
    "mean_squares",
    "nested_components",
    "outcome",
    "panel_from_cross_table",
    "panel_from_matrix",
    "percent_agreement",
    "percent_within_one",
    "period_contrasts",
    "planning_table",
    "qwk",
    "reml",
    "scott_pi",
    "severities",
    "stuart_maxwell",
    "surprise",
    "thresholds_from",
    "two_by_two",
    "wilson_ci95",
]
