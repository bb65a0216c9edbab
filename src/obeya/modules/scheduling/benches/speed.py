"""Moves per second of the search on the plant model."""

import time

from obeya.engines.scheduling import Budget, Problem, Schedule
from obeya.engines.scheduling.search import solve

FEW, MANY = 10_000, 60_000  # moves of each worker


def exact_moves_per_s(problem: Problem, start: Schedule, workers: int) -> int:
    """Moves evaluated per second of processor time, times workers, from a plan on.

    A work unit is a move, so two runs of different length tell the speed without the set-up.
    """
    few, many = (_seconds(problem, start, workers, moves * workers) for moves in (FEW, MANY))
    return round((MANY - FEW) * workers / max(many - few, 1e-9))


def _seconds(problem: Problem, start: Schedule, workers: int, moves: int) -> float:
    began = time.process_time()
    solve(problem, budget=Budget(moves), seed=1, workers=workers, start=start)
    return (time.process_time() - began) / workers
