"""Plan a site: explode, put the work on machines, check it, lay it open as a draft."""

from datetime import datetime

from obeya.engines.scheduling import Budget, Unschedulable, best_of_rules, check
from obeya.modules.planning.public import plan_requirements
from obeya.modules.scheduling.actions import open_draft
from obeya.modules.scheduling.bridge import build_problem
from obeya.modules.scheduling.models import Draft, PlanVersion
from obeya.modules.scheduling.refusals import CannotBePlanned, NothingToPlan
from obeya.plant.log import clock
from obeya.plant.log.actor import Actor
from obeya.plant.log.models import Run
from obeya.plant.log.runs import RunHandle
from obeya.plant.resources.models import Site

KIND = "scheduling.plan"
TRIES = 18  # dispatch rules, then the same with noise
_CHECKED_UP_TO = 20_000  # operations; the checker is plain Python and slow on purpose


def run_plan(handle: RunHandle) -> dict[str, int]:
    """The worker's door."""
    handle.progress(0, 4, step="requirements")
    draft = plan_site(handle.site, run=handle.run, by=handle.by, now=clock.now(), handle=handle)
    return {"draft": draft.pk}


def plan_site(
    site: Site, *, run: Run, by: Actor, now: datetime, handle: RunHandle | None = None
) -> Draft:
    """Plan requirements and schedule; what is running or released stays as it is.

    Raises
    ------
    NothingToPlan, NobodyCanDo, CannotBePlanned, BomIsCircular, PlanOvertaken
        The draft and the plan in force stay then, and the proposals that they are made of.
    """

    def tell(done: int, step: str) -> None:
        if handle is not None:
            handle.progress(done, 4, step=step)

    in_force = PlanVersion.objects.in_force(site)
    plan_requirements(site=site, run=run, now=now, by=by, in_use=_runs_in_use(site, in_force))
    tell(1, "problem")
    plant = build_problem(site, run_id=run.pk, now=now)
    if not len(plant.problem):
        raise NothingToPlan(
            "There is nothing to make: no open demand needs more than what is there."
            " Import or enter demands, then plan again."
        )
    tell(2, "schedule")
    stop = handle.should_stop if handle is not None else None
    budget = Budget(TRIES, stop) if stop else Budget(TRIES)
    try:
        schedule = best_of_rules(plant.problem, budget=budget)
    except Unschedulable as failure:
        raise CannotBePlanned(str(failure)) from failure
    tell(3, "check")
    if len(plant.problem) <= _CHECKED_UP_TO and (found := check(plant.problem, schedule)):
        raise CannotBePlanned(f"The plan breaks a rule: {found[0].message} Please report this.")
    return open_draft(site=site, plant=plant, schedule=schedule, in_force=in_force, at=now, by=by)


def _runs_in_use(site: Site, in_force: PlanVersion | None) -> frozenset[int]:
    """Plan runs whose proposals and pegs the open draft and the plan in force stand on."""
    drafts = Draft.objects.at(site).open().values_list("base__plan_run", flat=True)
    runs = {*drafts, in_force.plan_run_id if in_force else None}
    return frozenset(run for run in runs if run is not None)
