from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from obeya.modules.engineering.bom_rules import loops_through
from obeya.modules.engineering.events import BomSaved
from obeya.modules.engineering.revisions import made_where_new
from obeya.modules.engineering.rows import BomRow
from obeya.modules.engineering.sharing import refuse_closed
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import RowCheck
from obeya.plant.log.publishing import publish
from obeya.plant.log.saving import Saved, upsert
from obeya.plant.resources.models import Material, MaterialRevision, Site
from obeya.plant.work.models import BomLine

EXACT = Decimal("0.0001")  # a share is kept with six decimals
KEY = (
    "revision_id",
    "component_id",
    "operation_number",
    "alternate_group",
    "is_by_product",
    "valid_from",
)


@action(permission="engineering.edit")
def save_bom_lines(*, site: Site, rows: Sequence[BomRow], by: Actor) -> Saved:
    """What goes into materials (or falls out), by material, component, operation and start.

    A named revision that is new is made. A line is ended with ``valid_to``, not left out.
    """
    check = RowCheck(rows)
    check.filled("material", "component")
    check.above_zero("quantity_per", "per_quantity", "operation")
    check.at_least(0, "scrap_percent", "priority")
    check.each(
        "scrap_percent",
        lambda percent: percent < 100 and percent % EXACT == 0,
        "not below 100, or finer than 0.0001",
        "Write a percentage below 100 with at most 4 decimals.",
    )
    check.not_before("valid_to", "valid_from")
    materials = check.known("material", Material.objects.all(), what="material")
    components = check.known("component", Material.objects.all(), what="material")
    _check_loops(check)
    check.refuse()

    revisions, made = made_where_new(rows, materials)
    lines = upsert(
        BomLine.objects.all(), [_values(row, revisions, components) for row in rows], key=KEY
    )
    touched = lines.touched("revision_id") | set(made.ids("new"))
    materials_touched = {r.material_id for r in revisions.values() if r.pk in touched}
    changing = [
        (index, materials[row.material].pk)
        for index, row in enumerate(rows)
        if lines.states[index] != "unchanged"
    ]
    refuse_closed(check, "material", changing, by)
    publish(
        BomSaved(*lines.told(), materials=sorted(materials_touched)),
        site=site,
        changes=[*made.changes, *lines.changes],
    )
    return lines.saved()


def _check_loops(check: RowCheck[BomRow]) -> None:
    there = (
        BomLine.objects.filter(is_by_product=False)
        .order_by()
        .values_list("revision__material__code", "component__code")
    )
    asked = {(row.material, row.component) for row in check.rows if not row.is_by_product}
    loops = loops_through([*there, *asked], asked)
    for index, row in enumerate(check.rows):
        loop = loops.get((row.material, row.component))
        if loop and not row.is_by_product:
            rule = f"{row.material} would go into itself: {' → '.join(loop)}"
            check.add(index, "component", rule, "Take one of these lines out.")


def _values(
    row: BomRow,
    revisions: Mapping[tuple[str, str], MaterialRevision],
    components: Mapping[str, Material],
) -> dict[str, Any]:
    return {
        "revision_id": revisions[row.material, row.revision].pk,
        "component_id": components[row.component].pk,
        "operation_number": row.operation,
        "alternate_group": row.alternate_group,
        "is_by_product": row.is_by_product,
        "valid_from": row.valid_from,
        "quantity_per": row.quantity_per,
        "per_quantity": row.per_quantity,
        "scrap_rate": row.scrap_percent / 100,
        "priority": row.priority,
        "valid_to": row.valid_to,
    }
