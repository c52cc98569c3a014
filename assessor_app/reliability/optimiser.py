"""Minimisation, typed; scipy.optimize behind two functions."""

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from scipy import optimize as _optimize  # type: ignore[import-untyped]  # scipy ships no types

from assessor_app.reliability.arrays import Floats
from assessor_app.reliability.errors import NotComputableError, Reason

_functions = cast("Any", _optimize)
_NEAR = 25  # rounding may end a line search this far from a gradient of zero


def minimise_without_gradient(objective: Callable[[Floats], float], start: Floats) -> Floats:
    """Return where a smooth function of few variables is least, to about eight digits."""
    options = {"xatol": 1e-8, "fatol": 1e-9, "maxiter": 4000, "maxfev": 4000}
    found = _functions.minimize(objective, start, method="Nelder-Mead", options=options)
    return np.asarray(found.x, dtype=np.float64)


def minimise(
    objective: Callable[[Floats], tuple[float, Floats]],
    start: Floats,
    *,
    bounds: tuple[Floats, Floats],
    tolerance: float,
) -> Floats:
    """Return where a function with a gradient is least.

    Args:
        objective: Gives the value and the gradient.
        start: Shape (n,).
        bounds: Least and greatest values, shape (n,) each.
        tolerance: Greatest entry of the gradient that counts as zero.

    Raises:
        NotComputableError: The search did not get there.
    """
    options = {"maxiter": 1000, "maxfun": 2000, "ftol": 1e-13, "gtol": tolerance, "maxcor": 20}
    found = _functions.minimize(
        objective,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=list(zip(*bounds, strict=True)),
        options=options,
    )
    reached = np.asarray(found.x, dtype=np.float64)
    free = (reached > bounds[0]) & (reached < bounds[1])
    left = np.abs(np.asarray(found.jac, dtype=np.float64))[free].max(initial=0.0)
    if not left <= _NEAR * tolerance:
        raise NotComputableError(Reason.NOT_CONVERGED)
    return reached
