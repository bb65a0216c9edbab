from collections.abc import Mapping, Sequence
from typing import Any

from obeya.modules.engineering.actions.operations import seconds
from obeya.modules.engineering.eligibility import eligible_machines, machines_of
from obeya.modules.engineering.events import AlternatesSaved
from obeya.modules.engineering.revisions import meant
from obeya.modules.engineering.rows import AlternateRow
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import RowCheck, rows_of
from obeya.plant.log.publishing import publish
from obeya.plant.log.saving import Saved, upsert
from obeya.plant.resources.models import Equipment, Material, Site
from obeya.plant.work.models import Operation, OperationAlternate


@action(permission="engineering.edit")
def save_alternates(*, site: Site, rows: Sequence[AlternateRow], by: Actor) -> Saved:
    """Other machines for operations, own times on them, and machines that are forbidden."""
    check = RowCheck(rows)
    check.filled("material", "equipment")
    check.at_least(0, "preference", "setup_min", "run_s")
    materials = check.known("material", Material.objects.all(), what="material")
    equipment = check.known("equipment", Equipment.objects.at(site), what="equipment")
    operations = _operations(check, site, materials)
    _check_machines(check, equipment)
    check.refuse()

    wanted = [
        {
            "operation_id": operations[index].pk,
            "equipment_id": equipment[row.equipment].pk,
            "preference": row.preference,
            "setup_s": None if row.setup_min is None else seconds(row.setup_min),
            "run_s": row.run_s,
            "is_forbidden": row.is_forbidden,
        }
        for index, row in enumerate(rows)
    ]
    alternates = upsert(
        OperationAlternate.objects.all(), wanted, key=("operation_id", "equipment_id")
    )
    _check_somebody_is_left(check, site, operations)
    publish(AlternatesSaved(*alternates.told()), site=site, changes=alternates.changes)
    return alternates.saved()


def _operations(
    check: RowCheck[AlternateRow], site: Site, materials: dict[str, Material]
) -> Mapping[int, Operation]:
    """By index of the row."""
    revisions = meant(check.rows, materials)
    ids = {each.pk for each in revisions.values()}
    there: dict[Any, Operation] = {
        (each.revision_id, each.number): each
        for each in rows_of(Operation.objects.at(site), "revision_id", ids)
    }
    found = {}
    for index, row in enumerate(check.rows):
        revision = revisions.get((row.material, row.revision))
        operation = there.get((revision.pk, row.operation)) if revision else None
        if operation is not None:
            found[index] = operation
        elif row.material in materials:
            rule = f"{row.material} has no operation {row.operation}"
            if row.revision:
                rule += f" in revision {row.revision}"
            check.add(index, "operation", rule, "Correct the number, or enter the operation.")
    return found


def _check_machines(check: RowCheck[AlternateRow], equipment: Mapping[str, Equipment]) -> None:
    for index, row in enumerate(check.rows):
        named = equipment.get(row.equipment)
        if named and named.level not in (Equipment.Level.WORK_UNIT, Equipment.Level.WORK_CENTER):
            rule = f"{named} is a {named.get_level_display()}; it makes nothing"
            check.add(index, "equipment", rule, "Name a machine or a work center.")


def _check_somebody_is_left(
    check: RowCheck[AlternateRow], site: Site, operations: Mapping[int, Operation]
) -> None:
    """After the upsert, with what stood before: the refusal takes all of it back."""
    left = eligible_machines(
        list({o.pk: o for o in operations.values()}.values()), machines_of(site)
    )
    for index, row in enumerate(check.rows):
        if row.is_forbidden and not left[operations[index].pk]:
            rule = f"nobody could do operation {row.operation} of {row.material} any more"
            check.add(index, "equipment", rule, "Leave one machine, or name another first.")
    check.refuse()
