"""Operations that a planner holds where they are."""

import numpy as np

from obeya.modules.scheduling.drafting import Drawn


def locked_operations(drawn: Drawn) -> set[int]:
    """Held by a command of this draft, pinned by its job, or already begun."""
    plant = drawn.plant
    locked = set(np.flatnonzero(plant.problem.fixed).tolist())
    locked |= {
        i for i in range(len(plant.steps)) if (job := plant.step(i).job) is not None and job.pinned
    }
    for command in drawn.commands:
        key = command.supply_order, command.operation_number, command.split
        operation = plant.operation_of.get(key)
        if operation is not None and command.kind == "lock":
            locked.add(operation)
        elif operation is not None and command.kind == "unlock":
            locked.discard(operation)
    return locked
