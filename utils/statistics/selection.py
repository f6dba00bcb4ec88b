"""What may be said of a sum over units of a list when only how many were chosen, group by group, is known.

Knows nothing of waves, files or French.
"""

__all__ = ["bounds_of_sum"]

from collections.abc import Mapping, Sequence

import numpy as np
import scipy


def bounds_of_sum(
    values: Sequence[float], margins: Sequence[tuple[Sequence[str], Mapping[str, int]]]
) -> tuple[float, float] | None:
    """Return the least and the greatest sum over units, given how many of each group were chosen.

    Parameters
    ----------
    values : sequence of float
        One for each unit of the list.
    margins : sequence of (labels, chosen)
        For each grouping, the group of each unit, and how many units of each group were chosen.

    Returns
    -------
    tuple of float or None
        None where no choice has these numbers.

    Notes
    -----
    An integer program: each unit is chosen or not. With two groupings its relaxation is a
    transportation problem, whose corners are whole numbers: it is solved at once.

    Examples
    --------
    >>> bounds_of_sum([1, 2, 4, 8], [("aabb", {"a": 1, "b": 1})])
    (5.0, 10.0)
    """
    weights = np.asarray(values, dtype=float)
    rows = [(np.asarray(list(labels)) == group, n) for labels, chosen in margins for group, n in chosen.items()]
    belongs, counts = np.array([row for row, _ in rows], dtype=float), np.array([n for _, n in rows], dtype=float)
    ends = []
    for sign in (1, -1):
        found = scipy.optimize.milp(
            sign * weights,
            integrality=np.ones(len(weights)),
            bounds=(0, 1),
            constraints=scipy.optimize.LinearConstraint(belongs, counts, counts),
        )
        if found.x is None:
            return None
        # The sum of what was chosen, not the solver's own, which is near it.
        ends.append(float(weights[found.x > 0.5].sum()))
    return ends[0], ends[1]
