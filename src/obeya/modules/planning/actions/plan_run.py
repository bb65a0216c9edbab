"""The verb that makes a run the plan that people see."""

from collections.abc import Set
from datetime import datetime

from obeya.modules.planning.events import RequirementsPlanned
from obeya.modules.planning.models import PlanRun
from obeya.modules.planning.proposals import Proposed
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.models import Run
from obeya.plant.log.publishing import publish
from obeya.plant.resources.models import Site
from obeya.plant.work.models import MaterialRequirement, Peg, SupplyOrder

KEPT_RUNS = 3  # this plan, the one before it (still on somebody's screen), and one to spare


@action(permission="planning.plan")
def adopt_plan_run(
    *,
    site: Site,
    run: Run,
    proposed: Proposed,
    as_of: datetime,
    in_use: Set[int] = frozenset(),
    by: Actor,
) -> PlanRun:
    """Make the proposals of a run the ones that people see, and clear away the oldest.

    ``in_use`` names runs that somebody still works with: their proposals stay, however old.
    """
    plan_run = PlanRun.objects.create(
        site=site,
        run=run,
        as_of=as_of,
        adopted_at=as_of,
        make_orders=proposed.make,
        buy_orders=proposed.buy,
        pegs=proposed.pegs,
    )
    _clear_away_old(site, newest=plan_run, in_use=in_use)
    publish(
        RequirementsPlanned(
            run_id=run.pk,
            as_of=as_of,
            make_orders=proposed.make,
            buy_orders=proposed.buy,
            pegs=proposed.pegs,
        ),
        site=site,
    )
    return plan_run


def _clear_away_old(site: Site, *, newest: PlanRun, in_use: Set[int]) -> None:
    """Proposals are nobody's promise: those of the last runs stay, runs never adopted go."""
    kept = PlanRun.objects.at(site).order_by("-pk").values_list("run_id", flat=True)[:KEPT_RUNS]
    old_runs = Run.objects.filter(site=site, pk__lt=newest.run_id).exclude(pk__in=[*kept, *in_use])
    old = SupplyOrder.objects.at(site).filter(status="proposed", plan_run__in=old_runs)
    Peg.objects.filter(plan_run__in=old_runs).delete()
    MaterialRequirement.objects.filter(supply_order__in=old).delete()
    old.delete()
