"""What other packages make of the same ratings. Runs in an environment of its own.

Usage: python reliability_peers.py DATA.npz -> JSON on standard output: values and seconds of one
evaluation. Never imported by the program: some of these packages are GPL.
"""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import krippendorff  # type: ignore[import-not-found]  # lives in the peers' environment
import numpy as np
import pandas as pd  # type: ignore[import-not-found,import-untyped,unused-ignore]  # as above
from irrCAC.raw import CAC  # type: ignore[import-not-found]  # as above
from statsmodels.stats import (  # type: ignore[import-not-found]  # as above
    inter_rater,
)

PAIRS = 7


def timed(work: Callable[[], float]) -> dict[str, float]:
    seconds: list[float] = []
    value = 0.0
    for _ in range(PAIRS):
        start = time.process_time()
        value = float(work())
        seconds.append(time.process_time() - start)
    return {"value": value, "seconds": float(np.median(seconds))}


def main(path: str) -> None:
    data = np.load(path)
    ratings, small = data["ratings"], data["small"]
    levels = sorted({int(level) for level in ratings.ravel()})
    table = np.stack([(ratings == level).sum(axis=1) for level in levels], axis=1)
    cross = np.zeros((len(levels), len(levels)), dtype=np.int64)
    np.add.at(cross, (ratings[:, 0] - levels[0], ratings[:, 1] - levels[0]), 1)
    found: dict[str, Any] = {}
    for level in ("nominal", "ordinal", "interval", "ratio"):
        found[f"krippendorff {level}"] = timed(partial(alpha, ratings, level))
    found["statsmodels fleiss"] = timed(partial(inter_rater.fleiss_kappa, table))
    found["statsmodels cohen"] = timed(partial(cohen, cross, None))
    found["statsmodels cohen quadratic"] = timed(partial(cohen, cross, "quadratic"))
    for weights in ("identity", "quadratic"):
        cac = CAC(pd.DataFrame(small), weights=weights, digits=15)
        for name in ("gwet", "fleiss", "krippendorff", "conger", "bp"):
            found[f"irrCAC {name} {weights}"] = timed(partial(coefficient, cac, name))
    sys.stdout.write(json.dumps(found))


def alpha(ratings: Any, level: str) -> float:
    return float(krippendorff.alpha(reliability_data=ratings.T, level_of_measurement=level))


def cohen(cross: Any, weights: str | None) -> float:
    return float(inter_rater.cohens_kappa(cross, wt=weights).kappa)


def coefficient(cac: Any, name: str) -> float:
    return float(getattr(cac, name)()["est"]["coefficient_value"])


if __name__ == "__main__":
    main(sys.argv[1])
