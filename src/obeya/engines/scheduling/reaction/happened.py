"""What disruptions and the passing of time do to the tables of a problem."""

from collections.abc import Sequence
from functools import singledispatchmethod

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints
from ..packing import packed
from ..problem import END_TO_START, Problem
from ..schedule import Schedule
from .columns import refuse_unknown, without_span
from .disruption import AbsentCrew, Breakdown, Disruption, LateMaterial, RushOrder, Scrap
from .progress import Progress, progress_at
from .spoilt import Spoilt
from .tables import Rebuilt, Tables

Mask = NDArray[np.bool_]


class Happened:
    """The tables of a problem, changed by what happened; rows are those of the tables.

    Attributes
    ----------
    doubtful, look_at : shape (rows,)
        Operations whose bar calendar, line or pools may no longer hold; and those that may have
        to move for another reason.
    added
        New rows, and the key by which they go if all must be placed anew; see `Change.add`.
    """

    def __init__(self, problem: Problem, schedule: Schedule, now: int) -> None:
        self.problem, self.schedule, self.now = problem, schedule, now
        self.tables = Tables(problem)
        self.tables.now = now
        self.doubtful: Mask = np.zeros(len(problem), bool)
        self.look_at: Mask = np.zeros(len(problem), bool)
        self.added: list[tuple[Ints, float]] = []
        self._scrapped: list[Scrap] = []
        self._waived: list[tuple[int, int]] = []
        self._maintenance_start: list[int] = schedule.maintenance_start.tolist()

    @singledispatchmethod
    def take(self, disruption: Disruption) -> None:
        """Let a disruption happen."""
        raise TypeError(f"Unknown disruption {disruption!r}.")

    @take.register
    def _(self, breakdown: Breakdown) -> None:
        s, machine = self.schedule, breakdown.machine
        refuse_unknown([machine], len(self.problem.machines), "machine")
        hit = (s.machine == machine) & (s.setup_start < breakdown.end) & (s.end > breakdown.start)
        self.doubtful |= hit
        spans = [(breakdown.start, breakdown.end)]
        jobs = self.tables.maintenance
        for row, begin in enumerate(self._maintenance_start):
            if jobs["machine"][row] == machine:
                spans = without_span(spans, begin, begin + int(jobs["duration"][row]))
        for start, end in spans:
            self.tables.add_maintenance(machine, start, end)
            self._maintenance_start.append(start)

    @take.register
    def _(self, late: LateMaterial) -> None:
        rows = list(late.operations)
        refuse_unknown(rows, len(self.problem), "operation")
        release = self.tables.operation["release"]
        release[rows] = np.maximum(release[rows], late.release)
        self.look_at[rows] = True

    @take.register
    def _(self, absent: AbsentCrew) -> None:
        s, ways = self.schedule, self.problem.alternatives
        pool = absent.pool
        refuse_unknown([pool], len(self.problem.pools), "pool")
        users = (ways.crew[s.alternative] == pool) | (ways.tool[s.alternative] == pool)
        users |= self.problem.machines.setter[s.machine] == pool
        self.doubtful |= users & (s.setup_start < absent.end) & (s.end > absent.start)
        self.tables.change_pool(pool, absent.start, absent.end, -absent.heads)

    @take.register
    def _(self, scrap: Scrap) -> None:
        refuse_unknown(scrap.operations, len(self.problem), "operation")
        self._scrapped.append(scrap)

    @take.register
    def _(self, rush: RushOrder) -> None:
        _, rows = self.tables.add_order(rush.order)
        self.add_rows(rows, np.inf)

    def settle_progress(self, disruptions: Sequence[Disruption]) -> None:
        """Fix what has begun, leave out what is done, make again what was spoilt."""
        pack = packed(self.problem, self.schedule.maintenance_start)
        breakdowns = [d for d in disruptions if isinstance(d, Breakdown)]
        progress = progress_at(pack, self.schedule, self.now, breakdowns)
        columns, s = self.tables.operation, self.schedule
        for row, left in progress.remaining.items():
            self._fix(row, left)
        for row in progress.in_setup:
            self._fix(row, -1)
        self._set_up(progress.done)
        for row in progress.done:
            self._leave_out(row)
        self._keep_the_last_of_kept(progress.done)
        for scrap in self._scrapped:
            self._make_good(scrap, progress)
        early = np.zeros(len(self.tables), bool)
        early[: len(s)] = s.setup_start < self.now
        self.doubtful |= early & (columns["fixed_alternative"] < 0)
        self._unpin_what_is_hit()
        self._settle_maintenance()

    def _fix(self, row: int, remaining: int) -> None:
        columns, s = self.tables.operation, self.schedule
        columns["fixed_alternative"][row] = s.alternative[row]
        columns["fixed_start"][row] = s.start[row]
        columns["remaining"][row] = remaining

    def _set_up(self, done: Sequence[int]) -> None:
        """Each machine is set up for what it did last; ``done`` goes by start."""
        ways, s = self.problem.alternatives, self.schedule
        for row in done:
            family = ways.family[s.alternative[row]]
            self.tables.machine["initial_family"][s.machine[row]] = family

    def _leave_out(self, row: int) -> None:
        """Leave out what is done, unless something still has to keep a distance from it."""
        arc, end = self.tables.arc, min(int(self.schedule.end[row]), self.now)
        binds = False
        for a in np.flatnonzero(arc["before"] == row).tolist():
            if arc["kind"][a] == END_TO_START:
                lag = max(0, end + int(arc["lag"][a]) - self.now)
                arc["lag"][a] = lag
                wait = int(arc["maximum_wait"][a])
                if wait >= 0:
                    wait = end + wait - self.now
                    arc["maximum_wait"][a] = max(wait, -1) if wait >= lag else -1
                    if wait < lag:
                        self._waived.append((row, int(arc["after"][a])))
                binds |= lag > 0 or arc["maximum_wait"][a] >= 0
            else:
                arc["end_lag"][a] = max(0, end + int(arc["end_lag"][a]) - self.now)
                later = int(self.schedule.start[row]) + int(arc["lag"][a]) > self.now
                binds |= later or arc["end_lag"][a] > 0
        if binds:
            self._fix(row, 0)
        else:
            self.tables.left_out.add(row)

    def _keep_the_last_of_kept(self, done: Sequence[int]) -> None:
        """Where something done is kept, its machine must not seem set up for it if more came."""
        last = {int(self.schedule.machine[row]): row for row in done}
        kept = {int(self.schedule.machine[r]) for r in done if r not in self.tables.left_out}
        for machine in kept:
            self._fix(last[machine], 0)
            self.tables.left_out.discard(last[machine])

    def _make_good(self, scrap: Scrap, progress: Progress) -> None:
        done, begun = set(progress.done), progress.remaining
        spoilt = Spoilt(self.tables, self.schedule, done=done, begun=begun)
        spoilt.make_good(scrap)
        self.doubtful[spoilt.longer] = True
        self.add_rows(list(spoilt.again.values()), float(self.now))

    def _unpin_what_is_hit(self) -> None:
        columns = self.tables.operation
        pinned = (columns["fixed_alternative"] >= 0) & (columns["remaining"] < 0)
        late = columns["release"][: len(self.schedule)] > self.schedule.start
        hit = self.doubtful.copy()
        hit[: len(self.schedule)] |= late
        columns["fixed_alternative"][pinned & hit] = -1

    def _settle_maintenance(self) -> None:
        """What has begun stays; the rest cannot go back before now."""
        jobs = self.tables.maintenance
        begins = np.array(self._maintenance_start, np.int64)
        begun = begins < self.now
        least = np.minimum(begins, np.maximum(jobs["earliest"], self.now))
        jobs["earliest"] = np.where(begun, begins, least)
        jobs["latest"] = np.where(begun, begins + jobs["duration"], jobs["latest"])

    def unpin(self, row: int) -> bool:
        """Free a pinned operation; False if it is not one."""
        columns = self.tables.operation
        if columns["fixed_alternative"][row] < 0 or columns["remaining"][row] >= 0:
            return False
        columns["fixed_alternative"][row] = -1
        self.look_at[row] = True
        return True

    def waive(self, before: int, after: int) -> bool:
        """Give up a maximum wait; False if there is none."""
        arc = self.tables.arc
        rows = (arc["before"] == before) & (arc["after"] == after) & (arc["maximum_wait"] >= 0)
        arc["maximum_wait"][rows] = -1
        self._waived.append((before, after))
        return bool(rows.any())

    def add_rows(self, rows: list[int], key: float) -> None:
        """Note rows that were added to the tables, and by which key they go; see `Change.add`."""
        more = np.zeros(len(self.tables) - len(self.doubtful), bool)
        self.doubtful = np.concatenate([self.doubtful, more])
        self.look_at = np.concatenate([self.look_at, more])
        self.added.append((np.array(rows, np.int64), key))

    def build(self) -> Rebuilt:
        """The problem as it is now."""
        return self.tables.build()

    def schedule_in(self, rebuilt: Rebuilt) -> Schedule:
        """The old plan on the new rows; rows without a bar stand at now on their first way."""
        s, more = self.schedule, len(self.tables) - len(self.schedule)
        kept = rebuilt.operation_of >= 0
        problem = rebuilt.problem
        ways = np.append(rebuilt.alternative_of[s.alternative], np.full(more, -1))[kept]
        ways = np.where(ways < 0, problem.operations.first_alternative[:-1], ways)
        times = [
            np.append(column, np.full(more, self.now))[kept]
            for column in (s.setup_start, s.start, s.end)
        ]
        return Schedule.of(
            problem,
            alternative=ways,
            setup_start=times[0],
            start=times[1],
            end=times[2],
            maintenance_start=self._maintenance_start,
        )

    def origin(self, rebuilt: Rebuilt) -> Ints:
        """The old row of each new one, -1 for rows that were added."""
        rows = np.flatnonzero(rebuilt.operation_of >= 0)
        return np.where(rows < len(self.problem), rows, -1)

    def in_new_rows(self, rebuilt: Rebuilt, mask: Mask) -> Mask:
        """A mask over the rows of the tables, over those of the problem."""
        return mask[rebuilt.operation_of >= 0]

    def waived_in(self, rebuilt: Rebuilt) -> tuple[tuple[int, int], ...]:
        """Pairs of new rows whose maximum wait was given up."""
        of = rebuilt.operation_of
        pairs = ((int(of[before]), int(of[after])) for before, after in self._waived)
        return tuple(pair for pair in pairs if min(pair) >= 0)
