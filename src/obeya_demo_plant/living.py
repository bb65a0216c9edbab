"""The plant of truth at work: look at the plan, let time pass, say what happened."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from obeya_demo_plant import market, seen
from obeya_demo_plant.chance import Chance
from obeya_demo_plant.doors import Doors, Refused
from obeya_demo_plant.floor import Floor
from obeya_demo_plant.memory import Memory
from obeya_demo_plant.planner import Planner
from obeya_demo_plant.state import State
from obeya_demo_plant.telling import moment
from obeya_demo_plant.trade import Trade
from obeya_demo_plant.truth import Truth

LISTS = ("equipment", "calendars", "calendar-shifts", "calendar-breaks", "calendar-exceptions")
LONGEST_PAUSE_S = 12 * 3600  # that is worked off after a restart
HOUR_S = 3600
LOOK_S, SETTLED_WITHIN_S, PLANNED_WITHIN_S = 0.05, 120.0, 600.0


class NotSettled(Exception):
    """The product did not come to rest."""


class Living:
    """One plant, from where its memory left it."""

    def __init__(
        self, doors: Doors, memory: Memory, *, seed: int, say: Callable[[str], None] = print
    ) -> None:
        self.doors, self.memory, self.say = doors, memory, say
        self.state = memory.read() or self._newborn(seed)
        self._send()
        lists = {name: doors.list(name) for name in LISTS}
        sight = seen.look(lists, self.state.now)
        self.floor = Floor(self.state, sight, Truth(Chance(self.state.seed)))
        self.trade = Trade(doors, self.state, self.floor.telling, say)
        self.planner = Planner(doors, self.state, self.floor, say)
        self._see_plan()

    def until(self, at: int) -> None:
        """Live up to a moment and report; what was refused is looked at again."""
        self._see_plan()
        if self.state.now == self.state.began or at // HOUR_S > self.state.now // HOUR_S:
            self._see_stores()
        self.trade.advance(at)
        self.floor.advance(at)
        self._send()

    def plan(self) -> bool:
        """Whether a new plan is sought; it is asked for when the floor has drifted."""
        before = self.planner.stands()
        self.planner.look()
        is_sought = self.planner.follow()
        if before != self.planner.stands():
            self.memory.write(self.state)
        return is_sought

    def wait_for_plan(self) -> None:
        """Until it is in force, if one is sought."""
        until = time.monotonic() + PLANNED_WITHIN_S
        while self.plan():
            if time.monotonic() > until:
                raise NotSettled("A plan is still sought. Does a worker run?")
            time.sleep(LOOK_S)
        self.settle()

    def clock(self) -> int:
        """What the demo's clock shows now."""
        return shown_now(self.doors)

    def set_clock(self, at: int, rate: int) -> None:
        row = {"shown": moment(at), "rate": rate}
        self.doors.post("demo-clock", [row], of_site=False)

    def settle(self) -> None:
        """Until the product has done what follows from the reports."""
        until = time.monotonic() + SETTLED_WITHIN_S
        while self.doors.list("waiting-deliveries", of_site=False):
            if time.monotonic() > until:
                raise NotSettled("Reactions still wait. Does a worker run?")
            time.sleep(LOOK_S)

    def _newborn(self, seed: int) -> State:
        now = shown_now(self.doors)
        return State(seed=seed, began=now, now=now)

    def _see_plan(self) -> None:
        plans = self.doors.list("plans")
        newest = str(plans[-1]["plan"]) if plans else ""
        if newest != self.state.plan:
            self.floor.adopt(seen.orders(self.doors.list("jobs")))
            self.floor.stores.see_needs(self.doors.list("job-materials"))
            self.state.plan = newest

    def _see_stores(self) -> None:
        """What lies there and what is on its way: somebody looks every hour."""
        stock = market.free_stock(self.doors.list("stock"), self.floor.sight.stores)
        self.floor.stores.see_stock(stock)
        self.trade.look()
        self.floor.look_again()

    def _send(self) -> None:
        """Everything that was tapped in and has not arrived, in its order."""
        if not self.state.outbox:
            return
        self.memory.write(self.state)
        for message in self.state.outbox:
            try:
                self.doors.post(message["verb"], message["rows"], key=message["key"])
            except Refused as refused:
                if refused.status in (401, 403):
                    raise
                self.state.refused += 1
                self.state.plan = ""  # somebody else was here: look at everything again
                self.say(f"{message['verb']} {message['rows']}: {refused}")
        self.state.outbox = []
        self.memory.write(self.state)


def shown_now(doors: Doors) -> int:
    clocks: list[Any] = list(doors.list("demo-clock", of_site=False))
    real = datetime.now(UTC)
    if not clocks:
        return int(real.timestamp())
    passed = real - datetime.fromisoformat(clocks[0]["real_anchor"])
    shown = datetime.fromisoformat(clocks[0]["shown_anchor"])
    return int(shown.timestamp() + passed.total_seconds() * float(clocks[0]["rate"]))


def step_through(plant: Living, *, until: int, step_s: int, plans_anew: bool = False) -> None:
    """Stand the clock, and go from step to step: the same seed gives the same plant.

    ``plans_anew``: the planner has a new plan made when the floor has drifted; else the plan in
    force is worked to its end.
    """
    if plans_anew:
        plant.wait_for_plan()  # which a step has asked for that was broken off
    while plant.state.now < until:
        at = min(plant.state.now + step_s, until)
        plant.set_clock(at, 0)
        plant.until(at)
        plant.settle()
        if plans_anew:
            plant.wait_for_plan()


def keep_pace(plant: Living, *, rate: int, stop: Callable[[float], bool]) -> None:
    """Follow the demo's clock, which runs ``rate`` times as fast; ``stop`` waits and says when."""
    shown = plant.clock()
    if not plant.state.now <= shown <= plant.state.now + LONGEST_PAUSE_S:
        shown = plant.state.now  # it was switched off: the plant stood still, too
    plant.set_clock(shown, rate)
    while not stop(1.0):
        plant.until(max(plant.state.now, plant.clock()))
        plant.plan()
