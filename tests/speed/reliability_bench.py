"""S7 and P14: the many-facet fit at full scale, and the bootstrap beside numpy and packages.

Usage: python -m tests.speed.reliability_bench [PEERS_PYTHON]. Puts S7 and P14 into the report of
the bench. Cases are interleaved; medians are told. Exits with 1 when a package of the peers'
environment gives another number.
"""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, cast

import numpy as np

from assessor_app.reliability.agreement import (
    brennan_prediger,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    krippendorff_alpha_gwet_form,
)
from assessor_app.reliability.alpha import Metric, krippendorff_alpha
from assessor_app.reliability.arrays import Floats, Ints
from assessor_app.reliability.bootstrap import FAMILY, Figure, bootstrap_submissions, family_values
from assessor_app.reliability.facets.fit import fit
from assessor_app.reliability.facets.layout import Model
from assessor_app.reliability.facets.reads import linked_reads
from assessor_app.reliability.facets.severity import severities
from assessor_app.reliability.panel import Panel, Tally, cross_table, panel_from_matrix
from assessor_app.reliability.two_raters import cohen_kappa
from assessor_app.reliability.weights import Weights
from tests.simulate.generator import Setting, simulate
from tests.speed.report import REPORT, keep
from tests.speed.report import Figure as Speed

PAIRS, REPLICATES, NAIVE_REPLICATES = 7, 1000, 5
SUBMISSIONS, SMALL = 100_000, 2000
LEVELS = [1.0, 2.0, 3.0, 4.0]
EQUAL, FASTER_GOAL = 1e-9, 300.0
FULL_GOAL_S, SMALL_GOAL_S, PEAK_GOAL_MB, CANCEL_GOAL_MS = 30.0, 2.0, 400.0, 200.0


def full_fit(assessors: int, packets: int, *, linked: bool) -> dict[str, float]:
    """Fit once with all standard errors; meant for a process of its own."""
    reads = simulate(Setting(assessors=assessors, packets=packets), 1).reads
    start, evaluations = time.process_time(), [0.0]
    longest = 0.0
    last = time.process_time()

    def progress(_stage: str, _done: int) -> None:
        nonlocal longest, last
        now = time.process_time()
        longest, last = max(longest, now - last), now
        evaluations[0] += 1

    own = linked_reads(reads) if linked else reads
    found = severities(fit(own, Model(caseload=linked), progress=progress))
    return {
        "cpu_s": time.process_time() - start,
        "peak_mb": peak_mb(),
        "evaluations": evaluations[0],
        "longest_wait_for_cancel_ms": 1000 * longest,
        "mean_standard_error": float(found.standard_errors.mean()),
        "reads": float(len(reads.packet)),
    }


def peak_mb() -> float:
    """Return the greatest resident size of this program, its parent's not counted."""
    status = Path("/proc/self/status").read_text("utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else float("nan")


def double_reads() -> Ints:
    """Return 100,000 submissions read twice on four levels, shape (n, 2)."""
    rng = np.random.default_rng(1)
    first = rng.integers(1, 5, SUBMISSIONS)
    second = np.where(rng.random(SUBMISSIONS) < 0.6, first, rng.integers(1, 5, SUBMISSIONS))
    return np.stack([first, second], axis=1).astype(np.int64)


def resampled_submissions(ratings: Ints, replicates: int, seed: int) -> dict[Figure, Floats]:
    """Return the family from resampled rows: what one writes in numpy without patterns."""
    rng = np.random.default_rng(seed)
    counts = (ratings[:, :, None] == np.array(LEVELS)).sum(axis=1).astype(np.float64)
    values = np.array(LEVELS)
    parts: list[dict[Figure, Floats]] = []
    for _ in range(replicates):
        rows = counts[rng.integers(len(counts), size=len(counts))]
        drawn = Tally(counts=rows, copies=np.ones(len(rows)))
        parts.append(family_values(drawn, drawn.copies[None, :], values))
    return {figure: np.concatenate([part[figure] for part in parts]) for figure in FAMILY}


def bootstrap_speed(ratings: Ints) -> dict[str, float]:
    """Time our bootstrap and plain resampling, interleaved; seconds of 1,000 replicates."""
    panel = panel_from_matrix(ratings.astype(np.float64), LEVELS)
    ours: list[float] = []
    naive: list[float] = []
    for pair in range(PAIRS):
        start = time.process_time()
        bootstrap_submissions(panel, seed=pair, replicates=REPLICATES)
        middle = time.process_time()
        resampled_submissions(ratings, NAIVE_REPLICATES, pair)
        ours.append(middle - start)
        naive.append((time.process_time() - middle) * REPLICATES / NAIVE_REPLICATES)
    ratios = [slow / fast for slow, fast in zip(naive, ours, strict=True)]
    return {
        "ours_s": float(np.median(ours)),
        "resampling_s": float(np.median(naive)),
        "ratio": float(np.median(ratios)),
    }


def our_values(panel: Panel, small: Panel) -> dict[str, float]:
    """Return our figures under the names of the peers' figures."""
    found = {f"krippendorff {metric}": krippendorff_alpha(panel, metric).value for metric in Metric}
    table = cross_table(panel)
    found["statsmodels fleiss"] = fleiss_kappa(panel).value
    found["statsmodels cohen"] = cohen_kappa(table).value
    found["statsmodels cohen quadratic"] = cohen_kappa(table, Weights.QUADRATIC).value
    found["irrCAC gwet identity"] = gwet_ac1(small).value
    found["irrCAC gwet quadratic"] = gwet_ac2(small).value
    for weights in (Weights.IDENTITY, Weights.QUADRATIC):
        found[f"irrCAC fleiss {weights}"] = fleiss_kappa(small, weights).value
        found[f"irrCAC conger {weights}"] = conger_kappa(small, weights).value
        found[f"irrCAC bp {weights}"] = brennan_prediger(small, weights).value
        form = krippendorff_alpha_gwet_form(small, weights)
        found[f"irrCAC krippendorff {weights}"] = form.value
    return found


def beside_peers(ratings: Ints, python: str) -> dict[str, Any]:
    """Return, for every figure of a package, the difference from ours and the speed ratio."""
    file = REPORT.parent / "peers.npz"
    np.savez(file, ratings=ratings, small=ratings[:SMALL])
    script = str(Path(__file__).with_name("reliability_peers.py"))
    made = subprocess.run([python, script, str(file)], check=True, capture_output=True, text=True)
    file.unlink()
    peers: dict[str, dict[str, float]] = json.loads(made.stdout)
    panel = panel_from_matrix(ratings.astype(np.float64), LEVELS)
    small = panel_from_matrix(ratings[:SMALL].astype(np.float64), LEVELS)
    values = our_values(panel, small)
    start = time.process_time()
    bootstrap_submissions(panel, seed=1, replicates=REPLICATES)
    ours = (time.process_time() - start) / REPLICATES / len(FAMILY)
    return {
        name: {
            "difference": abs(values[name] - peer["value"]),
            "peer_s_per_value": peer["seconds"],
            "ratio": peer["seconds"] / ours,
        }
        for name, peer in peers.items()
    }


def measured_fit(assessors: int, packets: int, *, linked: bool) -> dict[str, float]:
    """Return `full_fit` from a process of its own with one thread."""
    code = (
        "import json; from tests.speed.reliability_bench import full_fit; "
        f"print(json.dumps(full_fit({assessors}, {packets}, linked={linked})))"
    )
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    made = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment
    )
    return cast("dict[str, float]", json.loads(made.stdout))


def bootstrap(python: str | None) -> float:
    """P14: keep the figure; return the greatest difference from a package."""
    ratings = double_reads()
    found = bootstrap_speed(ratings)
    packages = beside_peers(ratings, python) if python else {}
    farthest = max((one["difference"] for one in packages.values()), default=0.0)
    keep(
        "P14",
        Speed(
            peer="numpy that resamples; values of krippendorff, irrCAC, statsmodels",
            ours={"seconds of 1,000 replicates": found["ours_s"]},
            theirs={"seconds of 1,000 replicates": found["resampling_s"]},
            ratio=round(found["ratio"]),
            goal=">= 300x, equal to packages to 1e-9",
            reached=found["ratio"] >= FASTER_GOAL and bool(packages) and farthest <= EQUAL,
            pairs=PAIRS,
            more={"packages": packages, "greatest_difference": farthest},
        ),
    )
    return farthest


def full_scale() -> None:
    """S7: keep what the fit takes."""
    found = {
        "200 x 20,000 x 5": measured_fit(200, 20_000, linked=False),
        "200 x 20,000 x 5, shared packets": measured_fit(200, 20_000, linked=True),
        "30 x 3,000 x 5": measured_fit(30, 3000, linked=False),
    }
    names = ("cpu_s", "peak_mb", "longest_wait_for_cancel_ms")
    ours = {case: {name: one[name] for name in names} for case, one in found.items()}
    cpu_s = max(one["cpu_s"] for one in found.values())
    is_within = (
        cpu_s <= FULL_GOAL_S
        and found["30 x 3,000 x 5"]["cpu_s"] <= SMALL_GOAL_S
        and max(one["peak_mb"] for one in found.values()) <= PEAK_GOAL_MB
        and max(one["longest_wait_for_cancel_ms"] for one in found.values()) <= CANCEL_GOAL_MS
    )
    keep(
        "S7",
        Speed(
            peer="a budget; one thread, all standard errors",
            ours=ours,
            theirs={"cpu_s": FULL_GOAL_S, "cpu_s of 30 x 3,000": SMALL_GOAL_S}
            | {"peak_mb": PEAK_GOAL_MB, "longest_wait_for_cancel_ms": CANCEL_GOAL_MS},
            ratio=round(cpu_s / FULL_GOAL_S, 3),
            goal="<= 30 s of one processor, <= 2 s for 30 x 3,000, <= 400 MB; cancel <= 200 ms",
            reached=is_within,
            pairs=1,
            more={"facts": found},
        ),
    )


def main(arguments: list[str]) -> int:
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    farthest = bootstrap(arguments[0] if arguments else None)
    full_scale()
    return 0 if farthest <= EQUAL else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
