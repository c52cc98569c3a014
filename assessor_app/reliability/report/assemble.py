"""One report from ratings: the order of work, and nothing else."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from assessor_app.reliability.arrays import Ints
from assessor_app.reliability.facets.fit import Progress, no_progress
from assessor_app.reliability.report.alike import (
    criteria_alike,
    decisions_alike,
    no_double_reads,
)
from assessor_app.reliability.report.beside import definitive_figures
from assessor_app.reliability.report.effects import drift_figures
from assessor_app.reliability.report.figures import Collector, Figure, Ground, Missing
from assessor_app.reliability.report.model import fit_model, model_figures
from assessor_app.reliability.report.plans import plain_fit_figures, plan_figures
from assessor_app.reliability.report.selection import independent
from assessor_app.reliability.report.table import Ratings
from assessor_app.reliability.report.totals import (
    judge_totals,
    nested_figures,
    total_figures,
)
from assessor_app.reliability.report.verdict_list import AssessorRow, Charts, Said
from assessor_app.reliability.thresholds import DEFAULTS, Thresholds

ENGINE = "assessor reliability 1"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Question:
    """What is asked.

    Attributes:
        ratings: All of them; which may enter what is decided here.
        definitive: Definitive ratings of some of the units.
        required: Shape (n_criteria,), least rank for an award; None without an award rule.
        thresholds: Of the issuer.
        every: Also keep the figures that the guards hold back.
        seed: Of every bootstrap.
    """

    ratings: Ratings
    definitive: Ratings | None = None
    required: Ints | None = None
    thresholds: Thresholds = DEFAULTS
    every: bool = False
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Report:
    """Every figure and verdict, and what the charts show.

    Attributes:
        period: First and last day of the reads; None when times are not told.
        rubrics: Rubric versions.
        n_ratings: Ratings given.
        n_units: Submissions rated.
        n_assessors: Assessors who rated.
    """

    figures: tuple[Figure, ...]
    verdicts: tuple[Said, ...]
    not_computable: tuple[Missing, ...]
    held_back: tuple[Missing, ...]
    charts: Charts
    seed: int
    thresholds: Thresholds
    period: tuple[str, str] | None
    rubrics: tuple[str, ...]
    n_ratings: int
    n_units: int
    n_assessors: int


def report(question: Question, *, progress: Progress = no_progress) -> Report:
    """Return the report.

    Raises:
        CancelledError: `progress` stopped it.
    """
    ratings = question.ratings
    collector = Collector(thresholds=question.thresholds, every=question.every)
    progress("comparing double reads", 0)
    said, rows, tables = criteria_alike(collector, ratings, question.seed)
    decision: tuple[int, int] | None = None
    if question.required is not None:
        spoken, decision = decisions_alike(collector, ratings, question.required)
        said = spoken + said
    else:
        reason = "there is no award rule; give one with --award-rule"
        collector.refuse("decision_agreement", reason, Ground(scope={}, n=0))
        if not any(row.n for row in rows):
            said = [no_double_reads(collector), *said]
    _totals(collector, ratings)
    if question.definitive is not None:
        definitive_figures(collector, ratings, question.definitive, question.required)
    assessors, relative_to = _model(collector, question, said, progress)
    if question.every:
        plan_figures(collector)
        plain_fit_figures(collector, ratings, progress)
    return Report(
        figures=tuple(collector.figures),
        verdicts=tuple(said),
        not_computable=tuple(collector.not_computable),
        held_back=tuple(collector.held_back),
        charts=Charts(
            decision=decision,
            criteria=tuple(rows),
            assessors=tuple(assessors),
            relative_to=relative_to,
            cross=tuple(tables),
        ),
        seed=question.seed,
        thresholds=question.thresholds,
        period=_period(ratings),
        rubrics=ratings.rubrics,
        n_ratings=len(ratings.unit),
        n_units=len(ratings.units),
        n_assessors=len(ratings.assessors),
    )


def _totals(collector: Collector, ratings: Ratings) -> None:
    own = independent(ratings)
    judge_totals(collector, own)
    nested_figures(collector, own)
    for rubric in range(len(own.rubrics)):
        total_figures(collector, own, rubric)


def _model(
    collector: Collector, question: Question, said: list[Said], progress: Progress
) -> tuple[list[AssessorRow], str]:
    modelled = fit_model(collector, question.ratings, question.definitive, progress)
    if modelled is None:
        return [], ""
    spoken, rows, relative_to = model_figures(collector, modelled, question.required, question.seed)
    said.extend(spoken)
    said.extend(drift_figures(collector, modelled, progress))
    return rows, relative_to


def _period(ratings: Ratings) -> tuple[str, str] | None:
    if np.isnan(ratings.at).any():
        return None
    first, last = (
        datetime.fromtimestamp(float(one), UTC).date().isoformat()
        for one in (ratings.at.min(), ratings.at.max())
    )
    return first, last
