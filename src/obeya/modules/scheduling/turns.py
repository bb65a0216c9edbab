"""One at a time: who plans, opens or publishes a plan of a site waits for whoever does."""

from obeya.plant.resources.models import Site


def take_turn(site: Site) -> None:
    """Held until the action ends; rows that name the site do not wait."""
    Site.objects.select_for_update(no_key=True).get(pk=site.pk)
