from collections.abc import Sequence

from obeya.modules.engineering.events import MaterialsArchived, MaterialsUnarchived
from obeya.modules.engineering.sharing import must_change
from obeya.plant.ledgers.models import StockBalance
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.publishing import Change, publish
from obeya.plant.log.refusal import Refusal
from obeya.plant.log.saving import update_many
from obeya.plant.resources.models import Material, Site
from obeya.plant.work.models import BomLine, Demand


class UnknownMaterial(Refusal):
    """There is no material with this code."""


class AlreadyArchived(Refusal):
    """It lies in the archive."""


class NotArchived(Refusal):
    """It is in use."""


class StillNeeded(Refusal):
    """Somebody waits for it, it lies in stock, or something in use is made of it."""


@action(permission="engineering.edit")
def archive_materials(*, site: Site, codes: Sequence[str], by: Actor) -> list[Material]:
    """Hide materials from pickers everywhere; history and codes stay."""
    found = _locked(codes)
    must_change([each.pk for each in found], by)
    if gone := [each for each in found if each.archived_at]:
        raise AlreadyArchived(f"{gone[0]} is in the archive since {gone[0].archived_at:%Y-%m-%d}.")
    demand = Demand.objects.open().filter(material__in=found).select_related("material").first()
    if demand is not None:
        raise StillNeeded(f"{demand} waits for {demand.material}. Ship or close it first.")
    stock = StockBalance.objects.filter(material__in=found, quantity__gt=0)
    if (lies := stock.select_related("material", "location").first()) is not None:
        raise StillNeeded(f"{lies.material} lies in {lies.location}. Use it up or scrap it first.")
    lines = BomLine.objects.filter(component__in=found, revision__material__archived_at=None)
    lines = lines.exclude(revision__material__in=found)
    if (line := lines.select_related("component", "revision__material").first()) is not None:
        made = line.revision.material
        raise StillNeeded(f"{made} is made of {line.component}. End that BOM line first.")
    now = clock.now()
    changes = [Change("resources.Material", m.pk, {"archived_at": [None, now]}) for m in found]
    for each in found:
        each.archived_at = now
    update_many(found, ["archived_at"])
    publish(MaterialsArchived([each.pk for each in found]), site=site, changes=changes)
    return found


@action(permission="engineering.edit")
def unarchive_materials(*, site: Site, codes: Sequence[str], by: Actor) -> list[Material]:
    """Take materials back into use."""
    found = _locked(codes)
    must_change([each.pk for each in found], by)
    if there := [each for each in found if not each.archived_at]:
        raise NotArchived(f"{there[0]} is in use already.")
    changes = [
        Change("resources.Material", m.pk, {"archived_at": [m.archived_at, None]}) for m in found
    ]
    for each in found:
        each.archived_at = None
    update_many(found, ["archived_at"])
    publish(MaterialsUnarchived([each.pk for each in found]), site=site, changes=changes)
    return found


def _locked(codes: Sequence[str]) -> list[Material]:
    found = list(Material.objects.filter(code__in=codes).order_by("pk").select_for_update())
    if missing := set(codes) - {each.code for each in found}:
        raise UnknownMaterial(f"There is no material {min(missing)}. Look up its code.")
    return found
