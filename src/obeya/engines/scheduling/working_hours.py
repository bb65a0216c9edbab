"""When each alternative can be worked on: the shifts of its machine and its crew together."""

import numpy as np

from .arrays import Ints
from .problem import Problem
from .working_time import Spans, intersect, join, without, worked_before

Known = dict[tuple[object, ...], Spans]  # by content, so that similar problems can share it


def working_hours(
    problem: Problem, maintenance_start: Ints, known: Known
) -> tuple[Ints, Ints, Ints, Ints, Known]:
    """Calendar of each alternative and of each machine: shifts less maintenance, with the crew.

    Parameters
    ----------
    known
        Hours that were computed before for a similar problem.

    Returns
    -------
    of_way : shape (A,), of_machine : shape (M,)
        Which calendar.
    span : shape (I, 3)
        Start, end, seconds worked before.
    first : shape (C + 1,)
        First span of each calendar.
    known
        The hours of this problem, for the next similar one.
    """
    hours = _Hours(problem, maintenance_start, known)
    ways = problem.alternatives
    of_machine = [hours.row(machine, -1, 0) for machine in range(len(problem.machines))]
    heads = np.where(ways.crew >= 0, ways.heads, 0)
    most = int(heads.max(initial=0)) + 1
    code = (ways.machine * (len(problem.pools) + 1) + ways.crew + 1) * most + heads
    _, one_of, inverse = np.unique(code, return_index=True, return_inverse=True)
    triples = zip(
        ways.machine[one_of].tolist(),
        ways.crew[one_of].tolist(),
        heads[one_of].tolist(),
        strict=True,
    )
    of_distinct = np.array([hours.row(*triple) for triple in triples], dtype=np.int64)
    of_way = of_distinct[inverse.reshape(-1)]
    span = np.concatenate([np.zeros((0, 3), np.int64), *hours.spans])
    first = np.cumsum([0, *(len(row) for row in hours.spans)], dtype=np.int64)
    return of_way, np.array(of_machine, dtype=np.int64), span, first, hours.used


class _Hours:
    """The calendars of one problem while they are collected."""

    def __init__(self, problem: Problem, maintenance_start: Ints, known: Known) -> None:
        self.problem, self.known = problem, known
        self.used: Known = {}
        self._present: dict[tuple[int, int], Spans] = {}
        self.spans: list[Spans] = []
        self._rows: dict[tuple[object, ...], int] = {}
        self._cuts: dict[int, list[tuple[int, int]]] = {}
        jobs, begins = problem.maintenance, maintenance_start.tolist()
        for machine, begin, duration in zip(
            jobs.machine.tolist(), begins, jobs.duration.tolist(), strict=True
        ):
            self._cuts.setdefault(machine, []).append((begin, begin + duration))
        self._calendar = _contents(
            problem.calendars.first, problem.calendars.start, problem.calendars.end
        )
        pools = problem.pools
        self._pool = _contents(pools.first, pools.start, pools.end, pools.capacity)

    def row(self, machine: int, crew: int, heads: int) -> int:
        """The row of ``spans`` for a machine with so many heads of a crew (-1: without one)."""
        calendar = int(self.problem.machines.calendar[machine])
        cuts = tuple(self._cuts.get(machine, ()))
        key = (self._calendar[calendar], cuts, self._pool[crew] if crew >= 0 else b"", heads)
        row = self._rows.get(key)
        if row is None:
            spans = self.known.get(key)
            if spans is None:
                spans = self._computed(calendar, cuts, crew, heads, machine)
            self.used[key] = spans
            row = self._rows[key] = len(self.spans)
            self.spans.append(spans)
        return row

    def _computed(
        self, calendar: int, cuts: tuple[tuple[int, int], ...], crew: int, heads: int, machine: int
    ) -> Spans:
        if crew >= 0:
            alone = self.spans[self.row(machine, -1, 0)][:, :2]
            if (crew, heads) not in self._present:
                self._present[crew, heads] = presence(self.problem, crew, heads)
            spans = intersect(alone, self._present[crew, heads])
        else:
            spans = shifts_without(self.problem, calendar, np.array(cuts, np.int64).reshape(-1, 2))
        return np.column_stack([spans, worked_before(spans)])


def shifts_without(problem: Problem, calendar: int, cuts: Spans) -> Spans:
    """The shifts of a calendar, less the times of some cuts."""
    shifts = problem.calendars
    rows = slice(shifts.first[calendar], shifts.first[calendar + 1])
    return without(np.column_stack([shifts.start[rows], shifts.end[rows]]), cuts)


def presence(problem: Problem, crew: int, heads: int) -> Spans:
    """When so many heads of a crew are there."""
    pools = problem.pools
    rows = slice(pools.first[crew], pools.first[crew + 1])
    there = pools.capacity[rows] >= heads
    return join(np.column_stack([pools.start[rows][there], pools.end[rows][there]]))


def _contents(first: Ints, *columns: Ints) -> list[bytes]:
    """What each row of compressed columns holds, to know equal rows by."""
    bounds = zip(first[:-1].tolist(), first[1:].tolist(), strict=True)
    return [b"".join(column[low:high].tobytes() for column in columns) for low, high in bounds]
