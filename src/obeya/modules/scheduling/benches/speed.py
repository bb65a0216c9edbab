"""Moves per second of the search on the plant model."""

from obeya.engines.scheduling import Problem, Schedule
from obeya.engines.scheduling.search import solve

from .timer import Timer


def exact_moves_per_s(problem: Problem, start: Schedule, seconds: float) -> int:
    """Moves that one worker evaluates per second of processor time, in a search of some seconds."""
    moves, timer = [0], Timer(seconds)
    solve(problem, budget=timer.budget(), seed=1, start=start, on_moves=moves.append)
    return round(moves[-1] / timer.cpu_seconds())
