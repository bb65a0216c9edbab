"""PyJobShop (OR-Tools CP-SAT) on the same instances, in the way its own experiments model them.

Benchmarks alone need it (requirements/bench.txt); a process of its own, see `process`.
"""

import itertools
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from obeya.engines.scheduling.instances import read_instance
from obeya.engines.scheduling.instances.line_instance import HybridInstance, LineInstance
from obeya.engines.scheduling.instances.plain_instance import PlainInstance
from obeya.engines.scheduling.lines.flow_line import Aim, FlowLine
from obeya.engines.scheduling.lines.hybrid_line import HybridLine
from obeya.engines.scheduling.plain.shop import PlainShop

from .files import read_text
from .one import Task
from .process import Row, answer, peak_mb

if TYPE_CHECKING:
    from pyjobshop import Model

LARGEST = 50_000  # operations; above, its model alone fills the memory


def solve_against(task: Task) -> Row:
    """Its value after the same seconds with as many workers; building its model is for free."""
    instance = read_instance(read_text(Path(task.path)), hint=task.hint)
    if instance.operations > LARGEST:
        return {"is_asked": False, "error": f"more than {LARGEST:,} operations"}
    if isinstance(instance, PlainInstance):
        model = _of_shop(instance.shop)
    elif isinstance(instance, LineInstance):
        model = _of_line(instance.line)
    elif isinstance(instance, HybridInstance):
        model = _of_hybrid(instance.line)
    else:
        return {"is_asked": False, "error": f"no model of {instance.problem} for it"}
    began = time.perf_counter()
    result = model.solve(
        solver="ortools",
        time_limit=task.seconds,
        display=False,
        num_workers=task.workers,
        random_seed=task.seed,
    )
    row: Row = {
        "version": version("pyjobshop"),
        "status": str(result.status.value),
        "seconds": round(time.perf_counter() - began, 3),
        "peak_mb": peak_mb(),
        "lower_bound": _finite(result.lower_bound),
    }
    if result.best is None or not np.isfinite(result.objective):
        return row | {"error": "no solution"}
    return row | {"value": round(result.objective)}


def _empty_model() -> "Model":
    from pyjobshop import Model  # noqa: PLC0415 - benchmarks only: requirements/bench.txt

    return Model()


def _of_shop(shop: PlainShop) -> "Model":
    model = _empty_model()
    machines = [model.add_machine() for _ in range(shop.machines)]
    tasks = [model.add_task(earliest_start=int(release)) for release in shop.release]
    operation, first = shop.operation.tolist(), shop.first_predecessor.tolist()
    for i, machine, seconds in zip(
        operation, shop.machine.tolist(), shop.duration.tolist(), strict=True
    ):
        model.add_mode(tasks[i], machines[machine], seconds)
    for i, task in enumerate(tasks):
        for before in shop.predecessor[first[i] : first[i + 1]].tolist():
            model.add_end_before_start(tasks[before], task)
    if shop.has_setups:
        _add_setups(model, machines, tasks, shop)
    return model


def _add_setups(model: "Model", machines: list, tasks: list, shop: PlainShop) -> None:
    setups, operation = shop.setups, shop.operation
    for k, machine in enumerate(machines):
        size = int(setups.families[k])
        rows = np.flatnonzero((shop.machine == k) & (setups.family >= 0))
        matrix = setups.seconds[setups.first[k] : setups.first[k] + size * size].reshape(size, size)
        for left in rows.tolist():
            for right in rows.tolist():
                seconds = int(matrix[setups.family[left], setups.family[right]])
                if left != right and seconds:
                    before, after = tasks[operation[left]], tasks[operation[right]]
                    model.add_setup_time(machine, before, after, seconds)


def _of_line(line: FlowLine) -> "Model":
    model = _empty_model()
    machines = [model.add_machine() for _ in range(line.stages)]
    table = []
    for job in range(line.jobs):
        due = int(line.due_or_zero[job]) if line.aim is Aim.TOTAL_TARDINESS else None
        owner = model.add_job(weight=int(line.weight_or_one[job]), due_date=due)
        tasks = [model.add_task(job=owner) for _ in machines]
        for stage, machine in enumerate(machines):
            model.add_mode(tasks[stage], machine, int(line.durations[job, stage]))
        for before, after in itertools.pairwise(tasks):
            model.add_end_before_start(before, after)
            if line.no_wait:
                model.add_start_before_end(after, before)
        table.append(tasks)
    if not line.no_wait:  # else nobody can pass anyway
        columns = list(zip(*table, strict=True))
        for stage in range(1, line.stages):
            ends = [list(columns[stage - 1]), list(columns[stage])]
            model.add_same_sequence(machines[stage - 1], machines[stage], *ends)
    if line.setups is not None:
        for stage, machine in enumerate(machines):
            for left, right in np.argwhere(line.setups[stage] > 0).tolist():
                if left != right:
                    seconds = int(line.setups[stage, left, right])
                    model.add_setup_time(machine, table[left][stage], table[right][stage], seconds)
    if line.aim is Aim.TOTAL_TARDINESS:
        model.set_objective(weight_total_tardiness=1)
    elif line.aim is Aim.TOTAL_COMPLETION:
        model.set_objective(weight_total_flow_time=1)
    return model


def _of_hybrid(line: HybridLine) -> "Model":
    model = _empty_model()
    stages = [[model.add_machine() for _ in range(int(count))] for count in line.machines]
    for job in range(line.jobs):
        tasks = [model.add_task() for _ in stages]
        for stage, machines in enumerate(stages):
            for machine in machines:
                model.add_mode(tasks[stage], machine, int(line.durations[job, stage]))
        for before, after in itertools.pairwise(tasks):
            model.add_end_before_start(before, after)
    return model


def _finite(bound: float | None) -> int | None:
    return None if bound is None or not np.isfinite(bound) else round(bound)


if __name__ == "__main__":
    answer(lambda question: solve_against(Task(**question)))
