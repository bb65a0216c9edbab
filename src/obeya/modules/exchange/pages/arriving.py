"""The page Import: send a file; it is read, compared with the plant, and its preview opens."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from obeya.modules.exchange import uploads
from obeya.modules.exchange.actions import check_import
from obeya.modules.exchange.forms import FirstUploadForm, UploadForm
from obeya.modules.exchange.pages.places import address, place_of
from obeya.modules.exchange.queries import imports_at
from obeya.modules.exchange.uploads import Upload
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.refusal import Refusal
from obeya.plant.resources.models import Site


@require_http_methods(["GET", "POST"])
def import_page(request: ActorRequest, site: str = "") -> HttpResponse:
    """GET asks for a file; POST reads it, compares it with the plant and opens the preview."""
    place = place_of(request, site)
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
    upload = Upload(*uploads.keep(form.cleaned_data["file"]), **said)
    try:
        checked = check_import(
            site=place, upload=upload, file=uploads.read(upload), by=request.actor
        )
    except Refusal as refusal:
        uploads.forget(upload.stored_as)
        return _page(request, place, form_class(initial=said), status=422, refusal=refusal)
    return HttpResponseRedirect(address("preview", place, import_id=checked.pk))


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
        "imports": imports_at(site=place, by=request.actor) if place else [],
    }
    return render(request, "exchange/import.html", context, status=status)
