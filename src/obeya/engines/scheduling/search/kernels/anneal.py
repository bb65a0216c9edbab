"""Annealing: many moves in one call, each evaluated exactly."""

from math import log

from ...kernels.chance import below, uniform
from .campaign import best_exchange, exchange
from .choose import Guide, best_place, list_late_orders, on_late_chain
from .move import keep, relocate, undo
from .njit import njit
from .node import arrival, machine_of
from .settle import carry_on
from .tables import (
    BIND,
    BROKEN,
    BY_MACHINE,
    END,
    FAILED,
    FIXED,
    HEAD,
    PREV,
    STEPS,
    TAKEN,
    TRIED,
    WAITS,
    Plan,
    Plant,
    Table,
    get,
    wide,
)
from .tied import begin_shift, draws_ties
from .turns import change_turns, holder, waits_for_pool
from .waits import begin_wait, wait_there

_LATE_SHARE = 0.7  # of the moves start from a late order
_BLOCKER_SHARE = 0.3  # of these move what stands before it
_LATE_EVERY = 500  # moves until the late orders are listed anew
_TURN_SHARE = 0.4  # of what waits for a crew or tool changes turns with whoever has it
_CAMPAIGN_SHARE = 0.1  # moves the whole campaign, where there are setups
_DAY_S = 86_400
_PERCENT = 100
_SPREAD_S = 36_000.0  # mean distance from the earliest time in random moves
_OF_A_MOVE = 8  # steps that take as long as the choice of a move
_MOST_VAIN = 20  # attempts that find no move, for each move


@njit
def anneal(
    plant: Plant,
    plan: Plan,
    guide: Guide,
    last: Table,
    moves: int,
    effort: int,
    heat: float,
    patience: float,
    most_steps: int,
) -> tuple[int, int]:
    """Evaluate so many moves at one temperature, or fewer if the effort is spent sooner.

    Parameters
    ----------
    last : shape (J,)
        The operation that completes each row of the orders.
    effort
        Steps, and so many more for each move and attempt: about as long as the time that they take,
        and the same on every machine.
    heat
        Temperature, in the unit of the cost.
    patience
        How far above the limit the cost of a move may rise while it is carried on.

    Returns
    -------
    Moves done, where attempts in vain count too; and the effort spent.
    """
    tried, attempts, before = 0, 0, wide(plan.heap[STEPS])
    while tried < moves and attempts < _MOST_VAIN * moves:
        if _spent(plan, before, tried, attempts) >= effort:
            break
        if attempts % _LATE_EVERY == 0:
            list_late_orders(plant, plan, last, guide)
        attempts += 1
        operation, later, by_chance = _chosen(plant, plan, guide)
        if operation < 0 or plant.op[operation, FIXED]:
            continue
        if not guide.allowed[machine_of(plant, plan, operation)]:
            continue
        is_begun, change = _begun(plant, plan, guide, operation, later, by_chance, heat)
        if not is_begun:
            continue
        tried += 1
        limit = -heat * log(uniform(plan.chance) + 1e-12)
        change = carry_on(plant, plan, change, limit + patience, most_steps)
        if plan.heap[FAILED]:
            plan.heap[BROKEN] += 1
        if plan.heap[FAILED] == 0 and change <= limit:
            plan.cost[2 * len(plan.bar) + 1] += change
            plan.heap[TAKEN] += 1
            keep(plant, plan)
        else:
            undo(plant, plan)
    plan.heap[TRIED] += tried
    return max(tried, -(-attempts // _MOST_VAIN)), _spent(plan, before, tried, attempts)


@njit
def _spent(plan: Plan, before: int, tried: int, attempts: int) -> int:
    """The effort since there were ``before`` steps."""
    return wide(plan.heap[STEPS]) - before + _OF_A_MOVE * tried + attempts


@njit
def _chosen(plant: Plant, plan: Plan, guide: Guide) -> tuple[int, bool, bool]:
    """An operation (or NOWHERE), whether to move it later, and whether it was drawn by chance."""
    chance = plan.chance
    by_chance = uniform(chance) >= _LATE_SHARE or guide.found[0] == 0
    if by_chance:
        return below(chance, len(plan.bar)), False, True
    operation = on_late_chain(plant, plan, guide)
    if operation < 0:
        return operation, False, False
    node = get(plan.bar, operation, HEAD)
    before = get(plan.bar, node, PREV)
    by_machine = plan.bar[node, BIND] == BY_MACHINE and before >= 0
    if by_machine and uniform(chance) < _BLOCKER_SHARE:
        return before, True, False
    return operation, False, False


@njit
def _begun(
    plant: Plant,
    plan: Plan,
    guide: Guide,
    operation: int,
    later: bool,
    by_chance: bool,
    heat: float,
) -> tuple[bool, float]:
    """Begin a move of an operation, or of the campaign that it is in, or of all it is tied to.

    Returns
    -------
    Whether there is one, and the change of cost before it is carried on.
    """
    chance, node = plan.chance, get(plan.bar, operation, HEAD)
    if plant.fact[WAITS] > 0 and below(chance, _PERCENT) < plant.fact[WAITS]:
        return begin_wait(plant, plan, guide), 0.0
    if draws_ties(plant, plan, operation):
        is_later = below(chance, 2) == 0 if by_chance else later
        return begin_shift(plant, plan, guide, operation, is_later)
    if uniform(chance) < _CAMPAIGN_SHARE:
        first, last, behind = best_exchange(plant, plan, guide, operation, heat)
        if first >= 0:
            return True, exchange(plant, plan, first, last, behind)
    may_wait = not later and not plant.op[node, FIXED]  # a frozen batch keeps what it has
    if may_wait and waits_for_pool(plan, node) and uniform(chance) < _TURN_SHARE:
        other = holder(plant, plan, guide, node)
        if other >= 0:
            change_turns(plant, plan, node, other)
            return True, 0.0
    if later:
        target = get(plan.bar, operation, END) + below(chance, _DAY_S)
    else:
        target, _, _ = arrival(plant, plan, operation)
        if by_chance:
            target += int(-_SPREAD_S * log(uniform(chance) + 1e-12))
    way, left, batch, turn = best_place(plant, plan, guide, operation, target, heat)
    if way < 0:
        return False, 0.0
    change = relocate(plant, plan, operation, way, left, batch, turn)
    if plant.fact[WAITS] > 0 and below(chance, _PERCENT) < 2 * plant.fact[WAITS]:
        after, _, _ = arrival(plant, plan, operation)
        wait_there(plant, plan, operation, after)
    return True, change
