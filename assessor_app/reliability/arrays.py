"""The array types of the statistics, and the one sum whose type numpy does not tell."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def sums(places: Ints, values: Floats, size: int) -> Floats:
    """Return the sum of the values at each place, shape (size,)."""
    return np.bincount(places, weights=values, minlength=size).astype(np.float64)
