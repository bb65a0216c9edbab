"""The builder: each `with_…` runs a save action with one row, or a few, and returns the plant."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any, Self

from obeya.modules.engineering import public as engineering
from obeya.modules.inventory import public as inventory
from obeya.modules.orders import public as orders
from obeya.modules.organisation import public as organisation
from obeya.modules.purchasing import public as purchasing
from obeya.plant.log.actor import Actor, system_actor
from obeya.plant.resources.models import (
    Equipment,
    Material,
    MaterialRevision,
    Party,
    Person,
    Site,
    WorkCalendar,
)
from obeya.plant.work.models import Demand, Operation, SupplyOrder

Number = int | Decimal | str

THREE_SHIFTS = (
    ("Early", "Mon-Fri", time(6), time(14), "10:00-10:30"),
    ("Late", "Mon-Fri", time(14), time(22), "18:00-18:30"),
    ("Night", "Mon-Fri", time(22), time(6), "02:00-02:30"),
)


class Plant:
    """A site and who builds it. Handles are looked up by code."""

    def __init__(self, site: Site, by: Actor) -> None:
        self.site = site
        self.by = by

    def with_calendar(
        self, code: str, *shifts: tuple[str, str, time, time, str], always_open: bool = False
    ) -> Self:
        """Shifts are (name, days, starts, ends, breaks); none and not always open: never works."""
        rows = [organisation.CalendarRow(code, *shift) for shift in shifts] or [
            organisation.CalendarRow(code, is_always_open=always_open)
        ]
        organisation.save_calendars(site=self.site, rows=rows, by=self.by)
        return self

    def with_three_shifts(self, code: str = "3-SHIFTS") -> Self:
        """Round the clock from Monday 06:00 to Saturday 06:00, half an hour's break in each."""
        return self.with_calendar(code, *THREE_SHIFTS)

    def with_equipment(self, *rows: organisation.EquipmentRow) -> Self:
        organisation.save_equipment(site=self.site, rows=rows, by=self.by)
        return self

    def with_work_center(self, code: str, **fields: Any) -> Self:
        return self.with_equipment(organisation.EquipmentRow(code, level="work_center", **fields))

    def with_machine(self, *codes: str, **fields: Any) -> Self:
        return self.with_equipment(*(organisation.EquipmentRow(code, **fields) for code in codes))

    def with_storage(self, *codes: str, **fields: Any) -> Self:
        rows = [organisation.EquipmentRow(code, level="storage", **fields) for code in codes]
        return self.with_equipment(*rows)

    def with_person(
        self, code: str, skills: Mapping[str, int] | None = None, **fields: Any
    ) -> Self:
        """Skills are code → level."""
        rows = [
            organisation.PersonRow(code, skill=skill, level=level, **fields)
            for skill, level in (skills or {}).items()
        ] or [organisation.PersonRow(code, **fields)]
        organisation.save_people(site=self.site, rows=rows, by=self.by)
        return self

    def with_customer(self, *codes: str, **fields: Any) -> Self:
        rows = [organisation.PartyRow(code, is_customer=True, **fields) for code in codes]
        organisation.save_parties(site=self.site, rows=rows, by=self.by)
        return self

    def with_supplier(self, *codes: str, **fields: Any) -> Self:
        rows = [organisation.PartyRow(code, is_supplier=True, **fields) for code in codes]
        organisation.save_parties(site=self.site, rows=rows, by=self.by)
        return self

    def with_reason(self, kind: Any, *codes: str, **fields: Any) -> Self:
        rows = [organisation.ReasonRow(kind, code, **fields) for code in codes]
        organisation.save_reasons(site=self.site, rows=rows, by=self.by)
        return self

    def with_material(self, *codes: str, **fields: Any) -> Self:
        rows = [engineering.MaterialRow(code, **fields) for code in codes]
        engineering.save_materials(site=self.site, rows=rows, by=self.by)
        return self

    def with_bom(self, material: str, components: Mapping[str, Number], **fields: Any) -> Self:
        """Components are code → quantity per piece."""
        rows = [
            engineering.BomRow(material, component, Decimal(quantity), **fields)
            for component, quantity in components.items()
        ]
        engineering.save_bom_lines(site=self.site, rows=rows, by=self.by)
        return self

    def with_tool(self, *codes: str, **fields: Any) -> Self:
        rows = [engineering.ToolRow(code, **fields) for code in codes]
        engineering.save_tools(site=self.site, rows=rows, by=self.by)
        return self

    def with_operation(
        self,
        material: str,
        number: int,
        *,
        on: str = "",
        run_s: Number = 0,
        setup_min: Number = 0,
        **fields: Any,
    ) -> Self:
        """`on` is a machine or work center; or give equipment_class or subcontractor."""
        row = engineering.OperationRow(
            material,
            number,
            equipment=on,
            run_s=Decimal(run_s),
            setup_min=Decimal(setup_min),
            **fields,
        )
        engineering.save_operations(site=self.site, rows=[row], by=self.by)
        return self

    def with_alternate(self, material: str, operation: int, equipment: str, **fields: Any) -> Self:
        row = engineering.AlternateRow(material, operation, equipment, **fields)
        engineering.save_alternates(site=self.site, rows=[row], by=self.by)
        return self

    def with_setup_times(
        self,
        matrix: str,
        minutes: Mapping[tuple[str, str], Number],
        *,
        on: Sequence[str] = (),
        default_min: Number = 0,
    ) -> Self:
        """Minutes by (from family, to family); `on` are the machines under the matrix."""
        rows = [
            engineering.SetupTimeRow(matrix, "", "", Decimal(default_min), tuple(on)),
            *(
                engineering.SetupTimeRow(matrix, before, after, Decimal(length))
                for (before, after), length in minutes.items()
            ),
        ]
        engineering.save_setup_times(site=self.site, rows=rows, by=self.by)
        return self

    def with_stock(self, material: str, quantity: Number, *, at: str, **fields: Any) -> Self:
        row = inventory.StockRow(material, at, Decimal(quantity), **fields)
        inventory.set_stock(site=self.site, rows=[row], by=self.by)
        return self

    def with_demand(
        self, code: str, material: str, quantity: Number, due_at: datetime, **fields: Any
    ) -> Self:
        row = orders.DemandRow(code, material, Decimal(quantity), due_at, **fields)
        orders.save_demands(site=self.site, rows=[row], by=self.by)
        return self

    def with_purchase(
        self, number: str, material: str, quantity: Number, due_at: datetime, **fields: Any
    ) -> Self:
        row = purchasing.PurchaseRow(number, material, Decimal(quantity), due_at, **fields)
        purchasing.save_purchase_orders(site=self.site, rows=[row], by=self.by)
        return self

    def equipment(self, code: str) -> Equipment:
        return Equipment.objects.at(self.site).get(code=code)

    machine = work_center = storage = equipment

    def calendar(self, code: str) -> WorkCalendar:
        return WorkCalendar.objects.at(self.site).get(code=code)

    def person(self, code: str) -> Person:
        return Person.objects.get(code=code)

    def party(self, code: str) -> Party:
        return Party.objects.get(code=code)

    def material(self, code: str) -> Material:
        return Material.objects.get(code=code)

    def revision(self, material: str, code: str = "A") -> MaterialRevision:
        return MaterialRevision.objects.get(material__code=material, code=code)

    def operation(self, material: str, number: int) -> Operation:
        return Operation.objects.at(self.site).get(revision__material__code=material, number=number)

    def demand(self, code: str) -> Demand:
        return Demand.objects.at(self.site).get(code=code)

    def purchase(self, number: str) -> SupplyOrder:
        return SupplyOrder.objects.at(self.site).get(number=number)


def a_plant(
    code: str = "KES",
    *,
    name: str = "Kestrel",
    time_zone: str = "Europe/Berlin",
    by: Actor | None = None,
) -> Plant:
    """A new, empty site, built by ``by`` (the house itself unless given)."""
    builder = by or system_actor()
    site = organisation.open_site(code=code, name=name, time_zone=time_zone, by=builder)
    return Plant(site, builder)
