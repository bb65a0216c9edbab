"""What the engine says in codes and seconds, said in the plant's words and the site's time."""

from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from obeya.engines.scheduling import DropRefusal, Reason
from obeya.modules.scheduling.bridge import PlantProblem


def clock_time(plant: PlantProblem, seconds: int) -> str:
    """Thu 26.11. 14:20, at the plant."""
    return (
        plant.moment(seconds)
        .astimezone(ZoneInfo(plant.work.site.time_zone))
        .strftime("%a %d.%m. %H:%M")
    )


def duration(seconds: int) -> str:
    """Two figures at the most: 3 d 4 h, 5 h 20 min, 12 min."""
    minutes = max(round(seconds / 60), 1)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{rest} min"


def refusal_sentence(
    plant: PlantProblem, refusal: DropRefusal, operation: int, machine: int
) -> str:
    """Why the drop cannot stand, and what would do instead."""
    name = plant.step(operation).label
    other = plant.step(refusal.blocker).label if refusal.blocker >= 0 else ""
    at = clock_time(plant, refusal.earliest) if refusal.earliest is not None else ""
    sentence = {
        Reason.FIXED: _("%(name)s has begun or is frozen, so it stays where it is."),
        Reason.NOT_ELIGIBLE: _("%(name)s cannot be done on %(machine)s. Choose a marked row."),
        Reason.IN_THE_PAST: _("That time has passed."),
        Reason.RELEASE: _("The material for %(name)s is there only from %(at)s."),
        Reason.PREDECESSOR: _("%(name)s waits for %(other)s, which is ready at %(at)s."),
        Reason.MAXIMUM_WAIT: _("%(name)s must follow %(other)s sooner than that."),
        Reason.OFF_SHIFT: _("%(name)s cannot pause, and the shift ends before it is done."),
        Reason.FIXED_SUCCESSOR: _("It would end too late for %(other)s, which is fixed."),
        Reason.HORIZON: _("It would end after the planning horizon."),
    }[refusal.reason] % {
        "name": name,
        "other": other,
        "at": at,
        "machine": plant.machines[machine].code,
    }
    if at and refusal.reason not in (Reason.RELEASE, Reason.PREDECESSOR):
        sentence += " " + _("It would fit from %(at)s.") % {"at": at}
    return sentence
