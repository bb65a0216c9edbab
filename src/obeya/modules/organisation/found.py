"""How equipment and parties look in search."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from obeya.modules.organisation.events import (
    EquipmentArchived,
    EquipmentSaved,
    EquipmentUnarchived,
    PartiesSaved,
)
from obeya.plant.log.rooms import Found, Subject
from obeya.plant.resources.models import Equipment, Party, Site


def _equipment(ids: Sequence[int]) -> list[Found]:
    rows = Equipment.objects.filter(pk__in=ids, archived_at=None, is_virtual=False)
    return [
        Found(
            row_id=each.pk,
            code=each.code,
            title=each.name,
            url=reverse("organisation:machine", args=[each.site.code, each.code]),
            words=" ".join(each.translations.values()),
            site_id=each.site_id,
        )
        for each in rows.select_related("site")
    ]


def _parties(ids: Sequence[int]) -> list[Found]:
    """Parties have no page of their own yet: the list of the first site shows them."""
    site = Site.objects.filter(archived_at=None).order_by("pk").first()
    if site is None:
        return []
    address = reverse("organisation:parties", args=[site.code])
    rows = Party.objects.filter(pk__in=ids, archived_at=None)
    return [
        Found(each.pk, each.code, each.name, f"{address}?{urlencode({'q': each.code})}")
        for each in rows
    ]


EQUIPMENT = Subject(
    model="resources.Equipment",
    title=_("Equipment"),
    view="organisation.view",
    change="organisation.edit_equipment",
    found=_equipment,
    on=[EquipmentSaved, EquipmentArchived, EquipmentUnarchived],
)
PARTIES = Subject(
    model="resources.Party",
    title=_("Party"),
    view="organisation.view",
    change="organisation.edit_parties",
    found=_parties,
    on=[PartiesSaved],
)
