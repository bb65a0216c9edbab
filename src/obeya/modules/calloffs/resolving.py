"""Whose message it is, and which of our materials each of its parts means."""

from collections.abc import Sequence
from dataclasses import dataclass

from obeya.engines.calloffs import CallOff, Fault, Line
from obeya.engines.calloffs.read import line_tag
from obeya.modules.calloffs.bridge import KeptLine, is_unit, place_of, place_without_dock
from obeya.modules.calloffs.models import ScheduleAgreement, TradingPartner
from obeya.plant.log.checking import in_one_query
from obeya.plant.resources.models import Material, Party, Site


@dataclass(frozen=True)
class Resolved:
    call_off: CallOff
    customer: Party
    lines: Sequence[KeptLine]


class Resolver:
    """Loads once what many messages need; collects what it cannot find."""

    def __init__(self, site: Site, call_offs: Sequence[CallOff]) -> None:
        ids = {each.customer for each in call_offs}
        partners = TradingPartner.objects.at(site).select_related("customer")
        self.customers = in_one_query(Party.objects.filter(is_customer=True), "code", ids)
        self.customers |= {each.edi_id: each.customer for each in partners}
        found = {each.pk for each in self.customers.values()}
        agreements = ScheduleAgreement.objects.at(site).filter(customer_id__in=found)
        self.by_item: dict[tuple[int, str, str], list[ScheduleAgreement]] = {}
        for each in agreements.select_related("material__unit"):
            for place in {each.ship_to, place_without_dock(each), ""}:
                key = (each.customer_id, each.customer_item, place)
                self.by_item.setdefault(key, []).append(each)
        lines = [line for each in call_offs for line in each.lines]
        numbers = {line.item for line in lines} | {line.supplier_item for line in lines}
        self.materials = in_one_query(Material.objects.select_related("unit"), "code", numbers)
        self.faults: list[Fault] = []

    def resolve(self, call_off: CallOff) -> Resolved | None:
        customer = self.customers.get(call_off.customer)
        if customer is None or customer.archived_at:
            self.faults.append(
                Fault(
                    "",
                    0,
                    f"The sender “{call_off.customer}” is no customer that is known here",
                    "Say on the page Call-offs, under Trading partners, which customer it is.",
                )
            )
            return None
        seen: dict[tuple[int, str], int] = {}
        lines = []
        for line in call_off.lines:
            material = self._material(customer, line)
            rule, remedy = self._wrong(line, material, seen)
            if rule:
                self.faults.append(Fault(line_tag(call_off), line.position, rule, remedy))
            elif material is not None:
                seen[material.pk, place_of(line)] = line.position
                lines.append(KeptLine(material.pk, place_of(line), line, call_off.is_whole))
        return Resolved(call_off, customer, lines)

    def _material(self, customer: Party, line: Line) -> Material | None:
        """An agreement knows the customer's number; else it is our code, theirs or not."""
        for place in (place_of(line), line.ship_to, ""):
            named = {
                each.material_id: each.material
                for each in self.by_item.get((customer.pk, line.item, place), [])
            }
            if line.item and len(named) == 1:
                return next(iter(named.values()))
        return self.materials.get(line.supplier_item) or self.materials.get(line.item)

    def _wrong(
        self, line: Line, material: Material | None, seen: dict[tuple[int, str], int]
    ) -> tuple[str, str]:
        part = line.item or line.supplier_item
        if material is None:
            return (
                f"part {part} is no material and in no schedule agreement",
                "Enter a schedule agreement that says which material it is, then send it again.",
            )
        if material.archived_at:
            return f"material {material} is in the archive", "Take it back from the archive first."
        if not is_unit(line.unit, material.unit.code):
            return (
                f"part {part} is counted in {line.unit}, but material {material} in"
                f" {material.unit.code}",
                "Ask the customer to call it off in that unit.",
            )
        if (other := seen.get((material.pk, place_of(line)))) is not None:
            return (
                f"part {part} means the same material and place as segment {other}",
                "Correct the schedule agreement of one of the two.",
            )
        return "", ""
