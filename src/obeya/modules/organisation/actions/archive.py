from collections.abc import Sequence

from obeya.modules.organisation.events import EquipmentArchived, EquipmentUnarchived
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.publishing import Change, publish
from obeya.plant.log.refusal import Refusal
from obeya.plant.log.saving import update_many
from obeya.plant.resources.models import Equipment, Site
from obeya.plant.work.models import JobOrder


class UnknownEquipment(Refusal):
    """The site has no equipment with this code."""


class AlreadyArchived(Refusal):
    """It lies in the archive."""


class NotArchived(Refusal):
    """It is in use."""


class StillNeeded(Refusal):
    """Something in use stands in it, or work waits for it."""


@action(permission="organisation.edit_equipment")
def archive_equipment(*, site: Site, codes: Sequence[str], by: Actor) -> list[Equipment]:
    """Hide equipment from pickers; its history and its code stay."""
    found = _locked(site, codes)
    if gone := [each for each in found if each.archived_at]:
        raise AlreadyArchived(f"{gone[0]} is in the archive since {gone[0].archived_at:%Y-%m-%d}.")
    if books := [each for each in found if each.is_virtual]:
        raise StillNeeded(f"{books[0]} is a place of the books; it cannot be archived.")
    inside = (
        Equipment.objects.at(site).in_use().filter(parent__in=found).exclude(pk__in=_ids(found))
    )
    if (child := inside.select_related("parent").first()) is not None:
        raise StillNeeded(f"{child} stands in {child.parent}. Archive or move it first.")
    jobs = JobOrder.objects.at(site).unfinished().filter(equipment__in=found)
    if (job := jobs.select_related("equipment").first()) is not None:
        raise StillNeeded(f"{job} waits for {job.equipment}. Move the job first.")
    now = clock.now()
    changes = [Change("resources.Equipment", e.pk, {"archived_at": [None, now]}) for e in found]
    for each in found:
        each.archived_at = now
    update_many(found, ["archived_at"])
    publish(EquipmentArchived(_ids(found)), site=site, changes=changes)
    return found


@action(permission="organisation.edit_equipment")
def unarchive_equipment(*, site: Site, codes: Sequence[str], by: Actor) -> list[Equipment]:
    """Take equipment back into use."""
    found = _locked(site, codes)
    if there := [each for each in found if not each.archived_at]:
        raise NotArchived(f"{there[0]} is in use already.")
    changes = [
        Change("resources.Equipment", e.pk, {"archived_at": [e.archived_at, None]}) for e in found
    ]
    for each in found:
        each.archived_at = None
    update_many(found, ["archived_at"])
    publish(EquipmentUnarchived(_ids(found)), site=site, changes=changes)
    return found


def _locked(site: Site, codes: Sequence[str]) -> list[Equipment]:
    found = list(
        Equipment.objects.at(site).filter(code__in=codes).order_by("pk").select_for_update()
    )
    if missing := set(codes) - {each.code for each in found}:
        raise UnknownEquipment(f"There is no equipment {min(missing)} at {site}.")
    return found


def _ids(found: Sequence[Equipment]) -> list[int]:
    return [each.pk for each in found]
