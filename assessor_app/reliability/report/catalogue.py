"""Every figure a report can hold: its formula, the evidence it needs, what it says."""

from dataclasses import dataclass
from types import MappingProxyType

from assessor_app.reliability.guards import Kind


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of figure."""

    formula: str
    kind: Kind
    text: str


_WEIGHTS = 'params {"weights": identity | ordinal | linear | quadratic | radical}'
_MODEL = "many-facet partial credit, marginal ML with halo and shrinkage"
_PLAIN = "many-facet partial credit, marginal ML, no halo, severities fixed and summing to 0"

CATALOGUE = MappingProxyType(
    {
        "percent_agreement": Entry("gwet-2008-eq5", Kind.PERCENTAGE, f"agreement; {_WEIGHTS}"),
        "percent_within_one": Entry("gwet-2008-eq5", Kind.PERCENTAGE, "at most one level apart"),
        "P_bar": Entry("fleiss-1971", Kind.PERCENTAGE, "observed agreement of Fleiss' kappa"),
        "Pe_bar": Entry("fleiss-1971", Kind.UNWEIGHTED, "chance agreement of Fleiss' kappa"),
        "p_j": Entry("fleiss-1971", Kind.PERCENTAGE, "share of each level, lowest first"),
        "P_i": Entry("fleiss-1971", Kind.PERCENTAGE, "agreement on each submission, in order"),
        "brennan_prediger": Entry("brennan-prediger-1981", Kind.UNWEIGHTED, _WEIGHTS),
        "gwet_ac1": Entry("gwet-2008", Kind.UNWEIGHTED, "AC1"),
        "gwet_ac2": Entry("gwet-2014-4.4", Kind.WEIGHTED, f"AC2, never alone; {_WEIGHTS}"),
        "fleiss_kappa": Entry("gwet-2014-fleiss", Kind.UNWEIGHTED, _WEIGHTS),
        "conger_kappa": Entry("gwet-2014-conger", Kind.UNWEIGHTED, _WEIGHTS),
        "scott_pi": Entry("scott-1955", Kind.UNWEIGHTED, "two assessors"),
        "krippendorff_alpha": Entry(
            "krippendorff-2011",
            Kind.WEIGHTED,
            'params {"level": nominal | ordinal | interval | ratio}; bootstrap error and range',
        ),
        "krippendorff_alpha_nominal": Entry(
            "gwet-2014-alpha", Kind.UNWEIGHTED, "nominal alpha with its analytic error"
        ),
        "krippendorff_alpha_gwet_form": Entry(
            "gwet-2014-alpha", Kind.UNWEIGHTED, f"alpha with fixed weights; {_WEIGHTS}"
        ),
        "percent_agreement_assessors": Entry(
            "owen-2007", Kind.PERCENTAGE, "agreement with assessors resampled too"
        ),
        "cumulative_membership": Entry(
            "gwet-2014-6.4", Kind.UNWEIGHTED, "probability of each band or better, for AC1"
        ),
        "band_at_95_percent": Entry("gwet-2014-6.4", Kind.UNWEIGHTED, "band AC1 surely reaches"),
        "cohen_kappa": Entry(
            "cohen-1968",
            Kind.UNWEIGHTED,
            'params {"weights"}, and {"raters": [i, j]} for a pair out of several',
        ),
        "cohen_pe": Entry("cohen-1960", Kind.UNWEIGHTED, "chance agreement of Cohen's kappa"),
        "pabak": Entry("byrt-1993", Kind.UNWEIGHTED, "two levels; 2 p_a - 1"),
        "positive_agreement": Entry("cicchetti-1990", Kind.PERCENTAGE, "on the level in params"),
        "negative_agreement": Entry("cicchetti-1990", Kind.PERCENTAGE, "on the level in params"),
        "prevalence_index": Entry("byrt-1993", Kind.PERCENTAGE, "two levels"),
        "bias_index": Entry("byrt-1993", Kind.PERCENTAGE, "two levels"),
        "mcnemar_exact_p": Entry("mcnemar-1947", Kind.PERCENTAGE, "two levels"),
        "stuart_maxwell_chi2": Entry("stuart-1955", Kind.UNWEIGHTED, "equal use of levels"),
        "stuart_maxwell_p": Entry("stuart-1955", Kind.UNWEIGHTED, "equal use of levels"),
        "bhapkar_chi2": Entry("bhapkar-1966", Kind.UNWEIGHTED, "equal use of levels"),
        "ICC1": Entry("shrout-fleiss-1979", Kind.WEIGHTED, "one read, other assessors each time"),
        "ICC2": Entry("shrout-fleiss-1979", Kind.WEIGHTED, "one read, absolute agreement"),
        "ICC3": Entry("shrout-fleiss-1979", Kind.WEIGHTED, "one read, consistency"),
        "ICC1k": Entry("shrout-fleiss-1979", Kind.WEIGHTED, "mean of all reads"),
        "ICC2k": Entry("shrout-fleiss-1979", Kind.WEIGHTED, "mean of all reads"),
        "ICC3k": Entry("shrout-fleiss-1979", Kind.WEIGHTED, "mean of all reads"),
        "MSR": Entry("shrout-fleiss-1979", Kind.WEIGHTED, "mean square between submissions"),
        "MSC": Entry("shrout-fleiss-1979", Kind.WEIGHTED, "mean square between assessors"),
        "MSE": Entry("shrout-fleiss-1979", Kind.WEIGHTED, "residual mean square"),
        "MSW": Entry("shrout-fleiss-1979", Kind.WEIGHTED, "mean square within submissions"),
        "kendall_W": Entry("kendall-1990", Kind.WEIGHTED, "concordance, ties corrected"),
        "all_raters_within_percent": Entry(
            "definition", Kind.PERCENTAGE, 'params {"tolerance"}; per cent of submissions'
        ),
        "judge_totals": Entry("definition", Kind.COUNT, "sum of numeric levels by assessor"),
        "variance_component": Entry(
            "anova", Kind.WEIGHTED, 'params {"component"}; complete or nested designs'
        ),
        "rel_error_var": Entry("brennan-2001", Kind.WEIGHTED, "nested design"),
        "abs_error_var": Entry("brennan-2001", Kind.WEIGHTED, "nested design"),
        "Erho2": Entry("brennan-2001", Kind.WEIGHTED, 'params {"n_raters"}, nested {"n_tasks"}'),
        "Phi": Entry("brennan-2001", Kind.WEIGHTED, 'params {"n_raters"}, nested {"n_tasks"}'),
        "reml_variance_total_score": Entry(
            "patterson-thompson-1971", Kind.WEIGHTED, 'params {"component"}; sum of the ranks'
        ),
        "reml_mean_total_score": Entry("patterson-thompson-1971", Kind.WEIGHTED, "mean sum"),
        "reml_criterion": Entry("patterson-thompson-1971", Kind.WEIGHTED, "-2 log REML"),
        "scorer_blup_total_score": Entry(
            "patterson-thompson-1971", Kind.WEIGHTED, "predicted effect of each assessor"
        ),
        "decision_agreement": Entry("gwet-2008-eq5", Kind.PERCENTAGE, "same determination twice"),
        "decision_kappa": Entry("gwet-2014-fleiss", Kind.UNWEIGHTED, "of determinations"),
        "decision_ac1": Entry("gwet-2008", Kind.UNWEIGHTED, "of determinations"),
        "decision_positive_agreement": Entry("cicchetti-1990", Kind.PERCENTAGE, "on awards"),
        "decision_negative_agreement": Entry("cicchetti-1990", Kind.PERCENTAGE, "on denials"),
        "decision_mcnemar_p": Entry(
            "mcnemar-1947", Kind.PERCENTAGE, "does the second read award more often?"
        ),
        "exact": Entry("definition", Kind.PERCENTAGE, "at the definitive level"),
        "adjacent_or_exact": Entry("definition", Kind.PERCENTAGE, "at most one level off"),
        "mean_signed_difference": Entry("definition", Kind.PERCENTAGE, "levels; < 0 gives less"),
        "mean_absolute_difference": Entry("definition", Kind.PERCENTAGE, "levels"),
        "qwk": Entry("cohen-1968", Kind.WEIGHTED, "quadratic kappa beside definitive ratings"),
        "sensitivity_award": Entry("definition", Kind.PERCENTAGE, "of those deserving, awarded"),
        "specificity_award": Entry("definition", Kind.PERCENTAGE, "of the others, denied"),
        "sensitivity_wilson95": Entry("newcombe-1998-3", Kind.PERCENTAGE, "its range"),
        "specificity_wilson95": Entry("newcombe-1998-3", Kind.PERCENTAGE, "its range"),
        "false_awards": Entry("definition", Kind.PERCENTAGE, "count"),
        "false_denials": Entry("definition", Kind.PERCENTAGE, "count"),
        "severity_logits": Entry(_MODEL, Kind.SEVERITY, "positive is harsher"),
        "severity_levels": Entry(_MODEL, Kind.SEVERITY, "rubric levels; negative gives less"),
        "severity_named": Entry("benjamini-hochberg-1995", Kind.SEVERITY, "stands after control"),
        "award_rate": Entry(_MODEL, Kind.SEVERITY, "typical work awarded by this assessor"),
        "ability_sd": Entry(_MODEL, Kind.UNWEIGHTED, "spread of submissions, logits"),
        "halo_sd": Entry(_MODEL, Kind.UNWEIGHTED, "what moves all criteria of a read; logits"),
        "severity_sd": Entry(_MODEL, Kind.UNWEIGHTED, "spread of assessors, logits"),
        "panel_sharpness": Entry(_MODEL, Kind.UNWEIGHTED, "of definitive ratings; 1 as one read"),
        "level_slope": Entry(_MODEL, Kind.UNWEIGHTED, "rubric levels a logit is worth"),
        "decision_consistency": Entry(_MODEL, Kind.UNWEIGHTED, "two assessors decide alike"),
        "decision_accuracy": Entry(_MODEL, Kind.UNWEIGHTED, "decides as an endless panel would"),
        "planned_correct": Entry(_MODEL, Kind.UNWEIGHTED, 'params {"policy"}'),
        "planned_false_award": Entry(_MODEL, Kind.UNWEIGHTED, 'params {"policy"}'),
        "planned_false_denial": Entry(_MODEL, Kind.UNWEIGHTED, 'params {"policy"}'),
        "planned_reads": Entry(_MODEL, Kind.UNWEIGHTED, 'params {"policy"}; reads per packet'),
        "divergence_p": Entry("hausman-1978", Kind.UNWEIGHTED, "single against shared reads"),
        "surprise": Entry("log-score", Kind.SEVERITY, "more (> 0) than the model expects"),
        "infit": Entry("linacre-1989", Kind.SEVERITY, "1 expected"),
        "outfit": Entry("linacre-1989", Kind.SEVERITY, "1 expected"),
        "pit": Entry("czado-2009", Kind.SEVERITY, "ten counts; level when calibrated"),
        "central_tendency_slope": Entry("definition", Kind.SEVERITY, "below 1 flattens"),
        "spread_ratio": Entry("definition", Kind.SEVERITY, "spread over the expected one"),
        "never_used": Entry("definition", Kind.SEVERITY, "levels avoided in spite of 20 expected"),
        "halo_sd_of_assessor": Entry(_MODEL, Kind.SEVERITY, "logits; profile likelihood range"),
        "criterion_severity": Entry("residuals", Kind.SEVERITY, "levels beyond the own average"),
        "criterion_severity_named": Entry(
            "benjamini-hochberg-1995", Kind.SEVERITY, "stands after control"
        ),
        "drift_up": Entry("montgomery-cusum", Kind.SEVERITY, "greatest sum towards lenience"),
        "drift_down": Entry("montgomery-cusum", Kind.SEVERITY, "greatest sum towards severity"),
        "period_change": Entry(_MODEL, Kind.SEVERITY, "logits; first to second half of the time"),
        "severity_centered": Entry(_PLAIN, Kind.WEIGHTED, "assessors in order"),
        "criterion_difficulty": Entry(_PLAIN, Kind.WEIGHTED, "criteria in order"),
        "step_parameters": Entry(_PLAIN, Kind.WEIGHTED, "steps of each criterion"),
        "theta_variance": Entry(_PLAIN, Kind.WEIGHTED, "variance of submissions"),
        "deviance": Entry(_PLAIN, Kind.WEIGHTED, "-2 log likelihood"),
        "h0": Entry("wald-1947", Kind.COUNT, "default qualification plan"),
        "h1": Entry("wald-1947", Kind.COUNT, "default qualification plan"),
        "s": Entry("wald-1947", Kind.COUNT, "default qualification plan"),
        "qualify_if_failures_le_by_n": Entry("wald-1947", Kind.COUNT, "default plan"),
        "reject_if_failures_ge_by_n": Entry("wald-1947", Kind.COUNT, "default plan"),
        "p_qualify": Entry("dynamic-programming", Kind.COUNT, 'params {"true_fail_rate"}'),
        "expected_packets": Entry("dynamic-programming", Kind.COUNT, 'params {"true_fail_rate"}'),
        "arl": Entry("brook-evans-1972", Kind.COUNT, 'params {"h", "shift"}'),
    }
)

LIBRARY_ONLY = MappingProxyType(
    {
        "wilson_ci95": "assessor_app.reliability.estimate",
        "clopper_pearson_ci95": "assessor_app.reliability.estimate",
        "ll_accuracy, ll_consistency, ll_consistency_chance, ll_consistency_kappa": (
            "assessor_app.reliability.compensatory.livingston_lewis"
        ),
        "effective_test_length": "assessor_app.reliability.compensatory",
    }
)
