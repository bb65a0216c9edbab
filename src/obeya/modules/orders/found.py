"""How orders look in search."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from obeya.modules.orders.events import DemandsSaved
from obeya.plant.log.rooms import Found, Subject
from obeya.plant.work.models import Demand


def _demands(ids: Sequence[int]) -> list[Found]:
    rows = Demand.objects.filter(pk__in=ids).select_related("site", "material", "customer")
    return [
        Found(
            row_id=each.pk,
            code=each.code,
            title=f"{each.material.code} {each.customer.name if each.customer else ''}".strip(),
            url=reverse("orders:demand", args=[each.site.code, each.code]),
            words=f"{each.order_code} {each.material.name}",
            site_id=each.site_id,
        )
        for each in rows
    ]


DEMANDS = Subject(
    model="work.Demand",
    title=_("Order"),
    view="orders.view",
    change="orders.edit",
    found=_demands,
    on=[DemandsSaved],
)
