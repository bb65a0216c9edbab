"""An ERP of a few materials, for the tests of the shadow."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from obeya.modules.exchange.actions import save_field_owners
from obeya.modules.exchange.models import ShadowDifference, ShadowSource
from obeya.modules.exchange.shadow.rows import FieldOwnerRow
from obeya.plant.log.actor import Actor
from obeya.plant.resources.models import MaterialAtSite

HEADER = ["code", "name", "safety_stock", "lead_time_days"]
BEAM = ["BEAM", "Oak beam", 5, 7]
WAX = ["WAX", "Wax", 1, 2]
TOP = ["TOP", "Table top", 0, 0]
FIRST = datetime(2027, 3, 1, 4, tzinfo=UTC)  # a winter night, 05:00 in Berlin
NIGHT = timedelta(days=1)


def differences() -> list[tuple[str, ...]]:
    rows = ShadowDifference.objects.filter(state="open").order_by("kind", "named")
    return [(d.kind, d.named, d.field, d.theirs, d.ours) for d in rows]


def safety(code: str) -> Decimal:
    return MaterialAtSite.objects.get(material__code=code).safety_stock


def ours(source: ShadowSource, by: Actor, field: str = "safety_stock") -> None:
    row = FieldOwnerRow("parts", "Materials", field, "obeya")
    save_field_owners(site=source.site, rows=[row], by=by)
