"""The list of this room."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from obeya.modules.calloffs.models import ScheduleAgreement
from obeya.ui.lists import Column, List, register


def _find(rows: QuerySet[ScheduleAgreement], text: str) -> QuerySet[ScheduleAgreement]:
    return rows.filter(
        Q(code__icontains=text)
        | Q(material__code__icontains=text)
        | Q(customer_item__icontains=text)
        | Q(customer__name__icontains=text)
    )


def _unit(row: Any) -> str:
    return row.material.unit.name


def _shipped(row: Any) -> Any:
    return row.opening + (row.moved or 0)


def _difference(row: Any) -> Any:
    return None if row.received is None else row.received - _shipped(row)


AGREEMENTS = register(
    List(
        name="agreements",
        title=_("Schedule agreements"),
        columns=[
            Column(
                "code",
                _("Agreement"),
                sort="code",
                url=lambda row: reverse("calloffs:agreement", args=[row.site.code, row.code]),
            ),
            Column("customer", _("Customer"), value=lambda row: row.customer),
            Column("material", _("Material"), value=lambda row: row.material.code),
            Column("item", _("Their number"), value=lambda r: r.customer_item, is_optional=True),
            Column("ship_to", _("Place")),
            Column("document", _("Call-off")),
            Column("shipped", _("Shipped in all"), value=_shipped, kind="number", unit=_unit),
            Column("received", _("Received, they say"), kind="number", unit=_unit),
            Column("difference", _("Difference"), value=_difference, kind="number", unit=_unit),
        ],
        search=_find,
        closed=_(
            "Agreements come from the customers' call-offs. Send the call-off itself on the page"
            " Call-offs: it shows what changes before you accept it."
        ),
        default_sort="code",
        empty_title=_("No schedule agreements yet"),
        empty_text=_("The first call-off that you accept makes them, with its zones."),
        example=lambda: ScheduleAgreement.objects.filter(site_id=1),
    )
)
