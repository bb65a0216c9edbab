"""Plants of four or five operations by chance, with the kinds of constraints that are asked for."""

from collections.abc import Collection
from typing import Any
from zlib import crc32

import numpy as np

from obeya.engines.scheduling import Alternative, Problem, ProblemBuilder

from .every_plan import UNIT

FEATURES = (
    "alternates",
    "breaks",
    "crews",
    "fixed",
    "lags",
    "maintenance",
    "maximum waits",
    "not resumable",
    "ovens",
    "overlap",
    "setters",
    "setups",
    "tools",
)
END = 80  # units; no plan comes near it


def tiny(seed: int, features: Collection[str]) -> Problem:
    """Three orders of one or two operations each on two machines; see `FEATURES` for the rest.

    Work may stop only where the best plan on the grid is the best of all: not where something
    must not end too soon, and not for a shift and for maintenance alike (see `every_plan`).
    """
    unknown = set(features) - set(FEATURES)
    assert not unknown, unknown
    return _Tiny(seed, frozenset(features)).build()


class _Tiny:
    def __init__(self, seed: int, features: frozenset[str]) -> None:
        self.features = features
        words = ",".join(sorted(features))
        self.rng = np.random.default_rng([crc32(words.encode()), seed])
        self.plan = ProblemBuilder(now=0, horizon=END * UNIT)
        tight = self.has("maximum waits") or self.has("overlap")
        both = self.has("maintenance") and (self.has("breaks") or self.has("crews"))
        self.may_stop = not (tight or both or self.has("not resumable"))

    def has(self, feature: str, chance: float = 1.0) -> bool:
        return feature in self.features and self.rng.random() < chance

    def units(self, low: int, high: int) -> int:
        """Seconds of ``low`` to ``high`` units, both included."""
        return UNIT * int(self.rng.integers(low, high + 1))

    def build(self) -> Problem:
        plan, rng = self.plan, self.rng
        self.crew = plan.crew(self._heads()) if self.has("crews") else -1
        self.tool = plan.tool() if self.has("tools") else -1
        self.machines = [self._machine(number) for number in range(2)]
        if self.has("maintenance"):
            self._maintain()
        fixed = int(rng.integers(3)) if self.has("fixed") else -1
        for row, operations in enumerate((2, 1, 1 if "alternates" in self.features else 2)):
            order = plan.order(due=self.units(2, 7), weight=int(rng.integers(1, 4)))
            first = self._operation(order, position=0, fixed=fixed == row)
            if operations == 2:
                self._link(self._operation(order, position=1), first, fixed=fixed == row)
        return plan.build()

    def _hours(self) -> list[tuple[int, int]]:
        if not (self.has("breaks") or self.has("not resumable")):
            return [(-END * UNIT, END * UNIT)]
        found, moment = [], self.units(0, 2)
        while moment < END * UNIT:
            end = moment + self.units(3, 4)
            found.append((moment, end))
            moment = end + self.units(1, 2)
        return found

    def _heads(self) -> list[tuple[int, int, int]]:
        """One or two people by turns, and sometimes nobody."""
        found, moment = [], 0
        while moment < END * UNIT:
            end = moment + self.units(3, 6)
            found.append((moment, end, int(self.rng.choice([0, 1, 1, 2]))))
            moment = end
        return found

    def _machine(self, number: int) -> int:
        matrix = setter = -1
        if self.has("setups") or self.has("setters"):
            rows = self.rng.integers(1, 3, (2, 2)) * UNIT * (1 - np.eye(2, dtype=int))
            matrix = self.plan.setup_matrix(rows.tolist())
        if self.has("setters"):
            if number == 0:
                self.setters = self.plan.setters([(0, END * UNIT, 1)])
            setter = self.setters
        return self.plan.machine(
            calendar=self.plan.calendar(self._hours()),
            setup_matrix=matrix,
            family=int(self.rng.integers(-1, 2)) if matrix >= 0 else -1,
            places=2 if number == 0 and self.has("ovens") else 0,
            setter=setter,
        )

    def _maintain(self) -> None:
        machine = self.machines[int(self.rng.integers(2))]
        earliest, length = self.units(0, 3), self.units(1, 2)
        self.plan.maintenance(
            machine, duration=length, earliest=earliest, latest=earliest + length + self.units(2, 4)
        )

    def _operation(self, order: int, *, position: int, fixed: bool = False) -> int:
        rng = self.rng
        machines = [self.machines[int(rng.integers(2))]]
        if self.has("alternates", 0.7):
            machines = self.machines
        recipe, ways, run = int(rng.integers(2)), [], self.units(1, 3)
        for machine in machines:
            on_oven = machine == self.machines[0] and self.has("ovens")
            length = UNIT * (2 + recipe) if on_oven else run
            if self.has("alternates") and machine and not on_oven:
                length += self.units(0, 1)
            ways.append(
                Alternative(
                    machine,
                    run=length,
                    crew=self.crew if on_oven or self.has("crews", 0.7) else -1,
                    tool=self.tool if self.has("tools", 0.7) else -1,
                    family=recipe,
                )
            )
        facts: dict[str, Any] = {}
        if fixed:
            facts = {"fixed_alternative": 0, "fixed_start": self.units(2, 4)}
            if position == 0 and rng.random() < 0.5:
                facts = {"fixed_alternative": 0, "fixed_start": -self.units(1, 2)}
                facts["remaining"] = self.units(0, 2)
        return self.plan.operation(
            ways,
            order=order,
            release=self.units(0, 2),
            recipe=recipe if self.has("ovens") else -1,
            size=1,
            resumable=self.may_stop,
            **facts,
        )

    def _link(self, after: int, before: int, *, fixed: bool) -> None:
        if self.has("overlap") and not fixed:
            self.plan.overlaps(after, before, lag=self.units(0, 1), end_lag=self.units(0, 2))
            return
        lag = self.units(0, 2) if self.has("lags") else 0
        wait = lag + self.units(0, 1) if self.has("maximum waits") and not fixed else -1
        self.plan.follows(after, before, lag=lag, maximum_wait=wait)
