"""What a process that serves reads before anybody asks: the first question waits for nothing."""

import logging
from decimal import Decimal

from django.db import DatabaseError

from obeya.engines.scheduling.warm_up import compile_plant_kernels
from obeya.modules.scheduling.promise_answer import answer
from obeya.modules.scheduling.promise_queries import plan_of
from obeya.modules.scheduling.promising import Wanted, promised
from obeya.plant.log import clock
from obeya.plant.log.refusal import Refusal
from obeya.plant.resources.models import Site

log = logging.getLogger("obeya.scheduling")


def warm_up() -> None:
    """Load the kernels, then read the plan of each site and promise one piece in it."""
    compile_plant_kernels()
    try:
        for site in Site.objects.order_by("code"):
            read_plan(site)
    except DatabaseError:
        log.warning("The plans were not read ahead: the first question will.", exc_info=True)


def read_plan(site: Site) -> None:
    """Into the memory of this process; a site without a plan, or whose plan cannot be, has none."""
    now = clock.now()
    try:
        plan = plan_of(site, now)
        if len(plan.schedule):
            wanted = Wanted(plan.plant.step(0).order.material, Decimal(1))
            answer(promised(plan.plant, plan.schedule, wanted, now=now), plan.schedule)
    except Refusal as refusal:
        log.info("%s: %s", site, refusal)  # whoever asks is told the same
