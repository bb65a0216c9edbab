"""Plan a site: explode, put the work on machines, check it, lay it open as a draft."""

from datetime import datetime

from django.utils.translation import gettext as _

from obeya.modules.planning.public import plan_requirements
from obeya.modules.scheduling.actions import open_draft
from obeya.modules.scheduling.bridge import build_problem
from obeya.modules.scheduling.bridge.holding import held
from obeya.modules.scheduling.drafting import draw, redraw
from obeya.modules.scheduling.goals import Wish
from obeya.modules.scheduling.locks import locked_operations
from obeya.modules.scheduling.models import Draft, PlanVersion
from obeya.modules.scheduling.refusals import NothingToImprove, NothingToPlan
from obeya.modules.scheduling.searching import search
from obeya.plant.log import clock
from obeya.plant.log.actor import Actor
from obeya.plant.log.models import Run
from obeya.plant.log.runs import RunHandle
from obeya.plant.resources.models import Site


def run_plan(handle: RunHandle) -> dict[str, int]:
    """The worker's door."""
    wish = Wish(**handle.arguments)
    handle.progress(0, 4, step=_("looking at what is needed"))
    draft = plan_site(
        handle.site, run=handle.run, by=handle.by, now=clock.now(), wish=wish, handle=handle
    )
    return {"draft": draft.pk}


def run_improve(handle: RunHandle) -> dict[str, int]:
    """The worker's door."""
    wish = Wish(**handle.arguments)
    handle.progress(1, 4, step=_("looking at machines, shifts and crews"))
    draft = improve_site(handle.site, by=handle.by, now=clock.now(), wish=wish, handle=handle)
    return {"draft": draft.pk}


def plan_site(
    site: Site,
    *,
    run: Run,
    by: Actor,
    now: datetime,
    wish: Wish | None = None,
    handle: RunHandle | None = None,
) -> Draft:
    """Plan requirements and schedule; what is running or released stays as it is.

    Raises
    ------
    NothingToPlan, NobodyCanDo, CannotBePlanned, PlanBreaksRule, BomIsCircular, PlanOvertaken,
    NothingToStayCloseTo
        The draft and the plan in force stay then, and the proposals that they are made of.
    """

    def tell(done: int, step: str) -> None:
        if handle is not None:
            handle.progress(done, 4, step=step)

    in_force = PlanVersion.objects.in_force(site)
    plan_requirements(site=site, run=run, now=now, by=by, in_use=_runs_in_use(site, in_force))
    tell(1, _("looking at machines, shifts and crews"))
    plant = build_problem(site, run_id=run.pk, now=now)
    if not len(plant.problem):
        raise NothingToPlan(
            "There is nothing to make: no open demand needs more than what is there."
            " Import or enter demands, then plan again."
        )
    tell(2, _("looking for a good plan"))
    schedule = search(plant, wish or Wish(), in_force=in_force, handle=handle)
    tell(3, _("writing the draft"))
    return open_draft(site=site, plant=plant, schedule=schedule, in_force=in_force, at=now, by=by)


def improve_site(
    site: Site, *, by: Actor, now: datetime, wish: Wish, handle: RunHandle | None = None
) -> Draft:
    """Go on from the open draft as it stands now; what is locked in it stays where it is.

    Raises
    ------
    NothingToImprove, CannotBePlanned, PlanBreaksRule, PlanOvertaken, DraftMoved,
    NothingToStayCloseTo
        The draft stays then.
    """
    in_force = PlanVersion.objects.in_force(site)
    draft = Draft.objects.at(site).open().select_related("base", "site").first()
    if draft is None:
        raise NothingToImprove("There is no draft to improve. Plan the orders first.")
    drawn = redraw(draw(draft, now=now), now=now)
    problem = held(drawn.plant.problem, drawn.schedule, locked_operations(drawn))
    schedule = search(
        drawn.plant, wish, in_force=in_force, handle=handle, problem=problem, start=drawn.schedule
    )
    return open_draft(
        site=site,
        plant=drawn.plant,
        schedule=schedule,
        in_force=in_force,
        at=now,
        by=by,
        improves=drawn,
    )


def _runs_in_use(site: Site, in_force: PlanVersion | None) -> frozenset[int]:
    """Plan runs whose proposals and pegs the open draft and the plan in force stand on."""
    drafts = Draft.objects.at(site).open().values_list("base__plan_run", flat=True)
    runs = {*drafts, in_force.plan_run_id if in_force else None}
    return frozenset(run for run in runs if run is not None)
