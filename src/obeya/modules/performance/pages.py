"""The page Today, and where a person lands who asks for nothing in particular."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET

from obeya.modules.performance import queries
from obeya.plant.log import clock
from obeya.plant.resources.at_site import at_site
from obeya.plant.resources.models import Site


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """GET /: the person's site, or how to get one."""
    site = queries.home_site(by=request.actor)
    if site is None:
        return render(request, "performance/no_site.html")
    return HttpResponseRedirect(reverse("performance:today", args=[site.code]))


@require_GET
@at_site
def today(request: HttpRequest, site: Site) -> HttpResponse:
    """GET /s/KES/today/."""
    now = clock.now()
    context = {
        "site": site,
        "now": now,
        "tiles": [
            render_to_string(each.tile.template, {"site": site, **each.context}, request=request)
            for each in queries.today(site=site, now=now, by=request.actor)
        ],
        "topics": "jobs,plan,stock",
    }
    return render(request, "performance/today.html", context)
