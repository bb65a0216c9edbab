"""When a quantity could be there, if nobody else gives anything up: material, then capacity."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from obeya.engines.scheduling import Cause, Schedule, Unschedulable
from obeya.engines.scheduling.reaction import Promise
from obeya.engines.scheduling.reaction import promise as fitted
from obeya.modules.planning.public import Cover, Share, cover
from obeya.modules.scheduling.bridge import PlantProblem
from obeya.modules.scheduling.bridge.addition import Addition, add
from obeya.modules.scheduling.refusals import BeyondHorizon
from obeya.modules.scheduling.stretches import Stretch, stretches
from obeya.plant.resources.models import Material

MOST_PLANS = 64  # ways and orders that are tried of one promise; further ones cost too long
MOST_PLANS_WITHOUT = 16  # of each "without this reason"


@dataclass(frozen=True)
class Wanted:
    """How much of what; ``due_at`` None: as soon as possible."""

    material: Material
    quantity: Decimal
    due_at: datetime | None = None


@dataclass(frozen=True, eq=False)
class Promised:
    """A date, and all that it stands on; times in seconds of ``plant``, which has the new steps."""

    wanted: Wanted
    plant: PlantProblem
    since: int  # when it was asked
    at: int
    cover: Cover
    fit: Promise | None  # None: nothing has to be made
    addition: Addition | None
    arrival: Callable[[Share], int]

    @property
    def direct(self) -> tuple[Share, ...]:
        """What goes to the customer without being made anew."""
        return tuple(s for s in self.cover.shares if s.into is None and s.lot is None)

    @property
    def last_direct(self) -> Share | None:
        """The one that all wait for, if what is made is there before it."""
        last = max(self.direct, key=self.arrival, default=None)
        done = self.fit.completion if self.fit else -1
        return last if last is not None and self.arrival(last) > done else None

    def chain(self) -> list[Stretch]:
        """The way from now to the date, without what only the age of the problem puts first."""
        if self.fit is None or self.last_direct is not None:
            return []
        return [
            each
            for each in stretches(self.fit.because())
            if each.cause is not Cause.MATERIAL or each.end > self.since
        ]


def promised(plant: PlantProblem, schedule: Schedule, wanted: Wanted, *, now: datetime) -> Promised:
    """The earliest date for a quantity; nothing is written, and no operation moves.

    Raises
    ------
    BomIsCircular, NoRouting, NobodyCanDo, CrewIsShared, BeyondHorizon
    """
    covering = cover(
        site=plant.work.site,
        material=wanted.material,
        quantity=wanted.quantity,
        due_at=wanted.due_at or now,
        now=now,
        run_id=plant.work.run_id,
    )
    since = max(plant.seconds(now), plant.problem.now)
    arrival = _arrivals(plant, schedule, since)
    _refuse_what_comes_too_late(plant, covering, arrival)
    direct = [arrival(s) for s in covering.shares if s.into is None and s.lot is None]
    if not covering.lots:
        return Promised(wanted, plant, since, max(direct), covering, None, None, arrival)
    due = plant.seconds(wanted.due_at) if wanted.due_at else plant.problem.horizon
    addition = add(plant, covering, now=now, due=due)
    try:
        fit = fitted(
            addition.problem,
            schedule,
            addition.order(arrival),
            most_plans=MOST_PLANS,
            like=plant.problem,
        )
    except Unschedulable as failure:
        ends = plant.moment(plant.problem.horizon)
        raise BeyondHorizon.capacity(str(failure), ends) from failure
    at = max([fit.completion, *direct])
    return Promised(wanted, addition.on(fit.problem), since, at, covering, fit, addition, arrival)


def _arrivals(plant: PlantProblem, schedule: Schedule, since: int) -> Callable[[Share], int]:
    """When a share is there: work of the plan when the plan ends it, purchases when they come.

    What should have come already may come any moment, as in the plan.
    """
    ends = {
        order: int(schedule.end[last])
        for order, last in zip(
            plant.order_ids, plant.problem.orders.last_operation.tolist(), strict=True
        )
        if last >= 0
    }

    def arrival(share: Share) -> int:
        if share.order is not None:
            if share.order.pk in ends:
                return max(ends[share.order.pk], since)
            return max(plant.seconds(share.order.available_at or share.order.due_at), since)
        return since + (share.lead_time_s or 0)

    return arrival


def _refuse_what_comes_too_late(
    plant: PlantProblem, covering: Cover, arrival: Callable[[Share], int]
) -> None:
    horizon = plant.problem.horizon
    for share in covering.shares:
        if share.lot is None and (comes := arrival(share)) >= horizon:
            at = plant.origin + timedelta(seconds=comes)
            raise BeyondHorizon.material(share.material, at, plant.moment(horizon))
