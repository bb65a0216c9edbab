"""The operations of a window as variables: on which machine, and when."""

from dataclasses import dataclass

import numpy as np

from ..arrays import distinct
from ..change import loaded
from ..kernels import plant as columns
from ..kernels.plant import State
from ..packing import packed
from ..problem import END_TO_START, Problem
from ..schedule import Schedule
from .cp_sat import Expression, Model, cp_model
from .line import Line, line_of
from .timing import Limits, Timing, timings


@dataclass(frozen=True)
class Moment:
    """When an operation is set up for, started and done [s]; numbers if it stands still."""

    begin: Expression
    start: Expression
    end: Expression


@dataclass(frozen=True, eq=False)
class Choice:
    """One alternative of an operation of the window.

    Attributes
    ----------
    is_taken
        Literal.
    taken
        Machine interval from setup to end; there if it is taken.
    setups
        For each possible setup [s] the timings and their literals; one of all is true if taken.
    """

    operation: int
    way: int
    moment: Moment
    is_taken: Expression
    taken: Expression
    setups: dict[int, list[tuple[Expression, Timing]]]


class Window:
    """Operations that may move while all others stand still, in one CP-SAT model.

    Attributes
    ----------
    rows
        The operations that may move.
    state
        The whole plan in its pools.
    earliest, latest
        Nothing of the window begins before or ends after [s].
    until
        The same as ``latest``; or the horizon, if what ends after ``latest`` is modelled too, but
        without breaks and crews. Then the model has more plans than there are: it proves bounds.
    """

    def __init__(
        self,
        problem: Problem,
        schedule: Schedule,
        rows: list[int],
        *,
        earliest: int,
        latest: int,
        is_open_ended: bool = False,
    ) -> None:
        self.problem, self.schedule, self.rows = problem, schedule, rows
        self.earliest, self.latest = max(earliest, problem.now), min(latest, problem.horizon)
        self.until = problem.horizon if is_open_ended else self.latest
        self.pack = packed(problem, schedule.maintenance_start)
        self.state: State = loaded(self.pack, schedule, without=np.zeros(0, np.int64))
        self.model: Model = cp_model().CpModel()
        self.is_inside = np.zeros(len(problem), bool)
        self.is_inside[rows] = True
        self._moments: dict[int, Moment] = {}
        self.choices: list[Choice] = []
        self.lines = self._lines()
        self._families = self._possible_families()
        for row in rows:
            self._add(row)
        for row in rows:
            self._add_precedence(row)

    def _lines(self) -> dict[int, Line]:
        """What stands still on each machine that the window may use."""
        first = self.problem.operations.first_alternative
        ways = [way for row in self.rows for way in range(first[row], first[row + 1])]
        machines = distinct(self.problem.alternatives.machine[ways]).tolist()
        return {
            machine: line_of(
                self.problem,
                self.schedule,
                machine,
                still=~self.is_inside,
                earliest=self.earliest,
                latest=self.until,
            )
            for machine in machines
        }

    def _possible_families(self) -> dict[int, set[int]]:
        """Families that each machine may be set up for when an operation of the window comes."""
        ways = self.problem.alternatives
        found = {machine: {line.family, *line.families} for machine, line in self.lines.items()}
        for row in self.rows:
            for way in self.problem.alternatives_of(row):
                found[int(ways.machine[way])].add(int(ways.family[way]))
        return found

    def moment(self, row: int) -> Moment:
        """When an operation runs: variables, or where it stands."""
        if row in self._moments:
            return self._moments[row]
        plan = self.schedule
        return Moment(int(plan.setup_start[row]), int(plan.start[row]), int(plan.end[row]))

    def spans(self, way: int) -> np.ndarray:
        """Working intervals of an alternative, with its crew there. shape (n, 3)"""
        plant = self.pack.plant
        calendar = plant.way[way, columns.CALENDAR]
        return plant.span[plant.calendar[calendar] : plant.calendar[calendar + 1]]

    def _limits(self, row: int) -> Limits:
        """What the operations outside, its release and the window allow."""
        arcs, plan, inside = self.problem.precedence, self.schedule, self.is_inside
        if self.problem.fixed[row]:
            return Limits(self.earliest, int(self.problem.operations.fixed_start[row]), self.until)
        start, end = max(self.earliest, int(self.problem.operations.release[row])), self.until
        for arc in range(int(arcs.first[row]), int(arcs.first[row + 1])):
            before = int(arcs.before[arc])
            if not inside[before]:
                moments = plan.end if arcs.kind[arc] == END_TO_START else plan.start
                start = max(start, int(moments[before] + arcs.lag[arc]))
        for arc in self._arcs_out(row):
            after = int(arcs.after[arc])
            if not inside[after] and arcs.kind[arc] == END_TO_START:
                end = min(end, int(plan.start[after] - arcs.lag[arc]))
        return Limits(self.earliest, start, end)

    def _arcs_out(self, row: int) -> list[int]:
        plant = self.pack.plant
        first, last = plant.op[row, columns.FOLLOWING_FROM], plant.op[row, columns.FOLLOWING_TO]
        return [int(arc) for arc in plant.following[first:last]]

    def _add(self, row: int) -> None:
        model, limits = self.model, self._limits(row)
        end = max(limits.end, limits.begin, limits.start)  # no room is said by its choices
        moment = Moment(
            model.new_int_var(limits.begin, end, f"begin {row}"),
            model.new_int_var(limits.start, end, f"start {row}"),
            model.new_int_var(limits.start, end, f"end {row}"),
        )
        self._moments[row] = moment
        ways = self.problem.alternatives_of(row)
        if self.problem.fixed[row]:
            model.add(moment.start == limits.start)
            ways = range(*(int(self.problem.operations.fixed_alternative[row]) + i for i in (0, 1)))
        choices = [self._choice(row, way, limits) for way in ways]
        model.add_exactly_one(choice.is_taken for choice in choices)
        self.choices += choices

    def _choice(self, row: int, way: int, limits: Limits) -> Choice:
        model, moment, spans = self.model, self._moments[row], self.spans(way)
        may_stop = bool(self.pack.plant.way[way, columns.RESUMABLE])
        run = int(self.problem.alternatives.run[way])
        within = limits._replace(end=min(limits.end, self.latest))
        is_taken = model.new_bool_var(f"{row} by {way}")
        setups = {
            setup: [
                (self._timed(moment, timing), timing)
                for timing in timings(spans, setup, run, may_stop=may_stop, limits=within)
            ]
            for setup in self._possible_setups(way)
        }
        if limits.end > self.latest:
            for setup, timed in setups.items():
                later = Timing(((limits.start, limits.end),), setup, run, (), 0, is_exact=False)
                timed.append((self._ending_later(moment, later), later))
        literals = [literal for timed in setups.values() for literal, _ in timed]
        model.add_exactly_one([*literals, ~is_taken])
        size = model.new_int_var(0, max(0, limits.end - limits.begin), f"taken {row} by {way}")
        taken = model.new_optional_interval_var(
            moment.begin, size, moment.end, is_taken, f"{row} by {way}"
        )
        return Choice(row, way, moment, is_taken, taken, setups)

    def _timed(self, moment: Moment, timing: Timing) -> Expression:
        """A literal that puts an operation into some of its starts."""
        model = self.model
        literal = model.new_bool_var("")
        domain = cp_model().Domain.from_intervals(timing.starts)
        model.add_linear_expression_in_domain(moment.start, domain).only_enforce_if(literal)
        model.add(moment.begin == moment.start - timing.lead).only_enforce_if(literal)
        model.add(moment.end == moment.start + timing.length).only_enforce_if(literal)
        return literal

    def _ending_later(self, moment: Moment, timing: Timing) -> Expression:
        """A literal for an end after ``latest``: no sooner than if there were no breaks."""
        model, literal = self.model, self.model.new_bool_var("")
        for must_hold in (
            moment.end > self.latest,
            moment.begin <= moment.start - timing.lead,
            moment.end >= moment.start + timing.length,
        ):
            model.add(must_hold).only_enforce_if(literal)
        return literal

    def _possible_setups(self, way: int) -> list[int]:
        """Seconds that the setup for an alternative may take on its machine."""
        ways = self.problem.alternatives
        machine, family = int(ways.machine[way]), int(ways.family[way])
        return sorted(
            {self.problem.setup_seconds(machine, each, family) for each in self._families[machine]}
        )

    def _add_precedence(self, row: int) -> None:
        """Arcs into an operation, and those out of it to operations that stand still."""
        arcs = self.problem.precedence
        into = range(int(arcs.first[row]), int(arcs.first[row + 1]))
        out = [arc for arc in self._arcs_out(row) if not self.is_inside[arcs.after[arc]]]
        for arc in (*into, *out):
            before, after = self.moment(int(arcs.before[arc])), self.moment(int(arcs.after[arc]))
            lag, wait = int(arcs.lag[arc]), int(arcs.maximum_wait[arc])
            if arcs.kind[arc] == END_TO_START:
                self.model.add(after.start >= before.end + lag)
                if wait >= 0:
                    self.model.add(after.start <= before.end + wait)
            else:
                self.model.add(after.start >= before.start + lag)
                self.model.add(after.end >= before.end + int(arcs.end_lag[arc]))
