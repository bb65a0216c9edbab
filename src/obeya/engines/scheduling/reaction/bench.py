"""What is measured of reactions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import process_time

from ..budget import Budget
from ..checker import check
from ..objective import Objective
from ..packing import packed
from ..problem import Problem
from ..schedule import Schedule
from ..warm_up import compile_kernels
from .react import react, steady
from .seeded import disruptions_of

_HOUR_S = 3600


@dataclass(frozen=True)
class ReactionFigures:
    """One seeded disruption of a live plan.

    Attributes
    ----------
    first_s, all_s
        CPU seconds to the right-shifted plan, and to the improved one.
    first_worth, worth
        By the objective, stability in it.
    share_moved_a_shift
        Of the unfrozen operations.
    is_clean
        Whether the independent checker found nothing.
    """

    seed: int
    kind: str
    first_s: float
    all_s: float
    first_worth: float
    worth: float
    moved: int
    reassigned: int
    share_moved_a_shift: float
    newly_late: int
    is_clean: bool


def reaction_figures(
    problem: Problem,
    schedule: Schedule,
    *,
    seeds: Sequence[int] = range(20),
    work_units: int = 20_000,
    objective: Callable[[Schedule], Objective] = steady,
) -> list[ReactionFigures]:
    """React to seeded disruptions of a live plan that is packed, eight hours frozen."""
    compile_kernels()
    packed(problem, schedule.maintenance_start)
    rows = []
    for seed in seeds:
        hit = disruptions_of(problem, schedule, seed)
        told: list[float] = []
        began = process_time()
        found = react(
            problem,
            schedule,
            hit,
            now=problem.now,
            frozen_until=problem.now + 8 * _HOUR_S,
            objective=objective,
            budget=Budget(work_units),
            seed=seed,
            on_better=lambda *_, began=began, told=told: told.append(process_time() - began),
        )
        seconds = process_time() - began
        rows.append(
            ReactionFigures(
                seed=seed,
                kind=type(hit[0]).__name__,
                first_s=told[0],
                all_s=seconds,
                first_worth=found.first_worth[0],
                worth=found.worth[0],
                moved=len(found.changes.moved),
                reassigned=len(found.changes.reassigned),
                share_moved_a_shift=found.share_moved_a_shift,
                newly_late=len(found.changes.newly_late),
                is_clean=not check(found.situation.problem, found.schedule),
            )
        )
    return rows
