"""What stood between the moment an operation was ready and the moment its run began."""

from functools import cached_property
from itertools import pairwise

from .cause import Cause, Segment
from .checker.reading import Reading, Span
from .problem import END_TO_START, OVERLAP, Problem
from .schedule import Schedule


class Delays:
    """Answers about one schedule."""

    def __init__(self, problem: Problem, schedule: Schedule) -> None:
        self.problem = problem
        self.plan = Reading(problem, schedule)

    @cached_property
    def _before_on_machine(self) -> dict[int, int]:
        """The operation ahead of each one on its machine; of its batch, ahead of the batch."""
        ahead = {}
        for batches in self.plan.sequences.values():
            for left, batch in pairwise(batches):
                last = max(left, key=lambda i: self.plan.end[i])
                ahead.update(dict.fromkeys(batch, last))
        return ahead

    def batch_of(self, operation: int) -> list[int]:
        """The operations that share its machine and start, itself among them."""
        machine = self.plan.machine[operation]
        if not self.plan.places[machine]:
            return [operation]
        return self._batches[machine, self.plan.start[operation]]

    @cached_property
    def _batches(self) -> dict[tuple[int, int], list[int]]:
        return {
            (machine, self.plan.start[batch[0]]): batch
            for machine, batches in self.plan.sequences.items()
            for batch in batches
        }

    def ready(self, operation: int) -> tuple[int, Cause, int]:
        """When release and predecessors allow the run, by which of them, and which operation."""
        arcs, plan = self.problem.precedence, self.plan
        moment, cause, blocker = self.problem.now, Cause.NOW, -1
        released = int(self.problem.operations.release[operation])
        if released > moment:
            moment, cause = released, Cause.MATERIAL
        for row in range(int(arcs.first[operation]), int(arcs.first[operation + 1])):
            before, lag = int(arcs.before[row]), int(arcs.lag[row])
            own = arcs.kind[row] == END_TO_START
            allowed = (plan.end[before] if own else plan.start[before]) + lag
            if allowed > moment:
                moment, blocker = allowed, before
                cause = Cause.LAG if lag and own else Cause.WORK
        return moment, cause, blocker

    def overlapped_end(self, operation: int) -> int:
        """The overlapping predecessor whose end keeps the operation from starting sooner, or -1."""
        arcs, plan = self.problem.precedence, self.plan
        for row in range(int(arcs.first[operation]), int(arcs.first[operation + 1])):
            if arcs.kind[row] != OVERLAP:
                continue
            need = plan.end[int(arcs.before[row])] + int(arcs.end_lag[row])
            if (
                plan.end[operation] >= need
                and plan.worked(operation, need, plan.end[operation]) <= 1
            ):
                return int(arcs.before[row])
        return -1

    def by_calendar(
        self, operation: int, begin: int, finish: int, cause: Cause, blocker: int = -1
    ) -> list[Segment]:
        """Cut a stretch by working time: the cause where work went on, else why it did not."""
        found, moment = [], begin
        for start, end in [*self.plan.pieces(operation, begin, finish), (finish, finish)]:
            found += self._off(operation, moment, start)
            if start < end:
                found.append(Segment(cause, start, end, operation, blocker))
            moment = end
        return found

    def _off(self, operation: int, begin: int, finish: int) -> list[Segment]:
        """Maintenance, and for the rest the shift."""
        found, moment = [], begin
        for start, end, _ in self.plan.maintenance_on.get(self.plan.machine[operation], []):
            start, end = max(start, moment), min(end, finish)  # noqa: PLW2901
            if start >= end:
                continue
            if moment < start:
                found.append(Segment(Cause.OFF_SHIFT, moment, start, operation))
            found.append(Segment(Cause.MAINTENANCE, start, end, operation))
            moment = end
        if moment < finish:
            found.append(Segment(Cause.OFF_SHIFT, moment, finish, operation))
        return found

    def between(self, operation: int, ready: int) -> list[Segment]:
        """The segments from ``ready`` to the start of the run, in time order."""
        plan = self.plan
        setup_start, start = max(ready, plan.setup_start[operation]), plan.start[operation]
        ahead = self._before_on_machine.get(operation, -1)
        free = plan.end[ahead] if ahead >= 0 else ready
        found, moment = [], ready
        if free > ready:
            moment = min(free, setup_start)
            found.append(Segment(Cause.MACHINE_QUEUE, ready, moment, operation, ahead))
        if moment < setup_start:
            cause, blocker = self._gap(operation, moment)
            found += self.by_calendar(operation, moment, setup_start, cause, blocker)
        return found + self.by_calendar(operation, setup_start, start, Cause.SETUP)

    def _gap(self, operation: int, moment: int) -> tuple[Cause, int]:
        """Why nothing happened from a moment on though the machine was free."""
        plan, arcs = self.plan, self.problem.precedence
        if plan.fixed[operation]:
            return Cause.FREEZE, -1
        for other in self.batch_of(operation):
            if other != operation and self.ready(other)[0] > moment:
                return Cause.BATCH, other
        if (before := self.overlapped_end(operation)) >= 0:
            return Cause.WORK, before
        for row in (arcs.before == operation).nonzero()[0]:
            after, wait = int(arcs.after[row]), int(arcs.maximum_wait[row])
            if wait >= 0 and plan.start[after] == plan.end[operation] + wait:
                return Cause.MAXIMUM_WAIT, after
        return self._short_pool(operation, moment)

    def _short_pool(self, operation: int, moment: int) -> tuple[Cause, int]:
        """Which pool would have been short, had the operation been begun at a moment."""
        plan, way = self.plan, self.plan.alternative[operation]
        length = plan.end[operation] - plan.setup_start[operation]
        setup = plan.start[operation] - plan.setup_start[operation]
        pieces = plan.pieces(operation, moment, moment + length)
        setter = int(self.problem.machines.setter[plan.machine[operation]])
        asked = (
            (Cause.TOOL, plan.tool[operation], 1, [(moment, moment + length)]),
            (Cause.CREW, plan.crew[operation], int(self.problem.alternatives.heads[way]), pieces),
            (Cause.SETTER, setter, 1, plan.pieces(operation, moment, moment + setup)),
        )
        for cause, pool, amount, spans in asked:
            if pool >= 0 and (holder := self._holder(pool, amount, spans, operation)) != -1:
                return cause, max(holder, -1)
        if not plan.is_resumable(operation):
            return Cause.OFF_SHIFT, -1
        return Cause.UNFORCED, -1

    def _holder(self, pool: int, amount: int, spans: list[Span], operation: int) -> int:
        """Who of those that leave a pool short holds it longest; -1 not short, -2 short alone."""
        uses = [use for use in self._uses.get(pool, []) if use[3] != operation]
        for begin, finish in spans:
            near = [use for use in uses if use[0] < finish and use[1] > begin]
            steps = self.problem.pools.steps(pool)
            moments = {begin, *(use[0] for use in near)} | {end for _, end, _ in steps}
            for moment in sorted(m for m in moments if begin <= m < finish):
                there = sum(capacity for start, end, capacity in steps if start <= moment < end)
                holders = [use for use in near if use[0] <= moment < use[1]]
                if sum(use[2] for use in holders) + amount > there:
                    return max(holders, key=lambda use: use[1])[3] if holders else -2
        return -1

    @cached_property
    def _uses(self) -> dict[int, list[tuple[int, int, int, int]]]:
        """Per pool who holds how much of it from when to when."""
        plan = self.plan
        uses: dict[int, list[tuple[int, int, int, int]]] = {}
        for batches in plan.sequences.values():
            for i in (batch[0] for batch in batches):
                begin = max(plan.setup_start[i], self.problem.now)
                if plan.crew[i] >= 0:
                    pieces = plan.pieces(i, begin, plan.end[i])
                    held = [(*piece, plan.heads[i], i) for piece in pieces]
                    uses.setdefault(plan.crew[i], []).extend(held)
                setter = int(self.problem.machines.setter[plan.machine[i]])
                if setter >= 0 and not plan.started[i]:
                    pieces = plan.pieces(i, begin, plan.start[i])
                    uses.setdefault(setter, []).extend((*piece, 1, i) for piece in pieces)
        for i, tool in enumerate(plan.tool):
            if tool >= 0:
                uses.setdefault(tool, []).append((plan.setup_start[i], plan.end[i], 1, i))
        return uses
