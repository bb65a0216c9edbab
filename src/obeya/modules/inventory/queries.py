"""What the pages of the store show, and the rows as they stand."""

from collections.abc import Sequence

from obeya.modules.inventory.rows import StockRow
from obeya.plant.ledgers.models import StockBalance
from obeya.plant.log.actor import Actor
from obeya.plant.log.queries import query
from obeya.plant.resources.models import Site


@query(permission="inventory.view")
def stock_rows(*, site: Site, by: Actor, materials: Sequence[str] | None = None) -> list[StockRow]:
    """What lies where, empty places left out; one query."""
    found = (
        StockBalance.objects.filter(location__site=site, quantity__gt=0)
        .select_related("material", "location", "lot")
        .order_by("material__code", "location__code", "lot__code", "status")
    )
    if materials is not None:
        found = found.filter(material__code__in=materials)
    zone = site.zone
    return [
        StockRow(
            material=each.material.code,
            location=each.location.code,
            quantity=each.quantity,
            lot=each.lot.code if each.lot else "",
            status=each.status,
            made_on=(
                each.lot.made_at.astimezone(zone).date() if each.lot and each.lot.made_at else None
            ),
            expires_on=(
                each.lot.expires_at.astimezone(zone).date()
                if each.lot and each.lot.expires_at
                else None
            ),
        )
        for each in found
    ]
