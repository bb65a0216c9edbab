from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from obeya.modules.orders import lists, queries
from obeya.plant.log import clock
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.resources.at_site import at_site
from obeya.plant.resources.models import Site
from obeya.ui.lists import respond


@require_GET
@at_site
def demands(request: ActorRequest, site: Site) -> HttpResponse:
    """Who waits for what, and by when; overdue lines stand out."""
    rows = queries.demand_list(site=site, now=clock.now(), by=request.actor)
    return respond(request, lists.DEMANDS, rows)


@require_GET
@at_site
def demand(request: ActorRequest, site: Site, code: str) -> HttpResponse:
    """One order line and what supplies it, down to stock and purchases."""
    shown = queries.demand_page(site=site, code=code, now=clock.now(), by=request.actor)
    return render(request, "orders/demand.html", {**shown, "site": site})
