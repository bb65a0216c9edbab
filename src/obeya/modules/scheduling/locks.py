"""Operations that a planner holds where they are."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from obeya.modules.scheduling.drafting import Drawn
from obeya.modules.scheduling.models import Draft, PlanCommand
from obeya.plant.log.actor import Actor


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


def keep_locks(commands: Sequence[PlanCommand], draft: Draft, *, at: datetime, by: Actor) -> None:
    """Lock in a new draft what the standing commands of the one before had locked or let go."""
    last = {
        (command.supply_order, command.operation_number, command.split): command.kind
        for command in commands
        if command.kind in (PlanCommand.Kind.LOCK, PlanCommand.Kind.UNLOCK)
    }
    rows = [
        PlanCommand(
            draft=draft,
            sequence=sequence,
            kind=kind,
            supply_order=order,
            operation_number=number,
            split=split,
            by_id=by.account_id,
            at=at,
        )
        for sequence, ((order, number, split), kind) in enumerate(last.items(), start=1)
    ]
    PlanCommand.objects.bulk_create(rows)
    draft.revision = len(rows)
    draft.save(update_fields=["revision"])
