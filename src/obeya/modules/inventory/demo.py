"""What lies at Kestrel this morning: parts for the first days, bought parts for two weeks."""

from decimal import Decimal

from obeya.modules.inventory.actions import set_stock
from obeya.modules.inventory.rows import StockRow
from obeya.plant.ledgers.models import StockMove
from obeya.plant.log.actor import Actor
from obeya.plant.resources.models import Site

SITE = "KES"
STOCK = {  # storage: material → quantity
    "FINISHED": {"BT-210": 260, "OP-120": 60, "BR-610": 2600, "TS-410": 90},
    "WIP": {"AR-2101": 620, "AR-2201": 220, "PS-2102": 980, "BR-2105": 1100, "HS-1201": 150,
            "HS-1301": 90, "CV-1204": 260, "PN-1202": 240},
    "PARTS": {"CA-2101": 5200, "CA-1201": 1700, "CA-1204": 1650, "6203-2RS": 5400, "DU-16": 8200,
              "SP-18": 6900, "PL-70": 7000, "RT-12": 1500, "SE-25": 2600, "OR-40": 5200,
              "SC-M6": 17000, "TRAY": 380},
}  # fmt: skip
LOTS = {"BAR-42": [1900, 1300], "BAR-16": [900, 400], "BAR-55": [2400, 1500],
        "DC04-20": [14000, 9500]}  # fmt: skip


def fill(*, by: Actor) -> None:
    """Once: what people move in the demo afterwards stays."""
    site = Site.objects.filter(code=SITE).first()
    if site is None or StockMove.objects.at(site).exists():
        return
    rows = [
        StockRow(material, place, Decimal(quantity))
        for place, held in STOCK.items()
        for material, quantity in held.items()
    ]
    rows += [
        StockRow(material, "RAW", Decimal(quantity), lot=f"{material}-H{2041 + 7 * number}")
        for material, quantities in LOTS.items()
        for number, quantity in enumerate(quantities)
    ]
    set_stock(site=site, rows=rows, by=by)
