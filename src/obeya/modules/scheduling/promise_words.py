"""The sentences of a promise: what a stretch of the way goes to, and where material comes from."""

from django.utils.translation import gettext as _

from obeya.engines.scheduling import Cause
from obeya.modules.planning.public import Share
from obeya.modules.scheduling.bridge import PlantProblem
from obeya.modules.scheduling.promising import Promised
from obeya.modules.scheduling.reasons import cause_name
from obeya.modules.scheduling.stretches import Stretch
from obeya.modules.scheduling.without import waited_for
from obeya.modules.scheduling.words import clock_time, duration


def told(promised: Promised, stretch: Stretch) -> str:
    """What a stretch of the way to the date goes to."""
    share = waited_for(promised, stretch) if stretch.cause is Cause.MATERIAL else None
    if share is not None:
        return coming(promised, share)
    plant, fit = promised.plant, promised.fit
    if fit is None:
        raise ValueError("Expected something to be made.")
    said = {
        "step": plant.step(stretch.operation).label,
        "machine": plant.machines[int(fit.schedule.machine[stretch.operation])].code,
        "cause": cause_name(stretch.cause),
    }
    if stretch.cause is Cause.MACHINE_QUEUE and stretch.blocker >= 0:
        return _queue(plant, stretch.blocker, said)
    if stretch.cause is Cause.CREW:
        way = fit.schedule.alternative[stretch.operation]
        said["crew"] = _pool(promised, int(fit.problem.alternatives.crew[way]))
        return _("%(step)s waits for people: %(crew)s are all at other work.") % said
    said["paused"] = duration(stretch.paused) if stretch.paused else ""
    return _way_of_saying(stretch) % said


def _way_of_saying(stretch: Stretch) -> str:
    if stretch.paused:
        return _("%(step)s is made on %(machine)s; for %(paused)s of it no shift works.")
    if stretch.cause is Cause.WORK:
        return _("%(step)s is made on %(machine)s.")
    if stretch.cause is Cause.OFF_SHIFT:
        return _("No shift works on %(step)s (%(machine)s).")
    return _("%(step)s on %(machine)s: %(cause)s.")


def coming(promised: Promised, share: Share) -> str:
    """When a quantity of material is there, and where from."""
    at = clock_time(promised.plant, promised.arrival(share))
    said = {"material": share.material.code, "source": source_of(share), "at": at}
    return _("%(material)s is there on %(at)s: %(source)s.") % said


def source_of(share: Share) -> str:
    """Stock, an order that runs, or a purchase that is made now."""
    if share.is_from_stock:
        return _("from stock")
    if share.order is None:
        if not share.lead_time_s:
            return _("bought now; no lead time is known, so it counts as there at once")
        return _("bought now, it takes %s") % duration(share.lead_time_s)
    number = share.order.number
    if share.order.kind == "make":
        return _("left over from order %s") % number if number else _("left over from a proposal")
    return _("from purchase order %s") % number if number else _("from a proposed purchase")


def _queue(plant: PlantProblem, blocker: int, said: dict[str, str]) -> str:
    said |= {"other": plant.step(blocker).label, "order": _demand_of(plant, blocker)}
    if said["order"]:
        return (
            _("%(machine)s is busy, at last with %(other)s for %(order)s; %(step)s waits.") % said
        )
    return _("%(machine)s is busy, at last with %(other)s; %(step)s waits.") % said


def _demand_of(plant: PlantProblem, operation: int) -> str:
    """Whom an operation of the plan serves, where its order goes to a customer as it is."""
    order = plant.step(operation).order.pk
    return next((each.demand.code for each in plant.served if order in each.order_ids), "")


def _pool(promised: Promised, pool: int) -> str:
    names = promised.plant.problem.labels.pools
    return names[pool] if 0 <= pool < len(names) else ""
