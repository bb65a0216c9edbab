from collections.abc import Sequence

from obeya.modules.engineering.events import ToolsSaved
from obeya.modules.engineering.rows import ToolRow
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import RowCheck
from obeya.plant.log.publishing import publish
from obeya.plant.log.saving import Saved, upsert
from obeya.plant.resources.models import Site, Tool


@action(permission="engineering.edit")
def save_tools(*, site: Site, rows: Sequence[ToolRow], by: Actor) -> Saved:
    """Dies, fixtures and gauges of the site, by code."""
    check = RowCheck(rows)
    check.filled("code")
    check.at_least(1, "quantity")
    check.in_use("code", Tool.objects.at(site))
    check.refuse()
    wanted = [
        {
            "site_id": site.pk,
            "code": row.code,
            "name": row.name or row.code,
            "quantity": row.quantity,
        }
        for row in rows
    ]
    tools = upsert(Tool.objects.at(site), wanted, key=("code",))
    publish(ToolsSaved(*tools.told()), site=site, changes=tools.changes)
    return tools.saved()
