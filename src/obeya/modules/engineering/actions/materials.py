from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from obeya.modules.engineering.events import MaterialsSaved
from obeya.modules.engineering.revisions import FIRST_REVISION
from obeya.modules.engineering.rows import MaterialRow
from obeya.modules.engineering.sharing import refuse_closed
from obeya.plant.ledgers.models import StockMove
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import RowCheck, in_one_query, rows_of
from obeya.plant.log.publishing import publish
from obeya.plant.log.saving import Saved, upsert
from obeya.plant.resources.models import (
    Equipment,
    Material,
    MaterialAtSite,
    MaterialRevision,
    Party,
    Site,
    Unit,
)

DAY_S = 86_400
MOST_LEAD_DAYS = 36_500  # a date that planning can still write
BOUGHT = {"raw", "purchased", "consumable", "spare", "packaging"}


@action(permission="engineering.edit")
def save_materials(*, site: Site, rows: Sequence[MaterialRow], by: Actor) -> Saved:
    """Materials of the enterprise by code, how this site gets them, and their revision."""
    check = RowCheck(rows)
    check.filled("code")
    check.in_use("code", Material.objects.all())
    check.at_least(
        0, "safety_stock", "lead_time_days", "lot_minimum", "lot_multiple", "standard_cost"
    )
    check.each(
        "lead_time_days",
        lambda days: days <= MOST_LEAD_DAYS,
        "more than a hundred years",
        f"Write {MOST_LEAD_DAYS} days or less.",
    )
    units = check.known("unit", Unit.objects.all(), what="unit")
    check.filled("unit")
    storages = check.known("storage", _storages(site), what="storage")
    suppliers = check.known("supplier", Party.objects.filter(is_supplier=True), what="supplier")
    _check_figures(check, units)
    check.refuse()

    materials = upsert(
        Material.objects.all(), [_material(row, units) for row in rows], key=("code",)
    )
    ids = {each.code: each.pk for each in materials.objects}
    at_site = upsert(
        MaterialAtSite.objects.at(site),
        [_at_site(site, row, ids[row.code], storages, suppliers) for row in rows],
        key=("material_id",),
    )
    revisions = upsert(
        MaterialRevision.objects.all(), _revisions(rows, ids), key=("material_id", "code")
    )
    shared = {*materials.ids("changed"), *revisions.touched("material_id")}
    refuse_closed(
        check,
        "code",
        [(index, ids[row.code]) for index, row in enumerate(rows) if ids[row.code] in shared],
        by,
    )
    touched = at_site.touched("material_id") | revisions.touched("material_id")
    publish(
        MaterialsSaved(*materials.told(touched)),
        site=site,
        changes=[*materials.changes, *at_site.changes, *revisions.changes],
    )
    return materials.saved(touched)


def _storages(site: Site) -> QuerySet[Equipment]:
    return Equipment.objects.at(site).filter(level="storage", is_virtual=False)


def _check_figures(check: RowCheck[MaterialRow], units: Mapping[str, Unit]) -> None:
    """What was counted in one unit, or by lot, cannot be read in another way afterwards."""
    there = in_one_query(Material.objects.all(), "code", [row.code for row in check.rows])
    differing: list[tuple[int, str, int]] = []
    for index, row in enumerate(check.rows):
        if (old := there.get(row.code)) is not None:
            if row.unit in units and units[row.unit].pk != old.unit_id:
                differing.append((index, "unit", old.pk))
            if row.is_lot_tracked != old.is_lot_tracked:
                differing.append((index, "is_lot_tracked", old.pk))
    if not differing:
        return
    moves = StockMove.objects.filter(material__in={each[2] for each in differing})
    moved = set(moves.values_list("material_id", flat=True).distinct())
    for index, field, material_id in differing:
        if material_id in moved:
            remedy = "Leave it as it is, or enter a new material."
            check.add(index, field, "stock was moved already", remedy)


def _material(row: MaterialRow, units: Mapping[str, Unit]) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name or row.code,
        "translations": dict(row.translations),
        "kind": row.kind,
        "unit_id": units[row.unit].pk,
        "is_lot_tracked": row.is_lot_tracked,
        "extra": dict(row.extra),
    }


def _at_site(
    site: Site,
    row: MaterialRow,
    material_id: int,
    storages: Mapping[str, Equipment],
    suppliers: Mapping[str, Party],
) -> dict[str, Any]:
    return {
        "site_id": site.pk,
        "material_id": material_id,
        "policy": row.policy or ("buy" if row.kind in BOUGHT else "make"),
        "supplier_id": suppliers[row.supplier].pk if row.supplier else None,
        "safety_stock": row.safety_stock,
        "lead_time_s": round(row.lead_time_days * DAY_S),
        "lot_rule": row.lot_rule,
        "lot_minimum": row.lot_minimum,
        "lot_multiple": row.lot_multiple,
        "standard_cost": row.standard_cost,
        "storage_id": storages[row.storage].pk if row.storage else None,
    }


def _revisions(rows: Sequence[MaterialRow], ids: Mapping[str, int]) -> list[dict[str, Any]]:
    """The named revision; a material without a name for it keeps what it has, or gets the first."""
    there = rows_of(MaterialRevision.objects.all(), "material_id", ids.values())
    have = {each.material_id for each in there}
    return [
        {"material_id": ids[row.code], "code": row.revision or FIRST_REVISION}
        for row in rows
        if row.revision or ids[row.code] not in have
    ]
