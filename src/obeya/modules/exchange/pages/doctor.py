"""The data doctor: what is wrong that nobody asked about, each with its rows and remedy."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from obeya.modules.exchange.actions import heal
from obeya.modules.exchange.queries import findings
from obeya.plant.log import clock
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.refusal import Refusal
from obeya.plant.resources.at_site import at_site
from obeya.plant.resources.models import Site

SHOWN = 25  # rows of each finding


@require_http_methods(["GET", "POST"])
@at_site
def doctor(request: ActorRequest, site: Site) -> HttpResponse:
    """GET examines the plant; POST applies the remedy of one check to the rows that it named."""
    if request.method == "POST":
        return _heal(request, site)
    found = findings(site=site, now=clock.now(), by=request.actor)
    context = {
        "site": site,
        "sick": [
            {"finding": each, "rows": each.rows[:SHOWN], "more": max(len(each.rows) - SHOWN, 0)}
            for each in found
            if each.rows
        ],
        "well": [each.title for each in found if not each.rows],
    }
    return render(request, "exchange/doctor.html", context)


def _heal(request: ActorRequest, site: Site) -> HttpResponse:
    try:
        count = heal(
            site=site,
            check=request.POST.get("check", ""),
            codes=request.POST.getlist("code"),
            by=request.actor,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        told = ngettext("%d row was put right.", "%d rows were put right.", count) % count
        messages.success(request, told)
    return HttpResponseRedirect(reverse("exchange:doctor", args=[site.code]))
