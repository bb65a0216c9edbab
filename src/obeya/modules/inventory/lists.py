"""The list of this room: materials, with what lies of them at a site."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from obeya.plant.resources.models import Material
from obeya.ui.lists import Column, Filter, List, register


def _find(rows: QuerySet[Material], text: str) -> QuerySet[Material]:
    return rows.filter(Q(code__icontains=text) | Q(name__icontains=text))


def _unit(row: Material) -> str:
    return row.unit.name


def _state(row: Material) -> tuple[str, str] | None:
    free, wanted = row.shown_stock.free, row.shown_stock.safety  # type: ignore[attr-defined]
    if free < wanted:
        return str(_("below safety stock")), "warning"
    return None


STOCK = register(
    List(
        name="stock",
        title=_("Stock"),
        columns=[
            Column(
                "code",
                _("Material"),
                sort="code",
                url=lambda row: reverse("engineering:material", args=[row.code]),
            ),
            Column("name", _("Name"), sort="name"),
            Column("kind", _("Kind"), value=lambda row: row.get_kind_display(), is_optional=True),
            Column(
                "free",
                _("Available"),
                kind="number",
                value=lambda row: row.shown_stock.free,
                unit=_unit,
            ),
            Column(
                "held",
                _("Held"),
                kind="number",
                value=lambda row: row.shown_stock.held,
                unit=_unit,
            ),
            Column("unit", _("Unit"), value=lambda row: row.unit.name),
            Column("places", _("Places"), value=lambda row: ", ".join(row.shown_stock.places)),
            Column("state", _("State"), kind="badge", value=_state),
        ],
        filters=[Filter("kind", _("Kind"), choices=Material.Kind.choices)],
        search=_find,
        closed=_(
            "Stock is the sum of its moves, place by place and lot by lot. A count goes into the"
            " sheet Stock of the plant's workbook, which posts the difference."
        ),
        default_sort="code",
        empty_title=_("Nothing in stock"),
        empty_text=_("What lies where comes from your workbook's sheet Stock."),
        example=lambda: Material.objects.filter(archived_at=None),
    )
)
