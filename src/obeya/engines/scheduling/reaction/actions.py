"""What a planner can decide besides moving operations: more hours, another machine, less work."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from ..arrays import Ints
from ..problem import Alternative, Problem
from ..schedule import Schedule
from .happened import Happened

_DAY_S = 86_400
_OVERTIME_S = 3 * 3600  # at most, after a shift
_OVERTIME_DAYS = 3


class Action(StrEnum):
    """A kind of answer to a disruption."""

    DELAY = "delay"
    """Every operation stays on its machine; orders are delayed."""
    OTHER_MACHINE = "other_machine"
    """What was hit goes to other machines."""
    OVERTIME = "overtime"
    """The machines that were hit, and their crews, work up to three hours more after each shift
    of three days."""
    SPLIT = "split"
    """The longest lot that was hit is cut in two halves on two machines."""
    SUBCONTRACT = "subcontract"
    """The longest lot that was hit is made outside."""


@dataclass(frozen=True)
class Decision:
    """What an action did to the tables.

    Attributes
    ----------
    action
    machines
        That work overtime.
    spans : tuple of (start [s], end [s])
        The overtime.
    outside_s
        Seconds of run that are made outside.
    """

    action: Action
    machines: tuple[int, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    outside_s: int = 0


def decide(happened: Happened, action: Action, hit: Ints, *, outside_lead: int) -> Decision | None:
    """Change the tables as an action asks for; None if it is not possible here.

    Parameters
    ----------
    hit
        Rows of the tables that a disruption hit, and that may be moved.
    outside_lead
        Clock seconds until a lot made outside is back.
    """
    match action:
        case Action.DELAY:
            return _stay(happened)
        case Action.OTHER_MACHINE:
            return _elsewhere(happened, hit)
        case Action.OVERTIME:
            return _overtime(happened, hit)
        case Action.SPLIT:
            return _split(happened, hit)
        case Action.SUBCONTRACT:
            return _outside(happened, hit, outside_lead)


def _stay(happened: Happened) -> Decision:
    chosen = np.zeros(len(happened.tables.way["run"]), bool)
    chosen[happened.schedule.alternative] = True
    old = happened.tables.way["operation"] < len(happened.schedule)
    happened.tables.ways_left_out |= set(np.flatnonzero(old & ~chosen).tolist())
    return Decision(Action.DELAY)


def _elsewhere(happened: Happened, hit: Ints) -> Decision | None:
    tables, moved = happened.tables, False
    for row in hit.tolist():
        ways = np.flatnonzero(tables.way["operation"] == row)
        here = tables.way["machine"][ways] == happened.schedule.machine[row]
        if here.all():
            continue
        tables.ways_left_out |= set(ways[here].tolist())
        happened.doubtful[row] = moved = True
    return Decision(Action.OTHER_MACHINE) if moved else None


def _overtime(happened: Happened, hit: Ints) -> Decision | None:
    problem, s, now = happened.problem, happened.schedule, happened.now
    machines = tuple(sorted({int(s.machine[row]) for row in hit.tolist()}))
    crews = {int(problem.alternatives.crew[s.alternative[row]]): row for row in hit.tolist()}
    spans: set[tuple[int, int]] = set()
    for machine in machines:
        shifts = problem.calendars.intervals(int(problem.machines.calendar[machine]))
        extra = _after_shifts(shifts, now)
        if not extra:
            continue
        spans |= set(extra)
        happened.tables.machine["calendar"][machine] = happened.tables.add_calendar(
            sorted([*shifts, *extra])
        )
    if not spans:
        return None
    for crew, row in crews.items():
        heads = int(problem.alternatives.heads[s.alternative[row]])
        for start, end in spans:
            if crew >= 0:
                happened.tables.change_pool(crew, start, end, heads)
    of_crew = np.isin(problem.alternatives.crew[s.alternative], [c for c in crews if c >= 0])
    happened.doubtful[: len(s)] |= np.isin(s.machine, machines) | of_crew
    return Decision(Action.OVERTIME, machines, tuple(sorted(spans)))


def _after_shifts(shifts: list[tuple[int, int]], now: int) -> list[tuple[int, int]]:
    """Up to three hours after each day's last shift, until the next one begins."""
    extra = []
    for (_, end), (begin, _) in pairwise(shifts):
        if now < end < now + _OVERTIME_DAYS * _DAY_S and begin - end > _OVERTIME_S:
            extra.append((end, end + _OVERTIME_S))
    return extra


def _longest(happened: Happened, hit: Ints, *, can: str) -> int | None:
    """The longest of the lots that were hit, made one at a time and without a maximum wait."""
    problem, s = happened.problem, happened.schedule
    arcs = problem.precedence
    bound = set(arcs.before[arcs.maximum_wait >= 0].tolist())
    bound |= set(arcs.after[arcs.maximum_wait >= 0].tolist())
    rows = [row for row in hit.tolist() if row < len(s) and row not in bound]
    if can == "split":
        rows = [
            row
            for row in rows
            if problem.operations.recipe[row] < 0 and len(_machines(problem, row)) > 1
        ]
    runs = problem.alternatives.run[s.alternative]
    return max(rows, key=lambda row: (int(runs[row]), -row)) if rows else None


def _machines(problem: Problem, row: int) -> set[int]:
    return {int(problem.alternatives.machine[way]) for way in problem.alternatives_of(row)}


def _split(happened: Happened, hit: Ints) -> Decision | None:
    row = _longest(happened, hit, can="split")
    if row is None:
        return None
    tables, arcs = happened.tables, happened.problem.precedence
    here = int(happened.schedule.machine[row])
    copy = tables.copy_operation(row, share=0.5)
    for way in np.flatnonzero(tables.way["operation"] == row).tolist():
        tables.way["run"][way] -= int(tables.way["run"][way]) // 2
        if tables.way["machine"][way] != here:
            tables.ways_left_out.add(way)
    for way in np.flatnonzero(tables.way["operation"] == copy).tolist():
        if tables.way["machine"][way] == here:
            tables.ways_left_out.add(way)
    for arc in np.flatnonzero((arcs.after == row) | (arcs.before == row)).tolist():
        before, after = int(arcs.before[arc]), int(arcs.after[arc])
        tables.add_arc(
            copy if before == row else before,
            copy if after == row else after,
            kind=int(arcs.kind[arc]),
            lag=int(tables.arc["lag"][arc]),
            end_lag=int(tables.arc["end_lag"][arc]),
        )
    happened.doubtful[row] = True
    happened.add_rows([copy], float(happened.schedule.start[row]))
    _join_if_last(happened, row, copy)
    return Decision(Action.SPLIT)


def _join_if_last(happened: Happened, row: int, copy: int) -> None:
    """When a lot that completes its order was cut, both halves do: they meet without work."""
    tables = happened.tables
    last = tables.order["last_operation"]
    if not (last == row).any():
        return
    join = tables.copy_operation(row, share=1.0)
    ways = np.flatnonzero(tables.way["operation"] == join)
    tables.ways_left_out |= set(ways.tolist())
    tables.add_way(join, Alternative(_own_machine(happened, "meeting of the halves"), 0))
    tables.add_arc(row, join)
    tables.add_arc(copy, join)
    last[last == row] = join
    happened.add_rows([join], float(happened.schedule.start[row]))


def _outside(happened: Happened, hit: Ints, lead: int) -> Decision | None:
    row = _longest(happened, hit, can="leave")
    if row is None:
        return None
    tables, s = happened.tables, happened.schedule
    tables.ways_left_out |= set(np.flatnonzero(tables.way["operation"] == row).tolist())
    tables.add_way(row, Alternative(_own_machine(happened, "made outside"), lead))
    happened.doubtful[row] = True
    run = int(happened.problem.alternatives.run[s.alternative[row]])
    return Decision(Action.SUBCONTRACT, outside_s=run)


def _own_machine(happened: Happened, label: str) -> int:
    """A machine that nobody else uses and that never rests."""
    always = happened.tables.add_calendar([(happened.now, happened.problem.horizon)])
    return happened.tables.add_machine(always, label)


def worked_in(problem: Problem, schedule: Schedule, decision: Decision) -> float:
    """Hours that machines work in overtime."""
    total = 0
    for start, end in decision.spans:
        on = np.isin(schedule.machine, decision.machines)
        inside = np.minimum(schedule.end, end) - np.maximum(schedule.setup_start, start)
        batches = np.unique(
            np.column_stack([schedule.machine, schedule.start, np.maximum(inside, 0)])[on], axis=0
        )
        total += int(batches[:, 2].sum())
    return total / 3600
