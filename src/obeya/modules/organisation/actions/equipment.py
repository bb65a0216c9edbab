from collections.abc import Mapping, Sequence
from typing import Any

from obeya.modules.organisation.equipment_rules import check_equipment
from obeya.modules.organisation.events import EquipmentSaved
from obeya.modules.organisation.rows import EquipmentRow
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import in_one_query, rows_of
from obeya.plant.log.publishing import Change, publish
from obeya.plant.log.saving import Saved, delete_many, upsert
from obeya.plant.resources.models import (
    Equipment,
    EquipmentClass,
    EquipmentClassMember,
    Site,
    WorkCalendar,
)
from obeya.plant.resources.tree import repath


@action(permission="organisation.edit_equipment")
def save_equipment(*, site: Site, rows: Sequence[EquipmentRow], by: Actor) -> Saved:
    """Nodes of the site's equipment tree by code; parents may come in the same rows."""
    tree = {each.code: each for each in Equipment.objects.at(site)}
    check = check_equipment(site, rows, tree)
    calendars = check.known("calendar", WorkCalendar.objects.at(site), what="calendar")
    check.refuse()

    above = {row.code: row.parent for row in rows}

    def link(saved: dict[Any, Equipment]) -> Mapping[Any, Mapping[str, Any]]:
        ids = {code: each.pk for code, each in {**tree, **saved}.items()}
        return {c: {"parent_id": ids[above[c]] if above[c] else None} for c in saved}

    wanted = [_values(site, row, calendars) for row in rows]
    equipment = upsert(Equipment.objects.at(site), wanted, key=("code",), link=link)
    members, joined = _save_members(rows, {each.code: each.pk for each in equipment.objects})
    repath(site)
    publish(
        EquipmentSaved(*equipment.told(joined)),
        site=site,
        changes=[*equipment.changes, *members],
    )
    return equipment.saved(joined)


def _values(site: Site, row: EquipmentRow, calendars: Mapping[str, WorkCalendar]) -> dict[str, Any]:
    return {
        "site_id": site.pk,
        "code": row.code,
        "name": row.name or row.code,
        "level": row.level,
        "calendar_id": calendars[row.calendar].pk if row.calendar else None,
        "capacity": row.capacity,
        "batch_places": row.batch_places,
        "is_virtual": row.is_virtual,
        "current_setup_family": row.setup_family,
        "translations": dict(row.translations),
        "extra": dict(row.extra),
    }


def _save_members(
    rows: Sequence[EquipmentRow], ids: Mapping[str, int]
) -> tuple[list[Change], set[int]]:
    """Classes as the rows say, made where they are new; ids of equipment whose classes differ."""
    named = sorted({code for row in rows for code in row.classes})
    classes = in_one_query(EquipmentClass.objects.all(), "code", named)
    fresh = [{"code": code, "name": code} for code in named if code not in classes]
    made = upsert(EquipmentClass.objects.all(), fresh, key=("code",))
    class_ids = {each.code: each.pk for each in [*classes.values(), *made.objects]}
    wanted = [
        {"equipment_id": ids[row.code], "equipment_class_id": class_ids[code]}
        for row in rows
        for code in dict.fromkeys(row.classes)
    ]
    said = {(each["equipment_id"], each["equipment_class_id"]) for each in wanted}
    there = rows_of(EquipmentClassMember.objects.all(), "equipment_id", ids.values())
    gone = [each for each in there if (each.equipment_id, each.equipment_class_id) not in said]
    changes = delete_many(gone)
    joined = upsert(
        EquipmentClassMember.objects.all(), wanted, key=("equipment_id", "equipment_class_id")
    )
    touched = joined.touched("equipment_id") | {each.equipment_id for each in gone}
    return [*made.changes, *changes, *joined.changes], touched
