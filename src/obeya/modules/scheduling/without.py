"""What a promise would be without one of its reasons."""

from collections.abc import Callable
from dataclasses import replace

from obeya.engines.scheduling import Alternative, Cause, Schedule, Unschedulable
from obeya.engines.scheduling.reaction import NewOrder, Wider
from obeya.engines.scheduling.reaction import promise as fitted
from obeya.modules.planning.public import Share
from obeya.modules.scheduling.promising import MOST_PLANS_WITHOUT, Promised
from obeya.modules.scheduling.stretches import Stretch

Reason = tuple[Cause, int]  # what is taken away: of a material, a machine or a crew
Ways = tuple[Alternative, ...]


def reason_of(promised: Promised, stretch: Stretch) -> Reason | None:
    """What could be otherwise about a stretch of the way, or None: work takes what it takes."""
    if promised.fit is None:
        return None
    way = promised.fit.schedule.alternative[stretch.operation]
    if stretch.cause is Cause.MATERIAL:
        share = waited_for(promised, stretch)
        return None if share is None else (Cause.MATERIAL, share.material.pk)
    machine = int(promised.fit.problem.alternatives.machine[way])
    if stretch.cause is Cause.MACHINE_QUEUE:
        return Cause.MACHINE_QUEUE, machine
    if stretch.cause is Cause.OFF_SHIFT or stretch.paused:
        return Cause.OFF_SHIFT, machine
    if stretch.cause is Cause.CREW:
        return Cause.CREW, int(promised.fit.problem.alternatives.crew[way])
    return None


def waited_for(promised: Promised, stretch: Stretch) -> Share | None:
    """The material that comes last of those that an operation of the new order waits for."""
    if promised.addition is None or promised.fit is None:
        return None
    position = stretch.operation - promised.fit.operations[0]
    if not 0 <= position < len(promised.addition.steps):
        return None
    return max(promised.addition.steps[position].shares, key=promised.arrival, default=None)


def date_without(promised: Promised, schedule: Schedule, reason: Reason) -> int | None:
    """The date if that material were there, that machine free or always open, people enough.

    None if there would be none either. At most the promise itself: it stays possible.
    """
    addition = promised.addition
    if addition is None:
        return None
    cause, row = reason

    def arrival(share: Share) -> int:
        is_there = cause is Cause.MATERIAL and share.material.pk == row
        return 0 if is_there else promised.arrival(share)

    problem, order = addition.problem, addition.order(arrival)
    if cause in (Cause.MACHINE_QUEUE, Cause.OFF_SHIFT):
        wider = Wider(problem)
        always = cause is Cause.OFF_SHIFT
        calendar = wider.calendar([(0, problem.horizon)]) if always else None
        twin = wider.twin(row, problem.name("machines", row), calendar=calendar)
        problem, order = wider.build(), _also_on(order, row, twin, without_crew=always)
    elif cause is Cause.CREW:
        order = _without_crew(order, row)
    try:
        fit = fitted(
            problem,
            schedule,
            order,
            most_plans=MOST_PLANS_WITHOUT,
            like=addition.plant.problem,
        )
    except Unschedulable:
        return None
    return min(max([fit.completion, *map(arrival, promised.direct)]), promised.at)


def _also_on(order: NewOrder, machine: int, twin: int, *, without_crew: bool) -> NewOrder:
    def twins(ways: tuple[Alternative, ...]) -> tuple[Alternative, ...]:
        mine = (way for way in ways if way.machine == machine)
        changed = {"machine": twin} | ({"crew": -1} if without_crew else {})
        return (*ways, *(replace(way, **changed) for way in mine))

    return _with_ways(order, twins)


def _without_crew(order: NewOrder, pool: int) -> NewOrder:
    return _with_ways(
        order,
        lambda ways: tuple(replace(way, crew=-1) if way.crew == pool else way for way in ways),
    )


def _with_ways(order: NewOrder, change: Callable[[Ways], Ways]) -> NewOrder:
    operations = (replace(o, alternatives=change(o.alternatives)) for o in order.operations)
    return replace(order, operations=tuple(operations))
