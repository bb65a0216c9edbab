"""Addresses and rights that all pages of this room share."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from obeya.modules.exchange.models import FileImport
from obeya.modules.exchange.queries import file_import
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.resources.models import Site

IMPORT = "exchange.import_plant"


def place_of(request: ActorRequest, site: str) -> Site | None:
    """The site of the address; without one there may be none yet: the import opens it."""
    place = get_object_or_404(Site, code=site) if site else None
    request.actor.must(IMPORT, site=place)
    return place


def address(name: str, place: Site | None, **parts: object) -> str:
    site = {"site": place.code} if place else {}
    return reverse(f"exchange:{name}", kwargs={**site, **parts})


def address_of(name: str, checked: FileImport, **parts: object) -> str:
    return address(name, checked.site, import_id=checked.pk, **parts)


def shown_import(request: ActorRequest, site: str, import_id: int) -> FileImport:
    """The import of the address, for its sender."""
    place = place_of(request, site)
    found = file_import(import_id=import_id, by=request.actor)
    if found is None or (place is not None and found.site_id != place.pk):
        raise Http404
    return found
