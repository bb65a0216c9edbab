"""What the pages of engineering show; queries grow with the levels of a BOM, not with its lines."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.http import Http404
from django.urls import reverse

from obeya.modules.engineering.queries.rows import minutes
from obeya.modules.engineering.revisions import in_effect
from obeya.plant.ledgers.models import StockBalance
from obeya.plant.log.actor import Actor
from obeya.plant.log.queries import query
from obeya.plant.resources.models import Material, MaterialRevision, Site
from obeya.plant.work.models import BomLine, Demand, Operation, SupplyOrder
from obeya.ui.templatetags.ui import amount

DEEPEST = 12
MOST_ROWS = 12


@query(permission="engineering.view")
def material_list(*, by: Actor, archived: bool = False) -> QuerySet[Material]:
    found = Material.objects.select_related("unit")
    return found.exclude(archived_at=None) if archived else found.in_use()


@query(permission="engineering.view")
def material_page(*, code: str, site: Site | None = None, by: Actor) -> dict[str, Any]:
    """One material: what is in it, where it goes, how it is made, what there is and is wanted."""
    material = Material.objects.select_related("unit").filter(code=code).first()
    if material is None:
        raise Http404(f"There is no material {code}.")
    revisions = list(material.revisions.order_by("code"))
    current = in_effect(revisions).get(material.pk)
    stocks = (
        StockBalance.objects.filter(material=material, quantity__gt=0, location__site=site)
        .select_related("location", "lot")
        .order_by("location__code", "lot__code")
    )
    operations = (
        Operation.objects.filter(revision=current, site=site)
        .select_related("equipment", "equipment_class", "subcontractor", "skill", "tool")
        .order_by("number")
    )
    demands = (
        Demand.objects.open()
        .filter(material=material, site=site)
        .select_related("customer", "site")
        .order_by("due_at", "id")
    )
    supplies = (
        SupplyOrder.objects.binding()
        .filter(material=material, site=site)
        .select_related("supplier", "site")
        .order_by("due_at", "id")
    )
    return {
        "material": material,
        "at_site": material.at_sites.filter(site=site)
        .select_related("storage", "supplier")
        .first(),
        "revisions": revisions,
        "current": current,
        "bom": bom_tree(material),
        "used_in": where_used(material),
        "operations": [_with_minutes(each) for each in operations],
        "stock": list(stocks) if by.may("inventory.view", site=site) else [],
        "on_hand": stocks.aggregate(sum=Sum("quantity"))["sum"] or Decimal(0),
        "demands": list(demands[:MOST_ROWS]) if by.may("orders.view", site=site) else [],
        "supplies": list(supplies[:MOST_ROWS]) if by.may("purchasing.view", site=site) else [],
    }


def _with_minutes(operation: Operation) -> Operation:
    """With `shown_setup_min`: exact, and written as a form reads it again."""
    operation.shown_setup_min = format(minutes(operation.setup_s), "f")  # type: ignore[attr-defined]
    return operation


def bom_tree(material: Material) -> list[dict[str, Any]]:
    """All levels below, one query a level: nodes for the tree part."""
    lines: dict[int, list[BomLine]] = defaultdict(list)
    level, seen = {material.pk}, set()
    for _ in range(DEEPEST):
        if not level:
            break
        seen |= level
        revisions = in_effect(MaterialRevision.objects.filter(material_id__in=level))
        owner = {each.pk: pk for pk, each in revisions.items()}
        found = BomLine.objects.filter(revision_id__in=owner).select_related("component__unit")
        for line in found.order_by("operation_number", "priority", "component__code"):
            lines[owner[line.revision_id]].append(line)
        level = {line.component_id for pk in level for line in lines[pk]} - seen
    return [_bom_node(line, lines, depth=1) for line in lines[material.pk]]


def where_used(material: Material) -> list[dict[str, Any]]:
    """All levels above, one query a level."""
    uses: dict[int, list[BomLine]] = defaultdict(list)
    level, seen = {material.pk}, set()
    for _ in range(DEEPEST):
        if not level:
            break
        seen |= level
        found = (
            BomLine.objects.filter(component_id__in=level, revision__material__archived_at=None)
            .select_related("revision__material", "component__unit")
            .order_by("revision__material__code")
        )
        for line in found:
            uses[line.component_id].append(line)
        level = {line.revision.material_id for pk in level for line in uses[pk]} - seen
    return [_use_node(line, uses, depth=1) for line in uses[material.pk]]


def _bom_node(line: BomLine, lines: Mapping[int, Iterable[BomLine]], depth: int) -> dict[str, Any]:
    children = lines[line.component_id] if depth < DEEPEST else ()
    return {
        "title": f"{line.component.code} {_name(line.component)}".strip(),
        "url": reverse("engineering:material", args=[line.component.code]),
        "note": _quantity(line),
        "is_open": depth == 1,
        "children": [_bom_node(child, lines, depth + 1) for child in children],
    }


def _use_node(line: BomLine, uses: Mapping[int, Iterable[BomLine]], depth: int) -> dict[str, Any]:
    made = line.revision.material
    above = uses[made.pk] if depth < DEEPEST else ()
    return {
        "title": f"{made.code} {_name(made)}".strip(),
        "url": reverse("engineering:material", args=[made.code]),
        "note": _quantity(line),
        "is_open": True,
        "children": [_use_node(each, uses, depth + 1) for each in above],
    }


def _name(material: Material) -> str:
    return material.name if material.name != material.code else ""


def _quantity(line: BomLine) -> str:
    per = "" if line.per_quantity == 1 else f" / {amount(line.per_quantity)}"
    return f"{amount(line.quantity_per)} {line.component.unit.name}{per}"
