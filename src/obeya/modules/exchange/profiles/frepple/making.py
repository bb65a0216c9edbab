"""frePPLe's items and operations → materials, BOM, operations and alternates."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from obeya.modules.engineering.public import (
    AlternateRow,
    BomRow,
    MaterialRow,
    OperationRow,
    SetupTimeRow,
)
from obeya.modules.exchange.plant_file import sheet_of
from obeya.modules.exchange.profiles.frepple.loads import Crew, Loads
from obeya.modules.exchange.profiles.frepple.places import Places
from obeya.modules.exchange.profiles.frepple.records import Record, Records, share
from obeya.modules.exchange.reading.typed import TypedSheet

GROUPS = ("alternate", "split")
Row = tuple[int, dict[str, Any]]


class Making:
    """What is made, of what, and how."""

    def __init__(self, records: Records, places: Places) -> None:
        self._records = records
        self._places = places
        self._loads = Loads(records, places)
        self.items = {r.text("name"): r for r in records.of("item")}
        self.groups = {r.text("owner") for r in self.items.values()} - {""}
        self._operations = {r.text("name"): r for r in records.of("operation")}
        self._flows: dict[str, list[Record]] = defaultdict(list)
        for flow in records.of("operationmaterial"):
            self._flows[flow.text("operation")].append(flow)
        self._suppliers: dict[str, list[Record]] = defaultdict(list)
        for source in records.of("itemsupplier"):
            self._suppliers[source.text("item")].append(source)
        self.routes = self._choose_routes()
        self._bom: list[Row] = []
        self._steps: list[Row] = []
        self._alternates: list[Row] = []
        for item, operation in self.routes.items():
            self._write_route(item, operation)

    def materials_sheet(self) -> TypedSheet:
        demanded = {record.text("item") for record in self._records.of("demand")}
        used = {row["component"] for _, row in self._bom}
        minimum: dict[str, Decimal] = defaultdict(Decimal)
        for buffer in self._records.of("buffer"):
            minimum[buffer.text("item")] += buffer.number_of("minimum")
        rows = [
            (
                item.number,
                {
                    "code": name,
                    "name": item.text("description") or name,
                    "kind": self._kind(item, name in demanded, name in used),
                    "policy": "make" if name in self.routes else "buy",
                    "safety_stock": minimum[name],
                    "standard_cost": item.number_of("cost"),
                    **self._ordering(name),
                },
            )
            for name, item in self.items.items()
            if name not in self.groups
        ]
        if self.groups:
            self._records.note(f"{', '.join(sorted(self.groups))}: groups of items stay behind.")
        return sheet_of(MaterialRow, rows)

    def bom_sheet(self) -> TypedSheet:
        return sheet_of(BomRow, self._bom)

    def operations_sheet(self) -> TypedSheet:
        """frePPLe knows setups from a matrix only: of an operation without one it says nothing."""
        return sheet_of(OperationRow, self._steps, assumes=True)

    def alternates_sheet(self) -> TypedSheet:
        return sheet_of(AlternateRow, self._alternates)

    def setup_sheet(self) -> TypedSheet:
        return sheet_of(SetupTimeRow, self._loads.setup_rows())

    def item_and_groups(self, item: str) -> list[str]:
        """An item and the groups that it belongs to, nearest first."""
        chain = []
        while item and item not in chain:
            chain.append(item)
            item = self.items[item].text("owner") if item in self.items else ""
        return chain

    def _choose_routes(self) -> dict[str, Record]:
        """For each item the operation that makes it by preference; supplier or operation."""
        made: dict[str, list[Record]] = defaultdict(list)
        for operation in self._operations.values():
            item = self._product(operation)
            owner = self._operations.get(operation.text("owner"))
            if operation.text("type") not in GROUPS and item and not self._is_step(owner):
                made[item].append(operation)
        routes = {}
        for item, operations in made.items():
            best = min(operations, key=lambda r: r.whole("priority", 1))
            for other in operations:
                if other is not best:
                    self._records.note(
                        f"Operation {other.text('name')} was not carried over: {item} is made by "
                        f"{best.text('name')}, and a material has one routing here."
                    )
            source = self._best_source(item)
            if source is None:
                routes[item] = best
            elif source.whole("priority", 1) < best.whole("priority", 1):
                self._records.note(f"{item} is bought: its supplier comes before its operation.")
            else:
                routes[item] = best
                self._records.note(
                    f"{item} is made; buying it from {source.text('supplier')} instead was not "
                    "carried over: a material is made or bought here, not either."
                )
        return routes

    def _product(self, operation: Record) -> str:
        """What an operation makes: its item, or what flows out of it."""
        if item := operation.text("item"):
            return item
        out = [f for f in self._flows[operation.text("name")] if f.number_of("quantity") > 0]
        return out[0].text("item") if out else ""

    def _is_step(self, owner: Record | None) -> bool:
        return owner is not None and owner.text("type") == "routing"

    def _write_route(self, item: str, operation: Record) -> None:
        steps = [operation]
        if operation.text("type") == "routing":
            name = operation.text("name")
            steps = sorted(
                (o for o in self._operations.values() if o.text("owner") == name),
                key=lambda o: (o.whole("priority", 1), o.number),
            )
        made = sum(
            flow.number_of("quantity")
            for step in {s.text("name"): s for s in [operation, *steps]}.values()
            for flow in self._flows[step.text("name")]
            if flow.text("item") == item and flow.number_of("quantity") > 0
        ) or Decimal(1)
        for place, step in enumerate(steps, start=1):
            self._write_step(item, place * 10, step, made)
            self._write_flows(item, place * 10, step, made)
        if operation not in steps:
            self._write_flows(item, 10, operation, made)

    def _write_step(self, item: str, number: int, step: Record, made: Decimal) -> None:
        crew = self._loads.crew(step)
        fields: dict[str, Any] = {
            "material": item,
            "number": number,
            "name": step.text("name"),
            "equipment": crew.equipment,
            "run_s": share(step.seconds("duration_per"), made),
            "fixed_run_min": step.minutes("duration"),
            "move_min": step.minutes("posttime"),
            "setup_family": crew.setup_family,
            "skill": crew.skill,
            "crew_size": crew.size,
        }
        self._steps.append((step.number, fields))
        self._write_alternates(item, number, crew)
        if step.seconds("fence"):
            self._records.note(
                f"Operation {step.text('name')}: its release fence was not carried over: the "
                "planner freezes what must stay."
            )

    def _write_alternates(self, item: str, number: int, crew: Crew) -> None:
        for load, machine, preference in crew.alternates:
            self._alternates.append(
                (
                    load.number,
                    {
                        "material": item,
                        "operation": number,
                        "equipment": machine,
                        "preference": preference,
                    },
                )
            )

    def _write_flows(self, item: str, number: int, step: Record, made: Decimal) -> None:
        for flow in self._flows[step.text("name")]:
            quantity, other = flow.number_of("quantity"), flow.text("item")
            if other == item and quantity > 0:
                continue
            if flow.number_of("quantity_fixed") or flow.number_of("transferbatch"):
                self._records.note(
                    f"Operation {step.text('name')}: the fixed quantity or transfer batch of "
                    f"{other} was not carried over."
                )
            if not quantity:
                continue
            starts, ends = flow.moment("effective_start"), flow.moment("effective_end")
            self._bom.append(
                (
                    flow.number,
                    {
                        "material": item,
                        "component": other,
                        "quantity_per": abs(quantity),
                        "per_quantity": made,
                        "operation": number,
                        "alternate_group": flow.text("name"),
                        "priority": max(1, flow.whole("priority", 1)),
                        "valid_from": starts.date() if starts else None,
                        "valid_to": ends.date() if ends else None,
                        "is_by_product": quantity > 0,
                    },
                )
            )

    def _kind(self, item: Record, is_demanded: bool, is_used: bool) -> str:
        if item.text("name") in self.routes:
            return "finished" if is_demanded or not is_used else "semifinished"
        return "raw" if "raw" in item.text("category").lower() else "purchased"

    def _best_source(self, item: str) -> Record | None:
        sources = [s for name in self.item_and_groups(item) for s in self._suppliers[name]]
        return min(sources, key=lambda s: s.whole("priority", 1), default=None)

    def _ordering(self, item: str) -> dict[str, Any]:
        """Lead time and lot sizes, from the supplier or from the operation."""
        route, source = self.routes.get(item), self._best_source(item)
        if route is not None:
            return {
                "lot_minimum": route.number_of("sizeminimum", 1),
                "lot_multiple": route.number_of("sizemultiple"),
                "storage": self._places.storage(route.text("location")),
            }
        if source is None:
            return {}
        return {
            "lead_time_days": source.days("leadtime"),
            "lot_minimum": source.number_of("sizeminimum", 1),
            "lot_multiple": source.number_of("sizemultiple"),
            "supplier": source.text("supplier"),
            "storage": self._places.storage(source.text("location")),
        }
