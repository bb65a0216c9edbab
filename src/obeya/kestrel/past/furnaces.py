"""Batches: two lots of one recipe go into the furnace together, and come out together."""

from collections import defaultdict
from typing import TYPE_CHECKING

from obeya.kestrel.past.records import Order
from obeya.kestrel.past.truth import SETTERS
from obeya.kestrel.routings import family_of

if TYPE_CHECKING:
    from obeya.kestrel.past.shop import Shop, State

PLACES = 2
PATIENCE_S = {"CARBURISING": 60 * 3600, "TEMPERING": 0, "BAKE OVENS": 3 * 3600}  # for a second lot
ALONE_S = 22 * 3600
SETUP_COSTS_S = 4_000  # of urgency, a minute of heating or cooling
NEXT_WITHIN_S = 4 * 3600  # carburised work must be tempered so soon
TEMPERED_S = 6 * 3600 + 1_800  # a batch with its setup


class Furnaces:
    """Which batch goes in next, and when."""

    def __init__(self, shop: "Shop") -> None:
        self.shop = shop
        self.since: dict[int, int] = {}  # order → when it came into the queue
        self.alone: list[Order] = []  # waits for a second lot before it is plated
        self.looks: set[tuple[str, int]] = set()  # that are to come
        self.promised: dict[str, int] = defaultdict(int)  # tempering furnace → taken until

    def in_pairs(self, order: Order, at: int) -> list[Order]:
        """What must go into a furnace soon after this operation begins it with a second lot."""
        after = order.jobs[order.at + 1 : order.at + 2]
        if not after or not after[0].step.fixed_min or order.job.step.within_min is None:
            return [order]
        if order.job.step.within_min > NEXT_WITHIN_S // 60:
            return [order]
        if self.alone:
            return [self.alone.pop(), order]
        self.alone.append(order)

        def no_longer(now: int) -> None:
            if order in self.alone:
                self.alone.remove(order)
                self.shop.queues[order.job.step.center].append(order)
                self.shop.look(order.job.step.center, now)

        self.shop.later(at + ALONE_S, no_longer)
        return []

    def look(self, center: str, at: int) -> None:
        for order in self.shop.queues[center]:
            self.since.setdefault(order.place * 100 + order.at, at)
        for state in self.shop.states[center]:
            if state.machine.is_furnace and not state.is_busy:
                self._next(state, at)

    def _next(self, state: "State", at: int) -> None:
        batch = self._choose(state, at)
        if batch:
            self._load(state, batch, at)

    def _choose(self, state: "State", at: int) -> list[Order]:
        """The most urgent full batch; a lot that has waited long enough goes in alone."""
        shop, machine = self.shop, state.machine
        groups: dict[tuple[str, int], list[Order]] = defaultdict(list)
        for order in shop.queues[machine.center]:
            step = order.job.step
            if step.fixed_min and shop.places.can(machine, step, order.part):
                groups[family_of(step, order.part), step.fixed_min].append(order)
        patience = PATIENCE_S[machine.classes[0]]
        best: tuple[int, list[Order]] | None = None
        for (family, _), orders in groups.items():
            orders.sort(key=lambda order: order.job.planned[1])
            batch = orders[:PLACES]
            waited = at - min(self.since[o.place * 100 + o.at] for o in batch)
            if len(batch) < PLACES and waited < patience:
                self._look_again(machine.center, at + patience - waited)
                continue
            urgency = batch[0].job.planned[1]
            urgency += SETUP_COSTS_S * shop.places.setup_min(machine.center, state.family, family)
            if best is None or urgency < best[0]:
                best = urgency, batch
        return best[1] if best else []

    def _look_again(self, center: str, at: int) -> None:
        if (center, at) not in self.looks:
            self.looks.add((center, at))
            self.shop.later(at, lambda now: self.look(center, now))

    def _load(self, state: "State", batch: list[Order], at: int) -> None:
        shop, machine = self.shop, state.machine
        step = batch[0].job.step
        family = family_of(step, batch[0].part)
        setup = shop.places.setup_min(machine.center, state.family, family) if family else 0
        seconds = setup * 60 + step.fixed_min * 60
        hours = shop.hours(machine.center)
        worked = hours.worked(at)
        if step.center == "HEAT" and hours.left_in_window(worked) < seconds:
            worked += hours.left_in_window(worked)  # it must not stand over the pause
            begins = hours.begin(worked)
            if begins > at:
                self._look_again(machine.center, begins)
                return
        if machine.classes[0] == "CARBURISING" and not self._tempered_in_time(batch, at, seconds):
            return
        setup_s = int(setup * 60 * SETTERS.get(machine.center, 1.0))
        done = state.wear.work(setup_s, step.fixed_min * 60 * shop.truths[machine.center].slow)
        for order in batch:
            shop.queues[machine.center].remove(order)
        shop.occupy(state, batch, worked, done, family=family)
        for order in batch:
            shop.spoil_batch(order, machine.center)

        def finish(now: int) -> None:
            state.is_busy = False
            for order in batch:
                shop.leave(order, now)
            self.look(machine.center, now)

        shop.later(batch[0].job.ended or at, finish)

    def _tempered_in_time(self, batch: list[Order], at: int, seconds: int) -> bool:
        """Book the tempering furnace, or come back when it will be free in time."""
        shop = self.shop
        furnaces = [
            state.machine.code
            for state in shop.states["HEAT"]
            if state.machine.classes[0] == "TEMPERING"
        ]
        first = min(furnaces, key=lambda code: self.promised[code])
        ends = at + seconds
        begins = max(ends, self.promised[first])
        if begins - ends > NEXT_WITHIN_S:
            center = batch[0].job.step.center
            self._look_again(center, begins - NEXT_WITHIN_S - seconds)
            return False
        self.promised[first] = begins + TEMPERED_S
        return True
