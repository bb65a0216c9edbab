from collections.abc import Sequence

from obeya.modules.organisation.events import PartiesSaved
from obeya.modules.organisation.rows import PartyRow
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import RowCheck
from obeya.plant.log.publishing import publish
from obeya.plant.log.saving import Saved, upsert
from obeya.plant.resources.models import Party, Site

DAY_S = 86_400


@action(permission="organisation.edit_parties")
def save_parties(*, site: Site, rows: Sequence[PartyRow], by: Actor) -> Saved:
    """Customers and suppliers of the enterprise, by code."""
    check = RowCheck(rows)
    check.filled("code")
    check.at_least(0, "lead_time_days")
    check.in_use("code", Party.objects.all())
    check.refuse()
    wanted = [
        {
            "code": row.code,
            "name": row.name or row.code,
            "is_customer": row.is_customer,
            "is_supplier": row.is_supplier,
            "language": row.language,
            "lead_time_s": None
            if row.lead_time_days is None
            else round(row.lead_time_days * DAY_S),
            "extra": dict(row.extra),
        }
        for row in rows
    ]
    parties = upsert(Party.objects.all(), wanted, key=("code",), personal=("name", "extra"))
    publish(
        PartiesSaved(parties.ids("new"), parties.ids("changed")),
        site=site,
        changes=parties.changes,
    )
    return parties.saved()
