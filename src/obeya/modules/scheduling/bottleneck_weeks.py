"""What holds the plan up, week by week, in a supervisor's words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from obeya.engines.scheduling import Bottleneck, Schedule, bottlenecks
from obeya.modules.scheduling.bridge import PlantProblem

_MOST_NAMED = 4
_LITTLE_H = 0.05  # it would be written as 0.0


@dataclass(frozen=True)
class BottleneckWeek:
    """One week of the plan and the machines, people or tool that late orders wait for most.

    ``short_h`` are the hours that late orders wait for them, each times its weight, as are the
    hours of ``worth_h``: what one more hour would save.
    """

    begins_at: datetime
    ends_at: datetime
    who: str
    is_people: bool
    is_tool: bool
    load_pct: int
    short_h: float
    worth_h: float
    worth: str
    step: str  # address of one operation of its week, for the board; empty: none


def bottleneck_weeks(plant: PlantProblem, schedule: Schedule) -> list[BottleneckWeek]:
    """Every week in which work is planned, the first one first."""
    return [_week(plant, schedule, each) for each in bottlenecks(plant.problem, schedule)]


def _week(plant: PlantProblem, schedule: Schedule, found: Bottleneck) -> BottleneckWeek:
    operation = _one_of(plant, schedule, found)
    begin = plant.moment(plant.problem.now) + found.week * timedelta(weeks=1)
    return BottleneckWeek(
        begins_at=begin,
        ends_at=begin + timedelta(weeks=1),
        who=_who(plant, found),
        is_people=found.kind in ("crew", "setter"),
        is_tool=found.kind == "tool",
        load_pct=round(found.load * 100),
        short_h=round(found.waiting_h, 1),
        worth_h=round(found.hour_is_worth, 1),
        worth=_worth(found),
        step=plant.step(operation).address if operation >= 0 else "",
    )


def _who(plant: PlantProblem, found: Bottleneck) -> str:
    if found.kind != "machines":
        names = plant.problem.labels.pools
        return names[found.rows[0]] if found.rows[0] < len(names) else ""
    codes = list(dict.fromkeys(plant.machines[row].code for row in found.rows))
    if len(codes) <= _MOST_NAMED:
        return ", ".join(codes)
    more = len(codes) - _MOST_NAMED
    return _("%(codes)s and %(more)s more") % {
        "codes": ", ".join(codes[:_MOST_NAMED]),
        "more": more,
    }


def _worth(found: Bottleneck) -> str:
    """What one more hour would do."""
    if found.hour_is_worth <= 0:
        return _("No late order waits for it: one more hour would bring nothing.")
    if found.hour_is_worth < _LITTLE_H:
        return _("One more hour would bring next to nothing.")
    hours = f"{found.hour_is_worth:.1f}"
    return _("One more hour makes late orders %s hours less late in all, by their weight.") % hours


def _one_of(plant: PlantProblem, schedule: Schedule, found: Bottleneck) -> int:
    """The first operation of the week on it."""
    week = 7 * 86_400
    begin = plant.problem.now + found.week * week
    in_week = (schedule.end > begin) & (schedule.start < begin + week)
    rows = np.flatnonzero(_uses(plant, schedule, found) & in_week)
    return int(rows[np.argmin(schedule.start[rows])]) if len(rows) else -1


def _uses(plant: PlantProblem, schedule: Schedule, found: Bottleneck) -> NDArray[np.bool_]:
    """Which operations are done on or with it."""
    ways, machines = plant.problem.alternatives, plant.problem.machines
    row_of = {
        "crew": lambda: ways.crew[schedule.alternative],
        "setter": lambda: machines.setter[schedule.machine],
        "tool": lambda: ways.tool[schedule.alternative],
        "machines": lambda: schedule.machine,
    }
    return np.isin(row_of[found.kind](), found.rows)
