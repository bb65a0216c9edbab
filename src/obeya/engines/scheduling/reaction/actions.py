"""What a planner can decide besides moving operations: more hours, another machine, less work."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from ..arrays import Ints
from ..problem import Alternative, Problem
from ..schedule import Schedule
from .happened import Happened
from .standing import Standing

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
    RESEQUENCE = "resequence"
    """Other orders, with more time, let those that were hit go first."""


@dataclass(frozen=True)
class Decision:
    """What an action did to the tables.

    Attributes
    ----------
    action
    machines
        That work overtime.
    spans : tuple of (machine, start [s], end [s])
        The overtime.
    outside_s
        Seconds of run that are made outside.
    """

    action: Action
    machines: tuple[int, ...] = ()
    spans: tuple[tuple[int, int, int], ...] = ()
    outside_s: int = 0


def decide(
    happened: Happened, action: Action, standing: Standing, hit: Ints, *, outside_lead: int
) -> Decision | None:
    """Change the tables as an action asks for; None, and nothing changed, if it cannot be here.

    Parameters
    ----------
    hit
        Rows of the tables that are at stake, and that may be moved.
    outside_lead
        Clock seconds until a lot made outside is back.
    """
    match action:
        case Action.DELAY:
            return _stay(happened)
        case Action.OTHER_MACHINE:
            return _elsewhere(happened, standing, hit)
        case Action.OVERTIME:
            return _overtime(happened, standing, hit)
        case Action.SPLIT:
            return _split(happened, standing, hit)
        case Action.SUBCONTRACT:
            return _outside(happened, standing, hit, outside_lead)
        case Action.RESEQUENCE:
            return Decision(Action.RESEQUENCE)


def _stay(happened: Happened) -> Decision:
    chosen = np.zeros(len(happened.tables.way["run"]), bool)
    chosen[happened.schedule.alternative] = True
    old = happened.tables.way["operation"] < len(happened.schedule)
    happened.tables.ways_left_out |= set(np.flatnonzero(old & ~chosen).tolist())
    return Decision(Action.DELAY)


def _elsewhere(happened: Happened, standing: Standing, hit: Ints) -> Decision | None:
    tables, moved = happened.tables, False
    for row in hit.tolist():
        ways = np.flatnonzero(tables.way["operation"] == row)
        here = tables.way["machine"][ways] == tables.way["machine"][standing.way[row]]
        if here.all():
            continue
        tables.ways_left_out |= set(ways[here].tolist())
        moved = True
        if row < len(happened.schedule):
            happened.doubtful[row] = True
    return Decision(Action.OTHER_MACHINE) if moved else None


def _overtime(happened: Happened, standing: Standing, hit: Ints) -> Decision | None:
    problem, tables = happened.problem, happened.tables
    ways = standing.way[hit]
    machines = tuple(sorted(set(tables.way["machine"][ways].tolist())))
    crews = dict(zip(tables.way["crew"][ways].tolist(), ways.tolist(), strict=True))
    since = max(int(standing.start[hit].min(initial=2**62)), happened.now)
    spans: list[tuple[int, int, int]] = []
    for machine in machines:
        shifts = problem.calendars.intervals(int(problem.machines.calendar[machine]))
        extra = _after_shifts(shifts, happened.now, since)
        if not extra:
            continue
        spans += [(machine, *span) for span in extra]
        tables.machine["calendar"][machine] = tables.add_calendar(sorted([*shifts, *extra]))
    if not spans:
        return None
    for crew, way in crews.items():
        if crew < 0:
            continue
        heads = int(tables.way["heads"][way])
        on = set(tables.way["machine"][ways[tables.way["crew"][ways] == crew]].tolist())
        for start, end in sorted({span[1:] for span in spans if span[0] in on}):
            tables.change_pool(crew, start, end, heads)
    s = happened.schedule
    of_crew = np.isin(problem.alternatives.crew[s.alternative], [c for c in crews if c >= 0])
    happened.doubtful[: len(s)] |= np.isin(s.machine, machines) | of_crew
    return Decision(Action.OVERTIME, machines, tuple(sorted(spans)))


def _after_shifts(shifts: list[tuple[int, int]], now: int, since: int) -> list[tuple[int, int]]:
    """Three hours after the last shifts of a day, from one before the first hit operation on."""
    extra = []
    first = max(now, since - _DAY_S)
    for (_, end), (begin, _) in pairwise(shifts):
        if first < end < first + _OVERTIME_DAYS * _DAY_S and begin - end > _OVERTIME_S:
            extra.append((end, end + _OVERTIME_S))
    return extra


def _longest(happened: Happened, standing: Standing, hit: Ints, *, can: str) -> int | None:
    """The longest of the lots that were hit, made one at a time and without a maximum wait."""
    tables = happened.tables
    arc, way = tables.arc, tables.way
    bound = set(arc["before"][arc["maximum_wait"] >= 0].tolist())
    bound |= set(arc["after"][arc["maximum_wait"] >= 0].tolist())
    rows = [row for row in hit.tolist() if row not in bound]
    if can == "split":
        recipe = tables.operation["recipe"]
        rows = [r for r in rows if recipe[r] < 0 and len(_machines(happened, r)) > 1]
    runs = way["run"][standing.way]
    return max(rows, key=lambda row: (int(runs[row]), -row)) if rows else None


def _machines(happened: Happened, row: int) -> set[int]:
    way = happened.tables.way
    return set(way["machine"][way["operation"] == row].tolist())


def _split(happened: Happened, standing: Standing, hit: Ints) -> Decision | None:
    row = _longest(happened, standing, hit, can="split")
    if row is None:
        return None
    tables = happened.tables
    here = int(tables.way["machine"][standing.way[row]])
    arc = {name: column.copy() for name, column in tables.arc.items()}
    copy = tables.copy_operation(row, share=0.5)
    for way in np.flatnonzero(tables.way["operation"] == row).tolist():
        tables.way["run"][way] -= int(tables.way["run"][way]) // 2
        if tables.way["machine"][way] != here:
            tables.ways_left_out.add(way)
    for way in np.flatnonzero(tables.way["operation"] == copy).tolist():
        if tables.way["machine"][way] == here:
            tables.ways_left_out.add(way)
    for a in np.flatnonzero((arc["after"] == row) | (arc["before"] == row)).tolist():
        before, after = int(arc["before"][a]), int(arc["after"][a])
        tables.add_arc(
            copy if before == row else before,
            copy if after == row else after,
            kind=int(arc["kind"][a]),
            lag=int(arc["lag"][a]),
            end_lag=int(arc["end_lag"][a]),
        )
    if row < len(happened.schedule):
        happened.doubtful[row] = True
    happened.add_rows([copy], float(standing.key[row]))
    _join_if_last(happened, row, copy, float(standing.key[row]))
    return Decision(Action.SPLIT)


def _join_if_last(happened: Happened, row: int, copy: int, key: float) -> None:
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
    happened.add_rows([join], key)


def _outside(happened: Happened, standing: Standing, hit: Ints, lead: int) -> Decision | None:
    row = _longest(happened, standing, hit, can="leave")
    if row is None:
        return None
    tables = happened.tables
    run = int(tables.way["run"][standing.way[row]])
    tables.ways_left_out |= set(np.flatnonzero(tables.way["operation"] == row).tolist())
    tables.add_way(row, Alternative(_own_machine(happened, "made outside"), lead))
    if row < len(happened.schedule):
        happened.doubtful[row] = True
    return Decision(Action.SUBCONTRACT, outside_s=run)


def _own_machine(happened: Happened, label: str) -> int:
    """A machine that nobody else uses and that never rests."""
    always = happened.tables.add_calendar([(happened.now, happened.problem.horizon)])
    return happened.tables.add_machine(always, label)


def worked_in(problem: Problem, schedule: Schedule, decision: Decision) -> float:
    """Hours that machines work in overtime."""
    total = 0
    for machine, start, end in decision.spans:
        on = schedule.machine == machine
        inside = np.minimum(schedule.end, end) - np.maximum(schedule.setup_start, start)
        batches = np.unique(
            np.column_stack([schedule.machine, schedule.start, np.maximum(inside, 0)])[on], axis=0
        )
        total += int(batches[:, 2].sum())
    return total / 3600
