"""The rules of the printing shop, checked from their definitions; shares no code with `decode`."""

from collections.abc import Iterator

from .decode import PrintPlan
from .shop import PrintShop


def check_print_plan(shop: PrintShop, plan: PrintPlan) -> list[str]:
    """What is wrong with a plan, in sentences; empty if every rule holds."""
    return [*_where_and_when(shop, plan), *_one_at_a_time(shop, plan), *_successors(shop, plan)]


def _where_and_when(shop: PrintShop, plan: PrintPlan) -> Iterator[str]:
    for i, operation in enumerate(shop.operations):
        row, start, end = plan.machine[i], plan.start[i], plan.end[i]
        work = dict(operation.ways).get(row)
        if work is None:
            yield f"Operation {i} cannot be done on machine {row}."
            continue
        minutes = _minutes(shop, row, start, end)
        if len(minutes) != work:
            yield f"Operation {i} is worked on for {len(minutes)}, not {work}."
        elif minutes and (minutes[0] != start or minutes[-1] != end - 1):
            yield f"Operation {i} starts or ends while machine {row} is not available."
        if start < operation.release:
            yield f"Operation {i} starts before its release."
        if operation.fixed_start >= 0 and start != operation.fixed_start:
            yield f"Operation {i} starts at {start}, not at {operation.fixed_start}."


def _one_at_a_time(shop: PrintShop, plan: PrintPlan) -> Iterator[str]:
    for row, machine in enumerate(shop.machines):
        line = [i for i in range(len(plan.start)) if plan.machine[i] == row]
        line.sort(key=lambda i: plan.start[i])
        for before, i in zip([None, *line], line, strict=False):
            left = None if before is None else shop.operations[before].attributes
            setup = machine.setup(left, shop.operations[i].attributes)
            begin = plan.start[i] - setup
            if plan.setup_start[i] != begin:
                yield f"The setup of operation {i} does not take {setup} up to its start."
            if begin < (0 if before is None else plan.end[before]):
                yield f"Operation {i} and its setup overlap operation {before} on machine {row}."
            if not any(a <= begin and plan.start[i] < b for a, b in shop.spans(row)):
                yield f"The setup of operation {i} is interrupted."


def _successors(shop: PrintShop, plan: PrintPlan) -> Iterator[str]:
    for i, operation in enumerate(shop.operations):
        if plan.machine[i] not in dict(operation.ways):
            continue
        ready = plan.end[i]
        if operation.overlap < 1000:
            share = -(-operation.overlap * operation.work_on(plan.machine[i]) // 1000)
            minutes = _minutes(shop, plan.machine[i], plan.start[i], plan.end[i])
            ready = minutes[share - 1] + 1 if 0 < share <= len(minutes) else plan.start[i]
        for after in operation.successors:
            if plan.start[after] < ready:
                yield f"Operation {after} starts at {plan.start[after]}, before {i} lets it."
            if plan.end[after] < plan.end[i]:
                yield f"Operation {after} ends before its predecessor {i}."


def _minutes(shop: PrintShop, row: int, start: int, end: int) -> list[int]:
    """Units of time between two moments in which a machine is available."""
    return [t for a, b in shop.spans(row) for t in range(max(a, start), min(b, end))]
