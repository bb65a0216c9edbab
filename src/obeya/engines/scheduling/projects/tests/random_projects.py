"""Projects by chance for which a plan exists: a choice of modes fits the stocks and capacities."""

import numpy as np

from obeya.engines.scheduling.projects.project import Activity, Project


def random_stocked_project(seed: int) -> Project:
    """Up to forty activities; stocks are just what the modes of a choice by chance use up.

    Some modes of the others need more of a resource than there is at any time.
    """
    luck = np.random.default_rng(seed)
    count, kinds, used = int(luck.integers(1, 41)), int(luck.integers(0, 4)), luck.integers(0, 3)
    capacity = luck.integers(1, 9, kinds)
    stock = np.zeros(used, dtype=int)
    activities = []
    for i in range(count):
        many = int(luck.integers(1, 5))
        modes = [
            (
                int(luck.integers(0, 10)),
                [*luck.integers(0, capacity + 2).tolist(), *luck.integers(0, 20, used).tolist()],
            )
            for _ in range(many)
        ]
        needs = modes[int(luck.integers(many))][1]
        needs[:kinds] = np.minimum(needs[:kinds], capacity).tolist()
        stock += np.array(needs[kinds:], dtype=int)
        after = [j for j in range(i + 1, count) if luck.random() < 3 / count]
        activities.append(Activity(modes, after, int(luck.integers(0, 5) * luck.integers(2))))
    return Project.of(activities, capacity=capacity.tolist(), stock=stock.tolist())
