"""What the pages of the store show, and the rows as they stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from obeya.modules.inventory.rows import StockRow
from obeya.plant.ledgers.models import StockBalance
from obeya.plant.log.actor import Actor
from obeya.plant.log.queries import query
from obeya.plant.resources.models import Material, MaterialAtSite, Site


@query(permission="inventory.view")
def stock_rows(*, site: Site, by: Actor, materials: Sequence[str] | None = None) -> list[StockRow]:
    """What lies where, empty places left out; one query."""
    found = StockBalance.objects.filter(location__site=site, quantity__gt=0).order_by(
        "material__code", "location__code", "lot__code", "status"
    )
    if materials is not None:
        found = found.filter(material__code__in=materials)
    zone = site.zone
    columns = found.values_list(
        "material__code", "location__code", "quantity", "lot__code", "status", "lot__made_at",
        "lot__expires_at",
    )  # fmt: skip
    return [
        StockRow(
            material=material,
            location=location,
            quantity=quantity,
            lot=lot or "",
            status=status,
            made_on=made_at.astimezone(zone).date() if made_at else None,
            expires_on=expires_at.astimezone(zone).date() if expires_at else None,
        )
        for material, location, quantity, lot, status, made_at, expires_at in columns
    ]


@query(permission="inventory.view")
def balances(*, site: Site, by: Actor) -> QuerySet[StockBalance]:
    """What lies at the site, empty places left out."""
    found = StockBalance.objects.filter(location__site=site, quantity__gt=0)
    return found.select_related("material", "location", "lot")


@dataclass
class Held:
    """What lies of one material at a site, in its base unit."""

    free: Decimal = Decimal(0)
    held: Decimal = Decimal(0)  # in inspection or blocked
    safety: Decimal = Decimal(0)
    places: list[str] = field(default_factory=list)


@query(permission="inventory.view")
def stocked_materials(*, site: Site, by: Actor) -> QuerySet[Material]:
    """Materials of which anything lies at the site."""
    lies = StockBalance.objects.filter(material=OuterRef("pk"), location__site=site, quantity__gt=0)
    return Material.objects.filter(Exists(lies)).select_related("unit")


def put_stock(materials: Sequence[Material], site: Site) -> None:
    """`shown_stock` on each; two queries for a page."""
    found = {each.pk: Held() for each in materials}
    balances = StockBalance.objects.filter(
        material__in=found, location__site=site, quantity__gt=0
    ).select_related("location")
    for each in balances.order_by("location__code"):
        held = found[each.material_id]
        if each.status == "available":
            held.free += each.quantity
        else:
            held.held += each.quantity
        if each.location.code not in held.places:
            held.places.append(each.location.code)
    for kept in MaterialAtSite.objects.at(site).filter(material__in=found):
        found[kept.material_id].safety = kept.safety_stock
    for material in materials:
        material.shown_stock = found[material.pk]  # type: ignore[attr-defined]
