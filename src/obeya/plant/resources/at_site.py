"""Views of one site: the address names it, and its wall clock is the one that people read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from obeya.plant.resources.models import Site


def at_site(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view gets the Site for the code in its address; times are shown in the site's zone."""

    @wraps(view)
    def shown(request: HttpRequest, site: str, **kwargs: Any) -> HttpResponse:
        place = get_object_or_404(Site.objects.in_use(), code=site)
        with timezone.override(place.zone):
            return view(request, place, **kwargs)

    return shown
