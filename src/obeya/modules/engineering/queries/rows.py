"""The rows that would make engineering's tables as they stand: for export and absent columns.

What lies in the archive is left out. Query counts do not depend on the number of rows.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from obeya.modules.engineering.revisions import in_effect
from obeya.modules.engineering.rows import (
    AlternateRow,
    BomRow,
    MaterialRow,
    OperationRow,
    SetupTimeRow,
    ToolRow,
)
from obeya.plant.log.actor import Actor
from obeya.plant.log.queries import query
from obeya.plant.resources.models import MaterialAtSite, MaterialRevision, Site, Tool
from obeya.plant.work.models import BomLine, Operation, OperationAlternate, SetupMatrix

DAY_S = 86_400
MILLIONTH = Decimal("0.000001")
Codes = Sequence[str] | None


@query(permission="engineering.view")
def material_rows(*, site: Site, by: Actor, codes: Codes = None) -> list[MaterialRow]:
    """Materials that this site deals with."""
    found = (
        MaterialAtSite.objects.at(site)
        .filter(material__archived_at=None)
        .order_by("material__code")
    )
    if codes is not None:
        found = found.filter(material__code__in=codes)
    newest = _newest(codes)
    columns = found.values_list(
        "material_id", "material__code", "material__name", "material__kind", "material__unit__code",
        "material__is_lot_tracked", "policy", "safety_stock", "lead_time_s", "lot_rule",
        "lot_minimum", "lot_multiple", "standard_cost", "storage__code", "supplier__code",
        "material__translations", "material__extra",
    )  # fmt: skip
    return [
        MaterialRow(
            code=code,
            name=name,
            kind=kind,
            unit=unit,
            revision=newest.get(material, ""),
            is_lot_tracked=is_lot_tracked,
            policy=policy,
            safety_stock=safety_stock,
            lead_time_days=_divided(lead_time_s, DAY_S),
            lot_rule=lot_rule,
            lot_minimum=lot_minimum,
            lot_multiple=lot_multiple,
            standard_cost=standard_cost,
            storage=storage or "",
            supplier=supplier or "",
            translations=translations,
            extra=extra,
        )
        for (
            material, code, name, kind, unit, is_lot_tracked, policy, safety_stock, lead_time_s,
            lot_rule, lot_minimum, lot_multiple, standard_cost, storage, supplier, translations,
            extra,
        ) in columns
    ]  # fmt: skip


@query(permission="engineering.view")
def bom_rows(*, site: Site, by: Actor, materials: Codes = None) -> list[BomRow]:
    found = BomLine.objects.filter(revision__material__archived_at=None).order_by(
        "revision__material__code", "revision__code", "operation_number", "id"
    )
    if materials is not None:
        found = found.filter(revision__material__code__in=materials)
    columns = found.values_list(
        "revision__material__code", "component__code", "quantity_per", "per_quantity",
        "operation_number", "revision__code", "scrap_rate", "alternate_group", "priority",
        "valid_from", "valid_to", "is_by_product",
    )  # fmt: skip
    return [
        BomRow(
            material=material,
            component=component,
            quantity_per=quantity_per,
            per_quantity=per_quantity,
            operation=operation,
            revision=revision,
            scrap_percent=scrap_rate * 100,
            alternate_group=alternate_group,
            priority=priority,
            valid_from=valid_from,
            valid_to=valid_to,
            is_by_product=is_by_product,
        )
        for (
            material, component, quantity_per, per_quantity, operation, revision, scrap_rate,
            alternate_group, priority, valid_from, valid_to, is_by_product,
        ) in columns
    ]  # fmt: skip


@query(permission="engineering.view")
def operation_rows(*, site: Site, by: Actor, materials: Codes = None) -> list[OperationRow]:
    found = (
        Operation.objects.at(site)
        .filter(revision__material__archived_at=None)
        .select_related(
            "revision__material", "equipment", "equipment_class", "subcontractor", "skill", "tool"
        )
        .prefetch_related("predecessor_links__predecessor")
        .order_by("revision__material__code", "revision__code", "number")
    )
    if materials is not None:
        found = found.filter(revision__material__code__in=materials)
    return [_operation_row(each) for each in found]


@query(permission="engineering.view")
def assumed_operation(*, site: Site, code: str, number: int, by: Actor) -> OperationRow | None:
    """A step of the revision in effect of which something is assumed."""
    revisions = MaterialRevision.objects.filter(material__code=code).order_by("code")
    current = next(iter(in_effect(list(revisions)).values()), None)
    return next(
        (
            row
            for row in operation_rows(site=site, materials=[code], by=by)
            if row.number == number
            and current is not None
            and row.revision == current.code
            and (row.is_setup_assumed or row.is_crew_assumed)
        ),
        None,
    )


@query(permission="engineering.view")
def alternate_rows(*, site: Site, by: Actor, materials: Codes = None) -> list[AlternateRow]:
    found = (
        OperationAlternate.objects.filter(
            operation__site=site, operation__revision__material__archived_at=None
        )
        .select_related("operation__revision__material", "equipment")
        .order_by("operation__revision__material__code", "operation__number", "preference", "id")
    )
    if materials is not None:
        found = found.filter(operation__revision__material__code__in=materials)
    return [
        AlternateRow(
            material=each.operation.revision.material.code,
            operation=each.operation.number,
            equipment=each.equipment.code,
            preference=each.preference,
            setup_min=None if each.setup_s is None else minutes(each.setup_s),
            run_s=each.run_s,
            is_forbidden=each.is_forbidden,
            revision=each.operation.revision.code,
        )
        for each in found
    ]


@query(permission="engineering.view")
def setup_time_rows(*, site: Site, by: Actor) -> list[SetupTimeRow]:
    """A matrix begins with its default, which names the machines under it."""
    rows = []
    matrices = SetupMatrix.objects.at(site).prefetch_related("times", "uses__equipment")
    for matrix in matrices.order_by("code"):
        machines = tuple(sorted(use.equipment.code for use in matrix.uses.all()))
        rows.append(SetupTimeRow(matrix.code, "", "", minutes(matrix.default_s), machines))
        times = sorted(matrix.times.all(), key=lambda each: (each.from_family, each.to_family))
        rows += [
            SetupTimeRow(matrix.code, each.from_family, each.to_family, minutes(each.seconds))
            for each in times
        ]
    return rows


@query(permission="engineering.view")
def tool_rows(*, site: Site, by: Actor) -> list[ToolRow]:
    found = Tool.objects.at(site).in_use().order_by("code")
    return [ToolRow(each.code, each.name, each.quantity) for each in found]


def minutes(seconds: int) -> Decimal:
    return _divided(seconds, 60)


def _divided(number: int, by: int) -> Decimal:
    """Six decimals are enough: read again, they round to the same seconds."""
    exact = (Decimal(number) / by).quantize(MILLIONTH, ROUND_HALF_UP)
    return Decimal(int(exact)) if exact == int(exact) else exact.normalize()


def _newest(codes: Codes) -> dict[int, str]:
    revisions = MaterialRevision.objects.filter(material__archived_at=None)
    if codes is not None:
        revisions = revisions.filter(material__code__in=codes)
    return {pk: each.code for pk, each in in_effect(revisions).items()}


def _operation_row(each: Operation) -> OperationRow:
    before = sorted(link.predecessor.number for link in each.predecessor_links.all())
    lead_s, wait_s = each.subcontract_lead_s, each.maximum_wait_s
    return OperationRow(
        material=each.revision.material.code,
        number=each.number,
        name=each.name,
        equipment=each.equipment.code if each.equipment else "",
        equipment_class=each.equipment_class.code if each.equipment_class else "",
        subcontractor=each.subcontractor.code if each.subcontractor else "",
        setup_min=minutes(each.setup_s),
        run_s=each.run_s,
        fixed_run_min=minutes(each.fixed_run_s),
        setup_family=each.setup_family,
        skill=each.skill.code if each.skill else "",
        skill_level=each.skill_level,
        crew_size=each.crew_size,
        tool=each.tool.code if each.tool else "",
        is_batch=each.is_batch,
        batch_family=each.batch_family,
        transfer_quantity=each.transfer_quantity,
        queue_min=minutes(each.queue_s),
        move_min=minutes(each.move_s),
        maximum_wait_min=None if wait_s is None else minutes(wait_s),
        is_resumable=each.is_resumable,
        subcontract_days=None if lead_s is None else _divided(lead_s, DAY_S),
        predecessors=tuple(str(number) for number in before),
        revision=each.revision.code,
        is_setup_assumed=each.is_setup_assumed,
        is_crew_assumed=each.is_crew_assumed,
    )
