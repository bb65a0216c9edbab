"""Paste rows: cells copied in a spreadsheet become a preview, as if they had come in a file."""

from django.core.files.base import ContentFile
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from obeya.modules.exchange import uploads
from obeya.modules.exchange.actions import check_import
from obeya.modules.exchange.pages.places import IMPORT, address
from obeya.modules.exchange.pasting import Target, target_of
from obeya.modules.exchange.profiles import LIST
from obeya.modules.exchange.uploads import Upload
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.refusal import Refusal
from obeya.plant.resources.at_site import at_site
from obeya.plant.resources.models import Site

NAME = "pasted.xlsx"


@require_http_methods(["GET", "POST"])
@at_site
def paste(request: ActorRequest, site: Site, target: str) -> HttpResponse:
    """GET shows where to paste, and which columns; POST compares the rows with the plant."""
    request.actor.must(IMPORT, site=site)
    found = target_of(target, request.GET.dict())
    if found is None:
        raise Http404(f"Nothing is pasted into {target}.")
    if request.method == "GET":
        return _page(request, site, found)
    from obeya.modules.exchange.writing.pasted import pasted_book  # noqa: PLC0415 - loads openpyxl

    text = request.POST.get("text", "")
    upload = None
    try:
        content = ContentFile(pasted_book(found, text, site.code), name=NAME)
        _name, stored_as = uploads.keep(content)
        title = _("Rows pasted into %(table)s") % {"table": found.title}
        upload = Upload(title[:100], stored_as, LIST, site.code)
        file = uploads.read(upload)
        checked = check_import(site=site, upload=upload, file=file, by=request.actor)
    except Refusal as refusal:
        if upload is not None:
            uploads.forget(upload.stored_as)
        return _page(request, site, found, text, refusal)
    return HttpResponseRedirect(address("preview", site, import_id=checked.pk))


def _page(
    request: ActorRequest,
    site: Site,
    target: Target,
    text: str = "",
    refusal: Refusal | None = None,
) -> HttpResponse:
    context = {
        "site": site,
        "target": target,
        "text": text,
        "refusal": refusal,
        "import_address": address("import", site),
        "usual": [each for each in target.columns if each.is_usual],
        "further": [each for each in target.columns if not each.is_usual],
    }
    return render(request, "exchange/paste.html", context, status=422 if refusal else 200)
