"""Saved profiles are forgotten from the page Import."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from obeya.modules.exchange.actions import forget_profiles
from obeya.modules.exchange.pages.places import address, place_of
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.refusal import Refusal


@require_POST
def forget(request: ActorRequest, site: str = "") -> HttpResponse:
    """Take one saved profile away; what was imported by it stays."""
    place = place_of(request, site)
    name = request.POST.get("name", "")
    try:
        own = None if request.POST.get("everywhere") else place
        forget_profiles(site=own, names=[name], by=request.actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The profile %(name)s is gone.") % {"name": name})
    return HttpResponseRedirect(address("import", place))
