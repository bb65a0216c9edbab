"""What suppliers owe Kestrel: the third week's parts; the bushes and a bearing line are late."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from obeya.modules.purchasing.actions import save_purchase_orders
from obeya.modules.purchasing.rows import PurchaseRow
from obeya.plant.log import clock
from obeya.plant.log.actor import Actor
from obeya.plant.resources.models import Site
from obeya.plant.work.models import SupplyOrder

SITE = "KES"
OPEN = (  # material, quantity, supplier, days from today
    ("6203-2RS", 3000, "TATRA", -2),
    ("DU-16", 10000, "OKABE", 12),
    ("SP-18", 3000, "LINDQVIST", 6),
    ("PL-70", 3000, "HALDEN", 5),
    ("CA-2101", 4000, "BRENTA", 7),
    ("CA-1201", 1200, "BRENTA", 8),
    ("CA-1204", 1200, "BRENTA", 8),
    ("RT-12", 1200, "ROTORWERK", 10),
    ("BAR-42", 3000, "KETTERING", 6),
    ("BAR-16", 1500, "KETTERING", 6),
    ("BAR-55", 3000, "KETTERING", 7),
    ("DC04-20", 12000, "NORRLAND", 8),
    ("TRAY", 200, "PACKWELL", 4),
    ("OR-40", 4000, "SEALTECH", -1),
)


def fill(*, by: Actor) -> None:
    """Once: what people change in the demo afterwards stays."""
    site = Site.objects.filter(code=SITE).first()
    if site is None or SupplyOrder.objects.at(site).filter(kind=SupplyOrder.Kind.BUY).exists():
        return
    today = clock.now().astimezone(site.zone).date()
    rows = [
        PurchaseRow(
            number=f"PO-{7301 + number}/1",
            material=material,
            quantity=Decimal(quantity),
            due_at=datetime.combine(today + timedelta(days=days), time(7)),
            supplier=supplier,
        )
        for number, (material, quantity, supplier, days) in enumerate(OPEN)
    ]
    save_purchase_orders(site=site, rows=rows, by=by)
