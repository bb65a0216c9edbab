"""Questions about what the plan leaves room for, and about what holds it up."""

from dataclasses import dataclass
from datetime import datetime

from obeya.engines.scheduling import Schedule
from obeya.modules.scheduling.asked_promise import PromiseRow, wanted
from obeya.modules.scheduling.bottleneck_weeks import BottleneckWeek, bottleneck_weeks
from obeya.modules.scheduling.bridge import PlantProblem
from obeya.modules.scheduling.drafting import draw, draw_version
from obeya.modules.scheduling.models import Draft, PlanVersion
from obeya.modules.scheduling.promise_answer import Answer, answer
from obeya.modules.scheduling.promising import promised
from obeya.modules.scheduling.refusals import NoPlanYet
from obeya.plant.log.actor import Actor
from obeya.plant.log.queries import query
from obeya.plant.resources.models import Site


@query(permission="scheduling.promise")
def promise(*, site: Site, asked: PromiseRow, now: datetime, by: Actor) -> Answer:
    """The earliest date for a quantity that takes nothing from anybody, and why not earlier.

    Raises
    ------
    UnknownMaterial, NoSuchQuantity, NoPlanYet, BomIsCircular, NoRouting, NobodyCanDo,
    CrewIsShared, BeyondHorizon
    """
    wish = wanted(asked, site)
    plan = plan_of(site, now)
    found = promised(plan.plant, plan.schedule, wish, now=now)
    return answer(found, plan.schedule)


@query(permission="scheduling.view")
def bottlenecks(*, site: Site, now: datetime, by: Actor) -> list[BottleneckWeek]:
    """What is short in each week of the plan.

    Raises
    ------
    NoPlanYet
    """
    plan = plan_of(site, now)
    return bottleneck_weeks(plan.plant, plan.schedule)


@dataclass(frozen=True)
class ReadPlan:
    plant: PlantProblem
    schedule: Schedule


def plan_of(site: Site, now: datetime) -> ReadPlan:
    """The open draft, else the plan in force."""
    draft = Draft.objects.at(site).open().select_related("base", "site").first()
    if draft is not None:
        drawn = draw(draft, now=now)
        return ReadPlan(drawn.plant, drawn.schedule)
    in_force = PlanVersion.objects.in_force(site)
    if in_force is None:
        raise NoPlanYet(
            "There is no plan yet, so nobody knows when a machine is free. Plan the orders first."
        )
    sheet = draw_version(in_force, site, now=now)
    return ReadPlan(sheet.plant, sheet.base)
