"""Schedules on paper: a new version is written once and never changed."""

from datetime import datetime

from django.db.models import Max

from obeya.engines.scheduling import Schedule
from obeya.modules.scheduling.bridge import Placements, PlantProblem
from obeya.modules.scheduling.models import PlanVersion
from obeya.plant.log.actor import Actor
from obeya.plant.resources.models import Site


def write_version(
    site: Site,
    plant: PlantProblem,
    schedule: Schedule,
    *,
    figures: dict[str, object],
    at: datetime,
    by: Actor,
    published_at: datetime | None = None,
) -> PlanVersion:
    """Keep a schedule under the site's next number."""
    last = PlanVersion.objects.at(site).aggregate(last=Max("number"))["last"] or 0
    return PlanVersion.objects.create(
        site=site,
        number=last + 1,
        plan_run_id=plant.work.run_id,
        as_of=at,
        columns=Placements.of(plant, schedule).pack(),
        operations=len(schedule),
        figures={name: str(value) for name, value in figures.items()},
        by_id=by.account_id,
        published_at=published_at,
    )
