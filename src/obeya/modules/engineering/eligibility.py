"""Which machines can do an operation, and how fast: named, by class, alternate or forbidden."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from obeya.plant.log.checking import rows_of
from obeya.plant.resources.models import Equipment, EquipmentClassMember, Site
from obeya.plant.work.models import Operation, OperationAlternate


@dataclass(frozen=True)
class Eligible:
    """One machine for one operation, with its own times. Lower preference goes first."""

    equipment_id: int
    preference: int
    setup_s: int
    run_s: Decimal  # per base unit


@dataclass(frozen=True)
class Machines:
    """The machines of a site in use: which stand in which work center, which are in which class."""

    units: frozenset[int]
    inside: dict[int, tuple[int, ...]]  # equipment id → itself, or the machines under it
    in_class: dict[int, tuple[int, ...]]

    def named(self, equipment_id: int | None, class_id: int | None) -> tuple[int, ...]:
        if equipment_id is not None:
            return self.inside.get(equipment_id, ())
        return self.in_class.get(class_id, ()) if class_id is not None else ()


def machines_of(site: Site) -> Machines:
    """Two queries, however many machines there are."""
    nodes = list(Equipment.objects.at(site).in_use().exclude(level="storage").order_by("code"))
    inside: dict[int, list[int]] = defaultdict(list)
    units = [each for each in nodes if each.level == Equipment.Level.WORK_UNIT]
    for unit in units:
        for step in unit.path.strip("/").split("/"):
            inside[int(step)].append(unit.pk)
    in_class: dict[int, list[int]] = defaultdict(list)
    unit_ids = frozenset(unit.pk for unit in units)
    members = EquipmentClassMember.objects.filter(equipment__site=site).order_by("equipment__code")
    for equipment_id, class_id in members.values_list("equipment_id", "equipment_class_id"):
        if equipment_id in unit_ids:
            in_class[class_id].append(equipment_id)
    return Machines(
        unit_ids,
        {pk: tuple(found) for pk, found in inside.items()},
        {pk: tuple(found) for pk, found in in_class.items()},
    )


def eligible_machines(
    operations: Sequence[Operation], machines: Machines
) -> dict[int, list[Eligible]]:
    """By operation id, its machines, best first; a subcontracted operation has none. One query.

    A machine that the operation names has preference 0 unless an alternate says otherwise.
    """
    alternates: dict[int, list[OperationAlternate]] = defaultdict(list)
    ids = [each.pk for each in operations]
    for each in rows_of(OperationAlternate.objects.all(), "operation_id", ids):
        alternates[each.operation_id].append(each)
    return {each.pk: _eligible(each, machines, alternates[each.pk]) for each in operations}


def _eligible(
    operation: Operation, machines: Machines, alternates: Iterable[OperationAlternate]
) -> list[Eligible]:
    if operation.subcontractor_id is not None:
        return []
    found = {
        pk: Eligible(pk, 0, operation.setup_s, operation.run_s)
        for pk in machines.named(operation.equipment_id, operation.equipment_class_id)
    }
    for each in alternates:
        for pk in machines.inside.get(each.equipment_id, ()):
            found.pop(pk, None)
            if not each.is_forbidden:
                found[pk] = Eligible(
                    pk,
                    each.preference,
                    operation.setup_s if each.setup_s is None else each.setup_s,
                    operation.run_s if each.run_s is None else each.run_s,
                )
    return sorted(found.values(), key=lambda each: (each.preference, each.equipment_id))
