"""What holds the plan up week by week, and what one more hour of it is worth."""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .cause import Cause
from .checker.reading import Reading, Span
from .explain import LateOrder, explain_late_orders
from .problem import Problem
from .schedule import Schedule

_WEEK_S = 7 * 86_400
_HOUR_S = 3600


class Kind(StrEnum):
    """What can be short; of equal ones, the first here is named."""

    MACHINES = "machines"
    CREW = "crew"
    SETTER = "setter"
    TOOL = "tool"


@dataclass(frozen=True)
class Bottleneck:
    """What late orders wait for most in a week.

    Attributes
    ----------
    week
        Of the plan, from 0; week w begins ``w`` weeks after now.
    kind, rows
        Machines that stand in for each other, or one pool of people, setters or tools.
    load
        Share of their working time in which they are busy; of people, of all that are there; of
        tools, which stay on the machine over night, of all hours.
    waiting_h
        Hours that late orders wait for them along their critical chains, each times its weight.
    hour_is_worth
        Weighted hours of tardiness that one more hour of them would save, by the chains: an order
        gains as long as it waits for them and is late, and an hour at most.
    """

    week: int
    kind: Kind
    rows: tuple[int, ...]
    load: float
    waiting_h: float
    hour_is_worth: float


_Key = tuple[int, Kind, int]  # week, kind, first row
_RANK = {kind: -place for place, kind in enumerate(Kind)}


def bottlenecks(problem: Problem, schedule: Schedule) -> list[Bottleneck]:
    """For each week with work what late orders wait for most; without any, what is busiest."""
    group_of = _groups(problem)
    members: dict[int, list[int]] = defaultdict(list)
    for machine, group in enumerate(group_of):
        members[group].append(machine)
    busy = _busy(problem, schedule, group_of)
    waiting: dict[_Key, float] = defaultdict(float)
    worth: dict[_Key, float] = defaultdict(float)
    for late in explain_late_orders(problem, schedule):
        weight = int(problem.orders.weight[late.order])
        for key, seconds in _waits(problem, schedule, late, group_of).items():
            waiting[key] += weight * seconds / _HOUR_S
            worth[key] += weight * min(_HOUR_S, seconds, late.delay) / _HOUR_S
    found = []
    for week in sorted({week for week, _, _ in busy}):
        keys = [key for key in {**busy, **waiting} if key[0] == week]
        load = {key: busy.get(key, 0) / max(_there(problem, key, members), 1) for key in keys}
        key = max(keys, key=lambda k: (waiting.get(k, 0.0), load[k], _RANK[k[1]], -k[2]))
        rows = tuple(members[key[2]]) if key[1] is Kind.MACHINES else (key[2],)
        found.append(
            Bottleneck(week, key[1], rows, load[key], waiting.get(key, 0.0), worth.get(key, 0.0))
        )
    return found


def _groups(problem: Problem) -> list[int]:
    """The least machine of those that can stand in for each other, for each machine."""
    parent = list(range(len(problem.machines)))

    def root(machine: int) -> int:
        while parent[machine] != machine:
            machine = parent[machine]
        return machine

    operation, machine = problem.alternatives.operation, problem.alternatives.machine
    same = np.flatnonzero(operation[1:] == operation[:-1])
    pairs = {(int(machine[row]), int(machine[row + 1])) for row in same}
    for left, right in pairs:
        low, high = sorted((root(left), root(right)))
        parent[high] = low
    return [root(machine) for machine in range(len(parent))]


def _waits(
    problem: Problem, schedule: Schedule, late: LateOrder, group_of: list[int]
) -> dict[_Key, int]:
    """Seconds by week that the chain of a late order waits for machines and for pools."""
    seconds: dict[_Key, int] = defaultdict(int)
    for segment in late.chain:
        way = int(schedule.alternative[segment.operation])
        machine = int(schedule.machine[segment.operation])
        match segment.cause:
            case Cause.MACHINE_QUEUE:
                kind, row = Kind.MACHINES, group_of[machine]
            case Cause.CREW:
                kind, row = Kind.CREW, int(problem.alternatives.crew[way])
            case Cause.SETTER:
                kind, row = Kind.SETTER, int(problem.machines.setter[machine])
            case Cause.TOOL:
                kind, row = Kind.TOOL, int(problem.alternatives.tool[way])
            case _:
                continue
        for week, share in _by_week(problem.now, segment.start, segment.end):
            seconds[week, kind, row] += share
    return seconds


def _busy(problem: Problem, schedule: Schedule, group_of: list[int]) -> dict[_Key, int]:
    """Seconds of work by week: of machines, of heads, of setters, of tools in use."""
    reading, seconds = Reading(problem, schedule), defaultdict[_Key, int](int)

    def add(kind: Kind, row: int, spans: list[Span], amount: int = 1) -> None:
        for start, end in spans if row >= 0 else ():
            for week, share in _by_week(problem.now, start, end):
                seconds[week, kind, row] += share * amount

    for machine, batches in reading.sequences.items():
        setter = int(problem.machines.setter[machine])
        for first in (batch[0] for batch in batches):
            begin, end = max(problem.now, reading.setup_start[first]), reading.end[first]
            pieces = reading.pieces(first, begin, end)
            add(Kind.MACHINES, group_of[machine], pieces)
            add(Kind.CREW, reading.crew[first], pieces, reading.heads[first])
            if not reading.started[first]:
                add(Kind.SETTER, setter, reading.pieces(first, begin, reading.start[first]))
    for i, tool in enumerate(reading.tool):  # each operation of a batch holds its own
        add(Kind.TOOL, tool, [(max(problem.now, reading.setup_start[i]), reading.end[i])])
    return seconds


def _there(problem: Problem, key: _Key, members: dict[int, list[int]]) -> int:
    """Seconds that a week offers: of machines, of heads, of setters, of tools."""
    week, kind, row = key
    low = problem.now + week * _WEEK_S
    high = min(low + _WEEK_S, problem.horizon)
    if kind is not Kind.MACHINES:
        steps = problem.pools.steps(row)
        return sum(heads * max(0, min(end, high) - max(start, low)) for start, end, heads in steps)
    total = 0
    for machine in members[row]:
        calendar = int(problem.machines.calendar[machine])
        total += sum(
            max(0, min(end, high) - max(start, low))
            for start, end in problem.calendars.intervals(calendar)
        )
    return total


def _by_week(now: int, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a stretch at the ends of the weeks: (week, seconds)."""
    parts = []
    while start < end:
        week = (start - now) // _WEEK_S
        cut = min(end, now + (week + 1) * _WEEK_S)
        parts.append((week, cut - start))
        start = cut
    return parts
