"""The equipment that can do the work, one engine machine per unit of capacity."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from obeya.modules.scheduling.bridge.steps import Step
from obeya.plant.resources.models import Equipment, EquipmentClassMember, Party, Site
from obeya.plant.resources.tree import downwards
from obeya.plant.work.models import OperationAlternate

DOERS = ("work_center", "work_unit")


@dataclass(frozen=True)
class Machine:
    """A piece of equipment (one lane of it, if it takes several jobs at once), or work outside.

    Machines of one code share a row of the board.
    """

    code: str
    name: str
    group: str
    equipment: Equipment | None
    lane: int = 1
    subcontractor: Party | None = None


@dataclass(frozen=True)
class Eligible:
    """One machine for one step, with the times that hold there."""

    machine: int
    setup_s: int
    run_seconds: int


class Shop:
    """Equipment of a site as machines, and which of them can do a step."""

    def __init__(self, site: Site) -> None:
        found = Equipment.objects.at(site).in_use().filter(level__in=[*DOERS, "area"])
        rows = sorted(found, key=lambda row: downwards(row.path))
        self._equipment = {row.pk: row for row in rows}
        self._children: dict[int, list[Equipment]] = defaultdict(list)
        for row in rows:
            if row.parent_id in self._equipment:
                self._children[row.parent_id].append(row)
        self._members: dict[int, list[int]] = defaultdict(list)
        members = EquipmentClassMember.objects.filter(equipment__site=site)
        for member in members.order_by("pk"):
            self._members[member.equipment_class_id].append(member.equipment_id)
        self._alternates: dict[int, list[OperationAlternate]] = defaultdict(list)
        for alternate in OperationAlternate.objects.filter(operation__site=site):
            self._alternates[alternate.operation_id].append(alternate)
        self.machines: list[Machine] = []
        self._lanes: dict[int, list[int]] = {}
        for row in rows:
            if row.level in DOERS and not self._children[row.pk]:
                self._add_lanes(row)

    def calendar_of(self, equipment: Equipment) -> int | None:
        """Its own calendar, or that of the nearest parent that has one."""
        row: Equipment | None = equipment
        while row is not None:
            if row.calendar_id is not None:
                return row.calendar_id
            row = self._equipment.get(row.parent_id)
        return None

    def lanes(self, equipment_id: int) -> Sequence[int]:
        """Machines of a piece of equipment: its lanes, or those of all below it."""
        if equipment_id in self._lanes:
            return self._lanes[equipment_id]
        return [lane for child in self._children[equipment_id] for lane in self.lanes(child.pk)]

    def eligible(self, step: Step) -> list[Eligible]:
        """Machines for a step in order of preference: pinned or running jobs have only theirs."""
        job = step.job
        if job is not None and job.equipment_id and (job.pinned or step.is_running):
            return [self._timed(step, lane, None) for lane in self.lanes(job.equipment_id)]
        operation = step.operation
        if operation is None:
            return [self._timed(step, lane, None) for lane in self.lanes(job.equipment_id)]
        chosen: dict[int, OperationAlternate | None] = {}
        if operation.equipment_id:
            chosen |= dict.fromkeys(self.lanes(operation.equipment_id))
        elif operation.equipment_class_id:
            for member in self._members[operation.equipment_class_id]:
                chosen |= dict.fromkeys(self.lanes(member))
        for alternate in sorted(self._alternates[operation.pk], key=lambda a: a.preference):
            for lane in self.lanes(alternate.equipment_id):
                chosen.pop(lane, None)
                if not alternate.is_forbidden:
                    chosen[lane] = alternate
        return [self._timed(step, lane, alternate) for lane, alternate in chosen.items()]

    def outside(self, step: Step) -> int:
        """A machine of its own for work at a subcontractor: there is always room."""
        party = step.operation.subcontractor
        self.machines.append(
            Machine(party.code, party.name, "", None, len(self.machines), subcontractor=party)
        )
        return len(self.machines) - 1

    def _timed(self, step: Step, lane: int, alternate: OperationAlternate | None) -> Eligible:
        setup = alternate.setup_s if alternate and alternate.setup_s is not None else None
        run = alternate.run_s if alternate and alternate.run_s is not None else None
        return Eligible(
            lane, step.how.setup_s if setup is None else setup, step.run_seconds(per_unit=run)
        )

    def _add_lanes(self, row: Equipment) -> None:
        parent = self._equipment.get(row.parent_id)
        self._lanes[row.pk] = []
        for lane in range(1, row.capacity + 1):
            self._lanes[row.pk].append(len(self.machines))
            group = parent.name if parent else ""
            self.machines.append(Machine(row.code, row.name, group, row, lane))
