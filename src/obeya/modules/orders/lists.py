"""The list of this room."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from obeya.plant.work.models import Demand
from obeya.plant.work.open_and_done import DEMAND
from obeya.ui.lists import Column, Edit, Filter, List, register

TONES = {"open": "neutral", "shipped": "good", "closed": "neutral", "cancelled": "warning"}


def _find(rows: QuerySet[Demand], text: str) -> QuerySet[Demand]:
    return rows.filter(
        Q(code__icontains=text)
        | Q(material__code__icontains=text)
        | Q(customer__name__icontains=text)
    )


def _customer_code(row: Any) -> str:
    return row.customer.code if row.customer else ""


def _state(row: Any) -> tuple[str, str]:
    if row.is_overdue:
        return str(_("overdue")), "danger"
    return row.get_status_display(), TONES[row.status]


DEMANDS = register(
    List(
        name="demands",
        title=_("Orders"),
        columns=[
            Column(
                "code",
                _("Order line"),
                sort="code",
                url=lambda row: reverse("orders:demand", args=[row.site.code, row.code]),
                edit=Edit("code"),
            ),
            Column(
                "customer",
                _("Customer"),
                value=lambda row: row.customer or _("ourselves"),
                elsewhere=_("Show the column Customer's code, and change that."),
            ),
            Column(
                "customer_code",
                _("Customer's code"),
                value=_customer_code,
                is_optional=True,
                edit=Edit("customer", value=_customer_code),
            ),
            Column(
                "material",
                _("Material"),
                value=lambda row: row.material.code,
                edit=Edit("material", value=lambda row: row.material.code),
            ),
            Column(
                "name",
                _("Name"),
                value=lambda row: row.material.name,
                is_optional=True,
                elsewhere=_("It is the material's: change it in the list Materials."),
            ),
            Column(
                "quantity",
                _("Quantity"),
                kind="number",
                unit=lambda row: row.material.unit.name,
                edit=Edit("quantity"),
            ),
            Column("due_at", _("Due"), kind="moment", sort="due_at", edit=Edit("due_at")),
            Column(
                "status",
                _("State"),
                value=_state,
                kind="badge",
                edit=Edit("status", words=Demand.Status.choices),
            ),
            Column(
                "kind",
                _("Kind"),
                value=lambda row: row.get_kind_display(),
                is_optional=True,
                edit=Edit("kind", words=Demand.Kind.choices),
            ),
            Column("weight", _("Weight"), kind="number", is_optional=True, edit=Edit("weight")),
        ],
        sheet="Demand",
        state=DEMAND,
        filters=[
            Filter("status", _("State"), choices=Demand.Status.choices),
            Filter("kind", _("Kind"), choices=Demand.Kind.choices),
            Filter("until", _("Due until"), lookup="due_at__date__lte", kind="date"),
        ],
        search=_find,
        row_tone=lambda row: "danger" if row.is_overdue else "",
        default_sort="due_at",
        empty_title=_("No orders yet"),
        empty_text=_("Order lines and call-offs come from your workbook's sheet Demand."),
        example=lambda: Demand.objects.filter(site_id=1),
    )
)
