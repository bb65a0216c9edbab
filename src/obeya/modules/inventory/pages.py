import uuid
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from obeya.modules.inventory import actions, lists, queries
from obeya.modules.inventory.forms import MoveForm
from obeya.plant.log.access.posted import once, was_done
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.refusal import Refusal
from obeya.plant.resources.at_site import at_site
from obeya.plant.resources.models import Site
from obeya.ui.errors import add_refusal
from obeya.ui.lists import respond


@require_GET
@at_site
def stock(request: ActorRequest, site: Site) -> HttpResponse:
    """What lies at the site, by material."""
    shown = replace(lists.STOCK, enrich=lambda rows: queries.put_stock(rows, site))
    rows = queries.stocked_materials(site=site, by=request.actor)
    may_move = request.actor.may("inventory.move_stock", site=site)
    context = {"site": site, "may_move": may_move}
    return respond(request, shown, rows, context=context, template="inventory/stock.html")


@require_http_methods(["GET", "POST"])
@at_site
def move(request: ActorRequest, site: Site) -> HttpResponse:
    """Carry stock from one place to another, or block and free it."""
    request.actor.must("inventory.move_stock", site=site)
    form = MoveForm(request.POST or None, site=site)
    if request.method == "POST" and _is_moved(request, form, site):
        messages.success(request, _("Moved."))
        return redirect("inventory:stock", site=site.code)
    status = 422 if form.errors else 200
    key = uuid.uuid4().hex  # the same form sent twice is one move
    context = {"form": form, "site": site, "key": key}
    return render(request, "inventory/move.html", context, status=status)


def _is_moved(request: ActorRequest, form: MoveForm, site: Site) -> bool:
    """Now, or when this form was sent before; else the form says what is wrong."""
    if not form.is_valid():
        return was_done(actions.move_stock, request, site=site)
    transfer = actions.StockTransfer(**form.cleaned_data)
    try:
        actions.move_stock(site=site, transfers=[transfer], by=request.actor, **once(request))
    except Refusal as refusal:
        add_refusal(form, refusal)
    return form.is_valid()
