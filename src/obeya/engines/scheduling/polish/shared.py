"""Crews, setters and tools that the window shares with itself and with what stands still."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from ..packing import left_of_pool
from .cp_sat import Expression
from .timing import Span, Timing
from .window_model import Choice, Window

_Use = tuple[Expression, int]  # an interval, and how many of the pool
_Piece = tuple[int | None, int | None, int | None]
"""Start, end and length of work [s]; None: as early or late as the operation, as long as left."""


def keep_within_pools(window: Window) -> None:
    """What the window takes from each pool is there."""
    problem, taken = window.problem, defaultdict[int, list[_Use]](list)
    ways, machines = problem.alternatives, problem.machines
    for choice in window.choices:
        if machines.places[ways.machine[choice.way]]:
            continue  # a batch takes its crew once
        crew, tool = int(ways.crew[choice.way]), int(ways.tool[choice.way])
        setter = int(machines.setter[ways.machine[choice.way]])
        if crew >= 0:
            heads = int(ways.heads[choice.way])
            taken[crew] += [(each, heads) for each in _at_work(window, choice)]
        if setter >= 0:
            taken[setter] += [(each, 1) for each in _at_setup(window, choice)]
        if tool >= 0:
            taken[tool].append((choice.taken, 1))
    for pool, uses in sorted(taken.items()):
        _limit(window, pool, uses)


def _limit(window: Window, pool: int, uses: list[_Use]) -> None:
    left = _left(window, pool)
    most = max((level for _, level in left), default=0)
    if min((level for _, level in left), default=0) >= sum(amount for _, amount in uses):
        return
    for (start, end), level in left:
        if level < most:
            away = window.model.new_fixed_size_interval_var(start, end - start, f"away {pool}")
            uses = [*uses, (away, most - level)]
    window.model.add_cumulative([each for each, _ in uses], [many for _, many in uses], most)


def _left(window: Window, pool: int) -> list[tuple[Span, int]]:
    """What those that stand still leave of a pool in the time of the window."""
    moments, levels = left_of_pool(window.state, pool)
    own = list(_own_use(window, pool))
    edges = {window.earliest, window.latest, *moments.tolist()}
    edges |= {moment for start, end, _ in own for moment in (start, end)}
    inside = sorted(edge for edge in edges if window.earliest <= edge <= window.latest)
    found = []
    for start, end in pairwise(inside):
        level = int(levels[np.searchsorted(moments, start, side="right") - 1])
        level += sum(amount for first, last, amount in own if first <= start < last)
        found.append(((start, end), max(level, 0)))
    return found


def _own_use(window: Window, pool: int) -> Iterator[tuple[int, int, int]]:
    """Start, end and amount of what the window has of a pool in the plan."""
    problem, plan = window.problem, window.schedule
    for row in window.rows:
        way = int(plan.alternative[row])
        begin, start, end = (int(each[row]) for each in (plan.setup_start, plan.start, plan.end))
        if problem.alternatives.tool[way] == pool:
            yield begin, end, 1
        crew, setter = problem.alternatives.crew[way], problem.machines.setter[plan.machine[row]]
        for user, until, amount in (
            (crew, end, int(problem.alternatives.heads[way])),
            (setter, start, 1),
        ):
            for first, last, _ in window.spans(way).tolist() if user == pool else ():
                if first < until and last > begin:
                    yield max(first, begin), min(last, until), amount


def _at_work(window: Window, choice: Choice) -> list[Expression]:
    """Intervals in which setup and run go on; breaks lie between them."""
    pieces = defaultdict[_Piece, list[Expression]](list)
    for literal, timing in _timed(choice):
        for piece in _pieces(timing.spans, timing.lead + timing.length):
            pieces[piece].append(literal)
    return _intervals(window, pieces, choice.moment.begin, choice.moment.end)


def _at_setup(window: Window, choice: Choice) -> list[Expression]:
    """Intervals in which the setup goes on."""
    pieces = defaultdict[_Piece, list[Expression]](list)
    for literal, timing in _timed(choice):
        for piece in _pieces(timing.spans[: timing.setups], timing.lead) if timing.lead else ():
            pieces[piece].append(literal)
    return _intervals(window, pieces, choice.moment.begin, choice.moment.start)


def _timed(choice: Choice) -> Iterator[tuple[Expression, Timing]]:
    for timed in choice.setups.values():
        yield from (each for each in timed if each[1].is_exact)


def _intervals(
    window: Window,
    pieces: dict[_Piece, list[Expression]],
    first: Expression,
    last: Expression,
) -> list[Expression]:
    return [_interval(window, piece, first, last, given) for piece, given in pieces.items()]


def _pieces(spans: tuple[Span, ...], length: int) -> list[_Piece]:
    if len(spans) < 2:
        return [(None, None, length)]
    inner = [(start, end, end - start) for start, end in spans[1:-1]]
    return [(None, spans[0][1], None), *inner, (spans[-1][0], None, None)]


def _interval(
    window: Window, piece: _Piece, first: Expression, last: Expression, given: list[Expression]
) -> Expression:
    """A piece as an interval that is there with one of some literals, of which one at most is."""
    model = window.model
    start, end, length = piece
    begin = first if start is None else start
    if length is None:
        finish = last if end is None else end
        length = finish - begin
    else:
        finish = begin + length
    is_there = given[0] if len(given) == 1 else model.new_bool_var("")
    if len(given) > 1:
        model.add(sum(given) == is_there)
    return model.new_optional_interval_var(begin, length, finish, is_there, "")
