"""The rules of the printing shop, checked from their definitions; shares no code with `decode`.

It reads the tables of the shop alone: what a setup takes, when a machine is there and when a share
of the work is done is said here once more.
"""

from collections.abc import Iterator
from math import inf

from .decode import PrintPlan
from .shop import PrintShop

Spans = list[tuple[int, float]]


def check_print_plan(shop: PrintShop, plan: PrintPlan) -> list[str]:
    """What is wrong with a plan, in sentences; empty if every rule holds."""
    spans = [_spans(shop, row) for row in range(len(shop.machines))]
    found = list(_where(shop, plan))
    if found:
        return found  # the other rules need a machine that can do it
    return [
        *_when(shop, plan, spans),
        *_one_at_a_time(shop, plan, spans),
        *_successors(shop, plan, spans),
    ]


def _where(shop: PrintShop, plan: PrintPlan) -> Iterator[str]:
    for i, operation in enumerate(shop.operations):
        if plan.machine[i] not in {machine for machine, _ in operation.ways}:
            yield f"Operation {i} cannot be done on machine {plan.machine[i]}."


def _when(shop: PrintShop, plan: PrintPlan, spans: list[Spans]) -> Iterator[str]:
    for i, operation in enumerate(shop.operations):
        row, start, end = plan.machine[i], plan.start[i], plan.end[i]
        work, done = _work(shop, plan, i), _worked(spans[row], start, end)
        if done != work:
            yield f"Operation {i} is worked on for {done}, not {work}."
        elif work == 0 and end != start:
            yield f"Operation {i} has no work but does not end at its start."
        elif work and _worked(spans[row], start, start + 1) * _worked(spans[row], end - 1, end) < 1:
            yield f"Operation {i} starts or ends while machine {row} is not available."
        if start < operation.release:
            yield f"Operation {i} starts before its release."
        if operation.fixed_start >= 0 and start != operation.fixed_start:
            yield f"Operation {i} starts at {start}, not at {operation.fixed_start}."


def _one_at_a_time(shop: PrintShop, plan: PrintPlan, spans: list[Spans]) -> Iterator[str]:
    for row in range(len(shop.machines)):
        line = [i for i in range(len(plan.start)) if plan.machine[i] == row]
        # of two that start at once, one has no work and came first
        line.sort(key=lambda i: (plan.start[i], plan.end[i], plan.setup_start[i]))
        for before, i in zip([None, *line], line, strict=False):
            setup = _setup(shop, row, before, i)
            begin = plan.start[i] - setup
            if plan.setup_start[i] != begin:
                yield f"The setup of operation {i} does not take {setup} up to its start."
            if begin < (0 if before is None else plan.end[before]):
                yield f"Operation {i} and its setup overlap operation {before} on machine {row}."
            if not any(a <= begin and plan.start[i] < b for a, b in spans[row]):
                yield f"The setup of operation {i} is interrupted."


def _successors(shop: PrintShop, plan: PrintPlan, spans: list[Spans]) -> Iterator[str]:
    for i, operation in enumerate(shop.operations):
        ready = plan.end[i]
        if operation.overlap < 1000:
            share = -(-operation.overlap * _work(shop, plan, i) // 1000)
            ready = _done(spans[plan.machine[i]], plan.start[i], share)
        for after in operation.successors:
            if plan.start[after] < ready:
                yield f"Operation {after} starts at {plan.start[after]}, before {i} lets it."
            if plan.end[after] < plan.end[i]:
                yield f"Operation {after} ends before its predecessor {i}."


def _spans(shop: PrintShop, row: int) -> Spans:
    """When a machine is there: as its table says, and after the start of its last span always."""
    *others, (start, _) = shop.machines[row].available
    return [*others, (start, inf)]


def _work(shop: PrintShop, plan: PrintPlan, i: int) -> int:
    """Units of work of an operation on the machine on which it is."""
    return next(work for row, work in shop.operations[i].ways if row == plan.machine[i])


def _setup(shop: PrintShop, row: int, before: int | None, i: int) -> int:
    """The sum of what size, colour and varnish ask for; the most of it on an empty machine."""
    machine, own = shop.machines[row], shop.operations[i].attributes
    if before is None:
        return max(machine.smaller, machine.larger) + machine.colour + machine.varnish
    last = shop.operations[before].attributes
    size = machine.larger if own[0] > last[0] else machine.smaller if own[0] < last[0] else 0
    colour = 0 if own[1] == last[1] else machine.colour
    return size + colour + (0 if own[2] == last[2] else machine.varnish)


def _worked(spans: Spans, start: int, end: int) -> int:
    """Units of time between two moments in which a machine is there."""
    return int(sum(max(0, min(b, end) - max(a, start)) for a, b in spans))


def _done(spans: Spans, start: int, work: int) -> int:
    """The first moment at which so much work has been done since a start."""
    if work == 0:
        return start
    end = start + work
    while (lacking := work - _worked(spans, start, end)) > 0:
        end += lacking
    return end
