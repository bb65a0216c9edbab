"""A site is opened with its virtual places, where double entry begins and ends."""

from datetime import time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from obeya.plant.resources.models import Equipment, Site

SUPPLIER = "SUPPLIER"
CUSTOMER = "CUSTOMER"
PRODUCTION = "PRODUCTION"
SCRAP = "SCRAP"
ADJUSTMENT = "ADJUSTMENT"
VIRTUAL_PLACES = {
    SUPPLIER: _("At suppliers"),
    CUSTOMER: _("At customers"),
    PRODUCTION: _("Used and made by production"),
    SCRAP: _("Scrapped"),
    ADJUSTMENT: _("Found or missing at a count"),
}


@transaction.atomic
def open_site(
    *,
    code: str,
    name: str = "",
    time_zone: str = "UTC",
    production_day_start: time = time(6),
    currency: str = "EUR",
) -> Site:
    """A new site with its virtual places. For actions that save sites."""
    site = Site.objects.create(
        code=code,
        name=name or code,
        time_zone=time_zone,
        production_day_start=production_day_start,
        currency=currency,
    )
    places = Equipment.objects.bulk_create(
        Equipment(
            site=site, code=place, name=str(title), level=Equipment.Level.STORAGE, is_virtual=True
        )
        for place, title in VIRTUAL_PLACES.items()
    )
    for place in places:
        place.path = f"/{place.pk}/"
    Equipment.objects.bulk_update(places, ["path"])
    return site


def virtual_places(site: Site) -> dict[str, Equipment]:
    """The site's virtual places, by their code."""
    found = Equipment.objects.at(site).filter(is_virtual=True, code__in=VIRTUAL_PLACES)
    return {each.code: each for each in found}


def virtual_place(site: Site, code: str) -> Equipment:
    """One virtual place of the site: `virtual_place(site, SCRAP)`."""
    return Equipment.objects.at(site).get(is_virtual=True, code=code)
