"""Ctrl-K: the pages that this actor may open, and what search finds."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from obeya.plant.log import rooms
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.access.surroundings import (
    PLACES,
    SETTINGS,
    current_site,
    pages_of,
    visible_sites,
)
from obeya.plant.log.models import SearchEntry
from obeya.plant.log.search import search as find

MOST_PAGES = 8
MOST_FOUND = 20


@require_GET
def search(request: HttpRequest) -> JsonResponse:
    """GET /search/?q=press → {"items": [{title, url, group}]}"""
    asked: ActorRequest = request  # type: ignore[assignment]
    words = request.GET.get("q", "").strip().lower().split()
    site = current_site(request, visible_sites(asked.actor))
    pages = [
        {"title": title, "url": url, "group": place}
        for place, title, url in pages_of(asked.actor, site, [*PLACES, SETTINGS])
        if all(word in f"{place} {title}".lower() for word in words)
    ]
    found = [
        {"title": f"{entry.code} {entry.title}", "url": entry.url, "group": _kind(entry)}
        for entry in find(request.GET.get("q", ""), by=asked.actor, limit=MOST_FOUND)
    ]
    return JsonResponse({"items": pages[:MOST_PAGES] + found})


def _kind(entry: SearchEntry) -> str:
    subject = rooms.subjects().get(entry.model)
    return str(subject.title) if subject else ""
