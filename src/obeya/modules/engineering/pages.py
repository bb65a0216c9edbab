from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from obeya.modules.engineering import actions, lists, queries
from obeya.modules.engineering.forms import AssumedForm, MaterialForm
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.access.surroundings import current_site
from obeya.plant.log.refusal import Refusal
from obeya.plant.resources.models import Material, Site
from obeya.ui.errors import add_refusal
from obeya.ui.lists import respond

MADE = (Material.Kind.FINISHED, Material.Kind.SEMIFINISHED)


def _site(request: ActorRequest) -> Site:
    """Materials are the enterprise's; how they are made and kept is shown for the current site.

    A form says for which site it was shown: another one may have been opened beside it since.
    """
    sites = Site.objects.in_use()
    if code := request.POST.get("site"):
        return get_object_or_404(sites, code=code)
    allowed = [site for site in sites if request.actor.may("engineering.view", site=site)]
    found = current_site(request, allowed)
    return found or get_object_or_404(sites, code="")


@require_http_methods(["GET", "POST"])
def materials(request: ActorRequest) -> HttpResponse:
    """What is made, bought and kept; ticked rows go into the archive."""
    rows = queries.material_list(by=request.actor, archived=bool(request.GET.get("archived")))
    return respond(
        request,
        lists.MATERIALS,
        rows,
        template="engineering/material_list.html",
        may=request.actor.may,
    )


@require_GET
def material(request: ActorRequest, code: str) -> HttpResponse:
    """One material: steps, BOM on all levels, where used, stock, who wants it, what comes."""
    site = _site(request)
    with timezone.override(site.zone):
        shown = queries.material_page(code=code, site=site, by=request.actor)
        may_edit = request.actor.may("engineering.edit", site=site)
        makes = shown["material"].kind in MADE
        context = {**shown, "site": site, "may_edit": may_edit, "may_paste": may_edit and makes}
        return render(request, "engineering/material.html", context)


@require_http_methods(["GET", "POST"])
def edit_material(request: ActorRequest, code: str = "") -> HttpResponse:
    """One row through the verb that saves thousands."""
    site, by = _site(request), request.actor
    by.must("engineering.edit", site=site)
    row = None
    if code:
        row = next(iter(queries.material_rows(site=site, by=by, codes=[code])), None)
        if row is None:
            raise Http404(f"{site} does not deal with a material {code}.")
    form = MaterialForm(request.POST or None, before=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_materials(site=site, rows=[form.row()], by=by)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("engineering:material", code=form.row().code)
    status = 422 if form.errors else 200
    return render(
        request,
        "engineering/edit_material.html",
        {"form": form, "row": row, "site": site},
        status=status,
    )


@require_POST
def say_assumed(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Somebody says, or confirms, the setup and the crew that were assumed of an operation."""
    site, by = _site(request), request.actor
    by.must("engineering.edit", site=site)
    form = AssumedForm(request.POST)
    found = queries.assumed_operation(site=site, code=code, number=number, by=by)
    if found is None:
        messages.warning(request, _("Step %s is assumed no more.") % number)
    elif not form.is_valid():
        messages.error(request, _("Write minutes and people as numbers from 0. Nothing is saved."))
    else:
        said = {name: value for name, value in form.cleaned_data.items() if value is not None}
        marks = dict.fromkeys(found.ASSUMED.values(), False)
        actions.save_operations(site=site, rows=[replace(found, **marks, **said)], by=by)
        messages.success(request, _("Saved."))
    return redirect("engineering:material", code=code)


@require_POST
def archive_material(request: ActorRequest, code: str) -> HttpResponse:
    """Hide it from pickers; history and code stay."""
    actions.archive_materials(site=_site(request), codes=[code], by=request.actor)
    return redirect("engineering:material", code=code)


@require_POST
def unarchive_material(request: ActorRequest, code: str) -> HttpResponse:
    """Take it back into use."""
    actions.unarchive_materials(site=_site(request), codes=[code], by=request.actor)
    return redirect("engineering:material", code=code)
