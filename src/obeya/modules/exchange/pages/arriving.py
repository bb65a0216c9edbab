"""The page Import: send a file; it is read, compared with the plant, and its preview opens."""

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from obeya.modules.exchange import uploads
from obeya.modules.exchange.actions import check_import, hold_file
from obeya.modules.exchange.foreign.mapping import Mappings
from obeya.modules.exchange.forms import FirstUploadForm, UploadForm
from obeya.modules.exchange.models import FileImport
from obeya.modules.exchange.opening import open_file
from obeya.modules.exchange.pages.places import address, place_of
from obeya.modules.exchange.queries import imports_at, mapping_profiles, saved_profiles
from obeya.modules.exchange.sheets import SHEETS
from obeya.modules.exchange.uploads import Upload
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.refusal import Refusal
from obeya.plant.resources.models import Site


@require_http_methods(["GET", "POST"])
def import_page(request: ActorRequest, site: str = "") -> HttpResponse:
    """GET asks for a file; POST reads it, compares it with the plant and opens the preview."""
    place = place_of(request, site)
    form_class = UploadForm if place else FirstUploadForm
    known = mapping_profiles(site=place, by=request.actor)
    if request.method == "GET":
        return _page(request, place, form_class(known=known))
    form = form_class(request.POST, request.FILES, known=known)
    if not form.is_valid():
        return _page(request, place, form, status=422)
    said = {
        "profile": form.cleaned_data["profile"],
        "site_code": place.code if place else form.cleaned_data["site_code"],
        "zone": form.cleaned_data.get("zone", ""),
        "shift_to": form.cleaned_data["shift_to"],
    }
    upload = Upload(*uploads.keep(form.cleaned_data["file"]), **said)
    try:
        checked = _opened(request, place, upload, known)
    except Refusal as refusal:
        uploads.forget(upload.stored_as)
        empty = form_class(initial=said, known=known)
        return _page(request, place, empty, status=422, refusal=refusal)
    return HttpResponseRedirect(address("preview", place, import_id=checked.pk))


def _opened(
    request: ActorRequest, place: Site | None, upload: Upload, known: Mapping[str, Mappings]
) -> FileImport:
    """The preview, or the file held until its columns are said."""
    opened = open_file(uploads.path_of(upload), upload.profile, known)
    upload = replace(upload, profile=opened.profile, mappings=opened.mappings)
    if opened.file is None:
        return hold_file(site=place, upload=upload, by=request.actor)
    file = uploads.shifted(opened.file, upload)
    return check_import(site=place, upload=upload, file=file, by=request.actor)


def _page(
    request: ActorRequest,
    place: Site | None,
    form: UploadForm,
    status: int = 200,
    refusal: Refusal | None = None,
) -> HttpResponse:
    context = {
        "site": place,
        "form": form,
        "action": address("import", place),
        "may_export": place is not None and request.actor.may("exchange.export_plant", site=place),
        "refusal": refusal,
        "profiles": saved_profiles(site=place, by=request.actor),
        "may_share": request.actor.may_everywhere("exchange.import_plant"),
        "forget_address": address("forget_profile", place),
        "tables": [
            {
                "name": kind.name,
                "url": reverse("exchange:paste", args=[place.code, kind.slug]),
            }
            for kind in (SHEETS if place else ())
        ],
        "imports": imports_at(site=place, by=request.actor) if place else [],
    }
    return render(request, "exchange/import.html", context, status=status)
