"""The demo plant opens with a plan in force and the next draft on the board."""

from obeya.modules.scheduling.models import PlanVersion
from obeya.modules.scheduling.planning_now import plan_now, publish_now
from obeya.plant.log import clock
from obeya.plant.log.actor import Actor
from obeya.plant.resources.models import Site
from obeya.plant.work.models import Demand


def fill(*, by: Actor) -> None:
    """Plan and publish every site that has open demand and no plan yet."""
    for site in Site.objects.order_by("code"):
        has_plan = PlanVersion.objects.at(site).exists()
        if not has_plan and Demand.objects.at(site).open().exists():
            now = clock.now()
            plan_now(site, by=by, now=now)
            publish_now(site, by=by, now=now)
