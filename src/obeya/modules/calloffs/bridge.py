"""Between the engine's lines and what is kept: JSON that says the same, and agreements by line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from obeya.engines.calloffs.calls import Called
from obeya.engines.calloffs.compare import State
from obeya.engines.calloffs.lines import in_order
from obeya.engines.calloffs.neutral import Line, Slot, Zone
from obeya.engines.calloffs.reconcile import Explained, Shipment, explain
from obeya.modules.calloffs.models import DeliveryMove, ScheduleAgreement
from obeya.plant.resources.models import Site

END_OF_DAY = time(23, 59)  # of a bare date, as in every import
#: what customers call the units of UN/ECE recommendation 20
UNITS: Mapping[str, frozenset[str]] = {
    "H87": frozenset({"PCE", "PC", "PCS", "EA", "C62", "ST", "STK", "H87"}),
    "KGM": frozenset({"KGM", "KG"}),
    "MTR": frozenset({"MTR", "M", "MT"}),
    "LTR": frozenset({"LTR", "L", "LT"}),
}


def is_unit(said: str, base: str) -> bool:
    """Whether the customer counts in our base unit; a message may leave it out."""
    return said in ("", base) or said in UNITS.get(base, ())


def slots_to_json(slots: Iterable[Slot]) -> list[list[Any]]:
    return [
        [
            each.due_at.isoformat(),
            str(each.quantity),
            each.zone.value,
            each.until.isoformat() if each.until else None,
            each.is_whole_day,
        ]
        for each in slots
    ]


def slots_of(kept: Iterable[Sequence[Any]]) -> tuple[Slot, ...]:
    return tuple(
        Slot(
            datetime.fromisoformat(due_at),
            Decimal(quantity),
            Zone(zone),
            date.fromisoformat(until) if until else None,
            is_whole_day,
        )
        for due_at, quantity, zone, until, is_whole_day in kept
    )


@dataclass(frozen=True)
class KeptLine:
    """A line of a release, with the material that it was found to mean."""

    material_id: int
    ship_to: str
    line: Line
    is_whole: bool  # False: a just-in-time call, for its own days alone

    @property
    def key(self) -> tuple[int, str]:
        return self.material_id, self.ship_to

    @property
    def place(self) -> str:
        return _without_dock(self.ship_to, self.line.dock)

    def to_json(self) -> dict[str, Any]:
        line = self.line
        return {
            "material": self.material_id,
            "ship_to": self.ship_to,
            "is_whole": self.is_whole,
            "item": line.item,
            "position": line.position,
            "order": line.order_code,
            "unit": line.unit,
            "received": None if line.cumulative_received is None else str(line.cumulative_received),
            "from": line.cumulative_from.isoformat() if line.cumulative_from else None,
            "last_receipt": line.last_receipt,
            "dock": line.dock,
            "notes": list(line.notes),
            "slots": slots_to_json(line.slots),
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "KeptLine":
        received = kept["received"]
        line = Line(
            item=kept["item"],
            position=kept["position"],
            order_code=kept["order"],
            unit=kept["unit"],
            cumulative_received=None if received is None else Decimal(received),
            cumulative_from=date.fromisoformat(kept["from"]) if kept["from"] else None,
            last_receipt=kept["last_receipt"],
            dock=kept.get("dock", ""),  # of messages that were kept before: nothing
            notes=tuple(kept.get("notes", ())),
            slots=slots_of(kept["slots"]),
        )
        return cls(kept["material"], kept["ship_to"], line, kept["is_whole"])


def place_of(line: Line) -> str:
    return with_dock(line.ship_to, line.dock)


def with_dock(place: str, dock: str) -> str:
    """Place and dock in one."""
    return "-".join(part for part in (place, dock) if part)


def place_without_dock(agreement: ScheduleAgreement) -> str:
    """The place alone, where it is known which end of it is the dock."""
    return _without_dock(agreement.ship_to, agreement.dock)


def _without_dock(place: str, dock: str) -> str:
    if place == dock:
        return ""
    return place.removesuffix(f"-{dock}" if dock else "")


def state_of(agreement: ScheduleAgreement) -> State | None:
    """The schedule that was accepted last; None before the first."""
    if agreement.issued_on is None:
        return None
    return State(
        agreement.issued_on, slots_of(agreement.slots), agreement.received, agreement.counted_from
    )


def by_dock(calls: Iterable[tuple[str, Iterable[Slot]]], dock: str) -> dict[str, tuple[Slot, ...]]:
    """Calls for several docks; one that names none is for the dock of its agreement."""
    found: dict[str, list[Slot]] = {}
    for named, slots in calls:
        found.setdefault(named or dock, []).extend(slots)
    return {each: in_order(slots, with_zeros=True) for each, slots in found.items()}


def called_of(agreement: ScheduleAgreement | None) -> Called:
    """The schedule that was accepted last, and the calls since."""
    if agreement is None:
        return Called()
    if not agreement.calls:
        return Called(slots_of(agreement.slots))
    kept = [(dock, slots_of(slots)) for dock, slots in agreement.calls["docks"]]
    return Called(slots_of(agreement.calls["schedule"]), by_dock(kept, agreement.dock))


def called_to_json(called: Called | None) -> dict[str, Any]:
    """Nothing where nothing was called: what is wanted in all is the schedule then."""
    if called is None or not called.docks:
        return {}
    return {
        "schedule": slots_to_json(called.schedule),
        "docks": [[dock, slots_to_json(slots)] for dock, slots in sorted(called.docks.items())],
    }


def explained_by(
    agreement: ScheduleAgreement, line: Line, moves: Sequence[DeliveryMove], site: Site
) -> Explained | None:
    """The customer's cumulative quantity against our ledger; None where the customer tells none.

    Only what left since the customer began to count is counted; when the customer begins anew,
    what was opened with is over.
    """
    if line.cumulative_received is None:
        return None
    begins = line.cumulative_from or agreement.counted_from
    is_anew = bool(
        line.cumulative_from
        and agreement.counted_from
        and line.cumulative_from != agreement.counted_from
    )
    counted = [
        (each, each.at.astimezone(site.zone).date())
        for each in moves
        if begins is None or each.at.astimezone(site.zone).date() >= begins
    ]
    rejected = [each.quantity for each, _ in counted if each.kind == DeliveryMove.Kind.REJECTED]
    return explain(
        opening=Decimal(0) if is_anew else agreement.opening,
        shipments=[
            Shipment(each.document, on, each.quantity)
            for each, on in counted
            if each.kind == DeliveryMove.Kind.SHIPPED
        ],
        rejected=sum(rejected, Decimal(0)),
        received=line.cumulative_received,
        last_receipt=line.last_receipt,
    )


def accepted_line(agreement: ScheduleAgreement) -> Line:
    """What the customer told last, as a line again."""
    return Line(
        item=agreement.customer_item,
        position=0,
        unit=agreement.edi_unit,
        cumulative_received=agreement.received,
        cumulative_from=agreement.counted_from,
        last_receipt=agreement.last_receipt,
        slots=slots_of(agreement.slots),
    )


def due_moment(slot: Slot) -> datetime:
    """On the wall of the site; a slot without a time of day is due at the end of its first day."""
    return datetime.combine(slot.due_at.date(), END_OF_DAY) if slot.is_whole_day else slot.due_at
