"""Small lines by chance, and what brute force and plain recursion say of them."""

from collections.abc import Iterable
from itertools import permutations

import numpy as np

from obeya.engines.scheduling.lines import Aim, FlowLine, HybridLine


def random_line(
    seed: int,
    *,
    aim: Aim = Aim.MAKESPAN,
    jobs: int = 6,
    stages: int = 3,
    setups: bool = False,
    no_wait: bool = False,
    shortest: int = 0,
) -> FlowLine:
    chance = np.random.default_rng(seed)
    durations = chance.integers(shortest, 20, (jobs, stages))
    return FlowLine.of(
        durations,
        setups=chance.integers(0, 25, (stages, jobs, jobs)) if setups else None,
        initial_setups=chance.integers(0, 25, (stages, jobs)) if setups else None,
        due=chance.integers(0, 20 * jobs, jobs),
        weight=chance.integers(1, 4, jobs),
        no_wait=no_wait,
        aim=aim,
    )


def random_hybrid(seed: int, *, jobs: int = 5, stages: int = 2) -> HybridLine:
    chance = np.random.default_rng(seed)
    return HybridLine.of(
        chance.integers(1, 20, (jobs, stages)), chance.integers(1, 4, stages).tolist()
    )


def ends_of(line: FlowLine, order: Iterable[int]) -> dict[int, int]:
    """When each job leaves the line; with waiting, from the recursion of the definition."""
    free, before, ends = [0] * line.stages, -1, {}
    for job in order:
        end = 0
        for stage in range(line.stages):
            setup = 0
            if before < 0 and line.initial_setups is not None:
                setup = int(line.initial_setups[stage, job])
            elif before >= 0 and line.setups is not None:
                setup = int(line.setups[stage, before, job])
            end = max(end, free[stage] + setup) + int(line.durations[job, stage])
            free[stage] = end
        ends[job], before = end, job
    return ends


def ends_without_waiting(line: FlowLine, order: Iterable[int]) -> dict[int, int]:
    """When each job leaves a line without waiting: tried start by start."""
    free, before, begin, ends = [0] * line.stages, -1, 0, {}
    for job in order:
        while True:
            time, fits = begin, True
            for stage in range(line.stages):
                setup = 0
                if before < 0 and line.initial_setups is not None:
                    setup = int(line.initial_setups[stage, job])
                elif before >= 0 and line.setups is not None:
                    setup = int(line.setups[stage, before, job])
                fits &= time >= free[stage] + setup
                time += int(line.durations[job, stage])
            if fits:
                break
            begin += 1
        time = begin
        for stage in range(line.stages):
            time += int(line.durations[job, stage])
            free[stage] = time
        ends[job], before = time, job
    return ends


def value_of(line: FlowLine, order: Iterable[int]) -> int:
    ends = (ends_without_waiting if line.no_wait else ends_of)(line, order)
    if line.aim is Aim.MAKESPAN:
        return max(ends.values())
    due = line.due if line.aim is Aim.TOTAL_TARDINESS and line.due is not None else [0] * line.jobs
    weight = line.weight if line.weight is not None else [1] * line.jobs
    return sum(int(weight[j]) * max(0, end - int(due[j])) for j, end in ends.items())


def least_by_brute_force(line: FlowLine) -> int:
    return min(value_of(line, order) for order in permutations(range(line.jobs)))


def shortest_by_brute_force(line: HybridLine) -> int:
    """All orders of entry, then at each stage all orders in which waiting jobs may be served."""

    def after(stage: int, ready: tuple[int, ...]) -> int:
        if stage == line.stages:
            return max(ready)
        known: set[tuple[int, ...]] = set()
        for order in permutations(range(line.jobs)):
            free, ends = [0] * int(line.machines[stage]), list(ready)
            for job in order:
                chosen = min(range(len(free)), key=free.__getitem__)
                free[chosen] = max(free[chosen], ready[job]) + int(line.durations[job, stage])
                ends[job] = free[chosen]
            known.add(tuple(ends))
        return min(after(stage + 1, ends) for ends in known)

    return after(0, (0,) * line.jobs)
