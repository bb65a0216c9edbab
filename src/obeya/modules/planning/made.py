"""What the jobs of open orders have made, spoiled and finished."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q

from obeya.plant.resources.models import Site
from obeya.plant.work.models import JobOrder, MaterialRequirement

OPEN = ("firm", "released", "started")  # states of orders that will still yield something
DONE = ("completed", "closed", "cancelled")  # states of jobs that will yield nothing any more


@dataclass
class Step:
    """One operation of an order, all its splits together."""

    quantity: Decimal = Decimal(0)
    good: Decimal = Decimal(0)
    scrap: Decimal = Decimal(0)
    is_done: bool = True

    @property
    def lost(self) -> Decimal:
        """Spoiled, and not made good by making more."""
        return max(min(self.scrap, self.quantity - self.good), Decimal(0))


@dataclass
class Made:
    """The operations of an order by number."""

    steps: dict[int, Step] = field(default_factory=lambda: defaultdict(Step))

    def is_done(self, operation_number: int | None) -> bool:
        """Whether an operation uses no more material; material without a number is the first's."""
        if not self.steps:
            return False
        number = min(self.steps) if operation_number is None else operation_number
        return number in self.steps and self.steps[number].is_done

    @property
    def lost_on_the_way(self) -> Decimal:
        """Spoiled before the last operation, whose own scrap the stock ledger knows."""
        before_last = sorted(self.steps)[:-1]
        return sum((self.steps[number].lost for number in before_last), Decimal(0))


def made_by_order(site: Site, only: Collection[int] | None = None) -> Mapping[int, Made]:
    """Every open order of the site, or those that make or use ``only``; in one query."""
    result: dict[int, Made] = defaultdict(Made)
    jobs = JobOrder.objects.at(site).filter(
        supply_order__status__in=OPEN, work_type="production", operation_number__isnull=False
    )
    if only is not None:
        users = MaterialRequirement.objects.filter(material__in=only).values("supply_order")
        jobs = jobs.filter(Q(supply_order__material__in=only) | Q(supply_order__in=users))
    for job in jobs.select_related("totals"):
        step = result[job.supply_order_id].steps[job.operation_number]
        totals = getattr(job, "totals", None)
        step.quantity += job.quantity
        step.is_done = step.is_done and job.dispatch_status in DONE
        if totals is not None:
            step.good += totals.good
            step.scrap += totals.scrap
    return result
