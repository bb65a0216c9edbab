"""The board's JSON: one look at a draft, columnar, times in seconds from the board's origin."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from obeya.engines.scheduling import Schedule, measure
from obeya.modules.scheduling.bridge import PlantProblem
from obeya.modules.scheduling.drafting import Drawn
from obeya.modules.scheduling.lateness import Lateness, lateness_of
from obeya.modules.scheduling.locks import locked_operations
from obeya.plant.work.models import SupplyOrder

STATUS = {"proposed": 0, "firm": 1, "ready": 2, "running": 3, "interrupted": 4}
_AROUND_S = 6 * 3600


def board(
    drawn: Drawn,
    *,
    can_edit: bool,
    published_version: int | None,
    chosen: tuple[int, int, int] | None = None,
) -> dict[str, Any]:
    """Everything that the island draws."""
    plant, schedule = drawn.plant, drawn.schedule
    late = lateness_of(plant, schedule)
    last = int(schedule.end.max()) if len(schedule) else 0
    end = max([last, *(plant.seconds(s.demand.due_at) for s in plant.served)])
    end = min(end + _AROUND_S, plant.problem.horizon)
    return {
        "draft": drawn.draft.pk,
        "revision": drawn.draft.revision,
        "basis": plant.basis,
        "chosen": plant.operation_of.get(chosen, -1) if chosen else -1,
        "base_version": drawn.draft.base.number,
        "published_version": published_version,
        "can_edit": can_edit,
        "zone": drawn.draft.site.time_zone,
        "origin": plant.origin.isoformat().replace("+00:00", "Z"),
        "now": plant.problem.now,
        "start": -_AROUND_S,
        "end": end,
        "frozen_until": plant.problem.now,
        "rows": _rows(plant, end),
        "ops": _operations(drawn, late),
        "links": _links(plant),
        "orders": _orders(late),
        "figures": figures(plant, schedule, late),
    }


def figures(plant: PlantProblem, schedule: Schedule, late: Sequence[Lateness]) -> dict[str, Any]:
    """What the strip above the board shows, and what a move is judged by."""
    measured = measure(plant.problem, schedule)
    return {
        "late_orders": sum(row.late_s > 0 for row in late),
        "late_hours": round(sum(max(row.late_s, 0) for row in late) / 3600, 1),
        "setup_hours": round(measured.setup / 3600, 1),
        "makespan_hours": round(measured.makespan / 3600, 1),
    }


def placement_columns(
    plant: PlantProblem, schedule: Schedule, operations: Sequence[int]
) -> dict[str, list[Any]]:
    """The rows that a command changed."""
    row_of = plant.rows[1]
    return {
        "id": list(operations),
        "row": [row_of[m] for m in schedule.machine[list(operations)].tolist()],
        "setup_start": schedule.setup_start[list(operations)].tolist(),
        "start": schedule.start[list(operations)].tolist(),
        "end": schedule.end[list(operations)].tolist(),
    }


def _rows(plant: PlantProblem, end: int) -> list[dict[str, Any]]:
    rows = []
    for head in plant.rows[0]:
        machine = plant.machines[head]
        rows.append(
            {
                "code": machine.code,
                "name": machine.name,
                "group": machine.group or str(_("Outside")),
                "closed": [[a, min(b, end)] for a, b in plant.closed[head] if a < end],
                "down": [],
            }
        )
    return rows


def _operations(drawn: Drawn, late: Sequence[Lateness]) -> dict[str, Any]:
    plant, schedule = drawn.plant, drawn.schedule
    steps = [plant.step(i) for i in range(len(schedule))]
    locked = locked_operations(drawn)
    demand_of = demand_of_order(plant, late)
    row_of = plant.rows[1]
    machines = plant.problem.alternatives.machine.tolist()
    return {
        "n": len(schedule),
        "id": list(range(len(schedule))),
        "row": [row_of[m] for m in schedule.machine.tolist()],
        "setup_start": schedule.setup_start.tolist(),
        "start": schedule.start.tolist(),
        "end": schedule.end.tolist(),
        "order": [demand_of.get(step.order.pk, -1) for step in steps],
        "label": [f"{step.order.material.code} {step.number}" for step in steps],
        "status": [_status(step.order, step.job) for step in steps],
        "family": [step.how.setup_family for step in steps],
        "locked": [int(i in locked) for i in range(len(steps))],
        "eligible": [
            sorted({row_of[machines[w]] for w in plant.problem.alternatives_of(i)})
            for i in range(len(steps))
        ],
    }


def demand_of_order(plant: PlantProblem, late: Sequence[Lateness]) -> dict[int, int]:
    """Order → position of the demand that it serves, directly or through other orders."""
    result: dict[int, int] = {}
    for position, row in enumerate(late):
        for order in row.chain:
            result.setdefault(order, position)
    return result


def _status(order: SupplyOrder, job: Any) -> int:
    if job is None:
        return STATUS["proposed" if order.status == "proposed" else "firm"]
    return STATUS.get(job.dispatch_status, STATUS["firm"])


def _links(plant: PlantProblem) -> list[list[int]]:
    arcs = plant.problem.precedence
    return np.column_stack([arcs.before, arcs.after]).tolist()


def _orders(late: Sequence[Lateness]) -> dict[str, list[Any]]:
    return {
        "code": [row.demand.code for row in late],
        "customer": [row.demand.customer.name if row.demand.customer else "" for row in late],
        "item": [row.demand.material.code for row in late],
        "due": [row.due for row in late],
        "end": [row.end for row in late],
        "late_s": [row.late_s for row in late],
        "cause": [row.cause for row in late],
        "demands": [[row.demand.code] for row in late],
    }
