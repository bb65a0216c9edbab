"""Drafts in memory: the problem of a site, and the schedule after each of a draft's commands.

The database holds the base version and the commands; a process that lacks the schedule (another
one gave the command, or it was restarted) gives the commands again and comes to the same.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from obeya.engines.scheduling import Moved, Schedule, Unschedulable, move, right_shift
from obeya.modules.scheduling.bridge import Placements, PlantProblem, build_problem
from obeya.modules.scheduling.bridge.limits import keeping_what_can_be
from obeya.modules.scheduling.bridge.marks import work_mark
from obeya.modules.scheduling.bridge.plant_problem import basis_of, origin_of
from obeya.modules.scheduling.models import Draft, PlanCommand, PlanVersion
from obeya.modules.scheduling.refusals import CannotBePlanned
from obeya.plant.resources.models import Site

MOST_PLANS = 8
TICK = timedelta(minutes=15)
MOST_SCHEDULES = 64  # of one draft, for undo without giving all commands again


@dataclass
class Sheet:
    """What a process remembers of one plan and of the draft on it."""

    plant: PlantProblem
    base: Schedule
    schedules: OrderedDict[tuple[int, ...], Schedule] = field(default_factory=OrderedDict)

    def remember(self, commands: tuple[int, ...], schedule: Schedule) -> None:
        self.schedules[commands] = schedule
        while len(self.schedules) > MOST_SCHEDULES:
            self.schedules.popitem(last=False)


@dataclass(frozen=True)
class Drawn:
    """A draft at one revision."""

    draft: Draft
    sheet: Sheet
    schedule: Schedule
    commands: tuple[PlanCommand, ...]  # in effect, oldest first

    @property
    def plant(self) -> PlantProblem:
        return self.sheet.plant


_sheets: OrderedDict[int, Sheet] = OrderedDict()
_lock = threading.RLock()


def effective(commands: Sequence[PlanCommand]) -> tuple[PlanCommand, ...]:
    """The commands that stand after undo and redo, oldest first."""
    done, _ = replay_history(commands)
    return done


def replay_history(
    commands: Sequence[PlanCommand],
) -> tuple[tuple[PlanCommand, ...], tuple[PlanCommand, ...]]:
    """(what stands, what could be brought again: the next one last)."""
    done: list[PlanCommand] = []
    undone: list[PlanCommand] = []
    for command in commands:
        if command.kind == PlanCommand.Kind.UNDO:
            undone.append(done.pop())
        elif command.kind == PlanCommand.Kind.REDO:
            done.append(undone.pop())
        else:
            done.append(command)
            undone.clear()
    return tuple(done), tuple(undone)


def draw(draft: Draft, *, now: datetime) -> Drawn:
    """The draft's schedule as it stands; fast when this process has it in memory."""
    with _lock:
        commands = effective(draft.commands.order_by("sequence"))
        sheet = _sheet(draft.base, draft.site, now)
        return Drawn(draft, sheet, _schedule(sheet, commands), commands)


def redraw(drawn: Drawn, *, now: datetime) -> Drawn:
    """The same draft on the problem of this very moment: what has not begun begins from now on."""
    plant = build_problem(drawn.draft.site, run_id=drawn.plant.work.run_id, now=now)
    asked = Placements.of(drawn.plant, drawn.schedule).schedule(plant)
    sheet = _retimed(plant, asked)
    return Drawn(drawn.draft, sheet, sheet.base, drawn.commands)


def draw_version(version: PlanVersion, site: Site, *, now: datetime) -> Sheet:
    """A whole plan without commands, re-timed to now: its ``plant`` and its ``base``."""
    with _lock:
        return _sheet(version, site, now)


def follow(drawn: Drawn, commands: tuple[PlanCommand, ...]) -> Drawn:
    """What other commands make of the same problem, whatever happened on the floor meanwhile."""
    with _lock:
        schedule = _schedule(drawn.sheet, commands)
        return Drawn(drawn.draft, drawn.sheet, schedule, commands)


def keep(drawn: Drawn, command: PlanCommand, schedule: Schedule) -> Drawn:
    """Remember the outcome of a command that was just given, so that nobody computes it twice."""
    commands = (*drawn.commands, command)
    with _lock:
        drawn.sheet.remember(tuple(c.pk for c in commands), schedule)
    return Drawn(drawn.draft, drawn.sheet, schedule, commands)


def apply(plant: PlantProblem, schedule: Schedule, command: PlanCommand) -> Schedule:
    """A command whose step is done or gone, or that cannot stand any more, changes nothing."""
    key = command.supply_order, command.operation_number, command.split
    operation = plant.operation_of.get(key)
    if command.kind != PlanCommand.Kind.MOVE or operation is None:
        return schedule
    machine = machine_of(plant, command.equipment_id, command.lane)
    if command.equipment_id is None:  # work outside has a place of its own in every problem
        machine = int(schedule.machine[operation])
    if machine is None:
        return schedule
    start = max(plant.seconds(command.start_at), plant.problem.now)  # the wish may be old by now
    answer = move(plant.problem, schedule, operation, machine=machine, start=start)
    return answer.schedule if isinstance(answer, Moved) else schedule


def machine_of(plant: PlantProblem, equipment_id: int | None, lane: int) -> int | None:
    """The engine's machine of a lane, or None if it is not on the plan any more."""
    lanes = plant.lanes_of.get(equipment_id, ())
    return next((m for m in lanes if plant.machines[m].lane == lane), None)


def forget() -> None:
    """Tests begin with an empty memory."""
    with _lock:
        _sheets.clear()


def _schedule(sheet: Sheet, commands: tuple[PlanCommand, ...]) -> Schedule:
    keys = tuple(command.pk for command in commands)
    at = len(keys)
    while at and keys[:at] not in sheet.schedules:
        at -= 1
    schedule = sheet.schedules[keys[:at]] if at else sheet.base
    for position in range(at, len(keys)):
        schedule = apply(sheet.plant, schedule, commands[position])
        sheet.remember(keys[: position + 1], schedule)
    return schedule


def _sheet(version: PlanVersion, site: Site, now: datetime) -> Sheet:
    """Built anew when a job changed its state or somebody the orders or data that it was read from,
    and every quarter of an hour: running jobs go on, and what should have begun has not. All
    processes come to the same origin and schedule."""
    run_id = version.plan_run_id
    at = version.as_of + max((now - version.as_of) // TICK, 0) * TICK
    basis = basis_of(work_mark(site, run_id), origin_of(at))
    sheet = _sheets.get(version.pk)
    if sheet is None or sheet.plant.basis != basis:
        plant = build_problem(site, run_id=run_id, now=at)
        base = Placements.unpack(version.columns).schedule(plant)
        sheet = _retimed(plant, base)
        _sheets[version.pk] = sheet
    _sheets.move_to_end(version.pk)
    while len(_sheets) > MOST_PLANS:
        _sheets.popitem(last=False)
    return sheet


def _retimed(plant: PlantProblem, base: Schedule) -> Sheet:
    """The floor may have made facts that no schedule can follow: say which, and what to do."""
    try:
        return Sheet(*keeping_what_can_be(plant, lambda problem: right_shift(problem, base)))
    except Unschedulable as failure:
        raise CannotBePlanned(
            f"The plan does not fit what has happened since: {failure} Plan again."
        ) from failure
