"""One search with its own plan and luck; several, each on machines of its own, add up."""

from collections.abc import Sequence

import numpy as np

from ..schedule import Schedule
from .kernels import tables as t
from .kernels.anneal import anneal
from .kernels.hours_change import into_hours
from .kernels.whole import take_again
from .layout import Layout
from .plan import (
    Kept,
    empty_guide,
    empty_plan,
    go_back,
    guided,
    justified,
    kept,
    read_in,
    tidied,
)

ENDLESS = 2**62  # effort

_CHUNK = 2_000  # moves in one call
_TIDY_EVERY = 2_000, 20_000  # moves between two tidyings: 20 per operation, within these,
_TIDY_AFTER = 20  # and in plants of more than 20,000 operations one per operation
_PATIENCE = 0.5  # [typical hours late], and
_PATIENCE_BY_HEAT = 0.7
_LAST_SHARE = 0.05  # of the nodes timed so far: what a last look at what might wait may take,
_LAST_STEPS = 20_000, 400_000  # but at least and at most
_MOST_STEPS = 250  # moves that are taken time 12 nodes; what goes on so long runs in a circle


class Island:
    """Anneals one plan of a layout.

    Attributes
    ----------
    best, best_layout, best_cost
        The best plan so far, the layout that it belongs to (with its maintenance), and its cost on
        the scale of the kernels.
    """

    def __init__(self, layout: Layout, start: Schedule, *, seed: int, stream: int) -> None:
        self.layout = layout
        self.plan = empty_plan(layout, seed, stream)
        self.guide = empty_guide(layout)
        read_in(layout, self.plan, start)
        self.best, self.best_layout, self.best_cost = kept(self.plan), layout, self.cost
        count = len(layout.problem)
        least, most = _TIDY_EVERY
        self._tidy_every = max(count, min(max(_TIDY_AFTER * count, least), most))
        self._since_tidy = self._tidy_every

    @property
    def cost(self) -> float:
        """Cost of the plan as it is now."""
        return float(self.plan.cost[-1])

    def work(self, moves: int, heat: float, effort: int = ENDLESS) -> int:
        """Evaluate so many moves at a temperature, or fewer for an effort; answers how many."""
        layout, plan = self.layout, self.plan
        patience = _PATIENCE * 3600 * layout.plant.money[0, t.TYPICAL] + _PATIENCE_BY_HEAT * heat
        done = 0
        while done < moves and effort > 0:
            if self._since_tidy >= self._tidy_every:
                self.tidy()
            units, spent = anneal(
                layout.plant,
                plan,
                self.guide,
                layout.last,
                min(moves - done, _CHUNK),
                effort,
                heat,
                patience,
                _MOST_STEPS,
            )
            done, effort = done + units, effort - spent
            self._since_tidy += units
        self.remember()
        return done

    def tidy(self) -> None:
        """Take back idle crew time, and look again at what is urgent."""
        tidied(self.layout, self.plan)
        guided(self.layout, self.plan, self.guide)
        self._since_tidy = 0

    def justify(self) -> None:
        """From the best plan on, let work wait where that pays at once."""
        self.move_to(self.best_layout, self.best)
        if self.layout.prices.waits:
            spent = int(self.plan.heap[t.STEPS])
            least, most = _LAST_STEPS
            justified(self.layout, self.plan, min(max(int(_LAST_SHARE * spent), least), most))
            self.look_again()
            self.remember()

    def forget(self, layout: Layout, plan: Kept) -> None:
        """Go back to a plan, and count what came since as no better."""
        self.move_to(layout, plan)
        self.best, self.best_layout, self.best_cost = plan, layout, self.cost

    def remember(self) -> None:
        """Keep the plan if it is the best so far."""
        if self.cost < self.best_cost:
            self.best, self.best_layout = kept(self.plan), self.layout
            self.best_cost = self.cost

    def move_to(self, layout: Layout, plan: Kept) -> None:
        """Go on in a layout with other maintenance, from a plan that holds there."""
        moved = empty_plan(layout, 0)._replace(chance=self.plan.chance)
        moved.bar[:], moved.line[:] = plan
        take_again(layout.plant, moved)
        moved.heap[: t.FIRST] = self.plan.heap[: t.FIRST]
        self.layout, self.plan = layout, moved
        guided(layout, moved, self.guide)
        self._since_tidy = 0

    def work_in(self, layout: Layout, machine: int, since: int, limit: float) -> bool:
        """Go over to other hours of one machine, unless that costs more than a limit.

        Parameters
        ----------
        layout
            Differs in the hours of this machine only, from ``since`` [s from its origin] on.
        """
        if not into_hours(self.layout.plant, layout.plant, self.plan, machine, since, limit):
            return False
        self.layout = layout
        self.remember()
        return True

    def stand_like(self, other: "Island") -> None:
        """Take over layout and plan of another island, as they are."""
        self.layout, mine, its = other.layout, self.plan, other.plan
        mine.bar[:], mine.left[:], mine.line[:] = its.bar, its.left, its.line
        mine.first_start[:], mine.cost[:] = its.first_start, its.cost

    def go_on_from(self, plan: Kept) -> None:
        """Leave the own plan for another; what guides the moves is to be brought up to date."""
        go_back(self.layout, self.plan, plan)

    def look_again(self) -> None:
        """Bring up to date what guides the moves."""
        guided(self.layout, self.plan, self.guide)
        self._since_tidy = 0

    def look_like(self, other: "Island") -> None:
        """Be guided as another island that has the same plan."""
        mine, known = self.guide, other.guide
        mine.slack[:], mine.pressure[:] = known.slack, known.pressure
        mine.user[:], mine.user_from[:] = known.user, known.user_from
        self._since_tidy = 0


def merged(islands: Sequence[Island], shares: Sequence[np.ndarray], base: Kept) -> Kept:
    """The line of each machine from the island that had it; times do not fit together yet.

    Parameters
    ----------
    shares
        Of each island, the machines that it could touch. shape (M,) of bool
    base
        The plan that all went out from.
    """
    bar, line = base[0].copy(), base[1].copy()
    plant = islands[0].layout.plant
    machine = plant.way[bar[:, t.WAY], t.MACHINE]
    for island, share in zip(islands, shares, strict=True):
        mine = share[machine]
        bar[mine] = island.plan.bar[mine]
        line[share] = island.plan.line[share]
    return bar, line
