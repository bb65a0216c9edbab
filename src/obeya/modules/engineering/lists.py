"""The lists of this room."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from obeya.modules.engineering.actions import archive_materials
from obeya.plant.log.access.surroundings import current_site
from obeya.plant.log.actor import Actor
from obeya.plant.resources.models import Material, Site
from obeya.ui.lists import BulkAction, Column, Edit, Filter, List, register


def _find(rows: QuerySet[Material], text: str) -> QuerySet[Material]:
    return rows.filter(Q(code__icontains=text) | Q(name__icontains=text))


def _archive(request: HttpRequest, rows: QuerySet[Material]) -> str:
    codes = list(rows.values_list("code", flat=True))
    if not codes:
        return ""
    by: Actor = request.actor  # type: ignore[attr-defined]
    sites = list(Site.objects.in_use().order_by("pk"))
    mine = [site for site in sites if by.may("engineering.edit", site=site)]
    archive_materials(site=current_site(request, mine) or sites[0], codes=codes, by=by)
    count = len(codes)
    return ngettext("%d put into the archive.", "%d put into the archive.", count) % count


MATERIALS = register(
    List(
        name="materials",
        title=_("Materials"),
        columns=[
            Column(
                "code",
                _("Code"),
                sort="code",
                url=lambda row: reverse("engineering:material", args=[row.code]),
                edit=Edit("code"),
            ),
            Column("name", _("Name"), sort="name", edit=Edit("name")),
            Column(
                "kind",
                _("Kind"),
                value=lambda row: row.get_kind_display(),
                edit=Edit("kind", words=Material.Kind.choices),
            ),
            Column(
                "unit",
                _("Unit"),
                value=lambda row: row.unit.name,
                elsewhere=_("The base unit is changed on the sheet Materials of the plant."),
            ),
            Column(
                "is_lot_tracked",
                _("Kept by lot"),
                value=lambda row: _("yes") if row.is_lot_tracked else "",
                edit=Edit("is_lot_tracked", words=[("yes", _("yes")), ("no", _("no"))]),
            ),
        ],
        filters=[
            Filter("kind", _("Kind"), choices=Material.Kind.choices),
            Filter(
                "archived",
                _("Archive"),
                choices=[("yes", _("in the archive"))],
                narrow=lambda rows, value: rows,  # the page has chosen the rows already
            ),
        ],
        search=_find,
        bulk=[
            BulkAction(
                "archive",
                _("Put into the archive"),
                _archive,
                icon="inbox",
                permission="engineering.edit",
            )
        ],
        sheet="Materials",
        default_sort="code",
        empty_title=_("No materials yet"),
        empty_text=_("What you make, buy and keep comes from your workbook's sheet Materials."),
        example=lambda: Material.objects.filter(archived_at=None),
    )
)
