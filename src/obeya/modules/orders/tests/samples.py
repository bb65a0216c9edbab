"""How to call the verbs of orders with n rows: n lines of one material, which lies in the store."""

from datetime import UTC, datetime
from decimal import Decimal

from obeya.modules.orders.rows import ShipmentRow
from obeya.plant.ledgers import stock
from obeya.plant.log.actor import system_actor
from obeya.plant.resources.models import Equipment, Material, MaterialAtSite, Site, Unit
from obeya.plant.resources.sites import ADJUSTMENT, virtual_place
from obeya.plant.work.models import Demand

AT = datetime(2025, 11, 23, 6, tzinfo=UTC)


def shipments(n: int, site: Site) -> list[ShipmentRow]:
    unit, _ = Unit.objects.get_or_create(code="C62", defaults={"name": "pcs", "decimals": 0})
    material, _ = Material.objects.get_or_create(
        code="BOX", defaults={"name": "Box", "kind": "finished", "unit": unit}
    )
    store, _ = Equipment.objects.get_or_create(
        site=site, code="STORE", defaults={"name": "Store", "level": "storage"}
    )
    MaterialAtSite.objects.get_or_create(
        material=material, site=site, defaults={"policy": "make", "storage": store}
    )
    found = virtual_place(site, ADJUSTMENT)
    stock.post(moves=[stock.Move(material, Decimal(5 * n), found, store, at=AT)], by=system_actor())
    first = Demand.objects.count()
    demands = Demand.objects.bulk_create(
        Demand(site=site, code=f"SO-{first + i}/1", material=material, quantity=5, due_at=AT)
        for i in range(n)
    )
    return [ShipmentRow(demand.code, Decimal(5), AT) for demand in demands]


SAMPLES = {"orders.ship_demands": lambda n, site: {"rows": shipments(n, site)}}
