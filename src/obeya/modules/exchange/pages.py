"""The page Import: send a file, see what it would do, say yes."""

import io
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from obeya.modules.exchange import uploads
from obeya.modules.exchange.actions import Imported, import_plant, try_import
from obeya.modules.exchange.forms import FirstUploadForm, UploadForm
from obeya.modules.exchange.importing import shift_dates
from obeya.modules.exchange.plant_file import PlantFile
from obeya.modules.exchange.profiles import read_file
from obeya.modules.exchange.queries import plant_sheets
from obeya.modules.exchange.refusals import ImportRefused
from obeya.modules.exchange.writing.book import write_table, write_workbook
from obeya.modules.exchange.writing.template import read_me, write_template
from obeya.plant.log import clock
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.refusal import Refusal
from obeya.plant.resources.models import Site

PAGE = "exchange/import.html"
SHOWN = 200  # faults on the page; the workbook has them all
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
def import_page(request: ActorRequest, site: str = "") -> HttpResponse:
    """GET asks for a file; POST reads it, tries it and shows what it would do."""
    place = _place(request, site)
    form_class = UploadForm if place else FirstUploadForm
    if request.method == "GET":
        return _page(request, place, form_class())
    form = form_class(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, place, form, status=422)
    said = {
        "profile": form.cleaned_data["profile"],
        "site_code": place.code if place else form.cleaned_data["site_code"],
        "zone": form.cleaned_data.get("zone", ""),
        "shift_to": form.cleaned_data["shift_to"],
    }
    upload = uploads.keep(
        form.cleaned_data["file"],
        account_id=request.actor.account_id,
        at=clock.real_now(),
        said=said,
    )
    try:
        tried = _read_and_try(request, upload)
    except ImportRefused as refused:
        uploads.note_faults(upload, refused.faults, request.actor.account_id)
        return _page(
            request,
            place,
            form_class(initial=said),
            status=422,
            upload=upload,
            faults=refused.faults[:SHOWN],
            count=len(refused.faults),
        )
    except Refusal as refusal:
        uploads.forget(upload)
        return _page(request, place, form_class(initial=said), status=422, refusal=refusal)
    return _page(request, place, form_class(initial=said), upload=upload, tried=tried)


@require_POST
def apply(request: ActorRequest, site: str = "") -> HttpResponse:
    """Take over the file that was tried before."""
    place = _place(request, site)
    form_class = UploadForm if place else FirstUploadForm
    try:
        upload = uploads.kept(request.POST.get("token", ""), request.actor.account_id)
        imported = import_plant(
            file=_read(upload),
            site_code=upload.site_code,
            zone=upload.zone,
            by=request.actor,
            source="import",
        )
    except Refusal as refusal:
        return _page(request, place, form_class(), status=422, refusal=refusal)
    uploads.forget(upload)
    messages.success(request, _told(imported))
    return HttpResponseRedirect(reverse("exchange:import", args=[imported.site_code]))


@require_GET
def refusals(request: ActorRequest, token: str) -> HttpResponse:
    """What was refused, as a workbook to work through."""
    request.actor.must("exchange.import_plant")
    upload = uploads.kept(token, request.actor.account_id)
    rows = [[f.sheet, f.row, f.column, f.value, f.rule, f.remedy] for f in upload.faults]
    header = [_("Sheet"), _("Row"), _("Column"), _("Value"), _("Rule"), _("Remedy")]
    target = io.BytesIO()
    write_table(target, _("Refused"), header, rows)
    return _file(target, "refused.xlsx")


@require_GET
def template(request: ActorRequest) -> HttpResponse:
    """The empty workbook to fill in."""
    request.actor.must("exchange.import_plant")
    target = io.BytesIO()
    write_template(target)
    return _file(target, "plant.xlsx")


@require_GET
def export(request: ActorRequest, site: str) -> HttpResponse:
    """The plant as it stands, as a workbook that can be imported again."""
    place = get_object_or_404(Site, code=site)
    target = io.BytesIO()
    write_workbook(target, plant_sheets(site=place, by=request.actor), read_me())
    return _file(target, f"{place.code}.xlsx")


def _place(request: ActorRequest, site: str) -> Site | None:
    place = get_object_or_404(Site, code=site) if site else None
    request.actor.must("exchange.import_plant", site=place)
    return place


def _read(upload: uploads.Upload) -> PlantFile:
    file = read_file(upload.path, upload.profile)
    if upload.shift_to:
        shift_dates(file, upload.shift_to)
    return file


def _read_and_try(request: ActorRequest, upload: uploads.Upload) -> Imported:
    return try_import(
        file=_read(upload), site_code=upload.site_code, zone=upload.zone, by=request.actor
    )


def _page(
    request: ActorRequest, place: Site | None, form: UploadForm, status: int = 200, **found: Any
) -> HttpResponse:
    context = {
        "site": place,
        "form": form,
        "action": _address("import", place),
        "apply_action": _address("apply", place),
        "may_export": place is not None and request.actor.may("exchange.export_plant", site=place),
        **found,
    }
    return render(request, PAGE, context, status=status)


def _address(name: str, place: Site | None) -> str:
    return reverse(f"exchange:{name}", kwargs={"site": place.code} if place else {})


def _told(imported: Imported) -> str:
    done = {name: saved.new + saved.changed for name, saved in imported.counts.items()}
    differing = ", ".join(f"{name} {count}" for name, count in done.items() if count)
    if not differing:
        return _("Everything in the file was here already.")
    return _("Taken over: %(what)s.") % {"what": differing}


def _file(target: io.BytesIO, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": disposition or "attachment"}
    return HttpResponse(target.getvalue(), content_type=EXCEL, headers=headers)
