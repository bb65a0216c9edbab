from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from obeya.modules.organisation import actions, lists, queries
from obeya.modules.organisation.forms import EquipmentForm
from obeya.plant.log import clock
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.refusal import Refusal
from obeya.plant.resources.at_site import at_site
from obeya.plant.resources.models import Site
from obeya.ui.errors import add_refusal
from obeya.ui.lists import respond


@require_http_methods(["GET", "POST"])
@at_site
def equipment(request: ActorRequest, site: Site) -> HttpResponse:
    """The equipment of the site; ticked rows go into the archive."""
    rows = queries.equipment_list(
        site=site, by=request.actor, archived=bool(request.GET.get("archived"))
    )
    return respond(
        request,
        lists.EQUIPMENT,
        rows,
        context={"site": site},
        template="organisation/equipment_list.html",
        may=lambda permission: request.actor.may(permission, site=site),
    )


@require_GET
@at_site
def people(request: ActorRequest, site: Site) -> HttpResponse:
    """Who works at the site, with skills and levels."""
    return respond(request, lists.PEOPLE, queries.people_list(site=site, by=request.actor))


@require_GET
@at_site
def calendars(request: ActorRequest, site: Site) -> HttpResponse:
    """The calendars of the site, each with its week."""
    return respond(request, lists.CALENDARS, queries.calendar_list(site=site, by=request.actor))


@require_GET
@at_site
def parties(request: ActorRequest, site: Site) -> HttpResponse:
    """Customers and suppliers."""
    return respond(request, lists.PARTIES, queries.party_list(site=site, by=request.actor))


@require_GET
@at_site
def machine(request: ActorRequest, site: Site, code: str) -> HttpResponse:
    """One machine or place: what it does now and next, when it works, what stands in it."""
    shown = queries.machine_page(site=site, code=code, now=clock.now(), by=request.actor)
    may_edit = request.actor.may("organisation.edit_equipment", site=site)
    return render(
        request, "organisation/machine.html", {**shown, "site": site, "may_edit": may_edit}
    )


@require_GET
@at_site
def calendar(request: ActorRequest, site: Site, code: str) -> HttpResponse:
    """One calendar: the two weeks ahead, every week, and its exceptions."""
    shown = queries.calendar_page(site=site, code=code, now=clock.now(), by=request.actor)
    return render(request, "organisation/calendar.html", {**shown, "site": site})


@require_http_methods(["GET", "POST"])
@at_site
def edit_machine(request: ActorRequest, site: Site, code: str = "") -> HttpResponse:
    """One row through the verb that saves thousands."""
    request.actor.must("organisation.edit_equipment", site=site)
    row = None
    if code:
        row = next(iter(queries.equipment_rows(site=site, by=request.actor, codes=[code])), None)
        if row is None:
            raise Http404(f"There is no equipment {code} at {site}.")
    form = EquipmentForm(request.POST or None, site=site, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_equipment(site=site, rows=[form.row()], by=request.actor)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("organisation:machine", site=site.code, code=form.row().code)
    shown = {"site": site, "form": form, "row": row}
    return render(
        request, "organisation/edit_machine.html", shown, status=422 if form.errors else 200
    )


@require_POST
@at_site
def archive_machine(request: ActorRequest, site: Site, code: str) -> HttpResponse:
    """Hide it from pickers; history and code stay."""
    actions.archive_equipment(site=site, codes=[code], by=request.actor)
    return redirect("organisation:machine", site=site.code, code=code)


@require_POST
@at_site
def unarchive_machine(request: ActorRequest, site: Site, code: str) -> HttpResponse:
    """Take it back into use."""
    actions.unarchive_equipment(site=site, codes=[code], by=request.actor)
    return redirect("organisation:machine", site=site.code, code=code)
