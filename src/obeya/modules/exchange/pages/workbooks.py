"""What this room hands out: the empty workbook, the plant, and what was refused."""

import io

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from obeya.modules.exchange.pages.places import IMPORT, address_of, shown_import
from obeya.modules.exchange.queries import plant_sheets, preview_rows
from obeya.modules.exchange.writing.template import read_me, write_template
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.resources.models import Site

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def template(request: ActorRequest) -> HttpResponse:
    """The empty workbook to fill in."""
    request.actor.must(IMPORT)
    target = io.BytesIO()
    write_template(target)
    return _file(target, "plant.xlsx")


@require_GET
def export(request: ActorRequest, site: str) -> HttpResponse:
    """The plant as it stands, as a workbook that can be imported again."""
    from obeya.modules.exchange.writing.book import write_workbook  # noqa: PLC0415 - loads openpyxl

    place = get_object_or_404(Site, code=site)
    target = io.BytesIO()
    write_workbook(target, plant_sheets(site=place, by=request.actor), read_me())
    return _file(target, f"{place.code}.xlsx")


@require_GET
def refusals(request: ActorRequest, import_id: int, site: str = "") -> HttpResponse:
    """What was refused, as a workbook to work through."""
    from obeya.modules.exchange.writing.book import write_table  # noqa: PLC0415 - loads openpyxl

    checked = shown_import(request, site, import_id)
    if not checked.is_checked:
        return HttpResponseRedirect(address_of("columns", checked))
    found = preview_rows(checked=checked, state="refused", by=request.actor).order_by("place")
    rows = [[row.sheet, row.number, *fault[:4]] for row in found for fault in row.faults]
    header = [_("Sheet"), _("Row"), _("Column"), _("Value"), _("Rule"), _("Remedy")]
    target = io.BytesIO()
    write_table(target, _("Refused"), header, rows)
    return _file(target, "refused.xlsx")


def _file(target: io.BytesIO, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": disposition or "attachment"}
    return HttpResponse(target.getvalue(), content_type=EXCEL, headers=headers)
