"""How to call planning's verb with n runs that somebody still works with."""

from datetime import UTC, datetime

from obeya.modules.planning.proposals import Proposed
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import Run
from obeya.plant.resources.models import Site

AT = datetime(2026, 11, 23, 6, tzinfo=UTC)


def _runs(n: int, site: Site) -> list[Run]:
    by = system_actor().account_id
    return Run.objects.bulk_create(
        Run(kind="sample", site=site, actor_id=by, asked_at=AT) for _ in range(n)
    )


SAMPLES = {
    "planning.adopt_plan_run": lambda n, site: {
        "run": _runs(1, site)[0],
        "proposed": Proposed(make=0, buy=0, pegs=0),
        "as_of": AT,
        "in_use": frozenset(run.pk for run in _runs(n, site)),
    }
}
