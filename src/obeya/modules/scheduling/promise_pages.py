"""Doors to what the plan leaves room for: the promise, and what is short each week."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from obeya.modules.scheduling import promise_queries
from obeya.modules.scheduling.promise_form import PromiseForm
from obeya.plant.log import clock
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.refusal import Refusal
from obeya.plant.resources.at_site import at_site
from obeya.plant.resources.models import Site
from obeya.ui.errors import add_refusal


@require_GET
@at_site
def promise(request: ActorRequest, site: Site) -> HttpResponse:
    """When could a quantity of a material be there, and why not earlier? Nothing is written."""
    request.actor.must("scheduling.promise", site=site)
    form = PromiseForm(request.GET if "material" in request.GET else None)
    answer = None
    if form.is_valid():
        try:
            answer = promise_queries.promise(
                site=site, asked=form.row(), now=clock.now(), by=request.actor
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
    context = {"site": site, "form": form, "answer": answer}
    status = 422 if form.errors else 200
    return render(request, "scheduling/promise.html", context, status=status)


@require_GET
@at_site
def bottlenecks(request: ActorRequest, site: Site) -> HttpResponse:
    """What is short in each week of the plan, and what one more hour of it is worth."""
    request.actor.must("scheduling.view", site=site)
    weeks, refusal = [], ""
    try:
        weeks = promise_queries.bottlenecks(site=site, now=clock.now(), by=request.actor)
    except Refusal as no_plan:
        refusal = str(no_plan)
    context = {"site": site, "weeks": weeks, "refusal": refusal, "topics": "plan,jobs"}
    return render(request, "scheduling/bottlenecks.html", context)
