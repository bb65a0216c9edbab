"""One way to break each constraint of a good schedule on purpose."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from obeya.engines.scheduling import Problem, Schedule

Broken = tuple[Problem, Schedule] | None
DAY = 86_400


def moved(schedule: Schedule, row: int, **columns: int) -> Schedule:
    changed = {}
    for column, value in columns.items():
        changed[column] = getattr(schedule, column).copy()
        changed[column][row] = value
    return replace(schedule, **changed)


def free(problem: Problem) -> list[int]:
    return np.flatnonzero(~problem.fixed).tolist()


def arcs(problem: Problem, kind: int):
    """Arcs of a kind between free operations: before, after, lag, longest wait."""
    p = problem.precedence
    for row in np.flatnonzero(p.kind == kind).tolist():
        before, after = int(p.before[row]), int(p.after[row])
        if not problem.fixed[before] and not problem.fixed[after]:
            yield before, after, int(p.lag[row]), int(p.maximum_wait[row])


def another_machine(problem: Problem, schedule: Schedule) -> Broken:
    for i in free(problem):
        other = (problem.alternatives_of(i).stop) % len(problem.alternatives)
        if other not in problem.alternatives_of(i):
            return problem, moved(schedule, i, alternative=other)
    return None


def a_second_less_work(problem: Problem, schedule: Schedule) -> Broken:
    for i in free(problem):
        if schedule.end[i] - schedule.start[i] > 1:
            return problem, moved(schedule, i, end=int(schedule.end[i]) - 1)
    return None


def a_break_where_none_may_be(problem: Problem, schedule: Schedule) -> Broken:
    ways = problem.alternatives.run[schedule.alternative]
    paused = (schedule.end - schedule.start > ways) & ~problem.fixed
    for i in np.flatnonzero(paused)[:1]:
        resumable = problem.operations.resumable.copy()
        if problem.machines.places[schedule.machine[i]]:
            continue
        resumable[i] = 0
        return replace(
            problem, operations=replace(problem.operations, resumable=resumable)
        ), schedule
    return None


def two_at_once(problem: Problem, schedule: Schedule) -> Broken:
    for i in free(problem):
        for j in free(problem):
            same = schedule.machine[i] == schedule.machine[j] and i != j
            long = min(schedule.end[i] - schedule.start[i], schedule.end[j] - schedule.start[j]) > 0
            if same and long and not problem.machines.places[schedule.machine[i]]:
                start = int(schedule.start[i])
                end = start + int(schedule.end[j] - schedule.start[j])
                return problem, moved(schedule, j, setup_start=start, start=start, end=end)
    return None


def no_setup(problem: Problem, schedule: Schedule) -> Broken:
    for i in np.flatnonzero((schedule.setup_start < schedule.start) & ~problem.fixed)[:1]:
        batch = (schedule.machine == schedule.machine[i]) & (schedule.start == schedule.start[i])
        begin = np.where(batch, schedule.start, schedule.setup_start)
        return problem, replace(schedule, setup_start=begin)
    return None


def an_overfull_oven(problem: Problem, schedule: Schedule) -> Broken:
    in_oven = problem.machines.places[schedule.machine] > 0
    for i in np.flatnonzero(in_oven & ~problem.fixed):
        batch = (schedule.machine == schedule.machine[i]) & (schedule.start == schedule.start[i])
        if batch.sum() > 1:
            size = problem.operations.size.copy()
            size[i] = problem.machines.places[schedule.machine[i]]
            return replace(problem, operations=replace(problem.operations, size=size)), schedule
    return None


def maintenance_too_soon(problem: Problem, schedule: Schedule) -> Broken:
    if not len(problem.maintenance):
        return None
    return problem, moved(schedule, 0, maintenance_start=int(problem.maintenance.earliest[0]) - 1)


def a_second_too_soon(problem: Problem, schedule: Schedule) -> Broken:
    for before, after, lag, _ in arcs(problem, 0):
        return problem, moved(schedule, after, start=int(schedule.end[before]) + lag - 1)
    return None


def ahead_of_the_transfer(problem: Problem, schedule: Schedule) -> Broken:
    for before, after, lag, _ in arcs(problem, 1):
        return problem, moved(schedule, after, start=int(schedule.start[before]) + lag - 1)
    return None


def weeks_too_late(problem: Problem, schedule: Schedule) -> Broken:
    for _, after, _, wait in arcs(problem, 0):
        if wait >= 0:
            later = {
                column: int(getattr(schedule, column)[after]) + 7 * DAY
                for column in ("setup_start", "start", "end")
            }
            return problem, moved(schedule, after, **later)
    return None


def before_the_material(problem: Problem, schedule: Schedule) -> Broken:
    for i in free(problem):
        if problem.operations.release[i] > problem.now:
            return problem, moved(schedule, i, start=int(problem.operations.release[i]) - 1)
    return None


def a_crew_twice(problem: Problem, schedule: Schedule) -> Broken:
    """Two operations of one pool, both at work at one moment, ask for everybody."""
    crew = problem.alternatives.crew[schedule.alternative]
    for i in free(problem):
        if crew[i] < 0:
            continue
        moment = int(schedule.setup_start[i])
        there = [c for s, e, c in problem.pools.steps(int(crew[i])) if s <= moment < e]
        for j in free(problem):
            calendar = int(problem.machines.calendar[schedule.machine[j]])
            at_work = any(s <= moment < e for s, e in problem.calendars.intervals(calendar))
            meanwhile = schedule.setup_start[j] <= moment < schedule.end[j]
            if j != i and crew[j] == crew[i] and at_work and meanwhile and there:
                heads = problem.alternatives.heads.copy()
                heads[schedule.alternative[[i, j]]] = there[0]
                ways = replace(problem.alternatives, heads=heads)
                return replace(problem, alternatives=ways), schedule
    return None


def without(problem: Problem, pool: int) -> Problem:
    capacity = problem.pools.capacity.copy()
    capacity[problem.pools.first[pool] : problem.pools.first[pool + 1]] = 0
    return replace(problem, pools=replace(problem.pools, capacity=capacity))


def no_setters(problem: Problem, schedule: Schedule) -> Broken:
    setter = problem.machines.setter[schedule.machine]
    for i in np.flatnonzero((setter >= 0) & (schedule.setup_start < schedule.start)):
        if not problem.fixed[i]:
            return without(problem, int(setter[i])), schedule
    return None


def no_tool(problem: Problem, schedule: Schedule) -> Broken:
    tool = problem.alternatives.tool[schedule.alternative]
    for i in np.flatnonzero((tool >= 0) & ~problem.fixed & (schedule.end > schedule.start))[:1]:
        return without(problem, int(tool[i])), schedule
    return None


def a_moved_fixed_one(problem: Problem, schedule: Schedule) -> Broken:
    for i in np.flatnonzero(problem.fixed)[:1]:
        return problem, moved(schedule, i, start=int(schedule.start[i]) + 60)
    return None


def in_the_past(problem: Problem, schedule: Schedule) -> Broken:
    for i in free(problem):
        return problem, moved(schedule, i, setup_start=problem.now - 1)
    return None


def beyond_the_horizon(problem: Problem, schedule: Schedule) -> Broken:
    last = int(np.argmax(schedule.end))
    if problem.fixed[last]:
        return None
    return replace(problem, horizon=int(schedule.end[last]) - 1), schedule


BREAKS: dict[str, Callable[[Problem, Schedule], Broken]] = {
    "eligible_machine": another_machine,
    "working_time": a_second_less_work,
    "not_resumable": a_break_where_none_may_be,
    "one_at_a_time": two_at_once,
    "setup": no_setup,
    "batch": an_overfull_oven,
    "maintenance": maintenance_too_soon,
    "precedence": a_second_too_soon,
    "overlap": ahead_of_the_transfer,
    "maximum_wait": weeks_too_late,
    "release": before_the_material,
    "crew": a_crew_twice,
    "setter": no_setters,
    "tool": no_tool,
    "fixed": a_moved_fixed_one,
    "now": in_the_past,
    "horizon": beyond_the_horizon,
}
