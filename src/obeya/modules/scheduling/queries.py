"""What the board's pages ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from obeya.modules.scheduling import board as board_json
from obeya.modules.scheduling.drafting import draw, draw_version
from obeya.modules.scheduling.kinds import KINDS
from obeya.modules.scheduling.lateness import lateness_of
from obeya.modules.scheduling.locks import locked_operations
from obeya.modules.scheduling.models import Draft, PlanVersion
from obeya.modules.scheduling.publishing import moved_jobs, windows_of
from obeya.modules.scheduling.reasons import late_lines, not_elsewhere, why_here
from obeya.modules.scheduling.words import duration
from obeya.plant.log.actor import Actor
from obeya.plant.log.models import Run
from obeya.plant.log.queries import query
from obeya.plant.resources.models import Material, Site
from obeya.plant.work.models import JobOrder

VIEW = "scheduling.view"


@query(permission=VIEW)
def open_draft_of(*, site: Site, by: Actor) -> Draft | None:
    return Draft.objects.at(site).open().select_related("base", "site").first()


@query(permission=VIEW)
def draft_of(*, site: Site, draft_id: int, by: Actor) -> Draft:
    """Raises Draft.DoesNotExist."""
    return Draft.objects.at(site).select_related("base", "site").get(pk=draft_id)


@query(permission=VIEW)
def last_plan_run(*, site: Site, by: Actor) -> Run | None:
    """The newest run that plans this site: to show its progress, or why it failed."""
    return Run.objects.filter(kind__in=KINDS, site=site).order_by("-pk").first()


@query(permission=VIEW)
def plan_runs(*, site: Site, by: Actor) -> QuerySet[Run]:
    return Run.objects.filter(kind__in=KINDS, site=site)


@query(permission=VIEW)
def open_drafts(*, site: Site, by: Actor) -> QuerySet[Draft]:
    """One or none."""
    return Draft.objects.at(site).open()


@query(permission=VIEW)
def published_plans(*, site: Site, by: Actor) -> QuerySet[PlanVersion]:
    return PlanVersion.objects.at(site).published()


@query(permission=VIEW)
def has_plan_in_force(*, site: Site, by: Actor) -> bool:
    return PlanVersion.objects.in_force(site) is not None


@query(permission=VIEW)
def board(
    *,
    site: Site,
    draft: Draft,
    now: datetime,
    by: Actor,
    chosen: tuple[int, int, int] | None = None,
) -> dict[str, Any]:
    """The board's JSON; ``chosen`` is the key of the operation that it begins at."""
    published = PlanVersion.objects.in_force(site)
    return board_json.board(
        draw(draft, now=now),
        can_edit=draft.closed_at is None and by.may("scheduling.edit_draft", site=site),
        published_version=published.number if published else None,
        chosen=chosen,
    )


@dataclass(frozen=True)
class Why:
    """Why one operation lies where it lies, and what hangs on it."""

    here: str
    elsewhere: Sequence[str]  # what the other machines would mean; none: there is no other
    late: Sequence[str]
    job: JobOrder | None
    material: Material


@query(permission=VIEW)
def why(*, site: Site, draft: Draft, operation: int, now: datetime, by: Actor) -> Why | None:
    """None if the operation is not on the plan."""
    drawn = draw(draft, now=now)
    if not 0 <= operation < len(drawn.plant.problem):
        return None
    step = drawn.plant.step(operation)
    order = drawn.plant.order_at.get(step.order.pk)
    return Why(
        here=why_here(drawn.plant, drawn.schedule, operation),
        elsewhere=not_elsewhere(drawn.plant, drawn.schedule, operation),
        late=late_lines(drawn.plant, drawn.schedule, order),
        job=step.job,
        material=step.order.material,
    )


@dataclass(frozen=True)
class Publication:
    """What publishing a draft would change on the floor."""

    new_orders: int
    new_jobs: int
    moved_jobs: int
    late_orders: int
    broken_limits: int  # operations that cannot follow running work in time


@query(permission=VIEW)
def publication(*, site: Site, draft: Draft, now: datetime, by: Actor) -> Publication:
    """Counted before anybody is asked to confirm."""
    drawn = draw(draft, now=now)
    plant = drawn.plant
    steps = [plant.step(i) for i in range(len(plant.problem))]
    proposed = [step for step in steps if step.order.status == "proposed"]
    windows = windows_of(drawn, locked_operations(drawn))
    return Publication(
        new_orders=len({step.order.pk for step in proposed}),
        new_jobs=len(proposed),
        moved_jobs=len(moved_jobs(drawn, windows)),
        late_orders=sum(row.late_s > 0 for row in lateness_of(plant, drawn.schedule)),
        broken_limits=len(plant.unkept),
    )


@dataclass(frozen=True)
class LateOrder:
    """One customer order that the plan in force delivers late."""

    code: str
    customer: str
    late: str
    cause: str


@query(permission=VIEW)
def late_in_force(*, site: Site, now: datetime, by: Actor) -> list[LateOrder] | None:
    """The latest first; None while no plan is published."""
    published = PlanVersion.objects.in_force(site)
    if published is None:
        return None
    sheet = draw_version(published, site, now=now)
    rows = [row for row in lateness_of(sheet.plant, sheet.base) if row.late_s > 0]
    return [
        LateOrder(
            code=row.demand.code,
            customer=row.demand.customer.name if row.demand.customer else "",
            late=duration(row.late_s),
            cause=row.cause,
        )
        for row in sorted(rows, key=lambda row: -row.late_s)
    ]
