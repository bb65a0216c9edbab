"""The verbs of the store: each posts moves, and nothing else changes a balance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import F

from obeya.modules.inventory.events import StockMoved, StockSet
from obeya.modules.inventory.rows import StockRow
from obeya.plant.ledgers import stock
from obeya.plant.ledgers.models import StockBalance
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import RowCheck, rows_of
from obeya.plant.log.publishing import publish
from obeya.plant.log.saving import Saved, Upserted, upsert
from obeya.plant.resources.models import Equipment, Material, MaterialLot, Site
from obeya.plant.resources.sites import ADJUSTMENT, virtual_place
from obeya.plant.resources.wall_clock import instant

OPENING = "opening stock"


@dataclass(frozen=True)
class StockTransfer:
    """What shall go from one storage to another, or change its status where it lies."""

    material: str  # codes
    quantity: Decimal  # in the material's base unit
    from_location: str
    to_location: str
    lot: str = ""
    status: str = "available"  # on arrival
    from_status: str = "available"


@action(permission="inventory.set_stock")
def set_stock(*, site: Site, rows: Sequence[StockRow], by: Actor) -> Saved:
    """Make balances what the rows say, by posting the differences as stock corrections.

    Places that no row names stay as they are. A lot that is new is made.
    """
    check = RowCheck(rows)
    check.filled("material", "location")
    check.at_least(0, "quantity")
    locked = Material.objects.order_by("pk").select_for_update(of=("self",), no_key=True)
    materials = check.known("material", locked.select_related("unit"), what="material")
    places = check.known("location", _storages(site), what="storage")
    _check_lots(check, materials)
    check.not_before("expires_on", "made_on")
    check.refuse()

    lots = _save_lots(site, rows, materials)
    by_lot = {(each.material_id, each.code): each for each in lots.objects}
    balances = _balances(materials)
    correction = virtual_place(site, ADJUSTMENT)
    moves, states = [], []
    for row in rows:
        material, place = materials[row.material], places[row.location]
        lot = by_lot.get((material.pk, row.lot))
        known = balances.get((place.pk, material.pk, lot.pk if lot else None, row.status))
        difference = row.quantity - (known or Decimal(0))
        states.append("new" if known is None else "changed" if difference else "unchanged")
        if difference:
            gain = difference > 0
            moves.append(
                stock.Move(
                    material=material,
                    quantity=abs(difference),
                    from_location=correction if gain else place,
                    to_location=place if gain else correction,
                    lot=lot,
                    status=row.status,
                    document=OPENING,
                )
            )
    posted = stock.post(moves=moves, by=by) if moves else []
    publish(
        StockSet([each.pk for each in posted], sorted({each.material_id for each in posted})),
        site=site,
        changes=lots.changes,
    )
    return Saved(states.count("new"), states.count("changed"), states.count("unchanged"))


@action(permission="inventory.move_stock")
def move_stock(
    *, site: Site, transfers: Sequence[StockTransfer], by: Actor, at: datetime | None = None
) -> Saved:
    """Carry stock from one storage to another, or block and free it where it lies."""
    check = RowCheck(transfers)
    check.filled("material", "from_location", "to_location")
    check.above_zero("quantity")
    materials = check.known("material", Material.objects.select_related("unit"), what="material")
    sources = check.known("from_location", _storages(site), what="storage")
    targets = check.known("to_location", _storages(site), what="storage")
    lots = _known_lots(check, materials)
    check.refuse()
    moves = [
        stock.Move(
            material=materials[each.material],
            quantity=each.quantity,
            from_location=sources[each.from_location],
            to_location=targets[each.to_location],
            lot=lots.get((each.material, each.lot)),
            status=each.status,
            from_status=each.from_status,
            at=at,
        )
        for each in transfers
    ]
    posted = stock.post(moves=moves, by=by)
    publish(
        StockMoved([each.pk for each in posted], sorted({each.material_id for each in posted})),
        at=at,
        site=site,
    )
    return Saved(new=len(posted))


def _storages(site: Site) -> Any:
    return Equipment.objects.at(site).filter(level=Equipment.Level.STORAGE, is_virtual=False)


def _check_lots(check: RowCheck[StockRow], materials: Mapping[str, Material]) -> None:
    for index, row in enumerate(check.rows):
        material = materials.get(row.material)
        if material is None:
            continue
        if material.is_lot_tracked and not row.lot:
            remedy = "Write the number of the lot."
            check.add(index, "lot", f"{material} is kept by lot", remedy)
        if row.lot and not material.is_lot_tracked:
            remedy = "Leave the lot empty, or have the material kept by lot."
            check.add(index, "lot", f"{material} is not kept by lot", remedy)


def _save_lots(
    site: Site, rows: Sequence[StockRow], materials: Mapping[str, Material]
) -> Upserted[MaterialLot]:
    def midnight(day: date | None) -> datetime | None:
        return None if day is None else instant(site.zone, datetime.combine(day, time()))

    wanted: dict[tuple[int, str], dict[str, Any]] = {}
    for row in rows:
        if row.lot:
            key = materials[row.material].pk, row.lot
            said = wanted.setdefault(key, {"material_id": key[0], "code": row.lot})
            said |= {"made_at": midnight(row.made_on)} if row.made_on else {}
            said |= {"expires_at": midnight(row.expires_on)} if row.expires_on else {}
    return upsert(MaterialLot.objects.all(), list(wanted.values()), key=("material_id", "code"))


def _balances(
    materials: Mapping[str, Material],
) -> dict[tuple[int, int, int | None, str], Decimal]:
    """Locked, in the order in which the ledger locks: a difference must still hold when posted."""
    ordered = StockBalance.objects.order_by(
        "location_id", "material_id", F("lot_id").asc(nulls_first=True), "status"
    ).select_for_update()
    found = rows_of(ordered, "material_id", [m.pk for m in materials.values()])
    return {(b.location_id, b.material_id, b.lot_id, b.status): b.quantity for b in found}


def _known_lots(
    check: RowCheck[StockTransfer], materials: Mapping[str, Material]
) -> dict[tuple[str, str], MaterialLot]:
    asked_for = {(each.material, each.lot) for each in check.rows if each.lot}
    codes = {each.pk: code for code, each in materials.items()}
    lots = MaterialLot.objects.filter(material_id__in=codes)
    there = {
        (codes[each.material_id], each.code): each
        for each in rows_of(lots, "code", [lot for _, lot in asked_for])
    }
    for index, asked in enumerate(check.rows):
        if asked.lot and asked.material in materials and (asked.material, asked.lot) not in there:
            rule = f"{asked.material} has no lot {asked.lot}"
            check.add(index, "lot", rule, "Correct the number of the lot.")
    return there
