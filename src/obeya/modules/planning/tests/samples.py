"""How to call planning's verb with n runs that somebody still works with."""

from datetime import UTC, datetime

from obeya.modules.planning.proposals import Proposed
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import Run
from obeya.plant.resources.models import Site

AT = datetime(2026, 11, 23, 6, tzinfo=UTC)


def _run(site: Site) -> Run:
    by = system_actor()
    return Run.objects.create(kind="sample", site=site, actor_id=by.account_id, asked_at=AT)


SAMPLES = {
    "planning.adopt_plan_run": lambda n, site: {
        "run": _run(site),
        "proposed": Proposed(make=0, buy=0, pegs=0),
        "as_of": AT,
        "in_use": frozenset(_run(site).pk for _ in range(n)),
    }
}
