from collections.abc import Sequence

from obeya.modules.organisation.events import UnitsSaved
from obeya.modules.organisation.rows import UnitRow
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import RowCheck
from obeya.plant.log.publishing import publish
from obeya.plant.log.saving import Saved, upsert
from obeya.plant.resources.models import Site, Unit


@action(permission="organisation.edit_units")
def save_units(*, site: Site, rows: Sequence[UnitRow], by: Actor) -> Saved:
    """Units of measure of the enterprise, by code."""
    check = RowCheck(rows)
    check.filled("code", "name", "dimension")
    check.each(
        "decimals", lambda n: n in range(7), "not between 0 and 6", "Write a number from 0 to 6."
    )
    check.each("code", lambda code: len(code) <= 20, "longer than 20 characters", "Shorten it.")
    check.refuse()
    units = upsert(Unit.objects.all(), [vars(row) for row in rows], key=("code",))
    publish(UnitsSaved(units.ids("new"), units.ids("changed")), site=site, changes=units.changes)
    return units.saved()
