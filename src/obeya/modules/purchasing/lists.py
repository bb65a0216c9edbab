"""The list of this room."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from obeya.plant.work.models import SupplyOrder
from obeya.plant.work.open_and_done import SUPPLY
from obeya.ui.lists import Column, Edit, Filter, List, register

TONES = {"completed": "good", "cancelled": "warning"}


def _find(rows: QuerySet[SupplyOrder], text: str) -> QuerySet[SupplyOrder]:
    return rows.filter(
        Q(number__icontains=text)
        | Q(material__code__icontains=text)
        | Q(supplier__name__icontains=text)
    )


def _supplier_code(row: Any) -> str:
    return row.supplier.code if row.supplier else ""


def _state(row: Any) -> tuple[str, str]:
    if row.is_late:
        return str(_("late")), "danger"
    return row.get_status_display(), TONES.get(row.status, "neutral")


PURCHASES = register(
    List(
        name="purchases",
        title=_("Purchases"),
        columns=[
            Column("number", _("Order line"), edit=Edit("number")),
            Column(
                "supplier",
                _("Supplier"),
                value=lambda row: row.supplier or _("not chosen"),
                elsewhere=_("Show the column Supplier's code, and change that."),
            ),
            Column(
                "supplier_code",
                _("Supplier's code"),
                value=_supplier_code,
                is_optional=True,
                edit=Edit("supplier", value=_supplier_code),
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
                elsewhere=_("It is the material's: change it in the list Materials."),
            ),
            Column(
                "quantity",
                _("Quantity"),
                kind="number",
                unit=lambda row: row.material.unit.name,
                edit=Edit("quantity"),
            ),
            Column(
                "unit",
                _("Unit"),
                value=lambda row: row.material.unit.name,
                elsewhere=_("It is the material's base unit."),
            ),
            Column("due_at", _("Promised"), kind="moment", sort="due_at", edit=Edit("due_at")),
            Column(
                "status",
                _("State"),
                value=_state,
                kind="badge",
                elsewhere=_("To cancel a line, say so on the sheet Purchases of the plant."),
            ),
        ],
        sheet="Purchases",
        state=SUPPLY,
        filters=[
            Filter(
                "status",
                _("State"),
                choices=[each for each in SupplyOrder.Status.choices if each[0] != "proposed"],
            ),
            Filter("until", _("Promised until"), lookup="due_at__date__lte", kind="date"),
        ],
        search=_find,
        row_tone=lambda row: "danger" if row.is_late else "",
        default_sort="due_at",
        empty_title=_("Nothing on order"),
        empty_text=_("What suppliers owe you comes from your workbook's sheet Purchases."),
        example=lambda: SupplyOrder.objects.filter(site_id=1, kind="buy", number__isnull=False),
    )
)
