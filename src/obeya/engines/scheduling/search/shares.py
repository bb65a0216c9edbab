"""Machines shared out among searches that work side by side."""

import numpy as np
from numpy.typing import NDArray

Share = NDArray[np.bool_]


def shares(
    groups: list[list[int]], load: NDArray[np.int64], workers: int, luck: np.random.Generator
) -> list[Share]:
    """Deal machines out, whole groups if there are enough, so that loads are about equal.

    Parameters
    ----------
    load : shape (M,)
        How much there is to move on each machine.
    """
    parts = groups if len(groups) >= 2 * workers else [[m] for group in groups for m in group]
    dealt = [np.zeros(len(load), bool) for _ in range(workers)]
    amounts = np.zeros(workers)
    for part in (parts[i] for i in luck.permutation(len(parts))):
        least = int(np.argmin(amounts))
        dealt[least][part] = True
        amounts[least] += load[part].sum()
    return dealt
