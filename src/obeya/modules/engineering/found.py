"""How materials look in search."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from obeya.modules.engineering.events import MaterialsArchived, MaterialsSaved, MaterialsUnarchived
from obeya.plant.log.rooms import Found, Subject
from obeya.plant.resources.models import Material


def _materials(ids: Sequence[int]) -> list[Found]:
    return [
        Found(
            row_id=each.pk,
            code=each.code,
            title=each.name,
            url=reverse("engineering:material", args=[each.code]),
            words=" ".join(each.translations.values()),
        )
        for each in Material.objects.filter(pk__in=ids, archived_at=None)
    ]


MATERIALS = Subject(
    model="resources.Material",
    title=_("Material"),
    view="engineering.view",
    change="engineering.edit",
    found=_materials,
    on=[MaterialsSaved, MaterialsArchived, MaterialsUnarchived],
)
