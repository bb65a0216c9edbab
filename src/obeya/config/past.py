"""What a demo plant did before today comes in by the rooms' own verbs, in the order in which it
happened: stock, purchases and receipts, orders with their work, lines and shipments.
"""

from obeya.kestrel.past import Told
from obeya.kestrel.rows import Row
from obeya.modules.inventory import public as inventory
from obeya.modules.orders import public as orders
from obeya.modules.organisation import public as organisation
from obeya.modules.production import public as production
from obeya.modules.purchasing import public as purchasing
from obeya.plant.log import clock
from obeya.plant.log.actor import Actor
from obeya.plant.resources.models import Site


def take_over(told: Told, *, site: Site, by: Actor) -> None:
    with clock.held_at(told.began):
        rows = [inventory.StockRow(**row) for row in told.opening]
        inventory.set_stock(site=site, rows=rows, by=by, source="import")
        bought = [purchasing.PurchaseRow(**row) for row in told.purchases]
        purchasing.save_purchase_orders(site=site, rows=bought, by=by, source="import")
    received = [purchasing.ReceiptRow(**row) for row in told.receipts]
    purchasing.receive_purchases(site=site, rows=received, by=by, source="import")
    made = [_order(row) for row in told.orders]  # all at once: one uses what another made
    production.take_over_orders(site=site, rows=made, by=by, source="import")
    lines = [orders.DemandRow(**row) for row in told.demands]
    with clock.held_at(told.began):
        orders.save_demands(site=site, rows=lines, by=by, source="import")
    shipped = [orders.ShipmentRow(**row) for row in told.shipments]
    orders.ship_demands(site=site, rows=shipped, by=by, source="import")
    missed = [organisation.AbsenceRow(**row) for row in told.absences]
    organisation.record_absences(site=site, rows=missed, by=by, source="import")


def _order(row: Row) -> production.PastOrder:
    return production.PastOrder(**row | {"jobs": [_job(job) for job in row["jobs"]]} | {
        "needs": [production.PastUse(**each) for each in row["needs"]]
    })  # fmt: skip


def _job(row: Row) -> production.PastJob:
    spans = [production.PastSpan(**each) for each in row.get("spans", ())]
    uses = [production.PastUse(**each) for each in row.get("uses", ())]
    return production.PastJob(**row | {"spans": spans, "uses": uses})
