"""Why an order is late and why an operation lies where it lies, in sentences."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from obeya.engines.scheduling import (
    Cause,
    Elsewhere,
    LateOrder,
    Schedule,
    Segment,
    explain_late_orders,
    why_not_earlier,
    why_this_machine,
)
from obeya.modules.scheduling.bridge import PlantProblem
from obeya.modules.scheduling.words import clock_time, duration

_NAMES = {
    Cause.WORK: gettext_lazy("the work itself"),
    Cause.SETUP: gettext_lazy("setup"),
    Cause.MACHINE_QUEUE: gettext_lazy("waiting for a machine"),
    Cause.OFF_SHIFT: gettext_lazy("off-shift"),
    Cause.MAINTENANCE: gettext_lazy("maintenance"),
    Cause.MATERIAL: gettext_lazy("waiting for material"),
    Cause.LAG: gettext_lazy("moving, cooling or drying"),
    Cause.CREW: gettext_lazy("waiting for crew"),
    Cause.SETTER: gettext_lazy("waiting for a setter"),
    Cause.TOOL: gettext_lazy("waiting for a tool"),
    Cause.BATCH: gettext_lazy("waiting for the batch to fill"),
    Cause.MAXIMUM_WAIT: gettext_lazy("waiting so that the next operation can follow in time"),
    Cause.FREEZE: gettext_lazy("work that has begun or is frozen"),
    Cause.UNFORCED: gettext_lazy("a gap in the plan"),
    Cause.ALREADY_LATE: gettext_lazy("due before the plan began"),
    Cause.NOW: gettext_lazy("the plan begins now"),
}
_MOST_NAMED = 2


def cause_name(cause: Cause) -> str:
    """A cause in a few words."""
    return str(_NAMES[cause])


def cause_sentences(plant: PlantProblem, schedule: Schedule) -> Mapping[int, str]:
    """Order id → one sentence, for every late order."""
    return {
        plant.order_ids[late.order]: _sentence(plant, schedule, late)
        for late in explain_late_orders(plant.problem, schedule)
    }


def late_lines(plant: PlantProblem, schedule: Schedule, order: int | None) -> list[str]:
    """Duration per cause of an engine's order, the largest first; they add up to its delay."""
    for late in explain_late_orders(plant.problem, schedule):
        if late.order == order:
            return [f"{duration(seconds)} {_NAMES[cause]}" for cause, seconds in _ranked(late)]
    return []


def why_here(plant: PlantProblem, schedule: Schedule, operation: int) -> str:
    """What keeps an operation from starting earlier."""
    binding = why_not_earlier(plant.problem, schedule, operation)
    begin = clock_time(plant, int(schedule.setup_start[operation]))
    other = _at(plant, schedule, binding.blocker) if binding.blocker >= 0 else ""
    if binding.cause is Cause.NOW:
        return _("It begins at %(begin)s, as soon as the plan begins.") % {"begin": begin}
    sentence = _("It begins at %(begin)s: before that, %(cause)s") % {
        "begin": begin,
        "cause": _NAMES[binding.cause],
    }
    told = f"{sentence} ({other})." if other else f"{sentence}."
    if operation in plant.unkept:
        told += " " + _("Its time limit cannot be kept any more: what is before it runs already.")
    return told


def not_elsewhere(plant: PlantProblem, schedule: Schedule, operation: int) -> list[str]:
    """What each other machine would mean, the first to be done standing first."""
    found: dict[str, str] = {}
    mine = plant.machines[int(schedule.machine[operation])].code  # it has a way per lane and crew
    for other in why_this_machine(plant.problem, schedule, operation):
        code = plant.machines[other.machine].code
        if code not in found and code != mine:
            found[code] = _elsewhere(plant, code, other)
    return list(found.values())


def _elsewhere(plant: PlantProblem, code: str, other: Elsewhere) -> str:
    if other.later is None or other.end is None:
        return _("%(machine)s: no room before the plan ends.") % {"machine": code}
    said = {"machine": code, "at": clock_time(plant, other.end)}
    if other.later == 0:
        told = _("%(machine)s: it would be done at the same time.") % said
    elif other.later > 0:
        said["later"] = duration(other.later)
        told = _("%(machine)s: done %(later)s later, on %(at)s.") % said
    else:
        said["sooner"] = duration(-other.later)
        told = _("%(machine)s: done %(sooner)s sooner, on %(at)s.") % said
    if other.extra_run > 0:
        told += " " + _("Its run takes %s longer there.") % duration(other.extra_run)
    elif other.extra_run < 0:
        told += " " + _("Its run takes %s less there.") % duration(-other.extra_run)
    if other.binding.blocker >= 0:
        said["other"] = plant.step(other.binding.blocker).label
        said["cause"] = cause_name(other.binding.cause)
        told += " " + _("Before it: %(cause)s (%(other)s).") % said
    return told


def _sentence(plant: PlantProblem, schedule: Schedule, late: LateOrder) -> str:
    parts = [
        _part(plant, schedule, late, cause, seconds)
        for cause, seconds in _ranked(late)[:_MOST_NAMED]
    ]
    return "; ".join(parts)


def _ranked(late: LateOrder) -> list[tuple[Cause, int]]:
    return sorted(late.attributed.items(), key=lambda item: (-item[1], item[0].value))


def _part(
    plant: PlantProblem, schedule: Schedule, late: LateOrder, cause: Cause, seconds: int
) -> str:
    """``5 h waiting for a machine (GRIND-2 with PN-301/40)``."""
    longest = max(
        (each for each in late.chain if each.cause is cause),
        key=lambda each: each.seconds,
        default=None,
    )
    where = _where(plant, schedule, longest) if longest else ""
    text = f"{duration(seconds)} {_NAMES[cause]}"
    return f"{text} ({where})" if where else text


def _where(plant: PlantProblem, schedule: Schedule, segment: Segment) -> str:
    machine = plant.machines[int(schedule.machine[segment.operation])].code
    if segment.cause is Cause.MACHINE_QUEUE and segment.blocker >= 0:
        return _("%(machine)s with %(job)s") % {
            "machine": machine,
            "job": plant.step(segment.blocker).label,
        }
    if segment.cause is Cause.MATERIAL:
        return plant.step(segment.operation).label
    return machine


def _at(plant: PlantProblem, schedule: Schedule, operation: int) -> str:
    machine = plant.machines[int(schedule.machine[operation])].code
    return f"{plant.step(operation).label}, {machine}"
