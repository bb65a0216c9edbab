"""Pages below /s/<site>/: the code becomes the Site, and times are shown in its zone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from obeya.plant.resources.models import Site


def at_site(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """`view(request, site, …)` is given the Site instead of its code; unknown codes answer 404.

    Whether the actor may see something there is the query's and the action's question.
    """

    @wraps(view)
    def inner(request: HttpRequest, site: str, *args: Any, **kwargs: Any) -> HttpResponse:
        row = get_object_or_404(Site, code=site)
        request.site = row  # type: ignore[assignment]  # the stubs mean django.contrib.sites
        with timezone.override(row.time_zone):
            return view(request, row, *args, **kwargs)

    return inner
