"""Ask a worker for a plan, and stop it."""

from dataclasses import asdict

from obeya.modules.scheduling.goals import Wish
from obeya.modules.scheduling.kinds import IMPROVE, KIND, KINDS
from obeya.modules.scheduling.refusals import NothingToStop, PlanIsSought
from obeya.modules.scheduling.turns import take_turn
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.models import Run
from obeya.plant.log.runs import OPEN, call_off, queue_run
from obeya.plant.resources.models import Site


@action(permission="scheduling.plan")
def ask_for_plan(*, site: Site, wish: Wish, improve: bool = False, by: Actor) -> Run:
    """A new plan of the site or, with ``improve``, a better one than its open draft.

    Raises
    ------
    PlanIsSought
        A run that was asked for before has not ended: two would close each other's draft.
    """
    take_turn(site)
    if _open_run(site) is not None:
        raise PlanIsSought(
            f"A plan of {site.code} is being sought already. Wait until it has ended, or stop it."
        )
    kind = IMPROVE if improve else KIND
    return queue_run(kind=kind, arguments=asdict(wish), site=site, by=by)


@action(permission="scheduling.plan")
def stop_planning(*, site: Site, run_id: int | None = None, by: Actor) -> Run:
    """End the search (only if it is ``run_id``); the best plan it has found becomes the draft."""
    take_turn(site)
    run = _open_run(site)
    if run is None or run_id not in (None, run.pk):
        raise NothingToStop(f"This search for a plan of {site.code} has ended. Load it again.")
    call_off([run.pk])
    return run


def _open_run(site: Site) -> Run | None:
    return Run.objects.filter(kind__in=KINDS, site=site, status__in=OPEN).order_by("-pk").first()
