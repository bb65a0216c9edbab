from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from obeya.modules.engineering.eligibility import machines_of
from obeya.modules.engineering.events import OperationsSaved
from obeya.modules.engineering.operation_rules import check_crew, check_doers, check_order
from obeya.modules.engineering.revisions import made_where_new, meant
from obeya.modules.engineering.rows import OperationRow
from obeya.modules.engineering.sharing import refuse_closed
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import RowCheck, rows_of
from obeya.plant.log.publishing import Change, publish
from obeya.plant.log.saving import Saved, delete_many, upsert
from obeya.plant.resources.models import (
    Equipment,
    EquipmentClass,
    Material,
    MaterialRevision,
    Party,
    Site,
    Skill,
    Tool,
)
from obeya.plant.work.models import Operation, OperationPredecessor

DAY_S = 86_400
MINUTES = ("setup_min", "fixed_run_min", "queue_min", "move_min", "maximum_wait_min")


@dataclass(frozen=True)
class Named:
    """What the rows refer to, by code."""

    equipment: Mapping[str, Equipment]
    classes: Mapping[str, EquipmentClass]
    subcontractors: Mapping[str, Party]
    skills: Mapping[str, Skill]
    tools: Mapping[str, Tool]


@action(permission="engineering.edit")
def save_operations(*, site: Site, rows: Sequence[OperationRow], by: Actor) -> Saved:
    """Steps of making materials at this site, by material, revision and number.

    A named revision that is new is made. Where no row of a revision has predecessors, its
    operations are a chain by number.
    """
    check = RowCheck(rows)
    check.filled("material")
    check.above_zero("number", "transfer_quantity")
    check.at_least(0, "run_s", "subcontract_days", "crew_size", *MINUTES)
    check.each(
        "skill_level", lambda n: n in range(1, 5), "not between 1 and 4", "Write a level, 1 to 4."
    )
    materials = check.known("material", Material.objects.all(), what="material")
    named = _named(check, site)
    check_doers(check, named.equipment, named.classes, machines_of(site))
    check_crew(check, site, named.skills)
    _check_order(check, site, materials)
    check.refuse()

    revisions, made = made_where_new(rows, materials)
    operations = upsert(
        Operation.objects.at(site),
        [_values(site, row, revisions, named) for row in rows],
        key=("revision_id", "number"),
    )
    fresh = made.touched("material_id")  # with a revision that every site sees
    named_first = [
        (index, materials[row.material].pk)
        for index, row in enumerate(rows)
        if materials[row.material].pk in fresh
    ]
    refuse_closed(check, "revision", named_first, by)
    linked, relinked = _save_predecessors(site, rows, operations.objects)
    publish(
        OperationsSaved(*operations.told(relinked)),
        site=site,
        changes=[*made.changes, *operations.changes, *linked],
    )
    return operations.saved(relinked)


def _named(check: RowCheck[OperationRow], site: Site) -> Named:
    suppliers = Party.objects.filter(is_supplier=True)
    classes = EquipmentClass.objects.all()
    return Named(
        check.known("equipment", Equipment.objects.at(site), what="equipment"),
        check.known("equipment_class", classes, what="equipment class"),
        check.known("subcontractor", suppliers, what="supplier"),
        check.known("skill", Skill.objects.all(), what="skill"),
        check.known("tool", Tool.objects.at(site), what="tool"),
    )


def _check_order(check: RowCheck[OperationRow], site: Site, materials: dict[str, Material]) -> None:
    """Against the rows themselves and the operations that stand beside them."""
    found = meant(check.rows, materials)
    pks = {row: each.pk for row, each in found.items()}
    numbers: dict[object, dict[int, set[int]]] = defaultdict(dict)
    there = rows_of(Operation.objects.at(site), "revision_id", set(pks.values()))
    for each in there:
        numbers[each.revision_id][each.number] = set()
    by_id = {each.pk: each for each in there}
    for link in rows_of(OperationPredecessor.objects.all(), "operation_id", by_id):
        later, before = by_id[link.operation_id], by_id[link.predecessor_id]
        numbers[later.revision_id][later.number].add(before.number)
    named = [
        pks.get((row.material, row.revision), (row.material, row.revision)) for row in check.rows
    ]
    check_order(check, named, numbers)


def _values(
    site: Site,
    row: OperationRow,
    revisions: Mapping[tuple[str, str], MaterialRevision],
    named: Named,
) -> dict[str, Any]:
    def pk(found: Mapping[str, Any], code: str) -> int | None:
        return found[code].pk if code else None

    return {
        "revision_id": revisions[row.material, row.revision].pk,
        "site_id": site.pk,
        "number": row.number,
        "name": row.name,
        "equipment_id": pk(named.equipment, row.equipment),
        "equipment_class_id": pk(named.classes, row.equipment_class),
        "subcontractor_id": pk(named.subcontractors, row.subcontractor),
        "setup_s": seconds(row.setup_min),
        "run_s": row.run_s,
        "fixed_run_s": seconds(row.fixed_run_min),
        "setup_family": row.setup_family,
        "skill_id": pk(named.skills, row.skill),
        "skill_level": row.skill_level,
        "crew_size": row.crew_size,
        "is_setup_assumed": row.is_setup_assumed,
        "is_crew_assumed": row.is_crew_assumed,
        "tool_id": pk(named.tools, row.tool),
        "is_batch": row.is_batch,
        "batch_family": row.batch_family,
        "transfer_quantity": row.transfer_quantity,
        "queue_s": seconds(row.queue_min),
        "move_s": seconds(row.move_min),
        "maximum_wait_s": None if row.maximum_wait_min is None else seconds(row.maximum_wait_min),
        "is_resumable": row.is_resumable,
        "subcontract_lead_s": (
            None if row.subcontract_days is None else round(row.subcontract_days * DAY_S)
        ),
    }


def seconds(minutes: Decimal) -> int:
    """Whole seconds: setups and waits are kept no finer."""
    return round(minutes * 60)


def _save_predecessors(
    site: Site, rows: Sequence[OperationRow], operations: Sequence[Operation]
) -> tuple[list[Change], set[int]]:
    """Predecessors as the rows say; ids of operations whose predecessors differ."""
    revision_ids = {each.revision_id for each in operations}
    beside = rows_of(Operation.objects.at(site), "revision_id", revision_ids)
    ids = {(each.revision_id, each.number): each.pk for each in beside}
    wanted = [
        {"operation_id": each.pk, "predecessor_id": ids[each.revision_id, int(number)]}
        for row, each in zip(rows, operations, strict=True)
        for number in dict.fromkeys(row.predecessors)
    ]
    said = {(each["operation_id"], each["predecessor_id"]) for each in wanted}
    there = rows_of(OperationPredecessor.objects.all(), "operation_id", [o.pk for o in operations])
    gone = [each for each in there if (each.operation_id, each.predecessor_id) not in said]
    changes = delete_many(gone)
    key = ("operation_id", "predecessor_id")
    links = upsert(OperationPredecessor.objects.all(), wanted, key=key)
    touched = links.touched("operation_id") | {each.operation_id for each in gone}
    return [*changes, *links.changes], touched
