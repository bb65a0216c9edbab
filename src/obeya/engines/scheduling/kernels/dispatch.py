"""Event simulation of the shop: a machine that is free takes the most urgent work that waits."""

from typing import NamedTuple

import numpy as np

from ..arrays import Ints
from .calendar import working_from
from .filling import sum_up
from .group import PLACED, Outcome, best_slot, place_group, ready_and_need
from .heap import Keys, pop, push
from .line import family_before, setup_seconds
from .njit import njit, njit_that_allocates
from .plant import (
    AFTER,
    END,
    FAMILY,
    FIXED_WAY,
    FOLLOWING_FROM,
    FOLLOWING_TO,
    MACHINE,
    NONE,
    OPERATION,
    OWN_CALENDAR,
    PLACES,
    RECIPE,
    SETUP_START,
    SIZE,
    START,
    WAY,
    WAY_FROM,
    WAY_TO,
    Plant,
    State,
)
from .retime import unplaced_before
from .rules import Priority, index, queue_key

_RANKED = 8  # of the queue are ranked by their exact index
_RANKED_FOR_BATCH = 48  # of the queue are looked at to fill an oven
_PATIENCE_S = 2 * 3600  # a machine that must wait longer lets its choice wait once


class Shop(NamedTuple):
    """What waits where. Queue rows belong to machines, events to the whole shop."""

    queue_from: Ints  # (M + 1,)
    waiting: Ints  # (M,)
    queue_key: Keys
    queue_way: Ints
    busy_until: Ints  # (M,)
    deferred: Ints  # (N,)
    event: Keys
    event_id: Ints
    events: Ints  # (1,)
    waits_for: Ints  # (G,) unplaced arcs into each group


@njit_that_allocates
def _open_shop(plant: Plant, waits_for: Ints) -> Shop:
    """Room for each group to wait once at each machine of its first operation."""
    machines, groups = len(plant.machine), len(plant.group) - 1
    queue_from = np.zeros(machines + 1, np.int64)
    for group in range(groups):
        leader = plant.member[plant.group[group]]
        for way in range(plant.op[leader, WAY_FROM], plant.op[leader, WAY_TO]):
            queue_from[plant.way[way, MACHINE] + 1] += 1
    sum_up(queue_from)
    room = groups + 4 * len(plant.way) + 4 * len(plant.op) + machines + 16
    return Shop(
        queue_from,
        np.zeros(machines, np.int64),
        np.empty(queue_from[-1]),
        np.empty(queue_from[-1], np.int64),
        np.full(machines, plant.clock[0], np.int64),
        np.zeros(len(plant.op), np.int64),
        np.empty(room),
        np.empty(room, np.int64),
        np.zeros(1, np.int64),
        waits_for,
    )


@njit
def _remind(plant: Plant, shop: Shop, moment: int, identity: int) -> None:
    """Add an event: a group arrives (its number), or a machine is free (from G on).

    All that arrives at a moment does so before a machine that is free then makes its choice.
    """
    is_machine = identity >= len(plant.group) - 1
    key = float(2 * (moment - plant.clock[0]) + is_machine)
    shop.events[0] = push(shop.event, shop.event_id, 0, shop.events[0], key, identity)


@njit
def _arrive(
    plant: Plant,
    state: State,
    shop: Shop,
    group: int,
    now: int,
    priority: Priority,
) -> None:
    """Queue a group at the machines of its first operation, and wake those that are free."""
    leader = plant.member[plant.group[group]]
    key = queue_key(priority, leader, now)
    for way in range(plant.op[leader, WAY_FROM], plant.op[leader, WAY_TO]):
        machine = plant.way[way, MACHINE]
        shop.waiting[machine] = push(
            shop.queue_key,
            shop.queue_way,
            shop.queue_from[machine],
            shop.waiting[machine],
            key,
            way,
        )
        if shop.waiting[machine] == 1 or shop.busy_until[machine] <= now:
            moment = max(now, shop.busy_until[machine])
            _remind(plant, shop, moment, len(plant.group) - 1 + machine)


@njit
def _first_in_queue(
    plant: Plant, state: State, shop: Shop, machine: int, ways: Ints, keys: Keys
) -> int:
    """Take up to ``len(ways)`` of those that still wait from the queue of a machine."""
    first, found = shop.queue_from[machine], 0
    while found < len(ways) and shop.waiting[machine] > 0:
        key, way = shop.queue_key[first], shop.queue_way[first]
        shop.waiting[machine] = pop(shop.queue_key, shop.queue_way, first, shop.waiting[machine])
        if state.bar[plant.way[way, OPERATION], WAY] < 0:
            ways[found], keys[found] = way, key
            found += 1
    return found


@njit
def _put_back(shop: Shop, machine: int, ways: Ints, keys: Keys, found: int) -> None:
    for j in range(found):
        if ways[j] >= 0:
            shop.waiting[machine] = push(
                shop.queue_key,
                shop.queue_way,
                shop.queue_from[machine],
                shop.waiting[machine],
                keys[j],
                ways[j],
            )


@njit
def _most_urgent(
    plant: Plant,
    state: State,
    machine: int,
    ways: Ints,
    now: int,
    priority: Priority,
) -> int:
    """Position of the way with the least exact index, with the setup that it would need now."""
    best, least = 0, np.inf
    before = family_before(plant, state, machine, state.length[machine])
    for j in range(len(ways)):
        setup = setup_seconds(plant, machine, before, plant.way[ways[j], FAMILY])
        value = index(priority, plant.way[ways[j], OPERATION], setup, now)
        if value < least:
            best, least = j, value
    return best


@njit
def _commit(plant: Plant, state: State, shop: Shop, group: int, now: int) -> Outcome:
    """Place a group; machines that it takes now are busy, groups that waited for it may arrive."""
    outcome = place_group(plant, state, group)
    if outcome[0] != PLACED:
        return outcome
    for operation in plant.member[plant.group[group] : plant.group[group + 1]]:
        if plant.op[operation, FIXED_WAY] >= 0:
            continue
        machine = plant.way[state.bar[operation, WAY], MACHINE]
        if state.bar[operation, SETUP_START] <= max(now, shop.busy_until[machine]):
            shop.busy_until[machine] = max(shop.busy_until[machine], state.bar[operation, END])
        _remind(plant, shop, max(now, shop.busy_until[machine]), len(plant.group) - 1 + machine)
        for j in range(plant.op[operation, FOLLOWING_FROM], plant.op[operation, FOLLOWING_TO]):
            after = plant.group_of[plant.arc[plant.following[j], AFTER]]
            if after == group:
                continue
            shop.waits_for[after] -= 1
            if shop.waits_for[after] == 0:
                leader = plant.member[plant.group[after]]
                ready = ready_and_need(plant, state, leader)[0]
                _remind(plant, shop, max(now, ready), after)
    return outcome


@njit_that_allocates
def _serve(
    plant: Plant,
    state: State,
    shop: Shop,
    machine: int,
    now: int,
    priority: Priority,
) -> Outcome:
    """A free machine takes its most urgent work; an oven fills up with the same recipe."""
    places = plant.machine[machine, PLACES]
    room = _RANKED_FOR_BATCH if places > 0 else _RANKED
    ways, keys = np.empty(room, np.int64), np.empty(room)
    found = _first_in_queue(plant, state, shop, machine, ways, keys)
    if found == 0:
        return PLACED, -1, -1
    ranked = ways[: min(found, _RANKED)]
    best = _most_urgent(plant, state, machine, ranked, now, priority)
    operation = plant.way[ways[best], OPERATION]
    slot = best_slot(plant, state, operation)[1]
    if slot[1] > now + _PATIENCE_S and shop.deferred[operation] == 0 and slot[0] >= 0:
        shop.deferred[operation] = 1
        _put_back(shop, machine, ways, keys, found)
        _remind(plant, shop, slot[1], len(plant.group) - 1 + machine)
        return PLACED, -1, -1
    ways[best] = -1
    outcome = _commit(plant, state, shop, plant.group_of[operation], now)
    taken = plant.op[operation, SIZE]
    for j in range(found):
        if outcome[0] != PLACED or places == 0 or taken >= places or ways[j] < 0:
            continue
        other = plant.way[ways[j], OPERATION]
        if plant.op[other, RECIPE] != plant.op[operation, RECIPE] or plant.op[other, RECIPE] < 0:
            continue
        if best_slot(plant, state, other)[1][2] == state.bar[operation, START]:
            taken += plant.op[other, SIZE]
            ways[j] = -1
            outcome = _commit(plant, state, shop, plant.group_of[other], now)
    _put_back(shop, machine, ways, keys, found)
    if shop.waiting[machine] > 0:
        moment = max(now, shop.busy_until[machine])
        _remind(plant, shop, moment, len(plant.group) - 1 + machine)
    return outcome


@njit_that_allocates
def dispatch(plant: Plant, state: State, priority: Priority) -> Outcome:
    """Place all that is not placed yet.

    Each event pops from one heap and each machine keeps a heap of what waits for it: O(N log N)
    for N operations, besides the search for room in the pools.
    """
    shop = _open_shop(plant, unplaced_before(plant, state))
    groups = len(plant.group) - 1
    for group in range(groups):
        leader = plant.member[plant.group[group]]
        if shop.waits_for[group] == 0 and state.bar[leader, WAY] < 0:
            _remind(plant, shop, ready_and_need(plant, state, leader)[0], group)
    while shop.events[0] > 0:
        identity, now = shop.event_id[0], plant.clock[0] + (int(shop.event[0]) >> 1)
        shop.events[0] = pop(shop.event, shop.event_id, 0, shop.events[0])
        if identity < groups:
            _arrive(plant, state, shop, identity, now, priority)
            continue
        machine = identity - groups
        if shop.busy_until[machine] > now or shop.waiting[machine] == 0:
            continue
        working = working_from(plant, plant.machine[machine, OWN_CALENDAR], now)
        if working != NONE and working > now:
            _remind(plant, shop, working, identity)
            continue
        outcome = _serve(plant, state, shop, machine, now, priority)
        if outcome[0] != PLACED:
            return outcome
    return PLACED, -1, -1
