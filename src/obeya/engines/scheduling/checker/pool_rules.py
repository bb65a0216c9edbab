"""What crews, setters and tools ask of a schedule."""

from collections.abc import Iterator

from .reading import Reading
from .violation import Violation

Use = tuple[int, int, int, int]  # start, end, amount, operation


def crew(r: Reading) -> Iterator[Violation]:
    """People of one skill at work never exceed those present; a batch takes its crew once."""
    uses: dict[int, list[Use]] = {}
    for i in _one_per_batch(r):
        if r.crew[i] >= 0:
            begin = r.problem.now if r.started[i] else r.setup_start[i]
            pieces = r.pieces(i, begin, r.end[i])
            uses.setdefault(r.crew[i], []).extend((*piece, r.heads[i], i) for piece in pieces)
    yield from _overloads(r, "crew", uses)


def setter(r: Reading) -> Iterator[Violation]:
    """Setups that run at the same time never exceed the setters present."""
    uses: dict[int, list[Use]] = {}
    for i in _one_per_batch(r):
        pool = int(r.problem.machines.setter[r.machine[i]])
        if pool >= 0 and not r.started[i]:
            pieces = r.pieces(i, r.setup_start[i], r.start[i])
            uses.setdefault(pool, []).extend((*piece, 1, i) for piece in pieces)
    yield from _overloads(r, "setter", uses)


def tool(r: Reading) -> Iterator[Violation]:
    """Tools in use, from setup to end and over night, never exceed those that there are."""
    uses: dict[int, list[Use]] = {}
    for i, pool in enumerate(r.tool):
        if pool >= 0:
            begin = r.problem.now if r.started[i] else r.setup_start[i]
            if begin < r.end[i]:
                uses.setdefault(pool, []).append((begin, r.end[i], 1, i))
    yield from _overloads(r, "tool", uses)


def _one_per_batch(r: Reading) -> Iterator[int]:
    for batches in r.sequences.values():
        for members in batches:
            yield members[0]


def _overloads(r: Reading, rule: str, uses: dict[int, list[Use]]) -> Iterator[Violation]:
    for pool, rows in uses.items():
        for moment, taken, there, operations in _sweep(r.problem.pools.steps(pool), rows):
            name = r.problem.name("pools", pool)
            text = f"{name}: {taken} in use at {moment} s, {there} there."
            yield Violation(rule, tuple(operations), text)


def _sweep(
    steps: list[tuple[int, int, int]], uses: list[Use]
) -> Iterator[tuple[int, int, int, list[int]]]:
    """Moments at which more is in use than there is, with the operations that use it."""
    changes: list[tuple[int, int, int, int]] = []  # moment, change of capacity, of use, operation
    for begin, finish, capacity in steps:
        changes += [(begin, capacity, 0, -1), (finish, -capacity, 0, -1)]
    for begin, finish, amount, operation in uses:
        changes += [(begin, 0, amount, operation), (finish, 0, -amount, operation)]
    changes.sort()
    there = taken = 0
    active: dict[int, int] = {}
    for position, (moment, capacity, amount, operation) in enumerate(changes):
        there, taken = there + capacity, taken + amount
        if operation >= 0:
            active[operation] = active.get(operation, 0) + amount
        at_end = position + 1 == len(changes) or changes[position + 1][0] > moment
        if at_end and taken > there:
            yield moment, taken, there, [i for i, held in active.items() if held > 0]
