"""Why an order is late, and why an operation does not start earlier."""

from collections.abc import Mapping
from dataclasses import dataclass

from .cause import Cause, Segment
from .delay import Delays
from .problem import Problem
from .schedule import Schedule

_UNAVOIDABLE = (Cause.WORK, Cause.LAG)


@dataclass(frozen=True)
class LateOrder:
    """The story of a late order.

    Attributes
    ----------
    completion, delay
        When it is done, and how long after its due time [s].
    chain
        Segments in time order that join ``now`` to the completion without gap or overlap.
    attributed
        Seconds of the delay per cause; they add up to ``delay`` exactly.
    """

    order: int
    completion: int
    delay: int
    chain: tuple[Segment, ...]
    attributed: Mapping[Cause, int]


@dataclass(frozen=True)
class Binding:
    """What keeps an operation from starting earlier; ``blocker`` is an operation or -1."""

    cause: Cause
    blocker: int


def explain_late_orders(problem: Problem, schedule: Schedule) -> list[LateOrder]:
    """Explain each late order, the latest first.

    **The chain** goes back from the completion. An operation's run counts as work, pauses in it as
    off-shift or maintenance. Before the run stand the setup, the waiting for crew, tool or shift,
    and before that the machine queue, which lasts from the moment the operation was ready until
    the one ahead of it was done. The operation was ready when the last of its release and its
    predecessors (with their lag) allowed it: there the chain goes on with that predecessor, or
    ends in the wait for material, or at ``now``. So the segments add up to completion less now.

    **The delay** is shared out thus: what the due time lay before ``now`` is *already late*; the
    rest goes to the causes of the chain other than work and lag, in proportion to their seconds
    and not beyond them; what is then left is work, which no schedule avoids.
    """
    delays, found = Delays(problem, schedule), []
    for order, last in enumerate(problem.orders.last_operation.tolist()):
        if last < 0:
            continue
        completion, due = int(schedule.end[last]), int(problem.orders.due[order])
        if completion > due:
            chain = chain_of(delays, last)
            shares = _attributed(chain, completion - due, max(0, problem.now - due))
            found.append(LateOrder(order, completion, completion - due, chain, shares))
    return sorted(found, key=lambda late: -late.delay)


def why_not_earlier(problem: Problem, schedule: Schedule, operation: int) -> Binding:
    """What holds the start of an operation: the last thing to end before its setup may begin.

    ``Cause.NOW`` means that it starts as soon as the plan does.
    """
    delays = Delays(problem, schedule)
    if delays.plan.fixed[operation]:
        return Binding(Cause.FREEZE, -1)
    ready, cause, blocker = delays.ready(operation)
    between = delays.between(operation, ready)
    waits = [segment for segment in between if segment.cause is not Cause.SETUP]
    setup_start = delays.plan.setup_start[operation]
    held = [segment for segment in waits if segment.end <= setup_start]
    if held:
        return Binding(held[-1].cause, held[-1].blocker)
    if between:
        return Binding(Cause.SETUP, -1)
    return Binding(cause, blocker)


def chain_of(delays: Delays, last: int) -> tuple[Segment, ...]:
    """Segments from ``now`` to the end of an operation."""
    plan, now = delays.plan, delays.problem.now
    operation, until, stretches = last, plan.end[last], []
    while until > now:
        start = min(plan.start[operation], until)
        stretches.append(delays.by_calendar(operation, max(start, now), until, Cause.WORK))
        if start <= now:
            break
        ready, cause, blocker = delays.ready(operation)
        if ready > start:  # a fact of the floor that its predecessor did not wait for
            stretches.append([Segment(Cause.FREEZE, now, start, operation)])
            break
        stretches.append(delays.between(operation, ready))
        if cause is Cause.MATERIAL:
            stretches.append([Segment(Cause.MATERIAL, now, ready, operation)])
        if blocker < 0:
            break
        until = min(ready, plan.end[blocker])
        if until < ready:
            begin = max(until, now)
            stretches.append([Segment(Cause.LAG, begin, ready, operation, blocker)])
        operation = blocker
    return tuple(segment for stretch in reversed(stretches) for segment in stretch)


def _attributed(chain: tuple[Segment, ...], delay: int, already_late: int) -> dict[Cause, int]:
    """Share a delay out over the causes of a chain [s]."""
    already = min(delay, already_late)
    shares = {Cause.ALREADY_LATE: already} if already else {}
    totals: dict[Cause, int] = {}
    for segment in chain:
        if segment.cause not in _UNAVOIDABLE:
            totals[segment.cause] = totals.get(segment.cause, 0) + segment.seconds
    to_share = min(delay - already, sum(totals.values()))
    left_total, left = sum(totals.values()), to_share
    for cause, seconds in sorted(totals.items(), key=lambda item: item[1]):
        share = left * seconds // left_total if left_total else 0
        shares[cause] = share
        left, left_total = left - share, left_total - seconds
    if delay - already > to_share:
        shares[Cause.WORK] = delay - already - to_share
    return {cause: seconds for cause, seconds in shares.items() if seconds}
