"""How to call the verbs of purchasing with n rows: n lines of one material."""

from datetime import UTC, datetime
from decimal import Decimal

from obeya.modules.purchasing.rows import ReceiptRow
from obeya.plant.log.actor import system_actor
from obeya.plant.resources.models import Equipment, Material, MaterialAtSite, Site, Unit
from obeya.plant.work.models import SupplyOrder
from obeya.plant.work.supply_states import open_supply_orders

AT = datetime(2025, 11, 23, 6, tzinfo=UTC)


def receipts(n: int, site: Site) -> list[ReceiptRow]:
    unit, _ = Unit.objects.get_or_create(code="C62", defaults={"name": "pcs", "decimals": 0})
    material, _ = Material.objects.get_or_create(
        code="SCREW", defaults={"name": "Screw", "kind": "purchased", "unit": unit}
    )
    store, _ = Equipment.objects.get_or_create(
        site=site, code="STORE", defaults={"name": "Store", "level": "storage"}
    )
    MaterialAtSite.objects.get_or_create(
        material=material, site=site, defaults={"policy": "buy", "storage": store}
    )
    first = SupplyOrder.objects.count()
    orders = [
        SupplyOrder(
            site=site,
            number=f"PO-{first + i}/1",
            kind="buy",
            material=material,
            quantity=Decimal(5),
            due_at=AT,
            status="firm",
        )
        for i in range(n)
    ]
    open_supply_orders(orders, at=AT, by=system_actor())
    return [ReceiptRow(str(order.number), Decimal(5), AT) for order in orders]


SAMPLES = {"purchasing.receive_purchases": lambda n, site: {"rows": receipts(n, site)}}
