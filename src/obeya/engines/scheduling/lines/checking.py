"""A check of a line's plan in plain Python, from the definitions; no solver has a part in it."""

from itertools import pairwise

from ..arrays import Ints
from .flow_line import Aim, FlowLine
from .hybrid_line import HybridLine


def faults_of_line(line: FlowLine, order: Ints, start: Ints) -> list[str]:
    """Say what is wrong with a plan of a line without passing; empty if nothing.

    Every stage serves the jobs in the one order, one at a time and set up; every job goes from
    stage to stage, without waiting where the line says so.

    Parameters
    ----------
    order : shape (J,)
        The jobs as they pass. Starts alone do not tell it: jobs that take no time share theirs.
    start : shape (J, S)
    """
    if start.shape != line.durations.shape:
        return ["The starts have another shape than the durations."]
    found = _faults_of_jobs(line.durations, start, no_wait=line.no_wait)
    if sorted(order.tolist()) != list(range(line.jobs)):
        return [*found, "The order does not name each job once."]
    end = start + line.durations
    for stage in range(line.stages):
        if line.initial_setups is not None:
            asked = int(line.initial_setups[stage, order[0]])
            if start[order[0], stage] < asked:
                found.append(f"Job {order[0]} is first on stage {stage} without its setup.")
        for ahead, after in pairwise(order):
            if start[after, stage] < start[ahead, stage]:
                found.append(f"Job {after} passes job {ahead} on stage {stage}.")
            setup = 0 if line.setups is None else int(line.setups[stage, ahead, after])
            if start[after, stage] < end[ahead, stage] + setup:
                text = f"Job {after} starts on stage {stage} at {start[after, stage]}"
                found.append(f"{text}, before job {ahead} is done and the stage set up.")
    return found


def faults_of_hybrid(line: HybridLine, start: Ints, machine: Ints) -> list[str]:
    """Say what is wrong with a plan of a hybrid line, both shape (J, S); empty if nothing."""
    if start.shape != line.durations.shape or machine.shape != line.durations.shape:
        return ["The plan has another shape than the durations."]
    found = _faults_of_jobs(line.durations, start, no_wait=False)
    first = 0
    for stage, machines in enumerate(line.machines.tolist()):
        spans: dict[int, list[tuple[int, int, int]]] = {}
        for job in range(line.jobs):
            begin = int(start[job, stage])
            end = begin + int(line.durations[job, stage])
            spans.setdefault(int(machine[job, stage]), []).append((begin, end, job))
        for number, on_it in spans.items():
            if not first <= number < first + machines:
                found.append(f"Machine {number} is not one of stage {stage}.")
            for (_, end, ahead), (begin, _, after) in pairwise(sorted(on_it)):
                if begin < end:
                    found.append(f"Jobs {ahead} and {after} are on machine {number} together.")
        first += machines
    return found


def value_of_line(line: FlowLine, start: Ints) -> int:
    """The aim of a line by its starts."""
    ends = [int(start[job, -1] + line.durations[job, -1]) for job in range(line.jobs)]
    if line.aim is Aim.MAKESPAN:
        return max(ends)
    due, weight = line.due_or_zero.tolist(), line.weight_or_one.tolist()
    return sum(w * max(0, end - d) for end, d, w in zip(ends, due, weight, strict=True))


def value_of_hybrid(line: HybridLine, start: Ints) -> int:
    """The makespan of a hybrid line by its starts."""
    return max(int(start[job, -1] + line.durations[job, -1]) for job in range(line.jobs))


def _faults_of_jobs(durations: Ints, start: Ints, *, no_wait: bool) -> list[str]:
    found = []
    for job, row in enumerate(start.tolist()):
        if row[0] < 0:
            found.append(f"Job {job} starts before time 0.")
        for stage in range(len(row) - 1):
            end = row[stage] + int(durations[job, stage])
            if row[stage + 1] < end:
                found.append(f"Job {job} starts on stage {stage + 1} before it has left {stage}.")
            if no_wait and row[stage + 1] > end:
                found.append(f"Job {job} waits after stage {stage}.")
    return found
