"""From the plant's rows to adopted proposals: read, compute, write, flip."""

from collections.abc import Set
from datetime import datetime

from django.db import transaction

from obeya.engines.mrp import CircularBom, explode
from obeya.modules.planning.actions import adopt_plan_run
from obeya.modules.planning.bridge import load_netting
from obeya.modules.planning.circles import circle_refusal
from obeya.modules.planning.models import PlanRun
from obeya.modules.planning.proposals import write_proposals
from obeya.plant.log.actor import Actor
from obeya.plant.log.models import Run
from obeya.plant.resources.models import Site


def plan_requirements(
    *, site: Site, run: Run, now: datetime, by: Actor, in_use: Set[int] = frozenset()
) -> PlanRun:
    """Explode the site's demands into proposals of this run, and adopt them.

    Reading and computing hold no transaction; a killed run leaves proposals that nobody sees and
    the next adoption clears away. ``in_use`` names earlier runs whose proposals must stay.
    """
    netting = load_netting(site, now=now)
    try:
        answer = explode(netting.problem)
    except CircularBom as circle:
        raise circle_refusal(netting.material_ids, circle) from circle
    with transaction.atomic():
        proposed = write_proposals(netting, answer, run=run)
    return adopt_plan_run(site=site, run=run, proposed=proposed, as_of=now, in_use=in_use, by=by)
