"""A plain shop in the layout of the kernels."""

import numpy as np

from .kernels.memory import BOUND, FORGET, STATE, Memory
from .kernels.tables import (
    AFTER_FROM,
    BEFORE_FROM,
    FAMILY,
    KINDS,
    RELEASE,
    REST,
    SETUP_FROM,
    SLOT_FROM,
    WAY_FROM,
    Plan,
    Shop,
)
from .shop import PlainShop


def packed(shop: PlainShop) -> Shop:
    """Lay a shop out for the kernels."""
    count = len(shop)
    op = np.zeros((count + 1, 8), dtype=np.int32)
    for column, first in (
        (WAY_FROM, shop.first_alternative),
        (BEFORE_FROM, shop.first_predecessor),
        (AFTER_FROM, shop.first_successor),
    ):
        op[:count, column], op[:count, column + 1] = first[:-1], first[1:]
    op[:count, RELEASE], op[:count, REST] = shop.release, shop.tail
    family = shop.setups.family if shop.has_setups else np.full(len(shop.machine), -1)
    way = np.column_stack([shop.machine, shop.duration, family, shop.operation])
    line = np.zeros((shop.machines, 3), dtype=np.int64)
    eligible = np.bincount(shop.machine, minlength=shop.machines)
    line[:, SLOT_FROM] = np.cumsum(eligible + 1) - eligible  # a free slot ahead of each machine
    if shop.has_setups:
        line[:, KINDS], line[:, SETUP_FROM] = shop.setups.families, shop.setups.first[:-1]
    ends = (np.diff(shop.first_successor) == 0) | (shop.tail > 0)
    return Shop(
        op=op,
        way=np.ascontiguousarray(way, dtype=np.int32),
        before=np.array(shop.predecessor),
        after=np.array(shop.successor),
        line=line,
        setup=np.array(shop.setups.seconds),
        last=np.flatnonzero(ends).astype(np.int32),
    )


def empty_plan(shop: Shop) -> Plan:
    """Room for the sequences of a shop."""
    count, machines = len(shop.op) - 1, len(shop.line)
    op = np.zeros((count + 1, 8), dtype=np.int32)
    op[count, FAMILY] = -1  # the operation that is nowhere needs no setup
    return Plan(
        op=op,
        slot=np.full(len(shop.way) + machines + 2, count, dtype=np.int32),
        length=np.zeros(machines, dtype=np.int32),
        order=np.zeros(count, dtype=np.int32),
        rank=np.zeros(count + 1, dtype=np.int32),
        dirty=np.zeros(count + 1, dtype=np.int32),
        path=np.zeros(2 * count + 4, dtype=np.int32),
    )


def empty_memory(shop: Shop, bound: int) -> Memory:
    """Room for what a search knows."""
    count = len(shop.op) - 1
    state = np.zeros(STATE, dtype=np.int64)
    state[BOUND] = bound
    return Memory(
        state=state,
        pair=np.zeros(FORGET + 1, dtype=np.int64),
        way=np.zeros(len(shop.way), dtype=np.int64),
        best_order=np.zeros(count, dtype=np.int32),
        best_way=np.zeros(count, dtype=np.int32),
        scratch=np.zeros(count + 1, dtype=np.int32),
    )
