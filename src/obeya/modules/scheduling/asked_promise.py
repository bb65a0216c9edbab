"""What somebody asks who wants a date, and what must be right about the question."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from obeya.modules.scheduling.promising import Wanted
from obeya.modules.scheduling.refusals import NoSuchQuantity, UnknownMaterial
from obeya.plant.resources.models import Material, Site

MOST = Decimal(10) ** 9


@dataclass(frozen=True)
class PromiseRow:
    """A quantity of a material, wished by the end of a day; without a day, as soon as possible."""

    material: str
    quantity: Decimal
    due: date | None = None


def wanted(row: PromiseRow, site: Site) -> Wanted:
    """Raises UnknownMaterial, NoSuchQuantity."""
    found = Material.objects.filter(code=row.material.strip(), archived_at=None)
    material = found.select_related("unit").first()
    if material is None:
        raise UnknownMaterial(
            f"There is no material {row.material.strip()[:60]!r} in use. Write its code as it"
            " stands in the list of materials."
        )
    _check(row.quantity, material)
    return Wanted(material, row.quantity, _end_of(row.due, site))


def _check(quantity: Decimal, material: Material) -> None:
    unit = material.unit
    if not quantity.is_finite() or quantity <= 0:
        raise NoSuchQuantity("A promise needs a quantity above 0. Say how many are wanted.")
    if quantity > MOST:
        raise NoSuchQuantity(f"{quantity} is more than a plant makes. Ask for at most {MOST:f}.")
    step = Decimal(1).scaleb(-unit.decimals)
    if quantity < step or quantity % step:
        raise NoSuchQuantity(
            f"{material.code} is counted in {unit.name} to {step:f}, and {quantity} is no"
            f" multiple of that. Round it."
        )


def _end_of(day: date | None, site: Site) -> datetime | None:
    """The midnight that ends a day at the plant."""
    if day is None:
        return None
    if day >= date.max - timedelta(days=2):
        return None
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(site.time_zone))
