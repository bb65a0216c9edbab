"""Plants made up by chance, small and large, with every constraint of the model in them."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from .problem import Alternative, Problem, ProblemBuilder

HOUR: Final = 3600
DAY: Final = 24 * HOUR
WEEK: Final = 7 * DAY

FEATURES: Final = frozenset(
    {
        "assembly",  # parts of one order meet
        "batches",  # ovens with places
        "crews",  # people with skills, fewer at night
        "fixed",  # started and frozen operations
        "lags",  # cooling and drying
        "maintenance",
        "maximum_waits",  # what must soon follow
        "not_resumable",
        "overlap",  # transfer batches
        "releases",
        "setters",
        "setups",
        "tools",
    }
)


@dataclass(frozen=True)
class _Kind:
    """A kind of machine: hours of work per operation, shifts, families, share of machines."""

    name: str
    shifts: str
    hours: float
    families: int
    share: float
    places: int = 0


_KINDS = (
    _Kind("saw", "day", 0.7, 3, 1.0),
    _Kind("mill", "two", 3.0, 5, 4.0),
    _Kind("press", "three", 2.0, 6, 2.5),
    _Kind("oven", "always", 4.0, 2, 0.8, places=6),
    _Kind("weld", "two", 2.5, 3, 2.5),
    _Kind("paint", "two", 1.0, 4, 1.0),
    _Kind("assemble", "two", 3.0, 3, 3.0),
)
_ROUTES = (
    ("saw", "mill", "weld"),
    ("saw", "press", "oven"),
    ("mill", "oven", "paint"),
    ("press", "weld", "paint"),
    ("saw", "mill", "oven", "mill"),
    ("mill", "press"),
)
_SHIFTS = {
    "day": ((7.0, 9.0), (9.25, 12.0), (12.5, 15.5)),
    "two": ((6.0, 10.0), (10.5, 14.0), (14.0, 18.0), (18.5, 22.0)),
    "three": ((6.0, 10.0), (10.5, 14.0), (14.0, 18.0), (18.5, 22.0), (22.0, 26.0), (26.5, 30.0)),
}


def random_problem(
    seed: int,
    operations: int,
    *,
    features: Collection[str] = FEATURES,
    load: float = 0.8,
) -> Problem:
    """Make up a plant and its orders.

    Machines come in kinds with their own shifts, breaks and setup families; orders take routes
    through them, meet in assembly, and are promised with little or much time to spare. The number
    of machines grows with the number of operations; ``now`` lies in the first week, a Tuesday 9:17.

    Parameters
    ----------
    operations
        At least so many operations; the last order is completed.
    features
        Which constraints there are, of `FEATURES`.
    load
        Share of the working time of the busiest kind that releases and due times are spread over.
    """
    unknown = set(features) - FEATURES
    if unknown:
        raise ValueError(f"Unknown features {sorted(unknown)}. Expected some of {FEATURES}.")
    return _Plant(np.random.default_rng(seed), operations, frozenset(features), load).build()


class _Plant:
    """The plant while it is made up."""

    def __init__(
        self, rng: np.random.Generator, operations: int, features: frozenset[str], load: float
    ) -> None:
        self.rng, self.operations, self.features = rng, operations, features
        self.now = DAY + 9 * HOUR + 17 * 60
        per_kind = max(1.0, operations / 700)
        hours = operations * 1.7 / per_kind  # of the busiest kind, as if it were one machine
        self.span = int(max(2 * DAY, hours / 3.0 * HOUR * (WEEK / (70 * HOUR)) / load))
        self.horizon = self.now + 6 * self.span + 5 * WEEK
        self.plan = ProblemBuilder(now=self.now, horizon=self.horizon)
        self.count = 0
        self._pools()
        self.machines = {kind.name: self._machines(kind, per_kind) for kind in _KINDS}
        self.busy_from: dict[int, int] = {}
        self.fixed: set[int] = set()
        self.pinned_until = self.now

    def has(self, feature: str, chance: float = 1.0) -> bool:
        return feature in self.features and self.rng.random() < chance

    def _shift(self, name: str) -> list[tuple[int, int]]:
        """Working intervals of a pattern up to the horizon; two days off at the end of a week."""
        if name == "always":
            return [(-WEEK, self.horizon)]
        days = range(-7, self.horizon // DAY + 1)
        return [
            (int(day * DAY + start * HOUR), int(day * DAY + end * HOUR))
            for day in days
            if day % 7 < 5
            for start, end in _SHIFTS[name]
        ]

    def _people(self, most: int) -> list[tuple[int, int, int]]:
        """Heads by shift around the clock, a fifth fewer at night."""
        night = max(2, int(0.8 * most))
        return [
            (int(day * DAY + hour * HOUR), int(day * DAY + (hour + 8) * HOUR), heads)
            for day in range(-7, self.horizon // DAY + 1)
            for hour, heads in ((6, most), (14, most), (22, night))
        ]

    def _pools(self) -> None:
        scale = max(1.0, self.operations / 700)
        plan = self.plan
        self.crews = {
            kind.name: plan.crew(self._people(max(2, round(0.9 * kind.share * scale))))
            for kind in _KINDS
            if kind.name != "oven"
        }
        self.setters = plan.setters(self._people(max(2, round(scale))), label="SETTERS")
        self.tools = [
            plan.tool(1 + i % 2, label=f"TOOL-{i + 1}") for i in range(max(2, round(3 * scale)))
        ]

    def _machines(self, kind: _Kind, per_kind: float) -> list[int]:
        count = max(1, round(kind.share * per_kind))
        matrix = -1
        if "setups" in self.features:
            minutes = self.rng.integers(5, 60, (kind.families, kind.families))
            np.fill_diagonal(minutes, 0)
            matrix = self.plan.setup_matrix((minutes * 60).tolist())
        calendar = self.plan.calendar(self._shift(kind.shifts))
        found = []
        for number in range(count):
            machine = self.plan.machine(
                calendar=calendar,
                setup_matrix=matrix,
                family=int(self.rng.integers(-1, kind.families)),
                places=kind.places if "batches" in self.features else 0,
                setter=self.setters if self.has("setters", 0.6) else -1,
                label=f"{kind.name.upper()}-{number + 1}",
            )
            found.append(machine)
            self._maintain(machine)
        return found

    def _maintain(self, machine: int) -> None:
        for week in range(self.span // WEEK + 1):
            if not self.has("maintenance", 0.4):
                continue
            earliest = self.now + week * WEEK + int(self.rng.integers(0, 4 * DAY))
            duration = int(self.rng.integers(1, 5)) * HOUR
            play = int(self.rng.choice([0, 8, 48])) * HOUR
            self.plan.maintenance(
                machine, duration=duration, earliest=earliest, latest=earliest + duration + play
            )

    def build(self) -> Problem:
        """Add orders until there are enough operations."""
        number = 0
        while self.count < self.operations:
            number += 1
            self._order(number - 1, f"JO-{number}")
        return self.plan.build()

    def _order(self, order: int, label: str) -> None:
        rng = self.rng
        released = self.now
        if "releases" in self.features:
            released += max(0, int(rng.uniform(-0.25, 0.85) * self.span))
        time = int(rng.choice([36, 72, 144], p=[0.35, 0.4, 0.25])) * HOUR
        weight = int(rng.choice([1, 1, 2, 3, 5]))
        self.pinned_until = released
        parts = 1 + (int(rng.integers(1, 3)) if self.has("assembly", 0.5) else 0)
        ends = [self._part(order, released, label) for _ in range(parts)]
        if parts > 1:
            last = self._operation("assemble", order, released, label)
            for end in ends:
                self.plan.follows(last, end)
        # what is frozen weeks ahead was not promised before: no plan could be on time
        self.plan.order(due=self.pinned_until + time, weight=weight, label=label)

    def _part(self, order: int, released: int, label: str) -> int:
        route = _ROUTES[self.rng.integers(len(_ROUTES))]
        steps = [
            self._operation(kind, order, released, label, position)
            for position, kind in enumerate(route)
        ]
        for before, after, kinds in zip(steps, steps[1:], pairwise(route), strict=False):
            self._link(before, after, kinds)
        return steps[-1]

    def _link(self, before: int, after: int, kinds: tuple[str, str]) -> None:
        rng = self.rng
        if before in self.fixed or after in self.fixed:
            self.plan.follows(after, before)
        elif kinds == ("mill", "oven") and self.has("maximum_waits"):
            self.plan.follows(after, before, maximum_wait=int(rng.integers(5, 11)) * 900)
        elif kinds == ("weld", "paint") and self.has("maximum_waits", 0.5):
            self.plan.follows(after, before, lag=600, maximum_wait=20 * HOUR)
        elif kinds[0] == "saw" and self.has("overlap", 0.6):
            lag, end_lag = (int(seconds) for seconds in rng.integers(60, HOUR, 2))
            self.plan.overlaps(after, before, lag=lag, end_lag=end_lag)
        else:
            lag = int(rng.integers(1, 4)) * HOUR if kinds[0] == "oven" and self.has("lags") else 0
            self.plan.follows(after, before, lag=lag)

    def _operation(
        self, name: str, order: int, released: int, label: str, position: int = -1
    ) -> int:
        rng = self.rng
        kind = next(kind for kind in _KINDS if kind.name == name)
        family = int(rng.integers(kind.families))
        on_batch = kind.places > 0 and "batches" in self.features
        if on_batch:
            run = (2 + 2 * family) * HOUR + 137
        else:
            run = int(kind.hours * HOUR * rng.lognormal(-0.1, 0.5)) + 1
        resumable = on_batch or not self.has("not_resumable", 0.3)
        if not resumable:
            run = min(run, 9 * HOUR // 5)
        machines = self.machines[name]
        chosen = rng.choice(machines, min(len(machines), int(rng.integers(1, 4))), replace=False)
        crew = self.crews.get(name, -1) if "crews" in self.features else -1
        tool = int(rng.choice(self.tools)) if self.has("tools", 0.2) else -1
        heads = 2 if self.rng.random() < 0.1 else 1
        slower = (1.0,) if on_batch else (1.0, 1.0, 1.1)
        ways = [
            Alternative(int(machine), int(run * rng.choice(slower)), crew, heads, tool)
            for machine in chosen
        ]
        fixing = self._fixing(kind, ways[0], released, position)
        if fixing:
            self.fixed.add(self.count)
        self.count += 1
        return self.plan.operation(
            ways,
            order=order,
            family=family,
            release=released,
            resumable=resumable,
            recipe=family if on_batch else -1,
            size=int(rng.integers(1, 4)) if on_batch else 1,
            label=f"{label}/{self.count}",
            **fixing,
        )

    def _fixing(
        self, kind: _Kind, way: Alternative, released: int, position: int
    ) -> dict[str, int]:
        """Start some first operations, freeze some others, and pin some far ahead."""
        if kind.shifts == "always" or not self.has("fixed", 0.15):
            return {}
        free = self.busy_from.get(way.machine)
        if position == 0 and released == self.now and free is None:
            self.busy_from[way.machine] = self.now + DAY
            remaining = int(self.rng.integers(0, way.run + 1))
            start = self.now - int(self.rng.integers(1, 8 * HOUR))
            return {"fixed_alternative": 0, "fixed_start": start, "remaining": remaining}
        ahead = self.now + DAY if position == 0 and released == self.now else 0
        if position == 1 and self.rng.random() < 0.2:
            ahead = released + WEEK
        if not ahead:
            return {}
        start = max(ahead, free or 0)
        start = next(max(start, begin) for begin, end in self._shift(kind.shifts) if end > start)
        self.busy_from[way.machine] = start + 3 * DAY
        self.pinned_until = max(self.pinned_until, start)
        return {"fixed_alternative": 0, "fixed_start": start}
