from django.http import HttpResponse
from django.views.decorators.http import require_GET

from obeya.modules.purchasing import lists, queries
from obeya.plant.log import clock
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.resources.at_site import at_site
from obeya.plant.resources.models import Site
from obeya.ui.lists import respond


@require_GET
@at_site
def purchases(request: ActorRequest, site: Site) -> HttpResponse:
    """What suppliers owe the site; late lines stand out."""
    rows = queries.purchase_list(site=site, now=clock.now(), by=request.actor)
    return respond(request, lists.PURCHASES, rows)
