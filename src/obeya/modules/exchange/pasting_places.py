"""Where on other pages rows may be pasted: the address for who may import there."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse

from obeya.plant.log.actor import Actor
from obeya.plant.resources.models import Site


def paste_into(actor: Actor, site: Site, table: str, said: Mapping[str, str]) -> str:
    """Of a list, or of a sheet of the plant's workbook; empty for who may not import here."""
    if not actor.may("exchange.import_plant", site=site):
        return ""
    address = reverse("exchange:paste", args=[site.code, table])
    return f"{address}?{urlencode(said)}" if said else address
