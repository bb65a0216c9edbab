"""Drafts in memory: the problem of a site, and the schedule after each of a draft's commands.

The database holds the base version and the commands; a process that lacks the schedule (another
one gave the command, or it was restarted) gives the commands again and comes to the same.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from obeya.engines.scheduling import Moved, Schedule, move, right_shift
from obeya.modules.scheduling.bridge import Placements, PlantProblem, build_problem
from obeya.modules.scheduling.bridge.build import work_mark
from obeya.modules.scheduling.models import Draft, PlanCommand

MOST_DRAFTS = 8
MOST_SCHEDULES = 64  # of one draft, for undo without giving all commands again


@dataclass
class Sheet:
    """What a process remembers of one draft."""

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
    plant: PlantProblem
    schedule: Schedule
    commands: tuple[PlanCommand, ...]  # in effect, oldest first


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
        commands = effective(draft.commands.select_related("equipment").order_by("sequence"))
        sheet = _sheet(draft, now)
        keys = tuple(command.pk for command in commands)
        at = len(keys)
        while at and keys[:at] not in sheet.schedules:
            at -= 1
        schedule = sheet.schedules[keys[:at]] if at else sheet.base
        for position in range(at, len(keys)):
            schedule = apply(sheet.plant, schedule, commands[position])
            sheet.remember(keys[: position + 1], schedule)
        return Drawn(draft, sheet.plant, schedule, commands)


def draw_base(draft: Draft, *, now: datetime) -> Drawn:
    """The plan that the draft began from, re-timed to now."""
    with _lock:
        sheet = _sheet(draft, now)
        return Drawn(draft, sheet.plant, sheet.base, ())


def keep(drawn: Drawn, command: PlanCommand, schedule: Schedule) -> None:
    """Remember the outcome of a command that was just given, so that nobody computes it twice."""
    with _lock:
        sheet = _sheets.get(drawn.draft.pk)
        if sheet is not None and sheet.plant is drawn.plant:
            keys = tuple(c.pk for c in drawn.commands)
            sheet.remember((*keys, command.pk), schedule)


def apply(plant: PlantProblem, schedule: Schedule, command: PlanCommand) -> Schedule:
    """A command whose step is done or gone, or that cannot stand any more, changes nothing."""
    key = command.supply_order, command.operation_number, command.split
    operation = plant.operation_of.get(key)
    if command.kind != PlanCommand.Kind.MOVE or operation is None:
        return schedule
    machine = machine_of(plant, command.equipment_id, command.lane)
    if machine is None:
        return schedule
    answer = move(
        plant.problem, schedule, operation, machine=machine, start=plant.seconds(command.start_at)
    )
    return answer.schedule if isinstance(answer, Moved) else schedule


def machine_of(plant: PlantProblem, equipment_id: int | None, lane: int) -> int | None:
    """The engine's machine of a lane, or None if it is not on the plan any more."""
    lanes = plant.lanes_of.get(equipment_id, ())
    return next((m for m in lanes if plant.machines[m].lane == lane), None)


def forget() -> None:
    """Tests begin with an empty memory."""
    with _lock:
        _sheets.clear()


def _sheet(draft: Draft, now: datetime) -> Sheet:
    run_id = draft.base.plan_run_id
    mark = work_mark(draft.site, run_id)
    sheet = _sheets.get(draft.pk)
    if sheet is None or sheet.plant.work_mark != mark:
        plant = build_problem(draft.site, run_id=run_id, now=now)
        base = Placements.unpack(draft.base.columns).schedule(plant)
        sheet = Sheet(plant, right_shift(plant.problem, base, now=plant.problem.now))
        _sheets[draft.pk] = sheet
    _sheets.move_to_end(draft.pk)
    while len(_sheets) > MOST_DRAFTS:
        _sheets.popitem(last=False)
    return sheet
