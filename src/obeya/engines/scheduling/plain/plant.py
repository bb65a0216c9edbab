"""A plain shop as a plant problem and back, so that the plant's checker verifies its plans."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..arrays import Ints, frozen_ints
from ..problem import (
    END_TO_START,
    Alternatives,
    Calendars,
    Machines,
    Maintenance,
    Operations,
    Orders,
    Pools,
    Precedence,
    Problem,
    SetupMatrices,
)
from ..schedule import Schedule
from .shop import NO_SETUPS, PlainSetups, PlainShop, frozen_ints32


def as_problem(shop: PlainShop, *, horizon: int | None = None) -> Problem:
    """Write a plain shop as a plant that never closes.

    Parameters
    ----------
    horizon
        The latest end [s]; by default what one operation after the other would take.

    Raises
    ------
    ValueError
        If the shop has tails, which a plant problem cannot say.
    """
    if len(shop) and shop.tail.max() > 0:
        raise ValueError("A plant problem has no tails. Expected a shop without them.")
    count, arcs = len(shop), len(shop.predecessor)
    latest = shop.serial_length if horizon is None else horizon
    none, zero = np.full(count, -1), np.zeros(count, dtype=np.int64)
    after = np.repeat(np.arange(count), np.diff(shop.first_predecessor))
    return Problem(
        operations=Operations(
            order=frozen_ints(none),
            release=frozen_ints(shop.release),
            resumable=frozen_ints(zero),
            recipe=frozen_ints(none),
            size=frozen_ints(zero + 1),
            first_alternative=frozen_ints(shop.first_alternative),
            fixed_alternative=frozen_ints(none),
            fixed_start=frozen_ints(zero),
            remaining=frozen_ints(none),
        ),
        alternatives=_alternatives(shop),
        precedence=Precedence(
            first=frozen_ints(shop.first_predecessor),
            before=frozen_ints(shop.predecessor),
            after=frozen_ints(after),
            kind=frozen_ints(np.full(arcs, END_TO_START)),
            lag=frozen_ints(np.zeros(arcs)),
            end_lag=frozen_ints(np.zeros(arcs)),
            maximum_wait=frozen_ints(np.full(arcs, -1)),
        ),
        machines=_machines(shop),
        setups=_setups(shop),
        calendars=Calendars.from_rows([[(0, latest + 1)]]),
        pools=Pools.from_rows([], []),
        orders=Orders(frozen_ints([]), frozen_ints([]), frozen_ints([])),
        maintenance=Maintenance(*(frozen_ints([]) for _ in range(4))),
        now=0,
        horizon=latest,
    )


def of_problem(problem: Problem) -> PlainShop | None:
    """Read a plant problem as a plain shop whose time starts at ``now``.

    Returns
    -------
    None if the problem has anything that a plain shop lacks: calendars that stop, crews, tools,
    setters, batches, lags, waits, maintenance, fixed operations or machines that are set up.
    """
    if not _is_plain(problem):
        return None
    ways, machines = problem.alternatives, problem.machines
    return PlainShop.of_arcs(
        len(machines),
        alternatives=np.diff(problem.operations.first_alternative),
        machine=ways.machine,
        duration=ways.run,
        before=problem.precedence.before,
        after=problem.precedence.after,
        release=np.maximum(problem.operations.release - problem.now, 0),
        setups=_setups_of(problem),
    )


def as_schedule(shop: PlainShop, problem: Problem, start: ArrayLike, way: ArrayLike) -> Schedule:
    """Write starts and chosen alternatives as a schedule of the problem; time starts at its now."""
    begin, chosen = np.asarray(start, dtype=np.int64), np.asarray(way, dtype=np.int64)
    begin = begin + problem.now
    end = begin + shop.duration[chosen]
    return Schedule.of(
        problem,
        alternative=chosen,
        setup_start=begin - setup_before(shop, begin, chosen),
        start=begin,
        end=end,
    )


def setup_before(shop: PlainShop, start: ArrayLike, way: ArrayLike) -> NDArray[np.int64]:
    """Setup that each operation needs after the one ahead of it on its machine, shape (N,) [s]."""
    begin, chosen = np.asarray(start, dtype=np.int64), np.asarray(way, dtype=np.int64)
    needed = np.zeros(len(chosen), dtype=np.int64)
    if not shop.has_setups:
        return needed
    machine, setups = shop.machine[chosen], shop.setups
    by_line = np.lexsort((begin + shop.duration[chosen], begin, machine))
    left, right = by_line[:-1], by_line[1:]
    before, after = setups.family[chosen[left]], setups.family[chosen[right]]
    asked = (machine[left] == machine[right]) & (before >= 0) & (after >= 0)
    left, right, before, after = left[asked], right[asked], before[asked], after[asked]
    row = setups.first[machine[right]] + before.astype(np.int64) * setups.families[machine[right]]
    needed[right] = setups.seconds[row + after]
    return needed


def _alternatives(shop: PlainShop) -> Alternatives:
    none = np.full(len(shop.machine), -1)
    return Alternatives(
        operation=frozen_ints(shop.operation),
        machine=frozen_ints(shop.machine),
        run=frozen_ints(shop.duration),
        family=frozen_ints(shop.setups.family if shop.has_setups else none),
        crew=frozen_ints(none),
        heads=frozen_ints(none + 1),
        tool=frozen_ints(none),
    )


def _machines(shop: PlainShop) -> Machines:
    none, zero = np.full(shop.machines, -1), np.zeros(shop.machines)
    matrix = none
    if shop.has_setups:
        has = shop.setups.families > 0
        matrix = np.where(has, np.cumsum(has) - 1, -1)
    return Machines(
        calendar=frozen_ints(zero),
        setup_matrix=frozen_ints(matrix),
        initial_family=frozen_ints(none),
        places=frozen_ints(zero),
        resumable=frozen_ints(zero),
        setter=frozen_ints(none),
    )


def _setups(shop: PlainShop) -> SetupMatrices:
    families = shop.setups.families.astype(np.int64)
    families = families[families > 0]
    first = np.concatenate([[0], np.cumsum(families**2)])
    return SetupMatrices(
        frozen_ints(first), frozen_ints(families), frozen_ints(shop.setups.seconds)
    )


def _setups_of(problem: Problem) -> PlainSetups:
    matrix, setups = problem.machines.setup_matrix, problem.setups
    if not (matrix >= 0).any():
        return NO_SETUPS
    families = np.where(matrix >= 0, setups.families[np.maximum(matrix, 0)], 0)
    blocks = [setups.seconds[setups.first[k] : setups.first[k + 1]] for k in matrix if k >= 0]
    first = np.concatenate([[0], np.cumsum(families**2)]).astype(np.int64)
    return PlainSetups(
        frozen_ints32(families),
        first,
        frozen_ints32(np.concatenate(blocks)),
        frozen_ints32(problem.alternatives.family),
    )


def _is_plain(p: Problem) -> bool:
    arcs, ways, machines = p.precedence, p.alternatives, p.machines
    none: tuple[Ints, ...] = (ways.crew, ways.tool, p.operations.fixed_alternative)
    plain_arcs = (arcs.kind == END_TO_START) & (arcs.lag == 0) & (arcs.maximum_wait < 0)
    settled = (machines.initial_family < 0) | (machines.setup_matrix < 0)
    return bool(
        all((column < 0).all() for column in none)
        and plain_arcs.all()
        and (machines.setter[machines.setup_matrix >= 0] < 0).all()
        and (machines.places == 0).all()
        and settled.all()
        and len(p.maintenance) == 0
        and all(_is_always_open(p, calendar) for calendar in set(machines.calendar.tolist()))
    )


def _is_always_open(p: Problem, calendar: int) -> bool:
    spans = p.calendars.intervals(calendar)
    return any(start <= p.now and end >= p.horizon for start, end in spans)
